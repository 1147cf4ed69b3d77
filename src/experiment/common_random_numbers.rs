//! The gain of common worlds: the variance of differences in the same worlds, against that of
//! differences between separately simulated worlds.

use crate::experiment::confirm::separate_seed;
use crate::experiment::estimand::{ESTIMANDS, Estimand, Kind};
use crate::experiment::record::ReplicationRecord;
use crate::experiment::{Experiment, StudyFrame};
use crate::model::Model;
use crate::statistics::accumulate::PowerSums;
use crate::statistics::paired::Paired;

/// The gain of common worlds in one estimand, for one policy against the baseline.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gain {
    /// The estimand, a mean over worlds.
    pub estimand: &'static Estimand,
    /// The policy.
    pub policy: usize,
    /// What the formula says, from worlds in common: `(var x + var y) / var(x - y)`.
    pub predicted: f64,
    /// Measured: variance of the difference to the baseline in other worlds, over that in the same.
    pub measured: f64,
    /// Correlation of policy and baseline in the same worlds.
    pub correlation: f64,
    /// Standard deviation of the difference in the same worlds, in the estimand's unit.
    pub deviation: f64,
    /// Number of worlds of each kind.
    pub n: u64,
}

/// Compares policies with the baseline both in the same and in other worlds.
#[derive(Debug, Clone)]
pub struct GainCheck {
    frame: StudyFrame,
    /// By policy and estimand.
    same: Vec<Vec<Paired>>,
    /// By policy and estimand: policy in another world minus baseline in this one.
    other: Vec<Vec<PowerSums>>,
}

impl GainCheck {
    /// No worlds yet.
    pub fn new(frame: StudyFrame) -> Self {
        let k = frame.policies.len();
        Self {
            frame,
            same: vec![vec![Paired::default(); ESTIMANDS.len()]; k],
            other: vec![vec![PowerSums::default(); ESTIMANDS.len()]; k],
        }
    }

    /// Adds all policies in one world, and all policies in an independent one.
    pub fn add(&mut self, here: &ReplicationRecord, elsewhere: &ReplicationRecord) {
        let baseline = &here.policies[self.frame.baseline];
        for (policy, own) in here.policies.iter().enumerate() {
            for (position, estimand) in ESTIMANDS.iter().enumerate() {
                let measure = estimand.measure();
                let base = baseline.measure(measure);
                self.same[policy][position].add(own.measure(measure), base);
                let away = elsewhere.policies[policy].measure(measure);
                self.other[policy][position].add(away - base);
            }
        }
    }

    /// The gains, for all policies but the baseline and all estimands that are means over worlds;
    /// those in which the difference or an outcome does not vary are left out.
    pub fn gains(&self) -> Vec<Gain> {
        let others = (0..self.same.len()).filter(|policy| *policy != self.frame.baseline);
        others
            .flat_map(|policy| (0..ESTIMANDS.len()).map(move |estimand| (policy, estimand)))
            .filter_map(|(policy, estimand)| self.gain(policy, estimand))
            .collect()
    }

    fn gain(&self, policy: usize, position: usize) -> Option<Gain> {
        let estimand = &ESTIMANDS[position];
        let same = &self.same[policy][position];
        let variance = same.difference().variance();
        if !matches!(estimand.kind, Kind::Mean(..)) || variance.is_nan() || variance <= 0.0 {
            return None;
        }
        Some(Gain {
            estimand,
            policy,
            predicted: same.variance_reduction()?,
            measured: self.other[policy][position].variance() / variance,
            correlation: same.correlation()?,
            deviation: variance.sqrt() * estimand.factor(&self.frame),
            n: same.difference().n(),
        })
    }
}

/// Simulates `n` replications of a model under `seed` and as many under an independent seed, and
/// compares. `done` is called after each pair of worlds.
pub fn check_gain(model: &Model, seed: u64, n: u32, done: &(dyn Fn() + Sync)) -> GainCheck {
    let here = Experiment::new(model, seed);
    let elsewhere = Experiment::new(model, separate_seed(seed));
    let mut check = GainCheck::new(StudyFrame::new(model));
    let quiet = || {};
    for number in 0..crate::experiment::replicate::n_chunks(n) {
        let pairs = [
            here.chunk(number, n, done),
            elsewhere.chunk(number, n, &quiet),
        ];
        for (own, other) in pairs[0].records.iter().zip(&pairs[1].records) {
            check.add(own, other);
        }
    }
    check
}
