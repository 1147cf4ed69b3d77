//! The gamma distribution with unit scale: regularized incomplete gamma functions and quantiles.

use super::fraction::continued_fraction;
use super::root::increasing_root;
use super::saddle::poisson_term;
use super::{Tail, normal};

/// Largest shape for which the functions are computed.
pub const MAX_SHAPE: f64 = 1e8;

/// Terms that the series may take; about nine root shapes are needed near the mean.
const MAX_TERMS: u32 = 300_000;
/// `ln` of the smallest and about the largest number: the bracket of `ln x`.
const LN_RANGE: (f64, f64) = (-745.0, 709.0);

/// `P(shape, x)`: the probability that a gamma variable with this shape and scale 1 is at most `x`.
///
/// Relative precision about 1e-13, in the lower tail too. Domain `0 < shape <= 1e8`, `x >= 0`;
/// NaN outside it.
///
/// Source: W. Gautschi, ACM Trans. Math. Software 5 (1979) 466-481 (series for `x < shape + 1`,
/// continued fraction beyond).
pub fn lower_regularized(shape: f64, x: f64) -> f64 {
    if !in_domain(shape, x) {
        f64::NAN
    } else if x < shape + 1.0 {
        series(shape, x)
    } else {
        1.0 - fraction(shape, x)
    }
}

/// `Q(shape, x) = 1 - P(shape, x)`, precise in the upper tail; domain as [`lower_regularized`].
pub fn upper_regularized(shape: f64, x: f64) -> f64 {
    if !in_domain(shape, x) {
        f64::NAN
    } else if x < shape + 1.0 {
        1.0 - series(shape, x)
    } else {
        fraction(shape, x)
    }
}

/// Quantile of the gamma distribution with this shape and scale 1.
///
/// Precise from either tail; `Lower(0)` is 0 and `Upper(0)` infinity. A quantile below the smallest
/// positive number is 0 or that number. NaN for a shape outside `(0, 1e8]` or a probability outside [0, 1].
pub fn quantile(shape: f64, tail: Tail) -> f64 {
    if !in_domain(shape, 0.0) || !tail.is_valid() {
        return f64::NAN;
    }
    let tail = tail.smaller();
    match tail {
        Tail::Lower(p) if p <= 0.0 => 0.0,
        Tail::Upper(p) if p <= 0.0 => f64::INFINITY,
        _ => interior_quantile(shape, tail, ln_guess(shape, tail)),
    }
}

/// The quantile of a valid tail with positive mass, by Newton steps on `ln x` from `ln_start`.
///
/// On the log-log scale the tail functions are concave, so Newton's method is at its best.
fn interior_quantile(shape: f64, tail: Tail, ln_start: f64) -> f64 {
    let ln_target = libm::log(tail.probability());
    let ln_x = increasing_root(LN_RANGE, ln_start, |ln_x| {
        let x = libm::exp(ln_x);
        let x_density = shape * poisson_term(shape, x);
        match tail {
            Tail::Lower(_) => {
                let p = lower_regularized(shape, x);
                (libm::log(p) - ln_target, x_density / p)
            }
            Tail::Upper(_) => {
                let q = upper_regularized(shape, x);
                (ln_target - libm::log(q), x_density / q)
            }
        }
    });
    if ln_x <= LN_RANGE.0 {
        0.0
    } else {
        libm::exp(ln_x)
    }
}

/// First guess of the logarithm of a quantile: Wilson-Hilferty, or the power law near zero.
fn ln_guess(shape: f64, tail: Tail) -> f64 {
    let ninth = 1.0 / (9.0 * shape);
    let cube_root = 1.0 - ninth + normal::quantile(tail) * ninth.sqrt();
    match tail {
        Tail::Lower(p) if shape < 0.5 || cube_root < 0.3 => {
            (libm::log(p) + libm::lgamma(shape + 1.0)) / shape
        }
        _ => libm::log(shape) + 3.0 * libm::log(cube_root.max(0.1)),
    }
}

fn in_domain(shape: f64, x: f64) -> bool {
    shape > 0.0 && shape <= MAX_SHAPE && x >= 0.0
}

/// `P` by its power series, for `x < shape + 1`.
fn series(shape: f64, x: f64) -> f64 {
    let mut term = 1.0;
    let mut sum = 1.0;
    let mut denominator = shape;
    for _ in 0..MAX_TERMS {
        denominator += 1.0;
        term *= x / denominator;
        sum += term;
        if term <= sum * (0.25 * f64::EPSILON) {
            break;
        }
    }
    sum * poisson_term(shape, x)
}

