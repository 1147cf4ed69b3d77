//! One compared series: worlds and observations on common dates.

use jiff::civil::Date;

use crate::backtest::compared::{Compared, Slot, monday};
use crate::experiment::{PolicyRecord, StudyFrame};
use crate::observed::Observed;
use crate::outcome::RegionalDays;
use crate::statistics::score::Ensemble;
use crate::units::{Day, RegionIdx};

/// Worlds and observations of one series in the window.
#[derive(Debug, Clone)]
pub struct Series {
    /// The quantity in the series.
    pub compared: Compared,
    /// The region; `None` is the country.
    pub region: Option<RegionIdx>,
    /// All days of the window, or the Mondays of its weeks.
    pub dates: Vec<Date>,
    /// What was observed in the window, ascending.
    pub observed: Vec<Observation>,
    /// Where the observations were published, as their file says.
    pub source: Option<String>,
    /// What was observed before the window, ascending.
    pub before: Vec<(Date, f64)>,
    slots: Vec<Slot>,
    /// By position in `dates`: one number per world, in the order in which worlds were added.
    worlds: Vec<Vec<f64>>,
}

/// A number that was observed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Observation {
    /// When.
    pub date: Date,
    /// Position of its day or week in [`Series::dates`].
    pub position: usize,
    /// What.
    pub value: f64,
}

impl Series {
    /// What was observed of the country.
    pub(super) fn national(compared: Compared, frame: &StudyFrame, observed: &Observed) -> Self {
        let all = compared.observed(observed);
        Self::new((compared, None), &all, frame, observed)
    }

    /// COVID patients in the ICUs of a region, as they were observed.
    pub(super) fn regional(region: RegionIdx, frame: &StudyFrame, observed: &Observed) -> Self {
        let key = &frame.regions[region.idx()].key;
        let all = Compared::CovidIc.observed_in(key, observed);
        Self::new((Compared::CovidIc, Some(region)), &all, frame, observed)
    }

    fn new(
        (compared, region): (Compared, Option<RegionIdx>),
        all: &[(Date, f64)],
        frame: &StudyFrame,
        observed: &Observed,
    ) -> Self {
        let study = frame.study();
        let slots = compared.slots(&study);
        let in_window = all.iter().filter_map(|(date, value)| {
            let slot = compared.slot(&study, *date)?;
            Some(Observation {
                date: *date,
                position: slots.iter().position(|own| *own == slot)?,
                value: *value,
            })
        });
        let in_window: Vec<Observation> = in_window.collect();
        let start = study.date(study.window_start());
        let before = all.iter().copied().take_while(|(date, _)| *date < start);
        Self {
            compared,
            region,
            dates: slots.iter().map(|slot| slot.date(&study)).collect(),
            source: observed
                .notes()
                .sources
                .get(&compared.observed_as())
                .cloned(),
            before: before.collect(),
            observed: in_window,
            worlds: vec![Vec::new(); slots.len()],
            slots,
        }
    }

    pub(super) fn add(&mut self, frame: &StudyFrame, record: &PolicyRecord) {
        for (slot, values) in self.slots.iter().zip(&mut self.worlds) {
            values.push(self.compared.simulated(frame, record, *slot));
        }
    }

    pub(super) fn add_region(&mut self, region: RegionIdx, days: &RegionalDays) {
        for (slot, values) in self.slots.iter().zip(&mut self.worlds) {
            let own = slot.days().map(|day| f64::from(days.get(Day(day), region)));
            values.push(own.sum());
        }
    }

    /// The last number that was known when a day began, whatever day dates a week.
    pub fn known_before(&self, day: Date) -> Option<f64> {
        let in_window = self.observed.iter().map(|one| (one.date, one.value));
        let all = self.before.iter().copied().chain(in_window);
        // A week is known when it is over.
        let is_known = |date: &Date| {
            if self.compared.is_weekly() {
                monday(*date) < monday(day)
            } else {
                *date < day
            }
        };
        let last = all.rev().find(|(date, _)| is_known(date));
        last.map(|(_, value)| value)
    }

    /// The simulated worlds at a position of [`Self::dates`].
    pub fn forecast(&self, position: usize) -> Ensemble {
        Ensemble::new(self.worlds[position].clone())
    }

    /// The number of one world at a position.
    pub fn world(&self, world: usize, position: usize) -> f64 {
        self.worlds[position][world]
    }

    /// Number of worlds.
    pub fn n_worlds(&self) -> usize {
        self.worlds.first().map_or(0, Vec::len)
    }
}
