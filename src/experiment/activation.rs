//! What triggers do: how often one activates, what the policy changes in the worlds in which it does,
//! and what that adds up to.
//!
//! The effect where a trigger activates and the probability that it does are kept apart, because a
//! large effect in rare worlds and a small one in all of them call for different policies. Worlds in
//! which a trigger activates are the heavy ones, so the effect there is that of the whole policy in
//! heavy worlds, and not of the trigger alone.

use crate::experiment::measure::Measure;
use crate::experiment::record::PolicyRecord;
use crate::statistics::accumulate::PairSums;
use crate::statistics::confidence::Confidence;
use crate::statistics::interval::Estimate;
use crate::statistics::proportion::proportion;
use crate::statistics::ratio::ratio;

/// Percent of a share.
const PERCENT: f64 = 100.0;

/// Something that a policy may set off in the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trigger {
    /// Machine name, unique.
    pub key: &'static str,
    /// Exact definition.
    pub definition: &'static str,
    /// It activated in a world where this measure is above zero.
    pub measure: Measure,
}

/// All triggers.
pub const TRIGGERS: [Trigger; 9] = [
    Trigger {
        key: "phase_2d",
        definition: "the heaviest phase but one ({heavy}) is in force on some day",
        measure: Measure::Days2D,
    },
    Trigger {
        key: "threat_notice",
        definition: "the notice is given that the heaviest phase threatens (A44)",
        measure: Measure::EverThreat,
    },
    Trigger {
        key: "phase_3",
        definition: "the heaviest phase ({heaviest}) is reached",
        measure: Measure::EverPhase3,
    },
    Trigger {
        key: "loan_gate",
        definition: "the gate for loans is open in some round of some region (Z13 to Z17)",
        measure: Measure::GateOpen,
    },
    Trigger {
        key: "loans",
        definition: "some clinic worker works in a hospital",
        measure: Measure::Used,
    },
    Trigger {
        key: "escalation_1",
        definition: "parties confront each other in some region (A35)",
        measure: Measure::EscalationsToLevel1,
    },
    Trigger {
        key: "escalation_2",
        definition: "authorities are told of some region (A36)",
        measure: Measure::EscalationsToLevel2,
    },
    Trigger {
        key: "escalation_3",
        definition: "authorities intervene in some region (A37)",
        measure: Measure::EscalationsToLevel3,
    },
    Trigger {
        key: "mediation",
        definition: "some patient gets a date elsewhere by mediation of the insurer (A42)",
        measure: Measure::MediatedClass3,
    },
];

/// Exact sums over worlds of one trigger under one policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct ActivationSums {
    /// Worlds in which the trigger activated.
    active: u64,
    /// In those worlds: displaced beyond the baseline, over the cohort.
    given: PairSums,
    /// In all worlds: the same, counted as none where the trigger did not activate.
    product: PairSums,
}

impl ActivationSums {
    /// Adds one world.
    pub(crate) fn add(&mut self, trigger: &Trigger, policy: &PolicyRecord, base: &PolicyRecord) {
        let more = policy.measure(Measure::Displaced) - base.measure(Measure::Displaced);
        let cohort = policy.measure(Measure::Cohort);
        let is_active = policy.measure(trigger.measure) > 0;
        self.active += u64::from(is_active);
        if is_active {
            self.given.add(more, cohort);
        }
        self.product.add(if is_active { more } else { 0 }, cohort);
    }

    fn estimates(&self, confidence: Confidence) -> [Estimate; 3] {
        [
            proportion(self.active, self.product.n(), confidence),
            ratio(&self.given, confidence),
            ratio(&self.product, confidence),
        ]
        .map(|estimate| estimate.scaled(PERCENT))
    }
}

/// What one trigger does under one policy.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Activation {
    /// The trigger.
    pub trigger: &'static Trigger,
    /// Worlds in which it activates, in percent; Wilson's interval.
    pub probability: Estimate,
    /// Displaced share less that of the baseline, over the worlds in which it activates, in percentage
    /// points; a ratio of sums.
    pub given: Estimate,
    /// The part of the policy's whole difference to the baseline that those worlds bring in, in
    /// percentage points: probability times effect, estimated as one ratio over all worlds, so that its
    /// interval holds for the product.
    pub product: Estimate,
}

impl Activation {
    /// What exact sums over worlds say of a trigger.
    pub(crate) fn new(
        trigger: &'static Trigger,
        sums: &ActivationSums,
        confidence: Confidence,
    ) -> Self {
        let [probability, given, product] = sums.estimates(confidence);
        Self {
            trigger,
            probability,
            given,
            product,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::WeeklyDisplacement;
    use crate::outcome::DaySeries;

    fn record(displaced: i64, threat: i64) -> PolicyRecord {
        let mut measures = vec![0; Measure::COUNT];
        measures[Measure::Cohort.idx()] = 100;
        measures[Measure::Displaced.idx()] = displaced;
        measures[Measure::EverThreat.idx()] = threat;
        PolicyRecord {
            measures,
            displaced: WeeklyDisplacement::new(0, 0),
            regional: Vec::new(),
            national: Vec::new(),
            days: DaySeries::new(0),
            waits: Default::default(),
            streams: Vec::new(),
        }
    }

    #[test]
    fn the_product_is_probability_times_effect_where_the_trigger_activates() {
        let mut sums = ActivationSums::default();
        // Active in one world of four, where ten of a hundred fewer are displaced.
        for (own, base, threat) in [(20, 30, 1), (5, 6, 0), (5, 5, 0), (7, 5, 0)] {
            sums.add(&TRIGGERS[1], &record(own, threat), &record(base, 0));
        }
        let values = sums.estimates(Confidence::P95).map(|one| one.value);
        // Percent, percentage points, percentage points.
        for (value, expected) in values.into_iter().zip([25.0, -10.0, -2.5]) {
            assert!((value - expected).abs() < 1e-12, "{value} is {expected}");
        }
    }

    #[test]
    fn a_trigger_that_never_activates_has_no_effect_to_estimate() {
        let mut sums = ActivationSums::default();
        sums.add(&TRIGGERS[1], &record(20, 0), &record(30, 0));
        let [probability, given, product] = sums.estimates(Confidence::P95);
        assert!(probability.value.abs() < 1e-12, "never");
        assert!(!given.value.is_finite(), "nothing to estimate from");
        assert!(product.value.abs() < 1e-12, "adds nothing");
    }

    #[test]
    fn each_trigger_has_its_own_name() {
        for trigger in &TRIGGERS {
            let same = TRIGGERS.iter().filter(|other| other.key == trigger.key);
            assert_eq!(same.count(), 1, "{}", trigger.key);
        }
    }
}
