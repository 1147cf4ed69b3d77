//! The one number per world that a sensitivity analysis looks at.

use crate::experiment::estimand::{Estimand, Kind};
use crate::experiment::{PolicyRecord, ReplicationRecord, StudyFrame};

/// An estimand under one policy, or its difference from another policy, in one world.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Response {
    /// The estimand; a ratio is taken within each world.
    pub estimand: &'static Estimand,
    /// Position of the policy among those simulated.
    pub policy: usize,
    /// Position of the policy that is subtracted, if there is one.
    pub minus: Option<usize>,
}

impl Response {
    /// Whether one world has a value: not for quantiles and tails over worlds or patients.
    pub const fn is_per_world(estimand: &Estimand) -> bool {
        matches!(
            estimand.kind,
            Kind::Mean(..) | Kind::Proportion(_) | Kind::Ratio(..)
        )
    }

    /// The value in one world, in the unit of the estimand. A ratio whose denominator is zero in
    /// this world counts as zero.
    pub fn value(&self, record: &ReplicationRecord, frame: &StudyFrame) -> f64 {
        let of = |policy: usize| self.of(&record.policies[policy]);
        let difference = of(self.policy) - self.minus.map_or(0.0, of);
        difference * self.estimand.factor(frame)
    }

    fn of(&self, record: &PolicyRecord) -> f64 {
        match self.estimand.kind {
            Kind::Ratio(numerator, denominator, _) => {
                let whole = record.measures[denominator.idx()];
                if whole == 0 {
                    return 0.0;
                }
                record.measures[numerator.idx()] as f64 / whole as f64
            }
            Kind::Proportion(measure) => f64::from(u8::from(record.measures[measure.idx()] > 0)),
            _ => record.measures[self.estimand.measure().idx()] as f64,
        }
    }
}
