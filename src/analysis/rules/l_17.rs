//! Units that have more money at risk in a week than they bear.

use super::Meta;
use super::rows::rows;
use crate::analysis::figures::{ExposureGap, exposure, ladder};
use crate::analysis::{Context, Finding, Held, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "L-17",
    title: "More at risk than the unit bears",
    severity: Severity::Medium,
    why: "Each limit may be right, and all of them together still put more at risk than the unit can lose.",
    wrong: "Shops bear 1500 EUR a week; refunds and orders below the limits make 3210 EUR",
    right: "Lower limits, or a look at every tenth case",
    formula: "Σ frequency per week × E[amount; above < amount ≤ up to] over the deciding limits of roles in the unit > \
              its appetite a week; where several units decide each for their own, cases are parted evenly among them",
    source: Source::Literature("expected loss below a limit of authority"),
    thresholds: &[],
    remedies: &["Lower a limit.", "Look at a sample of the cases afterwards.", "Insure what is left."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let bounded: Vec<(UnitId, Money)> =
        context.document.units().iter().filter_map(|(id, unit)| Some((id, unit.weekly_appetite?))).collect();
    if bounded.is_empty() {
        return;
    }
    let (flows, gaps) = flows(context);
    for (unit, appetite) in bounded {
        let inside = |flow: &&Flowing| context.document.unit_is_within(flow.unit, unit);
        let own: Vec<&Flowing> = flows.iter().filter(inside).collect();
        let in_currency = |flow: &&&Flowing| flow.currency == appetite.currency;
        let sum: f64 = own.iter().filter(in_currency).map(|flow| flow.money).sum();
        if sum > appetite.amount.to_f64() {
            sink.report(finding(context, unit, appetite, &own, sum));
        }
    }
    for (gap, rows) in gaps {
        let (one, many) = match gap {
            ExposureGap::Frequency => ("decision has no frequency", "decisions have no frequency"),
            ExposureGap::Amounts => ("decision has no amounts", "decisions have no amounts"),
            ExposureGap::Limits => (
                "decision has limits that its amounts cannot be parted by",
                "decisions have limits that their amounts cannot be parted by",
            ),
        };
        sink.missing(one, many, rows);
    }
}

/// Money that goes through a limit in a week, and the unit of who decides it.
struct Flowing {
    unit: UnitId,
    decision: DecisionId,
    holder: Actor,
    currency: Currency,
    money: f64,
}

type Gaps = Vec<(ExposureGap, Vec<DecisionId>)>;

fn flows(context: &Context<'_>) -> (Vec<Flowing>, Gaps) {
    let (mut flows, mut gaps): (Vec<Flowing>, Gaps) = (Vec::new(), Vec::new());
    for row in rows(context) {
        let held: Vec<Held<'_>> = context.index.rights_with(row.subject(), Duty::Decide).collect();
        let has_money =
            |held: &Held<'_>| held.right.tiers.iter().any(|tier| matches!(tier.quantity, Quantity::Money(_)));
        if !held.iter().any(has_money) {
            continue;
        }
        let (exposures, currency) = match exposure(context.document, &context.index, row.id) {
            Ok(found) => found,
            Err(gap) => {
                match gaps.iter_mut().find(|(known, _)| *known == gap) {
                    Some((_, rows)) => rows.push(row.id),
                    None => gaps.push((gap, vec![row.id])),
                }
                continue;
            }
        };
        for one in exposures {
            let Some(own) = held.iter().find(|held| held.id == one.right) else { continue };
            let Some(unit) = context.document.unit_of_actor(own.right.holder) else { continue };
            let home = ladder::home(context.document, &context.index, &row.decision.scope, own, &held);
            let among = if home.is_some() { row.decision.scope.len().max(1) as f64 } else { 1.0 };
            let (decision, holder) = (row.id, own.right.holder);
            flows.push(Flowing { unit, decision, holder, currency, money: one.money / among });
        }
    }
    (flows, gaps)
}

fn finding(context: &Context<'_>, unit: UnitId, appetite: Money, own: &[&Flowing], sum: f64) -> Finding {
    let mut largest: Vec<&&Flowing> = own.iter().filter(|flow| flow.currency == appetite.currency).collect();
    largest.sort_by(|a, b| b.money.total_cmp(&a.money).then(a.decision.cmp(&b.decision)));
    let part = |flow: &&&Flowing| {
        format!("{} by {} {}", context.quoted(flow.decision), context.name(flow.holder), words::number(flow.money))
    };
    let parts: Vec<String> = largest.iter().map(part).collect();
    let Money { amount, currency } = appetite;
    let borne = words::number(amount.to_f64());
    Finding::new(format!(
        "{} bears {borne} {currency} at risk in a week, and its limits let {} {currency} through: {}.",
        context.name(unit),
        words::number(sum),
        words::joined(&parts)
    ))
    .about([unit])
    .about(largest.iter().map(|flow| flow.decision))
    .formula(format!("{} > {borne}", words::number(sum)))
    .number("money_per_week", sum)
    .number("appetite_per_week", amount.to_f64())
    .remedy("Lower a limit, or look at a sample of the cases afterwards.")
    .remedy("Or raise the appetite, if the unit bears more.")
}
