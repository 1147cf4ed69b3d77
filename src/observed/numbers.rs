//! Observed numbers by series, region and date.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::observed::notes::Notes;
use crate::observed::series::ObservedSeries;

/// Observed numbers by series, region and date.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Observed {
    /// `None` is the country.
    pub(super) values: BTreeMap<(ObservedSeries, Option<String>), BTreeMap<Date, f64>>,
    pub(super) notes: Notes,
    pub(super) text: String,
}

impl Observed {
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

    /// All patients in the ICU, mean of the week, by the date at which both parts were observed.
    pub fn occupied_weeks(&self) -> impl Iterator<Item = (Date, f64)> + '_ {
        let covid = self.national(ObservedSeries::CovidIcWeek);
        covid.filter_map(|(date, covid)| {
            let other = self.on(ObservedSeries::OtherIcWeek, date)?;
            Some((date, covid + other))
        })
    }

    /// Number of observations of single regions.
    pub fn n_regional(&self) -> usize {
        let regional = self
            .values
            .iter()
            .filter(|((_, region), _)| region.is_some());
        regional.map(|(_, values)| values.len()).sum()
    }

    /// Number of observations on other days than these.
    pub fn n_outside(&self, days: &core::ops::RangeInclusive<Date>) -> usize {
        let dates = self.values.values().flat_map(BTreeMap::keys);
        dates.filter(|date| !days.contains(date)).count()
    }

    /// Number of observations.
    pub fn len(&self) -> usize {
        self.values.values().map(BTreeMap::len).sum()
    }

    /// Whether there is no observation.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The same without what was observed after `last`.
    #[must_use]
    pub fn until(&self, last: Date) -> Self {
        let mut until = self.clone();
        for values in until.values.values_mut() {
            values.retain(|date, _| *date <= last);
        }
        until
    }

    /// What the file says of itself.
    pub const fn notes(&self) -> &Notes {
        &self.notes
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
