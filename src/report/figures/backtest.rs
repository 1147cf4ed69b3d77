//! Observations on the simulated fan, one figure per scale.

use jiff::civil::Date;

use crate::backtest::regions::{HELD_SHARE, in_band, is_held};
use crate::backtest::{Compared, Findings, Observation, Series};
use crate::chart::ChartError;
use crate::chart::fan::{self, Fan, FanPanel};
use crate::chart::theme::Width;
use crate::report::backtest::region;
use crate::report::column::{Column, REGION};
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
        REGION,
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
const TITLE_REGIONS: Phrase = Phrase::new(
    "In {held} of {regions} {areas} at least {share}% of the observations lie where 80% of the simulated {seasons} do",
    "In {held} van {regions} {areas} ligt minstens {share}% van de waarnemingen waar 80% van de gesimuleerde {seasons} ligt",
);
const ABOUT: Phrase = Phrase::new(
    "Observed numbers on the simulated {seasons} under “{policy}”, national",
    "Waargenomen aantallen op de gesimuleerde {seasons} onder “{policy}”, landelijk",
);
const ABOUT_REGIONS: Phrase = Phrase::new(
    "{series} by {area}, observed and in the simulated {seasons} under “{policy}”",
    "{series} per {area}, waargenomen en in de gesimuleerde {seasons} onder “{policy}”",
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
    by_region: bool,
}

/// All figures.
pub(super) static PLOTS: [Plot; 11] = [
    Plot {
        name: "backtest-ic",
        file: "figures/backtest-ic.csv",
        series: &[Compared::CovidIc, Compared::OtherIc, Compared::OccupiedIc],
        by_region: false,
    },
    Plot {
        name: "backtest-regions",
        file: "figures/backtest-regions.csv",
        series: &[Compared::CovidIc],
        by_region: true,
    },
    Plot {
        name: "backtest-ward",
        file: "figures/backtest-ward.csv",
        series: &[Compared::CovidWard],
        by_region: false,
    },
    Plot {
        name: "backtest-ic-weeks",
        file: "figures/backtest-ic-weeks.csv",
        series: &[Compared::CovidIcWeek, Compared::OtherIcWeek],
        by_region: false,
    },
    Plot {
        name: "backtest-ward-weeks",
        file: "figures/backtest-ward-weeks.csv",
        series: &[Compared::CovidWardWeek],
        by_region: false,
    },
    Plot {
        name: "backtest-beds",
        file: "figures/backtest-beds.csv",
        series: &[Compared::StaffedBeds],
        by_region: false,
    },
    Plot {
        name: "backtest-admissions",
        file: "figures/backtest-admissions.csv",
        series: &[Compared::IcAdmissions],
        by_region: false,
    },
    Plot {
        name: "backtest-hospitals",
        file: "figures/backtest-hospitals.csv",
        series: &[Compared::HospitalsFailingNorm],
        by_region: false,
    },
    Plot {
        name: "backtest-moves",
        file: "figures/backtest-moves.csv",
        series: &[Compared::MovesBetweenRegions],
        by_region: false,
    },
    Plot {
        name: "backtest-stopped",
        file: "figures/backtest-stopped.csv",
        series: &[Compared::HospitalsStopped],
        by_region: false,
    },
    Plot {
        name: "backtest-operations",
        file: "figures/backtest-operations.csv",
        series: &[Compared::OperationsPercent],
        by_region: false,
    },
];

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
        let is_shown = |series: &&Series| {
            plot.series.contains(&series.compared) && plot.by_region == series.region.is_some()
        };
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
    let is_regional = shown[0].region.is_some();
    let about = if is_regional { ABOUT_REGIONS } else { ABOUT };
    let gaps = [
        ("policy", sketch.label(policy)),
        ("series", &sketch.text(name(shown[0].compared))),
    ];
    let about = sketch.say(about, &gaps);
    let title = if is_regional {
        title_of_regions(sketch, shown)
    } else {
        title(sketch, shown[0])
    };
    let bands: Vec<Bands> = shown.iter().map(|series| bands_of(series)).collect();
    let panels = shown.iter().zip(&bands);
    let fan = Fan {
        words: sketch.words(title, about, MARKS),
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
        .flat_map(|(series, bands)| rows(sketch, series, bands))
        .collect();
    let svg = fan::draw(&fan, sketch.theme())?;
    Ok(Figure { svg, rows })
}

fn bands_of(series: &Series) -> Bands {
    let n = series.dates.len();
    Bands::new(n, |position, p| series.forecast(position).quantile(p))
}

/// How many observations of a series lie in the band of 80 %.
fn title(sketch: &Sketch<'_>, series: &Series) -> String {
    let n = series.observed.len();
    let gaps = [
        ("inside", &*in_band(series).to_string()),
        ("n", &n.to_string()),
        ("series", &sketch.text(name(series.compared))),
    ];
    sketch.say(if n == 1 { TITLE_ONE } else { TITLE }, &gaps)
}

/// In how many regions the band of 80 % holds what was observed.
fn title_of_regions(sketch: &Sketch<'_>, all: &[&Series]) -> String {
    let held = all.iter().filter(|series| is_held(series)).count();
    let gaps = [
        ("held", &*held.to_string()),
        ("regions", &all.len().to_string()),
        ("share", &sketch.number(100.0 * HELD_SHARE, 0)),
    ];
    sketch.say(TITLE_REGIONS, &gaps)
}

fn panel(sketch: &Sketch<'_>, series: &Series, bands: &Bands) -> FanPanel {
    // An observation of the last week may be dated after the Monday at which the axis ends.
    let last = series.dates[series.dates.len() - 1];
    let dot = |one: &Observation| (one.date.min(last), one.value);
    FanPanel {
        title: series.region.map_or_else(
            || sketch.text(name(series.compared)),
            |region| {
                sketch
                    .region(&sketch.frame().regions[region.idx()])
                    .to_owned()
            },
        ),
        color: 0,
        bands: bands.drawn(),
        median: bands.median.clone(),
        observed: series.observed.iter().map(dot).collect(),
        capacities: Vec::new(),
    }
}

fn rows(sketch: &Sketch<'_>, series: &Series, bands: &Bands) -> Vec<Row> {
    let place = region(series.region, sketch.frame());
    let row = |(position, date): (usize, &Date)| {
        let mut row = row![series.compared.key(), place.to_owned(), date.to_string()];
        row.extend(bands.cells(position));
        let mut observed = series.observed.iter().rev();
        let seen = observed.find(|one| one.position == position);
        row.push(seen.map(|one| one.value).into());
        row
    };
    series.dates.iter().enumerate().map(row).collect()
}
