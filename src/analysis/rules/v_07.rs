//! Deciders of whom nobody has the skill.

use super::rows::rows;
use super::{Meta, row_name};
use crate::analysis::{Context, Finding, Severity, Sink, Source};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "V-07",
    title: "Decides without the skill",
    severity: Severity::Medium,
    why: "A right without the skill is used by asking around, or used badly.",
    wrong: "Shop lead orders flour, and no holder can blend flour",
    right: "Head baker orders flour, or the shop lead learns it first",
    formula: "deciding roles of which all holders are known and none has the skill of the row at “capable” or \
              above > 0",
    source: Source::Ours(" skill before right"),
    thresholds: &[],
    remedies: &["Train first, and lower the limit meanwhile.", "Let somebody who can decide."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for row in rows(context).filter(|row| !row.decision.skill.trim().is_empty()) {
        let skill = row.decision.skill.trim();
        let can = |person: &PersonId| {
            let skills = context.document.people().get(*person).map_or(&[][..], |person| &person.skills);
            skills.iter().any(|own| own.name.trim().eq_ignore_ascii_case(skill) && own.level >= SkillLevel::Capable)
        };
        for holder in row.holders(context, Duty::Decide) {
            let people = context.index.people_of(holder);
            if people.is_empty() || people.iter().any(can) {
                continue;
            }
            let name = context.name(holder);
            sink.report(
                Finding::new(format!(
                    "{name} decides {}, and nobody there can do “{skill}” alone.",
                    row_name(context, row.subject())
                ))
                .about([row.id])
                .about([holder])
                .formula(format!("capable holders = 0 of {}", people.len()))
                .number("holders", people.len() as f64)
                .criticality(context.criticality_of(row.subject()))
                .remedy("Train first, and lower the limit meanwhile."),
            );
        }
    }
}
