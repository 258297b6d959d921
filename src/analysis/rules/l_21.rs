//! Limits with a condition that only a reader can evaluate.

use super::rows::rows;
use super::{Meta, row_name};
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "L-21",
    title: "Condition is only words",
    severity: Severity::Info,
    why: "A condition in words cannot be checked by anybody but a reader: the program leaves the limit out \
              of its answers.",
    wrong: "Up to 500 EUR “if the customer is good”",
    right: "Up to 500 EUR, category: regular customer",
    formula: "limits with a condition in words > 0",
    source: Source::Ours(" what cannot be evaluated is said so"),
    thresholds: &[],
    remedies: &["Make it a condition on unit, category, budget, supplier, or an attribute of your own."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for row in rows(context) {
        for held in context.index.rights_on(row.subject()) {
            let texts: Vec<String> = held
                .right
                .tiers
                .iter()
                .flat_map(|tier| &tier.conditions)
                .filter_map(|condition| match condition {
                    Condition::Text(text) => Some(format!("“{}”", text.trim())),
                    _ => None,
                })
                .collect();
            if texts.is_empty() {
                continue;
            }
            let row_label = row_name(context, row.subject());
            sink.report(
                Finding::new(format!("Nobody can evaluate {} on {row_label}.", words::joined(&texts)))
                    .about([row.id])
                    .about([held.right.holder])
                    .formula(format!("conditions in words = {}", texts.len()))
                    .number("conditions", texts.len() as f64)
                    .remedy("Say it by unit, category, budget, supplier, or an attribute of your own."),
            );
        }
    }
}
