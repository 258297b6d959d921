//! What a ladder does in a week: who decides how many cases, for how many hours, over how much money, and how many
//! cases go up.
//!
//! Cases in a range of amounts = f × share of the amounts within it; hours = cases × minutes of one case ÷ 60; money =
//! f × E[amount; above < amount ≤ up to], which is the exposure of who decides there. A case goes up where somebody
//! else decides it than the one who decides the smallest. The amounts are those of past cases, else lognormal by
//! median and 95th percentile (see [`amounts`](super::amounts)). Two ladders give both sides of a what-if.
//!
//! How often conditions hold is not known; the figures are those of one strip, as if every case were of its kind.

use super::amounts::Amounts;
use super::ladder::{Strip, Strips};
use crate::model::*;

/// A week of one strip of a ladder.
#[derive(Clone, Debug, PartialEq)]
pub struct LimitsWeek {
    /// Currency of the money.
    pub currency: Currency,
    /// All cases.
    pub cases: f64,
    /// Cases that the one who decides the smallest ones does not decide.
    pub escalations: f64,
    /// Cases that nobody decides.
    pub nobody: f64,
    /// Cases that several may decide; they count for none of them.
    pub several: f64,
    /// Who decides how much, from the smallest amounts upwards.
    pub deciders: Vec<DeciderWeek>,
}

/// What one decider does in a week.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DeciderWeek {
    /// Who.
    pub holder: Actor,
    /// Cases.
    pub cases: f64,
    /// Hours; none where the minutes of a case are not known.
    pub hours: Option<f64>,
    /// Money that is decided: what is at risk.
    pub money: f64,
}

/// What is missing to say what a ladder does in a week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WeekGap {
    /// How often it is decided.
    Frequency,
    /// Its amounts, in one currency.
    Amounts,
    /// The limits count something else than the money of the amounts.
    OtherQuantity,
}

/// What a strip does in a week.
///
/// # Errors
/// Everything that is missing.
pub fn limits_week(decision: &Decision, strips: &Strips, strip: &Strip) -> Result<LimitsWeek, Vec<WeekGap>> {
    let mut gaps = Vec::new();
    let amounts = Amounts::of(decision);
    if decision.frequency.is_none() {
        gaps.push(WeekGap::Frequency);
    }
    match (&amounts, strips.quantity) {
        (_, Some(Quantity::Percent | Quantity::Days | Quantity::Count)) => gaps.push(WeekGap::OtherQuantity),
        (None, _) => gaps.push(WeekGap::Amounts),
        (Some((_, known)), Some(Quantity::Money(currency))) if *known != currency => gaps.push(WeekGap::OtherQuantity),
        _ => {}
    }
    match (decision.frequency, amounts) {
        (Some(rate), Some((amounts, currency))) if gaps.is_empty() => {
            Ok(week(decision, rate.per_week(), &amounts, currency, strip))
        }
        _ => Err(gaps),
    }
}

fn week(decision: &Decision, per_week: f64, amounts: &Amounts, currency: Currency, strip: &Strip) -> LimitsWeek {
    let mut week =
        LimitsWeek { currency, cases: per_week, escalations: 0.0, nobody: 0.0, several: 0.0, deciders: Vec::new() };
    let lowest = strip.parts.iter().find_map(|part| part.holders.first().copied());
    for part in &strip.parts {
        let (above, up_to) = (part.range.above.map(Amount::to_f64), part.range.up_to.map(Amount::to_f64));
        let cases = per_week * amounts.share_of_cases_within(above, up_to);
        if lowest.is_none_or(|lowest| !part.holders.contains(&lowest)) {
            week.escalations += cases;
        }
        match part.holders.as_slice() {
            [] => week.nobody += cases,
            [only] => {
                add(&mut week.deciders, *only, cases, per_week * amounts.money_within(above, up_to), decision.work);
            }
            _ => week.several += cases,
        }
    }
    week
}

