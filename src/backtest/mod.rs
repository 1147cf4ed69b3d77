//! A simulated study against what was observed: scores, coverage, peaks and the slope of other IC
//! patients on COVID patients.
//!
//! Worlds are added one by one; everything else follows when the last one is there. A comparison
//! tunes nothing.

pub mod compared;
pub mod doubts;
pub mod part;
mod series;
mod baseline;
pub mod scores;
pub mod shape;

pub use compared::Compared;
pub use part::Part;
pub use scores::{Forecaster, Scores};
pub use series::{Observation, Series};
pub use shape::Shape;

use crate::experiment::{PolicyRecord, StudyFrame};
use crate::model::Model;
use crate::observed::Observed;

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
        let series: Vec<Series> = Compared::ALL
            .into_iter()
            .map(|compared| Series::new(compared, frame, observed))
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
        for series in &mut self.series {
            series.add(&self.frame, record);
        }
        self.n_worlds += 1;
    }

    /// Scores the worlds against what was observed, beside forecasters to beat.
    ///
    /// # Panics
    /// Without a world.
    pub fn finish(self, model: &Model) -> Findings {
        assert!(self.n_worlds > 0, "a backtest has worlds");
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
    /// The scores of a forecaster in a series and a part of the window, when it makes a forecast of it.
    pub fn score(&self, part: Part, compared: Compared, forecaster: Forecaster) -> Option<&Scores> {
        let is_meant = |one: &&Scores| {
            one.part == part && one.compared == compared && one.forecaster == forecaster
        };
        self.scores.iter().find(is_meant)
    }
}
