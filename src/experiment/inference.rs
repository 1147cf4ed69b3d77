//! What the exact sums of a policy say of each estimand.

use crate::experiment::accumulator::PolicySums;
use crate::experiment::estimand::{ESTIMANDS, Kind, TAIL_FROM, Tail};
use crate::statistics::accumulate::PowerSums;
use crate::statistics::confidence::Confidence;
use crate::statistics::interval::Estimate;
use crate::statistics::mean::{mean, p_value};
use crate::statistics::proportion::proportion;
use crate::statistics::ratio::ratio;
use crate::statistics::upper_tail::{Side, bonferroni_difference};

/// The observations behind an estimate, for the rule that decides when there are enough replications.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Information {
    /// Observations that are not zero: events, or differences.
    pub(crate) nonzero: u64,
    /// Whether the observations vary at all.
    pub(crate) varies: bool,
}

impl From<&PowerSums> for Information {
    fn from(sums: &PowerSums) -> Self {
        Self {
            nonzero: sums.nonzero(),
            varies: sums.varies(),
        }
    }
}

impl PolicySums {
    /// The estimate of an estimand, before it is scaled to its unit.
    pub(crate) fn estimate(&self, position: usize, confidence: Confidence) -> Estimate {
        match ESTIMANDS[position].kind {
            Kind::Mean(measure, _) => mean(self.paired[measure.idx()].both().x(), confidence),
            Kind::Ratio(..) => ratio(self.ratios[position].alternative(), confidence),
            Kind::Proportion(_) => {
                let bits = &self.bits[position];
                proportion(bits.n11 + bits.n10, bits.n(), confidence)
            }
            Kind::Tail(_, _, tail) => {
                let values = &self.tails[position];
                match tail {
                    Tail::Quantile => values.quantile(Side::Alternative, TAIL_FROM, confidence),
                    Tail::Mean => values.tail_mean(Side::Alternative, TAIL_FROM, confidence),
                }
            }
            Kind::WaitQuantile(share) => self
                .waits
                .estimate(f64::from(share.0) / 1_000.0, confidence),
        }
    }

    /// The difference to the baseline, before it is scaled to the estimand's unit. `baseline` holds
    /// the sums of the baseline itself.
    pub(crate) fn difference(
        &self,
        baseline: &Self,
        position: usize,
        confidence: Confidence,
    ) -> Estimate {
        let half = confidence.each_of(2);
        match ESTIMANDS[position].kind {
            Kind::Mean(measure, _) => self.paired[measure.idx()].estimate(confidence),
            Kind::Ratio(..) => self.ratios[position].estimate(confidence),
            Kind::Proportion(_) => self.bits[position].estimate(confidence),
            Kind::Tail(_, _, Tail::Mean) => {
                self.tails[position].tail_mean_difference(TAIL_FROM, confidence)
            }
            Kind::Tail(_, _, Tail::Quantile) | Kind::WaitQuantile(_) => bonferroni_difference(
                &self.estimate(position, half),
                &baseline.estimate(position, half),
                confidence,
            ),
        }
    }

    /// Two-sided p-value for "no difference to the baseline"; not a number where no test is offered.
    pub(crate) fn p_value(&self, position: usize) -> f64 {
        match ESTIMANDS[position].kind {
            Kind::Mean(measure, _) => {
                p_value(&self.paired[measure.idx()].difference().moments(), 0.0)
            }
            Kind::Ratio(..) => self.ratios[position].p_value(),
            Kind::Proportion(_) => self.bits[position].p_value(),
            Kind::Tail(..) | Kind::WaitQuantile(_) => f64::NAN,
        }
    }

    /// Whether policy and baseline were equal in every world, as far as the estimand sees them.
    pub(crate) fn identical(&self, position: usize) -> bool {
        match ESTIMANDS[position].kind {
            Kind::Ratio(..) => self.ratios[position].identical(),
            Kind::WaitQuantile(_) => self.paired[0].difference().n() > 0 && self.other_waits == 0,
            Kind::Proportion(_) => {
                let bits = &self.bits[position];
                bits.n() > 0 && bits.discordant() == 0
            }
            Kind::Mean(measure, _) | Kind::Tail(measure, ..) => {
                self.paired[measure.idx()].identical()
            }
        }
    }

    /// Worlds with the event under the policy only, and under the baseline only; for probabilities.
    pub(crate) fn discordant(&self, position: usize) -> Option<(u64, u64)> {
        let bits = &self.bits[position];
        matches!(ESTIMANDS[position].kind, Kind::Proportion(_)).then_some((bits.n10, bits.n01))
    }

    /// What stands behind [`Self::estimate`].
    pub(crate) fn information(&self, position: usize) -> Information {
        let bits = &self.bits[position];
        let events = bits.n11 + bits.n10;
        match ESTIMANDS[position].kind {
            Kind::Proportion(_) => Information {
                nonzero: events,
                varies: events > 0 && events < bits.n(),
            },
            _ => self.paired[ESTIMANDS[position].measure().idx()]
                .both()
                .x()
                .into(),
        }
    }

    /// What stands behind [`Self::difference`].
    pub(crate) fn information_of_difference(&self, position: usize) -> Information {
        match self.discordant(position) {
            Some((n10, n01)) => Information {
                nonzero: n10 + n01,
                varies: n10 + n01 > 0,
            },
            None => self.paired[ESTIMANDS[position].measure().idx()]
                .difference()
                .into(),
        }
    }
}
