//! Tabulated quantile functions: sampling by inversion with integers only.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use super::{Distribution, DistributionError};
use crate::numeric::Tail;

/// Tables that were made last, newest first. A study that differs from another in one value has all others in
/// common with it, and a table takes thousands of quantiles.
static MADE: Mutex<VecDeque<(Distribution, u32, QuantileTable)>> = Mutex::new(VecDeque::new());
/// How many of them.
const MOST_MADE: usize = 64;

/// Halvings of the tail probability that have knots of their own, on either side of the median.
const OCTAVES: u32 = 32;
/// Base-2 logarithm of the knots in one octave.
const KNOT_BITS: u32 = 6;
/// Cells between the knots of one side.
const CELLS: usize = (OCTAVES << KNOT_BITS) as usize;
/// Knots stored for one side: both ends of every cell, and the median twice, so that a probability
/// of exactly one half has a cell to its right.
const SIDE: usize = CELLS + 2;
/// Bits of a probability below those that select its cell.
const CELL_BITS: u32 = f64::MANTISSA_DIGITS - 1 - KNOT_BITS;
/// Smallest probability with a cell of its own, 2⁻³³; beyond it one cell runs to the end.
const LAST_OCTAVE: f64 = 1.0 / (1_u64 << (OCTAVES + 1)) as f64;
/// The bits of [`LAST_OCTAVE`] that select its cell.
const FIRST_CELL: u64 = LAST_OCTAVE.to_bits() >> CELL_BITS;
/// Tail probability that stands for the end of an unbounded distribution. Chosen so that the last
/// cell keeps about the mean of what lies in it: exactly e² below [`LAST_OCTAVE`] for an exponential
/// tail. The quantile at 2⁻⁵⁴ would add a thousandth to the variance of a heavy-tailed stay.
const END: f64 = LAST_OCTAVE / 8.0;
/// Binary digits after the point of a stored value.
const FRACTION_BITS: u32 = 16;
/// Half a tick.
const HALF: i64 = 1 << (FRACTION_BITS - 1);

const LOWER: usize = 0;
const UPPER: usize = 1;

/// A distribution of whole ticks, sampled by inversion of one uniform.
///
/// Knots are spaced evenly inside octaves of tail probability, 64 to an octave, towards *both*
/// ends: the binary form of a probability is its position in the table, and sampling is one integer
/// interpolation. Values carry 16 binary digits after the point and are rounded to the nearest
/// tick, so that rounding does not shift the mean.
///
/// Monotone in the uniform; and for two distributions of one family with the same other parameter,
/// monotone in the mean: the same mark never gives a shorter stay under a longer mean.
///
/// Interpolation is off by less than 5e-5 of the value or of the mean, whichever is larger, and makes
/// a convex quantile function slightly larger: mean and variance by less than 2e-5, relatively (the
/// tests hold gamma, lognormal and Weibull stays to these bounds). Beyond the last
/// octave (probability 2⁻³³ on either side) the quantile runs linearly to the end of the support,
/// or to the quantile at 2⁻³⁶, where an unbounded distribution is cut off.
///
/// ```
/// use zorgdruk::random::{Distribution, QuantileTable};
/// let stay = Distribution::LogNormal { median: 3.0, sigma: 0.8 };
/// let table = QuantileTable::new(&stay, 1_440)?;
/// assert_eq!(table.sample(0.5), 3 * 1_440);
/// assert!(table.residual(0.5, 1_440) < table.sample(0.75));
/// # Ok::<(), zorgdruk::random::DistributionError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuantileTable {
    /// Quantiles of the lower side by rising probability, then of the upper side by rising
    /// upper-tail probability; each side ends at the median.
    knots: Arc<[i64]>,
    /// Values at probability zero of either side.
    ends: [i64; 2],
}

