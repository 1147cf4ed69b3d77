//! How single regions fare, counted over them.

use crate::backtest::part::Part;
use crate::backtest::scores::{Forecaster, LEVELS, Scores};
use crate::backtest::series::{Observation, Series};

/// A band holds a region when at least this share of what was observed lies in it.
pub const HELD_SHARE: f64 = 0.6;
/// The band meant, of 80 %: its position in [`LEVELS`].
pub const BAND: usize = 1;

/// Regions of one part of the window, counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RegionCounts {
    /// Regions that were observed.
    pub regions: usize,
    /// Those that the band of 80 % holds.
    pub held: usize,
    /// Those with a weighted interval score below that of the last value.
    pub beat_last_value: usize,
    /// Those with a weighted interval score below that of a bed for everyone.
    pub beat_beds_for_everyone: usize,
}

impl RegionCounts {
    /// Counts the regions in `scores`; `None` when no single region was scored in that part.
    pub(super) fn new(scores: &[Scores], part: Part) -> Option<Self> {
        let regional: Vec<&Scores> = scores
            .iter()
            .filter(|one| one.region.is_some() && one.part == part)
            .collect();
        let by = |forecaster| {
            let all = regional.iter().copied();
            all.filter(move |one| one.forecaster == forecaster)
        };
        let beaten = |forecaster| {
            let is_beaten = |own: &&Scores| {
                by(forecaster).any(|other| {
                    other.region == own.region
                        && own.interval_score.total() < other.interval_score.total()
                })
            };
            by(Forecaster::Simulation).filter(is_beaten).count()
        };
        let held = by(Forecaster::Simulation).filter(|one| one.coverage[BAND] >= HELD_SHARE);
        let counts = Self {
            regions: by(Forecaster::Simulation).count(),
            held: held.count(),
            beat_last_value: beaten(Forecaster::LastValue),
            beat_beds_for_everyone: beaten(Forecaster::BedsForEveryone),
        };
        (counts.regions > 0).then_some(counts)
    }
}

/// How many observations of a series lie in the band of 80 % of the worlds.
pub fn in_band(series: &Series) -> usize {
    let is_inside = |one: &&Observation| {
        let worlds = series.forecast(one.position);
        worlds.central(LEVELS[BAND]).contains(one.value)
    };
    series.observed.iter().filter(is_inside).count()
}

/// Whether the band of 80 % holds a series.
pub fn is_held(series: &Series) -> bool {
    in_band(series) as f64 >= HELD_SHARE * series.observed.len() as f64
}
