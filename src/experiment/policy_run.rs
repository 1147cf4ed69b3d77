//! One policy in one world as measures see it: the outcome beside the twin without the wave.

use core::ops::Range;

use crate::experiment::cohort::{COHORTS, CohortPatient, cohort};
use crate::experiment::displacement::WeeklyDisplacement;
use crate::model::Model;
use crate::outcome::{DayMeasure, Outcome, WeekMeasure};
use crate::units::{Day, RegionIdx, UrgencyClass};
use crate::world::World;

/// What measures are computed from. Counts by week and day are those of the evaluation window.
#[derive(Debug)]
pub(crate) struct PolicyRun<'a> {
    model: &'a Model,
    outcome: &'a Outcome,
    /// Class 3 patients of the cohort.
    critical: Vec<CohortPatient>,
    /// Patients of the cohort of all other classes.
    others: Vec<CohortPatient>,
    displaced: WeeklyDisplacement,
}

impl<'a> PolicyRun<'a> {
    /// One outcome and its twin, both of the same world.
    pub(crate) fn new(
        model: &'a Model,
        world: &'a World,
        outcome: &'a Outcome,
        twin: &'a Outcome,
    ) -> Self {
        let (critical, others) = cohort(model, world, outcome, twin)
            .partition(|patient| patient.class() == UrgencyClass::KritiekPlanbareZorg);
        Self {
            model,
            outcome,
            critical,
            others,
            displaced: WeeklyDisplacement::of(model, world, outcome, twin),
        }
    }

    /// Class 3 patients of the cohort of whom something is true.
    pub(crate) fn count(&self, is: impl Fn(&CohortPatient) -> bool) -> i64 {
        self.sum(|patient| i64::from(is(patient)))
    }

    /// Sum over the class 3 patients of the cohort.
    pub(crate) fn sum(&self, of: impl Fn(&CohortPatient) -> i64) -> i64 {
        self.critical.iter().map(of).sum()
    }

    /// Patients of the cohort of other classes than class 3 of whom something is true.
    pub(crate) fn count_others(
        &self,
        classes: &[UrgencyClass],
        is: impl Fn(&CohortPatient) -> bool,
    ) -> i64 {
        let counts = |patient: &CohortPatient| classes.contains(&patient.class()) && is(patient);
        let n = |patient| i64::from(counts(patient));
        self.others.iter().map(n).sum()
    }

    /// Class 3 patients of the cohort by part of the window and whole days of waiting; those whose
    /// wait was lost are left out.
    pub(crate) fn waits(&self) -> [Vec<u32>; COHORTS] {
        let mut waits: [Vec<u32>; COHORTS] = Default::default();
        for patient in &self.critical {
            let Some(days) = patient.days_waited() else {
                continue;
            };
            let waits = &mut waits[patient.part_of_window(self.model)];
            let days = usize::try_from(days).unwrap_or(0);
            if waits.len() <= days {
                waits.resize(days + 1, 0);
            }
            waits[days] += 1;
        }
        waits
    }

    /// Class 3 patients who became displaced, of the cohort or not.
    pub(crate) fn into_displaced(self) -> WeeklyDisplacement {
        self.displaced
    }

    /// Sum of a count over regions and weeks.
    pub(crate) fn total(&self, measure: WeekMeasure) -> i64 {
        self.outcome.weeks.total(self.weeks(), measure)
    }

    /// Region-weeks in which a count is above zero.
    pub(crate) fn region_weeks(&self, measure: WeekMeasure) -> i64 {
        let regions = (0..self.model.regions.len()).map(RegionIdx::at);
        let weeks = |region| self.weeks().map(move |week| (region, week));
        let counts = regions.flat_map(weeks);
        let is_above_zero =
            |(region, week)| i64::from(self.outcome.weeks.get(region, week, measure) > 0);
        counts.map(is_above_zero).sum()
    }

    /// Region-weeks in which a class 3 patient became displaced.
    pub(crate) fn displaced_region_weeks(&self) -> i64 {
        self.runs_of_displacement()
            .filter(|run| *run > 0)
            .fold(0, |n, _| n + 1)
    }