impl QuantileTable {
    /// Tabulates a distribution with `ticks_per_unit` ticks to its unit (1 440 turns days into
    /// minutes). Values beyond `u32::MAX` ticks become `u32::MAX`.
    ///
    /// # Errors
    ///
    /// When a parameter of the distribution is outside its allowed range.
    pub fn new(
        distribution: &Distribution,
        ticks_per_unit: u32,
    ) -> Result<Self, DistributionError> {
        distribution.validate()?;
        if let Some(table) = made(distribution, ticks_per_unit) {
            return Ok(table);
        }
        let table = Self::tabulated(distribution, ticks_per_unit);
        keep((*distribution, ticks_per_unit, table.clone()));
        Ok(table)
    }

    fn tabulated(distribution: &Distribution, ticks_per_unit: u32) -> Self {
        let value = |tail| fixed_point(distribution.quantile(tail) * f64::from(ticks_per_unit));
        let lower = (0..=CELLS).map(|i| value(Tail::Lower(knot_probability(i))));
        let upper = (0..CELLS).map(|i| value(Tail::Upper(knot_probability(i))));
        let median = value(Tail::Lower(0.5));
        let knots = lower
            .chain([median])
            .chain(upper)
            .chain([median, median])
            .collect();
        let last = distribution.quantile(Tail::Upper(0.0));
        let end = if last.is_finite() {
            Tail::Upper(0.0)
        } else {
            Tail::Upper(END)
        };
        Self {
            knots,
            ends: [value(Tail::Lower(0.0)), value(end)],
        }
    }

    /// The value at the mark `u` in (0, 1), in ticks; may be zero.
    ///
    /// `u <= 0` and NaN give the smallest value, `u >= 1` the largest.
    #[inline]
    #[must_use]
    pub fn sample(&self, u: f64) -> u32 {
        self.at(usize::from(u >= 0.5), u.min(1.0 - u))
    }

    /// What remains, in ticks and at least 1, of a duration that is known to exceed `elapsed`.
    ///
    /// The conditional quantile at the mark `u` in (0, 1), less `elapsed`: monotone in `u`. When
    /// the table has no mass beyond `elapsed`, 1.
    #[must_use]
    pub fn residual(&self, u: f64, elapsed: u32) -> u32 {
        let beyond = (1.0 - u) * self.survival(elapsed);
        let whole = if beyond <= 0.5 {
            self.at(UPPER, beyond)
        } else {
            self.at(LOWER, 1.0 - beyond)
        };
        whole.saturating_sub(elapsed).max(1)
    }

    /// Probability that a sample is at most `ticks`.
    pub fn cdf_ticks(&self, ticks: u32) -> f64 {
        match self.tail_at(ticks) {
            Tail::Lower(p) => p,
            Tail::Upper(p) => 1.0 - p,
        }
    }

    /// Probability that a sample exceeds `ticks`, precise in the upper tail.
    pub fn survival(&self, ticks: u32) -> f64 {
        match self.tail_at(ticks) {
            Tail::Lower(p) => 1.0 - p,
            Tail::Upper(p) => p,
        }
    }

    /// Mean of the tabulated distribution, in ticks: the exact integral of its quantile function.
    pub fn mean_ticks(&self) -> f64 {
        let mut sum = 0.0;
        for side in [LOWER, UPPER] {
            let knots = self.side(side);
            sum += LAST_OCTAVE * midpoint(self.ends[side], knots[0]);
            for (i, pair) in knots.windows(2).enumerate() {
                let width = knot_probability(i + 1) - knot_probability(i);
                sum += width * midpoint(pair[0], pair[1]);
            }
        }
        sum / f64::from(1_u32 << FRACTION_BITS)
    }

