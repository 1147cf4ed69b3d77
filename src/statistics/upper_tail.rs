//! The upper tail over worlds of an outcome: a quantile and the mean beyond it.

use std::collections::BTreeMap;

use crate::statistics::accumulate::{Moments, PowerSums};
use crate::statistics::confidence::Confidence;
use crate::statistics::histogram::{quantile_min_n, quantile_ranks};
use crate::statistics::interval::{Estimate, Interval, IntervalKind, Method, Status};
use crate::statistics::mean::willink_t;
use crate::statistics::rounding::at_least;

/// The values of an outcome under an alternative and under the baseline, world by world, counted.
///
/// Memory grows with the number of different pairs, so keep this for few outcomes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PairedValues {
    counts: BTreeMap<(i64, i64), u64>,
    n: u64,
}

/// Which of the two sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The alternative.
    Alternative,
    /// The baseline.
    Baseline,
}

impl PairedValues {
    /// Adds the two outcomes of one replication.
    pub fn add(&mut self, alternative: i64, baseline: i64) {
        *self.counts.entry((alternative, baseline)).or_default() += 1;
        self.n += 1;
    }

    /// The `p` quantile over worlds with its order-statistic interval; not a number without worlds.
    ///
    /// Source: H. A. David and H. N. Nagaraja, Order Statistics, 3rd ed. (Wiley 2003), section 7.1.
    pub fn quantile(&self, side: Side, p: f64, confidence: Confidence) -> Estimate {
        let counts = self.side(side);
        let (low, high) = quantile_ranks(self.n, p, confidence);
        let end = |rank: Option<u64>, open: f64| {
            let found = rank.and_then(|rank| order_statistic(&counts, rank));
            found.map_or(open, |value| value as f64)
        };
        let needed = quantile_min_n(p, confidence);
        Estimate {
            value: end(Some(rank(self.n, p)), f64::NAN),
            interval: Interval {
                low: end(low, f64::NEG_INFINITY),
                high: end(high, f64::INFINITY),
            },
            kind: IntervalKind::monte_carlo(confidence, Method::OrderStatistic),
            n: self.n,
            status: if self.n < needed {
                Status::Insufficient { needed }
            } else {
                Status::of_count(self.n)
            },
        }
    }

    /// The mean of the worst share `1 - p` of worlds, `q + mean (x - q)⁺ / (1 - p)` with `q` the `p`
    /// quantile; sufficient from 60 worlds beyond `q`, because excesses are few and skewed: with 32 of
    /// them a nominal 95 % covers 92.7 % of exponential tails.
    ///
    /// The interval takes `q` as known, which is right to first order because the expression is flat
    /// in `q` at the quantile, and corrects the mean excess for skewness.
    ///
    /// Source: R. T. Rockafellar and S. Uryasev, Journal of Risk 2 (2000) 21-41.
    pub fn tail_mean(&self, side: Side, p: f64, confidence: Confidence) -> Estimate {
        let counts = self.side(side);
        let quantile = order_statistic(&counts, rank(self.n, p)).unwrap_or_default();
        let mut excess = PowerSums::EMPTY;
        for (value, times) in counts {
            (0..times).for_each(|_| excess.add((value - quantile).max(0)));
        }
        moved(&excess, quantile, p, confidence)
    }

    /// Difference of the two tail means, alternative minus baseline, from the differences of excesses
    /// world by world.
    pub fn tail_mean_difference(&self, p: f64, confidence: Confidence) -> Estimate {
        let of = |side| order_statistic(&self.side(side), rank(self.n, p)).unwrap_or_default();
        let (own, base) = (of(Side::Alternative), of(Side::Baseline));
        let mut excess = PowerSums::EMPTY;
        for (&(x, y), &times) in &self.counts {
            let difference = (x - own).max(0) - (y - base).max(0);
            (0..times).for_each(|_| excess.add(difference));
        }
        moved(&excess, own - base, p, confidence)
    }

    /// Values of one side in ascending order, with the number of worlds.
    fn side(&self, side: Side) -> BTreeMap<i64, u64> {
        let mut counts = BTreeMap::new();
        for (&(x, y), &times) in &self.counts {
            let value = if side == Side::Alternative { x } else { y };
            *counts.entry(value).or_default() += times;
        }
        counts
    }
}

/// The difference of two estimates about the same worlds when nothing is known of their joint
/// distribution: each interval holds with half the error rate, so both hold together.
///
/// Valid under any dependence and wider than needed under common worlds. Both estimates must have
/// been computed at [`Confidence::each_of`] two; the result is labeled with `confidence`.
pub fn bonferroni_difference(
    alternative: &Estimate,
    baseline: &Estimate,
    confidence: Confidence,
) -> Estimate {
    Estimate {
        value: alternative.value - baseline.value,
        interval: Interval {
            low: alternative.interval.low - baseline.interval.high,
            high: alternative.interval.high - baseline.interval.low,
        },
        kind: IntervalKind {
            confidence,
            ..alternative.kind
        },
        n: alternative.n,
        status: match alternative.status {
            Status::Ok => baseline.status,
            status => status,
        },
    }
}

