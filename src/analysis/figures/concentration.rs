//! How unevenly something is spread over few or many.
//!
//! HHI = Σ sᵢ² over the shares sᵢ (Herfindahl and Hirschman's index of concentration); its inverse is the number of
//! equal parts that would be as concentrated. Gini = Σᵢ Σⱼ |xᵢ − xⱼ| ÷ (2 · n² · mean) (C. Gini, 1912). IQV = K ÷ (K − 1) ·
//! (1 − Σ pᵢ²) over K possible answers: 0 where all say the same, 1 where every answer has as many (J. Mueller, K.
//! Schuessler, index of qualitative variation, 1961).

/// Sum of the squared shares of the weights: 1 where one has all, 1 ÷ n where n have the same. None without weight.
pub fn herfindahl(weights: &[f64]) -> Option<f64> {
    let sum: f64 = weights.iter().sum();
    (sum > 0.0).then(|| weights.iter().map(|weight| (weight / sum).powi(2)).sum())
}

/// The number of equal parts that would be as concentrated: 1 ÷ HHI.
pub fn effective_number(weights: &[f64]) -> Option<f64> {
    herfindahl(weights).map(|index| 1.0 / index)
}

/// Gini's coefficient of the weights: 0 where all have the same, near 1 where one has all. None without weight.
pub fn gini(weights: &[f64]) -> Option<f64> {
    let sum: f64 = weights.iter().sum();
    let mut sorted = weights.to_vec();
    sorted.sort_by(f64::total_cmp);
    let count = sorted.len() as f64;
    let ranked: f64 =
        sorted.iter().enumerate().map(|(place, weight)| (2.0 * (place as f64 + 1.0) - count - 1.0) * weight).sum();
    (sum > 0.0).then(|| ranked / (count * sum))
}

/// How much answers differ, 0 to 1, by the number of each of all possible answers (zeroes count as possible ones). None
/// without answers, or where only one is possible.
pub fn variation(counts: &[u32]) -> Option<f64> {
    let (kinds, all) = (counts.len() as f64, f64::from(counts.iter().sum::<u32>()));
    let same: f64 = counts.iter().map(|count| (f64::from(*count) / all).powi(2)).sum();
    (counts.len() > 1 && all > 0.0).then(|| kinds / (kinds - 1.0) * (1.0 - same))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_variations() {
        assert!((gini(&[8.0, 1.0, 1.0, 0.0, 0.0]).unwrap() - 0.68).abs() < 1e-12);
        assert!(gini(&[3.0, 3.0]).unwrap().abs() < 1e-12 && gini(&[]).is_none());
        for (counts, expected) in [([3, 1, 0, 0], 0.5), ([2, 2, 0, 0], 0.667), ([1, 1, 1, 1], 1.0), ([5, 0, 0, 0], 0.0)]
        {
            assert!((variation(&counts).unwrap() - expected).abs() < 0.0005, "{counts:?}");
        }
        assert_eq!((variation(&[]), variation(&[4])), (None, None));
    }

    #[test]
    fn known_spreads() {
        for (weights, index, effective) in [
            (&[0.8, 0.1, 0.1][..], 0.66, 1.515),
            (&[0.25; 4][..], 0.25, 4.0),
            (&[0.5, 0.3, 0.2][..], 0.38, 2.632),
            (&[5.0, 3.0, 2.0][..], 0.38, 2.632),
        ] {
            assert!((herfindahl(weights).unwrap() - index).abs() < 1e-9);
            assert!((effective_number(weights).unwrap() - effective).abs() < 0.0005);
        }
        assert_eq!(herfindahl(&[]), None);
    }
}
