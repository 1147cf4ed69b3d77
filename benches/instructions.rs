//! One part of a national replication, or the event calendar, run once so that its instructions can be counted:
//!
//! ```sh
//! cargo bench --bench instructions --no-run
//! valgrind --tool=callgrind --toggle-collect='*counted*' BINARY world
//! ```
//!
//! Counts do not depend on what else the machine does; times do. Without a part, all are listed. Settings
//! may follow a part, as `--set` takes them: `BINARY supplement-2021 staff.unit_beds=4`.

#![expect(clippy::print_stdout, reason = "a program for the command line")]

use std::path::Path;

use zorgdruk::engine::Simulator;
use zorgdruk::engine::calendar::{EventCalendar, EventKey};
use zorgdruk::experiment::Experiment;
use zorgdruk::model::Model;
use zorgdruk::scenario;
use zorgdruk::world::World;

const SEED: u64 = 1;
const REPLICATION: u32 = 0;
/// Events that are pending in the calendar, and how many follow each other.
const PENDING: u32 = 5_000;
const STEPS: u32 = 200_000;

fn main() {
    let mut words = std::env::args()
        .skip(1)
        .filter(|word| !word.starts_with('-'));
    let part = words.next();
    if part.as_deref() == Some("calendar") {
        println!("{} was last", hold());
        return;
    }
    let model = national(&words.collect::<Vec<_>>());
    match part.as_deref() {
        None => list(&model),
        Some("replication") => {
            let experiment = Experiment::new(&model, SEED);
            let record = counted(|| experiment.replicate(REPLICATION));
            println!("{} policies", record.policies.len());
        }
        Some(part) => println!("{} planned patients", run(&model, part)),
    }
}

fn list(model: &Model) {
    println!("parts: calendar, world, twin, replication");
    for policy in model.policies() {
        println!("policy: {}", policy.key);
    }
}

/// The hold model: each step takes the earliest event and schedules it anew, up to ten days ahead. Returns
/// the last event taken.
fn hold() -> u32 {
    // A multiplicative generator (Park and Miller 1988) is random enough here, and takes few instructions.
    let mut state = 1_u64;
    let mut ahead = || {
        state = state * 48_271 % 0x7fff_ffff;
        u32::try_from(1 + state % 14_400).expect("minutes of ten days")
    };
    let mut calendar = EventCalendar::default();
    for event in 0..PENDING {
        calendar.push(EventKey::new(ahead(), 0, 0, event));
    }
    let mut step = |_| {
        let key = calendar.pop().expect("it never runs empty");
        calendar.push(EventKey::new(key.time() + ahead(), 0, 0, key.payload()));
        key.payload()
    };
    counted(|| (0..STEPS).map(&mut step).last()).expect("some steps")
}

/// Prepares a part and runs it; returns the number of planned patients that it handled.
fn run(model: &Model, part: &str) -> usize {
    if part == "world" {
        return counted(|| World::draw(model, SEED, REPLICATION))
            .planned
            .len();
    }
    let world = World::draw(model, SEED, REPLICATION);
    let simulator = Simulator::new(model);
    if part == "twin" {
        return counted(|| simulator.simulate_without_wave(&world))
            .planned
            .len();
    }
    let policy = model.policies().iter().find(|policy| policy.key == part);
    let policy = policy.expect("a part, or the key of a policy");
    let state = simulator.burn_in(&world);
    let policy = model.schedule(policy);
    counted(|| simulator.simulate(&world, &policy, &state))
        .planned
        .len()
}

/// The part alone, under a name that an optimizing compiler leaves in place.
#[inline(never)]
fn counted<T>(part: impl FnOnce() -> T) -> T {
    part()
}

fn national(settings: &[String]) -> Model {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/nl-autumn-2021.toml");
    let scenario = scenario::load(&path, settings).expect("a sound scenario");
    Model::from_scenario(&scenario).expect("a model in range")
}
