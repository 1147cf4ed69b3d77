//! Columns of tables: their name, unit and meaning in one place, and the fields of an estimate.

use crate::report::cell::Cell;
use crate::statistics::interval::{Estimate, Status};

/// A column: name, unit, meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Column(
    pub(crate) &'static str,
    pub(crate) &'static str,
    pub(crate) &'static str,
);

/// A column from a description: name, unit and meaning.
pub(crate) const fn described(
    (name, unit, meaning): (&'static str, &'static str, &'static str),
) -> Column {
    Column(name, unit, meaning)
}

/// Columns that several tables have.
macro_rules! columns {
    ($($name:ident = $column:literal, $unit:literal, $meaning:literal;)*) => {
        $(pub(crate) const $name: Column = Column($column, $unit, $meaning);)*
    };
}

columns! {
    POLICY = "policy", "", "key of the policy";
    REGION = "region", "", "key of the region, or {country} for the country";
    UNIT = "unit", "", "unit of the value and its interval";
    VALUE = "value", "see unit", "point estimate; empty when it cannot be computed";
    LOW = "low", "see unit", "lower end of the interval; empty when the data fix none, as when the few worlds are all equal";
    HIGH = "high", "see unit", "upper end of the interval; empty when the data fix none, as when the few worlds are all equal";
    INTERVAL = "interval", "", "kind of interval: mc (error of simulating finitely many worlds), its level in percent, method";
    N = "n", "worlds", "number of worlds behind the estimate";
    STATUS = "status", "", "ok; insufficient (too few worlds or events to trust the level); target_not_met; unbounded; identical (no world tells policy and baseline apart); not_estimable";
    NEEDED = "needed", "worlds", "about how many worlds would do, when the status asks for more; 64 stands for at least 64";
    MEDIAN = "median", "see unit", "value of the middle world";
    N10 = "n10", "worlds", "worlds with the event under the policy only; for probabilities";
    N01 = "n01", "worlds", "worlds with the event under the baseline only; for probabilities";
}

/// What follows the value of an estimate.
pub(crate) const UNCERTAINTY: [Column; 6] = [LOW, HIGH, INTERVAL, N, STATUS, NEEDED];

/// Ends of the bands in which 50, 80 and 95 % of the worlds lie, in `unit`.
#[rustfmt::skip]
pub(crate) const fn bands(unit: &'static str) -> [Column; 6] {
    [
        Column("pred50_low", unit, "a quarter of the worlds lie at or below it"),
        Column("pred50_high", unit, "three quarters of the worlds lie at or below it"),
        Column("pred80_low", unit, "10 % of the worlds lie at or below it"),
        Column("pred80_high", unit, "90 % of the worlds lie at or below it"),
        Column("pred95_low", unit, "2.5 % of the worlds lie at or below it"),
        Column("pred95_high", unit, "97.5 % of the worlds lie at or below it"),
    ]
}

/// Value, low, high, interval, n, status and needed of an estimate.
pub(crate) fn estimate_cells(estimate: &Estimate) -> [Cell<'static>; 7] {
    let (status, needed) = estimate.standing();
    let interval = estimate.published();
    [
        estimate.value.into(),
        interval.low.into(),
        interval.high.into(),
        estimate.kind.to_string().into(),
        estimate.n.into(),
        status.into(),
        needed.into(),
    ]
}

/// Status and needed of a number for which only the number of worlds can be insufficient.
pub(crate) fn count_cells(n: u64) -> [Cell<'static>; 2] {
    match Status::of_count(n) {
        Status::Insufficient { needed } => ["insufficient".into(), needed.into()],
        _ => ["ok".into(), Cell::Empty],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::confidence::Confidence;
    use crate::statistics::interval::{Interval, IntervalKind, Method};

    #[test]
    fn what_is_not_finite_is_empty_and_said_so() {
        let mut estimate = Estimate {
            value: f64::NAN,
            interval: Interval::UNBOUNDED,
            kind: IntervalKind::monte_carlo(Confidence::P95, Method::Delta),
            n: 100,
            status: Status::Ok,
        };
        let text =
            |estimate: &Estimate| estimate_cells(estimate).map(|cell| cell.text().into_owned());
        let expected = ["", "", "", "mc95 delta", "100", "not_estimable", ""];
        assert_eq!(text(&estimate), expected, "no value");
        estimate.value = 1.5;
        let expected = ["1.5", "", "", "mc95 delta", "100", "unbounded", ""];
        assert_eq!(text(&estimate), expected, "no interval");
    }
}
