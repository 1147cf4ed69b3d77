//! Running one scenario many times and comparing what is seen with theory.

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::engine::Simulator;
use crate::model::Model;
use crate::outcome::Outcome;
use crate::scenario;
use crate::statistics::accumulate::PowerSums;
use crate::statistics::mean::standard_error;
use crate::verify::check::{Check, Effort, Machine};
use crate::verify::trace::Trace;
use crate::world::World;

/// Observations are kept in millionths, so that sums are exact in any order.
const MILLION: f64 = 1e6;
/// Replications that one task runs.
const BATCH: u32 = 256;

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
