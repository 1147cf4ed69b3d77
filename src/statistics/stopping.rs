//! When to stop replicating: looks at fixed numbers of replications, then a pure decision.
//!
//! Decisions read only the prefix of replications up to the look, so the number at which a study
//! stops is the same on every machine and for any number of threads.

use serde::{Deserialize, Serialize};

use crate::statistics::interval::{Estimate, MIN_NONZERO, Status};

/// First look of the default rule, in replications.
pub const FIRST_LOOK: u64 = 256;
/// Looks fall on multiples of this many replications.
pub const LOOK_STEP: u64 = 64;

/// How precise an estimate must be.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// The interval reaches at most this far from the estimate, in its unit; positive.
    Absolute(f64),
    /// The true relative error is at most this share; positive, for example 0.1.
    Relative(f64),
}

impl Precision {
    /// The reach allowed around an estimate of `value`.
    ///
    /// A relative target `γ` allows `γ / (1 + γ)` of the *estimate*, so that the error is at most `γ` of
    /// the *truth*.
    ///
    /// Source: A. M. Law, Simulation Modeling and Analysis, 5th ed. (McGraw-Hill 2015), section 9.4.1.
    pub fn allowed_reach(self, value: f64) -> f64 {
        match self {
            Self::Absolute(reach) => reach,
            Self::Relative(share) => share / (1.0 + share) * value.abs(),
        }
    }
}

/// One listed target with what the prefix of replications says about it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Target {
    /// The precision asked.
    pub precision: Precision,
    /// The estimate at this look, with its interval.
    pub estimate: Estimate,
    /// Number of non-zero observations behind it (events, or discordant pairs).
    pub nonzero: u64,
    /// Whether the observations vary at all; without variation no interval is trusted.
    pub varies: bool,
}

impl Target {
    /// Where this target stands: met, too few data to judge, or not precise enough yet.
    ///
    /// An interval with an infinite end predicts no finite number and counts as too few data; one more
    /// factor 1.5 is then asked. So does a sample without variation.
    pub fn status(&self) -> Status {
        let n = self.estimate.n;
        let reach = self.estimate.reach();
        let usable = Status::of_mean(n, self.nonzero);
        if usable != Status::Ok {
            return usable;
        }
        if !self.varies || !reach.is_finite() {
            return Status::Insufficient {
                needed: next_look(n),
            };
        }
        Status::of_target(n, reach, self.precision.allowed_reach(self.estimate.value))
    }
}

/// What to do after a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// Every target is met.
    Stop,
    /// Replicate up to this number, then look again.
    Continue {
        /// Total number of replications at the next look.
        next_look: u64,
    },
    /// The cap is reached first; the estimates carry their status.
    CapReached {
        /// Predicted total number of replications that meets every target.
        predicted_n: u64,
    },
}

/// The default sequential rule: stop at the first look at which every target is met, with at least 30
/// non-zero observations and some variation behind each.
///
/// The numbers found while stopping are for exploring. What is published comes from fresh replications
/// of a fixed number.
///
/// # Panics
/// When `n` is zero, a look that no schedule contains.
pub fn decide(n: u64, cap: u64, targets: &[Target]) -> Decision {
    assert!(n > 0, "a look needs replications");
    let statuses = targets.iter().map(Target::status);
    let needed = statuses
        .map(|status| needed_replications(n, status))
        .max()
        .unwrap_or(n);
    if needed <= n {
        Decision::Stop
    } else if n >= cap {
        Decision::CapReached {
            predicted_n: needed,
        }
    } else {
        Decision::Continue {
            next_look: next_look(n).min(cap),
        }
    }
}

/// The look after `n` replications: the first at [`FIRST_LOOK`], then half as much again, rounded up to
/// a multiple of [`LOOK_STEP`]: 256, 384, 576, 896, 1344, 2048, ...
pub const fn next_look(n: u64) -> u64 {
    if n < FIRST_LOOK {
        return FIRST_LOOK;
    }
    (n + n.div_ceil(2)).next_multiple_of(LOOK_STEP)
}

/// A target that is not met needs more than `n`, whatever the prediction.
fn needed_replications(n: u64, status: Status) -> u64 {
    match status {
        Status::Ok => n,
        Status::Insufficient { needed } => needed.max(n + 1),
        Status::TargetNotMet { predicted_n } => predicted_n.max(n + 1),
    }
}

