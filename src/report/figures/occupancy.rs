//! Occupancy: IC patients over the window, in total and with and without COVID, against the beds
//! that are there, agreed and staffed; under the baseline and the policy that displaces least.

use jiff::civil::Date;

use crate::chart::ChartError;
use crate::chart::fan::{self, Capacity, Fan, FanPanel, PhaseSpan};
use crate::experiment::analysis::Series;
use crate::report::column::{Column, POLICY};
use crate::report::figures::bands::{self, Bands};
use crate::report::figures::figure::{Figure, FigureKind, Row, row};
use crate::report::figures::sketch::{MEDIAN, Sketch};
use crate::report::mornings::{ABOUT, ALL_PATIENTS, MARKS, Mornings};
use crate::report::phrase::Phrase;

const SERIES: Column = Column("series", "", "machine name of the series, as in daily.csv");
const DATE: Column = Column("date", "", "the day");

pub(crate) const FIGURE: FigureKind = FigureKind {
    name: "occupancy",
    file: "figures/occupancy.csv",
    columns: &[&[POLICY, SERIES, DATE], &bands::columns("patients or beds")],
    draw,
};

/// The series of the panels with their headings. All patients stand last, where a row has room for the
/// names of its lines.
const PANELS: [(Series, Phrase); 3] = [
    (
        Series::CovidIc,
        Phrase::new("COVID patients", "COVID-patiënten"),
    ),
    (
        Series::OtherIc,
        Phrase::new("other patients", "andere patiënten"),
    ),
    (Series::OccupiedIc, ALL_PATIENTS),
];

fn draw(sketch: &Sketch<'_>) -> Result<Option<Figure>, ChartError> {
    let window = Window::of(sketch);
    let policies = sketch.shown();
    let panels = policies
        .iter()
        .flat_map(|policy| PANELS.map(|(series, name)| window.panel(*policy, series, name)));
    let wording = sketch.evidence.wording(sketch.language);
    let title = window.mornings.title(wording);
    let fan = Fan {
        words: sketch.words(title, sketch.text(ABOUT), MARKS),
        panels: panels.collect(),
        band_names: bands::names(),
        median_name: sketch.text(MEDIAN),
        observed_name: String::new(),
        phases: window.phases(sketch.baseline()),
        dates: window.mornings.dates.clone(),
    };
    let rows = policies
        .iter()
        .flat_map(|policy| PANELS.map(|(series, _)| (*policy, series)))
        .chain(policies.iter().map(|policy| (*policy, Series::StaffedBeds)))
        .flat_map(|(policy, series)| window.rows(policy, series))
        .collect();
    let svg = fan::draw(&fan, sketch.theme())?;
    Ok(Some(Figure { svg, rows }))
}

/// The days of the window.
struct Window<'a> {
    sketch: &'a Sketch<'a>,
    mornings: Mornings<'a>,
}

impl<'a> Window<'a> {
    fn of(sketch: &'a Sketch<'a>) -> Self {
        Self {
            sketch,
            mornings: Mornings::of(sketch.analysis()),
        }
    }

    fn bands(&self, policy: usize, series: Series) -> Bands {
        Bands::new(self.mornings.dates.len(), |day, p| {
            self.mornings.at(policy, series, day, p)
        })
    }

    fn panel(&self, policy: usize, series: Series, name: Phrase) -> FanPanel {
        let (label, name) = (self.sketch.label(policy), self.sketch.text(name));
        let bands = self.bands(policy, series);
        FanPanel {
            title: format!("{label}: {name}"),
            color: policy,
            bands: bands.drawn(),
            median: bands.median,
            observed: Vec::new(),
            capacities: match series {
                Series::OccupiedIc => self.capacities(policy),
                _ => Vec::new(),
            },
        }
    }

    fn capacities(&self, policy: usize) -> Vec<Capacity> {
        let capacity = |(name, values)| Capacity {
            label: self.sketch.text(name),
            values,
        };
        self.mornings.beds(policy).map(capacity).to_vec()
    }

    /// Runs of days with the same median phase.
    fn phases(&self, policy: usize) -> Vec<PhaseSpan> {
        let names = self.sketch.phases();
        let phases = self.mornings.phase(policy).into_iter();
        let days: Vec<(usize, Date)> = phases.zip(self.mornings.dates.clone()).collect();
        let runs: Vec<&[(usize, Date)]> = days.chunk_by(|one, next| one.0 == next.0).collect();
        let span = |(idx, run): (usize, &&[(usize, Date)])| PhaseSpan {
            label: names[run[0].0].to_owned(),
            from: run[0].1,
            until: runs
                .get(idx + 1)
                .map_or(run[run.len() - 1].1, |next| next[0].1),
        };
        runs.iter().enumerate().map(span).collect()
    }

    fn rows(&self, policy: usize, series: Series) -> Vec<Row> {
        let bands = self.bands(policy, series);
        let row = |(day, date): (usize, &Date)| {
            let mut row = row![self.sketch.key(policy), series.key(), date.to_string()];
            row.extend(bands.cells(day));
            row
        };
        self.mornings.dates.iter().enumerate().map(row).collect()
    }
}
