//! Comparisons with a baseline in the same worlds: differences, bits, and what a gain costs.

use serde::{Deserialize, Serialize};

use crate::statistics::accumulate::{PairSums, PowerSums};
use crate::statistics::binomial;
use crate::statistics::confidence::Confidence;
use crate::statistics::interval::{Estimate, Interval, IntervalKind, Method, Status};
use crate::statistics::mean::mean;
use crate::statistics::ratio::{FiellerSet, fieller};

/// Exact sums of one outcome under an alternative and under the baseline, world by world.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Paired {
    both: PairSums,
    difference: PowerSums,
}

impl Paired {
    /// Adds the two outcomes of one replication.
    pub fn add(&mut self, alternative: i64, baseline: i64) {
        self.both.add(alternative, baseline);
        self.difference.add(alternative - baseline);
    }

    /// Both outcomes; `x` is the alternative, `y` the baseline.
    pub const fn both(&self) -> &PairSums {
        &self.both
    }

    /// The differences, alternative minus baseline.
    pub const fn difference(&self) -> &PowerSums {
        &self.difference
    }

    /// Mean difference, alternative minus baseline, with its Willink interval; sufficient from 30
    /// differences that are not zero.
    pub fn estimate(&self, confidence: Confidence) -> Estimate {
        mean(&self.difference, confidence)
    }

    /// Whether the two settings gave the same outcome in every world seen (and some were seen).
    pub const fn identical(&self) -> bool {
        self.difference.n() > 0 && self.difference.nonzero() == 0
    }

    /// Correlation of the two outcomes over worlds; `None` when one does not vary.
    pub fn correlation(&self) -> Option<f64> {
        self.both.correlation()
    }

    /// Gain from common random numbers: how many times more replications unpaired runs would need,
    /// `(var x + var y) / var(x - y)`. Below 1 pairing does harm.
    ///
    /// Infinite when the difference is constant though the outcomes vary; `None` when nothing varies
    /// or there are fewer than two replications.
    pub fn variance_reduction(&self) -> Option<f64> {
        let apart = self.both.x().variance() + self.both.y().variance();
        (apart > 0.0).then(|| apart / self.difference.variance())
    }
}

/// How often an event happens under an alternative and under the baseline in the same worlds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PairedBits {
    /// Worlds with the event under both.
    pub n11: u64,
    /// Worlds with the event under the alternative only: added by the alternative.
    pub n10: u64,
    /// Worlds with the event under the baseline only: removed by the alternative.
    pub n01: u64,
    /// Worlds with the event under neither.
    pub n00: u64,
}

impl PairedBits {
    /// Adds one world.
    pub fn add(&mut self, alternative: bool, baseline: bool) {
        let cell = match (alternative, baseline) {
            (true, true) => &mut self.n11,
            (true, false) => &mut self.n10,
            (false, true) => &mut self.n01,
            (false, false) => &mut self.n00,
        };
        *cell += 1;
    }

    /// Number of worlds.
    pub const fn n(&self) -> u64 {
        self.n11 + self.n10 + self.n01 + self.n00
    }

    /// Number of worlds in which the two differ.
    pub const fn discordant(&self) -> u64 {
        self.n10 + self.n01
    }

    /// Difference of the two probabilities, alternative minus baseline, with [`bonett_price`].
    pub fn estimate(&self, confidence: Confidence) -> Estimate {
        let n = self.n();
        Estimate {
            value: (self.n10 as f64 - self.n01 as f64) / n as f64,
            interval: bonett_price(self, confidence),
            kind: IntervalKind::monte_carlo(confidence, Method::BonettPrice),
            n,
            status: Status::of_count(n),
        }
    }

    /// Two-sided exact p-value for "both probabilities are equal"; 1 without discordant worlds.
    ///
    /// Source: Q. `McNemar`, Psychometrika 12 (1947) 153-157, in its exact binomial form.
    pub fn p_value(&self) -> f64 {
        (2.0 * binomial::cdf(self.n10.min(self.n01), self.discordant(), 0.5)).min(1.0)
    }
}

/// Adjusted Wald interval for a difference of paired proportions,
/// `p12 - p21 ± z sqrt((p12 + p21 - (p12 - p21)²) / (n + 2))` with `p = (count + 1) / (n + 2)`, cut at
/// [-1, 1].
///
/// Source: D. G. Bonett and R. M. Price, Journal of Educational and Behavioral Statistics 37 (2012)
/// 479-488.
pub fn bonett_price(bits: &PairedBits, confidence: Confidence) -> Interval {
    let n = bits.n() as f64 + 2.0;
    let (added, removed) = ((bits.n10 as f64 + 1.0) / n, (bits.n01 as f64 + 1.0) / n);
    let difference = added - removed;
    let error = ((added + removed - difference * difference) / n).sqrt();
    Interval::around(difference, confidence.z() * error).within(Interval {
        low: -1.0,
        high: 1.0,
    })
}

/// What the alternative saves against what it costs, both relative to the baseline in the same world.
///
/// The rate is benefit per unit of cost, such as displaced patients avoided per staff-week lent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TradeOff {
    sums: PairSums,
}

impl TradeOff {
    /// Adds one replication: harm avoided (baseline minus alternative) and extra cost (alternative
    /// minus baseline).
    pub fn add(&mut self, avoided: i64, extra_cost: i64) {
        self.sums.add(avoided, extra_cost);
    }

