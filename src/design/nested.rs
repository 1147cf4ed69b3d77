//! Nested designs: parameter sets with some replications each, and the variance split in two.

use crate::design::bootstrap::{Resampled, quantile, resampled};
use crate::statistics::confidence::Confidence;
use crate::statistics::interval::Interval;

/// A variance split into what parameters and what chance contribute.
#[derive(Debug, Clone, PartialEq)]
pub struct Split {
    /// Number of parameter sets.
    pub n_sets: usize,
    /// Replications per set.
    pub n_replications: usize,
    /// Mean over parameters and chance.
    pub mean: Resampled,
    /// Variance between the means of parameter sets, without Monte Carlo error; may be negative by
    /// chance when parameters hardly matter.
    pub between: Resampled,
    /// Mean variance within a parameter set.
    pub within: Resampled,
    /// `between / (between + within)`, clamped to 0 and above; not a number when nothing varies.
    pub parameter_share: Resampled,
    /// Range that holds the middle 90 % of expected values over parameter sets (`param90`).
    pub param90: Interval,
}

/// Splits the variance of `values`: parameter sets in order, each with `n_replications` numbers.
///
/// One-way random effects: `within` is the mean of the sets' variances, `between` the variance of
/// their means less `within / n_replications` (Searle, Casella and `McCulloch` 1992, section 3.6).
/// The means of sets are drawn towards the overall mean until their variance is `between` before
/// `param90` is read off, because the error of each mean would widen it. Intervals of the rest are
/// bootstrap intervals over sets.
///
/// # Panics
/// When there are fewer than 2 sets, or `n_replications` is below 2 or does not divide the values.
pub fn split(values: &[f64], n_replications: usize, confidence: Confidence, seed: u64) -> Split {
    assert!(n_replications >= 2, "a variance within needs two values");
    assert_eq!(values.len() % n_replications, 0, "sets of equal size");
    let sets: Vec<(f64, f64)> = values.chunks_exact(n_replications).map(moments).collect();
    assert!(sets.len() >= 2, "a variance between needs two sets");
    let found = resampled(sets.len(), confidence, seed, |rows| {
        parts(&sets, rows, n_replications)
    });
    Split {
        n_sets: sets.len(),
        n_replications,
        mean: found[0],
        between: found[1],
        within: found[2],
        parameter_share: found[3],
        param90: param90(&sets, found[0].value, found[1].value),
    }
}

/// Mean and sample variance.
fn moments(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|x| (x - mean) * (x - mean)).sum();
    (mean, squares / (n - 1.0))
}

/// Mean, variance between, variance within, parameter share.
fn parts(sets: &[(f64, f64)], rows: &[usize], n_replications: usize) -> Vec<f64> {
    let means: Vec<f64> = rows.iter().map(|row| sets[*row].0).collect();
    let (mean, of_means) = moments(&means);
    let within = rows.iter().map(|row| sets[*row].1).sum::<f64>() / rows.len() as f64;
    let between = of_means - within / n_replications as f64;
    let total = between.max(0.0) + within;
    let share = between.max(0.0) / total;
    vec![mean, between, within, share]
}

fn param90(sets: &[(f64, f64)], mean: f64, between: f64) -> Interval {
    let mut means: Vec<f64> = sets.iter().map(|set| set.0).collect();
    means.sort_by(f64::total_cmp);
    let (_, of_means) = moments(&means);
    let shrink = if of_means > 0.0 {
        (between.max(0.0) / of_means).sqrt()
    } else {
        0.0
    };
    let end = |p| mean + (quantile(&means, p) - mean) * shrink;
    Interval {
        low: end(0.05),
        high: end(0.95),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_balanced_table_is_split_as_by_hand() {
        // Means 2, 6; variances 2, 2; between = 8 - 2 / 2.
        let found = split(&[1.0, 3.0, 5.0, 7.0], 2, Confidence::P95, 1);
        assert!((found.mean.value - 4.0).abs() < 1e-12, "{found:?}");
        assert!((found.within.value - 2.0).abs() < 1e-12, "{found:?}");
        assert!((found.between.value - 7.0).abs() < 1e-12, "{found:?}");
        let share = found.parameter_share.value;
        assert!((share - 7.0 / 9.0).abs() < 1e-12, "{found:?}");
    }

    #[test]
    fn without_parameter_effects_the_share_and_the_range_vanish() {
        let found = split(&[1.0, 3.0, 1.0, 3.0, 3.0, 1.0], 2, Confidence::P95, 1);
        assert!(found.between.value < 0.0, "less than chance: {found:?}");
        assert!(found.parameter_share.value.abs() < 1e-12, "{found:?}");
        assert!(found.param90.width().abs() < 1e-12, "{found:?}");
    }
}
