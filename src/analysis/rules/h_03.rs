//! Rows that several decide together with no rule for a draw.

use super::rows::{rows, several_may_decide};
use super::{Meta, row_name};
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "H-03",
    title: "Several decide, and no rule for ties",
    severity: Severity::Medium,
    why: "Where several decide together, somebody or something has to end a draw, or the matter lies.",
    wrong: "Under DARE, two shop leads decide and nobody ends a draw",
    right: "the limit says that it goes up to the owner",
    formula: "deciders of one case ≥ 2 where the framework allows it, and none of their limits says to whom it \
              goes up; or a deciding body of equals with an even count and no rule for ties is GV-04",
    source: Source::Literature("DARE: several deciders need a tie rule"),
    thresholds: &[],
    remedies: &["Say to whom a draw goes up.", "Let one decide, and ask the others."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for row in rows(context).filter(|row| several_may_decide(context, row.subject())) {
        let Some(ladder) = context.ladders.of(row.id).next() else { continue };
        let Some(pair) = ladder.overlaps.first() else { continue };
        let deciding = || context.index.rights_with(row.subject(), Duty::Decide);
        if deciding().any(|held| held.right.tiers.iter().any(|tier| tier.escalates_to.is_some())) {
            continue;
        }
        let holders = row.holders(context, Duty::Decide);
        let names = words::named_list(context.document, holders.iter().copied());
        let case = pair.case.words(context.document);
        sink.report(
            Finding::new(format!(
                "{names} decide {} together ({case}), and nothing says who ends a draw.",
                row_name(context, row.subject())
            ))
            .about([row.id])
            .about(holders.iter().copied())
            .formula("deciders of one case ≥ 2, limits that say to whom it goes up = 0")
            .number("deciders", holders.len() as f64)
            .criticality(context.criticality_of(row.subject()))
            .remedy("Say in a limit to whom it goes up, or let a body with a rule for ties decide."),
        );
    }
}
