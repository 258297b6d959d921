//! The axis of amounts: from zero, through the bounds of the limits, to no bound at all.
//!
//! Amounts of money and large counts spread over decades, so their axis is logarithmic, shifted so that it has a zero:
//! place = ln(1 + amount ÷ s) ÷ ln(1 + largest ÷ s), with s half of the smallest bound. Percentages and small numbers
//! are drawn as they are. What has no bound ends in a stretch of its own at the right.

use crate::model::{Amount, Quantity};

/// Share of the width that is kept for what has no bound.
const ENDLESS: f32 = 0.13;
/// Least distance of two figures at the axis, in world units.
const TICK_DISTANCE: f32 = 58.0;

/// An axis of amounts, in world units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AmountAxis {
    left: f32,
    /// Where the largest amount is.
    largest_at: f32,
    /// Where no bound is.
    endless_at: f32,
    /// Half of the smallest bound; none for an axis as it is.
    shift: Option<f64>,
    largest: f64,
    quantity: Option<Quantity>,
}

impl AmountAxis {
    /// An axis for these bounds between two places.
    pub fn new(bounds: impl Iterator<Item = Amount>, quantity: Option<Quantity>, left: f32, right: f32) -> Self {
        let mut bounds: Vec<f64> = bounds.map(Amount::to_f64).filter(|bound| *bound > 0.0).collect();
        bounds.sort_by(f64::total_cmp);
        let (smallest, most) = match (bounds.first(), bounds.last()) {
            (Some(first), Some(last)) => (*first, *last),
            _ => (100.0, 500.0),
        };
        let is_percent = quantity == Some(Quantity::Percent);
        let is_money = matches!(quantity, Some(Quantity::Money(_)) | None);
        let largest = if is_percent { 100.0_f64.max(most) } else { rounded_up(most * 1.6) };
        let is_log = !is_percent && (is_money || most > 50.0);
        let width = (right - left).max(1.0);
        Self {
            left,
            largest_at: if is_percent { right } else { left + width * (1.0 - ENDLESS) },
            endless_at: right,
            shift: is_log.then_some(smallest / 2.0),
            largest,
            quantity,
        }
    }

    /// Where an amount is; none for no bound.
    pub fn x(&self, amount: Option<Amount>) -> f32 {
        let Some(amount) = amount.map(Amount::to_f64).filter(|amount| *amount <= self.largest) else {
            return self.endless_at;
        };
        let share = match self.shift {
            Some(shift) => (amount.max(0.0) / shift).ln_1p() / (self.largest / shift).ln_1p(),
            None => amount.max(0.0) / self.largest,
        };
        self.left + (self.largest_at - self.left) * share as f32
    }

    /// The amount at a place, not rounded, from zero to the largest of the axis.
    pub fn amount_at(&self, x: f32) -> f64 {
        let share = f64::from((x - self.left) / (self.largest_at - self.left).max(1.0)).clamp(0.0, 1.0);
        match self.shift {
            Some(shift) => (share * (self.largest / shift).ln_1p()).exp_m1() * shift,
            None => share * self.largest,
        }
    }

    /// The amount that a hand means at a place: two digits count, of percent, days and pieces whole ones.
    pub fn meant_at(&self, x: f32) -> Amount {
        let amount = self.amount_at(x);
        Amount::from_f64(self.settled(amount)).unwrap_or(Amount::ZERO)
    }

    /// The next amount upwards or downwards that a key means: steps of a twentieth, whole ones of what is counted.
    pub fn step(&self, from: Amount, upwards: bool, wide: bool) -> Amount {
        let now = from.to_f64();
        let step = match self.quantity {
            Some(Quantity::Money(_)) | None => step_of(now, upwards) * if wide { 10.0 } else { 1.0 },
            Some(_) => 1.0 * if wide { 10.0 } else { 1.0 },
        };
        let next = if upwards { now + step } else { (now - step).max(0.0) };
        Amount::from_f64((next / step).round() * step).unwrap_or(from)
    }

    fn settled(&self, amount: f64) -> f64 {
        match self.quantity {
            Some(Quantity::Money(_)) | None => {
                let step = step_of(amount, true);
                (amount / step).round() * step
            }
            Some(_) => amount.round(),
        }
    }

