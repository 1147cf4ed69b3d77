//! Where and when class 3 patients became displaced.

use serde::{Deserialize, Serialize};

use crate::model::Model;
use crate::outcome::Outcome;
use crate::units::{RegionIdx, UrgencyClass};
use crate::world::World;

/// Class 3 patients who became displaced, by region and study week: on the day after their norm
/// passed, or on the day on which their wait was lost.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct WeeklyDisplacement {
    counts: Vec<u32>,
    n_weeks: usize,
}

impl WeeklyDisplacement {
    /// All zero.
    pub fn new(n_regions: usize, n_weeks: usize) -> Self {
        Self {
            counts: vec![0; n_regions * n_weeks],
            n_weeks,
        }
    }

    /// Those of an outcome, beside its twin without the wave.
    pub(crate) fn of(model: &Model, world: &World, outcome: &Outcome, twin: &Outcome) -> Self {
        let mut displaced = Self::new(model.regions.len(), model.study.n_weeks());
        let both = outcome.planned.iter().zip(&twin.planned);
        for (patient, (own, twin)) in world.planned.iter().zip(both) {
            if patient.class == UrgencyClass::KritiekPlanbareZorg
                && own.status.is_displaced(twin.status)
            {
                let lost = own.resolved.filter(|_| own.status.is_lost());
                let day = lost.unwrap_or(patient.due.plus(1));
                displaced.add(patient.region, model.study.week(day));
            }
        }
        displaced
    }

    /// Counts one patient; norms that pass after the last week are not counted.
    pub fn add(&mut self, region: RegionIdx, week: usize) {
        if week < self.n_weeks {
            self.counts[region.idx() * self.n_weeks + week] += 1;
        }
    }

    /// Patients of a region in a week.
    pub fn get(&self, region: usize, week: usize) -> u32 {
        self.counts[region * self.n_weeks + week]
    }

    /// Number of weeks.
    pub const fn n_weeks(&self) -> usize {
        self.n_weeks
    }

    /// Whether there are counts for exactly so many regions and weeks.
    pub(crate) fn fits(&self, n_regions: usize, n_weeks: usize) -> bool {
        self.n_weeks == n_weeks && self.counts.len() == n_regions * n_weeks
    }
}
