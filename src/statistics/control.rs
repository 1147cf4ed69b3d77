//! Control variates: estimates adjusted by what is known of the worlds that were drawn.
//!
//! A control is a number of a world whose mean over all worlds is zero. Where the controls of the worlds at
//! hand have another mean, and an observation goes with them, its mean is off by a known amount. Coefficients
//! come from a regression over the same worlds; what estimating them costs is in the interval.
//!
//! Source: S. S. Lavenberg and P. D. Welch, Management Science 27 (1981) 322-335; B. L. Nelson, Operations
//! Research 38 (1990) 974-992, whose remedies for few or skewed observations are the two limits below.

use crate::numeric::cholesky::Cholesky;
use crate::numeric::{dot, student_t};
use crate::statistics::accumulate::{Moments, PowerSums, second_central};
use crate::statistics::confidence::Confidence;
use crate::statistics::interval::Interval;

/// Fewest worlds from which coefficients are estimated.
pub const MIN_CONTROLLED: u64 = 128;
/// Largest skewness of a mean, `m3 / (sqrt(n) S^3)`, that is adjusted: the interval of an adjusted mean has
/// no correction for skewness.
pub const MAX_SKEWNESS: f64 = 0.1;

/// Exact sums over worlds of `K` controls and of their products.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ControlSums<const K: usize> {
    n: u64,
    sums: [i128; K],
    products: [[i128; K]; K],
}

/// Exact sums over worlds of the products of an observation with each of `K` controls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CrossSums<const K: usize>([i128; K]);

impl<const K: usize> Default for ControlSums<K> {
    fn default() -> Self {
        Self {
            n: 0,
            sums: [0; K],
            products: [[0; K]; K],
        }
    }
}

impl<const K: usize> Default for CrossSums<K> {
    fn default() -> Self {
        Self([0; K])
    }
}

impl<const K: usize> ControlSums<K> {
    /// Adds the controls of a world.
    pub fn add(&mut self, controls: &[i32; K]) {
        self.n += 1;
        let controls = controls.map(i128::from);
        for (i, own) in controls.iter().enumerate() {
            self.sums[i] += own;
            for (sum, other) in self.products[i].iter_mut().zip(&controls) {
                *sum += own * other;
            }
        }
    }

    /// Sample covariances of an observation with the controls, from its sums alone and with them.
    pub fn covariances(&self, observation: &PowerSums, crossed: &CrossSums<K>) -> [f64; K] {
        let sums = self.sums.iter().zip(&crossed.0);
        let mut found = [0.0; K];
        for (found, (own, product)) in found.iter_mut().zip(sums) {
            *found = self.covariance(*product, [observation.sum(), *own]);
        }
        found
    }

    fn covariance(&self, product: i128, sums: [i128; 2]) -> f64 {
        second_central(self.n, product, sums) / (self.n as f64 - 1.0)
    }
}

impl<const K: usize> CrossSums<K> {
    /// Adds an observation of a world with these controls.
    pub fn add(&mut self, observation: i64, controls: &[i32; K]) {
        for (sum, control) in self.0.iter_mut().zip(controls) {
            *sum += i128::from(observation) * i128::from(*control);
        }
    }
}

/// The controls that vary, ready for a regression on them.
#[derive(Debug, Clone, PartialEq)]
pub struct Regression {
    n: u64,
    /// Positions of the controls, with their standard deviations.
    kept: Vec<(usize, f64)>,
    /// Their means, in standard deviations.
    means: Vec<f64>,
    /// Factor of their correlations.
    correlations: Cholesky,
}

/// A mean adjusted by controls.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Adjusted {
    /// The adjusted mean.
    pub mean: f64,
    /// Its standard error, with what estimating the coefficients costs.
    pub standard_error: f64,
    /// Degrees of freedom of that error.
    pub degrees: f64,
    /// Variance of the plain mean over that of the adjusted one: how many times fewer worlds the same precision
    /// takes.
    pub variance_reduction: f64,
}

