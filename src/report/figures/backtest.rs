//! Observations on the simulated fan, one figure per scale.

use jiff::civil::Date;

use crate::backtest::scores::LEVELS;
use crate::backtest::{Compared, Findings, Observation, Series};
use crate::chart::ChartError;
use crate::chart::fan::{self, Fan, FanPanel};
use crate::chart::theme::Width;
use crate::report::column::Column;
use crate::report::figures::bands::{self, Bands};
use crate::report::figures::figure::{Figure, Remarks, Row, row};
use crate::report::figures::sketch::{MEDIAN, Sketch};
use crate::report::phrase::Phrase;
use crate::report::verdict::{OBSERVED, name};
use crate::report::{Evidence, Language, ReportError, RunFolder};

const UNIT: &str = "see backtest.csv";

/// Columns of the tables of these figures, in groups.
pub(super) static COLUMNS: [&[Column]; 3] = [
    &[
        Column("series", "", "machine name of the series"),
        Column("date", "", "the day, or the Monday of the week"),
    ],
    &bands::columns(UNIT),
    &[Column(
        "observed",
        UNIT,
        "what was observed then, the last if several",
    )],
];

const TITLE: Phrase = Phrase::new(
    "{inside} of {n} observations of {series} lie where 80% of the simulated {seasons} do",
    "{inside} van {n} waarnemingen van {series} liggen waar 80% van de gesimuleerde {seasons} ligt",
);
const TITLE_ONE: Phrase = Phrase::new(
    "{inside} of {n} observation of {series} lies where 80% of the simulated {seasons} do",
    "{inside} van {n} waarneming van {series} ligt waar 80% van de gesimuleerde {seasons} ligt",
);
const ABOUT: Phrase = Phrase::new(
    "Observed numbers on the simulated {seasons} under “{policy}”, national",
    "Waargenomen aantallen op de gesimuleerde {seasons} onder “{policy}”, landelijk",
);
const MARKS: Phrase = Phrase::new(
    "Bands: the share of {seasons} that lie in them, day by day or week by week",
    "Banden: het deel van de {seasons} dat erin ligt, per dag of per week",
);

/// A figure: series that share a scale.
pub(super) struct Plot {
    name: &'static str,
    pub(super) file: &'static str,
    series: &'static [Compared],
}

/// All figures.
pub(super) static PLOTS: [Plot; 10] = [
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
        name: "backtest-ic-weeks",
        file: "figures/backtest-ic-weeks.csv",
        series: &[Compared::CovidIcWeek, Compared::OtherIcWeek],
    },
    Plot {
        name: "backtest-ward-weeks",
        file: "figures/backtest-ward-weeks.csv",
        series: &[Compared::CovidWardWeek],
    },
    Plot {
        name: "backtest-beds",
        file: "figures/backtest-beds.csv",
        series: &[Compared::StaffedBeds],
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
        name: "backtest-moves",
        file: "figures/backtest-moves.csv",
        series: &[Compared::MovesBetweenRegions],
    },
    Plot {
        name: "backtest-stopped",
        file: "figures/backtest-stopped.csv",
        series: &[Compared::HospitalsStopped],
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
    evidence: &Evidence,
    findings: &Findings,
    folder: &RunFolder,
    language: Language,
) -> Result<Remarks, ReportError> {
    let sketch = Sketch::new(evidence, language, Width::Page);
    let sketch = sketch.map_err(ReportError::figure("theme"))?;
    let sheet = evidence.sheet();
    let mut remarks = Remarks::default();
    for plot in &PLOTS {
        let is_shown = |series: &&Series| plot.series.contains(&series.compared);
        let shown: Vec<&Series> = findings.series.iter().filter(is_shown).collect();
        if shown.first().is_none_or(|series| series.dates.len() < 2) {
            continue;
        }
        let figure =
            draw(&sketch, findings.policy, &shown).map_err(ReportError::figure(plot.name))?;
        figure.store(
            (plot.name, plot.file),
            &COLUMNS,
            (folder, &sheet, language),
            &mut remarks,
        )?;
    }
    Ok(remarks)
}

fn draw(sketch: &Sketch<'_>, policy: usize, shown: &[&Series]) -> Result<Figure, ChartError> {
    let about = sketch.say(ABOUT, &[("policy", sketch.label(policy))]);
    let bands: Vec<Bands> = shown.iter().map(|series| bands_of(series)).collect();
    let panels = shown.iter().zip(&bands);
    let fan = Fan {
        words: sketch.words(title(sketch, shown[0]), about, MARKS),
        panels: panels
            .clone()
            .map(|(series, bands)| panel(sketch, series, bands))
            .collect(),
        band_names: bands::names(),
        median_name: sketch.text(MEDIAN),
        observed_name: sketch.text(OBSERVED),
        is_wide: false,
        phases: Vec::new(),
        dates: shown[0].dates.clone(),
    };
    let rows = panels
        .flat_map(|(series, bands)| rows(series, bands))
        .collect();
    let svg = fan::draw(&fan, sketch.theme())?;
    Ok(Figure { svg, rows })
}

fn bands_of(series: &Series) -> Bands {
    let n = series.dates.len();
    Bands::new(n, |position, p| series.forecast(position).quantile(p))
}

/// How many observations lie in the band of 80 %.
fn title(sketch: &Sketch<'_>, series: &Series) -> String {
    let is_inside = |observation: &&Observation| {
        let forecast = series.forecast(observation.position);
        forecast
            .central(LEVELS[TITLE_BAND])
            .contains(observation.value)
    };
    let inside = series.observed.iter().filter(is_inside).count();
    let n = series.observed.len();
    let gaps = [
        ("inside", &*inside.to_string()),
        ("n", &n.to_string()),
        ("series", &sketch.text(name(series.compared))),
    ];
    sketch.say(if n == 1 { TITLE_ONE } else { TITLE }, &gaps)
}

fn panel(sketch: &Sketch<'_>, series: &Series, bands: &Bands) -> FanPanel {
    // An observation of the last week may be dated after the Monday at which the axis ends.
    let last = series.dates[series.dates.len() - 1];
    let dot = |one: &Observation| (one.date.min(last), one.value);
    FanPanel {
        title: sketch.text(name(series.compared)),
        color: 0,
        bands: bands.drawn(),
        median: bands.median.clone(),
        observed: series.observed.iter().map(dot).collect(),
        capacities: Vec::new(),
    }
}

fn rows(series: &Series, bands: &Bands) -> Vec<Row> {
    let row = |(position, date): (usize, &Date)| {
        let mut row = row![series.compared.key(), date.to_string()];
        row.extend(bands.cells(position));
        let mut observed = series.observed.iter().rev();
        let seen = observed.find(|one| one.position == position);
        row.push(seen.map(|one| one.value).into());
        row
    };
    series.dates.iter().enumerate().map(row).collect()
}
