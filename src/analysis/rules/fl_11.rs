//! Cases that go through many hands.

use super::Meta;
use super::flows::ours;
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "FL-11",
    title: "Many hands",
    severity: Severity::Low,
    why: "After half a dozen hands nobody knows the case, and nobody can say where it is.",
    wrong: "A purchase changes hands 7 times",
    right: "The office clerk buys and books; it changes hands 3 times",
    formula: "expected hand-overs of a case = Σ visits × probability over moves to a step of another performer > most",
    source: Source::Literature("waste of hand-overs (Lean office)"),
    thresholds: &[ours("most", 5.0, "hand-overs", "above it is reported", "a hand full")],
    remedies: &[
        "Give the case an owner who follows it.",
        "Let steps be assigned in the order in which one person can do them.",
    ],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for (count, (process, record)) in context.document.processes().iter().enumerate() {
        if context.is_cancelled(count) {
            return;
        }
        let Some(given) = context.handovers.per_case(process).filter(|given| *given > sink.threshold("most") + 1e-9)
        else {
            continue;
        };
        sink.report(
            Finding::new(format!(
                "A case of {} changes hands {} times.",
                context.quoted(process),
                words::number(given)
            ))
            .about([ElementRef::from(process)])
            .about(record.owner)
            .formula(format!("hand-overs = {} > {}", words::number(given), words::number(sink.threshold("most"))))
            .number("handovers_per_case", given)
            .criticality(record.criticality)
            .remedy("Name somebody who follows each case from end to end, or join steps."),
        );
    }
}