fn add(deciders: &mut Vec<DeciderWeek>, holder: Actor, cases: f64, money: f64, work: Option<Minutes>) {
    let hours = work.map(|work| cases * work.hours());
    match deciders.iter_mut().find(|known| known.holder == holder) {
        Some(known) => {
            known.cases += cases;
            known.money += money;
            known.hours = known.hours.zip(hours).map(|(one, two)| one + two);
        }
        None => deciders.push(DeciderWeek { holder, cases, hours, money }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Index;
    use crate::analysis::figures::exposure::exposure;
    use crate::analysis::rules::testing::refund_row;

    fn refunds(limits: &[&str]) -> (Document, DecisionId) {
        let (mut document, decision) = refund_row(limits);
        let record = document.get_mut::<Decision>(decision).unwrap();
        record.frequency = Some(Rate::weekly(60.0));
        record.amount_median = Some("80 EUR".parse().unwrap());
        record.amount_p95 = Some("600 EUR".parse().unwrap());
        record.work = Some(Minutes(6.0));
        (document, decision)
    }

    fn of((document, decision): &(Document, DecisionId)) -> LimitsWeek {
        let strips = Strips::of_decision(document, &Index::new(document), *decision, None);
        limits_week(document.get(*decision).unwrap(), &strips[0], &strips[0].strips[0]).unwrap()
    }

    /// Shares of cases above 200 and 500 EUR .2272 and .0673, of money .6833 and .3932, mean 169.41; 60 a week.
    #[test]
    fn raising_the_limit_of_refunds_from_200_to_500_cuts_escalations_by_70_percent() {
        let before = of(&refunds(&["≤ 200 EUR", "> 200 EUR"]));
        let after = of(&refunds(&["≤ 500 EUR", "> 500 EUR"]));
        assert!((before.escalations - 60.0 * 0.2272).abs() < 0.004);
        assert!((after.escalations - 60.0 * 0.0673).abs() < 0.004);
        assert!((1.0 - after.escalations / before.escalations - 0.704).abs() < 0.0005);
        assert!((before.deciders[0].money - 60.0 * 169.41 * (1.0 - 0.6833)).abs() < 1.0);
        assert!((after.deciders[0].money - 60.0 * 169.41 * (1.0 - 0.3932)).abs() < 1.0);
        assert!((before.deciders[1].hours.unwrap() - 60.0 * 0.2272 * 0.1).abs() < 0.001);
        assert!((after.deciders[1].hours.unwrap() - 60.0 * 0.0673 * 0.1).abs() < 0.001);
        assert_eq!((before.cases, before.nobody, before.several), (60.0, 0.0, 0.0));
    }

    #[test]
    fn it_agrees_with_the_exposure_of_each_limit() {
        let row = refunds(&["≤ 100 EUR", "> 100 ≤ 300 EUR", "> 300 EUR"]);
        let week = of(&row);
        let (exposures, currency) = exposure(&row.0, &Index::new(&row.0), row.1).unwrap();
        assert_eq!(week.currency, currency);
        for (one, other) in week.deciders.iter().zip(&exposures) {
            assert!((one.cases - other.cases).abs() < 1e-9 && (one.money - other.money).abs() < 1e-6);
            assert!((one.hours.unwrap() * 60.0 - other.minutes.unwrap()).abs() < 1e-9);
        }
        assert_eq!(week.deciders.len(), exposures.len());
    }

    #[test]
    fn gaps_and_overlaps_are_counted_for_nobody() {
        let week = of(&refunds(&["≤ 300 EUR", "> 200 ≤ 500 EUR"]));
        assert!((week.nobody - 60.0 * 0.0673).abs() < 0.004);
        assert!((week.several - 60.0 * (0.2272 - 0.1403)).abs() < 0.008);
        let sum: f64 = week.deciders.iter().map(|decider| decider.cases).sum();
        assert!((sum + week.nobody + week.several - 60.0).abs() < 1e-9);
    }

    #[test]
    fn everything_that_is_missing_is_named() {
        let (mut document, decision) = refund_row(&["≤ 200 EUR"]);
        let gaps = |document: &Document| {
            let strips = Strips::of_decision(document, &Index::new(document), decision, None);
            limits_week(document.get(decision).unwrap(), &strips[0], &strips[0].strips[0]).unwrap_err()
        };
        assert_eq!(gaps(&document), [WeekGap::Frequency, WeekGap::Amounts]);
        let record = document.get_mut::<Decision>(decision).unwrap();
        record.frequency = Some(Rate::weekly(1.0));
        record.amounts = vec!["5 USD".parse().unwrap()];
        assert_eq!(gaps(&document), [WeekGap::OtherQuantity]);
    }
}