    /// The value at tail probability `p` of a side, in ticks.
    #[inline]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "stored values lie between 0 and u32::MAX ticks"
    )]
    fn at(&self, side: usize, p: f64) -> u32 {
        let fixed = if p >= LAST_OCTAVE {
            self.inside(side, p)
        } else {
            self.beyond(side, p)
        };
        ((fixed + HALF) >> FRACTION_BITS) as u32
    }

    /// The stored value at tail probability `p` in [2⁻³³, 1/2].
    ///
    /// Floating-point numbers are themselves spaced evenly within octaves, so the leading bits of
    /// `p` are the cell and the others the position inside it.
    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "the cell is below 2 049")]
    fn inside(&self, side: usize, p: f64) -> i64 {
        let bits = p.to_bits();
        let cell = ((bits >> CELL_BITS) - FIRST_CELL) as usize + side * SIDE;
        let (from, to) = (self.knots[cell], self.knots[cell + 1]);
        let position = i128::from(bits & ((1 << CELL_BITS) - 1));
        from + ((i128::from(to - from) * position) >> CELL_BITS) as i64
    }

    /// The stored value at tail probability `p` below 2⁻³³; NaN and negative count as zero.
    #[cold]
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a share of a difference of stored values"
    )]
    fn beyond(&self, side: usize, p: f64) -> i64 {
        let (from, to) = (self.ends[side], self.knots[side * SIDE]);
        from + ((to - from) as f64 * (p.max(0.0) / LAST_OCTAVE)) as i64
    }

    /// Probability of a sample of at most `ticks`, or beyond it, whichever tail it lies in.
    fn tail_at(&self, ticks: u32) -> Tail {
        // A sample is at most `ticks` when its stored value lies below this.
        let threshold = (i64::from(ticks) << FRACTION_BITS) + HALF;
        if threshold <= self.knots[CELLS] {
            Tail::Lower(self.mass(LOWER, threshold, |value| value < threshold))
        } else {
            Tail::Upper(self.mass(UPPER, threshold, |value| value >= threshold))
        }
    }

    /// Mass of the part of a tail that lies outside the threshold.
    fn mass(&self, side: usize, threshold: i64, is_outside: impl Fn(i64) -> bool) -> f64 {
        let (knots, end) = (self.side(side), self.ends[side]);
        let count = knots.partition_point(|&value| is_outside(value));
        if count > CELLS {
            return 0.5;
        }
        let (low, from) = match count {
            0 => (0.0, end),
            _ => (knot_probability(count - 1), knots[count - 1]),
        };
        if !is_outside(from) {
            return 0.0;
        }
        let share = (threshold - from) as f64 / (knots[count] - from) as f64;
        low + share * (knot_probability(count) - low)
    }

    /// The knots of a side, from 2⁻³³ to the median.
    fn side(&self, side: usize) -> &[i64] {
        &self.knots[side * SIDE..=side * SIDE + CELLS]
    }
}

/// The table of a distribution, if it is one of those that were made last.
fn made(distribution: &Distribution, ticks_per_unit: u32) -> Option<QuantileTable> {
    let made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    let mut same = made
        .iter()
        .filter(|(of, ticks, _)| (of, *ticks) == (distribution, ticks_per_unit));
    same.next().map(|(.., table)| table.clone())
}

fn keep(table: (Distribution, u32, QuantileTable)) {
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    made.push_front(table);
    made.truncate(MOST_MADE);
}

/// Tail probability of knot `i`, from 2⁻³³ for the first to 1/2 for the last.
fn knot_probability(i: usize) -> f64 {
    f64::from_bits((FIRST_CELL + i as u64) << CELL_BITS)
}

/// Ticks with binary digits after the point, within the range of `u32` ticks.
#[expect(clippy::cast_possible_truncation, reason = "clamped first")]
fn fixed_point(ticks: f64) -> i64 {
    let scaled = ticks.clamp(0.0, f64::from(u32::MAX)) * f64::from(1_u32 << FRACTION_BITS);
    scaled.round() as i64
}

fn midpoint(a: i64, b: i64) -> f64 {
    0.5 * (a as f64 + b as f64)
}

#[cfg(test)]
mod tests {
    use rand_distr::Distribution as _;

