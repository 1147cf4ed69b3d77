//! The hospital engine as infinite-server, tandem and loss systems that start empty.
//!
//! Daily numbers are taken at 09:00 after all events of that minute. A patient who arrives within
//! minute 540 of the day is counted by then, and arrivals are rounded down to whole minutes, so the
//! moment to compare with is 541 minutes after midnight.

use crate::model::Model;
use crate::numeric::poisson::{pmf, survival};
use crate::outcome::{DayMeasure, Outcome, WeekMeasure};
use crate::units::{Day, MINUTES_PER_DAY, PerMille};
use crate::verify::check::{Check, Effort};
use crate::verify::closed_forms::{BirthDeath, census_mean, erlang_b};
use crate::verify::comparison::{Quantity, compare, model};

pub(super) const CENSUS: &str = include_str!("../../scenarios/verify/census.toml");
const WAVE: &str = include_str!("../../scenarios/verify/wave.toml");
pub(super) const TANDEM: &str = include_str!("../../scenarios/verify/tandem.toml");
const LOSS: &str = include_str!("../../scenarios/verify/loss.toml");
const DISPLACEMENT: &str = include_str!("../../scenarios/verify/displacement.toml");

const INFINITE: &str = "M/G/∞ from empty";
const WAVE_TEST: &str = "Mt/G/∞";
const TANDEM_TEST: &str = "ward to ICU tandem";
const LOSS_TEST: &str = "Erlang loss";
const DISPLACEMENT_TEST: &str = "displacement";

/// Days after the start at which the statistics of `day` are taken.
pub(super) fn moment(day: u16) -> f64 {
    f64::from(day) + 541.0 / f64::from(MINUTES_PER_DAY)
}

pub(super) fn census_of(outcome: &Outcome, day: u16, measure: DayMeasure) -> f64 {
    f64::from(outcome.days.get(Day(day), measure))
}

/// The COVID IC census on `day`, expected to be `expected`.
pub(super) fn covid_census<'a>(
    test: &'static str,
    name: &str,
    day: u16,
    expected: f64,
) -> Quantity<'a> {
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

/// Stays on the IC with a mean of twelve days, each with its name.
pub(super) const STAYS: [(&str, &str); 5] = [
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

/// From empty, for five distributions of stays; and acute patients with a weekly rhythm.
pub(super) fn census(effort: &Effort) -> Vec<Check> {
    let mut checks = Vec::new();
    for (name, stay) in STAYS {
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
        quantities.push(covid_census(TANDEM_TEST, "ICU", day, ic));
        let name = format!("ward: mean census, day {day}");
        quantities.push(Quantity::mean(
            TANDEM_TEST,
            name,
            ward,
            move |outcome, _| census_of(outcome, day, DayMeasure::CovidWard),
        ));
    }
    let (ward, ic) = tandem_means(moment(28));
    let name = "covariance of ward and ICU, day 28";
    quantities.push(Quantity::mean(TANDEM_TEST, name, 0.0, move |outcome, _| {
        (census_of(outcome, 28, DayMeasure::CovidWard) - ward)
            * (census_of(outcome, 28, DayMeasure::CovidIc) - ic)
    }));
    compare(&model, effort, &quantities)
}

/// Ten a day to the ward for Exp(5), a fifth of them on to the IC for Exp(12), from empty.
pub(super) fn tandem_means(t: f64) -> (f64, f64) {
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

/// Six operations a day beside a Poisson census with mean 20 in 28 beds: with stays of a hundred days, of
/// which less than one bed is expected to come free in a day, and of five days, of which three or four are.
pub(super) fn displacement(effort: &Effort) -> Vec<Check> {
    /// Weeks of the scenario's series.
    const N_WEEKS: usize = 71;
    let admissions = vec!["28"; N_WEEKS].join(",");
    let admissions = format!("covid.weekly_admissions=[{admissions}]");
    let stay = "covid.ic_stay={ exponential = { mean_days = 5 } }";
    let short = model(DISPLACEMENT, &[&admissions, stay]);
    let leaves = PerMille::from_fraction(1.0 - libm::exp(-1.0 / 5.0));
    let long = PerMille::from_fraction(0.01);
    let mut checks = compare(&model(DISPLACEMENT, &[]), effort, &cancellations("", long));
    checks.extend(compare(
        &short,
        effort,
        &cancellations("short stays: ", leaves),
    ));
    checks
}

/// Cancellations when the part `leaves` of the census is expected to leave within a day: beds are counted
/// with it, and rounded down.
fn cancellations<'a>(what: &str, leaves: PerMille) -> [Quantity<'a>; 3] {
    /// A Wednesday, far from the start.
    const DAY: usize = 58;
    let (beds, places, mean) = (28_i64, 6_i64, 20.0);
    let cancelled = |census: u32| {
        let census = i64::from(census);
        let left = (beds - census) * 1_000 + census * i64::from(leaves.0);
        (places - left.div_euclid(1_000)).clamp(0, places) as f64
    };
    let expected: f64 = (0..200).map(|n| pmf(n, mean) * cancelled(n)).sum();
    let ever = (0..200).filter(|n| cancelled(*n) > 0.0);
    let probability = ever.map(|n| pmf(n, mean)).sum();
    [
        Quantity::event(
            DISPLACEMENT_TEST,
            format!("{what}P(cancellation on a day)"),
            probability,
            move |_, trace| trace.cancelled(DAY) > 0,
        ),
        Quantity::mean(
            DISPLACEMENT_TEST,
            format!("{what}operations cancelled on a day"),
            expected,
            move |_, trace| f64::from(trace.cancelled(DAY)),
        ),
        Quantity::mean(
            DISPLACEMENT_TEST,
            format!("{what}operations cancelled in a week"),
            5.0 * expected,
            move |_, trace| {
                (DAY - 2..DAY + 3)
                    .map(|d| f64::from(trace.cancelled(d)))
                    .sum()
            },
        ),
    ]
}
