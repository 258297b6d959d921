//! Builds units, roles, people, externals, systems and bodies.

use super::super::format_v1::*;
use super::super::values::{Choice, Text, Votes};
use super::{Loader, choice, kpi, value};
use crate::model::*;

impl Loader {
    pub(super) fn unit(&mut self, row: UnitV1) -> Unit {
        Unit {
            key: Key::unset(),
            name: row.name,
            parent: self.find_maybe::<Unit>(row.parent),
            order: row.order,
            kind: row.kind,
            model_type: choice(row.model_type),
            goals: row.goals,
            kpis: row.kpis.into_iter().map(kpi).collect(),
            budget: value(row.budget),
            weekly_appetite: value(row.weekly_appetite),
            shared_service: row.shared_service,
            working_hours: value(row.working_hours),
            utc_offset: value(row.utc_offset),
            responsibilities: row.responsibilities,
            tint: row.tint,
            description: row.description,
        }
    }

    pub(super) fn role(&mut self, row: RoleV1) -> Role {
        let holding =
            |holding: HoldingV1| Holding { person: self.find::<Person>(&holding.person), share: holding.share };
        let holders = row.holders.into_iter().map(holding).collect();
        Role {
            key: Key::unset(),
            name: row.name,
            unit: self.find_maybe::<Unit>(row.unit),
            order: row.order,
            level: row.level,
            holders,
            vacant: row.vacant,
            term_ends: value(row.term_ends),
            deputy: self.actor_maybe(row.deputy),
            delegations: row.delegations.into_iter().map(|row| self.delegation(row)).collect(),
            reports_to: self.find_maybe::<Role>(row.reports_to),
            also_reports_to: self.find_all::<Role>(row.also_reports_to),
            dotted_to: self.find_all::<Role>(row.dotted_to),
            archetype: choice(row.archetype),
            reserved: value(row.reserved),
            working_hours: value(row.working_hours),
            purpose: row.purpose,
            responsibilities: row.responsibilities,
            kpis: row.kpis.into_iter().map(kpi).collect(),
            description: row.description,
        }
    }

    pub(super) fn person(&mut self, row: PersonV1) -> Person {
        let absence = |AbsenceV1 { from: Text(from), to: Text(to) }| Absence { from, to };
        let skill = |SkillV1 { name, level: Choice(level) }| Skill { name, level };
        Person {
            key: Key::unset(),
            name: row.name,
            hours_per_week: row.hours_per_week,
            holidays: row.holidays.into_iter().map(absence).collect(),
            delegations: row.delegations.into_iter().map(|row| self.delegation(row)).collect(),
            skills: row.skills.into_iter().map(skill).collect(),
            description: row.description,
        }
    }

    pub(super) fn external(&mut self, row: ExternalV1) -> External {
        External {
            key: Key::unset(),
            name: row.name,
            kind: choice(row.kind),
            substitutes: row.substitutes,
            serves: self.find_all::<Unit>(row.serves),
            owner: self.find_maybe::<Role>(row.owner),
            description: row.description,
        }
    }

    pub(super) fn system(&mut self, row: SystemV1) -> System {
        System {
            key: Key::unset(),
            name: row.name,
            kind: choice(row.kind),
            purpose: row.purpose,
            substitutes: row.substitutes,
            serves: self.find_all::<Unit>(row.serves),
            owner: self.find_maybe::<Role>(row.owner),
            description: row.description,
        }
    }

    pub(super) fn body(&mut self, row: BodyV1) -> Body {
        let member = |member: MemberV1| Member {
            actor: self.actor(&member.who),
            weight: member.weight.map_or(Amount::whole(1), |Votes(weight)| weight),
        };
        let members = row.members.into_iter().map(member).collect();
        Body {
            key: Key::unset(),
            name: row.name,
            unit: self.find_maybe::<Unit>(row.unit),
            members,
            method: choice(row.method),
            quorum: row.quorum,
            quota: row.quota.map(|Votes(quota)| quota),
            tie_rule: row.tie_rule,
            conflict_rule: row.conflict_rule,
            description: row.description,
        }
    }
}
