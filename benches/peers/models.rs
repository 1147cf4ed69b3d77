//! The models that are built with every engine, and the random numbers that the two loops in Rust
//! have in common, so that they differ in their events only.

use rand::rngs::Xoshiro256PlusPlus;
use rand::{RngExt, SeedableRng};
use zorgdruk::random::{Distribution, QuantileTable};

/// Identical and independent facilities with beds.
#[derive(Debug)]
pub(crate) struct Model {
    pub(crate) name: &'static str,
    pub(crate) facilities: u32,
    pub(crate) beds: u32,
    /// Arrivals at one facility, by class; class 0 goes first.
    pub(crate) streams: Vec<Stream>,
    /// Whether a customer who finds no bed waits, by class and then in the order of arrival, or is lost.
    pub(crate) waits: bool,
    pub(crate) customers: u32,
    /// Ticks in a unit of time.
    pub(crate) ticks: u32,
}

#[derive(Debug)]
pub(crate) struct Stream {
    /// Arrivals at one facility per unit of time.
    pub(crate) rate: f64,
    pub(crate) stay: Distribution,
}

/// What a run reports, so that one can check that engines agree.
#[derive(Debug, Default)]
pub(crate) struct Answer {
    /// Customers who got a bed.
    pub(crate) served: u64,
    /// Customers who were lost.
    pub(crate) lost: u64,
    /// Sum of the waits of customers who got a bed, in units of time.
    pub(crate) waited: f64,
}

/// M/M/1, M/M/30/30, an IC with three classes of patients, and fifty such ICs.
pub(crate) fn models() -> [Model; 4] {
    let queue = Model {
        name: "mm1",
        facilities: 1,
        beds: 1,
        streams: vec![exponential(0.9)],
        waits: true,
        customers: 100_000,
        ticks: 100,
    };
    let loss = Model {
        name: "loss",
        beds: 30,
        streams: vec![exponential(28.0)],
        waits: false,
        ticks: 1_000,
        ..queue
    };
    let region = Model {
        name: "region",
        facilities: 50,
        customers: 1_000_000,
        ..ic()
    };
    let queue = Model {
        streams: vec![exponential(0.9)],
        ..queue
    };
    [queue, loss, ic(), region]
}

fn ic() -> Model {
    Model {
        name: "ic",
        facilities: 1,
        beds: 100,
        streams: vec![
            lognormal(10.0, 5.0, 1.2),
            lognormal(8.0, 3.5, 1.0),
            lognormal(7.0, 2.0, 0.8),
        ],
        waits: true,
        customers: 100_000,
        ticks: 1_440,
    }
}

fn exponential(rate: f64) -> Stream {
    Stream {
        rate,
        stay: Distribution::Exponential { mean: 1.0 },
    }
}

fn lognormal(rate: f64, mean: f64, variation: f64) -> Stream {
    let square = 1.0 + variation * variation;
    Stream {
        rate,
        stay: Distribution::LogNormal {
            median: mean / square.sqrt(),
            sigma: libm::log(square).sqrt(),
        },
    }
}

/// Random numbers of a model.
#[derive(Debug)]
pub(crate) struct Draws {
    rng: Xoshiro256PlusPlus,
    stays: Vec<QuantileTable>,
}

impl Draws {
    pub(crate) fn new(model: &Model, seed: u64) -> Self {
        let table = |stream: &Stream| QuantileTable::new(&stream.stay, model.ticks);
        let tables = model.streams.iter().map(table).collect::<Result<_, _>>();
        Self {
            rng: Xoshiro256PlusPlus::seed_from_u64(seed),
            stays: tables.expect("sound distributions"),
        }
    }

    pub(crate) fn uniform(&mut self) -> f64 {
        self.rng.random()
    }

    /// Time to the next of some events that happen at `rate`.
    pub(crate) fn gap(&mut self, rate: f64) -> f64 {
        -libm::log(1.0 - self.uniform()) / rate
    }

    /// A stay, in ticks.
    pub(crate) fn stay(&mut self, class: usize) -> u32 {
        let mark = self.uniform();
        self.stays[class].sample(mark)
    }
}
