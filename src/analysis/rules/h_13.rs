//! Deciders who hold a veto on their own row.

use super::rows::{rows, without};
use super::{Meta, row_name};
use crate::analysis::{Context, Finding, Severity, Sink, Source};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "H-13",
    title: "Decides and agrees",
    severity: Severity::Low,
    why: "Who decides needs no veto against themselves.",
    wrong: "Owner D and A on “Hire staff”",
    right: "Owner D",
    formula: "holders with a deciding and an agreeing letter on one row > 0",
    source: Source::Literature("RAPID: D need not hold A"),
    thresholds: &[],
    remedies: &["Drop the veto."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for row in rows(context) {
        for held in context.index.rights_with(row.subject(), Duty::Agree) {
            let holder = held.right.holder;
            if held.duties.has(Duty::Decide) || !row.holders(context, Duty::Decide).contains(&holder) {
                continue;
            }
            let (name, row_label) = (context.name(holder), row_name(context, row.subject()));
            let letter = &held.right.letter;
            let fix = without(format!("Drop {letter} of {name} on {row_label}"), [held.id]);
            sink.report(
                Finding::new(format!("{name} decides {row_label} and must agree to it, too ({letter})."))
                    .about([row.id])
                    .about([holder])
                    .formula("vetoes of a decider = 1")
                    .number("vetoes", 1.0)
                    .remedy_with(format!("Drop {letter}."), fix),
            );
        }
    }
}
