//! Tail probabilities of the binomial distribution, through the incomplete beta function.

use crate::numeric::beta;

/// `P(B <= k)` for `B` binomial with `n` trials of probability `p`; 1 from `k = n`.
///
/// Source: M. Abramowitz and I. Stegun, Handbook of Mathematical Functions (1964), 26.5.24.
pub(crate) fn cdf(k: u64, n: u64, p: f64) -> f64 {
    if k >= n {
        return 1.0;
    }
    beta::cdf((n - k) as f64, k as f64 + 1.0, 1.0 - p)
}

/// `P(B > k)`; 0 from `k = n`.
pub(crate) fn survival(k: u64, n: u64, p: f64) -> f64 {
    if k >= n {
        return 0.0;
    }
    beta::cdf(k as f64 + 1.0, (n - k) as f64, p)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_fair_coins_are_counted_right() {
        for (k, expected) in [(0, 0.125), (1, 0.5), (2, 0.875), (3, 1.0)] {
            assert!(
                (cdf(k, 3, 0.5) - expected).abs() < 1e-14,
                "at most {k} heads"
            );
            assert!(
                (survival(k, 3, 0.5) - (1.0 - expected)).abs() < 1e-14,
                "more than {k} heads"
            );
        }
    }
}
