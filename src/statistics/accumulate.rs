//! Exact sums of integer observations: one variable, or two observed together.
//!
//! Sums are whole numbers of 128 and 256 bits, so adding and merging are exact and order-free; the
//! only rounding is in the conversion of the final quotient. Central moments are formed around the integer nearest to the
//! mean, which removes the cancellation of the textbook formulas instead of merely bounding it.

use ethnum::I256;
use serde::{Deserialize, Serialize};

/// Largest absolute value of an observation: `2^50`, about 11 trillion euros in cents.
///
/// With at most [`MAX_COUNT`] observations no sum of squares leaves 128 bits, and no intermediate
/// product of this module 256. Both limits are checked, because a sum beyond them would be silently
/// wrong.
pub const MAX_ABS: i64 = 1 << 50;
/// Largest number of observations in one accumulator: `2^20`.
pub const MAX_COUNT: u64 = 1 << 20;

/// Exact power sums of integer observations.
///
/// ```
/// use zorgdruk::statistics::accumulate::PowerSums;
/// let sums: PowerSums = [1, 2, 6].into_iter().collect();
/// assert_eq!((sums.mean(), sums.variance()), (3.0, 7.0));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PowerSums {
    n: u64,
    nonzero: u64,
    s1: i128,
    s2: i128,
    s3: I256,
    min: i64,
    max: i64,
}

impl PowerSums {
    /// No observations yet.
    pub const EMPTY: Self = Self {
        n: 0,
        nonzero: 0,
        s1: 0,
        s2: 0,
        s3: I256::ZERO,
        min: i64::MAX,
        max: i64::MIN,
    };

    /// Adds one observation.
    ///
    /// # Panics
    /// When it is beyond [`MAX_ABS`], or one more than [`MAX_COUNT`].
    pub fn add(&mut self, x: i64) {
        assert!(
            x.abs() <= MAX_ABS,
            "observation {x} is beyond the exact range"
        );
        let wide = i128::from(x);
        self.n += 1;
        self.nonzero += u64::from(x != 0);
        self.s1 += wide;
        self.s2 += wide * wide;
        self.s3 += product(wide * wide, wide);
        self.min = self.min.min(x);
        self.max = self.max.max(x);
        assert!(
            self.n <= MAX_COUNT,
            "more observations than the exact range allows"
        );
    }

    /// Adds all observations of `other`; the order of merges does not matter.
    ///
    /// # Panics
    /// When there are more than [`MAX_COUNT`] in all.
    pub fn merge(&mut self, other: &Self) {
        self.n += other.n;
        self.nonzero += other.nonzero;
        self.s1 += other.s1;
        self.s2 += other.s2;
        self.s3 += other.s3;
        self.min = self.min.min(other.min);
        self.max = self.max.max(other.max);
        assert!(
            self.n <= MAX_COUNT,
            "more observations than the exact range allows"
        );
    }

    /// Number of observations.
    pub const fn n(&self) -> u64 {
        self.n
    }

    /// Number of observations that are not zero.
    pub const fn nonzero(&self) -> u64 {
        self.nonzero
    }

    /// Exact sum of the observations.
    pub const fn sum(&self) -> i128 {
        self.s1
    }

    /// Smallest observation; `None` without observations.
    pub fn min(&self) -> Option<i64> {
        (self.n > 0).then_some(self.min)
    }

    /// Largest observation; `None` without observations.
    pub fn max(&self) -> Option<i64> {
        (self.n > 0).then_some(self.max)
    }

    /// Whether at least two observations differ.
    pub const fn varies(&self) -> bool {
        self.min < self.max
    }

    /// Arithmetic mean; not a number without observations.
    pub fn mean(&self) -> f64 {
        self.s1 as f64 / self.n as f64
    }

    /// Sample variance with divisor `n - 1`; not a number below two observations.
    pub fn variance(&self) -> f64 {
        second_central(self.n, self.s2, [self.s1; 2]) / (self.n as f64 - 1.0)
    }

    /// Sum of cubed deviations from the mean; not a number without observations.
    pub fn cubed_deviations(&self) -> f64 {
        third_central(self.n, self.s3, [self.s2; 3], [self.s1; 3])
    }

    /// Mean, variance and skewness in the form that intervals read.
    pub fn moments(&self) -> Moments {
        Moments {
            n: self.n,
            nonzero: self.nonzero,
            mean: self.mean(),
            variance: self.variance(),
            third: self.cubed_deviations() * third_factor(self.n),
        }
    }
}

