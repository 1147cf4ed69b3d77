//! Poisson arrivals by thinning, so that a small stream is a subset of a large one.
//!
//! Imagine a Poisson process on (day, level) in the half-plane of levels above zero. The arrivals
//! of a day with rate λ are the points with level below λ: raise λ and every old patient is still
//! there, with the same key. Levels are cut into bands of four expected arrivals, so that only
//! the bands that are needed are drawn.

use crate::numeric::poisson::{PLAIN_SUM, poisson_quantile};
use crate::random::{Keys, Purpose, Stratum};

/// Expected arrivals per band and day.
const BAND: f64 = 4.0;
/// Days that an entity number can tell apart.
pub const MAX_DAYS: u32 = 1 << 11;
/// Bands per day that an entity number can tell apart.
const MAX_BANDS: u32 = 1 << 13;
/// Arrivals per band that an entity number can tell apart; more have probability below 1e-200.
const MAX_PER_BAND: u32 = (1 << 8) - 1;

/// One arrival of a day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DayArrival {
    /// Key of the patient, unique within purpose and stratum.
    pub entity: u32,
    /// Level of the arrival, below the rate of the day.
    pub level: f64,
    /// Moment within the day, uniform in (0, 1).
    pub moment: f64,
}

/// Calls `visit` for each arrival on `day` (0 to 2 047) of a stream with `rate` expected arrivals,
/// in the order of their levels' bands. Rates above 32 768 a day are cut off there.
pub fn on_day(
    keys: Keys,
    (purpose, stratum): (Purpose, Stratum),
    day: u32,
    rate: f64,
    mut visit: impl FnMut(DayArrival),
) {
    debug_assert!(day < MAX_DAYS, "day {day} cannot be told apart");
    for band in (0..MAX_BANDS).take_while(|band| f64::from(*band) * BAND < rate) {
        // The band's count has the number before that of its first arrival: they are drawn together.
        let base = (day << 21) | (band << 8);
        let mut blocks = keys.blocks_from(purpose, stratum, base);
        let n = arrivals_in_band(blocks[0].uniform(0)).min(MAX_PER_BAND);
        for (lane, entity) in (base..=base + n).enumerate().skip(1) {
            if lane % 4 == 0 {
                blocks = keys.blocks_from(purpose, stratum, entity);
            }
            let block = blocks[lane % 4];
            let level = (f64::from(band) + block.uniform(1)) * BAND;
            if level < rate {
                visit(DayArrival {
                    entity,
                    level,
                    moment: block.uniform(0),
                });
            }
        }
    }
}

/// Counts of a band for which the probability of no more is tabulated.
const TABULATED: usize = 11;
/// Probability of at most so many arrivals in a band, as a running sum from zero.
const CUMULATIVE: [f64; TABULATED] = {
    // exp(-BAND), which no constant expression can compute.
    let mut term = 0.018_315_638_888_734_18;
    let mut sums = [term; TABULATED];
    let mut k = 1;
    while k < TABULATED {
        term *= BAND / k as f64;
        sums[k] = sums[k - 1] + term;
        k += 1;
    }
    sums
};

/// The number of arrivals in a band: [`poisson_quantile`] of [`BAND`], from a table where it is a
/// running sum.
fn arrivals_in_band(u: f64) -> u32 {
    const LARGEST: f64 = CUMULATIVE[TABULATED - 1];
    const { assert!(LARGEST <= PLAIN_SUM, "the quantile is no running sum") };
    if u > LARGEST {
        return poisson_quantile(BAND, u);
    }
    // Counting all smaller sums takes less time than finding the first other one: no branch depends
    // on `u`.
    CUMULATIVE.iter().map(|sum| u32::from(*sum < u)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_a_band_gives_the_poisson_quantile() {
        let steps = 400_000;
        let even = (1..steps).map(|i| f64::from(i) / f64::from(steps));
        let edges = CUMULATIVE.into_iter().chain([PLAIN_SUM]);
        let edges = edges.flat_map(|edge| [edge.next_down(), edge, edge.next_up()]);
        let far = [1e-300, 1.0 - 1e-12];
        for u in even.chain(edges).chain(far) {
            let (fast, exact) = (arrivals_in_band(u), poisson_quantile(BAND, u));
            assert_eq!(fast, exact, "arrivals of a band at {u}");
        }
    }

    const STREAM: (Purpose, Stratum) = (
        Purpose::AcuteArrival,
        Stratum {
            region: 3,
            class: 1,
        },
    );

    fn entities(replication: u32, rate: f64) -> Vec<u32> {
        let mut found = Vec::new();
        on_day(Keys::new(7, replication), STREAM, 5, rate, |arrival| {
            found.push(arrival.entity);
        });
        found
    }

    #[test]
    fn a_small_stream_is_a_subset_of_a_large_one() {
        for replication in 0..200 {
            let large = entities(replication, 23.7);
            let small = entities(replication, 9.1);
            assert!(
                small.iter().all(|entity| large.contains(entity)),
                "a patient got lost"
            );
        }
    }

    #[test]
    fn the_number_of_arrivals_is_poisson() {
        let counts: Vec<f64> = (0..20_000)
            .map(|replication| entities(replication, 9.1).len() as f64)
            .collect();
        let n = counts.len() as f64;
        let mean = counts.iter().sum::<f64>() / n;
        let variance = counts.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0);
        let z_mean = (mean - 9.1) / (9.1_f64 / n).sqrt();
        assert!(
            z_mean.abs() < 4.0,
            "mean {mean} is {z_mean} standard errors off"
        );
        // The variance of a Poisson sample variance is (λ + 2λ²)/n to first order.
        let z_variance = (variance - 9.1) / ((9.1_f64 + 2.0 * 9.1 * 9.1) / n).sqrt();
        assert!(
            z_variance.abs() < 4.0,
            "variance {variance} is {z_variance} off"
        );
    }
}
