//! Intervals from the profile of a likelihood.

use crate::numeric::simplex::minimum;
use crate::statistics::interval::Interval;

/// First step from the best value, on the scale of the parameters.
const STEP: f64 = 0.1;
/// Size of the first simplex of the other parameters, and how close the costs at its corners are at the end.
const SEARCH: (f64, f64) = (0.05, 1e-4);
/// An end is found when the root of the rise there is this close to that wanted, relative to it.
const CLOSE: f64 = 0.005;
/// Most values that are tried for an end.
const TRIES: usize = 40;
/// By how many times a step may grow.
const GROWTH: f64 = 3.0;

/// A cost around its minimum, such as the negative of a log-likelihood.
pub(super) struct Profile<'a, F> {
    best: &'a [f64],
    least: f64,
    cost: F,
    /// By how much the cost may rise within an interval.
    rise: f64,
}

/// A value of one parameter with the others at their best for it.
#[derive(Debug, Clone)]
struct Point {
    value: f64,
    others: Vec<f64>,
    /// Root of the rise of the cost, relative to the one allowed: about linear in the distance from the best value.
    root: f64,
}

impl<'a, F: Fn(&[f64]) -> f64> Profile<'a, F> {
    /// The profile of `cost` around `best`, its minimum.
    pub(super) fn new(best: &'a [f64], cost: F, rise: f64) -> Self {
        Self {
            best,
            least: cost(best),
            cost,
            rise,
        }
    }

    /// The values of the parameter at a position for which the cost, at its least over all others, has risen by no
    /// more than what is allowed; `None` when they reach an end of `range`.
    pub(super) fn interval(&self, at: usize, range: Interval) -> Option<Interval> {
        Some(Interval {
            low: self.end(at, -1.0, range.low)?,
            high: self.end(at, 1.0, range.high)?,
        })
    }

    /// The end in one direction: steps outward, and then between what lies inside and what lies outside.
    fn end(&self, at: usize, sign: f64, limit: f64) -> Option<f64> {
        let mut inside = Point {
            value: self.best[at],
            others: self.others(at),
            root: 0.0,
        };
        let mut outside: Option<Point> = None;
        let mut next = inside.value + sign * STEP;
        for _ in 0..TRIES {
            let is_beyond = sign * (next - limit) >= 0.0;
            let point = self.point(at, if is_beyond { limit } else { next }, &inside);
            if (point.root - 1.0).abs() < CLOSE {
                return (!is_beyond).then_some(point.value);
            }
            if point.root > 1.0 {
                outside = Some(point);
            } else if is_beyond {
                return None;
            } else {
                inside = point;
            }
            next = self.next(at, &inside, outside.as_ref());
        }
        None
    }

    /// The value to try next: where a line to the last points reaches the rise allowed.
    fn next(&self, at: usize, inside: &Point, outside: Option<&Point>) -> f64 {
        let from = inside.value;
        let Some(outside) = outside else {
            let so_far = from - self.best[at];
            return self.best[at] + so_far * (1.0 / inside.root).clamp(1.2, GROWTH);
        };
        let between = outside.value - from;
        // A cost that is infinite beyond some value has no line to it.
        let part = (1.0 - inside.root) / (outside.root - inside.root);
        from + between
            * if part > 0.0 {
                part.clamp(0.05, 0.95)
            } else {
                0.5
            }
    }

    /// The parameter at `value`, the others from where they were best for another value of it.
    fn point(&self, at: usize, value: f64, near: &Point) -> Point {
        let whole = |others: &[f64]| {
            let mut all = others.to_vec();
            all.insert(at, value);
            all
        };
        let mut start = self.extended(at, value, near);
        if (self.cost)(&whole(&start)).is_infinite() {
            start.clone_from(&near.others);
        }
        let others = minimum(&start, SEARCH, |others| (self.cost)(&whole(others)));
        let risen = (self.cost)(&whole(&others)) - self.least;
        Point {
            value,
            root: (risen.max(0.0) / self.rise).sqrt(),
            others,
        }
    }

    /// The others on the line from the best values through those of a point.
    fn extended(&self, at: usize, value: f64, near: &Point) -> Vec<f64> {
        let done = near.value - self.best[at];
        let further = if done == 0.0 {
            0.0
        } else {
            (value - near.value) / done
        };
        let pairs = self.others(at).into_iter().zip(&near.others);
        pairs
            .map(|(best, other)| other + further * (other - best))
            .collect()
    }

    fn others(&self, at: usize) -> Vec<f64> {
        let mut others = self.best.to_vec();
        others.remove(at);
        others
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIDE: Interval = Interval {
        low: -50.0,
        high: 50.0,
    };

    #[test]
    fn a_quadratic_cost_gives_the_interval_of_its_curvature() {
        // Half of (x, y) A (x, y) with A = (2, 1; 1, 2): the inverse has 2/3 on its diagonal.
        let cost = |x: &[f64]| x[0] * x[0] + x[0] * x[1] + x[1] * x[1];
        let found = Profile::new(&[0.0, 0.0], cost, 0.5 * 1.96 * 1.96).interval(1, WIDE);
        let found = found.expect("an interval");
        let reach = 1.96 * (2.0_f64 / 3.0).sqrt();
        assert!((found.high - reach).abs() < 0.01 * reach, "{found:?}");
        assert!((found.low + reach).abs() < 0.01 * reach, "{found:?}");
    }

    #[test]
    fn a_skewed_cost_gives_a_skewed_interval_and_one_parameter_will_do() {
        let cost = |x: &[f64]| libm::exp(x[0]) - x[0];
        let profile = Profile::new(&[0.0], cost, 1.0);
        let found = profile.interval(0, WIDE).expect("an interval");
        for end in [found.low, found.high] {
            assert!((cost(&[end]) - 2.0).abs() < 0.02, "{found:?}");
        }
        assert!(-found.low > 1.4 * found.high, "{found:?}");
    }

    #[test]
    fn an_interval_that_reaches_the_end_of_the_range_is_none() {
        // Flat to the right, infinite to the left of -1.
        let cost = |x: &[f64]| match x[0] {
            x if x < -1.0 => f64::INFINITY,
            x => (x.min(0.0)) * x,
        };
        let of = |low, high| Profile::new(&[0.0], cost, 0.5).interval(0, Interval { low, high });
        assert_eq!(of(-0.5, 0.5), None, "both ends");
        assert_eq!(of(-50.0, 50.0), None, "the flat side");
        let steep = |x: &[f64]| cost(&[-x[0].abs()]);
        let found = Profile::new(&[0.0], steep, 0.5).interval(0, WIDE);
        let found = found.expect("an interval");
        assert!((found.high - 0.5_f64.sqrt()).abs() < 0.01, "{found:?}");
    }
}
