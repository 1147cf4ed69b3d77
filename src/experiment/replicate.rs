//! Conducting an experiment: replications in parallel, results in the order of their numbers.

use core::convert::Infallible;
use core::ops::Range;

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::engine::{Simulator, State};
use crate::experiment::opening::{Branch, branches};
use crate::experiment::record::{CHUNK, Chunk, PolicyRecord, ReplicationRecord};
use crate::model::Model;
use crate::outcome::{Recorder, RegionalDays};
use crate::policy::schedule::Schedule;
use crate::random::STREAM_VERSION;
use crate::units::{Day, UrgencyClass};
use crate::world::World;

/// All policies of a model in the worlds of one master seed.
#[derive(Debug, Clone)]
pub struct Experiment<'a> {
    model: &'a Model,
    simulator: Simulator<'a>,
    seed: u64,
    policies: Vec<Schedule>,
    branches: Vec<Option<Branch>>,
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
        let days = model.study.window_start()..model.study.end();
        let policies = model.policies.iter();
        let policies: Vec<Schedule> = policies.map(|policy| model.schedule(policy)).collect();
        Self {
            model,
            simulator: Simulator::new(model),
            seed,
            branches: branches(&policies, days),
            policies,
        }
    }

    /// Simulates one replication: the world once, its burn-in once, the twin without the wave, and
    /// each policy from the same state. What several policies have in common after the burn-in is
    /// simulated once.
    pub fn replicate(&self, replication: u32) -> ReplicationRecord {
        let Ok(record) =
            self.simulate(
                replication,
                &self.branches,
                &mut |_| Ok::<_, Infallible>(()),
            );
        record
    }

    /// As [`Self::replicate`], as long as `goes_on`, which is asked after each part; `None` when it says
    /// no. A part takes a fraction of a second.
    pub fn replicate_while(
        &self,
        replication: u32,
        goes_on: &dyn Fn() -> bool,
    ) -> Option<ReplicationRecord> {
        let ask = &mut |_| if goes_on() { Ok(()) } else { Err(()) };
        self.simulate(replication, &self.branches, ask).ok()
    }

    /// As [`Self::replicate`], but each policy from the burn-in on, whatever it has in common with
    /// others. Calls `done` after each part, so that a caller with a clock can tell what each of them
    /// costs.
    pub fn replicate_in_parts(
        &self,
        replication: u32,
        done: &mut dyn FnMut(Part),
    ) -> ReplicationRecord {
        let apart = vec![None; self.policies.len()];
        let Ok(record) = self.simulate(replication, &apart, &mut |part| {
            done(part);
            Ok::<_, Infallible>(())
        });
        record
    }

    /// Simulates one replication; an error of `done` breaks it off.
    fn simulate<E>(
        &self,
        replication: u32,
        branches: &[Option<Branch>],
        done: &mut dyn FnMut(Part) -> Result<(), E>,
    ) -> Result<ReplicationRecord, E> {
        let simulator = &self.simulator;
        let world = World::draw(self.model, self.seed, replication);
        done(Part::World {
            n_patients: world.arrivals.len(),
        })?;
        let twin = simulator.simulate_without_wave(&world);
        done(Part::Twin)?;
        let start = simulator.burn_in(&world);
        done(Part::BurnIn)?;
        let mut starts: Vec<Option<State>> = vec![None; self.policies.len()];
        let policies = self.policies.iter().enumerate().map(|(position, policy)| {
            let mut state = starts[position].take().unwrap_or_else(|| start.clone());
            for (child, day) in children(branches, position) {
                state = simulator.simulate_until(&world, policy, state, day);
                starts[child] = Some(state.clone());
            }
            let outcome = simulator.finish(&world, policy, state);
            done(Part::Policy)?;
            let record = PolicyRecord::new(self.model, &world, outcome, &twin);
            done(Part::Account)?;
            Ok(record)
        });
        Ok(ReplicationRecord {
            replication,
            controls: *world.controls.all(),
            policies: policies.collect::<Result<_, _>>()?,
        })
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
        let policy = &self.policies[policy];
        let outcome = self
            .simulator
            .simulate_recorded(&world, policy, &state, recorder);
        PolicyRecord::new(self.model, &world, outcome, &twin)
    }

    /// COVID patients in the ICU by region and day, of one replication under one policy (by position): more than
    /// a record keeps, so it is simulated again.
    pub fn regional_days(&self, replication: u32, policy: usize) -> RegionalDays {
        let world = World::draw(self.model, self.seed, replication);
        let state = self.simulator.burn_in(&world);
        let policy = &self.policies[policy];
        self.simulator.finish(&world, policy, state).regional_days
    }

    /// Class and position of the stream of each planned patient in the world of a replication, by the
    /// number that the log of a replay gives.
    pub fn planned_patients(&self, replication: u32) -> Vec<(UrgencyClass, u8)> {
        let world = World::draw(self.model, self.seed, replication);
        let patients = world.planned.iter();
        patients
            .map(|patient| (patient.class, patient.specialty))
            .collect()
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

/// The policies that branch off from the one at `position`, earliest first.
fn children(branches: &[Option<Branch>], position: usize) -> Vec<(usize, Day)> {
    let mut children: Vec<(usize, Day)> = branches
        .iter()
        .enumerate()
        .filter_map(|(child, branch)| branch.map(|branch| (child, branch)))
        .filter(|(_, branch)| branch.from == position)
        .map(|(child, branch)| (child, branch.day))
        .collect();
    children.sort_by_key(|(_, day)| *day);
    children
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
