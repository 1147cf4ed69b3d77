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

pub(crate) const POLICY: Column = Column("policy", "", "key of the policy");
pub(crate) const REGION: Column = Column("region", "", "key of the region, or NL for the country");
pub(crate) const UNIT: Column = Column("unit", "", "unit of the value and its interval");
pub(crate) const VALUE: Column = Column(
    "value",
    "see unit",
    "point estimate; empty when it cannot be computed",
);
pub(crate) const LOW: Column = Column(
    "low",
    "see unit",
    "lower end of the interval; empty when the data fix none, as when the few worlds are all equal",
);
pub(crate) const HIGH: Column = Column(
    "high",
    "see unit",
    "upper end of the interval; empty when the data fix none, as when the few worlds are all equal",
);
pub(crate) const INTERVAL: Column = Column(
    "interval",
    "",
    "kind of interval: mc (error of simulating finitely many worlds), its level in percent, method",
);
pub(crate) const N: Column = Column("n", "worlds", "number of worlds behind the estimate");
pub(crate) const STATUS: Column = Column(
    "status",
    "",
    "ok; insufficient (too few worlds or events to trust the level); target_not_met; unbounded; \
     identical (no world tells policy and baseline apart); not_estimable",
);
pub(crate) const NEEDED: Column = Column(
    "needed",
    "worlds",
    "about how many worlds would do, when the status asks for more; 64 stands for at least 64",
);

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

/// Status and needed of something that only the number of worlds can be too small for.
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
