//! A quantile over patients, from whole replications and without resampling.

use crate::statistics::accumulate::PairSums;
use crate::statistics::confidence::Confidence;
use crate::statistics::interval::{Estimate, Interval, IntervalKind, Method, Status};
use crate::statistics::ratio::delta;

/// Exact sums of how many patients have at most each whole value, beside the number of patients.
///
/// Patients of one world are not independent; the share of them at or below a value is a ratio over
/// replications, and the interval of the quantile inverts the intervals of these shares.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PatientQuantile {
    /// By value: patients with at most that value, and patients.
    shares: Vec<PairSums>,
    /// Patients as numerator and as denominator, which is what values beyond the list have.
    all: PairSums,
}

impl PatientQuantile {
    /// Adds one replication: how many patients have the value 0, 1, 2 and so on.
    pub fn add(&mut self, counts: &[u32]) {
        let patients: i64 = counts.iter().map(|&count| i64::from(count)).sum();
        // So far every patient of earlier replications lies below the new values.
        let longer = self.shares.len().max(counts.len());
        self.shares.resize(longer, self.all);
        let mut below = 0;
        for (value, share) in self.shares.iter_mut().enumerate() {
            below += counts.get(value).map_or(0, |&count| i64::from(count));
            share.add(below, patients);
        }
        self.all.add(patients, patients);
    }

    /// The share of all patients, 0 to 1, whose value is above `value`; not a number without patients.
    ///
    /// Source: W. G. Cochran, Sampling Techniques (Wiley 1977), section 2.11, with replications as
    /// clusters.
    pub fn above(&self, value: usize, confidence: Confidence) -> Estimate {
        let share = self.shares.get(value).unwrap_or(&self.all);
        let below = delta(share, confidence);
        let interval = if below.is_bounded() {
            Interval {
                low: (1.0 - below.high).max(0.0),
                high: (1.0 - below.low).min(1.0),
            }
        } else {
            Interval::UNBOUNDED
        };
        Estimate {
            value: 1.0 - share.ratio(),
            interval,
            kind: IntervalKind::monte_carlo(confidence, Method::Delta),
            n: self.all.n(),
            status: Status::of_mean(self.all.n(), self.all.x().nonzero()),
        }
    }

    /// The `p` quantile over patients: the smallest value that a share `p` of all patients stays at
    /// or below; not a number without patients. An end of the interval that the data do not fix is
    /// infinite.
    ///
    /// Source: R. S. Woodruff, JASA 47 (1952) 635-646, with replications as clusters.
    pub fn estimate(&self, p: f64, confidence: Confidence) -> Estimate {
        let first = |reaches: &dyn Fn(&PairSums) -> bool| {
            let value = self.shares.iter().position(reaches);
            value.map(|value| value as f64)
        };
        let value = first(&|share| share.ratio() >= p);
        let low = first(&|share| delta(share, confidence).high >= p);
        let high = first(&|share| delta(share, confidence).low >= p);
        Estimate {
            value: value.unwrap_or(f64::NAN),
            interval: Interval {
                low: low.unwrap_or(f64::NEG_INFINITY),
                high: high.unwrap_or(f64::INFINITY),
            },
            kind: IntervalKind::monte_carlo(confidence, Method::Woodruff),
            n: self.all.n(),
            status: Status::of_mean(self.all.n(), self.all.x().nonzero()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quantile(worlds: &[&[u32]]) -> PatientQuantile {
        let mut found = PatientQuantile::default();
        for world in worlds {
            found.add(world);
        }
        found
    }

    #[test]
    fn the_quantile_weighs_every_patient_alike() {
        // Ten patients with 1 in one world, ninety with 3 in another.
        let found = quantile(&[&[0, 10], &[0, 0, 0, 90]]);
        let at = |p| found.estimate(p, Confidence::P95).value;
        assert!((at(0.1) - 1.0).abs() < 1e-12, "a tenth has 1");
        assert!((at(0.11) - 3.0).abs() < 1e-12, "the others have 3");
    }

    #[test]
    fn the_share_above_a_value_weighs_every_patient_alike() {
        let found = quantile(&[&[0, 10], &[0, 0, 0, 90]]);
        for (value, share) in [(0, 1.0), (1, 0.9), (2, 0.9), (3, 0.0), (99, 0.0)] {
            let estimate = found.above(value, Confidence::P95);
            assert!((estimate.value - share).abs() < 1e-12, "above {value}");
            assert!(estimate.interval.contains(share), "above {value}");
        }
    }

    #[test]
    fn a_longer_list_changes_nothing_of_earlier_worlds() {
        let short_first = quantile(&[&[4, 1], &[0, 2, 3, 4], &[1]]);
        let long_first = quantile(&[&[0, 2, 3, 4], &[1], &[4, 1]]);
        assert_eq!(
            short_first, long_first,
            "the order of worlds does not matter"
        );
    }

    #[test]
    fn the_interval_holds_the_quantile_and_narrows_with_worlds() {
        let world = |i: u32| (0..40).map(|v| (i * 7 + v * 13) % 11).collect::<Vec<u32>>();
        let width = |n: u32| {
            let mut found = PatientQuantile::default();
            (0..n).for_each(|i| found.add(&world(i * i)));
            let estimate = found.estimate(0.9, Confidence::P95);
            assert!(estimate.interval.contains(estimate.value), "{estimate:?}");
            estimate.interval.width()
        };
        assert!(width(640) <= width(64), "ten times the worlds");
    }

    #[test]
    fn without_patients_there_is_no_quantile() {
        let estimate = quantile(&[&[], &[]]).estimate(0.9, Confidence::P95);
        assert!(estimate.value.is_nan(), "{estimate:?}");
        assert!(!estimate.interval.is_bounded(), "{estimate:?}");
    }
}
