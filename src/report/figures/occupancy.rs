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
use crate::report::phrase::Phrase;
use crate::units::Day;

const SERIES: Column = Column("series", "", "machine name of the series, as in daily.csv");
const DATE: Column = Column("date", "", "the day");

pub(crate) const FIGURE: FigureKind = FigureKind {
    name: "occupancy",
    file: "figures/occupancy.csv",
    columns: &[&[POLICY, SERIES, DATE], &bands::columns("patients or beds")],
    draw,
};

const TITLE: Phrase = Phrase::new(
    "Under “{baseline}” the ICU peaks at {patients} patients around {date}, with {staffed} staffed beds, in the median {season}",
    "In de middelste {season} ligt de IC onder “{baseline}” rond {date} het volst: {patients} patiënten, {staffed} bemenste bedden",
);
const ABOUT: Phrase = Phrase::new(
    "ICU patients and beds, national, each morning",
    "IC-patiënten en -bedden, landelijk, elke ochtend",
);
const MARKS: Phrase = Phrase::new(
    "Bands: the share of {seasons} that lie in them, day by day",
    "Banden: het deel van de {seasons} dat erin ligt, per dag",
);
const PHYSICAL_BEDS: Phrase = Phrase::new("beds with equipment", "bedden met apparatuur");
const AGREED_BEDS: Phrase = Phrase::new("beds agreed in the plan", "bedden volgens het plan");
const STAFFED_BEDS: Phrase = Phrase::new("staffed beds", "bemenste bedden");

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
    (
        Series::OccupiedIc,
        Phrase::new("all ICU patients", "alle IC-patiënten"),
    ),
];

fn draw(sketch: &Sketch<'_>) -> Result<Option<Figure>, ChartError> {
    let window = Window::of(sketch);
    let policies = sketch.shown();
    let panels = policies
        .iter()
        .flat_map(|policy| PANELS.map(|(series, name)| window.panel(*policy, series, name)));
    let fan = Fan {
        words: sketch.words(window.title(), sketch.text(ABOUT), MARKS),
        panels: panels.collect(),
        band_names: bands::names(),
        median_name: sketch.text(MEDIAN),
        observed_name: String::new(),
        phases: window.phases(sketch.baseline()),
        dates: window.dates.clone(),
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
    days: Vec<Day>,
    dates: Vec<Date>,
}

impl<'a> Window<'a> {
    fn of(sketch: &'a Sketch<'a>) -> Self {
        let study = sketch.frame().study();
        let days = (study.window_start().0..study.window_end().0).map(Day);
        Self {
            sketch,
            dates: days.clone().map(|day| study.date(day)).collect(),
            days: days.collect(),
        }
    }

    fn bands(&self, policy: usize, series: Series) -> Bands {
        Bands::new(self.days.len(), |day, p| {
            let worlds = self.sketch.analysis().day(policy, self.days[day], series);
            worlds.quantile(p).unwrap_or_default() as f64
        })
    }

    /// The median over worlds, by day.
    fn median(&self, policy: usize, series: Series) -> Vec<f64> {
        let worlds = |day: &Day| self.sketch.analysis().day(policy, *day, series);
        let median = |day| worlds(day).quantile(0.5).unwrap_or_default() as f64;
        self.days.iter().map(median).collect()
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

    /// Beds that are there, that are agreed in the median phase, and that are staffed in the median
    /// world.
    fn capacities(&self, policy: usize) -> Vec<Capacity> {
        let frame = self.sketch.frame();
        let phases = self.phase(policy).into_iter();
        let agreed = phases.map(|phase| f64::from(frame.agreed_beds[phase]));
        let physical = vec![f64::from(frame.physical_beds); self.days.len()];
        let beds = [
            (PHYSICAL_BEDS, physical),
            (AGREED_BEDS, agreed.collect()),
            (STAFFED_BEDS, self.median(policy, Series::StaffedBeds)),
        ];
        let capacity = |(name, values)| Capacity {
            label: self.sketch.text(name),
            values,
        };
        beds.map(capacity).to_vec()
    }

    /// Position of the median phase, by day.
    fn phase(&self, policy: usize) -> Vec<usize> {
        let last = self.sketch.phases().len() - 1;
        let worlds = |day: &Day| self.sketch.analysis().day(policy, *day, Series::Phase);
        let phase = |day| usize::try_from(worlds(day).quantile(0.5).unwrap_or_default());
        let days = self.days.iter();
        days.map(|day| phase(day).unwrap_or_default().min(last))
            .collect()
    }

    /// Runs of days with the same median phase.
    fn phases(&self, policy: usize) -> Vec<PhaseSpan> {
        let names = self.sketch.phases();
        let days: Vec<(usize, Date)> = self
            .phase(policy)
            .into_iter()
            .zip(self.dates.clone())
            .collect();
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

    /// When the baseline's median is highest, and how many beds are staffed then.
    fn title(&self) -> String {
        let baseline = self.sketch.baseline();
        let occupied = self.median(baseline, Series::OccupiedIc);
        let staffed = self.median(baseline, Series::StaffedBeds);
        // The first of equal days.
        let days = (0..occupied.len()).rev();
        let peak = days
            .max_by(|a, b| occupied[*a].total_cmp(&occupied[*b]))
            .unwrap_or(0);
        let gaps = [
            ("baseline", self.sketch.label(baseline)),
            ("patients", &self.sketch.number(occupied[peak], 0)),
            ("date", &self.sketch.language.date(self.dates[peak])),
            ("staffed", &self.sketch.number(staffed[peak], 0)),
        ];
        self.sketch.say(TITLE, &gaps)
    }

    fn rows(&self, policy: usize, series: Series) -> Vec<Row> {
        let bands = self.bands(policy, series);
        let row = |(day, date): (usize, &Date)| {
            let mut row = row![self.sketch.key(policy), series.key(), date.to_string()];
            row.extend(bands.cells(day));
            row
        };
        self.dates.iter().enumerate().map(row).collect()
    }
}
