//! What a sensitivity analysis looks at: an estimand as a sum of numbers of single worlds.

use crate::experiment::estimand::{Estimand, Kind};
use crate::experiment::{PolicyRecord, ReplicationRecord, StudyFrame};
use crate::statistics::accumulate::PairSums;
use crate::statistics::interval::Status;
use crate::statistics::ratio;

/// An estimand under one policy, or its difference from another policy.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Response {
    /// The estimand.
    pub estimand: &'static Estimand,
    /// Position of the policy among those simulated.
    pub policy: usize,
    /// Position of the policy that is subtracted, if there is one.
    pub minus: Option<usize>,
}

/// What one world adds to the numerator and to the denominator of an estimand. The denominator of a mean
/// or a probability is one world.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    policy: (i64, i64),
    minus: Option<(i64, i64)>,
}

impl Response {
    /// Whether an estimand is a ratio of sums over worlds, which quantiles and tails are not.
    pub const fn is_sum(estimand: &Estimand) -> bool {
        matches!(
            estimand.kind,
            Kind::Mean(..) | Kind::Proportion(_) | Kind::Ratio(..)
        )
    }

    /// What one world adds.
    pub fn terms(&self, record: &ReplicationRecord) -> Terms {
        let of = |policy: usize| self.of(&record.policies[policy]);
        Terms {
            policy: of(self.policy),
            minus: self.minus.map(of),
        }
    }

    fn of(&self, record: &PolicyRecord) -> (i64, i64) {
        let value = record.measure(self.estimand.measure());
        match self.estimand.kind {
            Kind::Ratio(_, denominator, _) => (value, record.measure(denominator)),
            Kind::Proportion(_) => (i64::from(value > 0), 1),
            _ => (value, 1),
        }
    }

    /// The scale on which the numbers of these worlds add up to the estimand, in a study described by
    /// `frame`.
    pub fn scale(&self, worlds: impl Iterator<Item = Terms>, frame: &StudyFrame) -> Scale {
        let mut scale = Scale {
            policy: PairSums::default(),
            minus: self.minus.map(|_| PairSums::default()),
            factor: self.estimand.factor(frame),
            is_probability: matches!(self.estimand.kind, Kind::Proportion(_)),
            n_without_denominator: 0,
        };
        worlds.for_each(|world| scale.add(world));
        scale
    }
}

/// The sums over the worlds of a design, and with them a number for each world whose mean over those
/// worlds is the estimand: a ratio of sums, in which every patient weighs the same.
///
/// The number of a world is the linearization of the ratio (Cochran, Sampling Techniques, 3rd ed. 1977,
/// section 6.4): the ratio of sums plus `(x - ratio y) / mean y`. A world without denominator changes
/// nothing of the ratio, and its number says so. For means and probabilities it is the plain value.
#[derive(Debug, Clone)]
pub struct Scale {
    policy: PairSums,
    minus: Option<PairSums>,
    factor: f64,
    is_probability: bool,
    n_without_denominator: u64,
}

impl Scale {
    fn add(&mut self, world: Terms) {
        let (x, y) = world.policy;
        self.policy.add(x, y);
        let other = world.minus.unwrap_or((0, 1));
        if let Some(minus) = &mut self.minus {
            minus.add(other.0, other.1);
        }
        self.n_without_denominator += u64::from(y == 0 || other.1 == 0);
    }

    /// The number of one world, in the unit of the estimand; not a number when no world has a
    /// denominator.
    pub fn value(&self, world: Terms) -> f64 {
        let minus = self.minus.as_ref().zip(world.minus);
        let subtracted = minus.map_or(0.0, |(sums, terms)| linearized(sums, terms));
        (linearized(&self.policy, world.policy) - subtracted) * self.factor
    }

    /// Worlds without a denominator.
    pub const fn n_without_denominator(&self) -> u64 {
        self.n_without_denominator
    }

