//! Scores of forecasts against what happened: smaller is better.

use crate::statistics::interval::Interval;
use crate::statistics::rounding::at_least;

/// A forecast as a sample of possible values, in ascending order.
#[derive(Debug, Clone, PartialEq)]
pub struct Ensemble(Vec<f64>);

/// The weighted interval score and its three parts, which add up to it.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct WeightedIntervalScore {
    /// Width of the intervals.
    pub dispersion: f64,
    /// What was forecast too high.
    pub overprediction: f64,
    /// What was forecast too low.
    pub underprediction: f64,
}

impl Ensemble {
    /// The sample `values`, in any order; at least one, all finite.
    ///
    /// # Panics
    /// Without a value.
    pub fn new(mut values: Vec<f64>) -> Self {
        assert!(!values.is_empty(), "a forecast has at least one value");
        values.sort_unstable_by(f64::total_cmp);
        Self(values)
    }

    /// The values in ascending order; never empty.
    pub fn values(&self) -> &[f64] {
        &self.0
    }

    /// The `p` quantile: the smallest value with at least a share `p` at or below it.
    pub fn quantile(&self, p: f64) -> f64 {
        let n = self.0.len();
        let rank = usize::try_from(at_least(p * n as f64)).unwrap_or(n);
        self.0[rank.clamp(1, n) - 1]
    }

    /// The central interval that holds a share `level` of the values.
    pub fn central(&self, level: f64) -> Interval {
        Interval {
            low: self.quantile((1.0 - level) / 2.0),
            high: self.quantile(f64::midpoint(1.0, level)),
        }
    }

    /// Share of the values below `y`, those equal to it counted half: the probability integral
    /// transform in the middle of its step (Czado, Gneiting and Held 2009).
    pub fn rank_of(&self, y: f64) -> f64 {
        let below = self.0.partition_point(|x| *x < y);
        let up_to = self.0.partition_point(|x| *x <= y);
        (below + up_to) as f64 / (2.0 * self.0.len() as f64)
    }

    /// The continuous ranked probability score of the sample as a distribution (Gneiting and Raftery
    /// 2007, eq. 20): mean |x − y| less half the mean |x − x'|, in the unit of the values.
    pub fn crps(&self, y: f64) -> f64 {
        let n = self.0.len() as f64;
        self.mean_distance(y) - self.sum_of_distances() / (n * n)
    }

    /// The same, free of the effect of a finite sample ('fair', Ferro 2014): what an infinite
    /// sample of the same forecaster is expected to score. A single value scores its distance.
    pub fn fair_crps(&self, y: f64) -> f64 {
        let n = self.0.len() as f64;
        if self.0.len() == 1 {
            return self.mean_distance(y);
        }
        self.mean_distance(y) - self.sum_of_distances() / (n * (n - 1.0))
    }

    /// The fair score with all weight above `threshold` (Gneiting and Ranjan 2011, in the form of
    /// Allen, Ginsbourger and Ziegel 2023): values and outcome below it count as equal to it.
    pub fn fair_crps_above(&self, threshold: f64, y: f64) -> f64 {
        let chained = self.0.iter().map(|x| x.max(threshold)).collect();
        Self(chained).fair_crps(y.max(threshold))
    }

    /// The weighted interval score of the median and the central intervals at `levels` (Bracher et
    /// al. 2021): interval scores weighted by half their error rate, and the distance from the median
    /// by one half, over one half more than the number of intervals.
    pub fn weighted_interval_score(&self, levels: &[f64], y: f64) -> WeightedIntervalScore {
        let mut score = WeightedIntervalScore::default();
        score.add_misses(0.5, Interval::around(self.quantile(0.5), 0.0), y);
        for level in levels {
            let interval = self.central(*level);
            score.dispersion += (1.0 - level) / 2.0 * interval.width();
            score.add_misses(1.0, interval, y);
        }
        score.divided_by(levels.len() as f64 + 0.5)
    }

    fn mean_distance(&self, y: f64) -> f64 {
        let distances = self.0.iter().map(|x| (x - y).abs());
        distances.sum::<f64>() / self.0.len() as f64
    }

    /// Sum of the distances between all pairs, each counted once.
    fn sum_of_distances(&self) -> f64 {
        let n = self.0.len() as f64;
        let ranked = self.0.iter().enumerate();
        ranked
            .map(|(rank, x)| x * (2.0 * rank as f64 + 1.0 - n))
            .sum()
    }
}

impl WeightedIntervalScore {
    /// The score, in the unit of the values.
    pub fn total(&self) -> f64 {
        self.dispersion + self.overprediction + self.underprediction
    }

    fn add_misses(&mut self, weight: f64, interval: Interval, y: f64) {
        self.overprediction += weight * (interval.low - y).max(0.0);
        self.underprediction += weight * (y - interval.high).max(0.0);
    }

