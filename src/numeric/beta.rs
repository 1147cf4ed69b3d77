//! The beta distribution: regularized incomplete beta function and quantiles.

use super::Tail;
use super::fraction::continued_fraction;
use super::root::increasing_root;
use super::saddle::binomial_term;

/// Smallest parameter for which the functions are computed.
pub const MIN_PARAMETER: f64 = 1e-100;
/// Largest parameter for which the functions are computed.
pub const MAX_PARAMETER: f64 = 1e8;

/// Bracket of the log odds `ln(x / (1 - x))`.
const LOGIT_RANGE: (f64, f64) = (-708.0, 708.0);
/// Log odds below this stand for zero.
pub(super) const ZERO_LOGIT: f64 = -707.5;

/// `I_x(a, b)`: the probability that a beta variable is at most `x`.
///
/// Relative precision about 1e-13. Domain `1e-100 <= a, b <= 1e8` and `0 <= x <= 1`; NaN outside it.
///
/// Source: A. R. `DiDonato` and A. H. Morris, ACM Trans. Math. Software 18 (1992) 360-373 (continued
/// fraction on the side of the mean where it converges fast).
pub fn cdf(a: f64, b: f64, x: f64) -> f64 {
    if !in_domain(a, b) || !(0.0..=1.0).contains(&x) {
        return f64::NAN;
    }
    lower(a, b, x, 1.0 - x)
}

/// Quantile of the beta distribution with parameters `a` and `b`.
///
/// Precise from either tail; `Lower(0)` is 0 and `Upper(0)` is 1. A quantile below 1e-307 is 0.
/// NaN for parameters outside [1e-100, 1e8] or a probability outside [0, 1].
pub fn quantile(a: f64, b: f64, tail: Tail) -> f64 {
    if !in_domain(a, b) || !tail.is_valid() {
        return f64::NAN;
    }
    let logit = quantile_logit(a, b, tail);
    if logit < ZERO_LOGIT {
        0.0
    } else {
        1.0 / (1.0 + libm::exp(-logit))
    }
}

/// The log odds `ln(x / (1 - x))` of the quantile `x` of valid parameters and tail.
///
/// Beyond [-707.5, 707.5] it stands for 0 or 1. Log odds keep full precision at both ends.
pub(super) fn quantile_logit(a: f64, b: f64, tail: Tail) -> f64 {
    let tail = tail.smaller();
    match tail {
        Tail::Lower(p) if p <= 0.0 => LOGIT_RANGE.0,
        Tail::Upper(p) if p <= 0.0 => LOGIT_RANGE.1,
        // The upper tail of x is the lower tail of 1 - x.
        Tail::Upper(p) => -lower_quantile_logit(b, a, p),
        Tail::Lower(p) => lower_quantile_logit(a, b, p),
    }
}

/// The log odds of the quantile with lower-tail probability `target` in (0, 1/2].
fn lower_quantile_logit(a: f64, b: f64, target: f64) -> f64 {
    let ln_target = libm::log(target);
    increasing_root(LOGIT_RANGE, libm::log(a / b), |logit| {
        let odds = libm::exp(logit);
        let below = 1.0 / (1.0 + 1.0 / odds);
        let above = 1.0 / (1.0 + odds);
        let mass = lower(a, b, below, above);
        let slope = a * b / (a + b) * binomial_term(a, b, below, above) / mass;
        (libm::log(mass) - ln_target, slope)
    })
}

fn in_domain(a: f64, b: f64) -> bool {
    let valid = |parameter: f64| (MIN_PARAMETER..=MAX_PARAMETER).contains(&parameter);
    valid(a) && valid(b)
}

/// `I_x(a, b)` with `y = 1 - x` given, so that neither end loses digits.
pub(super) fn lower(a: f64, b: f64, x: f64, y: f64) -> f64 {
    if x * (a + b + 2.0) <= a + 1.0 {
        below_mean(a, b, x, y)
    } else {
        1.0 - below_mean(b, a, y, x)
    }
}

/// `I_x(a, b)` by its continued fraction, for `x` up to about the mean.
fn below_mean(a: f64, b: f64, x: f64, y: f64) -> f64 {
    a * b / (a + b) * binomial_term(a, b, x, y) * fraction(a, b, x, y)
}

