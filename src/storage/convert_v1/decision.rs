//! Builds decisions and rights with their limits.

use super::super::format_v1::*;
use super::super::limit_v1::{AnyLimitV1, ConditionV1};
use super::super::values::{Choice, Text};
use super::{Loader, choice, value};
use crate::model::*;

impl Loader {
    pub(super) fn decision(&mut self, row: DecisionV1) -> Decision {
        Decision {
            key: Key::unset(),
            name: row.name,
            order: row.order,
            area: row.area,
            kind: choice(row.kind).unwrap_or_default(),
            framework: self.find_maybe::<Framework>(row.framework),
            scope: self.find_all::<Unit>(row.scope),
            frequency: value(row.frequency),
            amount_median: value(row.amount_median),
            amount_p95: value(row.amount_p95),
            amounts: row.amounts.into_iter().map(|Text(money)| money).collect(),
            importance: row.importance,
            success: row.success,
            reversible: row.reversible,
            locus: self.actor_maybe(row.locus),
            work: value(row.work),
            consult_work: value(row.consult_work),
            commitment_months: row.commitment_months,
            target_time: value(row.target_time),
            actual_time: value(row.actual_time),
            skill: row.skill,
            reserved: row.reserved,
            reserved_reason: row.reserved_reason,
            guardrail: row.guardrail,
            steps: self.find_all::<Step>(row.steps),
            gateways: self.find_all::<Gateway>(row.gateways),
            guesses: row.guesses.into_iter().map(|Choice(fact)| fact).collect(),
            agreement: row.agreement.map(agreement),
            description: row.description,
        }
    }

    pub(super) fn right(&mut self, row: RightV1) -> Right {
        Right {
            subject: self.subject(&row.on),
            holder: self.actor(&row.who),
            letter: row.letter,
            lead: row.lead,
            tiers: row.limits.into_iter().map(|limit| self.tier(limit)).collect(),
            veto_domain: row.veto_domain,
            review_window: value(row.review_window),
            note: row.note,
        }
    }

    pub(super) fn delegation(&mut self, row: DelegationV1) -> Delegation {
        let (Text(from), Text(until)) = (row.from, row.until);
        Delegation {
            to: self.actor(&row.to),
            of: self.find_all::<Decision>(row.of),
            limit: value(row.limit),
            from,
            until,
            reason: row.reason,
            written_on: value(row.written_on),
        }
    }

    fn tier(&mut self, AnyLimitV1(row): AnyLimitV1) -> Tier {
        let Text(bounds) = row.limit;
        Tier {
            conditions: row.when.into_iter().map(|condition| self.condition(condition)).collect(),
            co_signers: self.find_all::<Role>(row.co_signers),
            deputy: self.actor_maybe(row.deputy),
            valid_from: value(row.valid_from),
            valid_to: value(row.valid_to),
            sub_delegation: row.sub_delegation,
            escalates_to: self.find_maybe::<Role>(row.escalates_to),
            emergency: row.emergency,
            set_on: value(row.set_on),
            reason: row.reason,
            ..bounds.0
        }
    }

    fn condition(&mut self, row: ConditionV1) -> Condition {
        match row {
            ConditionV1::Unit(key) => Condition::Unit(self.find::<Unit>(&key)),
            ConditionV1::Category(text) => Condition::Category(text),
            ConditionV1::Budgeted(yes) => Condition::Budgeted(yes),
            ConditionV1::NewSupplier(yes) => Condition::NewSupplier(yes),
            ConditionV1::Attribute(name, value) => Condition::Attribute { name, value },
            ConditionV1::Text(text) => Condition::Text(text),
        }
    }
}

fn agreement(row: AgreementV1) -> Agreement {
    let Text(on) = row.on;
    Agreement { on, by: row.by, context: row.context }
}
