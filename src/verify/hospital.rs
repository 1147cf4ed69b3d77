//! The hospital engine as infinite-server, tandem and loss systems.
//!
//! Daily numbers are taken at 09:00 after all events of that minute. A patient who arrives within
//! minute 540 of the day is counted by then, and arrivals are rounded down to whole minutes, so the
//! moment to compare with is 541 minutes after midnight.

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::engine::Simulator;
use crate::model::Model;
use crate::numeric::poisson::{pmf, survival};
use crate::outcome::{DayMeasure, Outcome, WeekMeasure};
use crate::random::Distribution;
use crate::statistics::paired::Paired;
use crate::units::{Day, MINUTES_PER_DAY};
use crate::verify::known::{BirthDeath, census_mean, erlang_b, time_present};
use crate::verify::tape::{Quantity, compare, model};
use crate::verify::{Check, Effort, Machine};
use crate::world::World;

const CENSUS: &str = include_str!("../../scenarios/verify/census.toml");
const PRESENT: &str = include_str!("../../scenarios/verify/present.toml");
const WAVE: &str = include_str!("../../scenarios/verify/wave.toml");
const TANDEM: &str = include_str!("../../scenarios/verify/tandem.toml");
const LOSS: &str = include_str!("../../scenarios/verify/loss.toml");
const DISPLACEMENT: &str = include_str!("../../scenarios/verify/displacement.toml");

const INFINITE: &str = "M/G/∞ from empty";
const PRESENT_TEST: &str = "M/G/∞, random start";
const PASSAGE: &str = "any time in a window";
const WAVE_TEST: &str = "Mt/G/∞";
const TANDEM_TEST: &str = "ward to IC tandem";
const LOSS_TEST: &str = "Erlang loss";
const DISPLACEMENT_TEST: &str = "displacement";
const COUPLING: &str = "common random numbers";

/// Days after the start at which the statistics of `day` are taken.
pub(super) fn moment(day: u16) -> f64 {
    f64::from(day) + 541.0 / f64::from(MINUTES_PER_DAY)
}

pub(super) fn census_of(outcome: &Outcome, day: u16, measure: DayMeasure) -> f64 {
    f64::from(outcome.days.get(Day(day), measure))
}

/// The COVID IC census on `day`, expected to be `expected`.
fn covid_census<'a>(test: &'static str, name: &str, day: u16, expected: f64) -> Quantity<'a> {
    let name = format!("{name}: mean census, day {day}");
    Quantity::mean(test, name, expected, move |outcome, _| {
        census_of(outcome, day, DayMeasure::CovidIc)
    })
}

/// `P(census > bound)` on `day`.
fn covid_above<'a>(test: &'static str, day: u16, bound: u32, expected: f64) -> Quantity<'a> {
    let name = format!("P(census > {bound}), day {day}");
    Quantity::event(test, name, expected, move |outcome, _| {
        outcome.days.get(Day(day), DayMeasure::CovidIc) > bound
    })
}

/// From empty, for five distributions of stays; and acute patients with a weekly rhythm.
pub(super) fn census(effort: &Effort) -> Vec<Check> {
    let stays = [
        (
            "exponential",
            "covid.ic_stay={ exponential = { mean_days = 12 } }",
        ),
        ("fixed", "covid.ic_stay={ fixed = { days = 12 } }"),
        (
            "gamma",
            "covid.ic_stay={ gamma = { mean_days = 12, shape = 2 } }",
        ),
        (
            "lognormal",
            "covid.ic_stay={ lognormal = { median_days = 8.48528137, sd_log = 0.83255461 } }",
        ),
        (
            "weibull",
            "covid.ic_stay={ weibull = { mean_days = 12, shape = 0.8 } }",
        ),
    ];
    let mut checks = Vec::new();
    for (name, stay) in stays {
        let model = model(CENSUS, &[stay]);
        let mut quantities = census_means(&model, name);
        if name == "exponential" {
            quantities.extend(census_tail(&model));
            quantities.extend(acute_means(&model));
        }
        checks.extend(compare(&model, effort, &quantities));
    }
    checks
}

fn census_means<'a>(model: &Model, name: &str) -> Vec<Quantity<'a>> {
    let covid = &model.covid;
    let expected = |day| census_mean(&covid.daily_admissions, &covid.ic_stay.days, moment(day));
    [1, 7, 14, 28, 56]
        .map(|day| covid_census(INFINITE, name, day, expected(day)))
        .into_iter()
        .collect()
}