/// The continued fraction BFRAC of the source.
fn fraction(a: f64, b: f64, x: f64, y: f64) -> f64 {
    // How far x lies below the mean, from whichever of x and y has the digits.
    let excess = if x <= y {
        a - (a + b) * x
    } else {
        (a + b) * y - b
    };
    continued_fraction(a * (excess + 1.0) / (a + 1.0), |n| {
        let before = a + 2.0 * n - 1.0;
        let scale = x / before;
        let numerator = (a + n - 1.0) * (a + b + n - 1.0) * n * (b - n) * scale * scale;
        let ahead = (a + n) * (excess + 1.0 + n * (1.0 + y)) / (before + 2.0);
        (numerator, n + n * (b - n) * scale + ahead)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_distribution_function_matches_reference_values() {
        for (a, b, x, expected) in [
            (0.5, 0.5, 0.1, 0.204_832_764_699_133),
            (2.0, 3.0, 0.5, 0.687_5),
            (1.0, 1.0, 0.25, 0.25),
            (5.5, 95.5, 0.02, 0.028_614_033_509_956_8),
            (50.5, 950.5, 0.07, 0.995_129_138_568_957),
            (0.1, 40.0, 1.0e-9, 0.191_150_359_192_929),
            (300.0, 20.0, 0.9, 0.007_165_489_809_358_71),
        ] {
            let p = cdf(a, b, x);
            assert!(
                (p / expected - 1.0_f64).abs() < 3e-12,
                "cdf({a}, {b}, {x}) = {p}"
            );
        }
    }

    #[test]
    fn quantiles_match_reference_values() {
        for (a, b, tail, expected) in [
            (0.5, 50.5, Tail::Lower(0.025), 9.771_663_301_804_05e-6),
            (0.5, 50.5, Tail::Upper(0.025), 0.048_758_459_444_071_4),
            (2.0, 3.0, Tail::Lower(0.9), 0.679_539_416_278_182),
            (20.5, 1.5, Tail::Lower(1.0e-9), 0.338_983_174_828_025),
            (7.0, 0.3, Tail::Lower(0.3), 0.962_191_526_336_643),
            (0.2, 0.1, Tail::Lower(0.4), 0.777_778_708_287_338),
        ] {
            let x = quantile(a, b, tail);
            assert!(
                (x / expected - 1.0_f64).abs() < 1e-11,
                "quantile({a}, {b}, {tail:?}) = {x}"
            );
        }
    }

    #[test]
    fn jeffreys_limits_match_published_values() {
        for (successes, n, low, high) in [
            (1.0, 50.0, 0.002_166_494_2, 0.089_680_351_1),
            (5.0, 100.0, 0.019_331_812_0, 0.106_100_073_9),
            (50.0, 1_000.0, 0.037_770_132_3, 0.064_828_455_7),
        ] {
            let (a, b) = (successes + 0.5, n - successes + 0.5);
            let limits = (
                quantile(a, b, Tail::Lower(0.025)),
                quantile(a, b, Tail::Upper(0.025)),
            );
            assert!(
                (limits.0 - low).abs() < 1e-10,
                "{successes}/{n} lower: {}",
                limits.0
            );
            assert!(
                (limits.1 - high).abs() < 1e-10,
                "{successes}/{n} upper: {}",
                limits.1
            );
        }
    }

    #[test]
    fn the_quantile_undoes_the_distribution_function() {
        for (a, b) in [
            (0.05, 0.2),
            (0.5, 0.5),
            (1.0, 1.0),
            (3.0, 700.0),
            (1e6, 2e5),
        ] {
            for exponent in 1..=40 {
                let p = libm::pow(10.0, -f64::from(exponent) / 4.0);
                let back = cdf(a, b, quantile(a, b, Tail::Lower(p)));
                assert!(
                    (back / p - 1.0).abs() < 1e-9,
                    "lower {p} of ({a}, {b}): {back}"
                );
                let mirrored = cdf(b, a, quantile(b, a, Tail::Lower(p)));
                assert!((mirrored / p - 1.0).abs() < 1e-9, "lower {p} of ({b}, {a})");
            }
        }
    }

    #[test]
    fn the_ends_and_nonsense_have_stated_values() {
        assert!(
            quantile(2.0, 3.0, Tail::Lower(0.0)).abs() < 1e-300,
            "no mass below"
        );
        assert!(
            (quantile(2.0, 3.0, Tail::Upper(0.0)) - 1.0).abs() < 1e-15,
            "no mass above"
        );
        assert!(cdf(2.0, 3.0, 0.0).abs() < 1e-300, "nothing lies below zero");
        assert!(
            (cdf(2.0, 3.0, 1.0) - 1.0).abs() < 1e-15,
            "all lies below one"
        );
        assert!(cdf(0.0, 3.0, 0.5).is_nan(), "a zero parameter");
        assert!(
            quantile(2.0, 3.0, Tail::Lower(-0.1)).is_nan(),
            "not a probability"
        );
    }
}
