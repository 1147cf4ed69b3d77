//! Bootstrap interval for a quantile over patients, resampling whole replications.
//!
//! Patients of one world share its wave, so they are not independent and may not be resampled one by
//! one. The random numbers come from the caller; keyed ones make the interval reproducible.

use crate::statistics::confidence::Confidence;
use crate::statistics::histogram::Histogram;
use crate::statistics::interval::{Estimate, Interval, IntervalKind, Method, Status};
use crate::statistics::rounding::at_least;

/// The `p` quantile over the observations of all `replications` together, with a percentile interval
/// over `resamples` resampled sets of replications; `None` when there are no observations.
///
/// `uniform(resample, draw)` must return a number in [0, 1) for every resample below `resamples` and
/// every draw below the number of replications. A resample without any observation is left out; with
/// no resample at all the interval is unbounded.
///
/// Source: B. Efron and R. Tibshirani, An Introduction to the Bootstrap (Chapman and Hall 1993), chapter
/// 13; replications as clusters after A. C. Davison and D. V. Hinkley, Bootstrap Methods and their
/// Application (Cambridge 1997), section 3.8.
pub fn patient_quantile(
    replications: &[Histogram],
    p: f64,
    confidence: Confidence,
    resamples: u32,
    uniform: impl Fn(u32, u32) -> f64,
) -> Option<Estimate> {
    let value = pooled(replications, &vec![1; replications.len()]).quantile(p)? as f64;
    let mut quantiles = Histogram::default();
    for resample in 0..resamples {
        let chosen = multiplicities(replications.len(), |draw| uniform(resample, draw));
        if let Some(quantile) = pooled(replications, &chosen).quantile(p) {
            quantiles.add(quantile);
        }
    }
    let n = replications.len() as u64;
    let kind = IntervalKind::monte_carlo(confidence, Method::Bootstrap);
    let interval = percentiles(&quantiles, confidence);
    Some(Estimate {
        value,
        interval,
        kind,
        n,
        status: Status::of_count(n),
    })
}

/// All observations, those of each replication as often as it was chosen.
fn pooled(replications: &[Histogram], chosen: &[u64]) -> Histogram {
    let mut all = Histogram::default();
    for (replication, &times) in replications.iter().zip(chosen) {
        all.merge_times(replication, times);
    }
    all
}

/// How often each of `n` replications is chosen in `n` draws with replacement.
fn multiplicities(n: usize, uniform: impl Fn(u32) -> f64) -> Vec<u64> {
    let mut chosen = vec![0; n];
    for draw in (0..n).filter_map(|draw| u32::try_from(draw).ok()) {
        // Slot `i` holds (i/n, (i+1)/n]; rounding up keeps the arithmetic on counts.
        let slot = at_least(uniform(draw) * n as f64).max(1) - 1;
        let idx = usize::try_from(slot).unwrap_or(n).min(n - 1);
        chosen[idx] += 1;
    }
    chosen
}

/// The equal-tailed percentile interval of the resampled quantiles.
fn percentiles(quantiles: &Histogram, confidence: Confidence) -> Interval {
    let tail = confidence.alpha() / 2.0;
    match (quantiles.quantile(tail), quantiles.quantile(1.0 - tail)) {
        (Some(low), Some(high)) => Interval {
            low: low as f64,
            high: high as f64,
        },
        _ => Interval::UNBOUNDED,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn world(waits: &[i64]) -> Histogram {
        let mut found = Histogram::default();
        for &wait in waits {
            found.add(wait);
        }
        found
    }

    /// A keyed uniform: the `SplitMix64` finalizer of the two indices.
    fn keyed(resample: u32, draw: u32) -> f64 {
        let mut z =
            (u64::from(resample) << 32 | u64::from(draw)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    #[test]
    fn identical_worlds_leave_no_uncertainty() {
        let worlds = vec![world(&[1, 5, 9]); 10];
        let found = patient_quantile(&worlds, 0.5, Confidence::P95, 50, keyed).unwrap();
        assert_eq!(
            found.interval,
            Interval {
                low: 5.0,
                high: 5.0
            },
            "interval"
        );
        assert!(
            matches!(found.status, Status::Insufficient { needed: 64 }),
            "{:?}",
            found.status
        );
    }

    #[test]
    fn clustered_waits_are_less_certain_than_scattered_ones() {
        let clustered: Vec<Histogram> = (0..60).map(|i| world(&[i % 20; 20])).collect();
        let scattered: Vec<Histogram> = (0..60)
            .map(|_| world(&(0..20).collect::<Vec<i64>>()))
            .collect();
        let width = |worlds: &[Histogram]| {
            let found = patient_quantile(worlds, 0.5, Confidence::P95, 200, keyed).unwrap();
            assert!((found.value - 9.0).abs() < 1e-15, "median {}", found.value);
            assert!(found.interval.contains(found.value), "{:?}", found.interval);
            found.interval.width()
        };
        assert!(width(&clustered) >= 2.0, "worlds differ");
        assert!(width(&scattered) < 1e-15, "worlds are alike");
    }

    #[test]
    fn every_draw_chooses_one_world() {
        let chosen = multiplicities(4, |draw| [0.0, 0.3, 0.26, 0.999][draw as usize]);
        assert_eq!(chosen, [1, 2, 0, 1], "multiplicities");
    }

    #[test]
    fn no_observations_have_no_quantile() {
        let none = patient_quantile(&[Histogram::default()], 0.5, Confidence::P95, 10, keyed);
        assert_eq!(none, None, "an empty world");
    }
}
