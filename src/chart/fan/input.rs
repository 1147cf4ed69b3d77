//! What a fan shows.

use jiff::civil::Date;

use crate::chart::input::{ChartError, ascending, at_least, counts, ordered, same_length};
use crate::chart::page::Words;

/// Bands of occupancy over dates. All panels share both axes.
#[derive(Debug, Clone, PartialEq)]
pub struct Fan {
    /// Title, unit, caption, alternative text.
    pub words: Words,
    /// The dates of all series, ascending, at least two.
    pub dates: Vec<Date>,
    /// One to about twenty panels.
    pub panels: Vec<FanPanel>,
    /// Names of the bands for the legend, widest first, for example `95 %`.
    pub band_names: Vec<String>,
    /// Name of the median line in the legend.
    pub median_name: String,
    /// Name of the observed dots in the legend; drawn when any panel has dots.
    pub observed_name: String,
    /// Whether each panel is as wide as the page, because its lines have names.
    pub is_wide: bool,
    /// Vertical bands behind the data, in order of time.
    pub phases: Vec<PhaseSpan>,
}

/// One panel of a [`Fan`].
#[derive(Debug, Clone, PartialEq)]
pub struct FanPanel {
    /// Heading, for example the policy.
    pub title: String,
    /// Position in the categorical palette, kept by a policy throughout a report.
    pub color: usize,
    /// Lower and upper ends per date, widest band first; as many bands as names.
    pub bands: Vec<Band>,
    /// One value per date.
    pub median: Vec<f64>,
    /// What really happened, at any dates inside the axis.
    pub observed: Vec<(Date, f64)>,
    /// Capacity over time; solid, long-dashed, short-dashed, mixed in this order.
    pub capacities: Vec<Capacity>,
}

/// Lower and upper end of a band, one value per date.
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    /// Lower ends.
    pub lower: Vec<f64>,
    /// Upper ends.
    pub upper: Vec<f64>,
}

/// A capacity that steps from date to date.
#[derive(Debug, Clone, PartialEq)]
pub struct Capacity {
    /// Written at the end of the line.
    pub label: String,
    /// The value that holds from each date on.
    pub values: Vec<f64>,
}

/// A labeled run of days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhaseSpan {
    /// Short name, for example `2A`.
    pub label: String,
    /// First day.
    pub from: Date,
    /// First day after.
    pub until: Date,
}

impl Fan {
    /// The first and the last date.
    pub(super) fn days(&self) -> (Date, Date) {
        (self.dates[0], self.dates[self.dates.len() - 1])
    }

    /// The largest value of any series.
    pub(super) fn highest(&self) -> f64 {
        let series = self.panels.iter().flat_map(FanPanel::series).flatten();
        let dots = self.panels.iter().flat_map(|panel| &panel.observed);
        let all = series.chain(dots.map(|(_, value)| value));
        all.copied().fold(0.0, f64::max)
    }

    /// Refuses what cannot be drawn.
    pub(super) fn check(&self) -> Result<(), ChartError> {
        at_least("panels", 1, self.panels.len())?;
        at_least("dates", 2, self.dates.len())?;
        ascending("dates", &self.dates)?;
        for phase in &self.phases {
            self.check_date("phases", phase.from)?;
            self.check_date("phases", phase.until)?;
        }
        self.panels
            .iter()
            .try_for_each(|panel| self.check_panel(panel))
    }

    fn check_panel(&self, panel: &FanPanel) -> Result<(), ChartError> {
        let what = |part: &str| format!("{part} of panel '{}'", panel.title);
        same_length(&what("bands"), self.band_names.len(), panel.bands.len())?;
        for series in panel.series() {
            same_length(&what("series"), self.dates.len(), series.len())?;
            counts(&what("series"), series.iter().copied())?;
        }
        for band in &panel.bands {
            for (&lower, &upper) in band.lower.iter().zip(&band.upper) {
                ordered(&what("bands"), (lower, upper))?;
            }
        }
        for &(date, value) in &panel.observed {
            self.check_date(&what("observed"), date)?;
            counts(&what("observed"), [value])?;
        }
        Ok(())
    }

    fn check_date(&self, what: &str, date: Date) -> Result<(), ChartError> {
        let (first, last) = self.days();
        if (first..=last).contains(&date) {
            return Ok(());
        }
        Err(ChartError::value(
            what,
            date.to_string(),
            "the dates of the axis",
        ))
    }
}

impl FanPanel {
    /// Everything with one value per date.
    fn series(&self) -> impl Iterator<Item = &Vec<f64>> {
        let bands = self
            .bands
            .iter()
            .flat_map(|band| [&band.lower, &band.upper]);
        let capacities = self.capacities.iter().map(|capacity| &capacity.values);
        bands.chain(capacities).chain([&self.median])
    }
}
