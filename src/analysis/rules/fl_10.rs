//! Flows in which work mostly changes hands.

use super::Meta;
use super::flows::ours;
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "FL-10",
    title: "Work mostly changes hands",
    severity: Severity::Low,
    why: "At every hand-over work waits, is read anew, and a part of what was known is lost.",
    wrong: "3 of 4 moves in “Refund” go to somebody else",
    right: "One of the shop takes a complaint from the first word to the money",
    formula: "Σ visits × probability over moves to a step of another performer ÷ the same over all moves between steps > \
              share, with at least so many moves a case",
    source: Source::Literature("waste of hand-overs (Lean office)"),
    thresholds: &[
        ours("share", 0.5, "of the moves", "above it is reported", "more often than not"),
        ours(
            "moves",
            3.0,
            "moves a case",
            "shorter flows are left alone",
            "two steps of two people always change hands",
        ),
    ],
    remedies: &["Let one person take the case through.", "Put steps of one performer one after the other."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for (count, (process, record)) in context.document.processes().iter().enumerate() {
        if context.is_cancelled(count) {
            return;
        }
        let handovers = &context.handovers;
        let (Some(given), Some(moves)) = (handovers.per_case(process), handovers.moves_per_case(process)) else {
            continue;
        };
        if moves < sink.threshold("moves") - 1e-9 || given / moves <= sink.threshold("share") + 1e-9 {
            continue;
        }
        let performers: Vec<Actor> = super::rows::distinct(
            context.index.steps_of(process).iter().filter_map(|step| context.index.performer(*step)),
        );
        sink.report(
            Finding::new(format!(
                "{} of the moves of a case of {} go to somebody else.",
                words::percent(given / moves),
                context.quoted(process)
            ))
            .about([ElementRef::from(process)])
            .about(performers)
            .formula(format!("{} ÷ {} = {}", words::number(given), words::number(moves), words::number(given / moves)))
            .number("share", given / moves)
            .number("handovers_per_case", given)
            .number("moves_per_case", moves)
            .criticality(record.criticality)
            .remedy("Let one person take the case through, or join steps that the same one could do."),
        );
    }
}