    /// Amounts at which figures stand, from left to right, far enough from each other to be read.
    pub fn ticks(&self) -> Vec<Amount> {
        let mut wanted: Vec<f64> = Vec::new();
        let decade = 10.0_f64.powi(self.largest.log10().floor() as i32);
        for factor in [10.0, 1.0, 0.1, 0.01, 0.001, 1.0e-4, 1.0e-5] {
            wanted.push(decade * factor);
        }
        for part in [5.0, 2.0] {
            wanted.extend([1.0, 0.1, 0.01, 0.001, 1.0e-4, 1.0e-5].map(|factor| decade * factor * part));
        }
        if self.shift.is_none() {
            let step = rounded_up(self.largest / 5.0);
            wanted = (1..=10).map(|place| f64::from(place) * step).collect();
        }
        let mut placed = vec![(self.left, Amount::ZERO)];
        for amount in wanted.into_iter().filter(|amount| *amount > 0.0 && *amount <= self.largest) {
            let Some(amount) = Amount::from_f64(amount).filter(|exact| exact.to_f64() > 0.0) else { continue };
            let x = self.x(Some(amount));
            if placed.iter().all(|(other, _)| (other - x).abs() >= TICK_DISTANCE) {
                placed.push((x, amount));
            }
        }
        placed.sort_by(|a, b| a.0.total_cmp(&b.0));
        placed.into_iter().map(|(_, amount)| amount).collect()
    }

    /// Whether there is a stretch for what has no bound.
    pub fn has_endless(&self) -> bool {
        self.endless_at > self.largest_at
    }

    /// Where no bound is.
    pub fn endless_x(&self) -> f32 {
        self.endless_at
    }
}

/// A round number not below: 1, 2 or 5 times a power of ten.
fn rounded_up(number: f64) -> f64 {
    if !number.is_finite() || number <= 0.0 {
        return 1.0;
    }
    let power = 10.0_f64.powi(number.log10().floor() as i32);
    [1.0, 2.0, 5.0]
        .map(|part| part * power)
        .into_iter()
        .find(|round| *round >= number * 0.999_999)
        .unwrap_or(10.0 * power)
}

/// A fine step near an amount: 10 near 200, 50 near 700, 100 near 2000.
fn step_of(amount: f64, upwards: bool) -> f64 {
    let near = if upwards { amount } else { amount * 0.999 };
    let power = 10.0_f64.powi(near.max(1.0).log10().floor() as i32 - 1);
    let step = if near >= power * 50.0 { power * 5.0 } else { power };
    step.max(0.5)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Currency;

    const EUR: Option<Quantity> = Some(Quantity::Money(Currency::EUR));

    fn axis(bounds: &[i32], quantity: Option<Quantity>) -> AmountAxis {
        AmountAxis::new(bounds.iter().map(|bound| Amount::whole(*bound)), quantity, 100.0, 900.0)
    }

    #[test]
    fn places_grow_with_amounts_and_lead_back_to_them() {
        for axis in [axis(&[200, 1000], EUR), axis(&[10], Some(Quantity::Percent)), axis(&[5, 1_000_000], EUR)] {
            let mut before = -1.0;
            for amount in [0, 1, 5, 10, 50, 90] {
                let x = axis.x(Some(Amount::whole(amount)));
                assert!(x > before);
                assert!((axis.amount_at(x) - f64::from(amount)).abs() < 1e-2);
                before = x;
            }
            assert_eq!(axis.x(Some(Amount::ZERO)), 100.0);
            assert_eq!(axis.x(None), 900.0);
        }
    }

    #[test]
    fn figures_keep_their_distance_and_begin_at_zero() {
        for axis in [axis(&[200, 1000], EUR), axis(&[20], Some(Quantity::Percent)), axis(&[1, 50_000_000], EUR)] {
            let ticks = axis.ticks();
            assert_eq!(ticks.first(), Some(&Amount::ZERO));
            assert!(ticks.len() >= 4, "{ticks:?}");
            let places: Vec<f32> = ticks.iter().map(|tick| axis.x(Some(*tick))).collect();
            assert!(places.windows(2).all(|pair| pair[1] - pair[0] >= TICK_DISTANCE));
        }
    }

    #[test]
    fn a_hand_means_round_amounts() {
        let axis = axis(&[200, 1000], EUR);
        let meant = |amount: i32| axis.meant_at(axis.x(Some(Amount::whole(amount))) + 0.3).to_f64();
        assert_eq!((meant(200), meant(510), meant(0)), (200.0, 500.0, 0.0));
        let step = |from: i32, up| axis.step(Amount::whole(from), up, false).to_f64();
        assert_eq!(
            (step(200, true), step(200, false), step(1000, true), step(1000, false)),
            (210.0, 190.0, 1100.0, 950.0)
        );
        assert_eq!(axis.step(Amount::ZERO, false, true), Amount::ZERO);
    }
}
