//! Important rows that one holder prepares and decides alone.

use super::rows::{framework_key, rows};
use super::{Meta, Threshold, row_name};
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "H-14",
    title: "Prepares and decides what matters",
    severity: Severity::Medium,
    why: "Whoever works out the only proposal and takes it has nobody to say what was overlooked.",
    wrong: "“Choose a supplier”, importance 4: Head baker prepares and decides",
    right: "Head baker prepares, Owner decides; or one challenger is asked",
    formula: "importance ≥ level and a holder who prepares and decides, and nobody who agrees, verifies or is \
              asked",
    source: Source::Ours(" one challenger at least"),
    thresholds: &[Threshold {
        name: "importance",
        default: 4.0,
        unit: "of 5",
        meaning: "less important ones are left alone",
        source: Source::Ours("what is hard to mend"),
    }],
    remedies: &["Let somebody else prepare it.", "Ask one challenger before."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let level = sink.threshold("importance");
    let mut unknown = Vec::new();
    for row in rows(context).filter(|row| framework_key(context, row.subject()) != "daci") {
        let preparers = row.holders(context, Duty::Prepare);
        let both: Vec<Actor> =
            row.holders(context, Duty::Decide).into_iter().filter(|holder| preparers.contains(holder)).collect();
        let challenged =
            [Duty::Agree, Duty::Verify, Duty::Consult].into_iter().any(|duty| !row.holders(context, duty).is_empty());
        let Some(holder) = both.first().copied().filter(|_| !challenged && preparers.len() == 1) else { continue };
        let Some(importance) = row.decision.importance else {
            unknown.push(row.id);
            continue;
        };
        if f64::from(importance) < level {
            continue;
        }
        let (name, row_label) = (context.name(holder), row_name(context, row.subject()));
        let mut finding =
            Finding::new(format!("{name} alone prepares and decides {row_label}, importance {importance}."))
                .about([row.id])
                .about([holder])
                .formula(format!("importance {importance} ≥ {}, challengers = 0", words::number(level)))
                .number("importance", f64::from(importance))
                .criticality(context.criticality_of(row.subject()))
                .remedy("Let somebody else prepare it, or ask one challenger before.");
        finding.confidence = row.trust(&[DecisionFact::Importance]);
        sink.report(finding);
    }
    sink.missing(
        "decision is prepared and decided by one holder and states no importance",
        "decisions are prepared and decided by one holder and state no importance",
        unknown,
    );
}
