//! Intervals for a proportion: how many of `n` replications show an event.

use crate::numeric::{Tail, beta};
use crate::statistics::confidence::Confidence;
use crate::statistics::interval::{Estimate, Interval, IntervalKind, Method, Status};

const UNIT: Interval = Interval {
    low: 0.0,
    high: 1.0,
};

/// The share `events / n` with its Wilson interval.
///
/// With no events, or nothing but events, the interval is a one-sided bound instead: a report then
/// says "less than", never "0".
///
/// # Panics
/// When there are more events than replications.
pub fn proportion(events: u64, n: u64, confidence: Confidence) -> Estimate {
    let (method, interval) = if events == 0 && n > 0 {
        (
            Method::Bound,
            Interval {
                low: 0.0,
                high: zero_event_bound(n, confidence),
            },
        )
    } else if events == n && n > 0 {
        (
            Method::Bound,
            Interval {
                low: 1.0 - zero_event_bound(n, confidence),
                high: 1.0,
            },
        )
    } else {
        (Method::Wilson, wilson(events, n, confidence))
    };
    Estimate {
        value: events as f64 / n as f64,
        interval,
        kind: IntervalKind::monte_carlo(confidence, method),
        n,
        status: Status::of_count(n),
    }
}

/// Score interval, the default: average coverage close to nominal, bounds always within [0, 1].
///
/// Source: E. B. Wilson, JASA 22 (1927) 209-212.
///
/// # Panics
/// When there are more events than replications.
pub fn wilson(events: u64, n: u64, confidence: Confidence) -> Interval {
    let Some((x, n)) = counts(events, n) else {
        return UNIT;
    };
    let (p, z2) = (x / n, confidence.z() * confidence.z());
    let center = (x + z2 / 2.0) / (n + z2);
    let half_width = (z2 * (p * (1.0 - p) * n + z2 / 4.0)).sqrt() / (n + z2);
    tidy(Interval::around(center, half_width), x, n)
}

/// Equal-tailed posterior interval under the Jeffreys prior Beta(1/2, 1/2); the end at a boundary
/// that the data touch is set to that boundary.
///
/// Source: L. D. Brown, T. T. Cai and A. `DasGupta`, Statistical Science 16 (2001) 101-133.
///
/// # Panics
/// When there are more events than replications.
pub fn jeffreys(events: u64, n: u64, confidence: Confidence) -> Interval {
    let Some((x, n)) = counts(events, n) else {
        return UNIT;
    };
    let (tail, a, b) = (confidence.alpha() / 2.0, x + 0.5, n - x + 0.5);
    let low = beta::quantile(a, b, Tail::Lower(tail));
    let high = beta::quantile(a, b, Tail::Upper(tail));
    tidy(Interval { low, high }, x, n)
}

/// Interval by inverting the exact binomial test: coverage is never below nominal.
///
/// Source: C. J. Clopper and E. S. Pearson, Biometrika 26 (1934) 404-413.
///
/// # Panics
/// When there are more events than replications.
pub fn clopper_pearson(events: u64, n: u64, confidence: Confidence) -> Interval {
    let Some((x, n)) = counts(events, n) else {
        return UNIT;
    };
    let tail = confidence.alpha() / 2.0;
    // At a boundary the beta parameter would be zero; the end is the boundary itself.
    let low = if x > 0.0 {
        beta::quantile(x, n - x + 1.0, Tail::Lower(tail))
    } else {
        0.0
    };
    let high = if x < n {
        beta::quantile(x + 1.0, n - x, Tail::Upper(tail))
    } else {
        1.0
    };
    Interval { low, high }
}

/// One-sided upper bound `1 - alpha^(1/n)` for a probability after zero events in `n` replications,
/// about `3/n` at 95 %; 1 without replications.
///
/// Source: exact binomial test; B. D. Jovanovic and P. S. Levy, The American Statistician 51 (1997)
/// 137-139 ("rule of three").
pub fn zero_event_bound(n: u64, confidence: Confidence) -> f64 {
    -libm::expm1(libm::log(confidence.alpha()) / n as f64)
}

/// Both counts as floats; `None` without replications.
fn counts(events: u64, n: u64) -> Option<(f64, f64)> {
    assert!(events <= n, "{events} events in {n} replications");
    (n > 0).then_some((events as f64, n as f64))
}