impl Default for PowerSums {
    fn default() -> Self {
        Self::EMPTY
    }
}

impl Extend<i64> for PowerSums {
    fn extend<I: IntoIterator<Item = i64>>(&mut self, observations: I) {
        observations.into_iter().for_each(|x| self.add(x));
    }
}

impl FromIterator<i64> for PowerSums {
    fn from_iter<I: IntoIterator<Item = i64>>(observations: I) -> Self {
        let mut sums = Self::EMPTY;
        sums.extend(observations);
        sums
    }
}

/// The sample moments that an interval for a mean needs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moments {
    /// Number of observations.
    pub n: u64,
    /// Number of observations that are not zero.
    pub nonzero: u64,
    /// Arithmetic mean; not a number when `n` is 0.
    pub mean: f64,
    /// Variance with divisor `n - 1`; not a number when `n` is below 2.
    pub variance: f64,
    /// Unbiased third central moment, `n / ((n-1)(n-2))` times the sum of cubed deviations; not a
    /// number when `n` is below 3.
    pub third: f64,
}

/// Exact sums of two integer variables observed together, such as a numerator and a denominator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PairSums {
    x: PowerSums,
    y: PowerSums,
    xy: i128,
    xxy: I256,
    xyy: I256,
}

impl PairSums {
    /// Adds one pair; each side at most [`MAX_ABS`] in absolute value.
    pub fn add(&mut self, x: i64, y: i64) {
        self.x.add(x);
        self.y.add(y);
        let (x, y) = (i128::from(x), i128::from(y));
        self.xy += x * y;
        self.xxy += product(x * x, y);
        self.xyy += product(y * y, x);
    }

    /// Adds all pairs of `other`; the order of merges does not matter.
    pub fn merge(&mut self, other: &Self) {
        self.x.merge(&other.x);
        self.y.merge(&other.y);
        self.xy += other.xy;
        self.xxy += other.xxy;
        self.xyy += other.xyy;
    }

    /// Number of pairs.
    pub const fn n(&self) -> u64 {
        self.x.n
    }

    /// The first variable alone.
    pub const fn x(&self) -> &PowerSums {
        &self.x
    }

    /// The second variable alone.
    pub const fn y(&self) -> &PowerSums {
        &self.y
    }

    /// Sample covariance with divisor `n - 1`; not a number below two pairs.
    pub fn covariance(&self) -> f64 {
        second_central(self.n(), self.xy, [self.x.s1, self.y.s1]) / (self.n() as f64 - 1.0)
    }

    /// Pearson correlation; `None` when a side does not vary.
    pub fn correlation(&self) -> Option<f64> {
        let spread = self.x.variance().sqrt() * self.y.variance().sqrt();
        (spread > 0.0).then(|| (self.covariance() / spread).clamp(-1.0, 1.0))
    }

    /// Sum of `x` over sum of `y`; not a number (or infinite) when the latter is zero.
    pub fn ratio(&self) -> f64 {
        self.x.s1 as f64 / self.y.s1 as f64
    }

    /// Moments of the linearized residuals `x - theta y` at `theta` = [`Self::ratio`].
    ///
    /// Their mean is zero by construction. `nonzero` counts the numerators that are not zero,
    /// because those carry the information about the ratio. The moments are combined from exact
    /// central moments; only the subtraction of the explained part is done in floating point.
    pub fn residual_moments(&self) -> Moments {
        let (n, theta) = (self.n(), self.ratio());
        let [xx, xy, yy] = [self.x.variance(), self.covariance(), self.y.variance()];
        let [xxx, xxy, xyy, yyy] = self.third_moments();
        Moments {
            n,
            nonzero: self.x.nonzero,
            mean: 0.0,
            variance: (xx - theta * (2.0 * xy - theta * yy)).max(0.0),
            third: xxx - theta * (3.0 * xxy - theta * (3.0 * xyy - theta * yyy)),
        }
    }

    /// Moments of the ratio as a mean of `theta + (x - theta y) / mean y`, with `theta` = [`Self::ratio`].
    pub fn linearized_moments(&self) -> Moments {
        let residual = self.residual_moments();
        let y = self.y.mean();
        Moments {
            mean: self.ratio(),
            variance: residual.variance / (y * y),
            third: residual.third / (y * y * y),
            ..residual
        }
    }

