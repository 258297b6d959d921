//! Limits of one right that say the same in two lines.

use super::rows::{limit_of, with_tiers};
use super::{Meta, row_name};
use crate::analysis::{Context, Finding, Severity, Sink, Source};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "L-03",
    title: "Limits could be one",
    severity: Severity::Low,
    why: "Two limits that say the same in two lines are read twice and one day changed in one of them \
              only.",
    wrong: "Clerk: up to 200 EUR; 200 to 500 EUR",
    right: "Clerk: up to 500 EUR",
    formula: "limits of one right with the same conditions, second names and dates, whose amounts touch or \
              overlap ≥ 2",
    source: Source::Ours(" one rule, one line"),
    thresholds: &[],
    remedies: &["Merge them."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for ladder in context.ladders.iter() {
        let Some((lower, upper)) = ladder.mergeable.first().copied() else { continue };
        let Some((right, Some(tier))) = limit_of(context, lower) else { continue };
        let Some((_, Some(other))) = limit_of(context, upper) else { continue };
        let row = row_name(context, right.subject);
        let holder = context.name(right.holder);
        let up_to = tier.up_to.zip(other.up_to).map(|(one, two)| one.max(two));
        let merged = Tier { up_to, ..tier.clone() };
        let label = format!("Give {holder} one limit on {row}: {merged}");
        let fix = with_tiers(context, lower.right, label, |tiers| {
            let places = [lower.tier, upper.tier];
            let mut place = 0;
            tiers.retain(|_| {
                place += 1;
                !places.contains(&Some(place - 1))
            });
            tiers.push(merged.clone());
        });
        let count = ladder.mergeable.len();
        sink.report(
            Finding::new(format!("{holder} has {tier} and {other} on {row}; it could be one limit: {merged}."))
                .about([ladder.decision])
                .about([right.holder])
                .formula(format!("pairs of limits that could be one = {count}"))
                .number("pairs", count as f64)
                .remedy_with(format!("Merge them: {merged}."), fix.filter(|_| count == 1)),
        );
    }
}
