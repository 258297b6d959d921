//! Rows with none or several who prepare, where the framework asks for exactly one.

use super::rows::{Count, counts, framework_key, rows};
use super::{Meta, row_name};
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};

pub(super) const META: Meta = Meta {
    id: "H-11",
    title: "Not one who prepares",
    severity: Severity::Medium,
    why: "One proposal has one preparer: none means no proposal, several mean several half ones.",
    wrong: "Three R on “Choose a supplier” under RAPID",
    right: "one R, the others I",
    formula: "holders of the preparing letter ≠ 1 where the framework asks for exactly one (High where there \
              are none)",
    source: Source::Literature("RAPID: R = 1; DACI: D = 1"),
    thresholds: &[],
    remedies: &["Name one preparer; the others give input."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for row in rows(context) {
        // A question that nobody drives is the matter of H-15.
        let has_driver_rule = framework_key(context, row.subject()) == "daci";
        for count in counts(context, &row).into_iter().filter(Count::is_single_preparer) {
            let (holders, code) = (&count.holders, &count.letter.code);
            if count.most_in_a_scope == 1 || (holders.is_empty() && has_driver_rule) {
                continue;
            }
            let row_label = row_name(context, row.subject());
            let (severity, message) = if holders.is_empty() {
                (Severity::High, format!("Nobody prepares {row_label}: nobody has {code}."))
            } else {
                let names = words::named_list(context.document, holders.iter().copied());
                (Severity::Medium, format!("{names} all prepare {row_label}; one should."))
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
}
