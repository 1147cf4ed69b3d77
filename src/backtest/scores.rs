//! Scores of a simulation and of forecasters to beat.

use crate::backtest::baseline;
use crate::backtest::compared::Compared;
use crate::backtest::part::Part;
use crate::backtest::series::{Observation, Series};
use crate::model::Model;
use crate::statistics::score::{Ensemble, WeightedIntervalScore, mean_score};
use crate::units::RegionIdx;

/// Levels of the bands: where the worlds lie.
pub const LEVELS: [f64; 3] = [0.5, 0.8, 0.95];

/// Who makes a forecast.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Forecaster {
    /// The simulated worlds.
    Simulation,
    /// The last value seen, unchanged.
    LastValue,
    /// The expected wave with a bed for everyone.
    BedsForEveryone,
}

/// How well a forecaster did, on average over the observations of a series in a part of the window.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scores {
    /// The series.
    pub compared: Compared,
    /// The region; `None` is the country.
    pub region: Option<RegionIdx>,
    /// The part of the window.
    pub part: Part,
    /// Who made the forecast.
    pub forecaster: Forecaster,
    /// Number of observations, which depend on each other.
    pub n: usize,
    /// Share of observations within each band of [`LEVELS`].
    pub coverage: [f64; 3],
    /// Weighted interval score of median and bands.
    pub interval_score: WeightedIntervalScore,
    /// Fair continuous ranked probability score.
    pub crps: f64,
    /// The same with all weight above the regular beds; `None` where beds bound nothing.
    pub crps_above: Option<f64>,
    /// Mean distance between median and observation.
    pub absolute_error: f64,
    /// Mean of median less observation.
    pub bias: f64,
    /// Mean share of worlds below the observation; one half when neither too high nor too low.
    pub mean_rank: f64,
}

impl Forecaster {
    /// Machine name and meaning.
    pub const fn describe(self) -> (&'static str, &'static str) {
        match self {
            Self::Simulation => ("simulation", "the simulated worlds"),
            Self::LastValue => (
                "last_value",
                "the last number known when the part of the window began, unchanged",
            ),
            Self::BedsForEveryone => (
                "beds_for_everyone",
                "a Poisson number around the census that the expected wave and stays lead to when \
                 there is a bed for everyone (Mt/G/∞)",
            ),
        }
    }
}

/// The scores of all forecasters of `series` in a part of the window, none when nothing was observed in
/// it; beyond the beds of the first phase the tail counts.
pub(super) fn of_series(series: &Series, model: &Model, part: Part) -> Vec<Scores> {
    let observations = series.observed.iter();
    let observations: Vec<Observation> = observations
        .filter(|observation| part.contains(observation.date))
        .copied()
        .collect();
    if observations.is_empty() {
        return Vec::new();
    }
    let simulated = observations
        .iter()
        .map(|observation| series.forecast(observation.position))
        .collect();
    let threshold = f64::from(model.phases.records[0].national_ic_beds);
    let last_value = baseline::last_value(series, &observations, part.first);
    let beds_for_everyone = baseline::beds_for_everyone(series, &observations, model);
    [
        (Forecaster::Simulation, Some(simulated)),
        (Forecaster::LastValue, last_value),
        (Forecaster::BedsForEveryone, beds_for_everyone),
    ]
    .into_iter()
    .filter_map(|(forecaster, forecasts)| {
        let about = (series, part, forecaster);
        Some(score(about, &observations, &forecasts?, threshold))
    })
    .collect()
}

fn score(
    (series, part, forecaster): (&Series, Part, Forecaster),
    observations: &[Observation],
    forecasts: &[Ensemble],
    threshold: f64,
) -> Scores {
    let n = forecasts.len() as f64;
    let mean = |of: &dyn Fn(&Ensemble, f64) -> f64| -> f64 {
        let pairs = forecasts.iter().zip(observations);
        pairs
            .map(|(forecast, observation)| of(forecast, observation.value))
            .sum::<f64>()
            / n
    };
    let inside = |level: f64| mean(&|f, y| f64::from(u8::from(f.central(level).contains(y))));
    let interval_scores: Vec<WeightedIntervalScore> = forecasts
        .iter()
        .zip(observations)
        .map(|(forecast, observation)| forecast.weighted_interval_score(&LEVELS, observation.value))
        .collect();
    let crps_above = || mean(&|f, y| f.fair_crps_above(threshold, y));
    Scores {
        compared: series.compared,
        region: series.region,
        part,
        forecaster,
        n: forecasts.len(),
        coverage: LEVELS.map(inside),
        interval_score: mean_score(&interval_scores),
        crps: mean(&Ensemble::fair_crps),
        crps_above: series.compared.has_capacity().then(crps_above),
        absolute_error: mean(&|f, y| (f.quantile(0.5) - y).abs()),
        bias: mean(&|f, y| f.quantile(0.5) - y),
        mean_rank: mean(&Ensemble::rank_of),
    }
}