    use super::*;
    use crate::random::{KeyedStream, Keys, Purpose, Stratum};

    const KEYS: Keys = Keys::new(20_211_118, 0);
    const STRATUM: Stratum = Stratum {
        region: 4,
        class: 2,
    };
    const EXAMPLES: [Distribution; 10] = [
        Distribution::Deterministic { value: 2.25 },
        Distribution::uniform(2.0, 5.0),
        Distribution::triangular(1.0, 2.0, 6.0),
        Distribution::Exponential { mean: 4.0 },
        Distribution::gamma(8.0, 0.5),
        Distribution::gamma(8.0, 2.5),
        Distribution::log_normal(3.0, 0.8),
        Distribution::log_normal(8.0, 1.2),
        Distribution::weibull(5.0, 0.7),
        Distribution::weibull(5.0, 2.5),
    ];

    fn table(distribution: &Distribution, ticks_per_unit: u32) -> QuantileTable {
        QuantileTable::new(distribution, ticks_per_unit).expect("a valid distribution")
    }

    /// Marks from 2⁻⁵³ to 1 - 2⁻⁵³ with their share of the mass: 192 to an octave on both sides,
    /// three to a cell.
    fn fine_marks() -> impl Iterator<Item = (Tail, f64, f64)> {
        let octave = |o: u32| 1.0 / (1_u64 << o) as f64;
        (2..=53).flat_map(move |o| {
            (0..192).flat_map(move |i| {
                let width = octave(o) / 192.0;
                let p = octave(o) + (f64::from(i) + 0.5) * width;
                [(Tail::Lower(p), p, width), (Tail::Upper(p), 1.0 - p, width)]
            })
        })
    }

    #[test]
    fn the_table_follows_the_exact_quantile_far_into_both_tails() {
        const FINE: u32 = 1 << 18;
        for distribution in EXAMPLES {
            let table = table(&distribution, FINE);
            for (tail, u, _) in fine_marks().filter(|(tail, ..)| tail.probability() > LAST_OCTAVE) {
                let exact = distribution.quantile(tail);
                let drawn = f64::from(table.sample(u)) / f64::from(FINE);
                let error = (drawn - exact).abs() / exact.max(distribution.mean());
                assert!(
                    error < 5e-5,
                    "{distribution:?} at {tail:?}: {drawn}, not {exact}"
                );
            }
        }
    }

    #[test]
    fn a_hundred_thousand_marks_differ_from_the_exact_quantile_by_a_rounding() {
        let distribution = Distribution::log_normal(3.0, 0.8);
        let table = table(&distribution, 1_440);
        for entity in 0..100_000 {
            let u = KEYS
                .block(Purpose::AcuteStay, STRATUM, entity, 0)
                .uniform(0);
            let exact = 1_440.0 * distribution.quantile(Tail::Lower(u));
            let error = (f64::from(table.sample(u)) - exact).abs();
            assert!(
                error < 0.5 + 1e-4 * exact,
                "mark {u}: off by {error} minutes"
            );
        }
    }

    #[test]
    fn mean_and_variance_are_unbiased_to_two_in_a_hundred_thousand() {
        const FINE: u32 = 1 << 14;
        for distribution in &EXAMPLES[1..] {
            let table = table(distribution, FINE);
            let center = distribution.mean();
            let (mut first, mut second) = (0.0, 0.0);
            for (_, u, width) in fine_marks() {
                let deviation = f64::from(table.sample(u)) / f64::from(FINE) - center;
                first += width * deviation;
                second += width * deviation * deviation;
            }
            let mean_bias = first / center;
            let variance_bias = (second - first * first) / distribution.variance() - 1.0;
            assert!(
                mean_bias.abs() < 2e-5,
                "mean of {distribution:?}: {mean_bias}"
            );
            assert!(
                variance_bias.abs() < 2e-5,
                "variance of {distribution:?}: {variance_bias}"
            );
            let stated = table.mean_ticks() / f64::from(FINE) / center - 1.0;
            assert!(
                (stated - mean_bias).abs() < 1e-6,
                "the stated mean: {stated}, {mean_bias}"
            );
        }
    }

