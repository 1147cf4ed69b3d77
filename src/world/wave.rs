//! The wave of one replication: its size, its timing and how it divides over the regions.

use crate::model::Model;
use crate::model::demand::WaveSpread;
use crate::model::study::Study;
use crate::numeric::interpolate;
use crate::random::{Keys, Purpose, Stratum};
use crate::units::{DAYS_PER_WEEK, Day};
use crate::world::controls::{Control, Controls};
use crate::world::draws::{autoregression, keyed_normal};

/// One possible wave: expected admissions per day and region.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Wave {
    /// Expected admissions, day-major from the start of the look-back.
    rate: Vec<f64>,
    n_regions: usize,
    lookback: usize,
    /// By how much IC stays are longer than expected, by week of admission from the start of the look-back.
    stay_factors: Vec<f64>,
    marks: Marks,
}

/// Standard normal draws behind a wave.
#[derive(Debug, Clone, PartialEq)]
struct Marks {
    size: f64,
    timing: f64,
    stay_level: f64,
    /// By week of admission from the start of the look-back.
    stay_drift: Vec<f64>,
}

impl Wave {
    /// Draws size, timing and regional imbalance of the wave.
    pub(super) fn draw(model: &Model, keys: Keys) -> Self {
        let covid = &model.covid;
        let n_regions = model.regions.len();
        let n_days = covid.daily_admissions.len();
        let n_weeks = n_days.div_ceil(usize::from(DAYS_PER_WEEK));
        let shares = regional_shares(model, keys, n_weeks);
        let marks = Marks::draw(covid.spread, keys, n_weeks);
        let national = national_rate(model, &marks);
        let rate = national
            .iter()
            .enumerate()
            .flat_map(|(day, total)| {
                let week = day / usize::from(DAYS_PER_WEEK);
                shares[week * n_regions..][..n_regions]
                    .iter()
                    .map(move |share| total * share)
            })
            .collect();
        Self {
            rate,
            n_regions,
            lookback: usize::from(covid.lookback_days),
            stay_factors: stay_factors(covid.spread, &marks),
            marks,
        }
    }

    /// What of the wave is zero on average.
    pub(super) fn controls(&self, study: &Study) -> Controls {
        let marks = &self.marks;
        let week = |day: Day| (day.idx() + self.lookback) / usize::from(DAYS_PER_WEEK);
        let window = &marks.stay_drift[week(study.window_start())..week(study.window_end())];
        let mut controls = Controls::default();
        controls.set(Control::WaveSize, marks.size);
        controls.set(Control::WaveSizeSquare, marks.size * marks.size - 1.0);
        controls.set(Control::WaveTiming, marks.timing);
        controls.set(Control::StayLevel, marks.stay_level);
        let drift: f64 = window.iter().sum();
        controls.set(Control::StayDrift, drift / window.len().max(1) as f64);
        controls
    }

    /// By how much the IC stays of patients admitted on a day of the look-back and the study are longer
    /// than expected.
    pub(super) fn stay_factor(&self, day: usize) -> f64 {
        self.stay_factors[day / usize::from(DAYS_PER_WEEK)]
    }

    /// Expected admissions of a region on a day of the look-back and the study.
    pub(super) fn at(&self, day: usize, region: usize) -> f64 {
        self.rate[day * self.n_regions + region]
    }

    /// Expected national admissions in the seven days before `day` (from the study's first day).
    pub(super) fn week_before(&self, day: usize) -> f64 {
        let end = (day + self.lookback).min(self.rate.len() / self.n_regions);
        let start = end.saturating_sub(usize::from(DAYS_PER_WEEK));
        self.rate[start * self.n_regions..end * self.n_regions]
            .iter()
            .sum()
    }
}

impl Marks {
    fn draw(spread: WaveSpread, keys: Keys, n_weeks: usize) -> Self {
        let draw = |purpose, week| keyed_normal(keys, purpose, Stratum::NATIONAL, week);
        let drift = (0..).map(|week| draw(Purpose::CovidStayDrift, week));
        Self {
            size: draw(Purpose::CovidSize, 0),
            timing: draw(Purpose::CovidTiming, 0),
            stay_level: draw(Purpose::CovidStayLevel, 0),
            stay_drift: autoregression(spread.stay_drift_rho, drift)
                .take(n_weeks)
                .collect(),
        }
    }
}

/// Expected national admissions per day of this replication's wave, look-back included.
fn national_rate(model: &Model, marks: &Marks) -> Vec<f64> {
    let covid = &model.covid;
    let spread = covid.spread;
    let size = spread.size_sd_log * marks.size;
    let shift = spread.timing_sd_days * marks.timing;
    let start = f64::from(covid.lookback_days) + f64::from(model.study.burn_in_days);
    // Without a ramp the first day would be zero divided by zero, and its rate not a number.
    let ramp = spread.ramp_days.max(f64::MIN_POSITIVE);
    (0..covid.daily_admissions.len())
        .map(|day| {
            let progress = ((day as f64 - start) / ramp).clamp(0.0, 1.0);
            let moment = day as f64 - shift * progress;
            interpolate(&covid.daily_admissions, moment) * libm::exp(size * progress)
        })
        .collect()
}

/// Factors of IC stays by week: a level of the whole wave, and a first-order autoregression around it.
fn stay_factors(spread: WaveSpread, marks: &Marks) -> Vec<f64> {
    let level = spread.stay_sd_log * marks.stay_level;
    let drift = marks.stay_drift.iter();
    drift
        .map(|z| libm::exp(level + spread.stay_drift_sd_log * z))
        .collect()
}

/// Shares of the regions by week (week-major): a first-order autoregression of log shares around
/// the expected ones, scaled to sum to one.
fn regional_shares(model: &Model, keys: Keys, n_weeks: usize) -> Vec<f64> {
    let spread = model.covid.spread;
    let mut deviations: Vec<_> = (0..model.regions.len())
        .map(|region| {
            let stratum = Stratum::of_region(region);
            let draw = move |week| keyed_normal(keys, Purpose::CovidRegionalShare, stratum, week);
            autoregression(spread.regional_rho, (0..).map(draw))
        })
        .collect();
    let mut shares = Vec::with_capacity(n_weeks * model.regions.len());
    for expected in &model.covid.regional_share[..n_weeks] {
        let raw: Vec<f64> = deviations
            .iter_mut()
            .filter_map(Iterator::next)
            .zip(expected)
            .map(|(z, share)| share * libm::exp(spread.regional_sd_log * z))
            .collect();
        let total: f64 = raw.iter().sum();
        shares.extend(raw.iter().map(|share| share / total));
    }
    shares
}
