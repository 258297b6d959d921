//! Rows on which too many are asked before.

use super::rows::{columns, rows};
use super::{Meta, Threshold, row_name};
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "H-06",
    title: "Too many are asked",
    severity: Severity::Medium,
    why: "Each voice that has to be heard adds a wait; with many of them nobody feels heard, and the \
              answer is late.",
    wrong: "Five roles are asked before a dismissal",
    right: "two are asked, three are told",
    formula: "consulting letters on a row > count, or at least 3 of them > share of all columns",
    source: Source::Literature("RACI practice: few C"),
    thresholds: &[
        Threshold {
            name: "count",
            default: 3.0,
            unit: "letters",
            meaning: "more are reported",
            source: Source::Ours("a table that still talks"),
        },
        Threshold {
            name: "share",
            default: 0.3,
            unit: "of all columns",
            meaning: "more are reported",
            source: Source::Ours("a third of the firm"),
        },
    ],
    remedies: &["Ask each of them what they would change, and tell the others afterwards."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let all = columns(context).len();
    for row in rows(context) {
        let holders = row.holders(context, Duty::Consult);
        let (count, share) = (holders.len() as f64, holders.len() as f64 / all.max(1) as f64);
        if !(count > sink.threshold("count") || (count >= 3.0 && share > sink.threshold("share"))) {
            continue;
        }
        let row_label = row_name(context, row.subject());
        sink.report(
            Finding::new(format!("{} are asked before {row_label} is decided.", holders.len()))
                .about([row.id])
                .about(holders.iter().copied())
                .formula(format!("{} of {all} columns = {}", holders.len(), words::number(share)))
                .number("holders", count)
                .number("share", share)
                .criticality(context.criticality_of(row.subject()))
                .remedy("Ask each of them what they would change, and tell the others afterwards."),
        );
    }
}