impl Regression {
    /// The regression on the controls of `sums`; `None` with fewer than [`MIN_CONTROLLED`] worlds, and where no
    /// control varies or one follows from the others.
    pub fn on<const K: usize>(sums: &ControlSums<K>) -> Option<Self> {
        if sums.n < MIN_CONTROLLED {
            return None;
        }
        let covariance =
            |i: usize, j: usize| sums.covariance(sums.products[i][j], [sums.sums[i], sums.sums[j]]);
        let deviations = (0..K).map(|i| (i, covariance(i, i).sqrt()));
        let kept: Vec<(usize, f64)> = deviations
            .filter(|(_, deviation)| *deviation > 0.0)
            .collect();
        if kept.is_empty() {
            return None;
        }
        let mean = |(i, deviation): &(usize, f64)| sums.sums[*i] as f64 / sums.n as f64 / deviation;
        let rows: Vec<Vec<f64>> = (0..kept.len())
            .map(|row| {
                let (i, own) = kept[row];
                let until = kept[..=row].iter();
                until
                    .map(|(j, other)| covariance(i, *j) / (own * other))
                    .collect()
            })
            .collect();
        Some(Self {
            n: sums.n,
            means: kept.iter().map(mean).collect(),
            correlations: Cholesky::of(&rows)?,
            kept,
        })
    }

    /// The adjusted mean of an observation with these moments and covariances with all controls; `None` where it
    /// does not vary, or its mean is too skewed.
    pub fn adjusted(&self, moments: &Moments, covariances: &[f64]) -> Option<Adjusted> {
        let n = self.n as f64;
        let deviation = moments.variance.sqrt();
        let skewness = moments.third / (moments.variance * deviation * n.sqrt());
        if deviation <= 0.0 || skewness.abs() > MAX_SKEWNESS {
            return None;
        }
        let with: Vec<f64> = self
            .kept
            .iter()
            .map(|(i, own)| covariances[*i] / own)
            .collect();
        let coefficients = self.correlations.solve(&with);
        let explained = dot(&coefficients, &with).min(moments.variance);
        let degrees = n - 1.0 - self.kept.len() as f64;
        let left = (moments.variance - explained) * (n - 1.0) / degrees;
        let distance = self.correlations.solve_lower(&self.means);
        let error = left * (1.0 / n + dot(&distance, &distance) / (n - 1.0));
        Some(Adjusted {
            mean: moments.mean - dot(&coefficients, &self.means),
            standard_error: error.sqrt(),
            degrees,
            variance_reduction: moments.variance / n / error,
        })
    }
}

impl Adjusted {
    /// Student interval `mean ± t standard error`.
    pub fn interval(&self, confidence: Confidence) -> Interval {
        Interval::around(self.mean, confidence.t(self.degrees) * self.standard_error)
    }

