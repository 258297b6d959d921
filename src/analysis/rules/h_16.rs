//! Rows without anybody who recommends, where the framework welcomes several.

use super::rows::{Count, counts, rows};
use super::{Meta, row_name};
use crate::analysis::{Context, Finding, Severity, Sink, Source};

pub(super) const META: Meta = Meta {
    id: "H-16",
    title: "No options worked out",
    severity: Severity::Medium,
    why: "Those who recommend bring options; without them the deciders choose from what comes to mind.",
    wrong: "DARE row with D and E only",
    right: "two R who work out options",
    formula: "recommenders on a row = 0, in a framework that asks for at least one and sets no most, as DARE does",
    source: Source::Literature("DARE: R ≥ 1, more is good"),
    thresholds: &[],
    remedies: &["Ask two to work out options."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for row in rows(context) {
        let recommends = |count: &Count<'_>| count.prepares_only() && !count.is_single_preparer();
        for count in counts(context, &row).iter().filter(|count| recommends(count) && count.holders.is_empty()) {
            let row_label = row_name(context, row.subject());
            sink.report(
                Finding::new(format!("Nobody works out options for {row_label}: nobody has {}.", count.letter.code))
                    .about([row.id])
                    .formula("recommenders = 0, at least 1 needed")
                    .number("recommenders", 0.0)
                    .criticality(context.criticality_of(row.subject()))
                    .remedy("Let two who know the matter work out options."),
            );
        }
    }
}
