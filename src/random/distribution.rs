//! Distributions of durations and other non-negative quantities.

use crate::numeric::{Tail, gamma, normal};

/// A distribution of a non-negative quantity, in the caller's unit.
///
/// Plain data: call [`validate`](Self::validate) once, after which every method is total. Without
/// validation the methods return NaN or nonsense, and still do not panic.
///
/// ```
/// use zorgdruk::numeric::Tail;
/// use zorgdruk::random::Distribution;
/// let stay = Distribution::Exponential { mean: 4.0 };
/// assert!(stay.validate().is_ok());
/// assert!((stay.quantile(Tail::Lower(0.5)) - 2.772_588_722).abs() < 1e-9);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Distribution {
    /// Always the same value.
    Deterministic {
        /// The value, in [0, 1e9].
        value: f64,
    },
    /// Every value in an interval alike.
    Uniform {
        /// Lower end, in [0, 1e9].
        low: f64,
        /// Upper end, above `low`, at most 1e9.
        high: f64,
    },
    /// Density rising linearly from `low` to `mode` and falling linearly to `high`.
    Triangular {
        /// Lower end, in [0, 1e9].
        low: f64,
        /// Top of the density, between the ends.
        mode: f64,
        /// Upper end, above `low`, at most 1e9.
        high: f64,
    },
    /// Exponential: the time to an event with a constant hazard.
    Exponential {
        /// Mean, in (0, 1e9].
        mean: f64,
    },
    /// Gamma.
    Gamma {
        /// Mean, in (0, 1e9].
        mean: f64,
        /// Shape, in [0.01, 1e6]; the squared coefficient of variation is its inverse.
        shape: f64,
    },
    /// Lognormal.
    LogNormal {
        /// Median, in (0, 1e9].
        median: f64,
        /// Standard deviation of the logarithm, in (0, 5].
        sigma: f64,
    },
    /// Weibull.
    Weibull {
        /// Mean, in (0, 1e9].
        mean: f64,
        /// Shape, in [0.1, 100]; below one the hazard falls, above one it rises.
        shape: f64,
    },
}

/// A parameter outside its allowed range.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[error("{parameter} = {value} is outside its allowed range {allowed}")]
pub struct DistributionError {
    /// Name of the parameter.
    pub parameter: &'static str,
    /// Its value.
    pub value: f64,
    /// The allowed range.
    pub allowed: &'static str,
}

impl Distribution {
    /// Every value between `low` and `high` alike.
    pub const fn uniform(low: f64, high: f64) -> Self {
        Self::Uniform { low, high }
    }

    /// A triangle from `low` to `high` with its top at `mode`.
    pub const fn triangular(low: f64, mode: f64, high: f64) -> Self {
        Self::Triangular { low, mode, high }
    }

    /// Gamma, by mean and shape.
    pub const fn gamma(mean: f64, shape: f64) -> Self {
        Self::Gamma { mean, shape }
    }

    /// Lognormal, by its median and the standard deviation of the logarithm.
    pub const fn log_normal(median: f64, sigma: f64) -> Self {
        Self::LogNormal { median, sigma }
    }

    /// Weibull, by mean and shape.
    pub const fn weibull(mean: f64, shape: f64) -> Self {
        Self::Weibull { mean, shape }
    }

    /// Checks that every parameter lies in its documented range.
    ///
    /// # Errors
    ///
    /// The first parameter that is not a number or outside its range.
    pub fn validate(&self) -> Result<(), DistributionError> {
        match *self {
            Self::Deterministic { value } => non_negative("value", value),
            Self::Uniform { low, high } => ordered(low, high),
            Self::Triangular { low, mode, high } => {
                ordered(low, high)?;
                check("mode", mode, "[low, high]", mode >= low && mode <= high)
            }
            Self::Exponential { mean } => positive("mean", mean),
            Self::Gamma { mean, shape } => {
                positive("mean", mean)?;
                check("shape", shape, "[0.01, 1e6]", (0.01..=1e6).contains(&shape))
            }
            Self::LogNormal { median, sigma } => {
                positive("median", median)?;
                check("sigma", sigma, "(0, 5]", sigma > 0.0 && sigma <= 5.0)
            }
            Self::Weibull { mean, shape } => {
                positive("mean", mean)?;
                check("shape", shape, "[0.1, 100]", (0.1..=100.0).contains(&shape))
            }
        }
    }

