//! Roles that are asked and told and do nothing.

use super::{Meta, Threshold};
use crate::analysis::{Context, Finding, Severity, Sink, Source};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "V-04",
    title: "Only asked and told",
    severity: Severity::Low,
    why: "A role that is only asked and told owns nothing; perhaps it is no role of the line.",
    wrong: "Quality adviser is asked in nine rows and decides and does nothing",
    right: "Quality adviser verifies, or is a person to ask",
    formula: "letters of a role ≥ least, all of them asking or telling",
    source: Source::Literature("vertical analysis of a responsibility matrix"),
    thresholds: &[Threshold {
        name: "letters",
        default: 3.0,
        unit: "letters",
        meaning: "fewer are left alone",
        source: Source::Ours("one or two happen"),
    }],
    remedies: &["Give it something of its own, or merge it with another role."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let least = sink.threshold("letters");
    for role in context.document.roles().ids() {
        let held: Vec<_> = context.index.rights_of_role(role).collect();
        let acts = [Duty::Decide, Duty::Agree, Duty::Prepare, Duty::Do, Duty::Verify, Duty::Support];
        let own = held.iter().any(|held| acts.iter().any(|duty| held.duties.has(*duty)));
        if (held.len() as f64) < least || own || !context.index.steps_of_role(role).is_empty() {
            continue;
        }
        let name = context.name(role);
        sink.report(
            Finding::new(format!("{name} is asked or told in {} rows and does or decides nothing.", held.len()))
                .about([role])
                .formula(format!("letters = {}, of them to decide or do = 0, steps = 0", held.len()))
                .number("letters", held.len() as f64)
                .remedy("Give it something of its own, or merge it with another role."),
        );
    }
}
