//! Distributions as they are written: `{ gamma = { mean_days = 14.3, shape = 1.45 } }`.

use serde::Deserialize;

/// A distribution of days.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Duration {
    /// Always the same.
    Fixed {
        /// The value.
        days: f64,
    },
    /// All values between two bounds equally likely.
    Uniform {
        /// Lower bound.
        low_days: f64,
        /// Upper bound.
        high_days: f64,
    },
    /// A triangle over two bounds.
    Triangular {
        /// Lower bound.
        low_days: f64,
        /// Most likely value.
        mode_days: f64,
        /// Upper bound.
        high_days: f64,
    },
    /// Without memory.
    Exponential {
        /// Mean.
        mean_days: f64,
    },
    /// Gamma distribution.
    Gamma {
        /// Mean.
        mean_days: f64,
        /// Shape: 1 over the squared coefficient of variation.
        shape: f64,
    },
    /// Lognormal distribution.
    Lognormal {
        /// Median.
        median_days: f64,
        /// Standard deviation of the log.
        sd_log: f64,
    },
    /// Weibull distribution.
    Weibull {
        /// Mean.
        mean_days: f64,
        /// Shape; below 1 the tail is heavier than exponential.
        shape: f64,
    },
}

/// A distribution of operating time in minutes.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum OperatingTime {
    /// Always the same.
    Fixed {
        /// The value.
        minutes: f64,
    },
    /// A triangle over two bounds.
    Triangular {
        /// Lower bound.
        low_minutes: f64,
        /// Most likely value.
        mode_minutes: f64,
        /// Upper bound.
        high_minutes: f64,
    },
    /// Without memory.
    Exponential {
        /// Mean.
        mean_minutes: f64,
    },
    /// Lognormal distribution.
    Lognormal {
        /// Median.
        median_minutes: f64,
        /// Standard deviation of the log.
        sd_log: f64,
    },
}

/// A triangular distribution of a share.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TriangularShare {
    /// Lower bound, 0 to 1.
    pub low_share: f64,
    /// Most likely value, 0 to 1.
    pub mode_share: f64,
    /// Upper bound, 0 to 1.
    pub high_share: f64,
}
