//! Bodies that need everybody’s yes, of too many or too fast.

use super::{Meta, Threshold};
use crate::analysis::{Context, Finding, Fix, Severity, Sink, Source};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "GV-06",
    title: "Consensus of many, or in a hurry",
    severity: Severity::Medium,
    why: "Everybody’s yes takes as long as the slowest doubt; with many, or in two days, it is got by \
              silence.",
    wrong: "Nine members decide by consensus",
    right: "nine members decide by consent",
    formula: "method consensus, and members > most, or the target time of a decision of the body ≤ days",
    source: Source::Literature("consent and advice instead of consensus"),
    thresholds: &[
        Threshold {
            name: "members",
            default: 7.0,
            unit: "members",
            meaning: "more are reported",
            source: Source::Ours("a table"),
        },
        Threshold {
            name: "days",
            default: 2.0,
            unit: "days",
            meaning: "a target so short is reported",
            source: Source::Ours("no time for a second round"),
        },
    ],
    remedies: &["Decide by consent, or let one decide after asking."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for (id, body) in context.document.bodies().iter() {
        if body.method != Some(Method::Consensus) {
            continue;
        }
        let count = body.members.len();
        let minutes = sink.threshold("days") * 1440.0;
        let hasty = context.document.decisions().iter().find(|(decision, record)| {
            record.target_time.is_some_and(|target| target.0 <= minutes)
                && context
                    .index
                    .rights_with(Subject::Decision(*decision), Duty::Decide)
                    .any(|held| held.right.holder == Actor::Body(id))
        });
        let name = context.name(id);
        let why = match hasty {
            _ if count as f64 > sink.threshold("members") => format!("it has {count} members"),
            Some((decision, _)) => format!("{} should take two days at most", context.quoted(decision)),
            None => continue,
        };
        let fix = Fix::replace(
            format!("Let {name} decide by consent"),
            id,
            Body { method: Some(Method::Consent), ..body.clone() },
        );
        sink.report(
            Finding::new(format!("{name} decides when everybody agrees, and {why}."))
                .about([id])
                .about(hasty.map(|(decision, _)| decision))
                .formula(format!("members = {count}"))
                .number("members", count as f64)
                .remedy_with("Decide by consent: nobody has a grave objection.", fix),
        );
    }
}
