//! Scores of forecasts on cases worked out by hand and on the normal distribution.

use crate::numeric::{Tail, normal};
use crate::statistics::score::Ensemble;
use crate::verify::check::{Check, Effort, Machine};

const TEST: &str = "forecast scores";

/// All scores. They must be exact up to rounding, or for the normal distribution up to the step of
/// its sample, whatever the effort.
pub(super) fn checks(_: &Effort) -> Vec<Check> {
    let four = Ensemble::new(vec![8.0, 10.0, 13.0, 20.0]);
    let mut checks = vec![
        exact("CRPS of 8, 10, 13, 20 at 12", 1.3125, four.crps(12.0)),
        exact(
            "fair CRPS of 8, 10, 13, 20 at 12",
            0.5,
            four.fair_crps(12.0),
        ),
        exact(
            "fair CRPS of 8, 10, 13, 20 at 12, above 15",
            // Mean distance 5/4; mean distance between pairs 5/2.
            0.0,
            four.fair_crps_above(15.0, 12.0),
        ),
        exact("WIS of 10 in 8 to 13 and 5 to 20, at 22", 7.6, {
            spread_out()
                .weighted_interval_score(&[0.5, 0.9], 22.0)
                .total()
        }),
    ];
    let normal = normal_sample();
    // y (2Φ(y) - 1) + 2φ(y) - 1/√π
    for (y, expected) in [(0.0, 0.233_694_977_3), (1.0, 0.602_441_357_6)] {
        let quantity = format!("CRPS of the normal distribution at {y}");
        checks.push(Check {
            standard_error: 1e-4,
            ..exact(&quantity, expected, normal.crps(y))
        });
    }
    checks
}

fn exact(quantity: &str, expected: f64, got: f64) -> Check {
    Check {
        test: TEST,
        quantity: quantity.to_owned(),
        by: Machine::Estimator,
        expected,
        got,
        standard_error: 1e-12,
    }
}

/// Forty values with median 10, half of them in 8 to 13 and nine tenths in 5 to 20.
fn spread_out() -> Ensemble {
    let runs = [
        (5.0, 2),
        (8.0, 8),
        (10.0, 10),
        (13.0, 10),
        (20.0, 9),
        (25.0, 1),
    ];
    let values = runs.into_iter().flat_map(|(x, n)| vec![x; n]);
    Ensemble::new(values.collect())
}

/// The middles of 20 000 equally likely parts.
fn normal_sample() -> Ensemble {
    let n = 20_000;
    let middle = |i: u32| (f64::from(i) + 0.5) / f64::from(n);
    let values = (0..n).map(|i| normal::quantile(Tail::Lower(middle(i))));
    Ensemble::new(values.collect())
}
