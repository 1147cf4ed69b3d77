//! The hospital engine as an infinite-server system with patients at the start.

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::engine::Simulator;
use crate::model::Model;
use crate::numeric::poisson::{pmf, survival};
use crate::outcome::DayMeasure;
use crate::random::Distribution;
use crate::statistics::paired::Paired;
use crate::units::Day;
use crate::verify::check::{Check, Effort, Machine};
use crate::verify::closed_forms::{BirthDeath, census_mean, time_present};
use crate::verify::comparison::{Quantity, compare, model};
use crate::verify::hospital::{STAYS, census_of, covid_census, moment};
use crate::world::World;

const PRESENT: &str = include_str!("../../scenarios/verify/present.toml");

const PRESENT_TEST: &str = "M/G/∞, random start";
const GROWTH: &str = "growing admissions";
const PASSAGE: &str = "any time in a window";
const COUPLING: &str = "common random numbers";

/// A known number of patients at the start, with what is left of their stays; first passage; and the
/// gain of common random numbers between two capacities.
pub(super) fn present(effort: &Effort) -> Vec<Check> {
    let mut checks = conditioned(effort);
    checks.extend(residual(effort));
    checks.extend(growth(effort));
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

/// Admissions that have grown by a tenth a day for half a year: the census depends on the whole
/// distribution of stays, not on their mean alone (Eick, Massey and Whitt 1993).
fn growth(effort: &Effort) -> Vec<Check> {
    const WEEKS: i32 = 31;
    /// The week that begins on the first day of the study, in which four a day are expected.
    const NOW: i32 = 24;
    let weekly = (0..WEEKS).map(|week| 28.0 * libm::exp(0.7 * f64::from((week - NOW).min(1))));
    let weekly: Vec<String> = weekly.map(|n| n.to_string()).collect();
    let admissions = format!("covid.weekly_admissions=[{}]", weekly.join(", "));
    let mut checks = Vec::new();
    for (name, stay) in &STAYS[..3] {
        let model = model(PRESENT, &[&admissions, stay]);
        let covid = &model.covid;
        let before = f64::from(covid.lookback_days);
        let quantities = [0, 6].map(|day| {
            let stay = &covid.ic_stay.days;
            let mean = census_mean(&covid.daily_admissions, stay, before + moment(day));
            covid_census(GROWTH, name, day, mean)
        });
        checks.extend(compare(&model, effort, &quantities));
    }
    checks
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
            move |_, trace| trace.peak(0..usize::from(days)) > i64::from(bound),
        )
    };
    let mut thirty = vec![0.0; 61];
    thirty[30] = 1.0;
    let fixed = [(35, 7), (40, 7), (40, 42), (50, 42), (55, 42)]
        .map(|(bound, days)| passage("30", &thirty, bound, days));
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
        let outcome = simulators[at].simulate(
            world,
            &capacities[at].schedule(&capacities[at].policies[0]),
            &state,
        );
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
