//! Deciders who report to whoever carries it out.

use super::rows::{role_of, rows};
use super::{Meta, row_name};
use crate::analysis::{Context, Finding, Severity, Sink, Source};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "H-22",
    title: "Answers to the one who does it",
    severity: Severity::Medium,
    why: "Who has to say no to their own superior’s work will not.",
    wrong: "Clerk decides “Sign contract”, the owner does the work",
    right: "Owner decides, Clerk does the work",
    formula: "pairs of a decider and a doer to whom the decider reports, directly or not, where the two do not \
              share the row by limits > 0",
    source: Source::Ours(" nobody checks upward"),
    thresholds: &[],
    remedies: &["Swap the two, or explain."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for row in rows(context) {
        let deciders = row.holders(context, Duty::Decide);
        let doers = row.holders(context, Duty::Do);
        let pair = deciders.iter().find_map(|decider| {
            let below = role_of(*decider)?;
            let above = doers.iter().find(|doer| {
                !deciders.contains(doer) && role_of(**doer).is_some_and(|role| context.index.reports_to(below, role))
            })?;
            Some((*decider, *above))
        });
        let Some((decider, doer)) = pair else { continue };
        let [below, above] = [decider, doer].map(|actor| context.name(actor));
        let row_label = row_name(context, row.subject());
        sink.report(
            Finding::new(format!("{below} decides {row_label}, which {above} carries out, and reports to {above}."))
                .about([row.id])
                .about([decider, doer])
                .formula("deciders who report to a doer = 1")
                .number("pairs", 1.0)
                .criticality(context.criticality_of(row.subject()))
                .remedy("Swap the two, or say why it is so."),
        );
    }
}
