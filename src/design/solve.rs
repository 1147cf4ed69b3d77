//! The value of a lever at which a target is met, or two policies are alike: a root in the same worlds.
//!
//! With common random numbers, the mean over a number of worlds is a function of the lever without noise, which a
//! search can follow. Its root is the estimate; the values of the lever at which the interval of the mean holds the
//! target are the interval of the root, which inverts a test at each value.

use std::collections::BTreeMap;

use crate::statistics::interval::{Estimate, Interval};

/// Values of the lever that are looked at first, evenly spaced: a root between two of them is found, and one that is
/// crossed twice between two is not.
const GRID: u32 = 4;
/// Steps of the finest grid of a lever that is no whole number.
const FINE: u32 = 1_024;

/// The values that a lever may take: a grid from one end to the other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Range {
    low: f64,
    step: f64,
    n_steps: u32,
}

impl Range {
    /// All values from `low` to `high`, to a thousandth of the distance; only whole ones if `is_whole`. `None` when
    /// there are not two.
    pub fn new(low: f64, high: f64, is_whole: bool) -> Option<Self> {
        let (low, high) = if is_whole {
            (low.ceil(), high.floor())
        } else {
            (low, high)
        };
        let width = high - low;
        if !width.is_finite() || width <= 0.0 {
            return None;
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a positive whole number, or the largest"
        )]
        let n_steps = if is_whole { width as u32 } else { FINE };
        Some(Self {
            low,
            step: width / f64::from(n_steps),
            n_steps,
        })
    }

    /// The value at a step.
    pub fn value(&self, step: u32) -> f64 {
        self.low + self.step * f64::from(step)
    }
}

/// What a search found.
#[derive(Debug, Clone, PartialEq)]
pub enum Solution {
    /// The lever has this value where the target is met.
    Root(Root),
    /// The target is met nowhere in the range: what is left to it at both ends.
    None([Estimate; 2]),
}

/// A value of the lever at which the target is met.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Root {
    /// The value, or of a whole number the one nearest to it.
    pub value: f64,
    /// Values at which the target cannot be told from what is estimated; infinite where that goes on to the end of
    /// the range.
    pub interval: Interval,
    /// What is estimated there, less the target.
    pub left: Estimate,
    /// Whether the grid that was looked at first crosses the target more than once; the first crossing is given.
    pub is_crossed_again: bool,
}

/// A function of the lever, each value of which is worked out once.
struct Curve<F> {
    of: F,
    range: Range,
    known: BTreeMap<u32, Estimate>,
}

/// Finds where `gap`, an estimate less its target at a value of the lever, is zero.
///
/// # Errors
/// What `gap` gives.
pub fn solve<E>(range: Range, gap: impl FnMut(f64) -> Result<Estimate, E>) -> Result<Solution, E> {
    let mut curve = Curve {
        of: gap,
        range,
        known: BTreeMap::new(),
    };
    let grid = curve.grid()?;
    let value = |estimate: &Estimate| estimate.value;
    let crossings = crossings(&grid, value);
    let Some(first) = crossings.first() else {
        return Ok(Solution::None([grid[0].1, grid[grid.len() - 1].1]));
    };
    let step = curve.bisect(*first, value)?;
    let left = curve.at(step)?;
    let is_rising = grid[grid.len() - 1].1.value > grid[0].1.value;
    let ends = if is_rising { [HIGH, LOW] } else { [LOW, HIGH] };
    let [from, to] = ends;
    let interval = Interval {
        low: curve.end(step, from, true)?,
        high: curve.end(step, to, false)?,
    };
    Ok(Solution::Root(Root {
        value: range.value(step),
        interval,
        left,
        is_crossed_again: crossings.len() > 1,
    }))
}

/// One end of an interval.
type End = fn(&Estimate) -> f64;
const LOW: End = |estimate| estimate.interval.low;
const HIGH: End = |estimate| estimate.interval.high;

impl<E, F: FnMut(f64) -> Result<Estimate, E>> Curve<F> {
    fn at(&mut self, step: u32) -> Result<Estimate, E> {
        if let Some(known) = self.known.get(&step) {
            return Ok(*known);
        }
        let estimate = (self.of)(self.range.value(step))?;
        self.known.insert(step, estimate);
        Ok(estimate)
    }

    fn grid(&mut self) -> Result<Vec<(u32, Estimate)>, E> {
        let n = self.range.n_steps;
        let mut steps: Vec<u32> = (0..=GRID)
            .map(|i| n / GRID * i + n % GRID * i / GRID)
            .collect();
        steps.dedup();
        steps
            .into_iter()
            .map(|step| Ok((step, self.at(step)?)))
            .collect()
    }

