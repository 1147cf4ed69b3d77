//! COVID patients and acute patients.

use crate::model::demand::{
    AcuteDemand, CENSUS_DENSITY, CovidCensus, CovidDemand, Readmission, WaveSpread,
};
use crate::model::study::Study;
use crate::model::validate::apportion::cumulative;
use crate::model::validate::census;
use crate::model::validate::check::{Checker, below};
use crate::model::validate::hospitals::Sizes;
use crate::model::validate::series::{DifferentWeeks, daily_numbers, daily_shares, scale_weeks};
use crate::model::validate::study::monday;
use crate::numeric::clamp_to_u32;
use crate::scenario::limits;
use crate::scenario::shape::{self, ScenarioFile};
use crate::units::{DAYS_PER_WEEK, MINUTES_PER_HOUR, Minutes, PerMille};

/// COVID inflow by day and its pathway.
pub(super) fn build(
    file: &ScenarioFile,
    study: &Study,
    sizes: &Sizes,
    check: &mut Checker<'_>,
) -> CovidDemand {
    let covid = &file.covid;
    let lookback_days = lookback(covid, study, check);
    let (daily_admissions, ic_share) = daily(covid, lookback_days, study, check);
    let census_at_start = covid.census_at_start.as_ref().map(counted);
    let of_region = |range: &core::ops::Range<usize>| cumulative(&sizes.weights[range.clone()]);
    let mut demand = CovidDemand {
        daily_admissions,
        ic_share,
        lookback_days,
        regional_share: regional_share(file, n_weeks(study, lookback_days), check),
        hospital_cumulative: sizes.regions.iter().flat_map(of_region).collect(),
        spread: spread(covid.spread.as_ref()),
        regional_census: regional_census(file, census_at_start, check),
        census_at_start,
        census_density: CENSUS_DENSITY,
        ward_stay: check.stay("covid.ward_stay", &covid.ward_stay),
        ward_before_ic: check.stay("covid.ward_before_ic", &covid.ward_before_ic),
        ic_stay: check.stay("covid.ic_stay", &covid.ic_stay),
        ward_after_ic: check.stay("covid.ward_after_ic", &covid.ward_after_ic),
        readmission: (covid.readmission.as_ref()).map(|readmission| Readmission {
            probability: readmission.share,
            ward_stay: check.stay("covid.readmission.ward_stay", &readmission.ward_stay),
            ic_stay: check.stay("covid.readmission.ic_stay", &readmission.ic_stay),
        }),
        ic_survival: covid.ic_survival_share,
        death_stay_ratio: covid.death_stay_ratio,
        transferable_permille: PerMille::from_fraction(covid.transferable_share).0,
        foreseen_permille: PerMille::from_fraction(covid.stay_foreseen_share).0,
        stay_without_ic: hours(covid.days_without_ic * 24.0),
        vvt_permille: PerMille::from_fraction(covid.vvt_share).0,
        transfer_time: hours(covid.transfer_hours),
        transport_minutes: transport_minutes(covid.transport_hours, check),
    };
    demand.census_density = census::density(&demand, study, check);
    demand
}

/// Acute patients by day.
pub(super) fn build_acute(
    acute: &shape::Acute,
    study: &Study,
    weights: &[f64],
    check: &mut Checker<'_>,
) -> AcuteDemand {
    check_factors("acute", &acute.weekday_factors, check);
    let mut by_week = vec![acute.weekly_arrivals; study.n_weeks()];
    for (n, quiet) in acute.quiet.iter().enumerate() {
        let different = DifferentWeeks {
            path: format!("acute.quiet[{n}]"),
            from: &quiet.from,
            weeks: quiet.weeks,
            share: quiet.arrivals_share,
        };
        scale_weeks(&mut by_week, study, &different, check);
    }
    let from = PerMille::from_fraction(acute.substitution_from_share).0;
    let full = PerMille::from_fraction(acute.substitution_full_share).0;
    if full < from {
        let message = "substitution is complete before it begins";
        let allowed = Some("at least substitution_from_share".to_owned());
        check.fail("acute.substitution_full_share", message, allowed);
    }
    AcuteDemand {
        daily_arrivals: daily_numbers(&by_week, &acute.weekday_factors),
        level_sd_log: acute.level_sd_log,
        hospital_cumulative: cumulative(weights),
        stay: check.stay("acute.stay", &acute.stay),
        substitutable_permille: PerMille::from_fraction(acute.substitutable_share).0,
        substitution_from_permille: from,
        substitution_full_permille: full,
    }
}