fn census_tail<'a>(model: &Model) -> Vec<Quantity<'a>> {
    let covid = &model.covid;
    let mean = census_mean(&covid.daily_admissions, &covid.ic_stay.days, moment(28));
    [25, 30, 35]
        .map(|bound| covid_above(INFINITE, 28, bound, survival(bound, mean)))
        .into_iter()
        .collect()
}

fn acute_means<'a>(model: &Model) -> Vec<Quantity<'a>> {
    let acute = &model.acute;
    let expected = |day| census_mean(&acute.daily_arrivals, &acute.stay.days, moment(day));
    [4, 27]
        .map(|day| {
            let name = format!("acute, weekly rhythm: mean census, day {day}");
            Quantity::mean(WAVE_TEST, name, expected(day), move |outcome, _| {
                census_of(outcome, day, DayMeasure::AcuteIc)
            })
        })
        .into_iter()
        .collect()
}

/// A known number of patients at the start, with what is left of their stays; first passage; and the
/// gain of common random numbers between two capacities.
pub(super) fn present(effort: &Effort) -> Vec<Check> {
    let mut checks = conditioned(effort);
    checks.extend(residual(effort));
    checks.extend(passages(effort));
    checks.extend(coupling(effort));
    checks
}

/// Twenty patients with exponential stays: mean and variance of a binomial plus a Poisson number.
fn conditioned(effort: &Effort) -> Vec<Check> {
    let model = model(PRESENT, &["covid.census_at_start={ ic = 20, ward = 0 }"]);
    let stay = Distribution::Exponential { mean: 12.0 };
    let left = 1.0 - stay.cdf(moment(7));
    let mean = 20.0 * left + 2.5 * time_present(&stay, moment(7));
    let variance = mean - 20.0 * left * left;
    let quantities = [
        covid_census(PRESENT_TEST, "20 at the start", 7, mean),
        Quantity::mean(
            PRESENT_TEST,
            "20 at the start: variance, day 7",
            variance,
            move |outcome, _| {
                let distance = census_of(outcome, 7, DayMeasure::CovidIc) - mean;
                distance * distance
            },
        ),
    ];
    compare(&model, effort, &quantities)
}

/// Twenty patients with gamma stays: residual stays have the density `P(stay > u) / mean`.
fn residual(effort: &Effort) -> Vec<Check> {
    let stay = "covid.ic_stay={ gamma = { mean_days = 12, shape = 2 } }";
    let overrides = ["covid.census_at_start={ ic = 20, ward = 0 }", stay];
    let model = model(PRESENT, &overrides);
    let stay = model.covid.ic_stay.days;
    let quantities = [3, 7].map(|day| {
        let present = time_present(&stay, moment(day));
        let left = 1.0 - present / stay.mean();
        covid_census(PRESENT_TEST, "20, gamma", day, 20.0 * left + 2.5 * present)
    });
    compare(&model, effort, &quantities)
}

/// The highest census at any moment of a week or six weeks.
fn passages(effort: &Effort) -> Vec<Check> {
    let passage = |from: &str, start: &[f64], bound: u32, days: u16| {
        let system = BirthDeath::census(2.5, 12.0, bound, false);
        let within = &start[..=bound as usize];
        let (p, _) = system.after(within, f64::from(days));
        let name = format!("{from}: P(peak > {bound} in {days} days)");
        Quantity::event(
            PASSAGE,
            name,
            1.0 - p.iter().sum::<f64>(),
            move |_, tape| tape.peak(0..usize::from(days)) > i64::from(bound),
        )
    };
    let mut thirty = vec![0.0; 61];
    thirty[30] = 1.0;
    let fixed =
        [(35, 7), (40, 7), (40, 42)].map(|(bound, days)| passage("30", &thirty, bound, days));
    let poisson: Vec<f64> = (0..61).map(|n| pmf(n, 30.0)).collect();
    let random = [30, 35, 40, 45].map(|bound| passage("Poisson", &poisson, bound, 7));
    let model_30 = model(PRESENT, &["covid.census_at_start={ ic = 30, ward = 0 }"]);
    let mut checks = compare(&model_30, effort, &fixed);
    checks.extend(compare(&model(PRESENT, &[]), effort, &random));
    checks
}

