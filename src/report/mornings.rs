//! What is counted in the country each morning of the window, over worlds: patients and beds. Figures and pages
//! say it in the same words.

use jiff::civil::Date;

use crate::experiment::Analysis;
use crate::experiment::analysis::Series;
use crate::report::phrase::{Phrase, phrases};
use crate::report::wording::Wording;
use crate::units::Day;

phrases! {
    TITLE =
        "Under “{baseline}” ICUs are fullest around {date}: {patients} patients for {staffed} staffed beds (medians)",
        "Onder “{baseline}” liggen de IC's rond {date} het volst: {patients} patiënten op {staffed} bemenste bedden (medianen)";
    pub(super) ABOUT =
        "All ICU patients and beds, national, each morning",
        "Alle IC-patiënten en IC-bedden, landelijk, elke ochtend";
    pub(super) MARKS =
        "Bands: the share of {seasons} that lie in them, day by day",
        "Banden: het deel van de {seasons} dat erin ligt, per dag";
    pub(super) PHYSICAL_BEDS = "beds with equipment", "bedden met apparatuur";
    pub(super) AGREED_BEDS = "beds agreed in the plan", "bedden volgens het plan";
    pub(super) STAFFED_BEDS = "staffed beds", "bemenste bedden";
    pub(super) ALL_PATIENTS = "all ICU patients", "alle IC-patiënten";
}

/// The mornings of the window.
pub(crate) struct Mornings<'a> {
    analysis: &'a Analysis,
    days: Vec<Day>,
    /// Their dates.
    pub(crate) dates: Vec<Date>,
}

impl<'a> Mornings<'a> {
    pub(crate) fn of(analysis: &'a Analysis) -> Self {
        let study = analysis.frame().study();
        let days = (study.window_start().0..study.window_end().0).map(Day);
        Self {
            analysis,
            dates: days.clone().map(|day| study.date(day)).collect(),
            days: days.collect(),
        }
    }

    /// The value of a series that a part `p` of the worlds does not exceed, on one morning.
    pub(crate) fn at(&self, policy: usize, series: Series, morning: usize, p: f64) -> f64 {
        let worlds = self.analysis.day(policy, self.days[morning], series);
        worlds.quantile(p).unwrap_or_default() as f64
    }

    /// The same on every morning.
    pub(crate) fn quantile(&self, policy: usize, series: Series, p: f64) -> Vec<f64> {
        let mornings = 0..self.days.len();
        mornings
            .map(|morning| self.at(policy, series, morning, p))
            .collect()
    }

    /// Position of the median phase, by morning.
    pub(crate) fn phase(&self, policy: usize) -> Vec<usize> {
        let last = self.analysis.frame().phases.len() - 1;
        let worlds = |day: &Day| self.analysis.day(policy, *day, Series::Phase);
        let phase = |day| usize::try_from(worlds(day).quantile(0.5).unwrap_or_default());
        let days = self.days.iter();
        days.map(|day| phase(day).unwrap_or_default().min(last))
            .collect()
    }

    /// Beds that are there, that are agreed in the median phase, and that are staffed in the median world.
    pub(crate) fn beds(&self, policy: usize) -> [(Phrase, Vec<f64>); 3] {
        let frame = self.analysis.frame();
        let phases = self.phase(policy).into_iter();
        let agreed = phases.map(|phase| f64::from(frame.agreed_beds[phase]));
        [
            (
                PHYSICAL_BEDS,
                vec![f64::from(frame.physical_beds); self.days.len()],
            ),
            (AGREED_BEDS, agreed.collect()),
            (
                STAFFED_BEDS,
                self.quantile(policy, Series::StaffedBeds, 0.5),
            ),
        ]
    }

    /// When the baseline's median is highest, and how many beds are staffed then.
    pub(crate) fn title(&self, wording: Wording<'_>) -> String {
        let (frame, language) = (self.analysis.frame(), wording.language);
        let occupied = self.quantile(frame.baseline, Series::OccupiedIc, 0.5);
        // The first of equal days.
        let mornings = (0..occupied.len()).rev();
        let peak = mornings
            .max_by(|a, b| occupied[*a].total_cmp(&occupied[*b]))
            .unwrap_or(0);
        let staffed = self.at(frame.baseline, Series::StaffedBeds, peak, 0.5);
        let gaps = [
            (
                "baseline",
                language.name(&frame.policies[frame.baseline].label),
            ),
            ("patients", &language.number(occupied[peak], 0)),
            ("date", &language.date(self.dates[peak])),
            ("staffed", &language.number(staffed, 0)),
        ];
        wording.say(TITLE, &gaps)
    }
}