/// Days from the first weekly figure to day 0.
fn lookback(covid: &shape::Covid, study: &Study, check: &mut Checker<'_>) -> u16 {
    let first_week = monday("covid.first_week", &covid.first_week, check);
    let days = i64::from((study.first_date - first_week).get_days());
    if !(0..=i64::from(limits::LOOKBACK_DAYS)).contains(&days) {
        let allowed = format!(
            "0 to {} days before {}",
            limits::LOOKBACK_DAYS,
            study.first_date
        );
        check.fail(
            "covid.first_week",
            "the series must begin before the study",
            Some(allowed),
        );
    }
    u16::try_from(days.clamp(0, i64::from(limits::LOOKBACK_DAYS))).unwrap_or_default()
}

/// Admissions and IC share per day, from the lookback to the end of the study.
fn daily(
    covid: &shape::Covid,
    lookback_days: u16,
    study: &Study,
    check: &mut Checker<'_>,
) -> (Vec<f64>, Vec<f64>) {
    let n_days = usize::from(lookback_days) + study.n_days();
    let n_weeks = n_weeks(study, lookback_days);
    let mut admissions = weekly(
        "covid.weekly_admissions",
        &covid.weekly_admissions,
        n_weeks,
        check,
    );
    let days_before = usize::from(lookback_days) + study.window_start().idx();
    let wave = admissions
        .iter_mut()
        .skip(days_before / usize::from(DAYS_PER_WEEK));
    wave.for_each(|week| *week *= covid.wave_share);
    let shares = weekly(
        "covid.weekly_ic_share",
        &covid.weekly_ic_share,
        n_weeks,
        check,
    );
    check_factors("covid", &covid.weekday_factors, check);
    let mut daily = (
        daily_numbers(&admissions, &covid.weekday_factors),
        daily_shares(&shares),
    );
    daily.0.truncate(n_days);
    daily.1.truncate(n_days);
    (daily.0, daily.1)
}

/// Weeks from the first weekly figure to the end of the study.
fn n_weeks(study: &Study, lookback_days: u16) -> usize {
    let n_days = usize::from(lookback_days) + study.n_days();
    n_days.div_ceil(usize::from(DAYS_PER_WEEK))
}

/// Shares of the regions in admissions by week: those of their own admissions, or else the same in all.
fn regional_share(file: &ScenarioFile, n_weeks: usize, check: &mut Checker<'_>) -> Vec<Vec<f64>> {
    let regions = file.region.iter();
    let shares: Vec<f64> = regions.map(|region| region.covid_share).collect();
    let always = check.whole_of_shares("region[0].covid_share", &shares);
    let Some(all) = of_all(file, ("weekly_admissions", own_weeks), check) else {
        return vec![always; n_weeks];
    };
    let all: Vec<Vec<f64>> = (all.iter().enumerate())
        .map(|(r, own)| {
            weekly(
                &format!("region[{r}].weekly_admissions"),
                own,
                n_weeks,
                check,
            )
        })
        .collect();
    let in_week = |week| {
        let own = || all.iter().map(move |own| own[week]);
        let sum: f64 = own().sum();
        if sum > 0.0 {
            own().map(|n| n / sum).collect()
        } else {
            always.clone()
        }
    };
    (0..n_weeks).map(in_week).collect()
}

