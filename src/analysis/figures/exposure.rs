//! What goes through each limit of a decision in a week: cases, money, the decider's minutes.
//!
//! Cases = f × share of the amounts within the bounds; money = f × E[amount; above < amount ≤ up to], which is the
//! exposure of who decides there; minutes = cases × minutes of one case. The amounts are those of past cases, else
//! lognormal by median and 95th percentile (see [`amounts`](super::amounts)). The same ladder with a moved bound gives
//! the other side of a what-if.

use super::amounts::Amounts;
use crate::analysis::Index;
use crate::model::*;

/// What goes through one limit in a week.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Exposure {
    /// The right.
    pub right: RightId,
    /// Place of the limit among those of the right; none for a right without limits.
    pub tier: Option<usize>,
    /// Share of all cases, 0 to 1.
    pub share: f64,
    /// Cases a week.
    pub cases: f64,
    /// Money a week, in the currency of the amounts.
    pub money: f64,
    /// Minutes a week of the decider; none where the minutes of a case are not known.
    pub minutes: Option<f64>,
}

/// What is missing to say what goes through the limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExposureGap {
    /// How often it is decided.
    Frequency,
    /// Its amounts, in one currency.
    Amounts,
    /// A limit depends on conditions whose frequency is not known, or counts something else than the amounts.
    Limits,
}

/// What goes through each deciding limit per case, in the order of the rights, and the currency of the money.
///
/// # Errors
/// What is missing.
pub fn exposure(
    document: &Document,
    index: &Index<'_>,
    decision: DecisionId,
) -> Result<(Vec<Exposure>, Currency), ExposureGap> {
    let record = document.decisions().get(decision).ok_or(ExposureGap::Frequency)?;
    let per_week = record.frequency.ok_or(ExposureGap::Frequency)?.per_week();
    let (amounts, currency) = Amounts::of(record).ok_or(ExposureGap::Amounts)?;
    let through = |right: RightId, tier: Option<usize>, above: Option<Amount>, up_to: Option<Amount>| {
        let (above, up_to) = (above.map(Amount::to_f64), up_to.map(Amount::to_f64));
        let share = amounts.share_of_cases_within(above, up_to);
        let cases = per_week * share;
        let minutes = record.work.map(|work| cases * work.0);
        Exposure { right, tier, share, cases, money: per_week * amounts.money_within(above, up_to), minutes }
    };
    let mut found = Vec::new();
    for held in index.rights_with(Subject::Decision(decision), Duty::Decide) {
        let tiers = &held.right.tiers;
        if !tiers.iter().any(|tier| tier.per == Per::Case) && tiers.iter().all(|tier| !tier.emergency) {
            found.push(through(held.id, None, None, None));
        }
        for (place, tier) in tiers.iter().enumerate().filter(|(_, tier)| tier.per == Per::Case && !tier.emergency) {
            if tier.quantity != Quantity::Money(currency) || !tier.conditions.is_empty() {
                return Err(ExposureGap::Limits);
            }
            found.push(through(held.id, Some(place), tier.above, tier.up_to));
        }
    }
    Ok((found, currency))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::rules::testing::refund_row;

    fn refunds(limit: i32) -> Vec<Exposure> {
        let (mut document, decision) = refund_row(&[&format!("≤ {limit} EUR"), &format!("> {limit} EUR")]);
        let record = document.get_mut::<Decision>(decision).unwrap();
        record.frequency = Some(Rate::weekly(60.0));
        record.amount_median = Some("80 EUR".parse().unwrap());
        record.amount_p95 = Some("600 EUR".parse().unwrap());
        record.work = Some(Minutes(6.0));
        exposure(&document, &Index::new(&document), decision).unwrap().0
    }

    #[test]
    fn raising_the_limit_of_refunds() {
        let (before, after) = (refunds(200), refunds(500));
        assert!((before[1].share - 0.2272).abs() <= 0.00005 && (after[1].share - 0.0673).abs() <= 0.00005);
        assert!((1.0 - after[1].cases / before[1].cases - 0.704).abs() < 0.0005);
        assert!((before[0].money - 60.0 * 169.41 * (1.0 - 0.6833)).abs() < 1.0);
        assert!((after[0].money - 60.0 * 169.41 * (1.0 - 0.3932)).abs() < 1.0);
        assert!((before[1].minutes.unwrap() - 60.0 * 0.2272 * 6.0).abs() < 0.05);
    }

    #[test]
    fn what_is_missing_is_named() {
        let (mut document, decision) = refund_row(&["≤ 200 EUR"]);
        let gap = |document: &Document| exposure(document, &Index::new(document), decision).unwrap_err();
        assert_eq!(gap(&document), ExposureGap::Frequency);
        document.get_mut::<Decision>(decision).unwrap().frequency = Some(Rate::weekly(1.0));
        assert_eq!(gap(&document), ExposureGap::Amounts);
        document.get_mut::<Decision>(decision).unwrap().amounts = vec!["5 USD".parse().unwrap()];
        assert_eq!(gap(&document), ExposureGap::Limits);
    }
}
