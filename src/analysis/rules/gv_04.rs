//! Bodies that can end in a draw without a rule for it.

use super::Meta;
use crate::analysis::{Context, Finding, Fix, Severity, Sink, Source};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "GV-04",
    title: "Even heads, no rule for ties",
    severity: Severity::Medium,
    why: "An even number of equal votes ends in a draw sooner or later.",
    wrong: "Four members, majority, no rule",
    right: "the chair’s vote counts twice",
    formula: "members of a body with method majority even, and no rule for ties",
    source: Source::Ours(" draws happen"),
    thresholds: &[],
    remedies: &["Give the chair the last word.", "Decide by consent."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for (id, body) in context.document.bodies().iter() {
        let count = body.members.len();
        if body.method != Some(Method::Majority)
            || count == 0
            || !count.is_multiple_of(2)
            || !body.tie_rule.trim().is_empty()
        {
            continue;
        }
        let name = context.name(id);
        sink.report(
            Finding::new(format!("{name} votes with {count} members, and nothing says what happens in a draw."))
                .about([id])
                .formula(format!("members = {count}, even; rules for ties = 0"))
                .number("members", count as f64)
                .remedy_with(
                    "Decide by consent: nobody has a grave objection.",
                    Fix::replace(
                        format!("Let {name} decide by consent"),
                        id,
                        Body { method: Some(Method::Consent), ..body.clone() },
                    ),
                )
                .remedy("Or give the chair the last word."),
        );
    }
}
