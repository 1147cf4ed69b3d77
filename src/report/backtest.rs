//! The tables of a backtest: scores, peaks and slopes, and every observation beside the worlds.

use jiff::civil::Date;

use crate::backtest::scores::LEVELS;
use crate::backtest::shape::{Shape, ShapeKind};
use crate::backtest::{Findings, Scores, Series};
use crate::report::cell::Cell;
use crate::report::column::{Column, N, UNIT};
use crate::report::tables::Rows;
use crate::report::{ReportError, RunFolder};

/// Name of the table of scores.
pub const SCORES: &str = "backtest.csv";
/// Name of the table of peaks and slopes.
pub const SHAPES: &str = "backtest_shape.csv";
/// Name of the table of observations.
pub const OBSERVATIONS: &str = "backtest_series.csv";
/// All these tables.
pub(crate) const FILES: [&str; 3] = [SCORES, SHAPES, OBSERVATIONS];
/// Copy of the observed data in the folder of the run.
pub const INPUT: &str = "input/observed.csv";

const SERIES: Column = Column("series", "", "machine name of the series");
const OBSERVED: Column = Column("observed", "see unit", "what was observed");
const MEDIAN: Column = Column("median", "see unit", "value of the middle world");
const N_OBSERVED: Column = Column(
    "observations",
    "",
    "number of observations, which depend on each other",
);
const BANDS: [Column; 4] = [
    Column(
        "pred80_low",
        "see unit",
        "10 % of the worlds lie at or below it",
    ),
    Column(
        "pred80_high",
        "see unit",
        "90 % of the worlds lie at or below it",
    ),
    Column(
        "pred95_low",
        "see unit",
        "2.5 % of the worlds lie at or below it",
    ),
    Column(
        "pred95_high",
        "see unit",
        "97.5 % of the worlds lie at or below it",
    ),
];

/// Columns of the table of scores.
pub(crate) const SCORE_COLUMNS: [Column; 17] = [
    SERIES,
    UNIT,
    Column(
        "forecaster",
        "",
        "simulation; last_value: the last number seen when the window began, unchanged; \
         beds_for_everyone: a Poisson number around the census of the expected wave without \
         shortage (Mt/G/∞)",
    ),
    N_OBSERVED,
    N,
    Column(
        "coverage50",
        "share",
        "observations in the band of 50 % of the worlds",
    ),
    Column("coverage80", "share", "observations in the band of 80 %"),
    Column("coverage95", "share", "observations in the band of 95 %"),
    Column(
        "wis",
        "see unit",
        "weighted interval score of median and bands, smaller is better (Bracher et al. 2021)",
    ),
    Column("wis_dispersion", "see unit", "its part for wide bands"),
    Column("wis_over", "see unit", "its part for forecasting too much"),
    Column(
        "wis_under",
        "see unit",
        "its part for forecasting too little",
    ),
    Column(
        "crps",
        "see unit",
        "fair continuous ranked probability score, smaller is better (Ferro 2014)",
    ),
    Column(
        "crps_above",
        "see unit",
        "the same with all weight above the IC beds agreed for phase 1; only where beds bound",
    ),
    Column(
        "absolute_error",
        "see unit",
        "mean distance between median and observation",
    ),
    Column("bias", "see unit", "mean of median minus observation"),
    Column(
        "mean_rank",
        "share",
        "mean share of worlds below the observation: one half when neither too high nor too low",
    ),
];

/// Columns of the table of peaks and slopes.
pub(crate) const SHAPE_COLUMNS: [Column; 13] = [
    Column(
        "statistic",
        "",
        "peak_size; peak_date; slope: change of the series per COVID patient on the IC, over days",
    ),
    SERIES,
    OBSERVED,
    Column(
        "observed_low",
        "see unit",
        "lower end of the 95 % interval of what was observed, for dependent days (slope only)",
    ),
    Column("observed_high", "see unit", "upper end of it"),
    MEDIAN,
    BANDS[0],
    BANDS[1],
    BANDS[2],
    BANDS[3],
    Column(
        "error",
        "see unit",
        "median minus observed; in days for a date",
    ),
    N_OBSERVED,
    N,
];

