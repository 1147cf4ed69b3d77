//! What a published number consists of: a value, an interval, the interval's kind, and a status.

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::statistics::confidence::Confidence;
use crate::statistics::rounding::at_least;
use crate::units::listed::named;

/// Fewest replications behind any estimate that is not marked insufficient.
pub const MIN_REPLICATIONS: u64 = 64;
/// Fewest non-zero observations behind a mean that is not marked insufficient.
pub const MIN_NONZERO: u64 = 30;

/// A point estimate with its uncertainty and the reader's warning, if any.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// The point estimate, in the unit of the observations; not a number without observations.
    pub value: f64,
    /// The interval around it; an end that the data do not fix is infinite.
    pub interval: Interval,
    /// Which uncertainty the interval shows, and how it was computed.
    pub kind: IntervalKind,
    /// Number of replications.
    pub n: u64,
    /// Whether the number may be used as it stands.
    pub status: Status,
}

impl Estimate {
    /// The same in another unit: value and interval times `factor`, which is positive.
    #[must_use]
    pub fn scaled(mut self, factor: f64) -> Self {
        self.value *= factor;
        self.interval.low *= factor;
        self.interval.high *= factor;
        self
    }

    /// The status as a word, and roughly how many replications would be enough when there are too
    /// few.
    pub fn standing(&self) -> (&'static str, Option<u64>) {
        if !self.value.is_finite() {
            return ("not_estimable", None);
        }
        match self.status {
            Status::Ok if self.interval.is_bounded() => ("ok", None),
            Status::Ok => ("unbounded", None),
            Status::Insufficient { needed } => ("insufficient", Some(needed)),
            Status::TargetNotMet { predicted_n } => ("target_not_met", Some(predicted_n)),
        }
    }

    /// The interval as it may be published. Worlds that happen to agree say nothing about the ones not
    /// seen: an interval of no width behind too few of them is the whole line.
    pub fn published(&self) -> Interval {
        let is_insufficient = matches!(self.status, Status::Insufficient { .. });
        if is_insufficient && self.interval.width() <= 0.0 {
            return Interval::UNBOUNDED;
        }
        self.interval
    }

    /// The same, moved by a known number.
    #[must_use]
    pub fn shifted(mut self, by: f64) -> Self {
        self.value += by;
        self.interval.low += by;
        self.interval.high += by;
        self
    }

    /// The same with the other sign.
    #[must_use]
    pub fn negated(mut self) -> Self {
        self.value = -self.value;
        self.interval = Interval::between(-self.interval.low, -self.interval.high);
        self
    }

    /// The same with the interval clipped to the possible values. A side without a bound stays without
    /// one, because a limit of what is possible is not a finding.
    #[must_use]
    pub fn limited_to(mut self, possible: Interval) -> Self {
        if self.interval.low.is_finite() {
            self.interval.low = self.interval.low.max(possible.low);
        }
        if self.interval.high.is_finite() {
            self.interval.high = self.interval.high.min(possible.high);
        }
        self
    }

    /// The longer arm of the interval, in the unit of the value.
    pub fn reach(&self) -> f64 {
        self.interval.reach(self.value)
    }
}

/// A closed interval; an infinite end says that the data give no bound on that side.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Interval {
    /// The whole line: the data say nothing.
    pub const UNBOUNDED: Self = Self {
        low: f64::NEG_INFINITY,
        high: f64::INFINITY,
    };

    /// The interval with these two ends, given in either order.
    pub fn between(a: f64, b: f64) -> Self {
        Self {
            low: a.min(b),
            high: a.max(b),
        }
    }

    /// The interval `center ± half_width`.
    pub fn around(center: f64, half_width: f64) -> Self {
        Self {
            low: center - half_width,
            high: center + half_width,
        }
    }

    /// The interval cut off at the ends of `range`.
    #[must_use]
    pub fn within(self, range: Self) -> Self {
        Self {
            low: self.low.max(range.low),
            high: self.high.min(range.high),
        }
    }

    /// Whether `x` lies in the interval, ends included.
    pub fn contains(self, x: f64) -> bool {
        self.low <= x && x <= self.high
    }

    /// Whether both ends are finite.
    pub const fn is_bounded(self) -> bool {
        self.low.is_finite() && self.high.is_finite()
    }

    /// Distance between the ends.
    pub fn width(self) -> f64 {
        self.high - self.low
    }

    /// Distance from `value` to the farther end: the error that the interval does not exclude.
    pub fn reach(self, value: f64) -> f64 {
        (value - self.low).max(self.high - value)
    }
}