    /// Longest run of consecutive weeks with displacement in one region.
    pub(crate) fn longest_run(&self) -> i64 {
        self.runs_of_displacement().max().unwrap_or(0)
    }

    /// By region and week: consecutive weeks with displacement up to and with it.
    fn runs_of_displacement(&self) -> impl Iterator<Item = i64> {
        (0..self.model.regions.len()).flat_map(move |region| {
            self.weeks().scan(0, move |run, week| {
                let is_displaced = self.displaced.get(region, week) > 0;
                *run = if is_displaced { *run + 1 } else { 0 };
                Some(*run)
            })
        })
    }

    /// Class 4 and 5 activity relative to normal, in thousandths, in the region with most less that in
    /// the region with least; summed over weeks (A20).
    pub(crate) fn activity_spread(&self) -> i64 {
        let spread = |week| {
            let activity = (0..self.model.regions.len()).map(|region| self.activity(region, week));
            let (least, most) = activity.fold((i64::MAX, 0), |(least, most), activity| {
                (least.min(activity), most.max(activity))
            });
            (most - least).max(0)
        };
        self.weeks().map(spread).sum()
    }

    fn activity(&self, region: usize, week: usize) -> i64 {
        let count = |measure| self.outcome.weeks.get(RegionIdx::at(region), week, measure);
        let done = count(WeekMeasure::OperationsClass4) + count(WeekMeasure::OperationsClass5);
        let normal =
            count(WeekMeasure::NormalOperationsClass4) + count(WeekMeasure::NormalOperationsClass5);
        done * 1_000 / normal.max(1)
    }

    /// Days on which something is true of a number of the nation.
    pub(crate) fn days(&self, measure: DayMeasure, is: impl Fn(u32) -> bool) -> i64 {
        self.by_day(&[measure]).map(|n| i64::from(is(n))).sum()
    }

    /// Days in the phase at `position` of the plan, unless it is one of the two heaviest.
    pub(crate) fn days_in_lighter_phase(&self, position: u32) -> i64 {
        let is_light = self.heavy_phase(1).is_none_or(|heavy| position < heavy);
        self.days(DayMeasure::Phase, |phase| is_light && phase == position)
    }

    /// Days in the phase that is `below` the heaviest by so many.
    pub(crate) fn days_in_heavy_phase(&self, below: u32) -> i64 {
        let heavy = self.heavy_phase(below);
        self.days(DayMeasure::Phase, |phase| Some(phase) == heavy)
    }

    /// Days before the first in the phase that is `below` the heaviest by so many, or in a heavier one.
    pub(crate) fn days_before_heavy_phase(&self, below: u32) -> i64 {
        let heavy = self.heavy_phase(below);
        self.days_before(DayMeasure::Phase, |phase| {
            heavy.is_some_and(|heavy| phase >= heavy)
        })
    }

    /// Position of the phase that is `below` the heaviest by so many; none where the plan has too few.
    fn heavy_phase(&self, below: u32) -> Option<u32> {
        u32::from(self.model.phases.heaviest().0).checked_sub(below)
    }

    /// Days before the first on which something is true of a number of the nation; all days when there
    /// is none.
    pub(crate) fn days_before(&self, measure: DayMeasure, is: impl Fn(u32) -> bool) -> i64 {
        let measures = [measure];
        let days = self.by_day(&measures);
        days.take_while(|n| !is(*n)).fold(0, |n, _| n + 1)
    }

    /// The highest sum of numbers of the nation on one day.
    pub(crate) fn peak(&self, measures: &[DayMeasure]) -> i64 {
        i64::from(self.by_day(measures).max().unwrap_or(0))
    }

    fn by_day(&self, measures: &[DayMeasure]) -> impl Iterator<Item = u32> {
        let study = &self.model.study;
        (study.window_start().0..study.window_end().0).map(move |day| {
            let get = |measure: &DayMeasure| self.outcome.days.get(Day(day), *measure);
            measures.iter().map(get).sum()
        })
    }

    /// The outcome.
    pub(crate) const fn outcome(&self) -> &Outcome {
        self.outcome
    }

    fn weeks(&self) -> Range<usize> {
        let study = &self.model.study;
        study.week(study.window_start())..study.week(study.window_end())
    }
}
