//! Running one scenario many times and comparing what is seen with theory.

use core::ops::Range;
use std::collections::BTreeMap;

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::engine::Simulator;
use crate::model::Model;
use crate::outcome::{Entry, Outcome, Recorder};
use crate::scenario;
use crate::statistics::accumulate::PowerSums;
use crate::statistics::mean::standard_error;
use crate::units::{MINUTES_PER_DAY, Minutes, SimTime, UrgencyClass};
use crate::verify::check::{Check, Effort, Machine};
use crate::world::World;

/// Observations are kept in millionths, so that sums are exact in any order.
const MILLION: f64 = 1e6;
/// Replications that one task runs.
const BATCH: u32 = 256;

/// What happened in one replication, beside its outcome.
#[derive(Debug, Clone)]
pub(super) struct Trace {
    census: i64,
    /// By day: highest COVID IC census seen after an admission.
    peaks: Vec<i64>,
    /// By day: planned operations cancelled.
    cancelled: Vec<u32>,
    /// COVID patients in line for the ward after the IC.
    ward: Line,
    /// Planned patients in line for an operation, and the class of each patient.
    operation: Line,
    classes: Vec<UrgencyClass>,
}

/// The patients who waited in a line, from when until when.
#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    /// In the order of joining: who, from, until; the end of time for those still waiting.
    waits: Vec<(u32, SimTime, SimTime)>,
    /// By patient: position in `waits`.
    position: BTreeMap<u32, usize>,
}

impl Line {
    const STILL: SimTime = SimTime(u32::MAX);

    fn join(&mut self, who: u32, from: SimTime) {
        self.position.insert(who, self.waits.len());
        self.waits.push((who, from, Self::STILL));
    }

    fn leave(&mut self, who: u32, until: SimTime) {
        if let Some(at) = self.position.get(&who) {
            self.waits[*at].2 = until;
        }
    }

    /// Who waits after all events of `now`.
    pub(super) fn waiting(&self, now: SimTime) -> impl Iterator<Item = u32> {
        let is_waiting =
            move |(_, from, until): &&(u32, SimTime, SimTime)| *from <= now && *until > now;
        self.waits.iter().filter(is_waiting).map(|(who, ..)| *who)
    }

    /// Waits, in days, of those who joined in `days`.
    pub(super) fn waits(&self, days: Range<u16>) -> impl Iterator<Item = f64> {
        let joined = move |(_, from, _): &&(u32, SimTime, SimTime)| days.contains(&from.day().0);
        let wait = |(_, from, until): &(u32, SimTime, SimTime)| {
            f64::from(until.since(*from).0) / f64::from(MINUTES_PER_DAY)
        };
        self.waits.iter().filter(joined).map(wait)
    }
}

impl Trace {
    fn new(world: &World, n_days: usize) -> Self {
        Self {
            census: 0,
            peaks: vec![0; n_days],
            cancelled: vec![0; n_days],
            ward: Line::default(),
            operation: Line::default(),
            classes: world.planned.iter().map(|patient| patient.class).collect(),
        }
    }

    /// COVID patients in line for the ward after the IC.
    pub(super) const fn ward(&self) -> &Line {
        &self.ward
    }

    /// Planned patients of classes up to `last` who wait for an operation at `now`.
    pub(super) fn operations_waited_for(&self, last: UrgencyClass, now: SimTime) -> usize {
        let is_meant = |who: &u32| self.classes[*who as usize] <= last;
        self.operation.waiting(now).filter(is_meant).count()
    }

    /// Highest COVID IC census at any time of `days`, if there was an admission.
    pub(super) fn peak(&self, days: Range<usize>) -> i64 {
        self.peaks[days].iter().copied().max().unwrap_or(0)
    }

    /// Planned operations cancelled on `day`.
    pub(super) fn cancelled(&self, day: usize) -> u32 {
        self.cancelled[day]
    }
}

impl Recorder for Trace {
    const LISTENS: bool = true;

    fn record(&mut self, entry: Entry) {
        let (now, who) = (entry.time, entry.subject.unwrap_or(u32::MAX));
        let day = now.day().idx();
        match entry.what {
            "covid-ic-admitted" => {
                self.census += 1;
                self.peaks[day] = self.peaks[day].max(self.census);
                let stay = Minutes(u32::try_from(entry.value).unwrap_or(u32::MAX));
                self.ward.join(who, now + stay);
            }
            "covid-died" => self.census -= 1,
            "covid-stepped-down" => {
                self.census -= 1;
                self.ward.leave(who, now);
            }
            "planned-indicated" => self.operation.join(who, now),
            "planned-operated" => self.operation.leave(who, now),
            "planned-disrupted" => self.cancelled[day] += 1,
            _ => {}
        }
    }
}

type Observe<'a> = Box<dyn Fn(&Outcome, &Trace) -> f64 + Sync + 'a>;

