//! The confidence level of an interval, as a type, so that levels are not scattered as literals.

use serde::{Deserialize, Serialize};

use crate::numeric::{Tail, normal, student_t};

/// A confidence level strictly between 0 and 1, stored as its complement, the error rate.
///
/// ```
/// use zorgdruk::statistics::confidence::Confidence;
/// assert!((Confidence::P95.z() - 1.959_963_985).abs() < 1e-9);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct Confidence {
    alpha: f64,
}

impl Confidence {
    /// 80 %.
    pub const P80: Self = Self { alpha: 0.20 };
    /// 90 %.
    pub const P90: Self = Self { alpha: 0.10 };
    /// 95 %, the level of everything that is published.
    pub const P95: Self = Self { alpha: 0.05 };

    /// The level `1 - alpha`; `None` unless `alpha` lies strictly between 0 and 1.
    pub fn from_alpha(alpha: f64) -> Option<Self> {
        (alpha > 0.0 && alpha < 1.0).then_some(Self { alpha })
    }

    /// The error rate, 0.05 at 95 %.
    pub const fn alpha(self) -> f64 {
        self.alpha
    }

    /// The level as a share, 0.95 at 95 %.
    pub fn level(self) -> f64 {
        1.0 - self.alpha
    }

    /// The level at which each of `m` statements must hold so that all hold together (Bonferroni).
    /// No statements count as one.
    #[must_use]
    pub fn each_of(self, m: usize) -> Self {
        Self {
            alpha: self.alpha / m.max(1) as f64,
        }
    }

    /// The level of a two-sided interval whose upper end is a one-sided bound at this level;
    /// levels of 50 % and below have none and are kept.
    #[must_use]
    pub fn one_sided(self) -> Self {
        Self::from_alpha(2.0 * self.alpha).unwrap_or(self)
    }

    /// Two-sided standard normal quantile, 1.96 at 95 %.
    pub fn z(self) -> f64 {
        normal::quantile(Tail::Upper(self.alpha / 2.0))
    }

    /// Two-sided Student quantile with `df` degrees of freedom.
    pub fn t(self, df: f64) -> f64 {
        student_t::quantile(df, Tail::Upper(self.alpha / 2.0))
    }
}

impl TryFrom<f64> for Confidence {
    type Error = String;

    fn try_from(alpha: f64) -> Result<Self, String> {
        Self::from_alpha(alpha).ok_or_else(|| format!("error rate {alpha} is not between 0 and 1"))
    }
}

impl From<Confidence> for f64 {
    fn from(confidence: Confidence) -> Self {
        confidence.alpha
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn simultaneous_normal_quantiles_match_the_table() {
        for (m, z) in [(11, 2.8376), (26, 3.1019), (286, 3.7529), (572, 3.9231)] {
            let found = Confidence::P95.each_of(m).z();
            assert!((found - z).abs() < 5e-5, "{m} statements: {found}");
        }
    }

    #[test]
    fn a_level_outside_the_open_unit_interval_is_refused() {
        for alpha in [0.0, 1.0, -0.1, f64::NAN] {
            assert_eq!(Confidence::from_alpha(alpha), None, "alpha {alpha}");
        }
    }

    #[test]
    fn a_one_sided_bound_doubles_the_error_rate() {
        assert_eq!(
            Confidence::P95.one_sided(),
            Confidence::P90,
            "95 % one-sided"
        );
        let half = Confidence::from_alpha(0.5).unwrap();
        assert_eq!(half.one_sided(), half, "no one-sided counterpart");
    }
}
