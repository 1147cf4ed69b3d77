//! Observed series: what really happened, as a file of dated numbers.
//!
//! [`load`] reads a CSV file in long form (one row per number) and reports everything that is wrong
//! in it at once, each mistake at its line and column. This module does not know what is simulated.

mod parse;
mod series;

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::Date;

use crate::scenario::{Place, ScenarioErrors, Violation, read_bounded};

pub use series::{ObservedSeries, Rhythm};

/// Bytes of one file of observations: some 200 000 rows.
pub const FILE_BYTES: usize = 8 << 20;

/// Observed numbers by series, region and date.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Observed {
    /// `None` is the country.
    values: BTreeMap<(ObservedSeries, Option<String>), BTreeMap<Date, f64>>,
    text: String,
}

/// Reads the file at `path`; `regions` are the keys that its column `region` may hold.
///
/// # Errors
/// Everything that is wrong in the file.
pub fn load(path: &Path, regions: &[&str]) -> Result<Observed, ScenarioErrors> {
    let name = path.display().to_string();
    read_bounded(path, FILE_BYTES)
        .map_err(|error| unreadable(&name, &error.to_string()))
        .and_then(|text| Observed::parse(&text, &name, regions))
}

fn unreadable(name: &str, error: &str) -> ScenarioErrors {
    let violation = Violation {
        path: String::new(),
        place: Place::Whole(name.to_owned()),
        value: None,
        message: format!("cannot be read: {error}"),
        allowed: None,
    };
    ScenarioErrors::new(vec![violation], Vec::new(), None)
}

impl Observed {
    /// Reads the text of a file that messages call `name`.
    ///
    /// # Errors
    /// Everything that is wrong in the text.
    pub fn parse(text: &str, name: &str, regions: &[&str]) -> Result<Self, ScenarioErrors> {
        parse::parse(text, name, regions)
    }

    /// The national numbers of a series by date; empty when there are none.
    pub fn national(&self, series: ObservedSeries) -> impl Iterator<Item = (Date, f64)> + '_ {
        self.of(series, None)
    }

    /// The numbers of a region by date; empty when there are none.
    pub fn regional(
        &self,
        series: ObservedSeries,
        region: &str,
    ) -> impl Iterator<Item = (Date, f64)> + '_ {
        self.of(series, Some(region.to_owned()))
    }

    /// The national number of a series on a date.
    pub fn on(&self, series: ObservedSeries, date: Date) -> Option<f64> {
        self.values.get(&(series, None))?.get(&date).copied()
    }

    /// Number of observations of single regions.
    pub fn n_regional(&self) -> usize {
        let regional = self
            .values
            .iter()
            .filter(|((_, region), _)| region.is_some());
        regional.map(|(_, values)| values.len()).sum()
    }

    /// Number of observations.
    pub fn len(&self) -> usize {
        self.values.values().map(BTreeMap::len).sum()
    }

    /// Whether there is no observation.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The text that was read, byte for byte.
    pub fn text(&self) -> &str {
        &self.text
    }

    fn of(
        &self,
        series: ObservedSeries,
        region: Option<String>,
    ) -> impl Iterator<Item = (Date, f64)> + '_ {
        let values = self.values.get(&(series, region));
        values
            .into_iter()
            .flatten()
            .map(|(date, value)| (*date, *value))
    }
}