fn own_weeks(region: &shape::Region) -> Option<&[f64]> {
    region.weekly_admissions.as_deref()
}

/// Patients of each region at the start of the window, which add up to those of the country.
fn regional_census(
    file: &ScenarioFile,
    country: Option<CovidCensus>,
    check: &mut Checker<'_>,
) -> Vec<CovidCensus> {
    let of_region = |region: &shape::Region| region.census_at_start.as_ref().map(counted);
    let all = of_all(file, ("census_at_start", of_region), check).unwrap_or_default();
    let sum = |of: fn(&CovidCensus) -> u32| all.iter().map(of).sum::<u32>();
    let sums = CovidCensus {
        ic: sum(|one| one.ic),
        ward: sum(|one| one.ward),
    };
    if !all.is_empty() && country != Some(sums) {
        let message = "differs from the sum of the regions";
        let allowed = format!("{{ ic = {}, ward = {} }}", sums.ic, sums.ward);
        check.fail("covid.census_at_start", message, Some(allowed));
    }
    all
}

/// What each region gives; `None` where none does, and a mistake where some do not.
fn of_all<'a, T>(
    file: &'a ScenarioFile,
    (key, of_region): (&str, impl Fn(&'a shape::Region) -> Option<T>),
    check: &mut Checker<'_>,
) -> Option<Vec<T>> {
    let all: Vec<Option<T>> = file.region.iter().map(of_region).collect();
    if all.iter().all(Option::is_none) {
        return None;
    }
    if let Some(r) = all.iter().position(Option::is_none) {
        let message = "other regions have it";
        let allowed = Some("for all regions or for no region".to_owned());
        check.fail(&format!("region[{r}].{key}"), message, allowed);
    }
    all.into_iter().collect()
}

const fn counted(census: &shape::Census) -> CovidCensus {
    CovidCensus {
        ic: census.ic,
        ward: census.ward,
    }
}

/// A weekly series of at least `n_weeks` numbers.
fn weekly(path: &str, numbers: &[f64], n_weeks: usize, check: &mut Checker<'_>) -> Vec<f64> {
    // A study that takes more is refused as too long.
    if numbers.len() < n_weeks && n_weeks <= limits::WEEKS {
        let message = "the series must reach from covid.first_week to the end of the study";
        let allowed = format!("{n_weeks} to {} weeks", limits::WEEKS);
        check.fail(path, message, Some(allowed));
    }
    let mut numbers = numbers.to_vec();
    numbers.resize(numbers.len().max(n_weeks), 0.0);
    numbers
}

fn hours(hours: f64) -> Minutes {
    Minutes(clamp_to_u32((hours * f64::from(MINUTES_PER_HOUR)).round()))
}

fn transport_minutes([first, last]: [u32; 2], check: &mut Checker<'_>) -> [u32; 2] {
    if first >= last {
        let allowed = Some("the first hour before the last".to_owned());
        check.fail("covid.transport_hours", "nobody can set out", allowed);
    }
    [first, last].map(|hour| hour * MINUTES_PER_HOUR)
}

fn check_factors(section: &str, factors: &[f64; 7], check: &mut Checker<'_>) {
    if factors.iter().sum::<f64>() <= 0.0 {
        let path = below(section, "weekday_factors");
        check.fail(&path, "some weekday must have arrivals", None);
    }
}

fn spread(spread: Option<&shape::Spread>) -> WaveSpread {
    spread.map_or(WaveSpread::NONE, |spread| WaveSpread {
        size_sd_log: spread.size_sd_log,
        timing_sd_days: spread.timing_sd_days,
        ramp_days: spread.ramp_days,
        regional_rho: spread.regional_rho,
        regional_sd_log: spread.regional_sd_log,
        stay_sd_log: spread.stay_sd_log,
        stay_drift_sd_log: spread.stay_drift_sd_log,
        stay_drift_rho: spread.stay_drift_rho,
    })
}
