//! Rows of which nearly everybody is told.

use super::rows::{columns, rows};
use super::{Meta, Threshold, row_name};
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "H-07",
    title: "Nearly everybody is told",
    severity: Severity::Low,
    why: "What is told to everybody is read by nobody.",
    wrong: "Eight of twelve roles are told about each refund",
    right: "a list that all can look at",
    formula: "informing letters on a row ≥ least and > share of all columns",
    source: Source::Ours(" a channel is cheaper than letters"),
    thresholds: &[
        Threshold {
            name: "least",
            default: 6.0,
            unit: "letters",
            meaning: "fewer are left alone",
            source: Source::Ours("a mail to five is no burden"),
        },
        Threshold {
            name: "share",
            default: 0.5,
            unit: "of all columns",
            meaning: "more are reported",
            source: Source::Ours("half the firm"),
        },
    ],
    remedies: &["Replace the letters by one channel or a list that all can read."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let all = columns(context).len();
    for row in rows(context) {
        let holders = row.holders(context, Duty::Inform);
        let (count, share) = (holders.len() as f64, holders.len() as f64 / all.max(1) as f64);
        if !(count >= sink.threshold("least") && share > sink.threshold("share")) {
            continue;
        }
        let row_label = row_name(context, row.subject());
        sink.report(
            Finding::new(format!("{} are told about {row_label}.", holders.len()))
                .about([row.id])
                .about(holders.iter().copied())
                .formula(format!("{} of {all} columns = {}", holders.len(), words::number(share)))
                .number("holders", count)
                .number("share", share)
                .criticality(context.criticality_of(row.subject()))
                .remedy("Replace the letters by one channel or a list that all can read."),
        );
    }
}
