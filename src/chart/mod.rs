//! Charts: each figure is one file with a plain input and one function `draw`.
//!
//! Every input holds numbers that were computed elsewhere and every word that is printed, so the
//! language is the caller's choice. A chart places and formats; it never estimates, and it writes
//! no files. The same input gives the same bytes.
//!
//! The way through: input → page (title, caption) → canvas (a display list in logical pixels) →
//! [`svg::Svg`] (text, through plotters) → PNG (through resvg with embedded fonts).

pub mod dose;
pub mod fan;
pub mod forest;
pub mod funnel;
pub mod heat;
pub mod ladder;
pub mod numbers;
pub mod palette;
pub mod phases;
pub mod survival;
pub mod svg;
pub mod theme;
pub mod tilemap;
pub mod timeline;
pub mod tornado;
pub mod tradeoff;
pub mod transfers;
pub mod waterfall;

mod axis;
mod bars;
mod canvas;
mod ends;
mod font;
mod ink;
mod key;
mod page;
pub(crate) mod pdf;
mod rows;
#[cfg(test)]
mod samples;
mod scale;
mod text;

pub use page::Words;

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

    fn checked(self, what: &str) -> Result<Self, ChartError> {
        for number in [self.value, self.low, self.high] {
            finite(what, number)?;
        }
        if self.low <= self.value && self.value <= self.high {
            return Ok(self);
        }
        let value = format!("{} in [{}, {}]", self.value, self.low, self.high);
        Err(ChartError::Value {
            what: what.to_owned(),
            value,
            range: "low <= value <= high",
        })
    }
}

fn finite(what: &str, value: f64) -> Result<f64, ChartError> {
    within(what, value, f64::MIN..=f64::MAX, "finite numbers")
}

fn within(
    what: &str,
    value: f64,
    range: core::ops::RangeInclusive<f64>,
    words: &'static str,
) -> Result<f64, ChartError> {
    if range.contains(&value) {
        return Ok(value);
    }
    Err(ChartError::Value {
        what: what.to_owned(),
        value: value.to_string(),
        range: words,
    })
}

fn ordered(what: &str, (low, high): (f64, f64)) -> Result<(), ChartError> {
    if low <= high {
        return Ok(());
    }
    Err(ChartError::Value {
        what: what.to_owned(),
        value: format!("[{low}, {high}]"),
        range: "low <= high",
    })
}

fn at_least(what: &str, least: usize, found: usize) -> Result<(), ChartError> {
    if found >= least {
        return Ok(());
    }
    Err(ChartError::TooFew {
        what: what.to_owned(),
        least,
        found,
    })
}

fn same_length(what: &str, expected: usize, found: usize) -> Result<(), ChartError> {
    if expected == found {
        return Ok(());
    }
    Err(ChartError::Length {
        what: what.to_owned(),
        expected,
        found,
    })
}
