//! Roles without any letter.

use super::Meta;
use crate::analysis::{Context, Finding, Severity, Sink, Source};
use crate::model::RoleId;

pub(super) const META: Meta = Meta {
    id: "V-05",
    title: "No part in any decision",
    severity: Severity::Low,
    why: "A role without a letter is either in the wrong picture, or its rows have not been found yet.",
    wrong: "Driver has no letter on any row",
    right: "Driver is told of the bake list",
    formula: "letters of a role = 0, once most roles have letters",
    source: Source::Literature("vertical analysis of a responsibility matrix"),
    thresholds: &[],
    remedies: &["Look for the rows that are missing, or leave the role out of the view."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let has_letter = |role: &RoleId| context.index.rights_of_role(*role).next().is_some();
    let roles = context.document.roles();
    // A matrix of a few roles says nothing of the others, such as those of a chart that came from elsewhere.
    if roles.ids().filter(has_letter).count() * 2 <= roles.len() {
        return;
    }
    for role in roles.ids().filter(|role| !has_letter(role)) {
        let steps = context.index.steps_of_role(role).len();
        sink.report(
            Finding::new(format!("{} has no part in any decision.", context.name(role)))
                .about([role])
                .formula(format!("letters = 0, steps = {steps}"))
                .number("letters", 0.0)
                .number("steps", steps as f64)
                .remedy("Look for rows that are missing, or leave the role out of the view."),
        );
    }
}
