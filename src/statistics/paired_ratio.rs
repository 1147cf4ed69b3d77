//! Difference of two ratios over the same worlds, such as the mean wait under two policies.

use serde::{Deserialize, Serialize};

use crate::statistics::accumulate::{Moments, PairSums};
use crate::statistics::confidence::Confidence;
use crate::statistics::interval::{Estimate, IntervalKind, Method, Status};
use crate::statistics::mean::{p_value, student_t};
use crate::statistics::paired::Paired;
use crate::statistics::ratio::ratio;

/// Exact sums of a numerator and a denominator under an alternative and under the baseline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PairedRatios {
    alternative: PairSums,
    baseline: PairSums,
    numerators: Paired,
    denominators: Paired,
    /// Numerator of the alternative with the denominator of the baseline, and the other way round.
    across: [PairSums; 2],
    /// Difference of numerators over the denominator of the alternative.
    shared: PairSums,
}

impl PairedRatios {
    /// Adds one replication: numerator and denominator of either side.
    pub fn add(&mut self, alternative: (i64, i64), baseline: (i64, i64)) {
        self.alternative.add(alternative.0, alternative.1);
        self.baseline.add(baseline.0, baseline.1);
        self.numerators.add(alternative.0, baseline.0);
        self.denominators.add(alternative.1, baseline.1);
        self.across[0].add(alternative.0, baseline.1);
        self.across[1].add(alternative.1, baseline.0);
        self.shared.add(alternative.0 - baseline.0, alternative.1);
    }

    /// Numerator and denominator of the alternative.
    pub const fn alternative(&self) -> &PairSums {
        &self.alternative
    }

    /// The numerators of both sides.
    pub const fn numerators(&self) -> &Paired {
        &self.numerators
    }

    /// Whether both sides had the same numerator and the same denominator in every world seen.
    pub const fn identical(&self) -> bool {
        self.numerators.identical() && self.denominators.identical()
    }

    /// Ratio of the alternative minus that of the baseline.
    ///
    /// When both sides have the same denominator in every world this is the ratio of the difference
    /// of numerators to that denominator, by [`ratio`]. Otherwise each ratio is linearized, and the
    /// interval is Student's on the differences of residuals
    /// `(x - θ y) / mean y`, which keeps what the two sides have in common.
    ///
    /// Source: W. G. Cochran, Sampling Techniques, 3rd ed. (Wiley 1977), section 6.4, applied to the
    /// difference of two ratios from one sample.
    pub fn estimate(&self, confidence: Confidence) -> Estimate {
        if self.denominators.identical() {
            return ratio(&self.shared, confidence);
        }
        let moments = self.residual_difference();
        Estimate {
            value: moments.mean,
            interval: student_t(&moments, confidence),
            kind: IntervalKind::monte_carlo(confidence, Method::Delta),
            n: moments.n,
            status: Status::of_mean(moments.n, moments.nonzero),
        }
    }

    /// Two-sided p-value for "both ratios are equal", consistent with the linearized interval; not a
    /// number when a ratio has no denominator.
    pub fn p_value(&self) -> f64 {
        if self.denominators.identical() {
            let mean = self.shared.x().mean();
            let moments = Moments {
                mean,
                ..self.shared.residual_moments()
            };
            return p_value(&moments, 0.0);
        }
        p_value(&self.residual_difference(), 0.0)
    }

    /// Moments of the difference as a mean over replications, each ratio linearized; their third is zero when the
    /// denominators differ.
    pub fn linearized_moments(&self) -> Moments {
        if self.denominators.identical() {
            self.shared.linearized_moments()
        } else {
            self.residual_difference()
        }
    }

    /// Moments of the differences of linearized residuals, moved to the difference of ratios. The
    /// third moment is left out, so that intervals are not corrected for skewness.
    fn residual_difference(&self) -> Moments {
        let (own, base) = (self.alternative.ratio(), self.baseline.ratio());
        let (y1, y0) = (self.alternative.y().mean(), self.baseline.y().mean());
        let own_variance = self.alternative.residual_moments().variance / (y1 * y1);
        let base_variance = self.baseline.residual_moments().variance / (y0 * y0);
        let both = self.numerators.both().covariance()
            - base * self.across[0].covariance()
            - own * self.across[1].covariance()
            + own * base * self.denominators.both().covariance();
        let variance = own_variance + base_variance - 2.0 * both / (y1 * y0);
        Moments {
            n: self.alternative.n(),
            nonzero: self.numerators.difference().nonzero(),
            mean: own - base,
            variance: variance.max(0.0),
            third: 0.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sums(rows: &[[i64; 4]]) -> PairedRatios {
        let mut sums = PairedRatios::default();
        for &[x1, y1, x0, y0] in rows {
            sums.add((x1, y1), (x0, y0));
        }
        sums
    }

    #[test]
    fn a_common_denominator_gives_the_ratio_of_the_difference() {
        let rows = [[3, 10, 1, 10], [4, 12, 4, 12], [2, 9, 1, 9]];
        let estimate = sums(&rows).estimate(Confidence::P95);
        assert!((estimate.value - 3.0 / 31.0).abs() < 1e-15, "{estimate:?}");
        assert_eq!(estimate.kind.method, Method::DeltaWillink, "method");
    }

    #[test]
    fn equal_sides_are_identical_and_others_are_not() {
        assert!(sums(&[[3, 10, 3, 10]]).identical(), "same");
        let moved = sums(&[[3, 10, 3, 11]]);
        assert!(!moved.identical(), "another denominator is a difference");
    }

    proptest! {
        #[test]
        fn the_interval_is_that_of_the_residuals(
            rows in prop::collection::vec(prop::array::uniform4(1_i64..60), 3..40)
        ) {
            let sums = sums(&rows);
            prop_assume!(!sums.denominators.identical());
            let total = |column: usize| rows.iter().map(|row| row[column] as f64).sum::<f64>();
            let n = rows.len() as f64;
            let (own, base) = (total(0) / total(1), total(2) / total(3));
            let residuals: Vec<f64> = rows.iter().map(|row| {
                let [x1, y1, x0, y0] = row.map(|x| x as f64);
                (x1 - own * y1) * n / total(1) - (x0 - base * y0) * n / total(3)
            }).collect();
            let squares: f64 = residuals.iter().map(|e| e * e).sum();
            let found = sums.residual_difference();
            prop_assert!((found.mean - (own - base)).abs() < 1e-9, "difference");
            prop_assert!((found.variance - squares / (n - 1.0)).abs() < 1e-6 * (1.0 + squares), "variance");
        }

        #[test]
        fn a_small_p_value_goes_with_an_interval_without_zero(
            rows in prop::collection::vec(prop::array::uniform4(1_i64..60), 8..40)
        ) {
            let sums = sums(&rows);
            prop_assume!(!sums.denominators.identical());
            let estimate = sums.estimate(Confidence::P95);
            prop_assert_eq!(sums.p_value() > 0.05, estimate.interval.contains(0.0), "{:?}", estimate);
        }
    }
}
