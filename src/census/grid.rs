//! Stays on a grid of equal steps, and sums of stays.

use core::ops::Range;

/// A function of time on a grid: its values at whole and at half steps.
#[derive(Debug, Clone)]
pub(super) struct Grid {
    whole: Vec<f64>,
    /// `half[n]` is the value at n + 1/2 steps.
    half: Vec<f64>,
}

/// A distribution of a duration on a grid: what lies at zero, and what lies within each step.
#[derive(Debug, Clone)]
pub(super) struct Steps {
    at_zero: f64,
    mass: Vec<f64>,
}

/// Mass that is left out at the end of a distribution.
const NEGLIGIBLE: f64 = 1e-13;

impl Grid {
    /// The values of `f`, a function of days, at `n` steps of `step` days.
    pub(super) fn of(n: usize, step: f64, f: impl Fn(f64) -> f64) -> Self {
        Self {
            whole: (0..n).map(|at| f(at as f64 * step)).collect(),
            half: (0..n).map(|at| f((at as f64 + 0.5) * step)).collect(),
        }
    }

    /// A function known at whole steps only: in between, the mean of its neighbors.
    pub(super) fn between(whole: Vec<f64>) -> Self {
        let half = whole.windows(2).map(|pair| f64::midpoint(pair[0], pair[1]));
        let last = whole.last().copied();
        let half = half.chain(last).collect();
        Self { whole, half }
    }

    /// The value at a whole step.
    pub(super) fn at(&self, step: usize) -> f64 {
        self.whole[step]
    }

    /// The values at whole steps.
    pub(super) fn values(&self) -> &[f64] {
        &self.whole
    }
}

impl Steps {
    /// The distribution with this distribution function at whole steps.
    pub(super) fn of(cdf: &[f64]) -> Self {
        let end = cdf.partition_point(|p| *p < 1.0 - NEGLIGIBLE);
        let mass = cdf.windows(2).take(end).map(|pair| pair[1] - pair[0]);
        Self {
            at_zero: cdf[0],
            mass: mass.collect(),
        }
    }

    /// The expectation of `g(b - X)` over durations X within `steps`, taken in the middle of each
    /// step; a range that begins at zero holds what lies at zero too. `g` counts as zero before
    /// zero.
    pub(super) fn expect(&self, steps: Range<usize>, g: &Grid, b: usize) -> f64 {
        let at_zero = if steps.start == 0 {
            self.at_zero * g.at(b)
        } else {
            0.0
        };
        at_zero + self.within(steps, g, b)
    }

    /// The expectation of `g(b - X)` over durations X of more than `a` steps.
    pub(super) fn expect_after(&self, a: usize, g: &Grid, b: usize) -> f64 {
        self.within(a..b, g, b)
    }

    fn within(&self, steps: Range<usize>, g: &Grid, b: usize) -> f64 {
        let range = steps.start..steps.end.min(b).min(self.mass.len());
        let within = range.map(|step| self.mass[step] * g.half[b - step - 1]);
        within.sum()
    }

    /// The expectation of `g(b - X)` over all durations X up to b, for each whole step b.
    pub(super) fn then(&self, g: &Grid) -> Vec<f64> {
        (0..g.whole.len())
            .map(|b| self.expect(0..b, g, b))
            .collect()
    }
}
