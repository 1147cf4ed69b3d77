//! The table of an analysis of variance or of effects: one row per figure and quantity.

use crate::cli::csv_table::{CsvTable, estimate};
use crate::cli::design::ORIGIN;
use crate::design::bootstrap::Resampled;
use crate::design::response::Scale;
use crate::experiment::estimand::Estimand;
use crate::report::Language;
use crate::report::cell::Cell;
use crate::report::column::{Column, ESTIMAND, HIGH, Header, INTERVAL, LOW, STATUS, UNIT, VALUE};
use crate::report::terminal::{aligned, wrapped};
use crate::statistics::confidence::Confidence;
use crate::statistics::interval::{Estimate, Interval, IntervalKind, Method, Uncertainty};

/// The columns after those of the origin.
const COLUMNS: [Column; 14] = [
    Column(
        "figure",
        "",
        "path of the uncertain figure; empty for all together",
    ),
    Column(
        "policy",
        "",
        "key of the policy, or of two of which the second is subtracted",
    ),
    ESTIMAND,
    Column("quantity", "", "what is said of the figure"),
    UNIT,
    VALUE,
    LOW,
    HIGH,
    INTERVAL,
    STATUS,
    Column(
        "n",
        "rows",
        "independent rows of the design behind the estimate",
    ),
    Column(
        "needed",
        "rows",
        "about how many rows would do, when the status asks for more",
    ),
    Column("standard_error", "see unit", "standard error of the value"),
    Column(
        "without_denominator",
        "worlds",
        "worlds in which the ratio has no denominator",
    ),
];

/// Stands for all figures together.
const ALL: &str = "all";

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
    scale: Scale,
    n_rows: u64,
    /// The fields of the origin, the same in each row.
    origin: [Cell<'static>; 3],
    pub(super) table: CsvTable,
    /// Figure, quantity and what was found, by row of the table.
    found: Vec<(String, &'static str, Estimate)>,
}

impl<'a> Findings<'a> {
    /// Nothing yet; what follows rests on `n_rows` independent rows of a design, whose worlds `scale` has
    /// added up.
    pub(super) fn of(
        estimand: &'a Estimand,
        policy: &'a str,
        (scale, n_rows): (Scale, usize),
        origin: [Cell<'static>; 3],
    ) -> Self {
        let columns = ORIGIN.iter().chain(&COLUMNS).map(Header::from);
        Self {
            estimand,
            policy,
            scale,
            n_rows: n_rows as u64,
            origin,
            table: CsvTable::with(columns.collect()),
            found: Vec::new(),
        }
    }

    /// Adds a quantity, of one figure or (without a name) of all.
    pub(super) fn push(&mut self, figure: &str, quantity: (&'static str, Unit), found: &Resampled) {
        let row = Estimate {
            value: found.value,
            interval: found.interval,
            kind: IntervalKind::monte_carlo(Confidence::P95, Method::Bootstrap),
            n: self.n_rows,
            status: self.scale.status(self.n_rows),
        };
        self.row(figure, quantity, row, found.standard_error);
    }

    /// Adds the range that holds the middle 90 % of expected values over parameter sets.
    pub(super) fn push_range(&mut self, mean: f64, param90: Interval) {
        let range = Estimate {
            value: mean,
            interval: param90,
            kind: IntervalKind {
                uncertainty: Uncertainty::Parameter,
                confidence: Confidence::P90,
                method: Method::OrderStatistic,
            },
            n: self.n_rows,
            status: self.scale.status(self.n_rows),
        };
        self.row("", ("param90", Unit::Output), range, f64::NAN);
    }

    fn row(
        &mut self,
        figure: &str,
        (quantity, unit): (&'static str, Unit),
        found: Estimate,
        error: f64,
    ) {
        let unit = match unit {
            Unit::Output => self.estimand.unit.to_owned(),
            Unit::OutputSquared => format!("({})^2", self.estimand.unit),
            Unit::Share => "share".to_owned(),
        };
        let words = [figure, self.policy, self.estimand.key, quantity, &unit];
        let mut row: Vec<Cell<'_>> = self.origin.to_vec();
        row.extend(words.map(|word| Cell::from(word.to_owned())));
        let found = Estimate {
            interval: found.published(),
            ..found
        };
        row.extend(estimate(&found));
        self.found.push((figure.to_owned(), quantity, found));
        row.extend([found.n.into(), found.standing().1.into(), error.into()]);
        row.push(self.scale.n_without_denominator().into());
        self.table.push(row);
    }

    /// The rows for a reader, and a sentence about the figure that matters most.
    pub(super) fn text(&self) -> String {
        let words = ["figure", "quantity", "value", "status"];
        let mut rows = vec![words.map(str::to_owned).to_vec()];
        rows.extend(self.found.iter().map(|(figure, quantity, found)| {
            let value = Language::En.with_interval(found);
            let figure = if figure.is_empty() { ALL } else { figure };
            let status = found.standing().0;
            [figure, quantity, &value, status]
                .map(str::to_owned)
                .to_vec()
        }));
        let heading = format!(
            "{}: {}, {}, from {} rows; in brackets the interval",
            self.policy, self.estimand.key, self.estimand.unit, self.n_rows
        );
        format!(
            "{}\n\n{}\n{}\n",
            wrapped(&heading),
            aligned(&rows),
            wrapped(&self.sentence())
        )
    }

    fn sentence(&self) -> String {
        let is_ranking =
            |quantity: &str| ["mean_absolute", "total", "parameter_share"].contains(&quantity);
        let ranked = self
            .found
            .iter()
            .filter(|(_, quantity, _)| is_ranking(quantity));
        let ranked = ranked.filter(|(.., found)| found.value.is_finite());
        let most = ranked.max_by(|one, other| one.2.value.total_cmp(&other.2.value));
        match most {
            None => format!(
                "Nothing can be estimated; worlds without a denominator: {}.",
                self.scale.n_without_denominator()
            ),
            Some((figure, _, found)) if figure.is_empty() => format!(
                "{:.0} % of the variance between single worlds is due to the uncertain figures; the rest is chance.",
                100.0 * found.value
            ),
            Some((figure, quantity, found)) => format!(
                "{figure} matters most: its {quantity} is {}.",
                Language::En.with_interval(found)
            ),
        }
    }
}
