//! How unevenly something is spread over few or many.
//!
//! HHI = Σ sᵢ² over the shares sᵢ (Herfindahl and Hirschman's index of concentration); its inverse is the number of
//! equal parts that would be as concentrated.

/// Sum of the squared shares of the weights: 1 where one has all, 1 ÷ n where n have the same. None without weight.
pub fn herfindahl(weights: &[f64]) -> Option<f64> {
    let sum: f64 = weights.iter().sum();
    (sum > 0.0).then(|| weights.iter().map(|weight| (weight / sum).powi(2)).sum())
}

/// The number of equal parts that would be as concentrated: 1 ÷ HHI.
pub fn effective_number(weights: &[f64]) -> Option<f64> {
    herfindahl(weights).map(|index| 1.0 / index)
}

#[cfg(test)]
mod tests {
    use super::*;

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
