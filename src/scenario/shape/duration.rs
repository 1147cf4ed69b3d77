//! Distributions as they are written: `{ gamma = { mean_days = 14.3, shape = 1.45 } }`.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::scenario::limits::LONGEST_DAYS;
use crate::units::MINUTES_PER_DAY;

/// A distribution of days.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Duration {
    /// Always the same.
    Fixed {
        /// The value.
        #[schemars(range(min = 0, max = LONGEST_DAYS))]
        days: f64,
    },
    /// All values between two bounds equally likely.
    Uniform {
        /// Lower bound.
        #[schemars(range(min = 0, max = LONGEST_DAYS))]
        low_days: f64,
        /// Upper bound.
        #[schemars(range(min = 0, max = LONGEST_DAYS))]
        high_days: f64,
    },
    /// A triangle over two bounds.
    Triangular {
        /// Lower bound.
        #[schemars(range(min = 0, max = LONGEST_DAYS))]
        low_days: f64,
        /// Most likely value.
        #[schemars(range(min = 0, max = LONGEST_DAYS))]
        mode_days: f64,
        /// Upper bound.
        #[schemars(range(min = 0, max = LONGEST_DAYS))]
        high_days: f64,
    },
    /// Without memory.
    Exponential {
        /// Mean.
        #[schemars(range(min = 0, max = LONGEST_DAYS))]
        mean_days: f64,
    },
    /// Gamma distribution.
    Gamma {
        /// Mean.
        #[schemars(range(min = 0, max = LONGEST_DAYS))]
        mean_days: f64,
        /// Shape: 1 over the squared coefficient of variation.
        #[schemars(range(min = 0.05, max = 1_000))]
        shape: f64,
    },
    /// Lognormal distribution.
    Lognormal {
        /// Median.
        #[schemars(range(min = 0, max = LONGEST_DAYS))]
        median_days: f64,
        /// Standard deviation of the log.
        #[schemars(range(min = 0.001, max = 3))]
        sd_log: f64,
    },
    /// Weibull distribution.
    Weibull {
        /// Mean.
        #[schemars(range(min = 0, max = LONGEST_DAYS))]
        mean_days: f64,
        /// Shape; below 1 the tail is heavier than exponential.
        #[schemars(range(min = 0.2, max = 50))]
        shape: f64,
    },
}

/// A distribution of operating time in minutes.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum OperatingTime {
    /// Always the same.
    Fixed {
        /// The value.
        #[schemars(range(min = 0, max = MINUTES_PER_DAY))]
        minutes: f64,
    },
    /// A triangle over two bounds.
    Triangular {
        /// Lower bound.
        #[schemars(range(min = 0, max = MINUTES_PER_DAY))]
        low_minutes: f64,
        /// Most likely value.
        #[schemars(range(min = 0, max = MINUTES_PER_DAY))]
        mode_minutes: f64,
        /// Upper bound.
        #[schemars(range(min = 0, max = MINUTES_PER_DAY))]
        high_minutes: f64,
    },
    /// Without memory.
    Exponential {
        /// Mean.
        #[schemars(range(min = 0, max = MINUTES_PER_DAY))]
        mean_minutes: f64,
    },
    /// Lognormal distribution.
    Lognormal {
        /// Median.
        #[schemars(range(min = 0, max = MINUTES_PER_DAY))]
        median_minutes: f64,
        /// Standard deviation of the log.
        #[schemars(range(min = 0.001, max = 2))]
        sd_log: f64,
    },
}

/// A triangular distribution of a share.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, JsonSchema)]
pub struct TriangularShare {
    /// Lower bound.
    pub low_share: f64,
    /// Most likely value.
    pub mode_share: f64,
    /// Upper bound.
    pub high_share: f64,
}