/// Cuts at [0, 1] and sets the end at a boundary that the data touch to exactly that boundary.
fn tidy(interval: Interval, x: f64, n: f64) -> Interval {
    let low = if x > 0.0 { interval.low } else { 0.0 };
    let high = if x < n { interval.high } else { 1.0 };
    Interval { low, high }.within(UNIT)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    type IntervalMethod = fn(u64, u64, Confidence) -> Interval;

    fn assert_vectors(method: IntervalMethod, vectors: &[(u64, u64, f64, f64)]) {
        for &(x, n, low, high) in vectors {
            let found = method(x, n, Confidence::P95);
            let error = (found.low - low).abs().max((found.high - high).abs());
            assert!(
                error < 1e-10,
                "{x}/{n}: {found:?} instead of [{low}, {high}]"
            );
        }
    }

    #[test]
    fn wilson_matches_the_table() {
        assert_vectors(
            wilson,
            &[
                (0, 50, 0.0, 0.071_347_599_1),
                (1, 50, 0.003_539_259_3, 0.104_954_435_9),
                (5, 100, 0.021_543_679_2, 0.111_750_469_2),
                (50, 1000, 0.038_130_262_4, 0.065_313_820_2),
            ],
        );
    }

    #[test]
    fn jeffreys_matches_the_table() {
        assert_vectors(
            jeffreys,
            &[
                (0, 50, 0.0, 0.048_758_459_4),
                (1, 50, 0.002_166_494_2, 0.089_680_351_1),
                (5, 100, 0.019_331_812_0, 0.106_100_073_9),
                (50, 1000, 0.037_770_132_3, 0.064_828_455_7),
            ],
        );
    }

    #[test]
    fn clopper_pearson_ends_solve_the_binomial_equation() {
        // At the upper end of 0/50, (1 - p)^50 = 0.025; at the lower end of 1/1, p = 0.025.
        let zero = clopper_pearson(0, 50, Confidence::P95);
        let expected = 1.0 - libm::pow(0.025, 0.02);
        assert!(
            (zero.high - expected).abs() < 1e-12 && zero.low.abs() < 1e-300,
            "{zero:?}"
        );
        let one = clopper_pearson(1, 1, Confidence::P95);
        assert!(
            (one.low - 0.025).abs() < 1e-12 && (one.high - 1.0).abs() < 1e-15,
            "{one:?}"
        );
    }

    #[test]
    fn zero_events_give_a_bound_near_three_over_n() {
        let estimate = proportion(0, 1000, Confidence::P95);
        assert_eq!(estimate.kind.method, Method::Bound, "method");
        let expected = 1.0 - libm::pow(0.05, 0.001);
        assert!(
            (estimate.interval.high - expected).abs() < 1e-12,
            "{:?}",
            estimate.interval
        );
        let all = proportion(1000, 1000, Confidence::P95);
        assert!(
            (all.interval.low - (1.0 - expected)).abs() < 1e-12,
            "{:?}",
            all.interval
        );
    }

    #[test]
    fn no_replications_say_nothing() {
        let estimate = proportion(0, 0, Confidence::P95);
        assert!(estimate.value.is_nan(), "value {}", estimate.value);
        assert_eq!(estimate.interval, UNIT, "interval");
        assert!(
            matches!(estimate.status, Status::Insufficient { .. }),
            "{:?}",
            estimate.status
        );
    }

    #[test]
    #[should_panic(expected = "4 events in 3 replications")]
    fn more_events_than_replications_are_refused() {
        wilson(4, 3, Confidence::P95);
    }

    proptest! {
        #[test]
        fn every_interval_lies_in_the_unit_interval_around_the_share(
            n in 1_u64..5000, share in 0.0_f64..=1.0, extra in 0_u64..50,
        ) {
            let x = crate::statistics::rounding::at_least(share * n as f64).min(n);
            let methods: [IntervalMethod; 3] = [wilson, jeffreys, clopper_pearson];
            for (idx, method) in methods.into_iter().enumerate() {
                let found = method(x, n, Confidence::P95);
                let p = x as f64 / n as f64;
                prop_assert!(0.0 <= found.low && found.high <= 1.0, "{} {:?}", idx, found);
                prop_assert!(found.contains(p), "{} {:?} without {}", idx, found, p);
                let more = method(x + extra, n + extra, Confidence::P95);
                prop_assert!(more.low >= found.low - 1e-12, "{} falls with more events", idx);
            }
        }
    }
}