    /// Two-sided p-value for "the mean is zero", below `alpha` exactly when [`Self::interval`] at confidence
    /// `1 - alpha` leaves zero out.
    pub fn p_value(&self) -> f64 {
        let t = (self.mean / self.standard_error).abs();
        (2.0 * student_t::cdf(self.degrees, -t)).min(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers between -500 and 500 that do not repeat.
    fn noise(seed: u64, n: u64) -> i32 {
        let mixed =
            (n + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ seed.wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 29)).wrapping_mul(0x94D0_49BB_1331_11EB);
        i32::try_from((mixed >> 33) % 1_001).expect("small") - 500
    }

    fn observed(
        n: u64,
        of: impl Fn([i32; 3], u64) -> i64,
    ) -> (ControlSums<3>, PowerSums, CrossSums<3>) {
        let (mut sums, mut powers, mut crossed) = (
            ControlSums::default(),
            PowerSums::default(),
            CrossSums::default(),
        );
        for world in 0..n {
            // The third control never varies.
            let controls = [noise(1, world), noise(2, world), 0];
            let x = of(controls, world);
            sums.add(&controls);
            powers.add(x);
            crossed.add(x, &controls);
        }
        (sums, powers, crossed)
    }

    fn adjusted(n: u64, of: impl Fn([i32; 3], u64) -> i64) -> Option<Adjusted> {
        let (sums, powers, crossed) = observed(n, of);
        let covariances = sums.covariances(&powers, &crossed);
        Regression::on(&sums)?.adjusted(&powers.moments(), &covariances)
    }

    #[test]
    fn what_the_controls_explain_wholly_is_known_exactly() {
        let found = adjusted(200, |[a, b, _], _| 10_000 + 3 * i64::from(a) - i64::from(b))
            .expect("adjusted");
        assert!((found.mean - 10_000.0).abs() < 1e-6, "{found:?}");
        assert!(found.standard_error < 1e-4, "{found:?}");
        assert!(
            (found.degrees - 197.0).abs() < 1e-12,
            "two controls vary: {found:?}"
        );
    }

    #[test]
    fn the_error_is_that_of_least_squares() {
        // One control, as in a textbook: slope Sxy / Sxx, residual variance on n - 2.
        let n = 150;
        let x = |world: u64| f64::from(noise(1, world));
        let y = |world: u64| 2.0 * x(world) + f64::from(noise(7, world));
        let mut sums = ControlSums::<1>::default();
        let (mut powers, mut crossed) = (PowerSums::default(), CrossSums::default());
        for world in 0..n {
            let value = 2 * i64::from(noise(1, world)) + i64::from(noise(7, world));
            sums.add(&[noise(1, world)]);
            powers.add(value);
            crossed.add(value, &[noise(1, world)]);
        }
        let mean = |of: &dyn Fn(u64) -> f64| (0..n).map(of).sum::<f64>() / n as f64;
        let (mx, my) = (mean(&x), mean(&y));
        let square = |a: &dyn Fn(u64) -> f64, b: &dyn Fn(u64) -> f64| {
            (0..n).map(|w| a(w) * b(w)).sum::<f64>()
        };
        let dx = |w: u64| x(w) - mx;
        let dy = |w: u64| y(w) - my;
        let slope = square(&dx, &dy) / square(&dx, &dx);
        let left = |w: u64| dy(w) - slope * dx(w);
        let variance = square(&left, &left) / (n as f64 - 2.0);
        let error = (variance * (1.0 / n as f64 + mx * mx / square(&dx, &dx))).sqrt();
        let covariances = sums.covariances(&powers, &crossed);
        let regression = Regression::on(&sums).expect("it varies");
        let found = regression
            .adjusted(&powers.moments(), &covariances)
            .expect("adjusted");
        assert!((found.mean - (my - slope * mx)).abs() < 1e-9, "{found:?}");
        assert!(
            (found.standard_error - error).abs() < 1e-9,
            "{found:?} and {error}"
        );
    }

    #[test]
    fn noise_is_adjusted_by_nothing_and_costs_little() {
        let found = adjusted(1_000, |_, world| i64::from(noise(9, world))).expect("adjusted");
        assert!((found.variance_reduction - 1.0).abs() < 0.02, "{found:?}");
        let interval = found.interval(Confidence::P95);
        assert_eq!(interval.contains(0.0), found.p_value() > 0.05, "{found:?}");
    }

    #[test]
    fn few_worlds_rare_events_and_controls_that_do_not_vary_are_left_alone() {
        let linear = |[a, ..]: [i32; 3], _: u64| i64::from(a);
        assert_eq!(adjusted(MIN_CONTROLLED - 1, linear), None, "few worlds");
        let rare = |_: [i32; 3], world: u64| i64::from(world.is_multiple_of(100));
        assert_eq!(adjusted(1_000, rare), None, "skewed");
        assert_eq!(adjusted(1_000, |_, _| 5), None, "constant");
        let mut still = ControlSums::<1>::default();
        (0..200).for_each(|_| still.add(&[0]));
        assert_eq!(Regression::on(&still), None, "nothing varies");
    }
}
