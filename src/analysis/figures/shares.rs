//! Which part of a decision's cases falls to which decider.
//!
//! With one decider without limits it is all of them. With limits the amounts decide: the share of a tier is the part
//! of the amounts between its bounds, by past cases or by the lognormal distribution (see [`amounts`](super::amounts)). Limits over a
//! period, and limits in something else than the money of the amounts, bound no single case and are left aside.

use super::amounts::Amounts;
use crate::analysis::Index;
use crate::model::*;

/// Why the cases of a decision cannot be shared out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ShareGap {
    /// Neither past amounts nor median and 95th percentile are stated, in one currency.
    Amounts,
    /// The limits depend on conditions whose frequency is not known.
    Conditions,
    /// Several deciders may decide the same case.
    Overlap,
}

/// Shares of a decision's cases by decider, in the order of the rights; together at most 1.
pub type CaseShares = Vec<(Actor, f64)>;

/// Who decides which part of the cases; empty where nobody has a deciding letter.
///
/// # Errors
/// What is missing where the parts are not known.
pub fn case_shares(document: &Document, index: &Index<'_>, decision: DecisionId) -> Result<CaseShares, ShareGap> {
    let Some(record) = document.decisions().get(decision) else { return Ok(Vec::new()) };
    let mut deciders: Vec<(Actor, Vec<&Tier>)> = Vec::new();
    for held in index.rights_with(Subject::Decision(decision), Duty::Decide) {
        if !held.right.tiers.is_empty() && held.right.tiers.iter().all(|tier| tier.emergency) {
            continue;
        }
        let tiers = held.right.tiers.iter().filter(|tier| tier.per == Per::Case && !tier.emergency).collect();
        match deciders.iter_mut().find(|(actor, _)| *actor == held.right.holder) {
            Some((_, known)) => known.extend::<Vec<_>>(tiers),
            None => deciders.push((held.right.holder, tiers)),
        }
    }
    if let [(only, tiers)] = deciders.as_slice()
        && (tiers.is_empty() || Amounts::of(record).is_none())
    {
        return Ok(vec![(*only, 1.0)]);
    }
    if deciders.iter().flat_map(|(_, tiers)| tiers).any(|tier| !tier.conditions.is_empty()) {
        return Err(ShareGap::Conditions);
    }
    if deciders.iter().filter(|(_, tiers)| tiers.is_empty()).count() > 1 {
        return Err(ShareGap::Overlap);
    }
    let shares = shares_by_amount(record, &deciders).ok_or(ShareGap::Amounts)?;
    let sum: f64 = shares.iter().map(|(_, share)| share).sum();
    if sum > 1.0 + 1e-9 { Err(ShareGap::Overlap) } else { Ok(shares) }
}

fn shares_by_amount(decision: &Decision, deciders: &[(Actor, Vec<&Tier>)]) -> Option<CaseShares> {
    if deciders.is_empty() {
        return Some(Vec::new());
    }
    let (amounts, currency) = Amounts::of(decision)?;
    let share_of = |(above, up_to): (Option<Amount>, Option<Amount>)| {
        amounts.share_of_cases_within(above.map(Amount::to_f64), up_to.map(Amount::to_f64))
    };
    deciders
        .iter()
        .map(|(actor, tiers)| {
            let in_money = tiers.iter().all(|tier| tier.quantity == Quantity::Money(currency));
            let share = if tiers.is_empty() { 1.0 } else { apart(tiers).into_iter().map(share_of).sum() };
            in_money.then_some((*actor, share))
        })
        .collect()
}

/// What the limits of one decider cover, above and up to, without saying a part twice.
fn apart(tiers: &[&Tier]) -> Vec<(Option<Amount>, Option<Amount>)> {
    let mut sorted: Vec<_> = tiers.iter().map(|tier| (tier.above, tier.up_to)).collect();
    sorted.sort_unstable();
    let mut parts: Vec<(Option<Amount>, Option<Amount>)> = Vec::new();
    for (above, up_to) in sorted {
        match parts.last_mut() {
            Some((_, end)) if end.is_none_or(|end| above.is_none_or(|above| above <= end)) => {
                *end = end.zip(up_to).map(|(end, up_to)| end.max(up_to));
            }
            _ => parts.push((above, up_to)),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::rules::testing::raci;

    fn refunds(limits: [&str; 2], amounts: bool) -> Result<CaseShares, ShareGap> {
        let mut document = raci();
        let money = |text: &str| amounts.then(|| text.parse().unwrap());
        let decision = document.insert(Decision {
            amount_median: money("80 EUR"),
            amount_p95: money("600 EUR"),
            ..Decision::new("Grant refund")
        });
        for (name, limit) in ["Clerk", "Owner"].into_iter().zip(limits) {
            let role = document.insert(Role::new(name));
            if limit == "none" {
                continue;
            }
            let tiers = parse_tiers(limit, Currency::EUR).unwrap();
            let right = Right::new(Subject::Decision(decision), Actor::Role(role), "A");
            document.insert(Right { tiers, ..right });
        }
        case_shares(&document, &Index::new(&document), decision)
    }

    #[test]
    fn a_ladder_shares_the_cases_by_amount() {
        let shares = refunds(["≤ 200 EUR", "> 200 EUR"], true).unwrap();
        let [(_, clerk), (_, owner)] = shares.as_slice() else { panic!("{shares:?}") };
        assert!((clerk - 0.7728).abs() < 0.00005 && (owner - 0.2272).abs() < 0.00005);
    }

    #[test]
    fn one_decider_has_all_that_the_limits_leave() {
        assert_eq!(refunds(["", "none"], false).unwrap().first().map(|(_, share)| *share), Some(1.0));
        assert_eq!(refunds(["≤ 200 EUR", "none"], false).unwrap().first().map(|(_, share)| *share), Some(1.0));
        let limited = refunds(["≤ 200 EUR", "none"], true).unwrap();
        assert!((limited.first().unwrap().1 - 0.7728).abs() < 0.00005);
        // What one limit says again counts once.
        let twice = refunds(["any EUR; ≤ 200 EUR", "none"], true).unwrap();
        assert_eq!(twice.first().map(|(_, share)| *share), Some(1.0));
        let overlapping = refunds(["≤ 150 EUR; > 100 ≤ 200 EUR", "> 200 EUR"], true).unwrap();
        assert!((overlapping.first().unwrap().1 - 0.7728).abs() < 0.00005);
    }

    #[test]
    fn what_is_missing_is_said() {
        assert_eq!(refunds(["≤ 200 EUR", "> 200 EUR"], false), Err(ShareGap::Amounts));
        assert_eq!(refunds(["≤ 500 EUR", "> 200 EUR"], true), Err(ShareGap::Overlap));
        assert_eq!(refunds(["", ""], true), Err(ShareGap::Overlap));
        assert_eq!(refunds(["none", "none"], true), Ok(Vec::new()));
    }
}
