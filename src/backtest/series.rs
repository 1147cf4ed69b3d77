//! One compared series: worlds and observations on common dates.

use jiff::civil::Date;

use crate::backtest::compared::{Compared, Slot};
use crate::experiment::{PolicyRecord, StudyFrame};
use crate::observed::Observed;
use crate::statistics::score::Ensemble;

/// Worlds and observations of one series in the window.
#[derive(Debug, Clone)]
pub struct Series {
    /// The quantity in the series.
    pub compared: Compared,
    /// All days of the window, or the Mondays of its weeks.
    pub dates: Vec<Date>,
    /// What was observed in the window, ascending.
    pub observed: Vec<Observation>,
    /// The last number observed up to the first day of the window, or else the first one in it.
    pub last_value: f64,
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
    pub(super) fn new(compared: Compared, frame: &StudyFrame, observed: &Observed) -> Self {
        let study = frame.study();
        let slots = compared.slots(&study);
        let all = compared.observed(observed);
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
        let before = all.iter().rev().find(|(date, _)| *date <= start);
        let first = in_window.first().map(|first| first.value);
        Self {
            compared,
            dates: slots.iter().map(|slot| slot.date(&study)).collect(),
            last_value: before
                .map(|(_, value)| *value)
                .or(first)
                .unwrap_or(f64::NAN),
            observed: in_window,
            worlds: vec![Vec::new(); slots.len()],
            slots,
        }
    }

    pub(super) fn add(&mut self, record: &PolicyRecord) {
        for (slot, values) in self.slots.iter().zip(&mut self.worlds) {
            values.push(self.compared.simulated(record, *slot));
        }
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