/// One number per replication, with its expectation by theory.
pub(super) struct Quantity<'a> {
    test: &'static str,
    name: String,
    expected: f64,
    observe: Observe<'a>,
    is_event: bool,
}

impl<'a> Quantity<'a> {
    /// A number with expectation `expected`.
    pub(super) fn mean(
        test: &'static str,
        name: impl Into<String>,
        expected: f64,
        observe: impl Fn(&Outcome, &Trace) -> f64 + Sync + 'a,
    ) -> Self {
        Self {
            test,
            name: name.into(),
            expected,
            observe: Box::new(observe),
            is_event: false,
        }
    }

    /// An event with probability `expected`.
    pub(super) fn event(
        test: &'static str,
        name: impl Into<String>,
        expected: f64,
        happens: impl Fn(&Outcome, &Trace) -> bool + Sync + 'a,
    ) -> Self {
        Self {
            observe: Box::new(move |outcome, trace| f64::from(u8::from(happens(outcome, trace)))),
            is_event: true,
            ..Self::mean(test, name, expected, |_, _| 0.0)
        }
    }

    /// Whether `n` replications are enough for the distance from theory to be nearly normal.
    fn is_seen_often(&self, n: u32) -> bool {
        const EVENTS: f64 = 30.0;
        !self.is_event || self.expected * f64::from(n) >= EVENTS
    }

    fn check(&self, sums: &PowerSums) -> Check {
        let n = sums.n() as f64;
        // Under the theory, an event's standard error is known; the observed one can be zero.
        let error = if self.is_event {
            (self.expected * (1.0 - self.expected) / n).sqrt()
        } else {
            standard_error(&sums.moments()) / MILLION
        };
        Check {
            test: self.test,
            quantity: self.name.clone(),
            by: Machine::Engine,
            expected: self.expected,
            got: sums.mean() / MILLION,
            standard_error: error,
        }
    }
}

/// The model of a scenario that comes with the program.
///
/// # Panics
/// When it is not sound, which the tests rule out.
pub(super) fn model(text: &str, overrides: &[&str]) -> Model {
    let overrides: Vec<String> = overrides.iter().map(|text| (*text).to_owned()).collect();
    let none = |_: &str| Err(std::io::Error::from(std::io::ErrorKind::NotFound));
    let scenario = scenario::parse_with(text, "verify", &overrides, none)
        .unwrap_or_else(|errors| panic!("a scenario of this program cannot be read: {errors}"));
    Model::from_scenario(&scenario)
        .unwrap_or_else(|errors| panic!("a scenario of this program is out of range: {errors}"))
}

/// Runs `model` under its first policy and compares each quantity with its expectation. Events that
/// are too rare for the number of replications are left out.
pub(super) fn compare(model: &Model, effort: &Effort, quantities: &[Quantity<'_>]) -> Vec<Check> {
    compare_telling(model, effort, quantities, &|| ())
}

/// As [`compare`], calling `done` after each world.
pub(super) fn compare_telling(
    model: &Model,
    effort: &Effort,
    quantities: &[Quantity<'_>],
    done: &(dyn Fn() + Sync),
) -> Vec<Check> {
    let simulator = Simulator::new(model);
    let sums = batches(effort.n_worlds, quantities.len(), |replication, sums| {
        let world = World::draw(model, effort.seed, replication);
        let mut trace = Trace::new(&world, model.study.n_days());
        let state = simulator.burn_in(&world);
        let outcome = simulator.simulate_recorded(
            &world,
            &model.schedule(&model.policies[0]),
            &state,
            &mut trace,
        );
        for (sums, quantity) in sums.iter_mut().zip(quantities) {
            sums.add(to_millionths((quantity.observe)(&outcome, &trace)));
        }
        done();
    });
    quantities
        .iter()
        .zip(&sums)
        .filter(|(quantity, _)| quantity.is_seen_often(effort.n_worlds))
        .map(|(quantity, sums)| quantity.check(sums))
        .collect()
}

/// Exact sums over `n` replications in parallel; `add` adds one replication to them.
pub(super) fn batches(
    n: u32,
    n_sums: usize,
    add: impl Fn(u32, &mut [PowerSums]) + Sync,
) -> Vec<PowerSums> {
    let parts: Vec<Vec<PowerSums>> = (0..n.div_ceil(BATCH))
        .into_par_iter()
        .map(|batch| {
            let mut sums = vec![PowerSums::EMPTY; n_sums];
            (batch * BATCH..n.min((batch + 1) * BATCH)).for_each(|r| add(r, &mut sums));
            sums
        })
        .collect();
    let mut all = vec![PowerSums::EMPTY; n_sums];
    for part in &parts {
        all.iter_mut()
            .zip(part)
            .for_each(|(all, part)| all.merge(part));
    }
    all
}

/// A number in millionths, for exact sums.
pub(super) fn to_millionths(x: f64) -> i64 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "observations are small numbers"
    )]
    let millionths = (x * MILLION).round() as i64;
    millionths
}
