//! Rows under DARE without anybody who recommends.

use super::rows::{framework_key, rows};
use super::{Meta, row_name};
use crate::analysis::{Context, Finding, Severity, Sink, Source};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "H-16",
    title: "No options worked out",
    severity: Severity::Medium,
    why: "Under DARE those who recommend bring options; without them the deciders choose from what comes \
              to mind.",
    wrong: "DARE row with D and E only",
    right: "two R who work out options",
    formula: "recommenders on a row under DARE = 0",
    source: Source::Literature("DARE: R ≥ 1, more is good"),
    thresholds: &[],
    remedies: &["Ask two to work out options."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for row in rows(context).filter(|row| framework_key(context, row.subject()) == "dare") {
        if context.index.rights_on(row.subject()).next().is_none() || !row.holders(context, Duty::Prepare).is_empty() {
            continue;
        }
        let row_label = row_name(context, row.subject());
        sink.report(
            Finding::new(format!("Nobody works out options for {row_label}: nobody has R."))
                .about([row.id])
                .formula("recommenders = 0, at least 1 needed")
                .number("recommenders", 0.0)
                .criticality(context.criticality_of(row.subject()))
                .remedy("Let two who know the matter work out options."),
        );
    }
}
