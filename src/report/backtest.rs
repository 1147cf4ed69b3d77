//! The tables of a backtest: scores, peaks and slopes, and every observation beside the worlds.

use jiff::civil::Date;

use crate::backtest::scores::LEVELS;
use crate::backtest::shape::{Shape, ShapeKind};
use crate::backtest::{Findings, Part, Scores, Series};
use crate::experiment::StudyFrame;
use crate::report::cell::Cell;
use crate::report::column::{Column, MEDIAN, N, REGION, SEE_STATISTIC, UNIT, bands};
use crate::report::table::Table;
use crate::report::{Evidence, ReportError, RunFolder, folder};
use crate::units::RegionIdx;

const SERIES: Column = Column("series", "", "machine name of the series");
const OBSERVED: Column = Column("observed", "see unit", "what was observed");
const PERIOD: Column = Column(
    "period",
    "",
    "part of the window: all; or fit and predicted, with --fit-until",
);
#[rustfmt::skip]
const N_OBSERVED: Column = Column("observations", "", "number of observations, which depend on each other");
const BANDS: [Column; 6] = bands("see unit");
const SHAPE_BANDS: [Column; 6] = bands(SEE_STATISTIC);

#[rustfmt::skip]
pub(crate) const SCORE_TABLE: Table = Table::new(folder::SCORES, "one forecaster of one series in one part of the window", &[
    &[
        SERIES,
        REGION,
        UNIT,
        PERIOD,
        Column("forecaster", "", "simulation; last_value: the last number known when the part began, unchanged; beds_for_everyone: a Poisson number around the census of the expected wave without shortage (Mt/G/∞)"),
        N_OBSERVED,
        N,
        Column("coverage50", "share", "observations in the band of 50% of the worlds"),
        Column("coverage80", "share", "observations in the band of 80%"),
        Column("coverage95", "share", "observations in the band of 95%"),
        Column("wis", "see unit", "weighted interval score of median and bands, smaller is better (Bracher et al. 2021)"),
        Column("wis_dispersion", "see unit", "its part for wide bands"),
        Column("wis_over", "see unit", "its part for forecasting too much"),
        Column("wis_under", "see unit", "its part for forecasting too little"),
        Column("crps", "see unit", "fair continuous ranked probability score, smaller is better (Ferro 2014)"),
        Column("crps_above", "see unit", "the same with all weight above the ICU beds agreed for phase 1; only where beds bound"),
        Column("absolute_error", "see unit", "mean distance between median and observation"),
        Column("bias", "see unit", "mean of median minus observation"),
        Column("mean_rank", "share", "mean share of worlds below the observation: one half when neither too high nor too low"),
        Column("source", "", "where the observations were published, as their file says"),
    ],
]);

#[rustfmt::skip]
pub(crate) const SHAPE_TABLE: Table = Table::new(folder::SHAPES, "one peak or slope of a series", &[
    &[
        Column("statistic", "", "peak_size; peak_date; slope: change of the series per COVID patient in the ICU, over days or weeks"),
        SERIES,
        Column("observed", SEE_STATISTIC, "what was observed"),
        Column("observed_low", "see unit", "lower end of the 95% interval of what was observed, for dependent days (slope only)"),
        Column("observed_high", "see unit", "upper end of it"),
        Column("median", SEE_STATISTIC, MEDIAN.2),
        SHAPE_BANDS[2],
        SHAPE_BANDS[3],
        SHAPE_BANDS[4],
        SHAPE_BANDS[5],
        Column("error", "see unit", "median minus observed; in days for a date"),
        N_OBSERVED,
        N,
    ],
]);

#[rustfmt::skip]
pub(crate) const OBSERVATION_TABLE: Table = Table::new(folder::OBSERVATIONS, "one observation beside the worlds", &[
    &[
        SERIES,
        REGION,
        UNIT,
        PERIOD,
        Column("week", "", "ISO week of the observation"),
        Column("date", "", "date of the observation"),
        OBSERVED,
        MEDIAN,
    ],
    &BANDS,
    &[
        Column("rank", "share", "worlds below the observation, those equal to it counted half"),
    ],
]);

/// Writes the tables of a backtest into the folder of its run.
///
/// # Errors
/// [`ReportError::File`].
pub fn write_backtest(
    findings: &Findings,
    evidence: &Evidence,
    into: &RunFolder,
) -> Result<(), ReportError> {
    let sheet = &evidence.sheet();
    let frame = evidence.analysis.frame();
    SCORE_TABLE.save(into, sheet, |rows| {
        let mut scores = findings.scores.iter();
        scores.try_for_each(|one| rows.push(&score_row(one, findings, frame)))
    })?;
    SHAPE_TABLE.save(into, sheet, |rows| {
        let mut shapes = findings.shapes.iter();
        shapes.try_for_each(|one| rows.push(&shape_row(one, findings)))
    })?;
    OBSERVATION_TABLE.save(into, sheet, |rows| {
        let series = findings.series.iter();
        let mut observations =
            series.flat_map(|series| observation_rows(series, &findings.parts, frame));
        observations.try_for_each(|row| rows.push(&row))
    })
}

fn score_row<'a>(scores: &Scores, findings: &'a Findings, frame: &'a StudyFrame) -> Vec<Cell<'a>> {
    let (key, unit, _) = scores.compared.describe();
    let mut series = findings.series.iter();
    let source = series
        .find(|series| series.compared == scores.compared)
        .and_then(|series| series.source.as_deref());
    let mut row: Vec<Cell<'a>> = vec![
        key.into(),
        region(scores.region, frame).into(),
        unit.into(),
        scores.part.name.into(),
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
        source.into(),
    ]);
    row
}

/// The key of a region, or the word for the country.
pub(crate) fn region(region: Option<RegionIdx>, frame: &StudyFrame) -> &str {
    region.map_or(&*frame.words.country, |region| {
        &*frame.regions[region.idx()].key
    })
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

/// The date that the value of a shape stands for; `None` for other shapes than a peak day.
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

fn observation_rows<'a>(
    series: &Series,
    parts: &[Part],
    frame: &'a StudyFrame,
) -> Vec<Vec<Cell<'a>>> {
    let (key, unit, _) = series.compared.describe();
    let row = |observation: &crate::backtest::Observation| {
        let forecast = series.forecast(observation.position);
        let part = parts.iter().find(|part| part.contains(observation.date));
        let week = observation.date.iso_week_date();
        let mut row: Vec<Cell<'a>> = vec![
            key.into(),
            region(series.region, frame).into(),
            unit.into(),
            part.map(|part| part.name).into(),
            format!("{}-W{:02}", week.year(), week.week()).into(),
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
