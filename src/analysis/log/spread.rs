//! Mean, median and 95th percentile of a list of numbers.

/// How numbers spread.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Spread {
    /// How many.
    pub count: usize,
    /// Arithmetic mean.
    pub mean: f64,
    /// Half of them are at most this.
    pub median: f64,
    /// 95 of 100 are at most this.
    pub p95: f64,
}

impl Spread {
    /// The spread of some numbers; none of none. Quantiles lie on the line between the two nearest numbers (definition 7
    /// of R. Hyndman, Y. Fan, Sample quantiles in statistical packages, The American Statistician 50, 1996).
    pub fn of(numbers: &[f64]) -> Option<Self> {
        let count = numbers.len();
        if count == 0 {
            return None;
        }
        let mut sorted = numbers.to_vec();
        sorted.sort_by(f64::total_cmp);
        let mean = sorted.iter().sum::<f64>() / count as f64;
        Some(Self { count, mean, median: quantile(&sorted, 0.5), p95: quantile(&sorted, 0.95) })
    }
}

fn quantile(sorted: &[f64], part: f64) -> f64 {
    let place = part * sorted.len().saturating_sub(1) as f64;
    let below = sorted.get(place.floor() as usize).copied().unwrap_or_default();
    let above = sorted.get(place.ceil() as usize).copied().unwrap_or(below);
    below + (above - below) * place.fract()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_lie_between_the_nearest_numbers() {
        let spread = Spread::of(&[4.0, 1.0, 3.0, 2.0]).unwrap();
        assert_eq!((spread.count, spread.mean, spread.median), (4, 2.5, 2.5));
        assert!((spread.p95 - 3.85).abs() < 1e-12, "3 + 0.85 of the way to 4");
        assert_eq!(Spread::of(&[7.0]).unwrap().p95, 7.0);
        assert_eq!(Spread::of(&[]), None);
    }
}
