//! Checking values of a scenario against each other, without stopping at the first mistake.

use crate::model::demand::Stay;
use crate::name::Name;
use crate::random::{Distribution, QuantileTable};
use crate::scenario::shape::{Duration, OperatingTime};
use crate::scenario::{Scenario, Violation, is_key, limits, listed};
use crate::units::MINUTES_PER_DAY;

/// Shares that sum to 1 within this much are taken as rounded, and scaled.
const SUM_TOLERANCE: f64 = 0.001;

/// Everything that is wrong in a scenario, each with its place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", listed(.0))]
pub struct InvalidModel(pub Vec<Violation>);

/// Collects what is wrong in a scenario; methods give a usable value back.
#[derive(Debug)]
pub(super) struct Checker<'a> {
    scenario: &'a Scenario,
    violations: Vec<Violation>,
}

impl<'a> Checker<'a> {
    pub(super) const fn new(scenario: &'a Scenario) -> Self {
        Self {
            scenario,
            violations: Vec::new(),
        }
    }

    /// What was noted so far, if anything was.
    pub(super) fn result(&self) -> Result<(), InvalidModel> {
        if self.violations.is_empty() {
            return Ok(());
        }
        Err(InvalidModel(self.violations.clone()))
    }

    /// Notes that the value at `path` is wrong.
    pub(super) fn fail(&mut self, path: &str, message: &str, allowed: Option<String>) {
        // Finding a line takes time, and nobody reads more than this.
        if self.violations.len() < limits::VIOLATIONS {
            self.violations
                .push(self.scenario.violation(path, message, allowed));
        }
    }

    /// The length of a list.
    pub(super) fn at_most(&mut self, path: &str, length: usize, most: usize) {
        if length > most {
            self.fail(
                path,
                &format!("there are {length}"),
                Some(format!("at most {most}")),
            );
        }
    }

    /// Shares that make up a whole, scaled to sum to 1 exactly but for rounding.
    pub(super) fn whole_of_shares(&mut self, path: &str, shares: &[f64]) -> Vec<f64> {
        let sum: f64 = shares.iter().sum();
        if (sum - 1.0).abs() > SUM_TOLERANCE {
            self.fail(
                path,
                &format!("these shares sum to {sum:.4}"),
                Some("a sum of 1".to_owned()),
            );
        }
        let divisor = if sum > 0.0 { sum } else { 1.0 };
        shares.iter().map(|share| share / divisor).collect()
    }

    /// A short machine name.
    pub(super) fn key(&mut self, path: &str, key: &str) {
        if !is_key(key) {
            let allowed =
                "lower-case letters, digits, hyphens, and dots between digits, at most 64"
                    .to_owned();
            self.fail(path, "not a key", Some(allowed));
        }
    }

    /// Keys that must be valid and differ from each other; `path` gives the path of each.
    pub(super) fn keys(&mut self, keys: &[&str], path: impl Fn(usize) -> String) {
        for (n, key) in keys.iter().enumerate() {
            self.key(&path(n), key);
            if keys[..n].contains(key) {
                self.fail(&path(n), "this key is taken already", None);
            }
        }
    }

    /// Names for readers that must differ from each other: two things that look alike cannot be told
    /// apart in a report.
    pub(super) fn names(&mut self, names: &[&Name], path: impl Fn(usize) -> String) {
        let shown: Vec<_> = names.iter().map(|name| as_read(name)).collect();
        for (n, name) in shown.iter().enumerate() {
            let is_taken = |earlier: &[String; 2]| (0..2).any(|at| earlier[at] == name[at]);
            if shown[..n].iter().any(is_taken) {
                self.fail(&path(n), "another one is called the same", None);
            }
        }
    }

    /// A stay with its table in minutes.
    pub(super) fn stay(&mut self, path: &str, duration: &Duration) -> Stay {
        self.tabulate(path, days(duration))
    }

    /// An operating time with its table in minutes.
    pub(super) fn operating_time(&mut self, path: &str, time: &OperatingTime) -> Stay {
        self.tabulate(path, minutes(time))
    }

    /// The quantile table of a distribution, or of a stand-in.
    pub(super) fn table(
        &mut self,
        path: &str,
        distribution: &Distribution,
        ticks_per_unit: u32,
    ) -> QuantileTable {
        QuantileTable::new(distribution, ticks_per_unit).unwrap_or_else(|error| {
            self.fail(path, &error.to_string(), None);
            stand_in(ticks_per_unit)
        })
    }

    fn tabulate(&mut self, path: &str, days: Distribution) -> Stay {
        Stay {
            table: self.table(path, &days, MINUTES_PER_DAY),
            days,
        }
    }
}

/// A name as a reader takes it in each language: blanks and capitals make no difference.
fn as_read(name: &Name) -> [String; 2] {
    [&name.en, &name.nl].map(|text| {
        let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
        words.join(" ")
    })
}

/// A duration in days.
const fn days(duration: &Duration) -> Distribution {
    use Duration as D;
    match *duration {
        D::Fixed { days } => Distribution::Deterministic { value: days },
        D::Uniform {
            low_days,
            high_days,
        } => Distribution::uniform(low_days, high_days),
        D::Triangular {
            low_days,
            mode_days,
            high_days,
        } => Distribution::triangular(low_days, mode_days, high_days),
        D::Exponential { mean_days } => Distribution::Exponential { mean: mean_days },
        D::Gamma { mean_days, shape } => Distribution::gamma(mean_days, shape),
        D::Lognormal {
            median_days,
            sd_log,
        } => Distribution::log_normal(median_days, sd_log),
        D::Weibull { mean_days, shape } => Distribution::weibull(mean_days, shape),
    }
}

/// An operating time in days.
fn minutes(time: &OperatingTime) -> Distribution {
    use OperatingTime as T;
    let days = |minutes: f64| minutes / f64::from(MINUTES_PER_DAY);
    match *time {
        T::Fixed { minutes } => Distribution::Deterministic {
            value: days(minutes),
        },
        T::Triangular {
            low_minutes,
            mode_minutes,
            high_minutes,
        } => Distribution::triangular(days(low_minutes), days(mode_minutes), days(high_minutes)),
        T::Exponential { mean_minutes } => Distribution::Exponential {
            mean: days(mean_minutes),
        },
        T::Lognormal {
            median_minutes,
            sd_log,
        } => Distribution::log_normal(days(median_minutes), sd_log),
    }
}

/// The path of `key` in the table at `path`.
pub(super) fn below(path: &str, key: &str) -> String {
    format!("{path}.{key}")
}

#[expect(clippy::expect_used, reason = "a constant always has a table")]
fn stand_in(ticks_per_unit: u32) -> QuantileTable {
    QuantileTable::new(&Distribution::Deterministic { value: 1.0 }, ticks_per_unit)
        .expect("a constant always has a table")
}
