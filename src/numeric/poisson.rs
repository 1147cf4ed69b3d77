//! The Poisson distribution, with exact inversion.

use super::saddle::poisson_term;
use super::{Tail, gamma, normal};

/// Largest mean for which quantiles are computed; larger means are taken as this one.
pub const MAX_MEAN: f64 = 1e5;

/// Below this mean a sequential search from zero is fastest.
const SMALL_MEAN: f64 = 10.0;
/// Beyond this probability the running sum of a sequential search has too few digits left.
pub(crate) const PLAIN_SUM: f64 = 0.999;

/// Probability of exactly `k` events at this mean; NaN for a negative or NaN mean.
pub fn pmf(k: u32, mean: f64) -> f64 {
    if mean.is_nan() || mean < 0.0 {
        f64::NAN
    } else if k == 0 {
        libm::exp(-mean)
    } else {
        poisson_term(f64::from(k), mean)
    }
}

/// Probability of at most `k` events at this mean, `Q(k + 1, mean)`.
///
/// NaN for a negative or NaN mean and for `k >= 1e8`.
pub fn cdf(k: u32, mean: f64) -> f64 {
    gamma::upper_regularized(f64::from(k) + 1.0, mean)
}

/// Probability of more than `k` events at this mean, precise in the upper tail; NaN as [`cdf`].
pub fn survival(k: u32, mean: f64) -> f64 {
    gamma::lower_regularized(f64::from(k) + 1.0, mean)
}

/// The smallest count `k` with `cdf(k, mean) >= u`: exact inversion, one uniform per count.
///
/// Monotone in `u` and in `mean`, so that the same mark under a larger mean never gives a smaller
/// count. Domain `0 <= mean <= 1e5`, `0 < u < 1`: a larger mean is taken as 1e5, a negative or NaN
/// mean gives 0, `u <= 0` or NaN gives 0, and `u >= 1` is taken as the largest number below one.
/// The search starts at a Cornish-Fisher guess (sequentially from zero for means below 10), so that
/// nothing underflows and two or three evaluations suffice.
pub fn poisson_quantile(mean: f64, u: f64) -> u32 {
    let inside = mean > 0.0 && u > 0.0;
    if !inside {
        return 0;
    }
    let (mean, u) = (mean.min(MAX_MEAN), u.min(1.0 - 0.5 * f64::EPSILON));
    if mean < SMALL_MEAN && u <= PLAIN_SUM {
        return sequential(mean, u);
    }
    bracketed(mean, u)
}

/// Adds probabilities from zero until they reach `u`, at most 0.999.
fn sequential(mean: f64, u: f64) -> u32 {
    let mut k = 0;
    let mut term = libm::exp(-mean);
    let mut sum = term;
    while sum < u {
        k += 1;
        term *= mean / f64::from(k);
        sum += term;
    }
    k
}

/// Gallops from a guess until the answer is bracketed, then bisects.
fn bracketed(mean: f64, u: f64) -> u32 {
    let guess = cornish_fisher(mean, u);
    let mut step = 1;
    if reaches(guess, mean, u) {
        let mut high = guess;
        while high > 0 {
            let low = high.saturating_sub(step);
            if !reaches(low, mean, u) {
                return bisect(low, high, mean, u);
            }
            high = low;
            step *= 2;
        }
        return 0;
    }
    let mut low = guess;
    loop {
        let high = low + step;
        if reaches(high, mean, u) {
            return bisect(low, high, mean, u);
        }
        low = high;
        step *= 2;
    }
}

/// The smallest count in `(low, high]` that reaches `u`; `low` does not and `high` does.
fn bisect(mut low: u32, mut high: u32, mean: f64, u: f64) -> u32 {
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if reaches(middle, mean, u) {
            high = middle;
        } else {
            low = middle;
        }
    }
    high
}

/// Whether `cdf(k) >= u`, decided in the smaller tail. A fixed function of `k`, so that the answer
/// does not depend on where a search began.
fn reaches(k: u32, mean: f64, u: f64) -> bool {
    if u <= 0.5 {
        cdf(k, mean) >= u
    } else {
        survival(k, mean) <= 1.0 - u
    }
}

