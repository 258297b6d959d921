//! Important decisions without a measure of success.

use super::rows::rows;
use super::{Meta, Threshold, row_name};
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "H-21",
    title: "Nobody knows what good looks like",
    severity: Severity::Low,
    why: "Without a measure of success an important decision is judged by who took it.",
    wrong: "“Hire staff”, importance 5, no word about success",
    right: "“Still here after a year, liked by the shift”",
    formula: "importance ≥ level and no word about what a good outcome looks like",
    source: Source::Ours(" one line is enough"),
    thresholds: &[Threshold {
        name: "importance",
        default: 4.0,
        unit: "of 5",
        meaning: "less important ones are left alone",
        source: Source::Ours("what is hard to mend"),
    }],
    remedies: &["Write one line: what good looks like."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let level = sink.threshold("importance");
    for row in rows(context).filter(|row| row.decision.success.trim().is_empty()) {
        let Some(importance) = row.decision.importance.filter(|known| f64::from(*known) >= level) else { continue };
        let mut finding = Finding::new(format!(
            "{} has importance {importance}, and nothing says what a good outcome looks like.",
            row_name(context, row.subject())
        ))
        .about([row.id])
        .formula(format!("importance {importance} ≥ {}, words about success = 0", words::number(level)))
        .number("importance", f64::from(importance))
        .remedy("Write one line: what good looks like.");
        finding.confidence = row.trust(&[DecisionFact::Importance]);
        sink.report(finding);
    }
}