    /// Unbiased third central co-moments `xxx`, `xxy`, `xyy`, `yyy`.
    fn third_moments(&self) -> [f64; 4] {
        let (x, y) = (&self.x, &self.y);
        let xxy = third_central(x.n, self.xxy, [self.xy, self.xy, x.s2], [x.s1, x.s1, y.s1]);
        let xyy = third_central(x.n, self.xyy, [y.s2, self.xy, self.xy], [x.s1, y.s1, y.s1]);
        [x.cubed_deviations(), xxy, xyy, y.cubed_deviations()].map(|sum| sum * third_factor(x.n))
    }
}

/// `n / ((n-1)(n-2))`, which makes a sum of cubed deviations unbiased; not a number below 3.
fn third_factor(n: u64) -> f64 {
    if n < 3 {
        return f64::NAN;
    }
    let n = n as f64;
    n / ((n - 1.0) * (n - 2.0))
}

/// `sum (a - mean a)(b - mean b)` from `sum ab` and `[sum a, sum b]`, rounded only in the quotient.
pub(super) fn second_central(n: u64, sum: i128, singles: [i128; 2]) -> f64 {
    let apart = product(sum, i128::from(n)) - product(singles[0], singles[1]);
    rounded(apart) / n as f64
}

/// `sum (a - mean a)(b - mean b)(c - mean c)` from the raw sums `abc`, `[bc, ac, ab]`, `[a, b, c]`.
///
/// Each variable is first centered, exactly, at the integer nearest to its mean. What is left of
/// the means is at most one half, so the remaining correction is a small exact fraction.
fn third_central(n: u64, triple: I256, pairs: [i128; 3], singles: [i128; 3]) -> f64 {
    if n == 0 {
        return f64::NAN;
    }
    let centers = singles.map(|sum| nearest_quotient(sum, i128::from(n)));
    let n = I256::from(n);
    let [bc, ac, ab] = pairs.map(I256::from);
    let [a, b, c] = singles.map(I256::from);
    let [ca, cb, cc] = centers.map(I256::from);
    // Sums of products of (a - ca), (b - cb), (c - cc); each is exact.
    let cube = triple - cc * ab - cb * ac - ca * bc + cb * cc * a + ca * cc * b + ca * cb * c
        - n * ca * cb * cc;
    let bc = bc - cc * b - cb * c + n * cb * cc;
    let ac = ac - cc * a - ca * c + n * ca * cc;
    let ab = ab - cb * a - ca * b + n * ca * cb;
    let [a, b, c] = [a - n * ca, b - n * cb, c - n * cc];
    let cross = a * bc + b * ac + c * ab;
    let whole = cube - cross.div_euclid(n);
    let fraction = a * b * c * 2 - cross.rem_euclid(n) * n;
    rounded(whole) + rounded(fraction) / rounded(n * n)
}

/// The product of two sums.
pub(super) fn product(one: i128, other: i128) -> I256 {
    I256::from(one) * I256::from(other)
}

/// The number nearest to a whole one.
pub(super) fn rounded(whole: I256) -> f64 {
    i128::try_from(whole).map_or_else(|_| whole.as_f64(), |small| small as f64)
}