/// Columns of the table of observations.
pub(crate) const OBSERVATION_COLUMNS: [Column; 12] = [
    SERIES,
    UNIT,
    Column("date", "", "date of the observation"),
    OBSERVED,
    MEDIAN,
    Column(
        "pred50_low",
        "see unit",
        "a quarter of the worlds lie at or below it",
    ),
    Column(
        "pred50_high",
        "see unit",
        "three quarters of the worlds lie at or below it",
    ),
    BANDS[0],
    BANDS[1],
    BANDS[2],
    BANDS[3],
    Column(
        "rank",
        "share",
        "worlds below the observation, those equal to it counted half",
    ),
];

/// Writes the tables of a backtest into the folder of its run.
///
/// # Errors
/// [`ReportError::File`].
pub fn write_backtest(findings: &Findings, folder: &RunFolder) -> Result<(), ReportError> {
    let scores = findings.scores.iter().map(|one| score_row(one, findings));
    write(SCORES, &SCORE_COLUMNS, scores, folder)?;
    let shapes = findings.shapes.iter().map(|one| shape_row(one, findings));
    write(SHAPES, &SHAPE_COLUMNS, shapes, folder)?;
    let observations = findings.series.iter().flat_map(observation_rows);
    write(OBSERVATIONS, &OBSERVATION_COLUMNS, observations, folder)
}

fn write<'a>(
    name: &'static str,
    columns: &[Column],
    rows: impl Iterator<Item = Vec<Cell<'a>>>,
    folder: &RunFolder,
) -> Result<(), ReportError> {
    let mut file = folder.begin(name)?;
    let mut table = Rows::new(&mut file, name);
    table.header(columns)?;
    for row in rows {
        table.push(&row)?;
    }
    table.finish()?;
    file.finish()
}

fn score_row(scores: &Scores, findings: &Findings) -> Vec<Cell<'static>> {
    let (key, unit, _) = scores.compared.describe();
    let mut row: Vec<Cell<'static>> = vec![
        key.into(),
        unit.into(),
        scores.forecaster.describe().0.into(),
        (scores.n as u64).into(),
        u64::from(findings.n_worlds).into(),
    ];
    row.extend(scores.coverage.map(Cell::from));
    let wis = scores.interval_score;
    row.extend([
        wis.total().into(),
        wis.dispersion.into(),
        wis.overprediction.into(),
        wis.underprediction.into(),
        scores.crps.into(),
        scores.crps_above.into(),
        scores.absolute_error.into(),
        scores.bias.into(),
        scores.mean_rank.into(),
    ]);
    row
}

fn shape_row(shape: &Shape, findings: &Findings) -> Vec<Cell<'static>> {
    let median = shape.worlds.quantile(0.5);
    let name = match shape.kind {
        ShapeKind::PeakSize => "peak_size",
        ShapeKind::PeakDay => "peak_date",
        ShapeKind::Slope => "slope",
    };
    let cell = |value: f64| match date_of(shape, value, findings) {
        Some(date) => date.to_string().into(),
        None => Cell::from(value),
    };
    let mut row = vec![
        name.into(),
        shape.compared.key().into(),
        cell(shape.observed),
        shape.interval.map(|interval| interval.low).into(),
        shape.interval.map(|interval| interval.high).into(),
        cell(median),
    ];
    for level in &LEVELS[1..] {
        let band = shape.worlds.central(*level);
        row.extend([cell(band.low), cell(band.high)]);
    }
    row.push((median - shape.observed).into());
    row.push((shape.n as u64).into());
    row.push(u64::from(findings.n_worlds).into());
    row
}

/// The date that a number of a shape stands for; `None` when it is no day.
pub(crate) fn date_of(shape: &Shape, value: f64, findings: &Findings) -> Option<Date> {
    if shape.kind != ShapeKind::PeakDay {
        return None;
    }
    let series = findings
        .series
        .iter()
        .find(|series| series.compared == shape.compared)?;
    let position = usize::try_from(crate::numeric::clamp_to_u32(value)).ok()?;
    series.dates.get(position).copied()
}

fn observation_rows(series: &Series) -> Vec<Vec<Cell<'static>>> {
    let (key, unit, _) = series.compared.describe();
    let row = |observation: &crate::backtest::Observation| {
        let forecast = series.forecast(observation.position);
        let mut row: Vec<Cell<'static>> = vec![
            key.into(),
            unit.into(),
            observation.date.to_string().into(),
            observation.value.into(),
            forecast.quantile(0.5).into(),
        ];
        for level in LEVELS {
            let band = forecast.central(level);
            row.extend([band.low.into(), band.high.into()]);
        }
        row.push(forecast.rank_of(observation.value).into());
        row
    };
    series.observed.iter().map(row).collect()
}