    /// The quantile with this tail probability, precise from either tail.
    ///
    /// `Lower(0)` and `Upper(0)` give the ends of the support; NaN for a probability outside [0, 1].
    pub fn quantile(&self, tail: Tail) -> f64 {
        if !tail.is_valid() {
            return f64::NAN;
        }
        let tail = tail.smaller();
        match *self {
            Self::Deterministic { value } => value,
            Self::Uniform { low, high } => match tail {
                Tail::Lower(p) => low + p * (high - low),
                Tail::Upper(p) => high - p * (high - low),
            },
            Self::Triangular { low, mode, high } => triangular_quantile([low, mode, high], tail),
            Self::Exponential { mean } => mean * cumulative_hazard(tail),
            Self::Gamma { mean, shape } => mean / shape * gamma::quantile(shape, tail),
            Self::LogNormal { median, sigma } => median * libm::exp(sigma * normal::quantile(tail)),
            Self::Weibull { mean, shape } => {
                weibull_scale(mean, shape) * libm::pow(cumulative_hazard(tail), 1.0 / shape)
            }
        }
    }

    /// Probability of at most `x`.
    pub fn cdf(&self, x: f64) -> f64 {
        match *self {
            Self::Deterministic { value } => f64::from(u8::from(x >= value)),
            Self::Uniform { low, high } => ((x - low) / (high - low)).clamp(0.0, 1.0),
            Self::Triangular { low, mode, high } => triangular_cdf([low, mode, high], x),
            _ if x <= 0.0 => 0.0,
            Self::Exponential { mean } => -libm::expm1(-x / mean),
            Self::Gamma { mean, shape } => gamma::lower_regularized(shape, x * shape / mean),
            Self::LogNormal { median, sigma } => normal::cdf(libm::log(x / median) / sigma),
            Self::Weibull { mean, shape } => {
                -libm::expm1(-libm::pow(x / weibull_scale(mean, shape), shape))
            }
        }
    }

    /// The distribution of the quantity times a positive `factor`.
    #[must_use]
    pub fn scaled(&self, factor: f64) -> Self {
        match *self {
            Self::Deterministic { value } => Self::Deterministic {
                value: value * factor,
            },
            Self::Uniform { low, high } => Self::uniform(low * factor, high * factor),
            Self::Triangular { low, mode, high } => {
                Self::triangular(low * factor, mode * factor, high * factor)
            }
            Self::Exponential { mean } => Self::Exponential {
                mean: mean * factor,
            },
            Self::Gamma { mean, shape } => Self::gamma(mean * factor, shape),
            Self::LogNormal { median, sigma } => Self::log_normal(median * factor, sigma),
            Self::Weibull { mean, shape } => Self::weibull(mean * factor, shape),
        }
    }

    /// Mean, in the caller's unit.
    pub fn mean(&self) -> f64 {
        match *self {
            Self::Deterministic { value } => value,
            Self::Uniform { low, high } => 0.5 * (low + high),
            Self::Triangular { low, mode, high } => (low + mode + high) / 3.0,
            Self::Exponential { mean } | Self::Gamma { mean, .. } | Self::Weibull { mean, .. } => {
                mean
            }
            Self::LogNormal { median, sigma } => median * libm::exp(0.5 * sigma * sigma),
        }
    }

    /// Variance, in the square of the caller's unit.
    pub fn variance(&self) -> f64 {
        match *self {
            Self::Deterministic { .. } => 0.0,
            Self::Uniform { low, high } => (high - low) * (high - low) / 12.0,
            Self::Triangular { low, mode, high } => {
                let (width, rise) = (high - low, mode - low);
                (width * width - width * rise + rise * rise) / 18.0
            }
            Self::Exponential { mean } => mean * mean,
            Self::Gamma { mean, shape } => mean * mean / shape,
            Self::LogNormal { sigma, .. } => self.mean() * self.mean() * libm::expm1(sigma * sigma),
            Self::Weibull { mean, shape } => {
                let scale = weibull_scale(mean, shape);
                scale * scale * libm::tgamma(1.0 + 2.0 / shape) - mean * mean
            }
        }
    }
}

/// `-ln(1 - F)` at the quantile with this tail.
fn cumulative_hazard(tail: Tail) -> f64 {
    match tail {
        Tail::Lower(p) => -libm::log1p(-p),
        Tail::Upper(p) => -libm::log(p),
    }
}

/// The scale that gives a Weibull distribution this mean.
fn weibull_scale(mean: f64, shape: f64) -> f64 {
    mean / libm::tgamma(1.0 + 1.0 / shape)
}

/// Quantile for a tail of at most one half.
fn triangular_quantile([low, mode, high]: [f64; 3], tail: Tail) -> f64 {
    let width = high - low;
    let (below, above) = match tail {
        Tail::Lower(p) => (p, 1.0 - p),
        Tail::Upper(p) => (1.0 - p, p),
    };
    if below * width <= mode - low {
        low + (below * width * (mode - low)).sqrt()
    } else {
        high - (above * width * (high - mode)).sqrt()
    }
}