    /// Whether the worlds of `n_rows` rows of a design are enough: for the events that they hold, and for
    /// a denominator that is known well enough to linearize.
    pub fn status(&self, n_rows: u64) -> Status {
        let n = self.policy.n();
        let needed = self.sums().filter_map(|sums| self.needed(sums)).max();
        needed.map_or_else(
            || Status::of_count(n_rows),
            |worlds| {
                let rows = u128::from(worlds) * u128::from(n_rows);
                let needed = u64::try_from(rows.div_ceil(u128::from(n.max(1))));
                Status::Insufficient {
                    needed: needed.unwrap_or(u64::MAX),
                }
            },
        )
    }

    fn sums(&self) -> impl Iterator<Item = &PairSums> {
        core::iter::once(&self.policy).chain(&self.minus)
    }

    /// How many worlds would be enough, if these are too few.
    fn needed(&self, sums: &PairSums) -> Option<u64> {
        let (n, nonzero) = (sums.n(), sums.x().nonzero());
        let rarer = if self.is_probability {
            nonzero.min(n - nonzero)
        } else {
            nonzero
        };
        let for_events = match Status::of_mean(n, rarer) {
            Status::Insufficient { needed } => Some(needed),
            Status::Ok | Status::TargetNotMet { .. } => None,
        };
        for_events.max(ratio::needed_to_linearize(sums))
    }
}

/// The number of one world, before it is scaled to the unit.
fn linearized(sums: &PairSums, (x, y): (i64, i64)) -> f64 {
    let ratio = sums.ratio();
    ratio + (x as f64 - ratio * y as f64) / sums.y().mean()
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORLDS: [(i64, i64); 4] = [(0, 0), (6, 2), (0, 0), (3, 4)];

    fn scale(worlds: &[(i64, i64)]) -> Scale {
        let mut scale = Scale {
            policy: PairSums::default(),
            minus: None,
            factor: 1.0,
            is_probability: false,
            n_without_denominator: 0,
        };
        for world in worlds {
            scale.add(terms(*world));
        }
        scale
    }

    const fn terms(policy: (i64, i64)) -> Terms {
        Terms {
            policy,
            minus: None,
        }
    }

    #[test]
    fn the_mean_of_the_numbers_of_worlds_is_the_ratio_of_sums() {
        let scale = scale(&WORLDS);
        let sum: f64 = WORLDS.iter().map(|world| scale.value(terms(*world))).sum();
        assert!((sum / 4.0 - 9.0 / 6.0).abs() < 1e-12, "{sum}");
    }

    #[test]
    fn a_world_without_denominator_is_counted_and_pulls_the_ratio_nowhere() {
        let scale = scale(&WORLDS);
        let value = scale.value(terms((0, 0)));
        assert!((value - 1.5).abs() < 1e-12, "the ratio itself: {value}");
        assert_eq!(scale.n_without_denominator(), 2, "two worlds");
    }

    #[test]
    fn a_mean_keeps_the_value_of_each_world() {
        let scale = scale(&[(3, 1), (7, 1)]);
        let values = [3, 7].map(|x| scale.value(terms((x, 1))));
        assert!((values[0] - 3.0).abs() + (values[1] - 7.0).abs() < 1e-12);
    }

    #[test]
    fn a_ratio_to_nothing_is_not_a_number_and_never_enough() {
        let scale = scale(&[(0, 0); 100]);
        assert!(scale.value(terms((0, 0))).is_nan(), "no denominator");
        assert_ne!(scale.status(100), Status::Ok, "nothing is known");
    }

    #[test]
    fn few_worlds_with_a_denominator_are_too_few() {
        let mut worlds = vec![(0, 0); 960];
        worlds.extend([(5, 1); 40]);
        let Status::Insufficient { needed } = scale(&worlds).status(500) else {
            panic!("40 of 1000 worlds know the denominator to 16 %");
        };
        assert!(
            (1_150..1_250).contains(&needed),
            "rows of two worlds: {needed}"
        );
    }
}
