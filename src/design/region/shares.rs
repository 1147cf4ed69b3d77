//! What share a region has in the country.

use core::ops::Range;

use crate::model::Model;
use crate::model::demand::CovidCensus;
use crate::units::RegionIdx;

/// Shares of a region in what the country has.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Shares {
    /// Its position.
    pub(super) region: usize,
    /// Positions of its hospitals.
    pub(super) hospitals: Range<usize>,
    /// Of COVID admissions over the whole study.
    pub(super) covid: f64,
    /// The same by week of the series, or once where it never changes.
    pub(super) covid_by_week: Vec<f64>,
    /// Of the patients at the start of the window, on the ICU and on the ward.
    pub(super) census: [f64; 2],
    /// Whether these were observed by region.
    pub(super) has_census: bool,
    /// Of acute patients.
    pub(super) acute: f64,
    /// Of regular beds.
    pub(super) beds: f64,
    /// Of the sizes of hospitals, by which wards are divided.
    pub(super) size: f64,
    /// Of operations without IC of classes 3, 4 and 5.
    pub(super) classes: [f64; 3],
    /// Of each stream of planned patients.
    pub(super) streams: Vec<f64>,
    /// By stream with teams of its own: their time here relative to what expected operations take.
    pub(super) own_time: Vec<Option<f64>>,
    /// Standard deviation of the log of the region's part of a wave, over the whole window.
    pub(super) own_spread: f64,
}

impl Shares {
    pub(super) fn of(model: &Model, region: usize) -> Self {
        let hospitals = model.hospitals_of(RegionIdx::at(region));
        let of = |cumulative: &[f64]| width(cumulative, &hospitals);
        let part = |of: &dyn Fn(usize) -> f64| {
            let all: f64 = (0..model.hospitals.len()).map(of).sum();
            hospitals.clone().map(of).sum::<f64>() / all.max(f64::MIN_POSITIVE)
        };
        let streams = model.planned.specialties.iter();
        Self {
            region,
            covid: covid(model, region),
            covid_by_week: by_week(model, region),
            census: census(model, region),
            has_census: !model.covid.regional_census.is_empty(),
            acute: of(&model.acute.hospital_cumulative),
            beds: part(&|at| f64::from(model.hospitals[at].regular_beds.0)),
            size: part(&|at| f64::from(model.hospitals[at].session_share)),
            classes: core::array::from_fn(|class| {
                part(&|at| f64::from(model.hospitals[at].class_share[class]))
            }),
            streams: streams
                .map(|stream| of(&stream.hospital_cumulative))
                .collect(),
            own_time: own_times(model, &hospitals),
            own_spread: own_spread(model, region),
            hospitals,
        }
    }
}

/// Shares of a region in COVID admissions by week, or one where all are the same.
fn by_week(model: &Model, region: usize) -> Vec<f64> {
    let weeks = model.covid.regional_share.iter();
    let mut shares: Vec<f64> = weeks.map(|week| week[region]).collect();
    if shares
        .windows(2)
        .all(|two| two[0].total_cmp(&two[1]).is_eq())
    {
        shares.truncate(1);
    }
    shares
}

/// The share of a region in all COVID admissions.
fn covid(model: &Model, region: usize) -> f64 {
    let by_week = by_week(model, region);
    let own: f64 = model.covid.admissions_of(region).iter().sum();
    let all: f64 = model.covid.daily_admissions.iter().sum();
    if by_week.len() == 1 || all <= 0.0 {
        by_week[0]
    } else {
        own / all
    }
}

/// The share of a region in the patients at the start of the window: as observed, or else its share of admissions.
fn census(model: &Model, region: usize) -> [f64; 2] {
    let Some(own) = model.covid.regional_census.get(region) else {
        return [covid(model, region); 2];
    };
    let of = |count: fn(&CovidCensus) -> u32| {
        let all: u32 = model.covid.regional_census.iter().map(count).sum();
        f64::from(count(own)) / f64::from(all.max(1))
    };
    [of(|one| one.ic), of(|one| one.ward)]
}

/// The share of neighboring positions in a cumulative distribution.
fn width(cumulative: &[f64], of: &Range<usize>) -> f64 {
    let below = of.start.checked_sub(1).map_or(0.0, |at| cumulative[at]);
    cumulative[of.end - 1] - below
}

/// By stream with teams of its own: their minutes in the region relative to the expected ones.
fn own_times(model: &Model, hospitals: &Range<usize>) -> Vec<Option<f64>> {
    let streams = model.planned.specialties.iter().enumerate();
    let time = |(n, stream): (usize, &crate::model::demand::Specialty)| {
        stream.own_teams?;
        let patients = stream.daily_indications * width(&stream.hospital_cumulative, hospitals);
        let expected =
            patients * stream.or_time.table.mean_ticks() / model.sessions.or_use.as_fraction();
        let minutes = hospitals
            .clone()
            .map(|at| f64::from(model.hospitals[at].stream_minutes[n].per_day));
        (expected > 0.0).then(|| minutes.sum::<f64>() / expected)
    };
    streams.map(time).collect()
}

/// Standard deviation of the mean, over the weeks of the window, of the log of a region's share relative
/// to its expected one. Logs of all regions are autoregressive of order one and shares sum to 1, so that
/// to first order a region's log is its own less the mean of all, weighted by their shares.
fn own_spread(model: &Model, region: usize) -> f64 {
    let spread = &model.covid.spread;
    let weeks = f64::from(model.study.window_days) / 7.0;
    let regions = 0..model.regions.len();
    let of_weights: f64 = regions
        .map(|n| (n, covid(model, n)))
        .map(|(n, share)| if n == region { 1.0 - share } else { share })
        .map(|weight| weight * weight)
        .sum();
    spread.regional_sd_log * (of_weights * variance_of_mean(spread.regional_rho, weeks)).sqrt()
}

/// Variance of the mean of `n` values of an autoregression of order one with unit variance.
fn variance_of_mean(rho: f64, n: f64) -> f64 {
    let mut sum = n;
    let (mut lag, mut correlation) = (1.0, rho);
    while lag < n {
        sum += 2.0 * (n - lag) * correlation;
        (lag, correlation) = (lag + 1.0, correlation * rho);
    }
    sum / (n * n)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_of_correlated_values_varies_as_they_do_together() {
        assert!(
            (variance_of_mean(0.0, 4.0) - 0.25).abs() < 1e-12,
            "independent"
        );
        assert!(
            (variance_of_mean(0.5, 1.0) - 1.0).abs() < 1e-12,
            "one alone"
        );
        // (2 + 2 · 0.5) / 4.
        assert!((variance_of_mean(0.5, 2.0) - 0.75).abs() < 1e-12, "two");
    }
}
