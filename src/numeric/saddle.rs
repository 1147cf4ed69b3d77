//! Powers over factorials without cancellation: the saddle-point form of the Poisson and binomial
//! probabilities, for real arguments.
//!
//! Source: C. Loader, "Fast and accurate computation of binomial probabilities" (2000). The plain
//! `exp(a ln x - x - lgamma(a + 1))` loses about as many digits as `a` has.

use core::f64::consts::PI;

/// `x^a e^-x / Γ(a + 1)` for `a > 0`, `x >= 0`: the Poisson probability of `a` at mean `x`.
pub(super) fn poisson_term(a: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    libm::exp(-stirling_error(a) - deviance(a, x)) / (2.0 * PI * a).sqrt()
}

/// `x^a y^b Γ(a + b + 1) / (Γ(a + 1) Γ(b + 1))` for `a, b > 0` and `x + y = 1`: the binomial
/// probability of `a` in `a + b` trials.
pub(super) fn binomial_term(a: f64, b: f64, x: f64, y: f64) -> f64 {
    if x <= 0.0 || y <= 0.0 {
        return 0.0;
    }
    let trials = a + b;
    let errors = stirling_error(trials) - stirling_error(a) - stirling_error(b);
    let exponent = errors - deviance(a, trials * x) - deviance(b, trials * y);
    libm::exp(exponent) * (trials / (2.0 * PI * a * b)).sqrt()
}

/// `ln Γ(a + 1)` minus Stirling's approximation `(a + 1/2) ln a - a + ln(2π)/2`, for `a > 0`.
fn stirling_error(a: f64) -> f64 {
    const HALF_LN_TWO_PI: f64 = 0.918_938_533_204_672_7;
    if a < 16.0 {
        return libm::lgamma(a + 1.0) - (a + 0.5) * libm::log(a) + a - HALF_LN_TWO_PI;
    }
    // 1/12a - 1/360a³ + 1/1260a⁵ - 1/1680a⁷ + 1/1188a⁹
    let r = 1.0 / (a * a);
    let series = 1.0 / 1_260.0 - r * (1.0 / 1_680.0 - r / 1_188.0);
    (1.0 / 12.0 - r * (1.0 / 360.0 - r * series)) / a
}

/// The deviance part `x ln(x/m) + m - x`, without cancellation when `x` is near `m`.
fn deviance(x: f64, m: f64) -> f64 {
    let difference = x - m;
    if difference.abs() >= 0.1 * (x + m) {
        return x * libm::log(x / m) - difference;
    }
    // With v = (x - m)/(x + m): x ln(x/m) = 2x (v + v³/3 + v⁵/5 + ...).
    let v = difference / (x + m);
    let mut power = 2.0 * x * v;
    let mut sum = difference * v;
    for odd in (3..60).step_by(2) {
        power *= v * v;
        let next = sum + power / f64::from(odd);
        if next.to_bits() == sum.to_bits() {
            break;
        }
        sum = next;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_poisson_term_matches_reference_values() {
        for (a, x, expected) in [
            (0.01, 0.5, 0.605_778_322_761_399),
            (0.5, 3.0, 0.097_304_346_659_282_9),
            (15.9, 16.0, 0.099_494_626_551_606_3),
            (16.0, 9.0, 0.010_929_749_794_315_2),
            (100.0, 100.0, 0.039_860_996_809_147_1),
            (100_000.0, 100_300.0, 0.000_805_132_160_750_778),
            (100_000_000.0, 100_010_000.0, 2.419_787_895_378_43e-5),
        ] {
            let term = poisson_term(a, x);
            assert!(
                (term / expected - 1.0).abs() < 1e-12,
                "term({a}, {x}) = {term}"
            );
        }
    }

    #[test]
    fn the_binomial_term_matches_reference_values() {
        for (a, b, x, expected) in [
            (0.5, 0.5, 0.25, 0.551_328_895_421_792),
            (3.0, 17.0, 0.125, 0.230_023_279_890_031),
            (500_000.0, 0.5, 0.999_9, 1.535_078_126_597_36e-21),
            (1_000_000.0, 2_000_000.0, 0.333_3, 0.000_484_951_532_319_129),
        ] {
            let term = binomial_term(a, b, x, 1.0 - x);
            assert!(
                (term / expected - 1.0).abs() < 1e-12,
                "term({a}, {b}, {x}) = {term}"
            );
        }
    }
}
