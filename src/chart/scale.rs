//! Linear scales, round ticks, and labels that move apart.

use crate::chart::Estimate;

/// A straight line from values to logical pixels.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scale {
    pub(crate) low: f64,
    pub(crate) high: f64,
    from: f64,
    to: f64,
}

impl Scale {
    /// Maps `low..=high` to `from..=to`; `low` must be below `high`.
    pub(crate) fn new((low, high): (f64, f64), (from, to): (f64, f64)) -> Self {
        debug_assert!(low < high, "an empty range [{low}, {high}] has no scale");
        Self {
            low,
            high,
            from,
            to,
        }
    }

    /// Where `value` is drawn. The range was computed from the data first, so a value outside is
    /// a mistake of the figure.
    pub(crate) fn at(&self, value: f64) -> f64 {
        let share = (value - self.low) / (self.high - self.low);
        debug_assert!(
            (-1e-9..=1.0 + 1e-9).contains(&share),
            "{value} lies outside {self:?}"
        );
        self.from + share * (self.to - self.from)
    }
}

/// Round values with the decimals that they need.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Ticks {
    pub(crate) values: Vec<f64>,
    pub(crate) decimals: usize,
}

impl Ticks {
    /// Round ticks that enclose `low..=high`, at most `most` (3 or more) of them. An empty range
    /// gets one unit of room.
    pub(crate) fn around(low: f64, high: f64, most: usize) -> Self {
        let high = if high > low { high } else { low + 1.0 };
        let mut power = Power::below((high - low) / most as f64);
        loop {
            for factor in power.factors() {
                let ticks = power.ticks(*factor, (low, high));
                if ticks.values.len() <= most {
                    return ticks;
                }
            }
            power.raise();
        }
    }

    /// Round ticks around zero and all `estimates` with their intervals.
    pub(crate) fn around_all(estimates: impl Iterator<Item = Estimate>) -> Self {
        let (low, high) = estimates.fold((0.0_f64, 0.0_f64), |(low, high), estimate| {
            (low.min(estimate.low), high.max(estimate.high))
        });
        Self::around(low, high, 7)
    }

    /// The ticks that do not exceed `highest`.
    pub(crate) fn up_to(mut self, highest: f64) -> Self {
        self.values.retain(|value| *value <= highest);
        self
    }

    /// First and last tick.
    pub(crate) fn range(&self) -> (f64, f64) {
        (self.values[0], self.values[self.values.len() - 1])
    }
}

/// A power of ten as an exact fraction of whole numbers.
struct Power {
    numerator: f64,
    denominator: f64,
    decimals: usize,
}

impl Power {
    fn below(step: f64) -> Self {
        let mut power = Self {
            numerator: 1.0,
            denominator: 1.0,
            decimals: 0,
        };
        while power.numerator / power.denominator > step && power.decimals < 9 {
            power.denominator *= 10.0;
            power.decimals += 1;
        }
        while power.numerator * 10.0 <= step {
            power.numerator *= 10.0;
        }
        power
    }

    fn raise(&mut self) {
        if self.decimals == 0 {
            self.numerator *= 10.0;
        } else {
            self.denominator /= 10.0;
            self.decimals -= 1;
        }
    }

    /// Steps of 1, 2 and 5; 25, 250 and so on as well, but never 2.5 beds.
    fn factors(&self) -> &'static [f64] {
        if self.numerator >= 10.0 {
            &[1.0, 2.0, 2.5, 5.0]
        } else {
            &[1.0, 2.0, 5.0]
        }
    }

    fn ticks(&self, factor: f64, (low, high): (f64, f64)) -> Ticks {
        let step = factor * self.numerator;
        let mut idx = (low * self.denominator / step + 1e-9).floor();
        let last = (high * self.denominator / step - 1e-9).ceil();
        let mut values = Vec::new();
        while idx <= last {
            values.push(idx * step / self.denominator);
            idx += 1.0;
        }
        Ticks {
            values,
            decimals: self.decimals,
        }
    }
}

