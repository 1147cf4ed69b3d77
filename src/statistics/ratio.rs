//! Ratio of two means over the same replications, such as displaced patients over demand.
//!
//! The estimand is "all numerators over all denominators": every patient weighs the same. The mean
//! of the per-replication ratios, in which every world weighs the same, is another estimand and is
//! not offered here.

use crate::statistics::accumulate::{Moments, PairSums};
use crate::statistics::confidence::Confidence;
use crate::statistics::interval::{Estimate, Interval, IntervalKind, Method, Status};
use crate::statistics::mean;
use crate::statistics::rounding::at_least;

/// Coefficient of variation of the mean denominator above which linearization is not trusted.
const MAX_DENOMINATOR_CV: f64 = 0.1;

/// The ratio of sums with its default interval.
///
/// The interval is [`delta_willink`]; when the mean denominator is known no better than to 10 %, it is
/// [`fieller`], and the whole line where that set is not an interval; the status then says how many
/// replications would bound it.
pub fn ratio(sums: &PairSums, confidence: Confidence) -> Estimate {
    let cv = denominator_cv(sums);
    let (method, interval) = if cv <= MAX_DENOMINATOR_CV {
        (Method::DeltaWillink, delta_willink(sums, confidence))
    } else {
        (Method::Fieller, fieller(sums, confidence).hull())
    };
    Estimate {
        value: sums.ratio(),
        interval,
        kind: IntervalKind::monte_carlo(confidence, method),
        n: sums.n(),
        status: match Status::of_mean(sums.n(), sums.x().nonzero()) {
            Status::Ok if !interval.is_bounded() => open_ended(sums.n(), cv, confidence),
            status => status,
        },
    }
}

/// The status of an unbounded set: it becomes an interval once `t² cv² < 1`, and `cv²` falls with `1/n`.
fn open_ended(n: u64, cv: f64, confidence: Confidence) -> Status {
    let scaled = confidence.t(n as f64 - 1.0) * cv;
    Status::Insufficient {
        needed: at_least(n as f64 * scaled * scaled).saturating_add(1),
    }
}

/// Linearized interval `ratio ± t S_e / (mean y sqrt n)`, `e = x - ratio y`.
///
/// Unbounded when the denominators sum to zero or there are fewer than two pairs.
///
/// Source: W. G. Cochran, Sampling Techniques, 3rd ed. (Wiley 1977), section 6.4.
pub fn delta(sums: &PairSums, confidence: Confidence) -> Interval {
    linearized(sums, |residuals| mean::student_t(residuals, confidence))
}

/// Linearized interval with the skewness correction of [`mean::willink_t`] on the residuals.
///
/// Covers 94 to 95 % (nominal 95 %) from 10 replications on in a clustered example where [`delta`]
/// starts at 89 %. Unbounded when [`delta`] is.
pub fn delta_willink(sums: &PairSums, confidence: Confidence) -> Interval {
    linearized(sums, |residuals| mean::willink_t(residuals, confidence))
}

/// Moves an interval for the mean residual to the scale of the ratio.
fn linearized(sums: &PairSums, interval: impl FnOnce(&Moments) -> Interval) -> Interval {
    if sums.n() < 2 || sums.y().sum() == 0 {
        return Interval::UNBOUNDED;
    }
    let (theta, y) = (sums.ratio(), sums.y().mean());
    let residual = interval(&sums.residual_moments());
    Interval::between(theta + residual.low / y, theta + residual.high / y)
}

/// The ratios that the data do not reject; not always an interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum FiellerSet {
    /// An ordinary interval: the denominator differs from zero.
    Bounded(Interval),
    /// Everything but the open interval in between: the denominator may be zero, the ratio is not
    /// near the values left out.
    Outside(Interval),
    /// The whole line: the data do not restrict the ratio.
    Line,
}

impl FiellerSet {
    /// Whether `ratio` is not rejected.
    pub fn contains(self, ratio: f64) -> bool {
        match self {
            Self::Bounded(interval) => interval.contains(ratio),
            Self::Outside(gap) => ratio <= gap.low || ratio >= gap.high,
            Self::Line => true,
        }
    }

    /// The smallest interval that contains the set; unbounded unless the set is bounded.
    pub const fn hull(self) -> Interval {
        match self {
            Self::Bounded(interval) => interval,
            Self::Outside(_) | Self::Line => Interval::UNBOUNDED,
        }
    }
}

