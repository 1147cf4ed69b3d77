//! COVID patients and acute patients.

use crate::model::demand::{AcuteDemand, CovidCensus, CovidDemand, WaveSpread};
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
use crate::units::{DAYS_PER_WEEK, MINUTES_PER_HOUR, Minutes};

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
    let shares: Vec<f64> = file
        .region
        .iter()
        .map(|region| region.covid_share)
        .collect();
    for (r, share) in shares.iter().enumerate() {
        check.share(&format!("region[{r}].covid_share"), *share);
    }
    let of_region = |range: &core::ops::Range<usize>| cumulative(&sizes.weights[range.clone()]);
    let demand = CovidDemand {
        daily_admissions,
        ic_share,
        lookback_days,
        regional_share: check.whole_of_shares("region[0].covid_share", &shares),
        hospital_cumulative: sizes.regions.iter().flat_map(of_region).collect(),
        spread: spread(covid.spread.as_ref(), check),
        census_at_start: covid.census_at_start.as_ref().map(|census| CovidCensus {
            ic: check.whole("covid.census_at_start.ic", census.ic, 0..=50_000),
            ward: check.whole("covid.census_at_start.ward", census.ward, 0..=100_000),
        }),
        ward_stay: check.stay("covid.ward_stay", &covid.ward_stay),
        ward_before_ic: check.stay("covid.ward_before_ic", &covid.ward_before_ic),
        ic_stay: check.stay("covid.ic_stay", &covid.ic_stay),
        ward_after_ic: check.stay("covid.ward_after_ic", &covid.ward_after_ic),
        ic_survival: check.share("covid.ic_survival_share", covid.ic_survival_share),
        transferable_permille: check
            .permille("covid.transferable_share", covid.transferable_share, 1.0)
            .0,
        vvt_permille: check
            .permille("covid.vvt_share", covid.vvt_share.unwrap_or(0.0), 1.0)
            .0,
        transfer_time: transfer_time(covid, check),
    };
    census::check(&demand, study, check);
    demand
}

/// Acute patients by day.
pub(super) fn build_acute(
    acute: &shape::Acute,
    study: &Study,
    weights: &[f64],
    check: &mut Checker<'_>,
) -> AcuteDemand {
    let most = limits::PATIENTS_PER_DAY * f64::from(DAYS_PER_WEEK);
    let weekly = check.real("acute.weekly_arrivals", acute.weekly_arrivals, 0.0..=most);
    let factors = weekday_factors("acute", acute.weekday_factors, check);
    let mut by_week = vec![weekly; study.n_weeks()];
    for (n, quiet) in acute.quiet.iter().flatten().enumerate() {
        let different = DifferentWeeks {
            path: format!("acute.quiet[{n}]"),
            from: &quiet.from,
            weeks: quiet.weeks,
            share: ("arrivals_share", quiet.arrivals_share, 2.0),
        };
        scale_weeks(&mut by_week, study, &different, check);
    }
    let mut permille = |key: &str, value: Option<f64>, default: f64, most: f64| {
        check
            .permille(&below("acute", key), value.unwrap_or(default), most)
            .0
    };
    let substitutable = permille("substitutable_share", acute.substitutable_share, 0.0, 1.0);
    let from = permille(
        "substitution_from_share",
        acute.substitution_from_share,
        1.0,
        2.0,
    );
    let full = permille(
        "substitution_full_share",
        acute.substitution_full_share,
        1.0,
        2.0,
    );
    if full < from {
        let message = "substitution is complete before it begins";
        let allowed = Some("at least substitution_from_share".to_owned());
        check.fail("acute.substitution_full_share", message, allowed);
    }
    AcuteDemand {
        daily_arrivals: daily_numbers(&by_week, &factors),
        hospital_cumulative: cumulative(weights),
        stay: check.stay("acute.stay", &acute.stay),
        substitutable_permille: substitutable,
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
    let n_weeks = n_days.div_ceil(usize::from(DAYS_PER_WEEK));
    let most = limits::PATIENTS_PER_DAY * f64::from(DAYS_PER_WEEK);
    let admissions = &covid.weekly_admissions;
    let shares = &covid.weekly_ic_share;
    let admissions = weekly(
        "covid.weekly_admissions",
        admissions,
        (n_weeks, most),
        check,
    );
    let shares = weekly("covid.weekly_ic_share", shares, (n_weeks, 1.0), check);
    let factors = weekday_factors("covid", covid.weekday_factors, check);
    let mut daily = (daily_numbers(&admissions, &factors), daily_shares(&shares));
    daily.0.truncate(n_days);
    daily.1.truncate(n_days);
    (daily.0, daily.1)
}

/// A weekly series of at least `n_weeks` numbers from 0 to `most`.
fn weekly(
    path: &str,
    numbers: &[f64],
    (n_weeks, most): (usize, f64),
    check: &mut Checker<'_>,
) -> Vec<f64> {
    if !(n_weeks..=limits::WEEKS).contains(&numbers.len()) {
        let message = "the series must reach from covid.first_week to the end of the study";
        let allowed = format!("{n_weeks} to {} weeks", limits::WEEKS);
        check.fail(path, message, Some(allowed));
    }
    let mut numbers: Vec<f64> = numbers
        .iter()
        .take(limits::WEEKS)
        .enumerate()
        .map(|(week, number)| check.real(&format!("{path}[{week}]"), *number, 0.0..=most))
        .collect();
    numbers.resize(numbers.len().max(n_weeks), 0.0);
    numbers
}

fn transfer_time(covid: &shape::Covid, check: &mut Checker<'_>) -> Minutes {
    let hours = check.real(
        "covid.transfer_hours",
        covid.transfer_hours.unwrap_or(4.0),
        0.0..=48.0,
    );
    Minutes(clamp_to_u32((hours * f64::from(MINUTES_PER_HOUR)).round()))
}

fn weekday_factors(section: &str, factors: Option<[f64; 7]>, check: &mut Checker<'_>) -> [f64; 7] {
    let Some(factors) = factors else {
        return [1.0; 7];
    };
    let path = format!("{section}.weekday_factors");
    for (weekday, factor) in factors.iter().enumerate() {
        check.real(&format!("{path}[{weekday}]"), *factor, 0.0..=7.0);
    }
    if factors.iter().sum::<f64>() <= 0.0 {
        check.fail(&path, "some weekday must have arrivals", None);
    }
    factors
}

fn spread(spread: Option<&shape::Spread>, check: &mut Checker<'_>) -> WaveSpread {
    let none = WaveSpread {
        size_sd_log: 0.0,
        timing_sd_days: 0.0,
        ramp_days: 0.0,
        regional_rho: 0.0,
        regional_sd_log: 0.0,
    };
    let Some(spread) = spread else { return none };
    let mut real =
        |key: &str, value, most| check.real(&below("covid.spread", key), value, 0.0..=most);
    WaveSpread {
        size_sd_log: real("size_sd_log", spread.size_sd_log, 1.0),
        timing_sd_days: real("timing_sd_days", spread.timing_sd_days, 28.0),
        ramp_days: real("ramp_days", spread.ramp_days, 365.0),
        regional_rho: real("regional_rho", spread.regional_rho, 0.999),
        regional_sd_log: real("regional_sd_log", spread.regional_sd_log, 2.0),
    }
}
