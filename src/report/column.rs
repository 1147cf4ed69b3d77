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

/// What stands in the fields of a column; any of them can be empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FieldType {
    /// Words.
    Text,
    /// A whole number.
    Whole,
    /// A number.
    Real,
    /// 0 or 1.
    Flag,
    /// A day, such as 2021-11-18.
    Date,
    /// Numbers in some rows, days in others.
    Mixed,
}

impl FieldType {
    /// Its name in the standard Table Schema.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Text => "string",
            Self::Whole => "integer",
            Self::Real => "number",
            Self::Flag => "boolean",
            Self::Date => "date",
            Self::Mixed => "any",
        }
    }

    /// Whether a field can stand in the column.
    pub(crate) fn holds(self, cell: &Cell<'_>) -> bool {
        match (self, cell) {
            (Self::Mixed, _) | (_, Cell::Empty) => true,
            (Self::Flag, Cell::Whole(number)) => (0..=1).contains(number),
            (_, Cell::Text(_)) => matches!(self, Self::Text | Self::Date),
            (_, Cell::Whole(_)) => matches!(self, Self::Whole | Self::Real),
            (_, Cell::Real(_)) => self == Self::Real,
        }
    }
}

/// Unit of a column in which the row says whether a number or a day stands.
pub(crate) const SEE_STATISTIC: &str = "see statistic";
/// Columns of days.
const DATES: [&str; 2] = ["date", "week_start"];
/// Columns of whole numbers that have no unit.
const WHOLE: [&str; 7] = [
    "observations",
    "order",
    "point",
    "replication",
    "seed",
    "subject",
    "value",
];
/// Columns of other numbers that have no unit.
const REAL: [&str; 2] = ["correlation", "variance_reduction"];

impl Column {
    /// What stands in its fields: what has a unit is a number.
    pub(crate) fn field_type(&self) -> FieldType {
        match (self.0, self.1) {
            (name, _) if DATES.contains(&name) => FieldType::Date,
            (_, "0 or 1") => FieldType::Flag,
            (_, SEE_STATISTIC) => FieldType::Mixed,
            (_, "worlds" | "rows") => FieldType::Whole,
            (name, "") if WHOLE.contains(&name) => FieldType::Whole,
            (name, "") if !REAL.contains(&name) => FieldType::Text,
            _ => FieldType::Real,
        }
    }
}

/// A column as a sink takes it: that of a table, or one that only this table has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Header {
    pub(crate) name: String,
    pub(crate) unit: String,
    pub(crate) meaning: String,
    pub(crate) of: FieldType,
}

impl From<&Column> for Header {
    fn from(column: &Column) -> Self {
        let Column(name, unit, meaning) = column;
        Self {
            name: (*name).to_owned(),
            unit: (*unit).to_owned(),
            meaning: (*meaning).to_owned(),
            of: column.field_type(),
        }
    }
}

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
    RUN = "run", "", "key of the run: the same for the same scenario, policies, seed and program";
    SCENARIO = "scenario", "", "key of the scenario";
    WEEK = "week", "", "ISO week";
    WEEK_START = "week_start", "", "Monday of the week";
    DATE = "date", "", "the day, burn-in and follow-up included";
    REPLICATION = "replication", "", "number of the world, from 0";
    PART = "part", "", "burn-in, window or follow-up";
    ESTIMAND = "estimand", "", "machine name of the estimand";
    NUMBER = "number", "", "number of the estimand";
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
        Column("pred80_low", unit, "10% of the worlds lie at or below it"),
        Column("pred80_high", unit, "90% of the worlds lie at or below it"),
        Column("pred95_low", unit, "2.5% of the worlds lie at or below it"),
        Column("pred95_high", unit, "97.5% of the worlds lie at or below it"),
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
    use crate::report::cell::Decimal;
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
        let text = |estimate: &Estimate| {
            estimate_cells(estimate).map(|cell| cell.text(Decimal::Point).into_owned())
        };
        let expected = ["", "", "", "mc95 delta", "100", "not_estimable", ""];
        assert_eq!(text(&estimate), expected, "no value");
        estimate.value = 1.5;
        let expected = ["1.5", "", "", "mc95 delta", "100", "unbounded", ""];
        assert_eq!(text(&estimate), expected, "no interval");
    }
}
