//! Critical decisions that hang on one person being reached.

use super::rows::{role_of, rows};
use super::{Meta, Threshold, row_name};
use crate::analysis::{Context, Finding, Held, Severity, Sink, Source};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "L-23",
    title: "No way in an emergency",
    severity: Severity::Medium,
    why: "In a critical process somebody has to be able to decide when the one who may cannot be reached.",
    wrong: "“Stop the line” rests with one engineer, criticality 5",
    right: "an emergency limit of the shift lead, reported afterwards",
    formula: "decisions in a process of criticality ≥ level with a decider who is one person without a deputy, \
              and no emergency limit > 0",
    source: Source::Ours(" somebody must be able to act"),
    thresholds: &[Threshold {
        name: "criticality",
        default: 4.0,
        unit: "of 5",
        meaning: "less critical processes are left alone",
        source: Source::Ours("what must not stop"),
    }],
    remedies: &["Add an emergency limit with a report afterwards.", "Name a deputy."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let level = sink.threshold("criticality");
    for row in rows(context) {
        let Some(criticality) = context.criticality_of(row.subject()).filter(|known| f64::from(*known) >= level) else {
            continue;
        };
        let deciding: Vec<Held<'_>> = context.index.rights_with(row.subject(), Duty::Decide).collect();
        if deciding.iter().any(|held| held.right.tiers.iter().any(|tier| tier.emergency)) {
            continue;
        }
        let alone = deciding.iter().find(|held| {
            let role = role_of(held.right.holder).and_then(|role| context.document.roles().get(role));
            role.is_some_and(|role| role.deputy.is_none() && role.holders.len() == 1)
                && held.right.tiers.iter().all(|tier| tier.deputy.is_none())
        });
        let Some(alone) = alone else { continue };
        let name = context.name(alone.right.holder);
        sink.report(
            Finding::new(format!(
                "If {name} cannot be reached, nobody may decide {}, in a process of criticality {criticality}.",
                row_name(context, row.subject())
            ))
            .about([row.id])
            .about([alone.right.holder])
            .formula("emergency limits = 0, deputies = 0, holders = 1")
            .number("criticality", f64::from(criticality))
            .remedy("Add an emergency limit for somebody who is there, with a report afterwards.")
            .remedy(format!("Or name a deputy of {name}.")),
        );
    }
}
