//! How estimands spread over worlds: the value of each world, counted exactly.
//!
//! A mean of rare counts says little on its own; the median, outer quantiles and the share of worlds
//! with nothing at all say the rest. Values are kept of the first [`KEPT_VALUES`] worlds, which bounds
//! memory.

use std::collections::BTreeMap;

use crate::experiment::estimand::{ESTIMANDS, Kind};
use crate::experiment::record::{KEPT_VALUES, PolicyRecord, ReplicationRecord};

/// Scale at which the ratio of one world is kept as a whole number: millionths.
const MILLION: i64 = 1_000_000;

/// The values of all estimands in all worlds, by policy.
#[derive(Debug, Clone)]
pub struct WorldValues {
    baseline: usize,
    /// By policy and estimand: how many worlds had each value.
    values: Vec<Vec<BTreeMap<i64, u64>>>,
    /// By policy and estimand: worlds below, at and above the baseline.
    against: Vec<Vec<AgainstBaseline>>,
}

/// Numbers of worlds in which a policy lies below, at and above the baseline of the same world.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AgainstBaseline {
    /// Worlds in which the policy has the smaller value.
    pub below: u64,
    /// Worlds in which both have the same value.
    pub equal: u64,
    /// Worlds in which the policy has the larger value.
    pub above: u64,
}

impl WorldValues {
    /// No worlds yet, for `n_policies` policies of which `baseline` is the baseline.
    pub fn new(n_policies: usize, baseline: usize) -> Self {
        Self {
            baseline,
            values: vec![vec![BTreeMap::new(); ESTIMANDS.len()]; n_policies],
            against: vec![vec![AgainstBaseline::default(); ESTIMANDS.len()]; n_policies],
        }
    }

    /// Adds a replication, if it is one of the first [`KEPT_VALUES`]. The result does not depend on
    /// the order of replications.
    pub fn add(&mut self, record: &ReplicationRecord) {
        if record.replication >= KEPT_VALUES {
            return;
        }
        let base = &record.policies[self.baseline];
        for (policy, own) in record.policies.iter().enumerate() {
            for (estimand, row) in ESTIMANDS.iter().enumerate() {
                let Some(value) = of_world(row.kind, own) else {
                    continue;
                };
                *self.values[policy][estimand].entry(value).or_default() += 1;
                if let Some(other) = of_world(row.kind, base) {
                    self.against[policy][estimand].add(value.cmp(&other));
                }
            }
        }
    }

    /// The `p` quantile over worlds of an estimand (by position in [`ESTIMANDS`]), before it is
    /// scaled to the estimand's unit: the smallest value with at least a share `p` at or below it.
    /// `None` for what has no value per world, such as a probability, and without worlds.
    pub fn quantile(&self, policy: usize, estimand: usize, p: f64) -> Option<f64> {
        let values = &self.values[policy][estimand];
        let n: u64 = values.values().sum();
        let mut below = 0;
        let reached = values.iter().find(|(_, count)| {
            below += **count;
            below as f64 >= p * n as f64
        });
        let scale = match ESTIMANDS[estimand].kind {
            Kind::Mean(..) => 1.0,
            Kind::Ratio(..) => MILLION as f64,
            Kind::Proportion(_) | Kind::Tail(..) | Kind::WaitQuantile(_) => return None,
        };
        reached.map(|(value, _)| *value as f64 / scale)
    }

    /// Share of worlds in which an estimand is zero; `None` without worlds.
    pub fn zero_share(&self, policy: usize, estimand: usize) -> Option<f64> {
        let values = &self.values[policy][estimand];
        let n: u64 = values.values().sum();
        let zero = values.get(&0).copied().unwrap_or_default();
        (n > 0).then(|| zero as f64 / n as f64)
    }

    /// In how many worlds a policy lies below, at and above the baseline in an estimand.
    pub fn standing(&self, policy: usize, estimand: usize) -> AgainstBaseline {
        self.against[policy][estimand]
    }
}

impl AgainstBaseline {
    const fn add(&mut self, order: core::cmp::Ordering) {
        match order {
            core::cmp::Ordering::Less => self.below += 1,
            core::cmp::Ordering::Equal => self.equal += 1,
            core::cmp::Ordering::Greater => self.above += 1,
        }
    }
}

/// The estimand's value in one world, as a whole number; `None` for a ratio to nothing, and for what
/// is defined over many worlds only.
fn of_world(kind: Kind, record: &PolicyRecord) -> Option<i64> {
    let get = |measure: crate::experiment::Measure| record.measures[measure.idx()];
    match kind {
        Kind::Mean(measure, _) | Kind::Proportion(measure) => Some(get(measure)),
        Kind::Ratio(part, whole, _) => {
            let (part, whole) = (i128::from(get(part)), i128::from(get(whole)));
            let scaled = (part * i128::from(MILLION)).checked_div(whole)?;
            i64::try_from(scaled).ok()
        }
        Kind::Tail(..) | Kind::WaitQuantile(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::Measure;
    use crate::experiment::WeeklyDisplacement;
    use crate::outcome::DaySeries;

    fn policy(displaced: i64) -> PolicyRecord {
        let mut measures = vec![0; Measure::COUNT];
        measures[Measure::Cohort.idx()] = 200;
        measures[Measure::Displaced.idx()] = displaced;
        PolicyRecord {
            measures,
            displaced: WeeklyDisplacement::new(1, 1),
            regional: Vec::new(),
            national: Vec::new(),
            days: DaySeries::new(0),
            waits: Default::default(),
            streams: Vec::new(),
        }
    }

    fn spread(worlds: &[(i64, i64)]) -> WorldValues {
        let mut spread = WorldValues::new(2, 0);
        for (replication, (baseline, other)) in worlds.iter().enumerate() {
            spread.add(&ReplicationRecord {
                replication: u32::try_from(replication).expect("few worlds"),
                controls: Default::default(),
                policies: vec![policy(*baseline), policy(*other)],
            });
        }
        spread
    }

    fn position(key: &str) -> usize {
        ESTIMANDS
            .iter()
            .position(|row| row.key == key)
            .expect("an estimand")
    }

    #[test]
    fn worlds_are_counted_by_their_own_value() {
        let spread = spread(&[(10, 0), (10, 10), (10, 20), (10, 30)]);
        let displaced = position("displaced");
        assert_eq!(spread.quantile(1, displaced, 0.5), Some(10.0), "median");
        assert_eq!(spread.quantile(1, displaced, 0.9), Some(30.0), "p90");
        assert_eq!(spread.zero_share(1, displaced), Some(0.25), "share at zero");
        assert_eq!(spread.zero_share(0, displaced), Some(0.0), "baseline");
        let share = position("displaced_share");
        assert_eq!(
            spread.quantile(1, share, 0.5),
            Some(0.05),
            "10 of 200 in the median world"
        );
        let standing = AgainstBaseline {
            below: 1,
            equal: 1,
            above: 2,
        };
        assert_eq!(spread.standing(1, share), standing, "against the baseline");
    }

    #[test]
    fn a_probability_has_no_value_per_world() {
        let spread = spread(&[(1, 1)]);
        assert_eq!(
            spread.quantile(0, position("any_displaced"), 0.5),
            None,
            "none"
        );
    }
}
