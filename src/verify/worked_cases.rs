//! Worlds written by hand, whose outcome can be worked out on paper. They must come out exactly.

use crate::engine::Simulator;
use crate::model::Model;
use crate::outcome::{Outcome, WeekMeasure};
use crate::units::{Day, HospitalIdx, MINUTES_PER_DAY, Minutes, RegionIdx, SimTime, UrgencyClass};
use crate::verify::check::{Check, Effort, Machine};
use crate::verify::comparison::model;
use crate::world::{Arrival, ArrivalKind, CovidPatient, ListExit, PlannedPatient, World};

const CENSUS: &str = include_str!("../../scenarios/verify/census.toml");
const LIST: &str = include_str!("../../scenarios/verify/list.toml");
const TEST: &str = "by hand";
/// Days with one COVID patient each, at noon.
const DAYS: u32 = 28;
/// Stay of each.
const STAY_DAYS: u32 = 7;

/// One COVID patient a day at noon for 28 days, each for exactly 7 days.
pub(super) fn cases(_: &Effort) -> Vec<Check> {
    let mut checks = beds();
    checks.extend(displaced());
    checks
}

/// Bed-days and patients lost, with enough beds and with too few.
fn beds() -> Vec<Check> {
    let ample = outcome(10);
    // 21 whole stays, and 6.5 + 5.5 + ... + 0.5 days of the last seven patients.
    let mut checks = vec![
        exact(
            "7 or more beds: bed-days in 28 days",
            171.5,
            bed_days(&ample),
        ),
        exact("7 or more beds: patients lost", 0.0, lost(&ample)),
    ];
    // A stay ends at the minute of an arrival, and the bed is free for it: five patients are taken
    // and two lost in every seven days. 15 whole stays, and 6.5 + 5.5 + 4.5 + 3.5 + 2.5 days.
    let five = outcome(5);
    checks.push(exact("5 beds: bed-days in 28 days", 127.5, bed_days(&five)));
    checks.push(exact("5 beds: patients lost", 8.0, lost(&five)));
    checks
}

/// One planned patient is indicated at 10:00 on each weekday of the same four weeks, and there are
/// six places for operations on a weekday. From day 7 to day 28 seven COVID patients are there at
/// 07:30; on days 29 to 34 there are six to one.
fn displaced() -> Vec<Check> {
    // With thirteen beds everyone is operated on at the next weekday: a wait of one day, or of three
    // from Friday to Monday.
    let ample = waits(13);
    // With seven beds the first four are operated on the day after. The other sixteen have dates
    // taken back: 1, 2, 3, 4 and 5 on the days of the second week, then never more than the six who
    // get a place, on eleven days up to day 28; and as one, two, three and four beds come free on
    // days 29 to 32, five, four, three and two. The last six are operated on day 35.
    let tight = waits(7);
    vec![
        exact("13 beds: days waited", 28.0, ample.0),
        exact("13 beds: dates taken back", 0.0, ample.1),
        exact("7 beds: days waited", 280.0, tight.0),
        exact("7 beds: dates taken back", 95.0, tight.1),
    ]
}

/// Days waited in all, and dates taken back on the day, with `beds` staffed beds.
fn waits(beds: u32) -> (f64, f64) {
    let nobody = "covid.weekly_admissions=[".to_owned() + &"0, ".repeat(71) + "]";
    let staffed = format!("region.region.hospital.hospital.regular_beds={beds}");
    // Planners then expect no COVID patient to leave within the day, and count no bed twice.
    let long = "covid.ic_stay={ fixed = { days = 100 } }";
    let model = model(
        LIST,
        &[
            &nobody,
            &staffed,
            long,
            "planned.stream.planned.weekly_indications=0",
        ],
    );
    let mut world = covid_world(&model);
    let planned = || (0..DAYS).filter(|day| day % 7 < 5);
    world.planned = planned().map(planned_patient).collect();
    let arrivals = (0..).zip(planned()).map(|(patient, day)| Arrival {
        time: SimTime(day * MINUTES_PER_DAY + 10 * 60),
        kind: ArrivalKind::Planned,
        mark: 0,
        patient,
    });
    world.arrivals.extend(arrivals);
    world.arrivals.sort_by_key(|arrival| arrival.time);
    let outcome = simulated(&model, &world);
    let days = outcome.planned.iter().zip(planned()).map(|(found, day)| {
        let end = found.resolved.map_or(f64::NAN, |end| f64::from(end.0));
        end - f64::from(day)
    });
    let taken_back = (0..8).map(|week| {
        let measure = WeekMeasure::CancelledOnTheDayClass3;
        outcome.weeks.total(week..week + 1, measure) as f64
    });
    (days.sum(), taken_back.sum())
}