named! {
    /// Which of three uncertainties an interval shows; they are never mixed.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum Uncertainty, prefix {
        /// Error of simulating finitely many worlds; shrinks with their number.
        MonteCarlo = "mc",
        /// Spread between possible worlds; does not shrink.
        Prediction = "pred",
        /// Uncertainty about parameters and structure.
        Parameter = "param",
    }
}

named! {
    /// How an interval was computed.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum Method, name {
        /// Wilson score interval for a proportion.
        Wilson = "wilson",
        /// Equal-tailed Bayesian interval for a proportion under the Jeffreys prior.
        Jeffreys = "jeffreys",
        /// Exact (conservative) interval for a proportion.
        ClopperPearson = "clopper_pearson",
        /// One-sided bound, for zero events or for nothing but events.
        Bound = "bound",
        /// Student interval for a mean.
        StudentT = "student_t",
        /// Student interval corrected for skewness.
        WillinkT = "willink_t",
        /// Ratio of means by linearization.
        Delta = "delta",
        /// Ratio of means by linearization, corrected for skewness.
        DeltaWillink = "delta_willink",
        /// Ratio of means by inverting the test of each candidate ratio.
        Fieller = "fieller",
        /// Ratio of means by leaving out one replication at a time.
        Jackknife = "jackknife",
        /// Adjusted interval for a difference of paired proportions.
        BonettPrice = "bonett_price",
        /// Two order statistics around a quantile.
        OrderStatistic = "order_statistic",
        /// Percentiles of estimates over resampled replications.
        Bootstrap = "bootstrap",
        /// Student interval for a mean, or a ratio by linearization, adjusted by control variates.
        ControlVariates = "control_variates",
        /// A quantile over patients by inverting the intervals of shares of patients.
        Woodruff = "woodruff",
    }
}

/// The label of an interval: which uncertainty, at which level, by which method.
///
/// ```
/// use zorgdruk::statistics::{confidence::Confidence, interval::{IntervalKind, Method}};
/// let kind = IntervalKind::monte_carlo(Confidence::P95, Method::WillinkT);
/// assert_eq!(kind.to_string(), "mc95 willink_t");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct IntervalKind {
    /// The uncertainty that is shown.
    pub uncertainty: Uncertainty,
    /// The nominal level.
    pub confidence: Confidence,
    /// The method.
    pub method: Method,
}

impl IntervalKind {
    /// An interval for Monte Carlo error.
    pub const fn monte_carlo(confidence: Confidence, method: Method) -> Self {
        Self {
            uncertainty: Uncertainty::MonteCarlo,
            confidence,
            method,
        }
    }
}

impl fmt::Display for IntervalKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // One decimal at most: 95, not 95.00000000000001.
        let percent = (self.confidence.level() * 1_000.0).round() / 10.0;
        write!(
            f,
            "{}{percent} {}",
            self.uncertainty.prefix(),
            self.method.name()
        )
    }
}

/// Whether an estimate may be used as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Enough data, and the precision target (if any) is met.
    Ok,
    /// Too few replications or non-zero observations for the nominal level to be trusted.
    Insufficient {
        /// Estimated number of replications needed.
        needed: u64,
    },
    /// The cap was reached before the interval was as narrow as asked.
    TargetNotMet {
        /// Predicted number of replications that meet the target.
        predicted_n: u64,
    },
}

