//! Exact integer histograms, and the ranks of order-statistic intervals for quantiles.

use serde::{Deserialize, Serialize};

use crate::statistics::binomial;
use crate::statistics::confidence::Confidence;
use crate::statistics::rounding::at_least;

/// Most bins of a histogram.
const MOST_BINS: usize = 1 << 12;

/// Counts of integer observations, one bin per integer between the smallest and the largest.
///
/// Exact, and the same in any order, as long as the observations lie within 4096 integers of each
/// other. Beyond that bins become twice as wide as often as is needed, so that memory stays bounded;
/// an observation then counts as the smallest of its bin.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Histogram {
    /// Number of the first bin. The outer bins are never empty, so equal content is equal form.
    offset: i64,
    /// A bin holds `2^halvings` integers; the bin called 0 begins at 0.
    halvings: u32,
    bins: Vec<u32>,
    n: u64,
}

impl Histogram {
    /// Adds one observation.
    pub fn add(&mut self, value: i64) {
        let idx = self.bin_for(value);
        self.bins[idx] += 1;
        self.n += 1;
    }

    /// Number of observations.
    pub const fn n(&self) -> u64 {
        self.n
    }

    /// The observations in ascending order as `(value, count)`, empty bins left out.
    pub fn iter(&self) -> impl Iterator<Item = (i64, u64)> + '_ {
        let counts = self.bins.iter().copied().enumerate();
        counts
            .filter(|&(_, count)| count > 0)
            .map(|(idx, count)| (self.value_of(idx), u64::from(count)))
    }

    /// The observation with this rank, 1 for the smallest; `None` outside `1..=n`.
    pub fn order_statistic(&self, rank: u64) -> Option<i64> {
        if rank == 0 {
            return None;
        }
        let mut below = 0;
        self.iter()
            .find(|&(_, count)| {
                below += count;
                below >= rank
            })
            .map(|(value, _)| value)
    }

    /// The `p` quantile: the smallest observation with at least a share `p` at or below it; `None`
    /// without observations.
    pub fn quantile(&self, p: f64) -> Option<i64> {
        let rank = at_least(p * self.n as f64).clamp(1, self.n.max(1));
        self.order_statistic(rank)
    }

    fn value_of(&self, idx: usize) -> i64 {
        self.offset.saturating_add_unsigned(idx as u64) << self.halvings
    }

    /// The bin of `value`, after growing the range on either side as far as needed.
    fn bin_for(&mut self, value: i64) -> usize {
        while !self.has_room_for(value >> self.halvings) {
            self.widen();
        }
        let bin = value >> self.halvings;
        if self.bins.is_empty() {
            self.offset = bin;
        }
        if bin < self.offset {
            let missing = span(bin, self.offset);
            self.bins.splice(0..0, core::iter::repeat_n(0, missing));
            self.offset = bin;
        }
        let idx = span(self.offset, bin);
        if idx >= self.bins.len() {
            self.bins.resize(idx + 1, 0);
        }
        idx
    }

    fn has_room_for(&self, bin: i64) -> bool {
        let end = self.offset.saturating_add_unsigned(self.bins.len() as u64);
        let (first, last) = (self.offset.min(bin), end.max(bin.saturating_add(1)));
        self.bins.is_empty() || span(first, last) <= MOST_BINS
    }

    /// Puts every two bins into one.
    fn widen(&mut self) {
        let first = self.offset >> 1;
        let mut wide = Vec::with_capacity(self.bins.len() / 2 + 1);
        for (idx, count) in self.bins.iter().enumerate() {
            let at = span(first, self.offset.saturating_add_unsigned(idx as u64) >> 1);
            wide.resize(wide.len().max(at + 1), 0);
            wide[at] += count;
        }
        self.bins = wide;
        self.offset = first;
        self.halvings += 1;
    }
}

/// Ranks of the two order statistics around the `p` quantile of `n` independent observations.
///
/// The interval is equal-tailed: the lower rank is the largest `r` with `P(B < r) <= alpha/2` and the
/// upper one the smallest `s` with `P(B >= s) <= alpha/2`, `B` binomial. An end is `None` when `n` is
/// too small for it to exist.
///
/// Source: H. A. David and H. N. Nagaraja, Order Statistics, 3rd ed. (Wiley 2003), section 7.1.
pub fn quantile_ranks(n: u64, p: f64, confidence: Confidence) -> (Option<u64>, Option<u64>) {
    let tail = confidence.alpha() / 2.0;
    let first_above = first_rank(n, |rank| binomial::cdf(rank, n, p) > tail);
    let first_beyond = first_rank(n, |rank| binomial::survival(rank, n, p) <= tail);
    (
        (first_above > 0).then_some(first_above),
        (first_beyond < n).then_some(first_beyond + 1),
    )
}

