//! A simulated study against what was observed: scores, coverage, peaks and the slope of other IC
//! patients on COVID patients.
//!
//! Worlds are added one by one, and their regions where these were observed; everything else follows
//! when the last one is there. A comparison tunes nothing.

pub mod compared;
pub mod doubts;
pub mod part;
mod series;
mod baseline;
pub mod scores;
pub mod regions;
pub mod shape;

pub use compared::Compared;
pub use part::Part;
pub use regions::RegionCounts;
pub use scores::{Forecaster, Scores};
pub use series::{Observation, Series};
pub use shape::Shape;

use crate::experiment::{PolicyRecord, StudyFrame};
use crate::model::Model;
use crate::observed::Observed;
use crate::outcome::RegionalDays;
use crate::units::RegionIdx;

/// Collects the worlds of one policy beside what was observed.
#[derive(Debug, Clone)]
pub struct Backtest {
    frame: StudyFrame,
    policy: usize,
    series: Vec<Series>,
    parts: Vec<Part>,
    n_worlds: u32,
}

/// What comes out of a backtest.
#[derive(Debug, Clone)]
pub struct Findings {
    /// Position of the policy in the frame.
    pub policy: usize,
    /// Number of worlds.
    pub n_worlds: u32,
    /// What was compared, with the simulated worlds; never empty.
    pub series: Vec<Series>,
    /// The parts of the window, ascending.
    pub parts: Vec<Part>,
    /// By part, series and forecaster.
    pub scores: Vec<Scores>,
    /// Peaks and slopes.
    pub shapes: Vec<Shape>,
}

impl Backtest {
    /// A backtest of the study in `frame` under the policy at a position; `None` when nothing was
    /// observed in its window that it simulates. Parts are scored apart.
    pub fn new(
        frame: &StudyFrame,
        policy: usize,
        observed: &Observed,
        parts: Vec<Part>,
    ) -> Option<Self> {
        let national = Compared::ALL.into_iter();
        let national = national.map(|compared| Series::national(compared, frame, observed));
        let regions = (0..frame.regions.len()).map(RegionIdx::at);
        let regional = regions.map(|region| Series::regional(region, frame, observed));
        let series: Vec<Series> = national
            .chain(regional)
            .filter(|series| !series.observed.is_empty())
            .collect();
        (!series.is_empty()).then(|| Self {
            frame: frame.clone(),
            policy,
            series,
            parts,
            n_worlds: 0,
        })
    }

    /// Position of the policy in the frame.
    pub const fn policy(&self) -> usize {
        self.policy
    }

    /// Adds one world; its number does not matter, the order of worlds does not either.
    pub fn add(&mut self, record: &PolicyRecord) {
        for series in self.series.iter_mut().filter(|one| one.region.is_none()) {
            series.add(&self.frame, record);
        }
        self.n_worlds += 1;
    }

    /// Whether single regions were observed, so that [`Self::add_regions`] is to be called for each world too.
    pub fn has_regions(&self) -> bool {
        self.series.iter().any(|series| series.region.is_some())
    }

    /// Adds the regions of one world.
    pub fn add_regions(&mut self, days: &RegionalDays) {
        for series in &mut self.series {
            if let Some(region) = series.region {
                series.add_region(region, days);
            }
        }
    }

    /// Scores the worlds against what was observed, beside forecasters to beat.
    ///
    /// # Panics
    /// Without a world, or when the regions of some were not added.
    pub fn finish(self, model: &Model) -> Findings {
        assert!(self.n_worlds > 0, "a backtest has worlds");
        for series in &self.series {
            assert_eq!(series.n_worlds(), self.n_worlds as usize, "all worlds");
        }
        let of_part = |part: &Part| {
            let series = self.series.iter();
            let scores: Vec<Scores> = series
                .flat_map(|series| scores::of_series(series, model, *part))
                .collect();
            scores
        };
        let scores = self.parts.iter().flat_map(of_part).collect();
        Findings {
            policy: self.policy,
            n_worlds: self.n_worlds,
            shapes: shape::shapes(&self.series),
            series: self.series,
            parts: self.parts,
            scores,
        }
    }
}

impl Findings {
    /// The scores of a forecaster in a national series and a part of the window, when it makes a forecast of it.
    pub fn score(&self, part: Part, compared: Compared, forecaster: Forecaster) -> Option<&Scores> {
        self.score_in(part, (compared, None), forecaster)
    }

    /// The same of a region, or of the country.
    pub fn score_in(
        &self,
        part: Part,
        (compared, region): (Compared, Option<RegionIdx>),
        forecaster: Forecaster,
    ) -> Option<&Scores> {
        let is_meant = |one: &&Scores| {
            let what = (one.compared, one.region, one.forecaster);
            one.part == part && what == (compared, region, forecaster)
        };
        self.scores.iter().find(is_meant)
    }

    /// How the regions fare in a part of the window, when single regions were observed in it.
    pub fn regions(&self, part: Part) -> Option<RegionCounts> {
        RegionCounts::new(&self.scores, part)
    }
}
