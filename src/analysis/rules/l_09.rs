//! Lowest limits that too many cases exceed.

use super::rows::{money_ceiling, row};
use super::{Meta, Threshold, row_name};
use crate::analysis::figures::amounts::Amounts;
use crate::analysis::{Context, Finding, Held, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "L-09",
    title: "Many cases go up",
    severity: Severity::Medium,
    why: "Cases above the lowest limit wait on a desk higher up; where they are many, the limit is too low \
              for the work.",
    wrong: "Refunds: 23 % above 200 EUR, 60 a week",
    right: "Refunds: 7 % above 500 EUR",
    formula: "share of cases above the lowest limit > share, and frequency ≥ cases a week (by past amounts, \
              else lognormal by median and 95th percentile)",
    source: Source::Literature("share of a lognormal distribution above a limit"),
    thresholds: &[
        Threshold {
            name: "share",
            default: 0.2,
            unit: "of the cases",
            meaning: "more going up are reported",
            source: Source::Ours("one case in five"),
        },
        Threshold {
            name: "cases",
            default: 5.0,
            unit: "cases a week",
            meaning: "rarer decisions are left alone",
            source: Source::Ours("one a working day"),
        },
    ],
    remedies: &["Raise the lowest limit.", "Look at what is sent up and rarely refused."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    context.each(sink, &(), context.document.decisions().ids(), check_row);
}

fn check_row(context: &Context<'_>, sink: &mut Sink<'_>, (): &(), &id: &DecisionId) {
    let (most, often) = (sink.threshold("share"), sink.threshold("cases"));
    let Some(row) = row(context, id) else { return };
    let deciding: Vec<Held<'_>> = context.index.rights_with(row.subject(), Duty::Decide).collect();
    let ceilings = deciding
        .iter()
        .flat_map(|held| held.right.tiers.iter().filter_map(money_ceiling).map(|money| (money, held.right.holder)));
    let Some((lowest, holder)) = ceilings.min_by_key(|(money, _)| money.amount) else { return };
    let amounts = Amounts::of(row.decision).filter(|(_, currency)| *currency == lowest.currency);
    let (Some(rate), Some((amounts, _))) = (row.decision.frequency, amounts) else {
        sink.missing(
            "decision with a limit in money lacks its frequency or its amounts",
            "decisions with limits in money lack their frequency or their amounts",
            [row.id],
        );
        return;
    };
    let share = amounts.share_of_cases_above(lowest.amount.to_f64());
    let per_week = rate.per_week();
    if share <= most || per_week < often {
        return;
    }
    let mut finding = Finding::new(format!(
        "{} of the cases of {} are above {lowest}, the limit of {}: {} a week go up.",
        words::percent(share),
        row_name(context, row.subject()),
        context.name(holder),
        words::number(per_week * share)
    ))
    .about([row.id])
    .about([holder])
    .formula(format!(
        "share above {} = {}; {} × {} = {} a week",
        lowest.amount,
        words::number(share),
        words::number(per_week),
        words::number(share),
        words::number(per_week * share)
    ))
    .number("share_above", share)
    .number("cases_up_per_week", per_week * share)
    .number("limit", lowest.amount.to_f64())
    .criticality(context.criticality_of(row.subject()))
    .remedy(format!("Raise the limit of {}.", context.name(holder)));
    finding.confidence = row.trust(&[DecisionFact::Amounts, DecisionFact::Frequency]);
    sink.report(finding);
}
