//! Rounding a computed number of replications to a whole one.

/// The smallest whole number that is at least `x`, up to a relative rounding error of 1e-12 in `x`.
///
/// Zero for negative numbers and not-a-number; `u64::MAX` for anything larger.
pub(crate) fn at_least(x: f64) -> u64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the cast saturates, which is what a count wants"
    )]
    {
        (x * (1.0 - 1e-12)).ceil() as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_up_forgives_a_rounding_error_only() {
        let cases = [
            (7.0 + 1e-14, 7),
            (7.001, 8),
            (0.2, 1),
            (-3.0, 0),
            (f64::NAN, 0),
        ];
        for (x, expected) in cases {
            assert_eq!(at_least(x), expected, "{x}");
        }
        assert_eq!(at_least(f64::INFINITY), u64::MAX, "infinity");
    }
}
