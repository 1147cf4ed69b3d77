//! Linear scales, round ticks, and labels that move apart.

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
    /// gets one unit of room, and nothing but zeros gets the ticks 0 and 1.
    pub(crate) fn around(low: f64, high: f64, most: usize) -> Self {
        let is_zero = low.abs() + high.abs() < f64::MIN_POSITIVE;
        let most = if is_zero { 2 } else { most };
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

/// The smallest range that holds zero and all `values`.
pub(crate) fn range_with_zero(values: impl IntoIterator<Item = f64>) -> (f64, f64) {
    let wider = |(low, high): (f64, f64), value: f64| (low.min(value), high.max(value));
    values.into_iter().fold((0.0, 0.0), wider)
}

/// A power of ten as an exact fraction of whole numbers.
struct Power {
    numerator: f64,
    denominator: f64,
    decimals: usize,
}

impl Power {
    fn below(step: f64) -> Self {
        let (numerator, denominator, decimals) = (1.0, 1.0, 0);
        let mut power = Self {
            numerator,
            denominator,
            decimals,
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
        let decimals = self.decimals;
        Ticks { values, decimals }
    }
}

/// Centers of boxes with the given `(center, size)` (any order), moved as little as possible so
/// that none overlap and all lie inside `room.0..=room.1` where that is possible. Returned in the
/// order given.
///
/// Boxes that collide form a block around their mean, which gives the smallest sum of squared moves
/// (pool adjacent violators).
pub(crate) fn move_apart(boxes: &[(f64, f64)], room: (f64, f64)) -> Vec<f64> {
    let mut order: Vec<usize> = (0..boxes.len()).collect();
    order.sort_by(|&a, &b| boxes[a].0.total_cmp(&boxes[b].0));
    let mut blocks: Vec<(f64, usize)> = Vec::new();
    let mut below = 0.0;
    for &idx in &order {
        let (center, size) = boxes[idx];
        blocks.push((center - 0.5 * size - below, 1));
        below += size;
        merge_last(&mut blocks);
    }
    let starts = blocks
        .iter()
        .flat_map(|&(mean, size)| core::iter::repeat_n(mean, size));
    let mut moved = vec![0.0; boxes.len()];
    let (slack, mut below) = (room.1 - below, 0.0);
    for (&idx, start) in order.iter().zip(starts) {
        moved[idx] = start.min(slack).max(room.0) + below + 0.5 * boxes[idx].1;
        below += boxes[idx].1;
    }
    moved
}

/// Joins the last blocks (mean and number) while they are out of order.
fn merge_last(blocks: &mut Vec<(f64, usize)>) {
    while let [.., (mean, size), (last, last_size)] = blocks[..] {
        if mean <= last {
            break;
        }
        let total = size + last_size;
        let joined = (mean * size as f64 + last * last_size as f64) / total as f64;
        blocks.truncate(blocks.len() - 2);
        blocks.push((joined, total));
    }
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
            (0.0, 0.0, vec![0.0, 1.0], 0),
            (-3.1, 1.2, vec![-4.0, -3.0, -2.0, -1.0, 0.0, 1.0, 2.0], 0),
            (0.0, 100.0, vec![0.0, 20.0, 40.0, 60.0, 80.0, 100.0], 0),
        ] {
            let ticks = Ticks::around(low, high, 7);
            assert_eq!(
                (ticks.values, ticks.decimals),
                (expected, decimals),
                "{low}..{high}"
            );
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
            boxes in prop::collection::vec((0.0..100.0f64, 1.0..10.0f64), 1..10),
        ) {
            let moved = move_apart(&boxes, (0.0, 100.0));
            for (a, b) in (0..boxes.len()).flat_map(|a| (0..a).map(move |b| (a, b))) {
                let least = 0.5 * (boxes[a].1 + boxes[b].1);
                prop_assert!((moved[a] - moved[b]).abs() >= least - 1e-9, "{moved:?}");
                if boxes[a].0 < boxes[b].0 {
                    prop_assert!(moved[a] < moved[b], "{boxes:?} became {moved:?}");
                }
            }
            for (center, (_, size)) in moved.iter().zip(&boxes) {
                let inside = center - 0.5 * size >= -1e-9 && center + 0.5 * size <= 100.0 + 1e-9;
                prop_assert!(inside, "{boxes:?} became {moved:?}");
            }
        }
    }

    #[test]
    fn labels_that_do_not_collide_stay() {
        let moved = move_apart(&[(50.0, 10.0), (10.0, 8.0)], (0.0, 100.0));
        assert_eq!(moved, [50.0, 10.0], "nothing moves");
    }

    #[test]
    fn labels_that_collide_move_equally() {
        let moved = move_apart(&[(50.0, 10.0), (50.0, 10.0)], (0.0, 100.0));
        assert_eq!(moved, [45.0, 55.0], "both move half of what is missing");
    }
}
