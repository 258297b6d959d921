//! Limits of two deciders that match the same case.

use super::rows::{Row, holder_and_limit, limit_of, rows, several_may_decide, with_tiers};
use super::{Meta, row_name};
use crate::analysis::figures::Overlap;
use crate::analysis::{Context, Finding, Severity, Sink, Source};

pub(super) const META: Meta = Meta {
    id: "L-02",
    title: "Limits overlap",
    severity: Severity::High,
    why: "Where the limits of two deciders match the same case, each may decide and differ, and a refused \
              request is asked again next door.",
    wrong: "Under DARE, Shop lead up to 500 EUR and Area lead above 200 EUR",
    right: "Shop lead up to 200 EUR, Area lead above 200 EUR",
    formula: "pairs of limits of different deciders that match the same case > 0, exact over amounts and \
              conditions; where H-02 says so of the row already, nothing is added",
    source: Source::Literature("overlap check of decision tables (DMN); convention above < amount ≤ up to"),
    thresholds: &[],
    remedies: &[
        "Cut at the boundary: one up to the amount, the other above it.",
        "Part them by unit, category or another condition.",
    ],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for row in rows(context).filter(|row| several_may_decide(context, row.subject())) {
        for ladder in context.ladders.of(row.id) {
            let bounded = |pair: &&Overlap| pair.first.tier.is_some() && pair.second.tier.is_some();
            let pairs: Vec<&Overlap> = ladder.overlaps.iter().filter(bounded).collect();
            let Some(first) = pairs.first() else { continue };
            sink.report(finding(context, &row, first, pairs.len()));
        }
    }
}

fn finding(context: &Context<'_>, row: &Row<'_>, pair: &Overlap, count: usize) -> Finding {
    let name = row_name(context, row.subject());
    let [one, two] = [pair.first, pair.second].map(|rung| holder_and_limit(context, rung));
    let case = pair.case.words(context.document);
    let holders = [pair.first, pair.second].into_iter().filter_map(|rung| limit_of(context, rung));
    let finding = Finding::new(format!("{one} and {two} both match {case} on {name}."))
        .about([row.id])
        .about(holders.map(|(right, _)| right.holder))
        .formula(format!("pairs of limits that match one case = {count}, the smallest case is {case}"))
        .number("pairs", count as f64)
        .number("smallest_amount", pair.case.amount.to_f64())
        .criticality(context.criticality_of(row.subject()));
    let cut = limit_of(context, pair.first).and_then(|(_, tier)| tier?.up_to);
    let starts = limit_of(context, pair.second).and_then(|(_, tier)| tier);
    match (cut, starts) {
        (Some(cut), Some(upper)) if upper.up_to.is_none_or(|end| end > cut) && count == 1 => {
            let label = format!("Let the second limit on {name} begin above {cut}");
            let place = pair.second.tier;
            let fix = with_tiers(context, pair.second.right, label, |tiers| {
                if let Some(tier) = place.and_then(|place| tiers.get_mut(place)) {
                    tier.above = Some(cut);
                }
            });
            finding.remedy_with(format!("Cut at the boundary: {two} above {cut}."), fix)
        }
        _ => finding.remedy("Cut at the boundary, or part the two by a condition."),
    }
}
