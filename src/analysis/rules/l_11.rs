//! Steps of a ladder that catch next to nothing.

use super::rows::rows;
use super::{Meta, Threshold, row_name};
use crate::analysis::figures::amounts::Amounts;
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "L-11",
    title: "Limit for hardly any case",
    severity: Severity::Low,
    why: "A step of the ladder that catches next to nothing is a rule to be learned for no case.",
    wrong: "Area lead between 5000 and 5200 EUR: 0.1 % of the cases",
    right: "Shop lead up to 5000 EUR, Owner above",
    formula: "share of cases within a limit < share",
    source: Source::Literature("share of a lognormal distribution within bounds"),
    thresholds: &[Threshold {
        name: "share",
        default: 0.01,
        unit: "of the cases",
        meaning: "less is reported",
        source: Source::Ours("one case in a hundred"),
    }],
    remedies: &["Drop the step: let the one below or above decide."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let least = sink.threshold("share");
    for row in rows(context) {
        let Some((amounts, currency)) = Amounts::of(row.decision) else { continue };
        for held in context.index.rights_with(row.subject(), Duty::Decide) {
            let plain = |tier: &&Tier| {
                tier.quantity == Quantity::Money(currency)
                    && tier.per == Per::Case
                    && tier.conditions.is_empty()
                    && !tier.emergency
            };
            for tier in held.right.tiers.iter().filter(plain) {
                let share =
                    amounts.share_of_cases_within(tier.above.map(Amount::to_f64), tier.up_to.map(Amount::to_f64));
                // The last step has to be there, however rarely it is used.
                if share >= least || tier.up_to.is_none() {
                    continue;
                }
                let name = context.name(held.right.holder);
                let mut finding = Finding::new(format!(
                    "{tier} of {name} on {} catches {} of the cases.",
                    row_name(context, row.subject()),
                    words::percent(share)
                ))
                .about([row.id])
                .about([held.right.holder])
                .formula(format!("share of cases = {} < {}", words::number(share), words::number(least)))
                .number("share_of_cases", share)
                .remedy("Drop this step: let the one below or above decide.");
                finding.confidence = row.trust(&[DecisionFact::Amounts]);
                sink.report(finding);
            }
        }
    }
}