impl Status {
    /// The data-sufficiency rule for a mean: at least [`MIN_REPLICATIONS`] replications, of which at
    /// least [`MIN_NONZERO`] differ from zero.
    ///
    /// The number needed extrapolates the share of non-zero replications; with none at all it
    /// supposes that the next one would have been the first.
    pub fn of_mean(n: u64, nonzero: u64) -> Self {
        if nonzero >= MIN_NONZERO {
            return Self::of_count(n);
        }
        let (seen, share) = if nonzero == 0 {
            (n + 1, 1)
        } else {
            (n, nonzero)
        };
        let needed = (MIN_NONZERO * seen).div_ceil(share).max(MIN_REPLICATIONS);
        Self::Insufficient { needed }
    }

    /// The rule for methods that hold whatever the observations are: enough replications.
    pub const fn of_count(n: u64) -> Self {
        if n >= MIN_REPLICATIONS {
            Self::Ok
        } else {
            Self::Insufficient {
                needed: MIN_REPLICATIONS,
            }
        }
    }

    /// The status of an interval that reaches `reach` from the estimate after `n` replications, where
    /// `target` was asked: by the inverse-square law, `n (reach / target)^2` are needed.
    pub fn of_target(n: u64, reach: f64, target: f64) -> Self {
        if reach <= target {
            return Self::Ok;
        }
        let shortfall = reach / target;
        Self::TargetNotMet {
            predicted_n: at_least(n as f64 * shortfall * shortfall),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_name_the_uncertainty_and_the_level() {
        let label = |uncertainty, confidence| {
            IntervalKind {
                uncertainty,
                confidence,
                method: Method::OrderStatistic,
            }
            .to_string()
        };
        assert_eq!(
            label(Uncertainty::Prediction, Confidence::P80),
            "pred80 order_statistic",
            "80 %"
        );
        assert_eq!(
            label(Uncertainty::Parameter, Confidence::P90),
            "param90 order_statistic",
            "90 %"
        );
        let fine = Confidence::from_alpha(0.001).unwrap();
        assert_eq!(
            label(Uncertainty::MonteCarlo, fine),
            "mc99.9 order_statistic",
            "99.9 %"
        );
    }

    #[test]
    fn method_names_are_those_of_the_stored_form() {
        for method in [
            Method::Wilson,
            Method::ClopperPearson,
            Method::DeltaWillink,
            Method::Bound,
        ] {
            let stored = serde_json::to_string(&method).unwrap();
            assert_eq!(stored, format!("\"{}\"", method.name()), "{method:?}");
        }
    }

    #[test]
    fn sufficiency_asks_for_replications_and_for_events() {
        assert_eq!(Status::of_mean(64, 30), Status::Ok, "just enough");
        assert_eq!(
            Status::of_mean(63, 40),
            Status::Insufficient { needed: 64 },
            "few replications"
        );
        assert_eq!(
            Status::of_mean(1000, 7),
            Status::Insufficient { needed: 4286 },
            "few events"
        );
        assert_eq!(
            Status::of_mean(99, 0),
            Status::Insufficient { needed: 3000 },
            "no events"
        );
    }

    #[test]
    fn a_missed_target_predicts_by_the_inverse_square_law() {
        assert_eq!(Status::of_target(100, 0.5, 0.5), Status::Ok, "met exactly");
        let missed = Status::TargetNotMet { predicted_n: 400 };
        assert_eq!(Status::of_target(100, 1.0, 0.5), missed, "twice too wide");
    }

    #[test]
    fn the_reach_is_the_longer_arm() {
        let interval = Interval::between(3.0, -1.0);
        assert!(
            (interval.reach(0.0) - 3.0).abs() < 1e-15,
            "upper arm is longer"
        );
        assert!((interval.width() - 4.0).abs() < 1e-15, "width");
        assert!(
            Interval::UNBOUNDED.reach(0.0).is_infinite(),
            "no bound, no reach"
        );
    }
}