/// Normal guess with its skewness correction.
fn cornish_fisher(mean: f64, u: f64) -> u32 {
    let z = normal::quantile(Tail::Lower(u));
    let guess = mean + z * mean.sqrt() + (z * z - 1.0) / 6.0 - 0.5;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "float casts saturate, and a guess below zero starts at zero"
    )]
    let start = guess.ceil() as u32;
    start
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probabilities_match_reference_values() {
        for (k, mean, mass, at_most, more) in [
            (
                0,
                0.3,
                0.740_818_220_681_718,
                0.740_818_220_681_718,
                0.259_181_779_318_282,
            ),
            (
                2,
                0.3,
                0.033_336_819_930_677_3,
                0.996_400_506_816_911,
                0.003_599_493_183_089_47,
            ),
            (
                7,
                12.5,
                0.035_258_069_606_798_7,
                0.069_825_463_184_047_5,
                0.930_174_536_815_952,
            ),
            (
                30,
                12.5,
                1.134_904_430_729_49e-5,
                0.999_992_574_897_125,
                7.425_102_874_541_04e-6,
            ),
            (
                1_000,
                1_000.0,
                0.012_614_611_348_721_5,
                0.508_409_367_168_506,
                0.491_590_632_831_494,
            ),
            (
                101_000,
                100_000.0,
                8.599_612_394_089_31e-6,
                0.999_208_798_570_84,
                0.000_791_201_429_160_452,
            ),
        ] {
            let relative = |value: f64, expected: f64| (value / expected - 1.0).abs();
            assert!(relative(pmf(k, mean), mass) < 1e-11, "pmf({k}, {mean})");
            assert!(relative(cdf(k, mean), at_most) < 1e-11, "cdf({k}, {mean})");
            assert!(
                relative(survival(k, mean), more) < 1e-11,
                "survival({k}, {mean})"
            );
        }
    }

    #[test]
    fn quantiles_match_reference_values() {
        for (mean, u, expected) in [
            (0.3, 0.5, 0),
            (0.3, 0.9, 1),
            (0.3, 0.999_999_999_999, 10),
            (4.0, 0.001, 0),
            (4.0, 0.999, 11),
            (4.0, 0.999_9, 13),
            (50.0, 0.025, 37),
            (50.0, 0.975, 64),
            (1_000.0, 1.0e-9, 816),
            (1_000.0, 0.7, 1_016),
            (100_000.0, 0.01, 99_265),
            (100_000.0, 0.999_999, 101_507),
        ] {
            assert_eq!(poisson_quantile(mean, u), expected, "mean {mean}, u {u}");
        }
    }

    #[test]
    fn the_quantile_is_the_smallest_count_that_reaches_u() {
        for mean in [0.01, 0.7, 3.0, 9.999, 10.0, 35.5, 400.0, 2e4, 1e5] {
            for u in [1e-12, 1e-4, 0.03, 0.3, 0.5, 0.72, 0.99, 0.9995, 1.0 - 1e-13] {
                let k = poisson_quantile(mean, u);
                assert!(reaches(k, mean, u), "{k} reaches {u} at mean {mean}");
                assert!(
                    k == 0 || !reaches(k - 1, mean, u),
                    "{k} is the first, {u} at mean {mean}"
                );
            }
        }
    }

    #[test]
    fn the_quantile_is_monotone_in_both_arguments() {
        let means: Vec<f64> = (0..400)
            .map(|i| f64::from(i) * 0.06)
            .chain([99.0, 1e4])
            .collect();
        let marks: Vec<f64> = (1..200).map(|i| f64::from(i) / 200.0).collect();
        for pair in means.windows(2) {
            for &u in &marks {
                let (low, high) = (poisson_quantile(pair[0], u), poisson_quantile(pair[1], u));
                assert!(low <= high, "means {pair:?} at {u} gave {low} and {high}");
            }
        }
        for &mean in &means {
            for pair in marks.windows(2) {
                let (low, high) = (
                    poisson_quantile(mean, pair[0]),
                    poisson_quantile(mean, pair[1]),
                );
                assert!(
                    low <= high,
                    "marks {pair:?} at {mean} gave {low} and {high}"
                );
            }
        }
    }

    #[test]
    fn arguments_outside_the_domain_are_clamped_as_stated() {
        assert_eq!(poisson_quantile(0.0, 0.999), 0, "no events at mean zero");
        assert_eq!(poisson_quantile(-3.0, 0.5), 0, "a negative mean");
        assert_eq!(
            poisson_quantile(f64::NAN, 0.5),
            0,
            "a mean that is not a number"
        );
        assert_eq!(poisson_quantile(5.0, 0.0), 0, "no mass to reach");
        assert_eq!(
            poisson_quantile(5.0, 1.0),
            poisson_quantile(5.0, 2.0),
            "u stays below one"
        );
        assert_eq!(
            poisson_quantile(1e9, 0.5),
            poisson_quantile(MAX_MEAN, 0.5),
            "mean at most 1e5"
        );
        assert!(
            pmf(3, -1.0).is_nan() && cdf(3, f64::NAN).is_nan(),
            "no probabilities there"
        );
    }
}
