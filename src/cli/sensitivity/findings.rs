//! The table of an analysis of variance or of effects: one row per figure and quantity.

use crate::cli::csv_table::{CsvTable, estimate};
use crate::design::bootstrap::Resampled;
use crate::experiment::estimand::Estimand;
use crate::report::cell::Cell;
use crate::statistics::confidence::Confidence;
use crate::statistics::interval::{Estimate, Interval, IntervalKind, Method, Status, Uncertainty};

const COLUMNS: &str = "figure policy estimand quantity unit value low high interval status n needed \
    standard_error";

/// In what a quantity is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// As the estimand is.
    Output,
    /// As its square, like a variance.
    OutputSquared,
    /// A share of a variance.
    Share,
}

/// What was found about one estimand.
pub(super) struct Findings<'a> {
    estimand: &'a Estimand,
    policy: &'a str,
    n_rows: usize,
    pub(super) table: CsvTable,
}

impl<'a> Findings<'a> {
    /// Nothing yet; what follows rests on `n_rows` independent rows of a design.
    pub(super) fn of(estimand: &'a Estimand, policy: &'a str, n_rows: usize) -> Self {
        Self {
            estimand,
            policy,
            n_rows,
            table: CsvTable::new(COLUMNS),
        }
    }

    /// Adds a quantity, of one figure or (without a name) of all.
    pub(super) fn push(&mut self, figure: &str, quantity: (&str, Unit), found: &Resampled) {
        let row = found.estimate(self.n_rows, Confidence::P95);
        self.row(figure, quantity, &row, found.standard_error);
    }

    /// Adds the range that holds the middle 90 % of expected values over parameter sets.
    pub(super) fn push_range(&mut self, mean: f64, param90: Interval) {
        let n = self.n_rows as u64;
        let range = Estimate {
            value: mean,
            interval: param90,
            kind: IntervalKind {
                uncertainty: Uncertainty::Parameter,
                confidence: Confidence::P90,
                method: Method::OrderStatistic,
            },
            n,
            status: Status::of_count(n),
        };
        self.row("", ("param90", Unit::Output), &range, f64::NAN);
    }

    fn row(&mut self, figure: &str, (quantity, unit): (&str, Unit), found: &Estimate, error: f64) {
        let unit = match unit {
            Unit::Output => self.estimand.unit.to_owned(),
            Unit::OutputSquared => format!("({})^2", self.estimand.unit),
            Unit::Share => "share".to_owned(),
        };
        let words = [figure, self.policy, self.estimand.key, quantity, &unit];
        let mut row: Vec<Cell<'_>> = words.map(|word| word.to_owned().into()).into();
        row.extend(estimate(found));
        row.extend([found.n.into(), found.standing().1.into(), error.into()]);
        self.table.push(row);
    }
}