/// The census is Poisson with mean 20 and the same under both capacities, so of two events the
/// rarer implies the other; the gain follows.
fn coupling(effort: &Effort) -> Vec<Check> {
    let load = "covid.weekly_admissions=[".to_owned() + &"11.6666666666667, ".repeat(63) + "]";
    let capacities: Vec<Model> = ["25", "26"]
        .map(|beds| format!("region.region.hospital.hospital.regular_beds={beds}"))
        .iter()
        .map(|beds| model(PRESENT, &[load.as_str(), beds]))
        .collect();
    let simulators: Vec<Simulator<'_>> = capacities.iter().map(Simulator::new).collect();
    let is_full = |at: usize, world: &World| {
        let state = simulators[at].burn_in(world);
        let outcome = simulators[at].simulate(world, &capacities[at].policies[0], &state);
        i64::from(outcome.days.get(Day(0), DayMeasure::WithoutStaffedBed) > 0)
    };
    let pairs: Vec<(i64, i64)> = (0..effort.n_worlds)
        .into_par_iter()
        .map(|replication| {
            let world = World::draw(&capacities[0], effort.seed, replication);
            (is_full(0, &world), is_full(1, &world))
        })
        .collect();
    let mut paired = Paired::default();
    for (few, many) in pairs {
        paired.add(few, many);
    }
    let often = survival(25, 20.0);
    let rarely = survival(26, 20.0);
    gains(&paired, often, rarely)
}

/// Checks of a pair of nested events with probabilities `often` and `rarely`.
fn gains(paired: &Paired, often: f64, rarely: f64) -> Vec<Check> {
    let n = paired.difference().n() as f64;
    let gain = |often: f64, rarely: f64| {
        let apart = often - rarely;
        (often * (1.0 - often) + rarely * (1.0 - rarely)) / (apart * (1.0 - apart))
    };
    let apart = often - rarely;
    // Delta method on the shares of worlds with one event (`apart`) and with both (`rarely`).
    let step = 1e-6;
    let by_apart = (gain(often + step, rarely) - gain(often - step, rarely)) / (2.0 * step);
    let by_both =
        (gain(often + step, rarely + step) - gain(often - step, rarely - step)) / (2.0 * step);
    let variance = by_apart * by_apart * apart * (1.0 - apart)
        + by_both * by_both * rarely * (1.0 - rarely)
        - 2.0 * by_apart * by_both * apart * rarely;
    let check = |quantity: &str, expected, got, standard_error| Check {
        test: COUPLING,
        quantity: quantity.to_owned(),
        by: Machine::Engine,
        expected,
        got,
        standard_error,
    };
    let smallest = paired.difference().min().unwrap_or(-1);
    let found = paired.variance_reduction().unwrap_or(f64::NAN);
    vec![
        check(
            "P(full, 25 beds) - P(full, 26 beds)",
            apart,
            paired.difference().mean(),
            (apart * (1.0 - apart) / n).sqrt(),
        ),
        check(
            "variance reduction, 25 beds to 26",
            gain(often, rarely),
            found,
            (variance / n).sqrt(),
        ),
        check(
            "worlds in which a bed more does harm",
            0.0,
            f64::from(u8::from(smallest < 0)),
            0.0,
        ),
    ]
}

/// A wave, for two distributions of stays with the same mean.
pub(super) fn wave(effort: &Effort) -> Vec<Check> {
    let mut checks = Vec::new();
    for (name, stay) in [
        (
            "exponential",
            "covid.ic_stay={ exponential = { mean_days = 12 } }",
        ),
        ("fixed", "covid.ic_stay={ fixed = { days = 12 } }"),
    ] {
        let model = model(WAVE, &[stay]);
        let covid = &model.covid;
        let quantities = [7, 21, 28, 42, 63].map(|day| {
            let mean = census_mean(&covid.daily_admissions, &covid.ic_stay.days, moment(day));
            covid_census(WAVE_TEST, name, day, mean)
        });
        checks.extend(compare(&model, effort, &quantities));
    }
    checks
}

/// Ward and IC are Poisson and independent at a fixed moment.
pub(super) fn tandem(effort: &Effort) -> Vec<Check> {
    let model = model(TANDEM, &[]);
    let mut quantities = Vec::new();
    for day in [7, 14, 28] {
        let (ward, ic) = tandem_means(moment(day));
        quantities.push(covid_census(TANDEM_TEST, "IC", day, ic));
        let name = format!("ward: mean census, day {day}");
        quantities.push(Quantity::mean(
            TANDEM_TEST,
            name,
            ward,
            move |outcome, _| census_of(outcome, day, DayMeasure::CovidWard),
        ));
    }
    let (ward, ic) = tandem_means(moment(28));
    let name = "covariance of ward and IC, day 28";
    quantities.push(Quantity::mean(TANDEM_TEST, name, 0.0, move |outcome, _| {
        (census_of(outcome, 28, DayMeasure::CovidWard) - ward)
            * (census_of(outcome, 28, DayMeasure::CovidIc) - ic)
    }));
    compare(&model, effort, &quantities)
}

