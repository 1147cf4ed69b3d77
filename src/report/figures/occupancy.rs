//! Occupancy: IC patients over the window, in total and with and without COVID, against the beds
//! that are there, agreed and staffed; under the baseline and the policy that displaces least.

use jiff::civil::Date;

use crate::chart::ChartError;
use crate::chart::fan::{self, Band, Capacity, Fan, FanPanel, PhaseSpan};
use crate::experiment::analysis::Series;
use crate::policy::plan::LnazFase;
use crate::report::cell::Cell;
use crate::report::column::{Column, POLICY};
use crate::report::figures::phrases::MEDIAN;
use crate::report::figures::{Figure, Plan, Sketch};
use crate::report::phrase::Phrase;
use crate::units::Day;

const PREDICTION_BANDS: Phrase = Phrase::new(
    "Bands: the share of winters that lie in them, day by day",
    "Banden: het deel van de winters dat erin ligt, per dag",
);
const OCCUPANCY_TITLE: Phrase = Phrase::new(
    "Under “{baseline}” the IC peaks at {patients} patients around {date}, with {staffed} staffed beds, in the median winter",
    "Onder “{baseline}” piekt de IC rond {date} op {patients} patiënten bij {staffed} bemenste bedden, in de mediane winter",
);
const OCCUPANCY_ABOUT: Phrase = Phrase::new(
    "IC patients and beds, national, each morning",
    "IC-patiënten en -bedden, landelijk, elke ochtend",
);
const PHYSICAL_BEDS: Phrase = Phrase::new("beds in place", "aanwezige bedden");
const AGREED_BEDS: Phrase = Phrase::new("agreed beds", "afgesproken bedden");
const STAFFED_BEDS: Phrase = Phrase::new("staffed beds", "bemenste bedden");

pub(crate) const PLAN: Plan = Plan {
    name: "occupancy",
    file: "figures/occupancy.csv",
    columns: &[
        POLICY,
        Column("series", "", "machine name of the series, as in daily.csv"),
        Column("date", "", "the day"),
        Column("median", "patients or beds", "value of the middle world"),
        Column(
            "pred50_low",
            "patients or beds",
            "lower end of the band of 50 % of the worlds",
        ),
        Column("pred50_high", "patients or beds", "upper end of it"),
        Column(
            "pred80_low",
            "patients or beds",
            "lower end of the band of 80 % of the worlds",
        ),
        Column("pred80_high", "patients or beds", "upper end of it"),
        Column(
            "pred95_low",
            "patients or beds",
            "lower end of the band of 95 % of the worlds",
        ),
        Column("pred95_high", "patients or beds", "upper end of it"),
    ],
    draw,
};

/// Tails of the bands, widest first, and their names.
const BANDS: [(f64, f64, &str); 3] = [
    (0.025, 0.975, "95 %"),
    (0.1, 0.9, "80 %"),
    (0.25, 0.75, "50 %"),
];

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
        Phrase::new("all IC patients", "alle IC-patiënten"),
    ),
];