/// Fewest observations for which both ends of [`quantile_ranks`] exist: 368 for the 99 % quantile at
/// 95 % confidence; `u64::MAX` for `p` outside the open unit interval.
pub fn quantile_min_n(p: f64, confidence: Confidence) -> u64 {
    let rarest = p.max(1.0 - p);
    if rarest >= 1.0 {
        return u64::MAX;
    }
    at_least(libm::log(confidence.alpha() / 2.0) / libm::log(rarest))
}

/// The first `k` in `0..n` at which a condition that is false, then true, holds; `n` when none does.
fn first_rank(n: u64, holds: impl Fn(u64) -> bool) -> u64 {
    let (mut low, mut high) = (0, n);
    while low < high {
        let middle = low.midpoint(high);
        if holds(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}

/// Number of steps from `from` up to `to`.
fn span(from: i64, to: i64) -> usize {
    usize::try_from(to - from).expect("a histogram's range fits in memory")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn histogram(values: &[i64]) -> Histogram {
        let mut found = Histogram::default();
        for &value in values {
            found.add(value);
        }
        found
    }

    #[test]
    fn ranks_match_the_binomial_table() {
        let table = [
            (100, 0.5, 40, 61, 0.9648),
            (100, 0.9, 84, 96, 0.9557),
            (1000, 0.95, 936, 964, 0.9581),
            (1000, 0.99, 983, 997, 0.9761),
        ];
        for (n, p, low, high, coverage) in table {
            let ranks = quantile_ranks(n, p, Confidence::P95);
            assert_eq!(ranks, (Some(low), Some(high)), "ranks for n={n}, p={p}");
            let found = binomial::cdf(high - 1, n, p) - binomial::cdf(low - 1, n, p);
            assert!(
                (found - coverage).abs() < 5e-5,
                "coverage {found} for n={n}, p={p}"
            );
        }
    }

    #[test]
    fn the_smallest_sample_with_both_ends_is_exact() {
        for p in [0.01, 0.5, 0.9, 0.99] {
            let n = quantile_min_n(p, Confidence::P95);
            let (low, high) = quantile_ranks(n, p, Confidence::P95);
            assert!(
                low.is_some() && high.is_some(),
                "both ends exist at n={n}, p={p}"
            );
            let (low, high) = quantile_ranks(n - 1, p, Confidence::P95);
            assert!(
                low.is_none() || high.is_none(),
                "an end is missing below n={n}, p={p}"
            );
        }
        assert_eq!(
            quantile_min_n(0.99, Confidence::P95),
            368,
            "published value"
        );
    }

    #[test]
    fn quantiles_of_a_hand_sample() {
        let h = histogram(&[5, -2, 5, 7, 0]);
        let quartiles = [0.0, 0.2, 0.4, 0.5, 0.8, 1.0].map(|p| h.quantile(p));
        assert_eq!(quartiles, [-2, -2, 0, 5, 5, 7].map(Some), "quantiles");
        assert_eq!(
            (h.order_statistic(0), h.order_statistic(6)),
            (None, None),
            "no such rank"
        );
        assert_eq!(Histogram::default().quantile(0.5), None, "no observations");
    }

    proptest! {
        #[test]
        fn order_statistics_are_the_sorted_sample(mut values in prop::collection::vec(-300_i64..300, 1..80)) {
            let h = histogram(&values);
            values.sort_unstable();
            let ranks = 1..=values.len() as u64;
            let found: Vec<i64> = ranks.map(|rank| h.order_statistic(rank).unwrap()).collect();
            prop_assert_eq!(found, values, "order statistics");
        }

        #[test]
        fn far_values_take_no_more_memory(values in prop::collection::vec(-1_i64 << 40..1 << 40, 1..80)) {
            let h = histogram(&values);
            prop_assert!(h.bins.len() <= MOST_BINS, "{} bins", h.bins.len());
            let mut backward = values.clone();
            backward.reverse();
            prop_assert_eq!(&histogram(&backward), &h, "in any order");
            let width = 1_i64 << h.halvings;
            let [least, median] = [h.quantile(0.0), h.quantile(0.5)].map(Option::unwrap_or_default);
            let mut sorted = values;
            sorted.sort_unstable();
            let middle = sorted[sorted.len().div_ceil(2) - 1];
            prop_assert!((0..width).contains(&(sorted[0] - least)), "the least");
            prop_assert!((0..width).contains(&(middle - median)), "the median");
        }

        #[test]
        fn the_order_of_observations_does_not_matter(mut values in prop::collection::vec(-99_i64..99, 0..60)) {
            let found = histogram(&values);
            values.sort_unstable();
            prop_assert_eq!(&found, &histogram(&values), "ascending");
            values.reverse();
            prop_assert_eq!(&found, &histogram(&values), "descending");
        }
    }
}
