//! What the inputs of all charts share: estimates with an interval, and checks of numbers.

use core::ops::RangeInclusive;

/// Why a chart could not be drawn.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum ChartError {
    /// A figure needs more of something than it was given.
    #[error("{what}: at least {least} needed, {found} given")]
    TooFew {
        /// The part of the input.
        what: String,
        /// The smallest number that can be drawn.
        least: usize,
        /// The number given.
        found: usize,
    },
    /// Two parts of the input that belong together differ in length.
    #[error("{what}: {expected} values expected, {found} given")]
    Length {
        /// The part of the input.
        what: String,
        /// The length that the rest of the input implies.
        expected: usize,
        /// The length found.
        found: usize,
    },
    /// A number is infinite, not a number, or outside the range that its meaning allows.
    #[error("{what}: {value} is not in the allowed range {range}")]
    Value {
        /// The part of the input.
        what: String,
        /// The value as text.
        value: String,
        /// The allowed range as text.
        range: &'static str,
    },
    /// An embedded font is missing or damaged.
    #[error("embedded font {0} cannot be read")]
    Font(&'static str),
    /// The drawing library refused.
    #[error("drawing failed: {0}")]
    Backend(String),
    /// The picture could not be turned into pixels.
    #[error("rendering to PNG failed: {0}")]
    Render(String),
}

impl ChartError {
    /// The error of a value outside its range.
    pub(crate) fn value(what: &str, value: String, range: &'static str) -> Self {
        Self::Value {
            what: what.to_owned(),
            value,
            range,
        }
    }
}

/// A point estimate with its interval, in the unit of the figure that prints it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The point estimate.
    pub value: f64,
    /// Lower end of the interval, at most `value`.
    pub low: f64,
    /// Upper end of the interval, at least `value`.
    pub high: f64,
}

impl Estimate {
    /// An estimate with its interval ends, checked only when it is drawn.
    pub const fn new(value: f64, low: f64, high: f64) -> Self {
        Self { value, low, high }
    }

    /// Both ends of the interval.
    pub(crate) const fn ends(self) -> [f64; 2] {
        [self.low, self.high]
    }

    /// Refuses an interval that is not finite or does not hold its estimate.
    pub(crate) fn check(self, what: &str) -> Result<(), ChartError> {
        finite(what, [self.value, self.low, self.high])?;
        if self.low <= self.value && self.value <= self.high {
            return Ok(());
        }
        let value = format!("{} in [{}, {}]", self.value, self.low, self.high);
        Err(ChartError::value(what, value, "low <= value <= high"))
    }
}

/// Refuses a value outside `range`, which `words` describe.
pub(crate) fn within(
    what: &str,
    value: f64,
    range: RangeInclusive<f64>,
    words: &'static str,
) -> Result<(), ChartError> {
    if range.contains(&value) {
        return Ok(());
    }
    Err(ChartError::value(what, value.to_string(), words))
}

/// Refuses infinity and what is not a number.
pub(crate) fn finite(what: &str, values: impl IntoIterator<Item = f64>) -> Result<(), ChartError> {
    let mut values = values.into_iter();
    values.try_for_each(|value| within(what, value, f64::MIN..=f64::MAX, "finite numbers"))
}

/// Refuses what is negative or not finite.
pub(crate) fn counts(what: &str, values: impl IntoIterator<Item = f64>) -> Result<(), ChartError> {
    let mut values = values.into_iter();
    values.try_for_each(|value| within(what, value, 0.0..=f64::MAX, "finite, not negative"))
}

/// Refuses what is no percentage of a whole.
pub(crate) fn percentages(
    what: &str,
    values: impl IntoIterator<Item = f64>,
) -> Result<(), ChartError> {
    let mut values = values.into_iter();
    values.try_for_each(|value| within(what, value, 0.0..=100.0, "0 to 100 %"))
}

/// Refuses an interval that is upside down.
pub(crate) fn ordered(what: &str, (low, high): (f64, f64)) -> Result<(), ChartError> {
    if low <= high {
        return Ok(());
    }
    let value = format!("[{low}, {high}]");
    Err(ChartError::value(what, value, "low <= high"))
}

/// Refuses values that do not ascend strictly.
pub(crate) fn ascending<T: PartialOrd>(what: &str, values: &[T]) -> Result<(), ChartError> {
    if values.is_sorted_by(|a, b| a < b) {
        return Ok(());
    }
    Err(ChartError::value(
        what,
        format!("unsorted {what}"),
        "ascending",
    ))
}

/// Refuses fewer than `least` of something.
pub(crate) fn at_least(what: &str, least: usize, found: usize) -> Result<(), ChartError> {
    if found >= least {
        return Ok(());
    }
    let what = what.to_owned();
    Err(ChartError::TooFew { what, least, found })
}

/// Refuses two parts of different length.
pub(crate) fn same_length(what: &str, expected: usize, found: usize) -> Result<(), ChartError> {
    if expected == found {
        return Ok(());
    }
    let what = what.to_owned();
    Err(ChartError::Length {
        what,
        expected,
        found,
    })
}
