//! Checking values of a scenario against their ranges, without stopping at the first mistake.

use core::cell::Cell;
use core::fmt;
use core::ops::RangeInclusive;

use serde::de::value::{Error as ValueError, StrDeserializer};
use serde::de::{self, DeserializeOwned, Visitor};

use crate::model::demand::Stay;
use crate::model::validate::InvalidModel;
use crate::random::{Distribution, QuantileTable};
use crate::scenario::shape::{Duration, OperatingTime};
use crate::scenario::{Scenario, Violation, did_you_mean, is_key, limits};
use crate::units::{MINUTES_PER_DAY, PerMille};

/// What is said of a value whose own range it leaves, whatever other values are.
pub(super) const OUT_OF_RANGE: &str = "out of range";
/// Longest duration that a scenario may state, in days.
const LONGEST_DAYS: f64 = 1_000.0;
/// Shares that sum to 1 within this much are taken as rounded, and scaled.
const SUM_TOLERANCE: f64 = 0.001;

/// Collects what is wrong in a scenario; every method gives a usable value back.
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

    /// Everything that was noted.
    pub(super) fn into_violations(self) -> Vec<Violation> {
        self.violations
    }

    /// Notes that the value at `path` is wrong.
    pub(super) fn fail(&mut self, path: &str, message: &str, allowed: Option<String>) {
        // Finding a line takes time, and nobody reads more than this.
        if self.violations.len() < limits::VIOLATIONS {
            self.violations
                .push(self.scenario.violation(path, message, allowed));
        }
    }

    /// A number, or the nearest allowed one.
    pub(super) fn real(&mut self, path: &str, value: f64, range: RangeInclusive<f64>) -> f64 {
        if !range.contains(&value) {
            let allowed = format!("{} to {}", range.start(), range.end());
            self.fail(path, OUT_OF_RANGE, Some(allowed));
        }
        value.clamp(*range.start(), *range.end())
    }

    /// A whole number, or the nearest allowed one.
    pub(super) fn whole(&mut self, path: &str, value: i64, range: RangeInclusive<u32>) -> u32 {
        let nearest = value.clamp(i64::from(*range.start()), i64::from(*range.end()));
        if nearest != value {
            let allowed = format!("{} to {}", range.start(), range.end());
            self.fail(path, OUT_OF_RANGE, Some(allowed));
        }
        u32::try_from(nearest).unwrap_or_default()
    }

    /// As [`Self::whole`], for ranges that fit.
    pub(super) fn short(&mut self, path: &str, value: i64, range: RangeInclusive<u16>) -> u16 {
        let range = u32::from(*range.start())..=u32::from(*range.end());
        u16::try_from(self.whole(path, value, range)).unwrap_or(u16::MAX)
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

    /// A number of days.
    pub(super) fn days(&mut self, path: &str, value: i64) -> u16 {
        self.short(path, value, 0..=365)
    }

    /// A share or probability, 0 to 1.
    pub(super) fn share(&mut self, path: &str, value: f64) -> f64 {
        self.real(path, value, 0.0..=1.0)
    }

    /// A ratio from 0 to `most`, in thousandths.
    pub(super) fn permille(&mut self, path: &str, value: f64, most: f64) -> PerMille {
        PerMille::from_fraction(self.real(path, value, 0.0..=most))
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

    /// One of the choices of `T` by its name in files, or `fallback`.
    pub(super) fn choice<T: DeserializeOwned>(&mut self, path: &str, text: &str, fallback: T) -> T {
        let read = StrDeserializer::<ValueError>::new(text);
        if let Ok(choice) = T::deserialize(read) {
            return choice;
        }
        let known = choices::<T>();
        let message = format!("unknown choice{}", did_you_mean(text, known));
        self.fail(path, &message, Some(known.join(", ")));
        fallback
    }

    /// A stay with its table in minutes.
    pub(super) fn stay(&mut self, path: &str, duration: &Duration) -> Stay {
        let distribution = self.duration(path, duration);
        self.tabulate(path, distribution)
    }

    /// An operating time with its table in minutes.
    pub(super) fn operating_time(&mut self, path: &str, time: &OperatingTime) -> Stay {
        let distribution = self.minutes(path, time);
        self.tabulate(path, distribution)
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

    fn duration(&mut self, path: &str, duration: &Duration) -> Distribution {
        let mut days = |key: &str, value| self.real(&below(path, key), value, 0.0..=LONGEST_DAYS);
        match *duration {
            Duration::Fixed { days: value } => Distribution::Deterministic {
                value: days("fixed.days", value),
            },
            Duration::Uniform {
                low_days,
                high_days,
            } => Distribution::Uniform {
                low: days("uniform.low_days", low_days),
                high: days("uniform.high_days", high_days),
            },
            Duration::Triangular {
                low_days,
                mode_days,
                high_days,
            } => Distribution::Triangular {
                low: days("triangular.low_days", low_days),
                mode: days("triangular.mode_days", mode_days),
                high: days("triangular.high_days", high_days),
            },
            Duration::Exponential { mean_days } => Distribution::Exponential {
                mean: days("exponential.mean_days", mean_days),
            },
            Duration::Gamma { mean_days, shape } => Distribution::Gamma {
                mean: days("gamma.mean_days", mean_days),
                shape: self.real(&below(path, "gamma.shape"), shape, 0.05..=1_000.0),
            },
            Duration::Lognormal {
                median_days,
                sd_log,
            } => Distribution::LogNormal {
                median: days("lognormal.median_days", median_days),
                sigma: self.real(&below(path, "lognormal.sd_log"), sd_log, 0.001..=3.0),
            },
            Duration::Weibull { mean_days, shape } => Distribution::Weibull {
                mean: days("weibull.mean_days", mean_days),
                shape: self.real(&below(path, "weibull.shape"), shape, 0.2..=50.0),
            },
        }
    }

    fn minutes(&mut self, path: &str, time: &OperatingTime) -> Distribution {
        let a_day = f64::from(MINUTES_PER_DAY);
        let mut days = |key: &str, value| self.real(&below(path, key), value, 0.0..=a_day) / a_day;
        match *time {
            OperatingTime::Fixed { minutes } => Distribution::Deterministic {
                value: days("fixed.minutes", minutes),
            },
            OperatingTime::Triangular {
                low_minutes,
                mode_minutes,
                high_minutes,
            } => Distribution::Triangular {
                low: days("triangular.low_minutes", low_minutes),
                mode: days("triangular.mode_minutes", mode_minutes),
                high: days("triangular.high_minutes", high_minutes),
            },
            OperatingTime::Exponential { mean_minutes } => Distribution::Exponential {
                mean: days("exponential.mean_minutes", mean_minutes),
            },
            OperatingTime::Lognormal {
                median_minutes,
                sd_log,
            } => Distribution::LogNormal {
                median: days("lognormal.median_minutes", median_minutes),
                sigma: self.real(&below(path, "lognormal.sd_log"), sd_log, 0.001..=2.0),
            },
        }
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

/// The names of the choices of an enum, as its `Deserialize` declares them.
fn choices<T: DeserializeOwned>() -> &'static [&'static str] {
    let names = Cell::new(&[][..]);
    // The reader refuses every enum after it has noted the names, so nothing is ever read.
    drop(T::deserialize(NamesOf(&names)));
    names.get()
}

struct NamesOf<'a>(&'a Cell<&'static [&'static str]>);

impl<'de> de::Deserializer<'de> for NamesOf<'_> {
    type Error = ValueError;

    fn deserialize_any<V: Visitor<'de>>(self, _visitor: V) -> Result<V::Value, ValueError> {
        Err(de::Error::custom(fmt::Error))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ValueError> {
        self.0.set(variants);
        self.deserialize_any(visitor)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::levers::LoanTrigger;

    #[test]
    fn the_names_of_choices_are_those_of_the_files() {
        let names = choices::<LoanTrigger>();
        assert_eq!(names[0], "never", "the first");
        assert_eq!(names[2], "from-phase-2d", "a renamed one");
        assert_eq!(names.len(), 5, "all of them");
    }
}
