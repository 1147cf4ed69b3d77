//! Comparison of every system with the best of the others, under common random numbers.

use ethnum::I256;
use serde::{Deserialize, Serialize};

use crate::statistics::accumulate::{product, rounded};
use crate::statistics::confidence::Confidence;
use crate::statistics::equicoordinate;
use crate::statistics::interval::Interval;

/// Which end of the scale is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Best {
    /// A larger mean is better.
    Largest,
    /// A smaller mean is better.
    Smallest,
}

/// Exact sums of one outcome of `k` systems over the same replications.
///
/// Exact for at most 128 systems and observations within the limits of
/// [`accumulate`](crate::statistics::accumulate).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SystemSums {
    n: u64,
    totals: Vec<i128>,
    squares: I256,
    squared_row_totals: I256,
}

impl SystemSums {
    /// No replications yet of `systems` systems.
    pub fn new(systems: usize) -> Self {
        Self {
            n: 0,
            totals: vec![0; systems],
            squares: I256::ZERO,
            squared_row_totals: I256::ZERO,
        }
    }

    /// Adds one replication: the outcome of each system in the same world.
    ///
    /// # Panics
    /// When the row does not hold one outcome per system.
    pub fn add(&mut self, row: &[i64]) {
        assert_eq!(row.len(), self.totals.len(), "one outcome per system");
        let mut row_total = 0;
        for (total, &outcome) in self.totals.iter_mut().zip(row) {
            let outcome = i128::from(outcome);
            *total += outcome;
            row_total += outcome;
            self.squares += product(outcome, outcome);
        }
        self.squared_row_totals += product(row_total, row_total);
        self.n += 1;
    }

    /// Number of replications.
    pub const fn n(&self) -> u64 {
        self.n
    }

    /// Mean outcome per system.
    pub fn means(&self) -> Vec<f64> {
        self.totals
            .iter()
            .map(|&total| total as f64 / self.n as f64)
            .collect()
    }

    /// Pooled variance of a difference of two systems,
    /// `2 ΣΣ (y_ij - y_i. - y_.j + y..)² / ((k-1)(n-1))`; not a number below two of either.
    pub fn difference_variance(&self) -> f64 {
        let (n, k) = (i128::from(self.n), self.totals.len() as i128);
        let grand: i128 = self.totals.iter().sum();
        let squared = |total: &i128| product(*total, *total);
        let squared_totals: I256 = self.totals.iter().map(squared).sum();
        // The double sum times kn, still an integer.
        let residual = product(k, n) * self.squares
            - I256::from(k) * squared_totals
            - I256::from(n) * self.squared_row_totals
            + squared(&grand);
        2.0 * rounded(residual) / (k * n) as f64 / ((k - 1) * (n - 1)) as f64
    }
}

/// One system against the best of the others.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct AgainstBest {
    /// Its mean minus the best mean of the others.
    pub difference: f64,
    /// Simultaneous interval for that difference; always holds zero, possibly as its end.
    pub interval: Interval,
    /// Whether the data leave open that the system is the best.
    pub may_be_best: bool,
}

/// Multiple comparisons with the best (MCB) for correlated systems, one entry per system.
///
/// All intervals hold together at the given confidence. Needs about equal variances of all pairwise
/// differences; when these differ by more than a factor 4, use paired intervals at
/// [`Confidence::each_of`] instead. Empty when there are fewer than two systems or replications.
///
/// Source: B. L. Nelson and F. J. Matejcik, Management Science 41 (1995) 1935-1945.
pub fn against_best(sums: &SystemSums, best: Best, confidence: Confidence) -> Vec<AgainstBest> {
    let (n, k) = (sums.n, sums.totals.len());
    if n < 2 || k < 2 {
        return Vec::new();
    }
    let df = (k - 1) as f64 * (n - 1) as f64;
    let g = equicoordinate::quantile(k - 1, df, confidence);
    let allowance = g * (sums.difference_variance() / n as f64).sqrt();
    let means = sums.means();
    (0..k)
        .map(|idx| compare(&means, idx, best, allowance))
        .collect()
}

fn compare(means: &[f64], idx: usize, best: Best, allowance: f64) -> AgainstBest {
    let others = means
        .iter()
        .enumerate()
        .filter(|&(other, _)| other != idx)
        .map(|(_, &mean)| mean);
    let difference = means[idx]
        - match best {
            Best::Largest => others.fold(f64::NEG_INFINITY, f64::max),
            Best::Smallest => others.fold(f64::INFINITY, f64::min),
        };
    let interval = Interval {
        low: (difference - allowance).min(0.0),
        high: (difference + allowance).max(0.0),
    };
    let may_be_best = match best {
        Best::Largest => difference + allowance >= 0.0,
        Best::Smallest => difference - allowance <= 0.0,
    };
    AgainstBest {
        difference,
        interval,
        may_be_best,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sums(rows: &[[i64; 3]]) -> SystemSums {
        let mut found = SystemSums::new(3);
        for row in rows {
            found.add(row);
        }
        found
    }

    #[test]
    fn a_common_shift_per_world_leaves_no_variance_and_settles_the_order() {
        let compared = against_best(
            &sums(&[[1, 2, 4], [11, 12, 14], [5, 6, 8]]),
            Best::Largest,
            Confidence::P95,
        );
        let differences: Vec<f64> = compared.iter().map(|c| c.difference).collect();
        for (found, expected) in differences.iter().zip([-3.0, -2.0, 2.0]) {
            assert!((found - expected).abs() < 1e-12, "{differences:?}");
        }
        let candidates: Vec<bool> = compared.iter().map(|c| c.may_be_best).collect();
        assert_eq!(candidates, [false, false, true], "candidates");
    }

    #[test]
    fn fewer_than_two_replications_compare_nothing() {
        assert_eq!(
            against_best(&sums(&[[1, 2, 3]]), Best::Largest, Confidence::P95),
            [],
            "one row"
        );
    }

    fn rows() -> impl Strategy<Value = Vec<[i64; 3]>> {
        prop::collection::vec(prop::array::uniform3(-50_i64..50), 2..30)
    }

    proptest! {
        #[test]
        fn the_pooled_variance_agrees_with_the_double_sum(rows in rows()) {
            let found = sums(&rows);
            let (means, n) = (found.means(), rows.len() as f64);
            let grand = means.iter().sum::<f64>() / 3.0;
            let mut squares = 0.0;
            for row in &rows {
                let row_mean = row.iter().sum::<i64>() as f64 / 3.0;
                for (&y, mean) in row.iter().zip(&means) {
                    let e = y as f64 - mean - row_mean + grand;
                    squares += e * e;
                }
            }
            let expected = 2.0 * squares / (2.0 * (n - 1.0));
            prop_assert!((found.difference_variance() - expected).abs() < 1e-8 * (1.0 + expected), "{}", expected);
        }

        #[test]
        fn smallest_mirrors_largest(rows in rows()) {
            let mirrored: Vec<[i64; 3]> = rows.iter().map(|row| row.map(|y| -y)).collect();
            let here = against_best(&sums(&rows), Best::Largest, Confidence::P95);
            let there = against_best(&sums(&mirrored), Best::Smallest, Confidence::P95);
            for (a, b) in here.iter().zip(&there) {
                prop_assert!((a.interval.low + b.interval.high).abs() < 1e-9, "{:?} {:?}", a, b);
                prop_assert_eq!(a.may_be_best, b.may_be_best, "candidates");
            }
            prop_assert!(here.iter().any(|c| c.may_be_best), "someone is the best");
        }
    }
}
