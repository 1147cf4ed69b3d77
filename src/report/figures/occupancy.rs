//! Occupancy: all ICU patients over the window, against the beds that are there, agreed and staffed, and what was
//! observed where there is a record; a panel for the baseline and for the policy beside it.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::chart::ChartError;
use crate::chart::fan::{self, Capacity, Fan, FanPanel, PhaseSpan};
use crate::experiment::analysis::Series;
use crate::observed::record_of;
use crate::report::column::{Column, POLICY};
use crate::report::figures::bands::{self, Bands};
use crate::report::figures::figure::{Drawing, Figure, FigureKind, Row, row};
use crate::report::figures::sketch::{MEDIAN, Sketch};
use crate::report::mornings::{ABOUT, MARKS, Mornings};
use crate::report::phrase::Phrase;

const SERIES: Column = Column("series", "", "machine name of the series, as in daily.csv");
const DATE: Column = Column("date", "", "the day");
const OBSERVED: Column = Column(
    "observed",
    "patients",
    "what was observed in the week of which this is the middle, where there is a record",
);

pub(crate) const FIGURE: FigureKind = FigureKind {
    name: "occupancy",
    heading: Phrase::new("ICU patients and beds", "IC-patiënten en -bedden"),
    file: "figures/occupancy.csv",
    columns: &[
        &[POLICY, SERIES, DATE],
        &bands::columns("patients or beds"),
        &[OBSERVED],
    ],
    draw,
};

const RECORDED: Phrase = Phrase::new(
    "observed, mean of the week",
    "waargenomen, gemiddelde van de week",
);
/// From a Monday to the middle of its week, in days.
const MIDDLE_OF_WEEK: i64 = 3;

fn draw(sketch: &Sketch<'_>) -> Result<Drawing, ChartError> {
    let window = Window::of(sketch);
    let policies = sketch.shown();
    let observed = window.observed();
    let panels = policies
        .iter()
        .map(|policy| window.panel(*policy, observed.clone()));
    let wording = sketch.evidence.wording(sketch.language);
    let title = window.mornings.title(wording);
    let fan = Fan {
        words: sketch.words(title, sketch.text(ABOUT), MARKS),
        panels: panels.collect(),
        band_names: bands::names(),
        median_name: sketch.text(MEDIAN),
        observed_name: sketch.text(RECORDED),
        is_wide: true,
        phases: window.phases(sketch.baseline()),
        dates: window.mornings.dates.clone(),
    };
    let series = [Series::OccupiedIc, Series::StaffedBeds];
    let rows = policies
        .iter()
        .flat_map(|policy| series.map(|series| (*policy, series)))
        .flat_map(|(policy, series)| window.rows(policy, series, &observed))
        .collect();
    let svg = fan::draw(&fan, sketch.theme())?;
    Ok(Ok(Figure { svg, rows }))
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

    /// What was observed of the scenario inside the window, in the middle of each week.
    fn observed(&self) -> Vec<(Date, f64)> {
        let frame = self.sketch.frame();
        let regions: Vec<&str> = (frame.regions.iter())
            .map(|region| region.key.as_str())
            .collect();
        let Some(record) = record_of(&frame.scenario, &regions) else {
            return Vec::new();
        };
        let weeks = record.occupied_weeks();
        let middles = weeks.map(|(monday, n)| (monday.saturating_add(MIDDLE_OF_WEEK.days()), n));
        middles
            .filter(|(date, _)| self.mornings.dates.contains(date))
            .collect()
    }

    fn panel(&self, policy: usize, observed: Vec<(Date, f64)>) -> FanPanel {
        let bands = self.bands(policy, Series::OccupiedIc);
        FanPanel {
            title: self.sketch.label(policy).to_owned(),
            color: policy,
            bands: bands.drawn(),
            median: bands.median,
            observed,
            capacities: self.capacities(policy),
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

    fn rows(&self, policy: usize, series: Series, observed: &[(Date, f64)]) -> Vec<Row> {
        let bands = self.bands(policy, series);
        let seen = |date: &Date| {
            let mut observed = observed.iter();
            let seen = observed.find(|(day, _)| day == date);
            seen.filter(|_| series == Series::OccupiedIc)
        };
        let row = |(day, date): (usize, &Date)| {
            let mut row = row![self.sketch.key(policy), series.key(), date.to_string()];
            row.extend(bands.cells(day));
            row.push(seen(date).map(|(_, n)| *n).into());
            row
        };
        self.mornings.dates.iter().enumerate().map(row).collect()
    }
}