/// Ten a day to the ward for Exp(5), a fifth of them on to the IC for Exp(12), from empty.
fn tandem_means(t: f64) -> (f64, f64) {
    let (ward, ic) = (1.0 / 5.0, 1.0 / 12.0);
    let decay = |rate: f64| libm::exp(-rate * t);
    let on_ward = 10.0 / ward * (1.0 - decay(ward));
    let into_ic = 0.2 * 10.0;
    let on_ic =
        into_ic / ic * (1.0 - decay(ic)) - into_ic * (decay(ic) - decay(ward)) / (ward - ic);
    (on_ward, on_ic)
}

/// Ten bed places: the transient from empty, and the loss in the long run for any stay.
pub(super) fn loss(effort: &Effort) -> Vec<Check> {
    let exponential = model(LOSS, &[]);
    let mut checks = compare(&exponential, effort, &loss_transient());
    for (name, stay) in [
        (
            "exponential",
            "covid.ic_stay={ exponential = { mean_days = 4 } }",
        ),
        (
            "lognormal",
            "covid.ic_stay={ lognormal = { median_days = 2.82842712, sd_log = 0.83255461 } }",
        ),
    ] {
        let weeks = 8..14;
        let arrivals = 14.0 * 6.0;
        let name = format!("{name}: share lost, weeks 9 to 14");
        let expected = erlang_b(10, 8.0);
        let share = Quantity::mean(LOSS_TEST, name, expected, move |outcome: &Outcome, _| {
            outcome
                .weeks
                .total(weeks.clone(), WeekMeasure::CovidExported) as f64
                / arrivals
        });
        checks.extend(compare(&model(LOSS, &[stay]), effort, &[share]));
    }
    checks
}

fn loss_transient<'a>() -> Vec<Quantity<'a>> {
    let system = BirthDeath::census(2.0, 4.0, 10, true);
    let mut empty = vec![0.0; 11];
    empty[0] = 1.0;
    let mut quantities = Vec::new();
    for day in [2, 4, 8, 20] {
        let (p, _) = system.after(&empty, moment(day));
        let mean = p.iter().zip(0_u32..).map(|(p, n)| p * f64::from(n)).sum();
        quantities.push(covid_census(LOSS_TEST, "10 beds", day, mean));
        quantities.push(covid_above(LOSS_TEST, day, 9, p[10]));
    }
    for weeks in [1_usize, 3] {
        let (_, full) = system.after(&empty, 7.0 * weeks as f64);
        let name = format!("patients lost in {weeks} weeks");
        quantities.push(Quantity::mean(
            LOSS_TEST,
            name,
            2.0 * full,
            move |outcome, _| outcome.weeks.total(0..weeks, WeekMeasure::CovidExported) as f64,
        ));
    }
    quantities
}

/// Six operations a day beside a Poisson census with mean 20 in 28 beds.
pub(super) fn displacement(effort: &Effort) -> Vec<Check> {
    /// A Wednesday, far from the start.
    const DAY: u16 = 58;
    let (beds, places, mean) = (28, 6, 20.0);
    let cancelled = |census: u32| f64::from((census + places).saturating_sub(beds).min(places));
    let expected: f64 = (0..200).map(|n| pmf(n, mean) * cancelled(n)).sum();
    let day = usize::from(DAY);
    let name = "operations cancelled on a day";
    let quantities = [
        Quantity::event(
            DISPLACEMENT_TEST,
            "P(cancellation on a day)",
            survival(beds - places, mean),
            move |_, tape| tape.cancelled(day) > 0,
        ),
        Quantity::mean(DISPLACEMENT_TEST, name, expected, move |_, tape| {
            f64::from(tape.cancelled(day))
        }),
        Quantity::mean(
            DISPLACEMENT_TEST,
            "operations cancelled in a week",
            5.0 * expected,
            move |_, tape| {
                (day - 2..day + 3)
                    .map(|d| f64::from(tape.cancelled(d)))
                    .sum()
            },
        ),
    ];
    compare(&model(DISPLACEMENT, &[]), effort, &quantities)
}