/// Positions as near as possible to `wanted` (any order), at least `gap` apart, inside
/// `room.0..=room.1` where that is possible. Returned in the order of `wanted`.
///
/// Neighbors that collide form a block around their mean, which gives the smallest sum of squared
/// moves (pool adjacent violators).
pub(crate) fn move_apart(wanted: &[f64], gap: f64, room: (f64, f64)) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|&a, &b| wanted[a].total_cmp(&wanted[b]));
    let mut blocks: Vec<(f64, usize)> = Vec::new();
    for (rank, &idx) in order.iter().enumerate() {
        let mut block = (wanted[idx] - gap * rank as f64, 1);
        while let Some(&(mean, size)) = blocks.last().filter(|last| last.0 > block.0) {
            blocks.pop();
            let total = size + block.1;
            block = (
                (mean * size as f64 + block.0 * block.1 as f64) / total as f64,
                total,
            );
        }
        blocks.push(block);
    }
    let slack = room.1 - gap * wanted.len().saturating_sub(1) as f64;
    let starts = blocks
        .iter()
        .flat_map(|&(mean, size)| core::iter::repeat_n(mean, size));
    let mut moved = vec![0.0; wanted.len()];
    for ((rank, &idx), start) in order.iter().enumerate().zip(starts) {
        moved[idx] = start.min(slack).max(room.0) + gap * rank as f64;
    }
    moved
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ticks_are_round_and_few() {
        for (low, high, expected, decimals) in [
            (
                0.0,
                1350.0,
                vec![0.0, 250.0, 500.0, 750.0, 1000.0, 1250.0, 1500.0],
                0,
            ),
            (0.0, 0.0, vec![0.0, 0.2, 0.4, 0.6, 0.8, 1.0], 1),
            (
                -3.1,
                2.2,
                vec![-4.0, -3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0],
                0,
            ),
            (0.0, 100.0, vec![0.0, 20.0, 40.0, 60.0, 80.0, 100.0], 0),
        ] {
            let ticks = Ticks::around(low, high, 8);
            if low.abs() < 1.0 {
                let ticks = Ticks::around(low, high, 7);
                assert_eq!(
                    (ticks.values, ticks.decimals),
                    (expected, decimals),
                    "{low}..{high}"
                );
            } else {
                assert_eq!(
                    (ticks.values, ticks.decimals),
                    (expected, decimals),
                    "{low}..{high}"
                );
            }
        }
    }

    proptest! {
        #[test]
        fn ticks_enclose_their_range(low in -1e6..1e6f64, size in 1e-3..1e6f64) {
            let ticks = Ticks::around(low, low + size, 7);
            let (first, last) = ticks.range();
            prop_assert!(first <= low + 1e-6 * size && last >= low + size * (1.0 - 1e-6), "{ticks:?}");
            prop_assert!((2..=7).contains(&ticks.values.len()), "{ticks:?}");
        }

        #[test]
        fn labels_move_apart_and_keep_their_order(
            wanted in prop::collection::vec(0.0..100.0f64, 1..10),
        ) {
            let moved = move_apart(&wanted, 10.0, (0.0, 100.0));
            for (a, b) in (0..wanted.len()).flat_map(|a| (0..a).map(move |b| (a, b))) {
                prop_assert!((moved[a] - moved[b]).abs() >= 10.0 - 1e-9, "{moved:?}");
                if wanted[a] < wanted[b] {
                    prop_assert!(moved[a] < moved[b], "{wanted:?} became {moved:?}");
                }
            }
            prop_assert!(moved.iter().all(|at| (-1e-9..=100.0 + 1e-9).contains(at)), "{moved:?}");
        }
    }

    #[test]
    fn labels_that_do_not_collide_stay() {
        assert_eq!(
            move_apart(&[50.0, 10.0], 10.0, (0.0, 100.0)),
            [50.0, 10.0],
            "nothing moves"
        );
        assert_eq!(
            move_apart(&[50.0, 50.0], 10.0, (0.0, 100.0)),
            [45.0, 55.0],
            "both move half"
        );
    }
}