    #[test]
    fn samples_are_monotone_in_the_mark() {
        for distribution in EXAMPLES {
            let table = table(&distribution, 1_440);
            let mut previous = table.sample(0.0);
            let mut marks: Vec<f64> = fine_marks().map(|(_, u, _)| u).collect();
            marks.extend((1..10_000).map(|i| f64::from(i) / 10_000.0));
            marks.extend([0.5 - f64::EPSILON / 4.0, 0.5, 0.5 + f64::EPSILON / 2.0, 1.0]);
            marks.sort_by(f64::total_cmp);
            for u in marks {
                let next = table.sample(u);
                assert!(
                    next >= previous,
                    "{distribution:?} falls at {u}: {previous} to {next}"
                );
                previous = next;
            }
        }
    }

    #[test]
    fn a_longer_mean_never_gives_a_shorter_stay() {
        for (short, long) in [
            (
                Distribution::Exponential { mean: 4.0 },
                Distribution::Exponential { mean: 4.001 },
            ),
            (
                Distribution::gamma(8.0, 1.7),
                Distribution::gamma(8.01, 1.7),
            ),
            (
                Distribution::log_normal(3.0, 1.0),
                Distribution::log_normal(3.001, 1.0),
            ),
            (
                Distribution::weibull(5.0, 0.7),
                Distribution::weibull(5.001, 0.7),
            ),
        ] {
            let (below, above) = (table(&short, 1_440), table(&long, 1_440));
            for (_, u, _) in fine_marks() {
                assert!(below.sample(u) <= above.sample(u), "{long:?} at {u}");
            }
        }
    }

    #[test]
    fn the_distribution_function_undoes_sampling() {
        for distribution in EXAMPLES {
            let table = table(&distribution, 1_440);
            for (_, u, _) in fine_marks() {
                let ticks = table.sample(u);
                let (below, beyond) = (table.cdf_ticks(ticks), table.survival(ticks));
                assert!(
                    (below + beyond - 1.0).abs() < 1e-15,
                    "they add up at {ticks}"
                );
                assert!(
                    below >= u * (1.0 - 1e-12),
                    "{distribution:?}: {u} is within {ticks}"
                );
                if ticks > 0 {
                    let before = table.cdf_ticks(ticks - 1);
                    assert!(
                        before <= u * (1.0 + 1e-12),
                        "{distribution:?}: {u} is not before"
                    );
                }
            }
        }
    }

    #[test]
    fn the_distribution_function_matches_the_exact_one() {
        for distribution in &EXAMPLES[1..] {
            let table = table(distribution, 1_440);
            for ticks in (0..40_000).step_by(97) {
                let exact = distribution.cdf((f64::from(ticks) + 0.5) / 1_440.0);
                let error = (table.cdf_ticks(ticks) - exact).abs();
                assert!(error < 2e-5, "{distribution:?} at {ticks}: off by {error}");
            }
        }
    }

    #[test]
    fn a_memoryless_stay_stays_memoryless() {
        let table = table(&Distribution::Exponential { mean: 4.0 }, 1_440);
        for elapsed in [0, 1, 1_440, 20_000, 60_000] {
            for i in 1..100 {
                let u = f64::from(i) / 100.0;
                let (fresh, rest) = (
                    f64::from(table.sample(u)),
                    f64::from(table.residual(u, elapsed)),
                );
                assert!(
                    (fresh - rest).abs() <= 2.0 + 1e-3 * fresh,
                    "{elapsed}, {u}: {rest}"
                );
            }
        }
    }