/// Fieller's set: the roots of `(y² - t² v_yy) θ² - 2 (xy - t² v_xy) θ + (x² - t² v_xx) = 0`, with means
/// `x`, `y` and covariances of means `v`.
///
/// Unbounded when `y² <= t² v_yy`. Exact for normal pairs; prefer it when the denominator is poorly
/// known.
///
/// Source: E. C. Fieller, JRSS B 16 (1954) 175-185.
pub fn fieller(sums: &PairSums, confidence: Confidence) -> FiellerSet {
    if sums.n() < 2 {
        return FiellerSet::Line;
    }
    let n = sums.n() as f64;
    let t = confidence.t(n - 1.0);
    let (x, y) = (sums.x().mean(), sums.y().mean());
    let [xx, xy, yy] =
        [sums.x().variance(), sums.covariance(), sums.y().variance()].map(|v| t * t * v / n);
    // The quadratic is `square θ² - 2 half θ + constant`.
    let (square, half, constant) = (y * y - yy, x * y - xy, x * x - xx);
    // half² - square · constant, with the products of means canceled by hand.
    let discriminant = x * x * yy - 2.0 * x * y * xy + y * y * xx - (xx * yy - xy * xy);
    let stable = half + discriminant.max(0.0).sqrt().copysign(half);
    let other = if stable == 0.0 {
        0.0
    } else {
        constant / stable
    };
    let roots = Interval::between(stable / square, other);
    if square > 0.0 {
        FiellerSet::Bounded(roots)
    } else if square < 0.0 && discriminant > 0.0 {
        FiellerSet::Outside(roots)
    } else {
        FiellerSet::Line
    }
}

/// A bias-reduced ratio with its standard error, by leaving out one replication at a time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Jackknife {
    /// `n ratio - (n-1) mean of the leave-one-out ratios`.
    pub value: f64,
    /// Standard error.
    pub standard_error: f64,
    /// Number of replications.
    pub n: u64,
}

impl Jackknife {
    /// The interval `value ± t standard_error`.
    pub fn interval(&self, confidence: Confidence) -> Interval {
        let t = confidence.t(self.n as f64 - 1.0);
        Interval::around(self.value, t * self.standard_error)
    }
}

/// Jackknife of the ratio of sums over `pairs` of numerator and denominator, one per replication.
///
/// `None` when there are fewer than two pairs or leaving one out makes the denominators sum to zero.
///
/// Source: R. G. Miller, Biometrika 61 (1974) 1-15.
pub fn jackknife(pairs: &[(i64, i64)]) -> Option<Jackknife> {
    if pairs.len() < 2 {
        return None;
    }
    let x: i128 = pairs.iter().map(|&(x, _)| i128::from(x)).sum();
    let y: i128 = pairs.iter().map(|&(_, y)| i128::from(y)).sum();
    let left_out: Vec<f64> = pairs
        .iter()
        .map(|&(xi, yi)| (x - i128::from(xi)) as f64 / (y - i128::from(yi)) as f64)
        .collect();
    let n = pairs.len() as f64;
    let mean = left_out.iter().sum::<f64>() / n;
    let squares: f64 = left_out
        .iter()
        .map(|ratio| (ratio - mean) * (ratio - mean))
        .sum();
    let value = n * (x as f64 / y as f64) - (n - 1.0) * mean;
    let standard_error = ((n - 1.0) / n * squares).sqrt();
    (value.is_finite() && standard_error.is_finite()).then_some(Jackknife {
        value,
        standard_error,
        n: pairs.len() as u64,
    })
}

/// How many pairs would know the mean denominator well enough to linearize, if these are too few.
pub(crate) fn needed_to_linearize(sums: &PairSums) -> Option<u64> {
    let short = denominator_cv(sums) / MAX_DENOMINATOR_CV;
    (short > 1.0).then(|| at_least(sums.n() as f64 * short * short))
}

