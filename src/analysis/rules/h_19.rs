//! Rows in which nobody or everybody has a letter.

use super::rows::{columns, rows};
use super::{Meta, row_name};
use crate::analysis::{Context, Finding, Severity, Sink, Source};

pub(super) const META: Meta = Meta {
    id: "H-19",
    title: "Everybody or nobody has a part",
    severity: Severity::Medium,
    why: "A row in which every cell is filled, or none, says nothing about who does what.",
    wrong: "All eight roles have a letter on “Order paper”",
    right: "Office clerk decides, the others find out",
    formula: "letters in a row = 0 on a matrix that has letters, or holders = all columns (at least 4)",
    source: Source::Literature("RACI practice: thin rows"),
    thresholds: &[],
    remedies: &["Take away what changes nothing, or delete the row."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let all = columns(context).len();
    for row in rows(context) {
        let count = row.everybody(context).len();
        let row_label = row_name(context, row.subject());
        let message = if count == 0 && all > 0 {
            format!("Nobody has a part in {row_label}.")
        } else if count == all && all >= 4 {
            format!("Everybody has a part in {row_label}: {count} of {all}.")
        } else {
            continue;
        };
        sink.report(
            Finding::new(message)
                .about([row.id])
                .formula(format!("holders = {count} of {all} columns"))
                .number("holders", count as f64)
                .number("columns", all as f64)
                .remedy(if count == 0 {
                    "Say who decides and who does it, or delete the row."
                } else {
                    "Take away the letters that change nothing."
                }),
        );
    }
}