fn rank(n: u64, p: f64) -> u64 {
    at_least(p * n as f64).clamp(1, n.max(1))
}

fn order_statistic(counts: &BTreeMap<i64, u64>, rank: u64) -> Option<i64> {
    let mut below = 0;
    let reached = counts.iter().find(|&(_, &times)| {
        below += times;
        below >= rank
    });
    reached.map(|(&value, _)| value)
}

/// `quantile + mean excess / (1 - p)` with the interval of the mean excess moved likewise.
fn moved(excess: &PowerSums, quantile: i64, p: f64, confidence: Confidence) -> Estimate {
    let moments: Moments = excess.moments();
    let interval = willink_t(&moments, confidence);
    let at = |mean: f64| quantile as f64 + mean / (1.0 - p);
    Estimate {
        value: at(moments.mean),
        interval: Interval {
            low: at(interval.low),
            high: at(interval.high),
        },
        kind: IntervalKind::monte_carlo(confidence, Method::DeltaWillink),
        n: moments.n,
        status: Status::of_mean(moments.n, moments.nonzero / 2),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn values(pairs: impl IntoIterator<Item = (i64, i64)>) -> PairedValues {
        let mut values = PairedValues::default();
        for (x, y) in pairs {
            values.add(x, y);
        }
        values
    }

    #[test]
    fn the_tail_of_the_first_thousand_numbers_is_known() {
        let values = values((1..=1000).map(|x| (x, 0)));
        let quantile = values.quantile(Side::Alternative, 0.95, Confidence::P95);
        assert!((quantile.value - 950.0).abs() < 1e-12, "{quantile:?}");
        let ends = (quantile.interval.low, quantile.interval.high);
        assert!(
            (ends.0 - 936.0).abs() + (ends.1 - 964.0).abs() < 1e-12,
            "{ends:?}"
        );
        // The fifty worst are 951 to 1000.
        let tail = values.tail_mean(Side::Alternative, 0.95, Confidence::P95);
        assert!((tail.value - 975.5).abs() < 1e-9, "{tail:?}");
        let status = Status::Insufficient { needed: 1_200 };
        assert_eq!(tail.status, status, "fifty are a little short of sixty");
    }

    #[test]
    fn a_short_sample_leaves_the_end_open_and_says_how_many_are_needed() {
        let values = values((1..=100).map(|x| (x, 0)));
        let quantile = values.quantile(Side::Alternative, 0.99, Confidence::P95);
        let status = Status::Insufficient { needed: 368 };
        assert_eq!(quantile.status, status, "the published number");
        assert!(quantile.interval.high.is_infinite(), "{quantile:?}");
        assert!((quantile.value - 99.0).abs() < 1e-15, "{quantile:?}");
    }

    #[test]
    fn equal_sides_have_equal_tails() {
        let values = values((0..640).map(|x| (x % 97, x % 97)));
        let difference = values.tail_mean_difference(0.95, Confidence::P95);
        assert!(difference.value.abs() < 1e-12, "{difference:?}");
        assert!(difference.interval.width() < 1e-12, "{difference:?}");
    }

    #[test]
    fn few_worlds_in_the_tail_are_insufficient() {
        let values = values((0..100).map(|x| (x, 0)));
        let tail = values.tail_mean(Side::Alternative, 0.95, Confidence::P95);
        assert_eq!(
            tail.status,
            Status::Insufficient { needed: 1_500 },
            "five of a hundred"
        );
    }

    #[test]
    fn a_difference_of_unknown_dependence_is_as_wide_as_both_intervals() {
        let values = values((1..=1000).map(|x| (x, 1001 - x)));
        let each = Confidence::P95.each_of(2);
        let [own, base] =
            [Side::Alternative, Side::Baseline].map(|side| values.quantile(side, 0.5, each));
        let difference = bonferroni_difference(&own, &base, Confidence::P95);
        assert!(difference.value.abs() < 1e-12, "{difference:?}");
        let width = own.interval.width() + base.interval.width();
        assert!(
            (difference.interval.width() - width).abs() < 1e-12,
            "{difference:?}"
        );
        assert_eq!(difference.kind.to_string(), "mc95 order_statistic", "label");
    }

    proptest! {
        #[test]
        fn the_interval_contains_the_quantile(sample in prop::collection::vec(0_i64..40, 1..200), p in 0.01_f64..0.99) {
            let values = values(sample.into_iter().map(|x| (x, 0)));
            let quantile = values.quantile(Side::Alternative, p, Confidence::P95);
            prop_assert!(quantile.interval.contains(quantile.value), "{:?}", quantile);
        }
    }
}