/// Standard error of the mean denominator relative to that mean; infinite when the mean is zero or
/// there are fewer than two pairs.
fn denominator_cv(sums: &PairSums) -> f64 {
    if sums.n() < 2 || sums.y().sum() == 0 {
        return f64::INFINITY;
    }
    (sums.y().variance() / sums.n() as f64).sqrt() / sums.y().mean().abs()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const HAND: [(i64, i64); 8] = [
        (1, 10),
        (0, 8),
        (3, 15),
        (2, 12),
        (0, 9),
        (5, 20),
        (1, 11),
        (0, 7),
    ];

    fn sums(pairs: &[(i64, i64)]) -> PairSums {
        let mut sums = PairSums::default();
        for &(x, y) in pairs {
            sums.add(x, y);
        }
        sums
    }

    fn assert_close(found: Interval, low: f64, high: f64) {
        let error = (found.low - low).abs().max((found.high - high).abs());
        assert!(error < 1e-10, "{found:?} instead of [{low}, {high}]");
    }

    #[test]
    fn delta_and_fieller_match_the_hand_sample() {
        let hand = sums(&HAND);
        assert!(
            (hand.ratio() - 0.130_434_782_6).abs() < 1e-10,
            "ratio {}",
            hand.ratio()
        );
        assert_close(
            delta(&hand, Confidence::P95),
            0.041_066_934_1,
            0.219_802_631_1,
        );
        let fieller = fieller(&hand, Confidence::P95);
        assert!(matches!(fieller, FiellerSet::Bounded(_)), "{fieller:?}");
        assert_close(fieller.hull(), 0.002_237_483_0, 0.199_283_660_6);
    }

    #[test]
    fn jackknife_matches_the_hand_sample() {
        let found = jackknife(&HAND).unwrap();
        assert!((found.value - 0.135_520_444_0).abs() < 1e-10, "{found:?}");
        assert!(
            (found.standard_error - 0.039_953_933_6).abs() < 1e-10,
            "{found:?}"
        );
        assert_eq!(jackknife(&[(1, 2)]), None, "one pair");
        assert_eq!(jackknife(&[(1, 2), (1, 0)]), None, "a denominator vanishes");
    }

    #[test]
    fn a_denominator_near_zero_gives_an_unbounded_set() {
        let outside = fieller(
            &sums(&[(10, 1), (11, -1), (9, 0), (10, 2)]),
            Confidence::P95,
        );
        let FiellerSet::Outside(gap) = outside else {
            panic!("{outside:?}")
        };
        assert!(
            gap.low < 0.0 && gap.high > 0.0,
            "the gap holds zero: {gap:?}"
        );
        assert!(
            outside.contains(20.0) && !outside.contains(0.0),
            "{outside:?}"
        );
        let line = fieller(&sums(&[(1, 1), (-1, -2), (0, 2), (2, 0)]), Confidence::P95);
        assert_eq!(line, FiellerSet::Line, "nothing is known of either mean");
    }

    #[test]
    fn the_default_changes_to_fieller_when_the_denominator_is_poorly_known() {
        let poor = ratio(&sums(&[(1, 2), (0, 30), (4, 9), (2, 1)]), Confidence::P95);
        assert_eq!(
            poor.kind.method,
            Method::Fieller,
            "denominator varies widely"
        );
        let good = ratio(
            &sums(&[(1, 20), (0, 21), (4, 19), (2, 20)]),
            Confidence::P95,
        );
        assert_eq!(
            good.kind.method,
            Method::DeltaWillink,
            "denominator is steady"
        );
    }

    #[test]
    fn denominators_that_sum_to_zero_give_no_interval() {
        let zero = ratio(&sums(&[(1, 0), (2, 0), (0, 0)]), Confidence::P95);
        assert_eq!(zero.interval, Interval::UNBOUNDED, "interval");
        let delta = delta_willink(&sums(&[(1, 1), (2, -1)]), Confidence::P95);
        assert_eq!(delta, Interval::UNBOUNDED, "canceling denominators");
    }

    #[test]
    fn an_unbounded_ratio_is_never_marked_as_sufficient() {
        let pairs: Vec<(i64, i64)> = (0..80)
            .map(|i| (5, if i % 2 == 0 { 21 } else { -19 }))
            .collect();
        let estimate = ratio(&sums(&pairs), Confidence::P95);
        assert_eq!(
            estimate.interval,
            Interval::UNBOUNDED,
            "mean denominator 1, standard error 2.2"
        );
        let Status::Insufficient { needed } = estimate.status else {
            panic!("{estimate:?}")
        };
        // t² S²/mean² = 1.99² · 400 · 80/79 = 1 604.8.
        assert_eq!(needed, 1_606, "needed");
    }

    fn shares() -> impl Strategy<Value = Vec<(i64, i64)>> {
        prop::collection::vec((0_i64..40, 1_i64..60), 3..50)
    }

    proptest! {
        #[test]
        fn every_set_contains_the_ratio(pairs in shares()) {
            let sums = sums(&pairs);
            let theta = sums.ratio();
            prop_assert!(fieller(&sums, Confidence::P95).contains(theta), "fieller");
            prop_assert!(delta(&sums, Confidence::P95).contains(theta), "delta");
            prop_assert!(delta_willink(&sums, Confidence::P95).contains(theta), "willink");
        }

        #[test]
        fn changing_the_sign_of_the_denominators_mirrors_the_interval(pairs in shares()) {
            let negated: Vec<(i64, i64)> = pairs.iter().map(|&(x, y)| (x, -y)).collect();
            let here = delta_willink(&sums(&pairs), Confidence::P95);
            let there = delta_willink(&sums(&negated), Confidence::P95);
            let error = (here.low + there.high).abs() + (here.high + there.low).abs();
            prop_assert!(error < 1e-9 * (1.0 + here.width()), "{:?} {:?}", here, there);
        }

        #[test]
        fn the_ends_of_a_bounded_fieller_set_solve_its_equation(pairs in shares()) {
            let sums = sums(&pairs);
            let FiellerSet::Bounded(interval) = fieller(&sums, Confidence::P95) else { return Ok(()) };
            for theta in [interval.low, interval.high] {
                // |mean(x - θy)| = t · standard error of that mean.
                let residuals: Vec<f64> =
                    pairs.iter().map(|&(x, y)| x as f64 - theta * y as f64).collect();
                let n = residuals.len() as f64;
                let mean = residuals.iter().sum::<f64>() / n;
                let squares: f64 = residuals.iter().map(|e| (e - mean) * (e - mean)).sum();
                let error = Confidence::P95.t(n - 1.0) * (squares / (n - 1.0) / n).sqrt();
                prop_assert!((mean.abs() - error).abs() < 1e-6 * (1.0 + error), "{} at {}", mean, theta);
            }
        }
    }
}