    /// Exact sums; `x` is the harm avoided, `y` the extra cost.
    pub const fn sums(&self) -> &PairSums {
        &self.sums
    }

    /// Mean harm avoided over mean extra cost; not finite when there is no extra cost.
    pub fn rate(&self) -> f64 {
        self.sums.ratio()
    }

    /// The rates that the data do not reject. Unbounded when the extra cost may be zero, and then to
    /// be printed as such.
    pub fn set(&self, confidence: Confidence) -> FiellerSet {
        fieller(&self.sums, confidence)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn paired(rows: &[(i64, i64)]) -> Paired {
        let mut found = Paired::default();
        for &(x, y) in rows {
            found.add(x, y);
        }
        found
    }

    #[test]
    fn bonett_price_matches_the_table() {
        let bits = PairedBits {
            n11: 5,
            n10: 12,
            n01: 3,
            n00: 180,
        };
        let estimate = bits.estimate(Confidence::P95);
        let error = (estimate.interval.low - 0.005_023_454_3).abs()
            + (estimate.interval.high - 0.084_085_456_6).abs();
        assert!(error < 1e-10, "{:?}", estimate.interval);
        assert!(
            (estimate.value - 0.045).abs() < 1e-15,
            "value {}",
            estimate.value
        );
    }

    #[test]
    fn the_exact_test_counts_discordant_worlds_only() {
        // 5 of 5 one way: 2 / 2^5.
        let bits = PairedBits {
            n11: 9,
            n10: 5,
            n01: 0,
            n00: 70,
        };
        assert!(
            (bits.p_value() - 0.0625).abs() < 1e-14,
            "p {}",
            bits.p_value()
        );
        let none = PairedBits {
            n11: 9,
            n10: 0,
            n01: 0,
            n00: 70,
        };
        assert!((none.p_value() - 1.0).abs() < 1e-15, "no discordant world");
    }

    #[test]
    fn identical_settings_are_recognized() {
        let same = paired(&[(4, 4), (0, 0), (7, 7)]);
        assert!(same.identical(), "all differences are zero");
        assert_eq!(
            same.variance_reduction(),
            Some(f64::INFINITY),
            "nothing left to average"
        );
        assert!(!paired(&[(4, 4), (1, 0)]).identical(), "one difference");
        assert!(!Paired::default().identical(), "nothing seen");
    }

    #[test]
    fn the_gain_of_pairing_follows_from_the_correlation() {
        // Equal variances: the gain is 1 / (1 - correlation).
        let pair = paired(&[(1, 2), (2, 1), (3, 4), (4, 3), (5, 6), (6, 5)]);
        let (gain, rho) = (
            pair.variance_reduction().unwrap(),
            pair.correlation().unwrap(),
        );
        assert!(
            (gain - 1.0 / (1.0 - rho)).abs() < 1e-12,
            "gain {gain}, correlation {rho}"
        );
        let opposed = paired(&[(1, 6), (2, 5), (3, 4), (4, 3), (5, 2), (6, 1)]);
        assert!(
            opposed.variance_reduction().unwrap() < 1.0,
            "pairing harms when opposed"
        );
        assert_eq!(
            paired(&[(1, 1), (1, 1)]).variance_reduction(),
            None,
            "nothing varies"
        );
    }

    #[test]
    fn a_free_gain_has_no_bounded_rate() {
        let mut trade = TradeOff::default();
        for (avoided, cost) in [(5, 1), (6, -1), (4, 0), (5, 0)] {
            trade.add(avoided, cost);
        }
        assert!(
            !matches!(trade.set(Confidence::P95), FiellerSet::Bounded(_)),
            "cost may be zero"
        );
        assert!(!trade.rate().is_finite(), "no extra cost on average");
    }

    #[test]
    fn a_costly_gain_has_a_bounded_rate_around_its_estimate() {
        let mut trade = TradeOff::default();
        for (avoided, cost) in [(5, 20), (6, 22), (4, 18), (5, 21), (7, 25)] {
            trade.add(avoided, cost);
        }
        let set = trade.set(Confidence::P95);
        assert!(
            matches!(set, FiellerSet::Bounded(_)) && set.contains(trade.rate()),
            "{set:?}"
        );
    }

    proptest! {
        #[test]
        fn the_interval_contains_the_difference(cells in prop::array::uniform4(0_u64..300)) {
            let [n11, n10, n01, n00] = cells;
            prop_assume!(n11 + n10 + n01 + n00 > 0);
            let estimate = PairedBits { n11, n10, n01, n00 }.estimate(Confidence::P95);
            prop_assert!(estimate.interval.contains(estimate.value), "{:?}", estimate);
        }

        #[test]
        fn exchanging_the_sides_negates_the_difference(rows in prop::collection::vec((0_i64..99, 0_i64..99), 3..40)) {
            let exchanged: Vec<(i64, i64)> = rows.iter().map(|&(x, y)| (y, x)).collect();
            let here = paired(&rows).estimate(Confidence::P95);
            let there = paired(&exchanged).estimate(Confidence::P95);
            prop_assert!((here.value + there.value).abs() < 1e-12, "values");
            prop_assert!((here.interval.low + there.interval.high).abs() < 1e-9, "ends");
        }
    }
}