fn draw(sketch: &Sketch<'_>) -> Result<Option<Figure>, ChartError> {
    let evidence = sketch.evidence;
    let frame = evidence.analysis.frame();
    let mut policies = vec![frame.baseline];
    policies.extend(evidence.least_displacing());
    let window = Window::of(sketch);
    let panels = policies
        .iter()
        .flat_map(|policy| PANELS.map(|(series, word)| window.panel(*policy, series, word)));
    let fan = Fan {
        words: sketch.words(window.title(), OCCUPANCY_ABOUT, PREDICTION_BANDS),
        panels: panels.collect(),
        band_names: BANDS.map(|(_, _, name)| name.to_owned()).to_vec(),
        median_name: sketch.say(MEDIAN, &[]),
        observed_name: String::new(),
        phases: window.phases(frame.baseline),
        dates: window.dates.clone(),
    };
    let rows = policies
        .iter()
        .flat_map(|policy| PANELS.iter().map(move |(series, _)| (*policy, *series)))
        .chain(policies.iter().map(|policy| (*policy, Series::StaffedBeds)))
        .flat_map(|(policy, series)| window.cells(policy, series))
        .collect();
    let svg = fan::draw(&fan, &sketch.theme)?;
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
        let study = sketch.evidence.analysis.frame().study();
        let days = (study.window_start().0..study.window_end().0).map(Day);
        Self {
            sketch,
            dates: days.clone().map(|day| study.date(day)).collect(),
            days: days.collect(),
        }
    }

    /// The `p` quantile over worlds, by day.
    fn quantile(&self, policy: usize, series: Series, p: f64) -> Vec<f64> {
        let analysis = &self.sketch.evidence.analysis;
        let value = |day: &Day| analysis.day(policy, *day, series).quantile(p);
        self.days
            .iter()
            .map(|day| value(day).unwrap_or_default() as f64)
            .collect()
    }

    fn panel(&self, policy: usize, series: Series, word: Phrase) -> FanPanel {
        let band = |(low, high, _): (f64, f64, &str)| Band {
            lower: self.quantile(policy, series, low),
            upper: self.quantile(policy, series, high),
        };
        let capacities = if series == Series::OccupiedIc {
            self.capacities(policy)
        } else {
            Vec::new()
        };
        FanPanel {
            title: format!(
                "{}: {}",
                self.sketch.label(policy),
                self.sketch.say(word, &[])
            ),
            color: policy,
            bands: BANDS.map(band).to_vec(),
            median: self.quantile(policy, series, 0.5),
            observed: Vec::new(),
            capacities,
        }
    }

    /// Beds that are there, that are agreed in the median phase, and that are staffed in the median
    /// world.
    fn capacities(&self, policy: usize) -> Vec<Capacity> {
        let frame = self.sketch.evidence.analysis.frame();
        let phases = self.phase(policy);
        let agreed = phases.iter().map(|phase| frame.agreed_beds[*phase]);
        let beds = [
            (
                PHYSICAL_BEDS,
                vec![f64::from(frame.physical_beds); self.days.len()],
            ),
            (AGREED_BEDS, agreed.map(f64::from).collect()),
            (
                STAFFED_BEDS,
                self.quantile(policy, Series::StaffedBeds, 0.5),
            ),
        ];
        let capacity = |(word, values)| Capacity {
            label: self.sketch.say(word, &[]),
            values,
        };
        beds.map(capacity).to_vec()
    }

    /// Position of the median phase, by day.
    fn phase(&self, policy: usize) -> Vec<usize> {
        let analysis = &self.sketch.evidence.analysis;
        let phase = |day: &Day| analysis.day(policy, *day, Series::Phase).quantile(0.5);
        self.days
            .iter()
            .map(|day| usize::try_from(phase(day).unwrap_or_default()).unwrap_or_default())
            .map(|phase| phase.min(LnazFase::ALL.len() - 1))
            .collect()
    }

    /// Runs of days with the same median phase.
    fn phases(&self, policy: usize) -> Vec<PhaseSpan> {
        let mut spans: Vec<PhaseSpan> = Vec::new();
        for (phase, date) in self.phase(policy).iter().zip(&self.dates) {
            let label = LnazFase::ALL[*phase].name();
            match spans.last_mut() {
                Some(span) if span.label == label => span.until = *date,
                last => {
                    if let Some(span) = last {
                        span.until = *date;
                    }
                    spans.push(PhaseSpan {
                        label: label.to_owned(),
                        from: *date,
                        until: *date,
                    });
                }
            }
        }
        spans
    }

    /// When the baseline's median is highest, and how many beds are staffed then.
    fn title(&self) -> String {
        let baseline = self.sketch.evidence.analysis.frame().baseline;
        let occupied = self.quantile(baseline, Series::OccupiedIc, 0.5);
        let staffed = self.quantile(baseline, Series::StaffedBeds, 0.5);
        let peak = (0..occupied.len()).fold(0, |peak, day| {
            if occupied[day] > occupied[peak] {
                day
            } else {
                peak
            }
        });
        let number = |value: f64| self.sketch.language.number(value, 0);
        let date = self.dates[peak];
        self.sketch.say(
            OCCUPANCY_TITLE,
            &[
                ("baseline", self.sketch.label(baseline)),
                ("patients", &number(occupied[peak])),
                ("date", &self.sketch.language.date(date)),
                ("staffed", &number(staffed[peak])),
            ],
        )
    }

    fn cells(&self, policy: usize, series: Series) -> Vec<Vec<Cell<'static>>> {
        let name = &self.sketch.evidence.analysis.frame().policies[policy].key;
        let mut columns = vec![self.quantile(policy, series, 0.5)];
        for (low, high, _) in BANDS.into_iter().rev() {
            columns.push(self.quantile(policy, series, low));
            columns.push(self.quantile(policy, series, high));
        }
        let row = |(day, date): (usize, &Date)| {
            let mut row = vec![
                Cell::from(name.clone()),
                series.key().into(),
                date.to_string().into(),
            ];
            row.extend(columns.iter().map(|values| Cell::from(values[day])));
            row
        };
        self.dates.iter().enumerate().map(row).collect()
    }
}
