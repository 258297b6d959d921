//! Roles that may decide more than somebody they report to.

use super::rows::{holder_and_limit, limit_of, with_tiers};
use super::{Meta, row_name};
use crate::analysis::{Context, Finding, Severity, Sink, Source};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "L-06",
    title: "Superior may decide less",
    severity: Severity::High,
    why: "Who may decide more than their superior is left alone with the large cases, or asked to sign \
              what the superior may not.",
    wrong: "Clerk up to 500 EUR, the manager up to 200 EUR",
    right: "Clerk up to 200 EUR, the manager up to 500 EUR",
    formula: "ceiling of a role < ceiling of a role that reports to it, directly or not, in the same case, \
              exact over conditions; limits with a reason are left alone",
    source: Source::Literature("limits of authority: they grow along the reporting line"),
    thresholds: &[],
    remedies: &["Raise the limit of the superior.", "Say in the limit of the other one why: expert authority."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for ladder in context.ladders.iter() {
        for pair in &ladder.inversions {
            let Some((lower, low)) = limit_of(context, pair.lower) else { continue };
            let Some((upper, high)) = limit_of(context, pair.upper) else { continue };
            if low.is_some_and(|tier| !tier.reason.trim().is_empty()) {
                continue;
            }
            let row = row_name(context, lower.subject);
            let case = pair.case.words(context.document);
            let [one, two] = [pair.lower, pair.upper].map(|rung| holder_and_limit(context, rung));
            let ceiling = low.and_then(|tier| tier.up_to);
            let superior = context.name(upper.holder);
            let fix = with_tiers(context, pair.upper.right, format!("Let {superior} decide {row} as far"), |tiers| {
                if let Some(tier) = pair.upper.tier.and_then(|place| tiers.get_mut(place)) {
                    tier.up_to = ceiling;
                }
            });
            let mut finding =
                Finding::new(format!("{one} may decide more of {row} than the superior, {two}: for instance {case}."))
                    .about([ladder.decision])
                    .about([lower.holder, upper.holder])
                    .criticality(context.criticality_of(lower.subject));
            let shown = |end: Option<Amount>| end.map_or_else(|| "∞".to_owned(), |end| end.to_string());
            let upper_end = high.and_then(|tier| tier.up_to);
            finding = finding.formula(format!(
                "ceiling of the superior {} < {} of the subordinate",
                shown(upper_end),
                shown(ceiling)
            ));
            for (name, end) in [("ceiling_below", ceiling), ("ceiling_above", upper_end)] {
                if let Some(end) = end {
                    finding = finding.number(name, end.to_f64());
                }
            }
            let single = ladder.inversions.len() == 1;
            sink.report(
                finding
                    .remedy_with(
                        format!("Raise the limit of {superior} to {}.", shown(ceiling)),
                        fix.filter(|_| single),
                    )
                    .remedy("Or say in the limit why: expert authority."),
            );
        }
    }
}
