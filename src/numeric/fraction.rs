//! Continued fractions by the modified Lentz algorithm.
//!
//! Source: I. J. Thompson and A. R. Barnett, J. Comput. Phys. 64 (1986) 490-509.

/// Terms that a fraction may take; about the root of its largest parameter is needed.
const MAX_TERMS: u32 = 300_000;
/// Stands in for zero, so that no division fails.
const TINY: f64 = 1e-300;

/// The value of `1 / (b0 + a1 / (b1 + a2 / (b2 + ...)))`, with `term(n)` giving `(a_n, b_n)`.
pub(super) fn continued_fraction(first: f64, term: impl Fn(f64) -> (f64, f64)) -> f64 {
    let mut forward = 1.0 / TINY;
    let mut backward = 1.0 / away_from_zero(first);
    let mut value = backward;
    for n in 1..=MAX_TERMS {
        let (numerator, denominator) = term(f64::from(n));
        backward = 1.0 / away_from_zero(numerator * backward + denominator);
        forward = away_from_zero(denominator + numerator / forward);
        let change = forward * backward;
        value *= change;
        if (change - 1.0).abs() <= f64::EPSILON {
            break;
        }
    }
    value
}

fn away_from_zero(x: f64) -> f64 {
    if x.abs() < TINY { TINY } else { x }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_golden_ratio_is_a_fraction_of_ones() {
        let value = continued_fraction(1.0, |_| (1.0, 1.0));
        let expected = (5.0_f64.sqrt() - 1.0) / 2.0;
        assert!(
            (value - expected).abs() < 1e-15,
            "the golden section: {value}"
        );
    }

    #[test]
    fn a_zero_denominator_does_not_stop_the_fraction() {
        // 1/(0 + 1/3) = 3
        let value = continued_fraction(0.0, |n| if n < 1.5 { (1.0, 3.0) } else { (0.0, 1.0) });
        assert!((value - 3.0).abs() < 1e-12, "three, not {value}");
    }
}
