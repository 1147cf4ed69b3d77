//! A scenario against itself: with a bed for everyone, its simulated censuses must be those that
//! follow from its own admissions and stays.

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::census::Expected;
use crate::census::expected::Calculator;
use crate::experiment::Experiment;
use crate::model::Model;
use crate::outcome::DayMeasure;
use crate::policy::levers::Policy;
use crate::statistics::accumulate::PowerSums;
use crate::units::{Beds, Day, PerMille};
use crate::verify::check::{Check, Effort, Machine};
use crate::verify::closed_forms::census_mean;
use crate::verify::comparison::{Quantity, compare_telling};
use crate::verify::hospital::{census_of, moment};

const TEST: &str = "beds for everyone";
const START: &str = "census at start";
/// IC beds and ward beds per hospital: more than any wave within a scenario's bounds fills.
const AMPLE: Beds = Beds(2_000);
const AMPLE_WARD: Beds = Beds(u16::MAX);
/// Mornings of the window that are looked at, first and last included.
const N_DAYS: u16 = 6;

/// Simulates `model` with its capacities lifted in `n_worlds` worlds of `seed` and compares the mean
/// censuses of COVID patients on IC and ward and of acute patients with theory; and, when the
/// scenario gives the census at the start of the window, compares that with the admissions before.
///
/// Planned patients are left out: planners give them dates, which has no closed form. `done` is
/// called after each world.
pub fn consistency(
    model: &Model,
    n_worlds: u32,
    seed: u64,
    done: &(dyn Fn() + Sync),
) -> Vec<Check> {
    let model = lifted(model);
    let calculator = Calculator::new(&model);
    let effort = Effort {
        n_worlds,
        seed,
        ..Effort::QUICK
    };
    let mut quantities = Vec::new();
    for day in days(&model) {
        quantities.extend(of_day(&model, day, calculator.on(day)));
    }
    let mut checks = at_start(&model, calculator.at_start());
    checks.extend(compare_telling(&model, &effort, &quantities, done));
    checks
}

/// Days spread over the window.
fn days(model: &Model) -> impl Iterator<Item = Day> + use<> {
    let (start, last) = (model.study.window_start(), model.study.window_days - 1);
    (0..N_DAYS).map(move |n| start.plus(last / (N_DAYS - 1) * n))
}

fn of_day<'a>(model: &Model, day: Day, covid: Expected) -> [Quantity<'a>; 3] {
    let acute = &model.acute;
    let acute = census_mean(&acute.daily_arrivals, &acute.stay.days, moment(day.0));
    let date = model.study.date(day);
    [
        ("COVID patients in the ICU", DayMeasure::CovidIc, covid.ic),
        (
            "COVID patients on the ward",
            DayMeasure::CovidWard,
            covid.ward,
        ),
        ("acute patients in the ICU", DayMeasure::AcuteIc, acute),
    ]
    .map(|(name, measure, expected)| {
        let name = format!("{name}, {date}");
        Quantity::mean(TEST, name, expected, move |outcome, _| {
            census_of(outcome, day.0, measure)
        })
    })
}

/// The census that was given against the one that admissions lead to expect: a Poisson number.
fn at_start(model: &Model, expected: Expected) -> Vec<Check> {
    let Some(census) = model.covid.census_at_start else {
        return Vec::new();
    };
    let date = model.study.date(model.study.window_start());
    let check = |place, given, expected: f64| Check {
        test: START,
        quantity: format!("COVID patients on the {place}, {date}"),
        by: Machine::Scenario,
        expected,
        got: f64::from(given),
        standard_error: expected.sqrt(),
    };
    vec![
        check("ICU", census.ic, expected.ic),
        check("ward", census.ward, expected.ward),
    ]
}

/// What was observed of patients without COVID on the ICU on the first day of the window against worlds of the
/// scenario as it is, under its baseline: no world is made to have this number. The standard error is the
/// standard deviation over worlds. `done` is called after each of `n_worlds`.
pub fn other_patients_at_start(
    model: &Model,
    observed: f64,
    (n_worlds, seed): (u32, u64),
    done: &(dyn Fn() + Sync),
) -> Check {
    let baseline = model.policies[model.baseline].key.clone();
    let model = model.clone().reduced_to(&[baseline]);
    let experiment = Experiment::new(&model, seed);
    let start = model.study.window_start();
    let other = |replication| {
        let days = &experiment.replicate(replication).policies[0].days;
        done();
        days.get(start, DayMeasure::AcuteIc) + days.get(start, DayMeasure::PlannedIc)
    };
    let counted: Vec<u32> = (0..n_worlds).into_par_iter().map(other).collect();
    let mut over_worlds = PowerSums::default();
    for n in counted {
        over_worlds.add(i64::from(n));
    }
    Check {
        test: START,
        quantity: format!("other patients on the ICU, {}", model.study.date(start)),
        by: Machine::Scenario,
        expected: over_worlds.mean(),
        got: observed,
        standard_error: over_worlds.variance().sqrt(),
    }
}

/// The model with a bed for everyone, the expected wave, and no policy.
fn lifted(model: &Model) -> Model {
    model.clone().changed(|parts| {
        for hospital in &mut parts.hospitals {
            hospital.regular_beds = AMPLE;
            hospital.physical_beds = AMPLE;
            hospital.covid_ward_beds = AMPLE_WARD;
        }
        parts.staff.workforce = PerMille::ONE;
        parts.staff.acute_reserve = PerMille::ZERO;
        parts.staff.ward.step_down = None;
        parts.staff.absence.normal = 0.0;
        parts.staff.absence.per_thousand_weekly_admissions = 0.0;
        parts.staff.absence.sd = 0.0;
        parts.acute.substitutable_permille = 0;
        parts.acute.level_sd_log = 0.0;
        let spread = &mut parts.covid.spread;
        spread.size_sd_log = 0.0;
        spread.timing_sd_days = 0.0;
        spread.regional_sd_log = 0.0;
        spread.stay_sd_log = 0.0;
        spread.stay_drift_sd_log = 0.0;
        for record in &mut parts.phases.records[1..] {
            record.enter_at_covid_ic = u32::MAX;
        }
        parts.policies = vec![Policy::inert()];
        parts.baseline = 0;
    })
}