/// A class 3 patient who is indicated on `day`, can be operated from the next day on, and never
/// gives up waiting.
fn planned_patient(day: u32) -> PlannedPatient {
    let indicated = Day(u16::try_from(day).unwrap_or(u16::MAX));
    PlannedPatient {
        indicated: SimTime::on(indicated, 10 * 60),
        waited_before: Minutes(0),
        hospital: HospitalIdx(0),
        region: RegionIdx(0),
        specialty: 0,
        class: UrgencyClass::KritiekPlanbareZorg,
        ready: indicated.plus(1),
        due: indicated.plus(1_000),
        or_time: Minutes(60),
        ic_stay: Minutes(6 * 60),
        list_exit: (ListExit::Withdrawal, Minutes(u32::MAX)),
        reclassification: None,
        mediation_mark: 999,
        tie: 0,
        risk_mark: 999,
    }
}

fn exact(quantity: &str, expected: f64, got: f64) -> Check {
    Check {
        test: TEST,
        quantity: quantity.to_owned(),
        by: Machine::Engine,
        expected,
        got,
        standard_error: 0.0,
    }
}

fn bed_days(outcome: &Outcome) -> f64 {
    let minutes = outcome.weeks.total(0..4, WeekMeasure::BedMinutesCovid);
    minutes as f64 / f64::from(MINUTES_PER_DAY)
}

fn lost(outcome: &Outcome) -> f64 {
    outcome.weeks.total(0..4, WeekMeasure::CovidExported) as f64
}

fn outcome(beds: u32) -> Outcome {
    let model = empty_model(beds);
    simulated(&model, &covid_world(&model))
}

fn simulated(model: &Model, world: &World) -> Outcome {
    let simulator = Simulator::new(model);
    let state = simulator.burn_in(world);
    simulator.simulate(world, &model.schedule(&model.policies[0]), &state)
}

/// The census scenario with `beds` places and nobody of its own.
fn empty_model(beds: u32) -> Model {
    let nobody = "covid.weekly_admissions=[".to_owned() + &"0, ".repeat(9) + "]";
    let places = format!("region.region.hospital.hospital.physical_beds={beds}");
    let regular = "region.region.hospital.hospital.regular_beds=1";
    let overrides = [nobody.as_str(), "acute.weekly_arrivals=0", &places, regular];
    model(CENSUS, &overrides)
}

fn covid_world(model: &Model) -> World {
    let mut world = World::draw(model, 1, 0);
    let patient = CovidPatient {
        hospital: HospitalIdx(0),
        transfer_mark: 999,
        tie: 0,
        home_mark: 999,
        vvt_mark: 999,
        needs_ic: true,
        survives_ic: false,
        first_ward: Minutes(0),
        ic: Minutes::from_days(STAY_DAYS),
        second_ward: Minutes(0),
        readmission: None,
    };
    world.covid = vec![patient; DAYS as usize];
    let arrival = |day: u32| Arrival {
        time: SimTime(day * MINUTES_PER_DAY + MINUTES_PER_DAY / 2),
        kind: ArrivalKind::Covid,
        mark: 0,
        patient: day,
    };
    world.arrivals = (0..DAYS).map(arrival).collect();
    world
}
