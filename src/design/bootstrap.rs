//! Bootstrap over rows of a design: percentile intervals and standard errors.

use crate::numeric::interpolate;
use crate::random::{Keys, Purpose, Stratum};
use crate::statistics::confidence::Confidence;
use crate::statistics::interval::Interval;

/// Resamples per statistic.
pub const RESAMPLES: u32 = 500;

/// A statistic with its bootstrap uncertainty.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Resampled {
    /// The statistic of the rows as they are.
    pub value: f64,
    /// Percentile interval over resampled rows.
    pub interval: Interval,
    /// Standard deviation over resampled rows.
    pub standard_error: f64,
}

/// Statistics of `n_rows` rows, with percentile intervals (Efron and Tibshirani 1993, chapter 13)
/// from [`RESAMPLES`] resamples of whole rows, keyed by `seed`.
///
/// `statistics` gets the positions of the rows to use, some more than once, and gives the same
/// number of values each time.
pub fn resampled(
    n_rows: usize,
    confidence: Confidence,
    seed: u64,
    statistics: impl Fn(&[usize]) -> Vec<f64>,
) -> Vec<Resampled> {
    let all: Vec<usize> = (0..n_rows).collect();
    let values = statistics(&all);
    let draws: Vec<Vec<f64>> = (0..RESAMPLES)
        .map(|resample| statistics(&rows(n_rows, seed, resample)))
        .collect();
    values
        .iter()
        .enumerate()
        .map(|(at, value)| summary(*value, draws.iter().map(|draw| draw[at]), confidence))
        .collect()
}

/// Positions of one resample.
fn rows(n_rows: usize, seed: u64, resample: u32) -> Vec<usize> {
    let keys = Keys::new(seed, resample);
    let below = |word: u32| (u64::from(word) * n_rows as u64) >> 32;
    let numbers = 0..u32::try_from(n_rows).unwrap_or(u32::MAX);
    numbers
        .map(|n| {
            let block = keys.block(Purpose::Bootstrap, Stratum::NATIONAL, n / 4, 0);
            usize::try_from(below(block.word((n % 4) as usize))).unwrap_or(0)
        })
        .collect()
}

fn summary(value: f64, draws: impl Iterator<Item = f64>, confidence: Confidence) -> Resampled {
    let mut sorted: Vec<f64> = draws.collect();
    sorted.sort_by(f64::total_cmp);
    let n = sorted.len() as f64;
    let mean = sorted.iter().sum::<f64>() / n;
    let squares: f64 = sorted.iter().map(|x| (x - mean) * (x - mean)).sum();
    let tail = confidence.alpha() / 2.0;
    Resampled {
        value,
        interval: Interval {
            low: quantile(&sorted, tail),
            high: quantile(&sorted, 1.0 - tail),
        },
        standard_error: (squares / (n - 1.0)).sqrt(),
    }
}

/// The quantile of sorted numbers, by linear interpolation (type 7 of Hyndman and Fan 1996); not a
/// number without numbers.
pub(crate) fn quantile(sorted: &[f64], p: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else {
        return f64::NAN;
    };
    interpolate(sorted, p.clamp(0.0, 1.0) * last as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standard_error_of_a_mean_is_that_of_theory() {
        let numbers: Vec<f64> = (0..400).map(f64::from).collect();
        let mean = |rows: &[usize]| {
            vec![rows.iter().map(|row| numbers[*row]).sum::<f64>() / rows.len() as f64]
        };
        let found = resampled(400, Confidence::P95, 3, mean)[0];
        let theory = (400.0_f64 * 400.0 / 12.0 / 400.0).sqrt();
        assert!((found.value - 199.5).abs() < 1e-9, "the mean itself");
        assert!(
            (found.standard_error / theory - 1.0).abs() < 0.15,
            "{found:?} beside {theory}"
        );
        assert!(found.interval.contains(199.5), "{found:?}");
    }

    #[test]
    fn quantiles_interpolate_between_sorted_numbers() {
        let sorted = [1.0, 2.0, 4.0];
        assert!((quantile(&sorted, 0.75) - 3.0).abs() < 1e-12, "between two");
        assert!((quantile(&sorted, 1.0) - 4.0).abs() < 1e-12, "the last");
        assert!(quantile(&[], 0.5).is_nan(), "nothing to order");
    }
}