    #[test]
    fn the_residual_follows_the_conditional_distribution() {
        let distribution = Distribution::log_normal(8.0, 1.2);
        let table = table(&distribution, 1_440);
        for elapsed in [500, 10_000, 100_000] {
            let beyond = 1.0 - distribution.cdf((f64::from(elapsed) + 0.5) / 1_440.0);
            for i in 1..100 {
                let u = f64::from(i) / 100.0;
                let whole = 1_440.0 * distribution.quantile(Tail::Upper((1.0 - u) * beyond));
                let error = f64::from(table.residual(u, elapsed)) - (whole - f64::from(elapsed));
                assert!(
                    error.abs() < 1.0 + 1e-4 * whole,
                    "{elapsed}, {u}: off by {error}"
                );
            }
        }
    }

    #[test]
    fn a_residual_is_at_least_one_tick_even_beyond_all_mass() {
        let table = table(&Distribution::uniform(2.0, 5.0), 1_440);
        assert_eq!(
            table.residual(0.999, 5 * 1_440),
            1,
            "nobody stays beyond the end"
        );
        assert_eq!(table.residual(0.5, u32::MAX), 1, "the longest elapsed time");
        assert_eq!(
            table.residual(1e-9, 3 * 1_440),
            1,
            "a stay that ends at once"
        );
        assert_eq!(
            table.residual(0.25, 0),
            table.sample(0.25),
            "nothing elapsed"
        );
    }

    #[test]
    fn a_deterministic_table_has_one_value() {
        let table = table(&Distribution::Deterministic { value: 2.25 }, 1_440);
        for u in [1e-300, 1e-9, 0.3, 0.5, 0.9, 1.0 - 1e-16] {
            assert_eq!(table.sample(u), 3_240, "two days and a quarter at {u}");
        }
        assert!((table.mean_ticks() - 3_240.0).abs() < 1e-9, "its mean");
        assert!(table.cdf_ticks(3_239).abs() < 1e-300, "nothing before it");
        assert!(
            (table.cdf_ticks(3_240) - 1.0).abs() < 1e-15,
            "everything up to it"
        );
        assert_eq!(table.residual(0.5, 1_440), 1_800, "the rest of it");
    }

    #[test]
    fn marks_outside_the_unit_interval_give_the_ends() {
        let table = table(&Distribution::uniform(2.0, 5.0), 1_440);
        assert_eq!(table.sample(-1.0), 2_880, "below zero");
        assert_eq!(table.sample(f64::NAN), 2_880, "not a number");
        assert_eq!(table.sample(7.0), 7_200, "above one");
    }

    #[test]
    fn values_beyond_the_clock_stop_at_its_end() {
        let table = table(&Distribution::Exponential { mean: 1e9 }, 1_440);
        assert_eq!(table.sample(0.5), u32::MAX, "no overflow");
    }

