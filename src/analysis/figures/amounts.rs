//! Amounts of cases as a lognormal distribution, fixed by their median and 95th percentile.
//!
//! σ = ln(p95 ÷ median) ÷ 1.64485; share of cases above x = Φ((ln median − ln x) ÷ σ); share of the money above x =
//! Φ((ln median + σ² − ln x) ÷ σ); mean = median · exp(σ² ÷ 2). The lognormal is the usual model for amounts that are
//! mostly small and now and then large; two stated figures fix it, nothing is fitted. Where amounts of past cases are
//! known, they count as they are, each the same.

use std::f64::consts::PI;

use crate::model::{Currency, Decision};

/// The point below which 95 of 100 values of a standard normal distribution lie.
const NORMAL_P95: f64 = 1.644_853_626_951_472_2;

/// How the amounts of cases spread.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lognormal {
    ln_median: f64,
    sigma: f64,
}

impl Lognormal {
    /// The distribution with this median and 95th percentile; none unless 0 < median ≤ p95.
    pub fn new(median: f64, p95: f64) -> Option<Self> {
        let fits = median > 0.0 && p95 >= median && p95.is_finite();
        fits.then(|| Self { ln_median: median.ln(), sigma: (p95 / median).ln() / NORMAL_P95 })
    }

    /// Standard deviation of the logarithm.
    pub fn sigma(self) -> f64 {
        self.sigma
    }

    /// Mean amount.
    pub fn mean(self) -> f64 {
        (self.ln_median + self.sigma * self.sigma / 2.0).exp()
    }

    /// Share of the cases whose amount is above `limit`.
    pub fn share_of_cases_above(self, limit: f64) -> f64 {
        self.above(limit, 0.0)
    }

    /// Share of all money that is in cases above `limit`.
    pub fn share_of_money_above(self, limit: f64) -> f64 {
        self.above(limit, self.sigma * self.sigma)
    }

    /// Share of the cases with above < amount ≤ up to; no bound where it is none.
    pub fn share_of_cases_within(self, above: Option<f64>, up_to: Option<f64>) -> f64 {
        let from = above.map_or(1.0, |above| self.share_of_cases_above(above));
        let to = up_to.map_or(0.0, |up_to| self.share_of_cases_above(up_to));
        (from - to).max(0.0)
    }

    fn above(self, limit: f64, shift: f64) -> f64 {
        if limit <= 0.0 {
            return 1.0;
        }
        let distance = self.ln_median + shift - limit.ln();
        if self.sigma <= 0.0 {
            return if distance > 0.0 { 1.0 } else { 0.0 };
        }
        normal_share_below(distance / self.sigma)
    }
}

/// The amounts of the cases of a decision.
#[derive(Clone, Debug, PartialEq)]
pub enum Amounts {
    /// By median and 95th percentile.
    Lognormal(Lognormal),
    /// Amounts of past cases, sorted.
    Sampled(Vec<f64>),
}

impl Amounts {
    /// The amounts of a decision and their currency: past cases where there are some, else the two stated figures.
    /// None where neither is there, or where they are not all in one currency.
    pub fn of(decision: &Decision) -> Option<(Self, Currency)> {
        if let Some(first) = decision.amounts.first() {
            let in_one = decision.amounts.iter().all(|amount| amount.currency == first.currency);
            let mut sampled: Vec<f64> = decision.amounts.iter().map(|money| money.amount.to_f64()).collect();
            sampled.sort_by(f64::total_cmp);
            return in_one.then_some((Self::Sampled(sampled), first.currency));
        }
        let (median, p95) = (decision.amount_median?, decision.amount_p95?);
        if median.currency != p95.currency {
            return None;
        }
        let amounts = Lognormal::new(median.amount.to_f64(), p95.amount.to_f64())?;
        Some((Self::Lognormal(amounts), median.currency))
    }

    /// Mean amount.
    pub fn mean(&self) -> f64 {
        match self {
            Self::Lognormal(amounts) => amounts.mean(),
            Self::Sampled(amounts) => amounts.iter().sum::<f64>() / amounts.len() as f64,
        }
    }

    /// Share of the cases whose amount is above `limit`.
    pub fn share_of_cases_above(&self, limit: f64) -> f64 {
        match self {
            Self::Lognormal(amounts) => amounts.share_of_cases_above(limit),
            Self::Sampled(amounts) => {
                let below = amounts.partition_point(|amount| *amount <= limit);
                (amounts.len() - below) as f64 / amounts.len() as f64
            }
        }
    }

    /// Share of all money that is in cases above `limit`.
    pub fn share_of_money_above(&self, limit: f64) -> f64 {
        match self {
            Self::Lognormal(amounts) => amounts.share_of_money_above(limit),
            Self::Sampled(amounts) => {
                let below = amounts.partition_point(|amount| *amount <= limit);
                let sum: f64 = amounts.iter().sum();
                let above: f64 = amounts.iter().skip(below).sum();
                if sum > 0.0 { above / sum } else { 0.0 }
            }
        }
    }

