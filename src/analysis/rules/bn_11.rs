//! Decisions that take much longer than they should.

use super::flows::{duration, ours};
use super::rows::rows;
use super::{Meta, row_name};
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "BN-11",
    title: "Answer comes late",
    severity: Severity::Medium,
    why: "Work stands still while a question waits for its answer.",
    wrong: "“Hire staff” should be answered within a week and takes three",
    right: "The shop manager decides within three days, unless the owner says no",
    formula: "time from question to answer ÷ time it should take > factor",
    source: Source::Literature("speed of decisions (Bain’s dimensions of effectiveness)"),
    thresholds: &[ours("factor", 2.0, "times the target", "above it is reported", "twice as long as wanted")],
    remedies: &[
        "Let a deputy decide.",
        "Agree that silence means yes after a day.",
        "Let a lower level decide up to a limit.",
    ],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let mut without_target = Vec::new();
    for row in rows(context) {
        let Some(actual) = row.decision.actual_time.filter(|time| time.0 > 0.0) else { continue };
        let Some(target) = row.decision.target_time.filter(|time| time.0 > 0.0) else {
            without_target.push(row.id);
            continue;
        };
        let factor = actual.0 / target.0;
        if factor <= sink.threshold("factor") {
            continue;
        }
        let name = row_name(context, row.subject());
        let deciders: Vec<Actor> =
            context.index.rights_with(row.subject(), Duty::Decide).map(|held| held.right.holder).collect();
        let mut finding = Finding::new(format!(
            "{name} takes {} from question to answer, {} times the {} it should.",
            duration(actual.0),
            words::number(factor),
            duration(target.0)
        ))
        .about([ElementRef::from(row.id)])
        .about(deciders)
        .formula(format!("{} ÷ {} min = {}", words::number(actual.0), words::number(target.0), words::number(factor)))
        .number("actual_minutes", actual.0)
        .number("target_minutes", target.0)
        .number("factor", factor)
        .criticality(context.criticality_of(row.subject()))
        .remedy("Let somebody below decide up to a limit, or a deputy decide in the meantime.")
        .remedy("Agree on a time after which no answer means yes.");
        finding.confidence = row.trust(&[DecisionFact::TargetTime]);
        sink.report(finding);
    }
    sink.missing(
        "decision says how long it takes and not how long it should",
        "decisions say how long they take and not how long they should",
        without_target,
    );
}