/// `Q` by its continued fraction, for `x >= shape + 1`.
fn fraction(shape: f64, x: f64) -> f64 {
    if x > f64::MAX {
        return 0.0;
    }
    let first = x + 1.0 - shape;
    let value = continued_fraction(first, |n| (n * (shape - n), first + 2.0 * n));
    shape * poisson_term(shape, x) * value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_tails_match_reference_values() {
        for (shape, x, lower, upper) in [
            (0.05, 1.0e-9, 0.364_470_297_427_577, 0.635_529_702_572_423),
            (0.5, 0.3, 0.561_421_973_919, 0.438_578_026_081),
            (1.0, 1.0, 0.632_120_558_828_558, 0.367_879_441_171_442),
            (2.5, 0.001, 9.508_534_598_607_95e-9, 0.999_999_990_491_465),
            (2.5, 30.0, 0.999_999_999_987_845, 1.215_456_977_718_3e-11),
            (10.0, 9.0, 0.412_591_755_668_059, 0.587_408_244_331_941),
            (
                100.0,
                140.0,
                0.999_838_942_825_287,
                0.000_161_057_174_712_556,
            ),
            (
                10_000.0,
                9_800.0,
                0.022_207_543_813_969_7,
                0.977_792_456_186_03,
            ),
            (
                100_000.0,
                100_600.0,
                0.970_929_855_073_744,
                0.029_070_144_926_255_6,
            ),
        ] {
            let p = lower_regularized(shape, x);
            let q = upper_regularized(shape, x);
            assert!((p / lower - 1.0_f64).abs() < 3e-12, "P({shape}, {x}) = {p}");
            assert!((q / upper - 1.0_f64).abs() < 3e-12, "Q({shape}, {x}) = {q}");
        }
    }

    #[test]
    fn quantiles_match_reference_values() {
        for (shape, tail, expected) in [
            (0.05, Tail::Lower(0.4), 6.426_240_946_388_95e-9),
            (0.05, Tail::Upper(1.0e-8), 12.952_186_632_836_8),
            (0.5, Tail::Lower(0.01), 7.854_392_895_485_1e-5),
            (2.5, Tail::Lower(1.0e-10), 0.000_161_677_857_312_485),
            (2.5, Tail::Lower(0.5), 2.175_730_095_547_76),
            (2.5, Tail::Upper(1.0e-10), 27.781_199_259_119_3),
            (30.0, Tail::Lower(0.025), 20.240_874_021_420_9),
            (30.0, Tail::Upper(0.025), 41.648_837_438_586_6),
            (1_000.0, Tail::Upper(1.0e-5), 1_140.638_034_065_96),
        ] {
            let x = quantile(shape, tail);
            assert!(
                (x / expected - 1.0_f64).abs() < 1e-11,
                "quantile({shape}, {tail:?}) = {x}"
            );
        }
    }

    #[test]
    fn the_quantile_undoes_both_tail_functions() {
        for shape in [0.05, 0.3, 1.0, 2.5, 40.0, 1e4, 1e7] {
            for exponent in 1..=40 {
                let p = libm::pow(10.0, -f64::from(exponent) / 4.0);
                let low = quantile(shape, Tail::Lower(p));
                let high = quantile(shape, Tail::Upper(p));
                let back = lower_regularized(shape, low);
                assert!(
                    (back / p - 1.0).abs() < 1e-10,
                    "lower {p} at shape {shape}: {back}"
                );
                let back = upper_regularized(shape, high);
                assert!(
                    (back / p - 1.0).abs() < 1e-10,
                    "upper {p} at shape {shape}: {back}"
                );
            }
        }
    }

    #[test]
    fn the_ends_and_nonsense_have_stated_values() {
        assert!(
            quantile(2.0, Tail::Lower(0.0)).abs() < 1e-300,
            "no mass below"
        );
        assert!(quantile(2.0, Tail::Upper(0.0)) > f64::MAX, "no mass above");
        assert!(
            quantile(0.001, Tail::Lower(1e-5)).abs() < 1e-300,
            "below the smallest number"
        );
        assert!(
            quantile(-1.0, Tail::Lower(0.5)).is_nan(),
            "a negative shape"
        );
        assert!(
            quantile(2e8, Tail::Lower(0.5)).is_nan(),
            "a shape beyond the domain"
        );
        assert!(lower_regularized(1.0, f64::NAN).is_nan(), "not a number");
        assert!(
            upper_regularized(1.0, f64::INFINITY).abs() < 1e-300,
            "all mass is below infinity"
        );
    }
}