    /// Share of the cases with above < amount ≤ up to; no bound where it is none.
    pub fn share_of_cases_within(&self, above: Option<f64>, up_to: Option<f64>) -> f64 {
        let from = above.map_or(1.0, |above| self.share_of_cases_above(above));
        let to = up_to.map_or(0.0, |up_to| self.share_of_cases_above(up_to));
        (from - to).max(0.0)
    }

    /// Money that goes through a range in an average case: E[amount; above < amount ≤ up to]. Times the cases a week,
    /// it is the exposure of who decides there.
    pub fn money_within(&self, above: Option<f64>, up_to: Option<f64>) -> f64 {
        let from = above.map_or(1.0, |above| self.share_of_money_above(above));
        let to = up_to.map_or(0.0, |up_to| self.share_of_money_above(up_to));
        self.mean() * (from - to).max(0.0)
    }
}

/// Share of a standard normal distribution below `x` (Φ).
///
/// By its power series, which is exact to fourteen digits up to 6; beyond that the share is 0 or 1 to nine digits.
pub fn normal_share_below(x: f64) -> f64 {
    if x.abs() > 6.0 {
        return if x > 0.0 { 1.0 } else { 0.0 };
    }
    let (mut term, mut sum, mut odd) = (x, x, 1.0);
    while term.abs() > 1e-17 * sum.abs() && odd < 400.0 {
        odd += 2.0;
        term *= x * x / odd;
        sum += term;
    }
    0.5 + sum * (-x * x / 2.0).exp() / (2.0 * PI).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refund_amounts() {
        let refunds = Lognormal::new(80.0, 600.0).unwrap();
        assert!((refunds.sigma() - 1.22497).abs() < 0.000005);
        assert!((refunds.mean() - 169.41).abs() < 0.005);
        let expected = [
            (100.0, 0.4277, 0.8515),
            (200.0, 0.2272, 0.6833),
            (300.0, 0.1403, 0.5580),
            (500.0, 0.0673, 0.3932),
            (1000.0, 0.0196, 0.2013),
        ];
        for (limit, cases, money) in expected {
            assert!((refunds.share_of_cases_above(limit) - cases).abs() <= 0.00005, "cases above {limit}");
            assert!((refunds.share_of_money_above(limit) - money).abs() <= 0.00005, "money above {limit}");
        }
        let saved = 1.0 - refunds.share_of_cases_above(500.0) / refunds.share_of_cases_above(200.0);
        assert!((saved - 0.704).abs() < 0.0005);
    }

    #[test]
    fn money_a_week_below_a_limit() {
        let decision = Decision {
            amount_median: Some("80 EUR".parse().unwrap()),
            amount_p95: Some("600 EUR".parse().unwrap()),
            ..Decision::new("Grant refund")
        };
        let (refunds, currency) = Amounts::of(&decision).unwrap();
        assert_eq!(currency, Currency::EUR);
        // 60 a week × 169.41 × (1 − .6833) and (1 − .3932).
        assert!((60.0 * refunds.money_within(None, Some(200.0)) - 3219.0).abs() < 1.0);
        assert!((60.0 * refunds.money_within(None, Some(500.0)) - 6168.0).abs() < 1.0);
        assert!((refunds.money_within(None, None) - 169.41).abs() < 0.005);
    }

    #[test]
    fn past_cases_count_as_they_are() {
        let amounts = ["100 EUR", "300 EUR", "200 EUR", "400 EUR"].map(|text| text.parse().unwrap()).to_vec();
        let decision = Decision { amounts, ..Decision::new("Grant refund") };
        let (cases, _) = Amounts::of(&decision).unwrap();
        assert_eq!(cases.mean(), 250.0);
        assert_eq!((cases.share_of_cases_above(200.0), cases.share_of_money_above(200.0)), (0.5, 0.7));
        assert_eq!(cases.share_of_cases_within(Some(100.0), Some(300.0)), 0.5);
        assert!((cases.money_within(None, Some(200.0)) - 75.0).abs() < 1e-9);
        let mixed = ["100 EUR", "300 USD"].map(|text| text.parse().unwrap()).to_vec();
        assert_eq!(Amounts::of(&Decision { amounts: mixed, ..Decision::new("Grant refund") }), None);
    }

    #[test]
    fn shares_of_a_ladder_add_up() {
        let refunds = Lognormal::new(80.0, 600.0).unwrap();
        let ladder = [(None, Some(200.0)), (Some(200.0), Some(500.0)), (Some(500.0), None)];
        let sum: f64 = ladder.iter().map(|(above, up_to)| refunds.share_of_cases_within(*above, *up_to)).sum();
        assert!((sum - 1.0).abs() < 1e-12);
    }

    #[test]
    fn odd_inputs_are_refused_or_sharp() {
        assert_eq!(Lognormal::new(0.0, 10.0), None);
        assert_eq!(Lognormal::new(20.0, 10.0), None);
        let same = Lognormal::new(50.0, 50.0).unwrap();
        assert_eq!((same.share_of_cases_above(49.0), same.share_of_cases_above(50.0)), (1.0, 0.0));
    }
}
