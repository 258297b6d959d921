//! Writes units, roles, people, externals, systems and bodies.

use super::super::writer::{Fields, push_quoted};
use super::Keys;
use super::decision::delegations;
use crate::model::*;

fn kpis(fields: &mut Fields<'_>, kpis: &[Kpi]) {
    fields.lines("kpis", kpis, |out, kpi| {
        Fields::line(out, |fields| {
            fields.field("name", |out| push_quoted(out, &kpi.name));
            fields.text("target", &kpi.target);
        });
    });
}

pub(super) fn unit(fields: &mut Fields<'_>, keys: &Keys<'_>, unit: &Unit) {
    fields.key(&unit.key);
    fields.text("name", &unit.name);
    fields.reference(keys, "parent", unit.parent);
    fields.order(unit.order);
    fields.text("kind", &unit.kind);
    fields.choice("model_type", unit.model_type);
    fields.texts("goals", &unit.goals);
    kpis(fields, &unit.kpis);
    fields.shown("budget", unit.budget);
    fields.shown("weekly_appetite", unit.weekly_appetite);
    fields.flag("shared_service", unit.shared_service);
    fields.shown("working_hours", unit.working_hours);
    fields.shown("utc_offset", unit.utc_offset);
    fields.texts("responsibilities", &unit.responsibilities);
    fields.plain("tint", unit.tint);
    fields.text("description", &unit.description);
}

pub(super) fn role(fields: &mut Fields<'_>, keys: &Keys<'_>, role: &Role) {
    fields.key(&role.key);
    fields.text("name", &role.name);
    fields.reference(keys, "unit", role.unit);
    fields.order(role.order);
    fields.plain("level", role.level);
    fields.list("holders", &role.holders, |out, holding| {
        Fields::line(out, |fields| {
            fields.reference(keys, "person", Some(holding.person));
            fields.number("share", holding.share);
        });
    });
    fields.flag("vacant", role.vacant);
    fields.shown("term_ends", role.term_ends);
    fields.reference(keys, "deputy", role.deputy);
    delegations(fields, keys, &role.delegations);
    fields.reference(keys, "reports_to", role.reports_to);
    fields.references(keys, "also_reports_to", &role.also_reports_to);
    fields.references(keys, "dotted_to", &role.dotted_to);
    fields.choice("archetype", role.archetype);
    fields.duration("reserved", role.reserved);
    fields.shown("working_hours", role.working_hours);
    fields.text("purpose", &role.purpose);
    fields.texts("responsibilities", &role.responsibilities);
    kpis(fields, &role.kpis);
    fields.text("description", &role.description);
}

pub(super) fn person(fields: &mut Fields<'_>, keys: &Keys<'_>, person: &Person) {
    fields.key(&person.key);
    fields.text("name", &person.name);
    fields.number("hours_per_week", person.hours_per_week);
    fields.lines("holidays", &person.holidays, |out, absence| {
        Fields::line(out, |fields| {
            fields.shown("from", Some(absence.from));
            fields.shown("to", Some(absence.to));
        });
    });
    delegations(fields, keys, &person.delegations);
    fields.lines("skills", &person.skills, |out, skill| {
        Fields::line(out, |fields| {
            fields.field("name", |out| push_quoted(out, &skill.name));
            fields.choice("level", Some(skill.level));
        });
    });
    fields.text("description", &person.description);
}

fn substitutes(fields: &mut Fields<'_>, substitutes: Option<&Vec<String>>) {
    if let Some(substitutes) = substitutes {
        fields.any_list("substitutes", substitutes, |out, text| push_quoted(out, text));
    }
}

pub(super) fn external(fields: &mut Fields<'_>, keys: &Keys<'_>, external: &External) {
    fields.key(&external.key);
    fields.text("name", &external.name);
    fields.choice("kind", external.kind);
    substitutes(fields, external.substitutes.as_ref());
    fields.references(keys, "serves", &external.serves);
    fields.reference(keys, "owner", external.owner);
    fields.text("description", &external.description);
}

pub(super) fn system(fields: &mut Fields<'_>, keys: &Keys<'_>, system: &System) {
    fields.key(&system.key);
    fields.text("name", &system.name);
    fields.choice("kind", system.kind);
    fields.text("purpose", &system.purpose);
    substitutes(fields, system.substitutes.as_ref());
    fields.references(keys, "serves", &system.serves);
    fields.reference(keys, "owner", system.owner);
    fields.text("description", &system.description);
}

pub(super) fn body(fields: &mut Fields<'_>, keys: &Keys<'_>, body: &Body) {
    fields.key(&body.key);
    fields.text("name", &body.name);
    fields.reference(keys, "unit", body.unit);
    fields.list("members", &body.members, |out, member| {
        Fields::line(out, |fields| {
            fields.reference(keys, "who", Some(member.actor));
            fields.plain("weight", (member.weight != Amount::whole(1)).then_some(member.weight));
        });
    });
    fields.choice("method", body.method);
    fields.plain("quorum", body.quorum);
    fields.plain("quota", body.quota);
    fields.text("tie_rule", &body.tie_rule);
    fields.text("conflict_rule", &body.conflict_rule);
    fields.text("description", &body.description);
}