const _: () = assert!(FIRST_LOOK.is_multiple_of(LOOK_STEP) && FIRST_LOOK > MIN_NONZERO);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::accumulate::PowerSums;
    use crate::statistics::confidence::Confidence;
    use crate::statistics::mean::mean;
    use crate::statistics::proportion::proportion;
    use proptest::prelude::*;

    fn target(observations: impl IntoIterator<Item = i64>, precision: Precision) -> Target {
        let sums: PowerSums = observations.into_iter().collect();
        let estimate = mean(&sums, Confidence::P95);
        Target {
            precision,
            estimate,
            nonzero: sums.nonzero(),
            varies: sums.varies(),
        }
    }

    #[test]
    fn looks_follow_the_schedule() {
        let mut looks = vec![next_look(0)];
        while looks.len() < 7 {
            looks.push(next_look(*looks.last().unwrap()));
        }
        assert_eq!(looks, [256, 384, 576, 896, 1344, 2048, 3072], "schedule");
    }

    #[test]
    fn a_met_target_stops_and_a_missed_one_goes_on_to_the_cap() {
        let wide = target((0..256).map(|i| i % 10), Precision::Absolute(1.0));
        assert_eq!(decide(256, 10_000, &[wide]), Decision::Stop, "met");
        let fine = Target {
            precision: Precision::Absolute(0.01),
            ..wide
        };
        let go_on = Decision::Continue { next_look: 384 };
        assert_eq!(
            decide(256, 10_000, &[wide, fine]),
            go_on,
            "one of two is not met"
        );
        assert_eq!(
            decide(256, 300, &[fine]),
            Decision::Continue { next_look: 300 },
            "cap is near"
        );
        let Decision::CapReached { predicted_n } = decide(256, 256, &[fine]) else {
            panic!("the cap is reached")
        };
        // S = 2.87, t = 1.97: (1.97 · 2.87 / 0.01)² is about 320 000.
        assert!(
            (310_000..330_000).contains(&predicted_n),
            "predicted {predicted_n}"
        );
    }

    #[test]
    fn zero_events_never_stop() {
        let none = target([0; 256], Precision::Absolute(1.0));
        assert!(
            matches!(decide(256, 1000, &[none]), Decision::Continue { .. }),
            "means"
        );
        let estimate = proportion(0, 256, Confidence::P95);
        let precision = Precision::Absolute(0.5);
        let bits = Target {
            precision,
            estimate,
            nonzero: 0,
            varies: false,
        };
        assert!(
            matches!(decide(256, 1000, &[bits]), Decision::Continue { .. }),
            "proportions"
        );
    }

    #[test]
    fn a_sample_without_variation_never_stops() {
        let constant = target([5; 256], Precision::Absolute(1.0));
        assert_eq!(
            constant.status(),
            Status::Insufficient { needed: 384 },
            "status"
        );
        assert_eq!(
            decide(256, 1000, &[constant]),
            Decision::Continue { next_look: 384 },
            "goes on"
        );
    }

    #[test]
    fn few_nonzero_observations_never_stop() {
        let rare = target(
            (0..256).map(|i| i64::from(i < 29)),
            Precision::Absolute(1.0),
        );
        assert!(
            matches!(rare.status(), Status::Insufficient { needed: 265 }),
            "{:?}",
            rare.status()
        );
        let enough = target(
            (0..256).map(|i| i64::from(i < 30)),
            Precision::Absolute(1.0),
        );
        assert_eq!(enough.status(), Status::Ok, "thirty are enough");
    }

    #[test]
    fn a_study_without_targets_stops_at_once() {
        assert_eq!(decide(256, 1000, &[]), Decision::Stop, "nothing was asked");
    }

    #[test]
    fn a_relative_target_bounds_the_error_relative_to_the_truth() {
        let reach = Precision::Relative(0.25).allowed_reach(-100.0);
        assert!(
            (reach - 20.0).abs() < 1e-12,
            "a quarter of a truth of 80 is 20: {reach}"
        );
    }

    proptest! {
        #[test]
        fn looks_are_multiples_that_grow_by_about_half(n in 256_u64..1_000_000) {
            let next = next_look(n);
            prop_assert!(next.is_multiple_of(LOOK_STEP), "{} is not a multiple", next);
            prop_assert!(2 * next >= 3 * n && 2 * next <= 3 * n + 2 * LOOK_STEP, "{} after {}", next, n);
        }

        #[test]
        fn a_looser_target_never_needs_more(x in prop::collection::vec(1_i64..100, 64..200), width in 0.1_f64..20.0) {
            let tight = target(x.clone(), Precision::Absolute(width));
            let loose = Target { precision: Precision::Absolute(width * 1.5), ..tight };
            let n = x.len() as u64;
            let (more, fewer) = (needed_replications(n, tight.status()), needed_replications(n, loose.status()));
            prop_assert!(fewer <= more, "{} > {}", fewer, more);
        }
    }
}