/// The integer nearest to `sum / n`; halves go up.
fn nearest_quotient(sum: i128, n: i128) -> i128 {
    (2 * sum + n).div_euclid(2 * n)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pairs(rows: &[(i64, i64)]) -> PairSums {
        let mut sums = PairSums::default();
        for &(x, y) in rows {
            sums.add(x, y);
        }
        sums
    }

    #[test]
    fn moments_of_a_skewed_sample_match_the_hand_calculation() {
        let m = [0, 0, 0, 0, 0, 0, 0, 1, 2, 9]
            .into_iter()
            .collect::<PowerSums>()
            .moments();
        assert_eq!((m.n, m.nonzero), (10, 3), "counts");
        assert!((m.mean - 1.2).abs() < 1e-15, "mean {}", m.mean);
        assert!(
            (m.variance.sqrt() - 2.820_559_440_2).abs() < 1e-10,
            "sd {}",
            m.variance.sqrt()
        );
        assert!((m.third - 64.3).abs() < 1e-12, "third moment {}", m.third);
    }

    #[test]
    fn a_large_offset_costs_no_digit() {
        let small: PowerSums = [0, 1, 1, 5].into_iter().collect();
        let large: PowerSums = [0, 1, 1, 5].into_iter().map(|x| x + MAX_ABS - 5).collect();
        assert_eq!(
            small.variance().to_bits(),
            large.variance().to_bits(),
            "variance"
        );
        let cubes = (small.cubed_deviations(), large.cubed_deviations());
        assert_eq!(
            cubes.0.to_bits(),
            cubes.1.to_bits(),
            "cubed deviations {cubes:?}"
        );
    }

    #[test]
    fn the_largest_allowed_sample_stays_exact() {
        let mut sums = pairs(&[
            (-MAX_ABS, MAX_ABS),
            (MAX_ABS, -MAX_ABS),
            (MAX_ABS, -MAX_ABS),
        ]);
        sums.add(MAX_ABS, -MAX_ABS);
        for _ in 2..20 {
            let copy = sums;
            sums.merge(&copy);
        }
        assert_eq!(sums.n(), MAX_COUNT, "number of pairs");
        // A quarter at -M, three quarters at M: deviations -3M/2 and M/2, so the cubes sum to
        // n (-27/8 + 3/8) M^3 / 4 = -3/4 n M^3.
        let scale = MAX_COUNT as f64 * MAX_ABS as f64 * MAX_ABS as f64 * MAX_ABS as f64;
        let cubes = sums.x().cubed_deviations();
        assert!((cubes / scale + 0.75).abs() < 1e-15, "cubes {cubes}");
        assert_eq!(
            sums.y().cubed_deviations().to_bits(),
            (-cubes).to_bits(),
            "mirror image"
        );
        assert!(
            (sums.correlation().unwrap() + 1.0).abs() < 1e-15,
            "correlation"
        );
    }

    #[test]
    fn empty_sums_have_no_extremes_and_no_mean() {
        let empty = PowerSums::EMPTY;
        assert_eq!(
            (empty.min(), empty.max(), empty.varies()),
            (None, None, false),
            "extremes"
        );
        assert!(
            empty.mean().is_nan() && empty.variance().is_nan(),
            "mean and variance"
        );
        assert!(empty.moments().third.is_nan(), "third moment");
    }

    fn observations() -> impl Strategy<Value = Vec<(i64, i64)>> {
        prop::collection::vec((-1000_i64..1000, -1000_i64..1000), 3..40)
    }

    proptest! {
        #[test]
        fn merging_equals_concatenation(rows in observations(), cut in 0_usize..40) {
            let (head, tail) = rows.split_at(cut.min(rows.len()));
            let (mut forward, mut backward) = (pairs(head), pairs(tail));
            forward.merge(&pairs(tail));
            backward.merge(&pairs(head));
            prop_assert_eq!(forward, pairs(&rows), "head then tail");
            prop_assert_eq!(backward, pairs(&rows), "tail then head");
        }

        #[test]
        fn central_sums_agree_with_deviations(rows in observations()) {
            let sums = pairs(&rows);
            let (mx, my) = (sums.x().mean(), sums.y().mean());
            let direct = |f: fn(f64, f64) -> f64| -> f64 {
                rows.iter().map(|&(x, y)| f(x as f64 - mx, y as f64 - my)).sum()
            };
            let n1 = rows.len() as f64 - 1.0;
            let factor = third_factor(sums.n());
            let [xxx, xxy, xyy, _] = sums.third_moments();
            prop_assert!((sums.covariance() * n1 - direct(|x, y| x * y)).abs() < 1e-5, "xy");
            prop_assert!((xxx / factor - direct(|x, _| x * x * x)).abs() < 1e-2, "xxx");
            prop_assert!((xxy / factor - direct(|x, y| x * x * y)).abs() < 1e-2, "xxy");
            prop_assert!((xyy / factor - direct(|x, y| x * y * y)).abs() < 1e-2, "xyy");
        }

        #[test]
        fn residual_moments_agree_with_residuals(rows in prop::collection::vec((0_i64..100, 1_i64..100), 3..40)) {
            let sums = pairs(&rows);
            let residuals: Vec<f64> =
                rows.iter().map(|&(x, y)| x as f64 - sums.ratio() * y as f64).collect();
            let m = sums.residual_moments();
            let squares: f64 = residuals.iter().map(|e| e * e).sum();
            let cubes: f64 = residuals.iter().map(|e| e * e * e).sum();
            let scale = 1.0 + sums.ratio() * sums.ratio() * sums.ratio();
            prop_assert!((m.variance * (rows.len() as f64 - 1.0) - squares).abs() < 1e-6 * scale, "squares");
            prop_assert!((m.third / third_factor(m.n) - cubes).abs() < 1e-4 * scale, "cubes");
        }
    }
}