fn triangular_cdf([low, mode, high]: [f64; 3], x: f64) -> f64 {
    if x <= low {
        0.0
    } else if x >= high {
        1.0
    } else if x <= mode {
        (x - low) * (x - low) / ((high - low) * (mode - low))
    } else {
        1.0 - (high - x) * (high - x) / ((high - low) * (high - mode))
    }
}

fn ordered(low: f64, high: f64) -> Result<(), DistributionError> {
    non_negative("low", low)?;
    positive("high", high)?;
    check("high", high, "(low, 1e9]", high > low)
}

fn non_negative(parameter: &'static str, value: f64) -> Result<(), DistributionError> {
    check(parameter, value, "[0, 1e9]", (0.0..=1e9).contains(&value))
}

fn positive(parameter: &'static str, value: f64) -> Result<(), DistributionError> {
    check(parameter, value, "(0, 1e9]", value > 0.0 && value <= 1e9)
}

fn check(
    parameter: &'static str,
    value: f64,
    allowed: &'static str,
    valid: bool,
) -> Result<(), DistributionError> {
    if valid {
        Ok(())
    } else {
        Err(DistributionError {
            parameter,
            value,
            allowed,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn relative(value: f64, expected: f64) -> f64 {
        (value / expected - 1.0).abs()
    }

    /// Variance, probability of at most 3, lower 1e-3 quantile and upper 1e-9 quantile.
    const REFERENCE: [(Distribution, [f64; 4]); 8] = [
        (
            Distribution::uniform(2.0, 5.0),
            [0.75, 0.333_333_333_333_3, 2.003, 4.999_999_997],
        ),
        (
            Distribution::triangular(1.0, 2.0, 6.0),
            [
                1.166_666_666_667,
                0.55,
                1.070_710_678_119,
                5.999_858_578_646,
            ],
        ),
        (
            Distribution::Exponential { mean: 4.0 },
            [
                16.0,
                0.527_633_447_259,
                0.004_002_001_334_334,
                82.893_063_347_79,
            ],
        ),
        (
            Distribution::gamma(8.0, 1.5),
            [
                42.666_666_666_67,
                0.228_957_331_757_1,
                0.064_793_562_175_18,
                119.576_734_214_8,
            ],
        ),
        (
            Distribution::gamma(2.0, 0.3),
            [
                13.333_333_333_33,
                0.796_292_651_614_2,
                4.648_466_064_522e-10,
                117.223_082_795_6,
            ],
        ),
        (
            Distribution::log_normal(3.0, 0.8),
            [
                15.301_429_616_38,
                0.5,
                0.253_200_514_615_8,
                363.892_283_966_6,
            ],
        ),
        (
            Distribution::weibull(5.0, 0.7),
            [
                53.467_140_796_28,
                0.561_692_695_806_4,
                0.000_204_735_381_526_2,
                300.089_926_352_8,
            ],
        ),
        (
            Distribution::weibull(5.0, 2.5),
            [
                4.577_613_671_073,
                0.186_802_055_891_4,
                0.355_634_698_914_5,
                18.945_257_486_46,
            ],
        ),
    ];

    #[test]
    fn moments_probabilities_and_both_tails_match_reference_values() {
        for (distribution, [variance, at_most, low, high]) in REFERENCE {
            let name = format!("{distribution:?}");
            assert!(distribution.validate().is_ok(), "{name} is valid");
            assert!(
                relative(distribution.variance(), variance) < 1e-11,
                "variance of {name}"
            );
            assert!(
                relative(distribution.cdf(3.0), at_most) < 1e-11,
                "cdf of {name}"
            );
            let lower = distribution.quantile(Tail::Lower(1e-3));
            assert!(
                relative(lower, low) < 1e-11,
                "lower tail of {name}: {lower}"
            );
            let upper = distribution.quantile(Tail::Upper(1e-9));
            assert!(
                relative(upper, high) < 1e-11,
                "upper tail of {name}: {upper}"
            );
        }
    }

    #[test]
    fn the_quantile_undoes_the_distribution_function() {
        for distribution in [
            Distribution::uniform(2.0, 5.0),
            Distribution::triangular(1.0, 2.0, 6.0),
            Distribution::triangular(1.0, 6.0, 6.0),
            Distribution::triangular(1.0, 1.0, 6.0),
            Distribution::Exponential { mean: 4.0 },
            Distribution::gamma(8.0, 1.5),
            Distribution::log_normal(3.0, 0.8),
            Distribution::weibull(5.0, 0.7),
        ] {
            for step in 1..200 {
                let p = f64::from(step) / 200.0;
                let back = distribution.cdf(distribution.quantile(Tail::Lower(p)));
                assert!((back - p).abs() < 1e-13, "{distribution:?} at {p}: {back}");
            }
        }
    }

    #[test]
    fn means_are_as_parametrized() {
        let by_quantiles = |distribution: Distribution| {
            let n = 200_000_u32;
            let mark = |i: u32| (f64::from(i) + 0.5) / f64::from(n);
            let sum: f64 = (0..n)
                .map(|i| distribution.quantile(Tail::Lower(mark(i))))
                .sum();
            sum / f64::from(n)
        };
        for distribution in [
            Distribution::Deterministic { value: 3.5 },
            Distribution::uniform(2.0, 5.0),
            Distribution::triangular(1.0, 2.0, 6.0),
            Distribution::Exponential { mean: 4.0 },
            Distribution::log_normal(3.0, 0.8),
            Distribution::weibull(5.0, 0.7),
        ] {
            let error = relative(by_quantiles(distribution), distribution.mean());
            assert!(error < 1e-4, "mean of {distribution:?} is off by {error}");
        }
    }

    #[test]
    fn a_multiple_has_the_quantiles_times_the_factor() {
        let fixed = (Distribution::Deterministic { value: 3.5 }, [0.0; 4]);
        for (distribution, _) in REFERENCE.into_iter().chain([fixed]) {
            for p in [0.01, 0.5, 0.999] {
                let quantile = |of: Distribution| of.quantile(Tail::Lower(p));
                let scaled = quantile(distribution.scaled(0.7));
                let error = relative(scaled, 0.7 * quantile(distribution));
                assert!(error.abs() < 1e-12, "{distribution:?} at {p}: {scaled}");
            }
        }
    }

    #[test]
    fn a_deterministic_quantity_is_always_the_same() {
        let fixed = Distribution::Deterministic { value: 3.5 };
        for tail in [Tail::Lower(0.0), Tail::Lower(0.3), Tail::Upper(1e-12)] {
            assert!(
                (fixed.quantile(tail) - 3.5).abs() < 1e-15,
                "the value at {tail:?}"
            );
        }
        assert!(
            fixed.cdf(3.4) < 0.5 && fixed.cdf(3.5) > 0.5,
            "all mass at the value"
        );
        assert!(fixed.variance().abs() < 1e-300, "no variance");
    }

    #[test]
    fn the_ends_of_the_support_are_reached() {
        let slope = Distribution::triangular(1.0, 2.0, 6.0);
        assert!(
            (slope.quantile(Tail::Lower(0.0)) - 1.0).abs() < 1e-15,
            "the lower end"
        );
        assert!(
            (slope.quantile(Tail::Upper(0.0)) - 6.0).abs() < 1e-15,
            "the upper end"
        );
        assert!(slope.cdf(0.9).abs() < 1e-300, "nothing below the support");
        assert!(
            (slope.cdf(6.1) - 1.0).abs() < 1e-15,
            "everything below its upper end"
        );
        let tail = Distribution::weibull(5.0, 0.7);
        assert!(
            tail.quantile(Tail::Upper(0.0)) > f64::MAX,
            "an unbounded support"
        );
        assert!(
            tail.quantile(Tail::Upper(1.1)).is_nan(),
            "not a probability"
        );
    }

    #[test]
    fn parameters_outside_their_range_are_refused_by_name() {
        for (distribution, message) in [
            (
                Distribution::Deterministic { value: -1.0 },
                "value = -1 is outside its allowed range [0, 1e9]",
            ),
            (
                Distribution::uniform(2.0, 2.0),
                "high = 2 is outside its allowed range (low, 1e9]",
            ),
            (
                Distribution::triangular(1.0, 7.0, 6.0),
                "mode = 7 is outside its allowed range [low, high]",
            ),
            (
                Distribution::Exponential { mean: f64::NAN },
                "mean = NaN is outside its allowed range (0, 1e9]",
            ),
            (
                Distribution::gamma(1.0, 0.0),
                "shape = 0 is outside its allowed range [0.01, 1e6]",
            ),
            (
                Distribution::log_normal(1.0, 6.0),
                "sigma = 6 is outside its allowed range (0, 5]",
            ),
            (
                Distribution::weibull(1.0, f64::INFINITY),
                "shape = inf is outside its allowed range [0.1, 100]",
            ),
        ] {
            let error = distribution
                .validate()
                .expect_err("a parameter is out of range");
            assert_eq!(
                error.to_string(),
                message,
                "the message for {distribution:?}"
            );
        }
    }
}
