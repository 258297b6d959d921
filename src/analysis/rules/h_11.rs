//! Rows under RAPID with none or several who prepare.

use super::rows::{framework_key, rows};
use super::{Meta, row_name};
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "H-11",
    title: "Not one who prepares",
    severity: Severity::Medium,
    why: "RAPID lives from one proposal by one preparer: none means no proposal, several mean several half \
              ones.",
    wrong: "Three R on “Choose a supplier” under RAPID",
    right: "one R, the others I",
    formula: "holders of the preparing letter ≠ 1 where the framework asks for exactly one (High where there \
              are none)",
    source: Source::Literature("RAPID: R = 1"),
    thresholds: &[],
    remedies: &["Name one preparer; the others give input."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for row in rows(context).filter(|row| framework_key(context, row.subject()) == "rapid") {
        let holders = row.holders(context, Duty::Prepare);
        if holders.len() == 1 || context.index.rights_on(row.subject()).next().is_none() {
            continue;
        }
        let row_label = row_name(context, row.subject());
        let (severity, message) = match holders.as_slice() {
            [] => (Severity::High, format!("Nobody prepares {row_label}: nobody has R.")),
            several => {
                let names = words::named_list(context.document, several.iter().copied());
                (Severity::Medium, format!("{names} all prepare {row_label}; one should."))
            }
        };
        sink.report_as(
            severity,
            Finding::new(message)
                .about([row.id])
                .about(holders.iter().copied())
                .formula(format!("preparers = {}, exactly 1 needed", holders.len()))
                .number("preparers", holders.len() as f64)
                .criticality(context.criticality_of(row.subject()))
                .remedy("Name one preparer; the others give input."),
        );
    }
}
