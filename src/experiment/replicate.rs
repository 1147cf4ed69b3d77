//! Conducting an experiment: replications in parallel, results in the order of their numbers.

use core::ops::Range;

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::engine::{Simulator, State};
use crate::experiment::opening::{self, Opening};
use crate::experiment::record::{CHUNK, Chunk, PolicyRecord, ReplicationRecord};
use crate::model::Model;
use crate::outcome::Recorder;
use crate::random::STREAM_VERSION;
use crate::world::World;

/// All policies of a model in the worlds of one master seed.
#[derive(Debug, Clone)]
pub struct Experiment<'a> {
    model: &'a Model,
    simulator: Simulator<'a>,
    seed: u64,
    openings: Vec<Opening>,
}

/// A part of a replication, in the order in which they are simulated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The draw of the world.
    World {
        /// How many patients arrive in it.
        n_patients: usize,
    },
    /// The twin without the wave, with a burn-in of its own.
    Twin,
    /// The burn-in that the policies have in common.
    BurnIn,
    /// The run under one policy; once for each, in their order.
    Policy,
    /// The measures of that run.
    Account,
}

impl<'a> Experiment<'a> {
    /// Version of the keyed random numbers: the same version, seed and model give the same worlds.
    pub const STREAM_VERSION: u32 = STREAM_VERSION;

    /// An experiment on `model` with master seed `seed`.
    pub fn new(model: &'a Model, seed: u64) -> Self {
        Self {
            model,
            simulator: Simulator::new(model),
            seed,
            openings: opening::shared(
                &model.policies,
                model.study.window_start()..model.study.end(),
            ),
        }
    }

    /// Simulates one replication: the world once, its burn-in once, the twin without the wave, and
    /// each policy from the same state. What several policies have in common after the burn-in is
    /// simulated once.
    pub fn replicate(&self, replication: u32) -> ReplicationRecord {
        self.simulate(replication, &self.openings, &mut |_| {})
    }

    /// As [`Self::replicate`], but each policy from the burn-in on, whatever it has in common with
    /// others. Calls `done` after each part, so that a caller with a clock can tell what each of them
    /// costs.
    pub fn replicate_in_parts(
        &self,
        replication: u32,
        done: &mut dyn FnMut(Part),
    ) -> ReplicationRecord {
        self.simulate(replication, &[], done)
    }

    fn simulate(
        &self,
        replication: u32,
        openings: &[Opening],
        done: &mut dyn FnMut(Part),
    ) -> ReplicationRecord {
        let simulator = &self.simulator;
        let world = World::draw(self.model, self.seed, replication);
        done(Part::World {
            n_patients: world.arrivals.len(),
        });
        let twin = simulator.simulate_without_wave(&world);
        done(Part::Twin);
        let start = simulator.burn_in(&world);
        done(Part::BurnIn);
        let opened: Vec<State> = openings
            .iter()
            .map(|opening| simulator.simulate_until(&world, &opening.policy, &start, opening.until))
            .collect();
        let policies = (0..).zip(&self.model.policies).map(|(position, policy)| {
            let shared = openings.iter().position(|opening| opening.is_of(position));
            let state = shared.map_or(&start, |opening| &opened[opening]);
            let outcome = simulator.simulate(&world, policy, state);
            done(Part::Policy);
            let record = PolicyRecord::new(self.model, &world, outcome, &twin);
            done(Part::Account);
            record
        });
        ReplicationRecord {
            replication,
            policies: policies.collect(),
        }
    }

    /// Simulates one replication under one policy (by position) again, telling `recorder` what
    /// happens after the burn-in. The record equals that of [`Self::replicate`].
    pub fn replay<R: Recorder>(
        &self,
        replication: u32,
        policy: usize,
        recorder: &mut R,
    ) -> PolicyRecord {
        let world = World::draw(self.model, self.seed, replication);
        let twin = self.simulator.simulate_without_wave(&world);
        let state = self.simulator.burn_in(&world);
        let policy = &self.model.policies[policy];
        let outcome = self
            .simulator
            .simulate_recorded(&world, policy, &state, recorder);
        PolicyRecord::new(self.model, &world, outcome, &twin)
    }

    /// Simulates the replications of one chunk in parallel on rayon's current pool. `done` is
    /// called after each, in no particular order, to show progress.
    pub fn chunk(&self, number: u32, n_replications: u32, done: &(dyn Fn() + Sync)) -> Chunk {
        let records = replications(number, n_replications)
            .into_par_iter()
            .map(|replication| {
                let record = self.replicate(replication);
                done();
                record
            })
            .collect();
        Chunk { number, records }
    }
}

/// Number of chunks of an experiment of `n_replications`.
pub const fn n_chunks(n_replications: u32) -> u32 {
    n_replications.div_ceil(CHUNK)
}

/// The replications of a chunk in an experiment of `n_replications`.
pub fn replications(chunk: u32, n_replications: u32) -> Range<u32> {
    let start = chunk.saturating_mul(CHUNK).min(n_replications);
    start..start.saturating_add(CHUNK).min(n_replications)
}
