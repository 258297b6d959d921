//! Deciders that are a group without a method.

use super::rows::rows;
use super::{Meta, row_name};
use crate::analysis::{Context, Finding, Severity, Sink, Source};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "H-18",
    title: "A group decides, nobody knows how",
    severity: Severity::High,
    why: "A group without a way of deciding decides by who speaks last, or not at all.",
    wrong: "Unit “Shops” decides about opening hours",
    right: "Body “Shop round” decides by consent, three of four must be there",
    formula: "deciders that are a unit, or a body without a method > 0",
    source: Source::Ours(" a group decides by a method"),
    thresholds: &[],
    remedies: &["Name a role.", "Make it a body with a method and a quorum."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for row in rows(context) {
        let vague = |actor: &Actor| match actor {
            Actor::Unit(_) => true,
            Actor::Body(body) => context.document.bodies().get(*body).is_some_and(|body| body.method.is_none()),
            _ => false,
        };
        for holder in row.holders(context, Duty::Decide).into_iter().filter(vague) {
            let (name, row_label) = (context.name(holder), row_name(context, row.subject()));
            sink.report(
                Finding::new(format!("{name} decides {row_label}, and nothing says how."))
                    .about([row.id])
                    .about([holder])
                    .formula("deciding groups without a method = 1")
                    .number("groups", 1.0)
                    .criticality(context.criticality_of(row.subject()))
                    .remedy("Name a role, or a body with a method and a quorum."),
            );
        }
    }
}
