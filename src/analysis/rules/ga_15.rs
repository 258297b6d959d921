//! Important decisions without a sentence that bounds them.

use super::flows::ours;
use super::rows::rows;
use super::{Meta, row_name};
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "GA-15",
    title: "No sentence that bounds it",
    severity: Severity::Low,
    why: "Who knows the bounds need not ask; who does not asks every time or never.",
    wrong: "“Choose a supplier”, importance 4, no guardrail",
    right: "“Flour within 200 km, no contract over a year”",
    formula: "importance ≥ level and no guardrail",
    source: Source::Literature("boundaries instead of rules"),
    thresholds: &[ours("importance", 4.0, "of 5", "less important ones are left alone", "what is hard to mend")],
    remedies: &["Write one sentence that every decider has to keep to."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let level = sink.threshold("importance");
    for row in rows(context).filter(|row| row.decision.guardrail.trim().is_empty()) {
        let Some(importance) = row.decision.importance.filter(|known| f64::from(*known) >= level) else { continue };
        let mut finding = Finding::new(format!(
            "{} has importance {importance}, and no sentence bounds who decides it.",
            row_name(context, row.subject())
        ))
        .about([row.id])
        .formula(format!("importance {importance} ≥ {}, guardrails = 0", words::number(level)))
        .number("importance", f64::from(importance))
        .remedy("Write one sentence that every decider has to keep to.");
        finding.confidence = row.trust(&[DecisionFact::Importance]);
        sink.report(finding);
    }
}
