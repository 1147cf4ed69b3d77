//! Observations on the simulated fan, one figure per scale.

use jiff::civil::Date;

use crate::backtest::scores::LEVELS;
use crate::backtest::{Compared, Findings, Series};
use crate::chart::ChartError;
use crate::chart::fan::{self, Band, Fan, FanPanel};
use crate::report::cell::Cell;
use crate::report::column::Column;
use crate::report::figures::phrases::MEDIAN;
use crate::report::figures::phrases::{
    BACKTEST_ABOUT, BACKTEST_BANDS, BACKTEST_TITLE, BACKTEST_TITLE_ONE,
};
use crate::report::figures::{Figure, Remarks, Sketch, store};
use crate::report::verdict::OBSERVED;
use crate::report::verdict::name;
use crate::report::{Evidence, Language, ReportError, RunFolder};

/// Columns of the tables of these figures.
pub(crate) const COLUMNS: [Column; 10] = [
    Column("series", "", "machine name of the series"),
    Column("date", "", "the day, or the Monday of the week"),
    Column("median", "see backtest.csv", "value of the middle world"),
    Column(
        "pred50_low",
        "see backtest.csv",
        "lower end of the band of 50 % of the worlds",
    ),
    Column("pred50_high", "see backtest.csv", "upper end of it"),
    Column(
        "pred80_low",
        "see backtest.csv",
        "lower end of the band of 80 % of the worlds",
    ),
    Column("pred80_high", "see backtest.csv", "upper end of it"),
    Column(
        "pred95_low",
        "see backtest.csv",
        "lower end of the band of 95 % of the worlds",
    ),
    Column("pred95_high", "see backtest.csv", "upper end of it"),
    Column(
        "observed",
        "see backtest.csv",
        "what was observed then, the last if several",
    ),
];

/// A figure: series that share a scale.
pub(crate) struct Plot {
    name: &'static str,
    pub(crate) file: &'static str,
    series: &'static [Compared],
}

/// All figures.
pub(crate) const PLOTS: [Plot; 5] = [
    Plot {
        name: "backtest-ic",
        file: "figures/backtest-ic.csv",
        series: &[Compared::CovidIc, Compared::OtherIc, Compared::OccupiedIc],
    },
    Plot {
        name: "backtest-ward",
        file: "figures/backtest-ward.csv",
        series: &[Compared::CovidWard],
    },
    Plot {
        name: "backtest-admissions",
        file: "figures/backtest-admissions.csv",
        series: &[Compared::IcAdmissions],
    },
    Plot {
        name: "backtest-hospitals",
        file: "figures/backtest-hospitals.csv",
        series: &[Compared::HospitalsFailingNorm],
    },
    Plot {
        name: "backtest-operations",
        file: "figures/backtest-operations.csv",
        series: &[Compared::OperationsPercent],
    },
];

/// Position of the band of 80 % among [`LEVELS`].
const TITLE_BAND: usize = 1;

/// Draws the figures of a backtest into the folder of its run, each as SVG, PNG and table.
///
/// # Errors
/// [`ReportError::Figure`] when one cannot be drawn, [`ReportError::File`] when one cannot be
/// written.
pub fn write_backtest_figures(
    evidence: &Evidence<'_>,
    findings: &Findings,
    folder: &RunFolder,
    language: Language,
) -> Result<Remarks, ReportError> {
    let sketch = Sketch::new(evidence, language).map_err(ReportError::figure("theme"))?;
    let mut remarks = Remarks::default();
    for plot in &PLOTS {
        let is_shown = |series: &&Series| plot.series.contains(&series.compared);
        let shown: Vec<&Series> = findings.series.iter().filter(is_shown).collect();
        if shown.first().is_none_or(|series| series.dates.len() < 2) {
            continue;
        }
        let figure =
            draw(&sketch, findings.policy, &shown).map_err(ReportError::figure(plot.name))?;
        let missing = figure.svg.missing_characters();
        remarks.missing_characters.extend(missing.chars());
        store((plot.name, plot.file), &COLUMNS, &figure, folder)?;
    }
    Ok(remarks)
}

fn draw(sketch: &Sketch<'_>, policy: usize, shown: &[&Series]) -> Result<Figure, ChartError> {
    let language = sketch.language;
    let about = sketch.say(BACKTEST_ABOUT, &[("policy", sketch.label(policy))]);
    let fan = Fan {
        words: sketch.captioned(title(sketch, shown), &about, BACKTEST_BANDS.text(language)),
        panels: shown.iter().map(|series| panel(sketch, series)).collect(),
        band_names: bands()
            .map(|level| language.number(100.0 * level, 0) + " %")
            .to_vec(),
        median_name: sketch.say(MEDIAN, &[]),
        observed_name: sketch.say(OBSERVED, &[]),
        phases: Vec::new(),
        dates: shown[0].dates.clone(),
    };
    let rows = shown.iter().flat_map(|series| cells(series)).collect();
    let svg = fan::draw(&fan, &sketch.theme)?;
    Ok(Figure { svg, rows })
}

/// Levels of the bands, widest first.
fn bands() -> [f64; 3] {
    let mut levels = LEVELS;
    levels.reverse();
    levels
}

/// How many observations lie in the band of 80 %.
fn title(sketch: &Sketch<'_>, shown: &[&Series]) -> String {
    let series = shown[0];
    let inside = series.observed.iter().filter(|observation| {
        let band = series
            .forecast(observation.position)
            .central(LEVELS[TITLE_BAND]);
        band.contains(observation.value)
    });
    let (inside, n) = (
        inside.count().to_string(),
        series.observed.len().to_string(),
    );
    let what = sketch.say(name(series.compared), &[]);
    let gaps = [("inside", inside.as_str()), ("n", &n), ("series", &what)];
    let phrase = if series.observed.len() == 1 {
        BACKTEST_TITLE_ONE
    } else {
        BACKTEST_TITLE
    };
    sketch.say(phrase, &gaps)
}

fn panel(sketch: &Sketch<'_>, series: &Series) -> FanPanel {
    let of = |p: f64| -> Vec<f64> {
        let positions = 0..series.dates.len();
        positions
            .map(|at| series.forecast(at).quantile(p))
            .collect()
    };
    let band = |level: f64| Band {
        lower: of((1.0 - level) / 2.0),
        upper: of(f64::midpoint(1.0, level)),
    };
    // An observation of the last week may be dated after the Monday at which the axis ends.
    let last = series.dates[series.dates.len() - 1];
    let dot = |o: &crate::backtest::Observation| (o.date.min(last), o.value);
    FanPanel {
        title: sketch.say(name(series.compared), &[]),
        color: 0,
        bands: bands().map(band).to_vec(),
        median: of(0.5),
        observed: series.observed.iter().map(dot).collect(),
        capacities: Vec::new(),
    }
}

fn cells(series: &Series) -> Vec<Vec<Cell<'static>>> {
    let row = |(position, date): (usize, &Date)| {
        let forecast = series.forecast(position);
        let mut row: Vec<Cell<'static>> = vec![
            series.compared.key().into(),
            date.to_string().into(),
            forecast.quantile(0.5).into(),
        ];
        for level in LEVELS {
            let band = forecast.central(level);
            row.extend([band.low.into(), band.high.into()]);
        }
        let seen = series
            .observed
            .iter()
            .rev()
            .find(|o| o.position == position);
        row.push(seen.map(|o| o.value).into());
        row
    };
    series.dates.iter().enumerate().map(row).collect()
}
