//! Parallel branches of which one waits long for the other.

use super::Meta;
use super::flows::{duration, ours};
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "BN-10",
    title: "Waits for the slowest branch",
    severity: Severity::Low,
    why: "Where branches run side by side only the slowest counts; the others hurried for nothing.",
    wrong: "Pastry is done after 9 hours and waits 12 more for the bread",
    right: "The bread is begun earlier; both are done within the hour",
    formula: "visits × (slowest branch − second slowest) ÷ lead time > share, with the time of a branch from the split to \
              the join by stated work and waits",
    source: Source::Literature("flow analysis: parallel branches take the slowest"),
    thresholds: &[ours("share", 0.15, "of the lead time", "above it is reported", "a seventh of the whole")],
    remedies: &[
        "Begin the slow branch earlier.",
        "Move work from the slow branch to a quick one.",
        "Look at the lead time of the slow branch first.",
    ],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for (count, (process, record)) in context.document.processes().iter().enumerate() {
        if context.is_cancelled(count) {
            return;
        }
        let Some(times) = context.times.of(process).filter(|times| times.lead > 0.0) else { continue };
        for join in &times.joins {
            let [slowest, second] = join.minutes;
            let share = join.visits * (slowest - second) / times.lead;
            if share <= sink.threshold("share") {
                continue;
            }
            let [slow, quick] = join.branches.map(|node| context.quoted(node));
            sink.report(
                Finding::new(format!(
                    "In {} the branch of {quick} waits {} for that of {slow}.",
                    context.quoted(process),
                    duration(slowest - second)
                ))
                .about([ElementRef::from(join.join)])
                .about(join.branches)
                .formula(format!(
                    "{} × ({} − {}) ÷ {} min = {}",
                    words::number(join.visits),
                    words::number(slowest),
                    words::number(second),
                    words::number(times.lead),
                    words::number(share)
                ))
                .number("slowest_minutes", slowest)
                .number("second_minutes", second)
                .number("share", share)
                .criticality(record.criticality)
                .remedy(format!("Begin the branch of {slow} earlier, or move some of its work to that of {quick}.")),
            );
        }
    }
}