    /// The step between two at which `of` changes its sign: of the last two, the one nearer to zero.
    fn bisect(&mut self, [mut low, mut high]: [u32; 2], of: End) -> Result<u32, E> {
        let is_positive = of(&self.at(low)?) > 0.0;
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            if (of(&self.at(middle)?) > 0.0) == is_positive {
                low = middle;
            } else {
                high = middle;
            }
        }
        let nearer = of(&self.at(low)?).abs() <= of(&self.at(high)?).abs();
        Ok(if nearer { low } else { high })
    }

    /// The value of the lever at which an end of the interval of the mean passes zero, below the root or above.
    fn end(&mut self, root: u32, of: End, is_below: bool) -> Result<f64, E> {
        let last = if is_below { 0 } else { self.range.n_steps };
        let is_same = (of(&self.at(root)?) > 0.0) == (of(&self.at(last)?) > 0.0);
        if is_same {
            let end = if is_below {
                f64::NEG_INFINITY
            } else {
                f64::INFINITY
            };
            return Ok(end);
        }
        let between = if is_below { [last, root] } else { [root, last] };
        let step = self.bisect(between, of)?;
        Ok(self.range.value(step))
    }
}

/// The neighbors of a grid between which the sign changes.
fn crossings(grid: &[(u32, Estimate)], of: End) -> Vec<[u32; 2]> {
    let pairs = grid.windows(2).filter(|pair| {
        let [one, other] = [of(&pair[0].1), of(&pair[1].1)];
        (one > 0.0) != (other > 0.0)
    });
    pairs.map(|pair| [pair[0].0, pair[1].0]).collect()
}

#[cfg(test)]
mod tests {
    use core::convert::Infallible;

    use super::*;
    use crate::statistics::confidence::Confidence;
    use crate::statistics::interval::{IntervalKind, Method, Status};

    fn about(value: f64, half_width: f64) -> Estimate {
        Estimate {
            value,
            interval: Interval::around(value, half_width),
            kind: IntervalKind::monte_carlo(Confidence::P95, Method::StudentT),
            n: 100,
            status: Status::Ok,
        }
    }

    fn root(range: Range, of: impl Fn(f64) -> f64) -> Root {
        match solve(range, |x| Ok::<_, Infallible>(about(of(x), 0.5))) {
            Ok(Solution::Root(root)) => root,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_straight_line_crosses_where_it_should_and_so_do_the_ends_of_its_interval() {
        for slope in [2.0, -2.0] {
            let range = Range::new(0.0, 10.24, false).expect("a range");
            let found = root(range, |x| slope * (x - 3.0));
            assert!((found.value - 3.0).abs() < 0.011, "{found:?}");
            assert!((found.interval.low - 2.75).abs() < 0.011, "{found:?}");
            assert!((found.interval.high - 3.25).abs() < 0.011, "{found:?}");
            assert!(!found.is_crossed_again, "{found:?}");
        }
    }

    #[test]
    fn a_whole_number_is_looked_for_among_whole_numbers() {
        let range = Range::new(0.5, 90.0, true).expect("a range");
        let found = root(range, |x| 0.1 * (x - 41.7));
        assert!((found.value - 42.0).abs() < 1e-9, "{found:?}");
        assert!((found.interval.low - 37.0).abs() < 1e-9, "{found:?}");
        let two = Range::new(3.0, 4.0, true).expect("two values");
        assert!((root(two, |x| x - 3.4).value - 3.0).abs() < 1e-9, "of two");
    }

    #[test]
    fn an_interval_that_reaches_beyond_the_range_is_open_there() {
        let range = Range::new(0.0, 1.0, false).expect("a range");
        let found = root(range, |x| 0.6 * (x - 0.3));
        assert!(
            !found.interval.low.is_finite() && !found.interval.high.is_finite(),
            "{found:?}"
        );
    }

    #[test]
    fn without_a_root_both_ends_are_told() {
        let range = Range::new(0.0, 1.0, false).expect("a range");
        let found = solve(range, |x| Ok::<_, Infallible>(about(1.0 + x, 0.5)));
        let Ok(Solution::None([low, high])) = found else {
            panic!("{found:?}")
        };
        assert!(low.value < 1.5 && high.value > 1.5, "{low:?} {high:?}");
        assert_eq!(Range::new(1.0, 1.0, false), None, "no range");
        assert_eq!(Range::new(1.2, 1.8, true), None, "no whole number");
    }

    #[test]
    fn a_curve_that_turns_is_told() {
        let range = Range::new(0.0, 8.0, false).expect("a range");
        let found = root(range, |x| (x - 1.0) * (x - 7.0));
        assert!((found.value - 1.0).abs() < 0.02, "the first: {found:?}");
        assert!(found.is_crossed_again, "{found:?}");
    }
}
