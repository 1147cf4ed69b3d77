//! The hospital engine as queues: patients who leave the IC wait there for a bed on the ward, first
//! come, first served. Admissions are Poisson and there is an IC bed for everyone, so the ward's arrivals
//! are Poisson too.

use crate::model::Model;
use crate::outcome::{DayMeasure, Outcome};
use crate::units::{Day, SimTime};
use crate::verify::check::{Check, Effort};
use crate::verify::closed_forms::{BirthDeath, erlang_c, wait_of_one_server};
use crate::verify::comparison::{Quantity, compare, model};
use crate::verify::hospital::{census_of, moment};
use crate::verify::trace::Trace;

const WARD: &str = include_str!("../../scenarios/verify/ward.toml");

const WAITING: &str = "M/M/c waiting";
const GENERAL: &str = "M/G/1 waiting";
const TRANSIENT: &str = "M/M/1 from empty";
const NETWORK: &str = "open network";

/// Days after which the start is forgotten.
const FROM: u16 = 140;
/// Days that are measured.
const DAYS: u16 = 42;

/// All lines for the ward.
pub(super) fn ward(effort: &Effort) -> Vec<Check> {
    // Long runs see many patients each, so a tenth of the worlds will do.
    let long = Effort {
        n_worlds: effort.n_worlds.div_ceil(10),
        ..*effort
    };
    let mut checks = waiting(&long, 5, 3.0);
    // Half a standard deviation of the offered load is kept spare, as Halfin and Whitt (1981) do.
    checks.extend(waiting(&long, 20, 17.880_170_8));
    checks.extend(one_bed(&long));
    checks.extend(from_empty(effort));
    checks.extend(network(&long));
    checks
}

/// The ward scenario with `beds` on the ward, `per_day` patients, and another change.
fn ward_model(beds: u32, per_day: f64, change: &str) -> Model {
    const WEEKS: usize = 32;
    let week = format!("{}, ", per_day * 7.0);
    let admissions = format!("covid.weekly_admissions=[{}]", week.repeat(WEEKS));
    let beds = format!("region.region.hospital.hospital.covid_ward_beds={beds}");
    model(WARD, &[&admissions, &beds, change])
}

const EXPONENTIAL: &str = "covid.ward_after_ic={ exponential = { mean_days = 1 } }";

/// Waits in the long run. Sums of waits are divided by the expected number of patients, which makes
/// their mean exact.
fn waiting(effort: &Effort, beds: u32, load: f64) -> Vec<Check> {
    let model = ward_model(beds, load, EXPONENTIAL);
    let delayed = erlang_c(beds, load);
    let spare = f64::from(beds) - load;
    let patients = load * f64::from(DAYS);
    let name = |what: &str| format!("{what}, load {load:.1}, {beds} beds");
    let quantities = [
        Quantity::mean(
            WAITING,
            name("all beds taken"),
            delayed,
            move |outcome, _| share_of_days_full(outcome, beds),
        ),
        Quantity::mean(
            WAITING,
            name("mean wait"),
            delayed / spare,
            move |_, trace| waits(trace).sum::<f64>() / patients,
        ),
        Quantity::mean(
            WAITING,
            name("P(wait > 1/4)"),
            delayed * libm::exp(-spare / 4.0),
            move |_, trace| waits(trace).filter(|wait| *wait > 0.25).count() as f64 / patients,
        ),
    ];
    compare(&model, effort, &quantities)
}

fn waits(trace: &Trace) -> impl Iterator<Item = f64> {
    trace.ward().waits(FROM..FROM + DAYS)
}

/// Share of the measured days on which no ward bed is free.
fn share_of_days_full(outcome: &Outcome, beds: u32) -> f64 {
    let is_full = |day: &u16| outcome.days.get(Day(*day), DayMeasure::CovidWard) >= beds;
    (FROM..FROM + DAYS).filter(is_full).count() as f64 / f64::from(DAYS)
}

/// One bed and any distribution of stays: the wait depends on mean and variance only.
fn one_bed(effort: &Effort) -> Vec<Check> {
    const LOAD: f64 = 0.5;
    let stays = [
        ("fixed", "covid.ward_after_ic={ fixed = { days = 1 } }"),
        (
            "lognormal",
            "covid.ward_after_ic={ lognormal = { median_days = 0.70710678, sd_log = 0.83255461 } }",
        ),
    ];
    let mut checks = Vec::new();
    for (name, stay) in stays {
        let model = ward_model(1, LOAD, stay);
        let square = if name == "fixed" { 1.0 } else { 2.0 };
        let patients = LOAD * f64::from(DAYS);
        let mean = Quantity::mean(
            GENERAL,
            format!("mean wait, load {LOAD}, {name} stay"),
            wait_of_one_server(LOAD, 1.0, square),
            move |_, trace| waits(trace).sum::<f64>() / patients,
        );
        checks.extend(compare(&model, effort, &[mean]));
    }
    checks
}

/// Patients on the ward or in line for it, some days after the first can come.
fn from_empty(effort: &Effort) -> Vec<Check> {
    const LAST: u32 = 120;
    let mut checks = Vec::new();
    for load in [0.5, 0.9] {
        let system = BirthDeath::queue(load, 1.0, 1, LAST);
        let mut empty = vec![0.0; LAST as usize + 1];
        empty[0] = 1.0;
        let quantities = [2, 6, 21].map(|day| {
            let (p, _) = system.after(&empty, moment(day) - 1.0);
            let mean = p.iter().zip(0_u32..).map(|(p, n)| p * f64::from(n)).sum();
            let name = format!("mean number, load {load}, day {day}");
            Quantity::mean(TRANSIENT, name, mean, move |outcome, trace| {
                in_line(outcome, trace, day).1
            })
        });
        checks.extend(compare(
            &ward_model(1, load, EXPONENTIAL),
            effort,
            &quantities,
        ));
    }
    checks
}

/// Patients under care on the IC, and patients on the ward or in line for it, when the statistics
/// of `day` are taken.
fn in_line(outcome: &Outcome, trace: &Trace, day: u16) -> (f64, f64) {
    let now = SimTime::on(Day(day), 9 * 60);
    let waiting = trace.ward().waiting(now).count() as f64;
    let on_ic = census_of(outcome, day, DayMeasure::CovidIc) - waiting;
    (
        on_ic,
        census_of(outcome, day, DayMeasure::CovidWard) + waiting,
    )
}

/// IC and ward in a row: the numbers at both are independent (Jackson 1957), with the means that
/// each has alone.
fn network(effort: &Effort) -> Vec<Check> {
    let (load, beds) = (3.0, 5);
    let model = {
        let week = format!("{}, ", load * 7.0).repeat(32);
        let admissions = format!("covid.weekly_admissions=[{week}]");
        let ic = "covid.ic_stay={ exponential = { mean_days = 2 } }";
        model(WARD, &[&admissions, ic])
    };
    let mean = (
        2.0 * load,
        load + load * erlang_c(beds, load) / (f64::from(beds) - load),
    );
    let quantities = [
        Quantity::mean(NETWORK, "ICU: mean census", mean.0, |outcome, trace| {
            in_line(outcome, trace, FROM).0
        }),
        Quantity::mean(
            NETWORK,
            "ward and its line: mean",
            mean.1,
            |outcome, trace| in_line(outcome, trace, FROM).1,
        ),
        Quantity::mean(
            NETWORK,
            "covariance of the two",
            0.0,
            move |outcome, trace| {
                let numbers = in_line(outcome, trace, FROM);
                (numbers.0 - mean.0) * (numbers.1 - mean.1)
            },
        ),
    ];
    compare(&model, effort, &quantities)
}
