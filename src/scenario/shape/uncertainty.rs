//! Figures that are not known exactly.

use schemars::JsonSchema;
use serde::Deserialize;

/// What is believed about one figure: exactly one of the distributions.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
pub struct UncertainFigure {
    /// All values between two bounds equally likely; default none.
    pub uniform: Option<Bounds>,
    /// A triangle over two bounds; default none.
    pub triangular: Option<Triangle>,
    /// Lognormal, cut off at its quantiles of 0.1 % and 99.9 %; default none.
    pub lognormal: Option<Lognormal>,
    /// These values, equally likely; default none.
    pub values: Option<Vec<f64>>,
}

/// Two bounds.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, JsonSchema)]
pub struct Bounds {
    /// Lower bound.
    pub low: f64,
    /// Upper bound.
    pub high: f64,
}

/// Two bounds and the most likely value between them.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, JsonSchema)]
pub struct Triangle {
    /// Lower bound.
    pub low: f64,
    /// Most likely value.
    pub mode: f64,
    /// Upper bound.
    pub high: f64,
}

/// A lognormal distribution.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, JsonSchema)]
pub struct Lognormal {
    /// Median.
    pub median: f64,
    /// Standard deviation of the log.
    pub sd_log: f64,
}

/// Sets of uncertain figures that fit a record together, as `zorgdruk calibrate` writes them.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
pub struct Posterior {
    /// Lines of comma-separated values: `set` and the paths of the figures, which `uncertainty` must hold; then the
    /// values of the line named `center`, which are those of the scenario; then one line per set, all equally likely.
    pub sets: String,
}