    fn divided_by(self, divisor: f64) -> Self {
        Self {
            dispersion: self.dispersion / divisor,
            overprediction: self.overprediction / divisor,
            underprediction: self.underprediction / divisor,
        }
    }
}

/// The mean of scores, part by part; all zero without a score.
pub fn mean_score(scores: &[WeightedIntervalScore]) -> WeightedIntervalScore {
    let add = |sum: WeightedIntervalScore, score: &WeightedIntervalScore| WeightedIntervalScore {
        dispersion: sum.dispersion + score.dispersion,
        overprediction: sum.overprediction + score.overprediction,
        underprediction: sum.underprediction + score.underprediction,
    };
    let sum = scores.iter().fold(WeightedIntervalScore::default(), add);
    sum.divided_by(scores.len().max(1) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::{Tail, normal};

    fn assert_close(got: f64, expected: f64, tolerance: f64, what: &str) {
        assert!(
            (got - expected).abs() <= tolerance,
            "{what}: {got} is not {expected}"
        );
    }

    #[test]
    fn a_small_ensemble_scores_as_by_hand() {
        let ensemble = Ensemble::new(vec![20.0, 8.0, 13.0, 10.0]);
        assert_close(ensemble.crps(12.0), 1.3125, 1e-12, "plain");
        assert_close(ensemble.fair_crps(12.0), 0.5, 1e-12, "fair");
        let chained = Ensemble::new(vec![15.0, 15.0, 15.0, 20.0]);
        assert_close(chained.crps(15.0), 0.3125, 1e-12, "above 15");
        assert_close(
            ensemble.fair_crps_above(15.0, 12.0),
            chained.fair_crps(15.0),
            1e-12,
            "above 15, fair",
        );
        assert_close(Ensemble::new(vec![3.0]).fair_crps(5.0), 2.0, 0.0, "a point");
    }

    #[test]
    fn a_large_normal_ensemble_scores_as_the_normal_distribution() {
        let n = 20_000;
        let middle = |i: i32| (f64::from(i) + 0.5) / f64::from(n);
        let values = (0..n).map(|i| normal::quantile(Tail::Lower(middle(i))));
        let ensemble = Ensemble::new(values.collect());
        // y (2Φ(y) − 1) + 2φ(y) − 1/√π
        assert_close(ensemble.crps(0.0), 0.233_694_977_3, 1e-4, "at 0");
        assert_close(ensemble.crps(1.0), 0.602_441_357_6, 1e-4, "at 1");
    }

    #[test]
    fn the_weighted_interval_score_adds_up_from_its_parts() {
        // Median 10, half of the values in 8 to 13, nine tenths in 5 to 20.
        let mut values = vec![5.0; 2];
        values.extend([8.0; 8]);
        values.extend([10.0; 10]);
        values.extend([13.0; 10]);
        values.extend([20.0; 9]);
        values.push(25.0);
        let ensemble = Ensemble::new(values);
        assert_close(ensemble.quantile(0.5), 10.0, 0.0, "median");
        assert_eq!(
            ensemble.central(0.5),
            Interval {
                low: 8.0,
                high: 13.0
            }
        );
        assert_eq!(
            ensemble.central(0.9),
            Interval {
                low: 5.0,
                high: 20.0
            }
        );
        let above = ensemble.weighted_interval_score(&[0.5, 0.9], 22.0);
        assert_close(above.total(), 7.6, 1e-12, "by hand");
        assert_close(above.dispersion, 2.0 / 2.5, 1e-12, "widths 5 and 15");
        assert_close(above.overprediction, 0.0, 0.0, "too low, not too high");
        let below = ensemble.weighted_interval_score(&[0.5, 0.9], 4.0);
        assert_close(below.underprediction, 0.0, 0.0, "too high, not too low");
        assert_close(below.overprediction, 8.0 / 2.5, 1e-12, "3 + 4 + 1");
    }

    #[test]
    fn a_quantile_has_at_least_its_share_at_or_below() {
        let ensemble = Ensemble::new((1..=20).map(f64::from).collect());
        for (p, expected) in [
            (0.0, 1.0),
            (0.05, 1.0),
            (0.051, 2.0),
            (0.95, 19.0),
            (1.0, 20.0),
        ] {
            assert_close(ensemble.quantile(p), expected, 0.0, &format!("p = {p}"));
        }
    }

    #[test]
    fn ranks_count_ties_half() {
        let ensemble = Ensemble::new(vec![1.0, 2.0, 2.0, 3.0]);
        for (y, rank) in [(0.0, 0.0), (2.0, 0.5), (2.5, 0.75), (9.0, 1.0)] {
            assert_close(ensemble.rank_of(y), rank, 1e-12, &format!("y = {y}"));
        }
    }
}
