//! Worlds written by hand, whose outcome can be worked out on paper. They must come out exactly.

use crate::engine::Simulator;
use crate::model::Model;
use crate::outcome::{Outcome, WeekMeasure};
use crate::units::{HospitalIdx, MINUTES_PER_DAY, Minutes, SimTime};
use crate::verify::tape::model;
use crate::verify::{Check, Effort, Machine};
use crate::world::{Arrival, ArrivalKind, CovidPatient, World};

const CENSUS: &str = include_str!("../../scenarios/verify/census.toml");
const TEST: &str = "by hand";
/// Days with one COVID patient each, at noon.
const DAYS: u32 = 28;
/// Stay of each.
const STAY_DAYS: u32 = 7;

/// One COVID patient a day at noon for 28 days, each for exactly 7 days.
pub(super) fn cases(_: &Effort) -> Vec<Check> {
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
    let world = world(&model);
    let simulator = Simulator::new(&model);
    let state = simulator.burn_in(&world);
    simulator.simulate(&world, &model.policies[0], &state)
}

/// The census scenario with `beds` places and nobody of its own.
fn empty_model(beds: u32) -> Model {
    let nobody = "covid.weekly_admissions=[".to_owned() + &"0, ".repeat(9) + "]";
    let places = format!("region.region.hospital.hospital.physical_beds={beds}");
    let regular = "region.region.hospital.hospital.regular_beds=1";
    let overrides = [nobody.as_str(), "acute.weekly_arrivals=0", &places, regular];
    model(CENSUS, &overrides)
}

fn world(model: &Model) -> World {
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