    /// Draws of the reference sampler of `rand_distr`, in ticks.
    fn reference(distribution: &Distribution, n: usize) -> Vec<u32> {
        let mut stream = KeyedStream::new(KEYS, Purpose::Bootstrap, STRATUM, 0);
        let mut draw: Box<dyn FnMut() -> f64> = match *distribution {
            Distribution::Exponential { mean } => {
                let sampler = rand_distr::Exp::new(1.0 / mean).expect("valid");
                Box::new(move || sampler.sample(&mut stream))
            }
            Distribution::Gamma { mean, shape } => {
                let sampler = rand_distr::Gamma::new(shape, mean / shape).expect("valid");
                Box::new(move || sampler.sample(&mut stream))
            }
            Distribution::LogNormal { median, sigma } => {
                let sampler = rand_distr::LogNormal::new(libm::log(median), sigma).expect("valid");
                Box::new(move || sampler.sample(&mut stream))
            }
            Distribution::Weibull { mean, shape } => {
                let scale = mean / libm::tgamma(1.0 + 1.0 / shape);
                let sampler = rand_distr::Weibull::new(scale, shape).expect("valid");
                Box::new(move || sampler.sample(&mut stream))
            }
            Distribution::Triangular { low, mode, high } => {
                let sampler = rand_distr::Triangular::new(low, high, mode).expect("valid");
                Box::new(move || sampler.sample(&mut stream))
            }
            Distribution::Uniform { low, high } => {
                let sampler = rand_distr::Uniform::new(low, high).expect("valid");
                Box::new(move || sampler.sample(&mut stream))
            }
            Distribution::Deterministic { value } => Box::new(move || value),
        };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "float casts saturate"
        )]
        let ticks = (0..n).map(|_| (1_440.0 * draw()).round() as u32).collect();
        ticks
    }

    fn tabulated(distribution: &Distribution, n: u32) -> Vec<u32> {
        let table = table(distribution, 1_440);
        let mark = |entity| {
            KEYS.block(Purpose::AcuteStay, STRATUM, entity, 0)
                .uniform(1)
        };
        (0..n).map(|entity| table.sample(mark(entity))).collect()
    }

    /// Mean and its squared standard error, of the values after a transformation.
    fn mean_of(values: &[u32], transform: impl Fn(f64) -> f64) -> (f64, f64) {
        let n = values.len() as f64;
        let mean = values
            .iter()
            .map(|&value| transform(f64::from(value)))
            .sum::<f64>()
            / n;
        let squares = values
            .iter()
            .map(|&value| transform(f64::from(value)) - mean);
        (mean, squares.map(|d| d * d).sum::<f64>() / (n * n))
    }

    /// Largest distance between two empirical distribution functions, times the root of n/2.
    fn kolmogorov_smirnov(first: &mut [u32], second: &mut [u32]) -> f64 {
        first.sort_unstable();
        second.sort_unstable();
        let n = first.len() as f64;
        let distance = first
            .iter()
            .map(|value| {
                let below = first.partition_point(|x| x <= value) as f64;
                (below - second.partition_point(|x| x <= value) as f64).abs() / n
            })
            .fold(0.0, f64::max);
        distance * (n / 2.0).sqrt()
    }

    #[test]
    fn samples_agree_with_independent_reference_samplers() {
        for distribution in &EXAMPLES[1..] {
            let (mut ours, mut theirs) = (
                tabulated(distribution, 200_000),
                reference(distribution, 200_000),
            );
            let center = 1_440.0 * distribution.mean();
            for power in [1, 2] {
                let transform = |x: f64| {
                    if power == 1 {
                        x
                    } else {
                        (x - center) * (x - center)
                    }
                };
                let (a, b) = (mean_of(&ours, transform), mean_of(&theirs, transform));
                let z = (a.0 - b.0) / (a.1 + b.1).sqrt();
                assert!(z.abs() < 5.0, "moment {power} of {distribution:?}: z = {z}");
            }
            let statistic = kolmogorov_smirnov(&mut ours, &mut theirs);
            assert!(
                statistic < 2.5,
                "{distribution:?} differs in shape: {statistic}"
            );
        }
    }

    #[test]
    fn drawn_values_never_change() {
        let digest = |distribution: &Distribution| {
            let mut hash = 0xcbf2_9ce4_8422_2325_u64;
            for byte in tabulated(distribution, 10_000)
                .into_iter()
                .flat_map(u32::to_le_bytes)
            {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
            }
            format!("{hash:016x}")
        };
        let digests: Vec<String> = EXAMPLES.iter().map(digest).collect();
        // FNV-1a of 10 000 samples each; a change raises STREAM_VERSION.
        assert_eq!(
            digests,
            [
                "e692f79210cb07a5",
                "8383c027f05d571a",
                "f234ded9e95645a9",
                "3c2c340a1e2883b7",
                "488f317c1b1fe837",
                "0c1b7873e065efec",
                "ee6b856e87ac8476",
                "da1cf3e045d0adea",
                "21e83078b6e3445f",
                "0a63f1f0678fadd8"
            ],
            "drawn values have changed"
        );
    }
}
