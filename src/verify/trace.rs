//! What happened in one replication, beside its outcome.

use core::ops::Range;
use std::collections::BTreeMap;

use crate::outcome::{Entry, Recorder, Word};
use crate::units::{MINUTES_PER_DAY, Minutes, SimTime, UrgencyClass};
use crate::world::World;

/// What happened in one replication, beside its outcome.
#[derive(Debug, Clone)]
pub(super) struct Trace {
    census: i64,
    /// By day: highest COVID IC census seen after an admission.
    peaks: Vec<i64>,
    /// By day: planned operations cancelled.
    cancelled: Vec<u32>,
    /// COVID patients in line for the ward after the IC.
    ward: Line,
    /// Planned patients in line for an operation, and the class of each patient.
    operation: Line,
    classes: Vec<UrgencyClass>,
}

/// The patients who waited in a line, from when until when.
#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    /// In the order of joining: who, from, until; the end of time for those still waiting.
    waits: Vec<(u32, SimTime, SimTime)>,
    /// By patient: position in `waits`.
    position: BTreeMap<u32, usize>,
}

impl Line {
    const STILL: SimTime = SimTime(u32::MAX);

    fn join(&mut self, who: u32, from: SimTime) {
        self.position.insert(who, self.waits.len());
        self.waits.push((who, from, Self::STILL));
    }

    fn leave(&mut self, who: u32, until: SimTime) {
        if let Some(at) = self.position.get(&who) {
            self.waits[*at].2 = until;
        }
    }

    /// Who waits after all events of `now`.
    pub(super) fn waiting(&self, now: SimTime) -> impl Iterator<Item = u32> {
        let is_waiting =
            move |(_, from, until): &&(u32, SimTime, SimTime)| *from <= now && *until > now;
        self.waits.iter().filter(is_waiting).map(|(who, ..)| *who)
    }

    /// Waits, in days, of those who joined in `days`.
    pub(super) fn waits(&self, days: Range<u16>) -> impl Iterator<Item = f64> {
        let joined = move |(_, from, _): &&(u32, SimTime, SimTime)| days.contains(&from.day().0);
        let wait = |(_, from, until): &(u32, SimTime, SimTime)| {
            f64::from(until.since(*from).0) / f64::from(MINUTES_PER_DAY)
        };
        self.waits.iter().filter(joined).map(wait)
    }
}

impl Trace {
    /// Nothing happened yet in `world`.
    pub(super) fn new(world: &World, n_days: usize) -> Self {
        Self {
            census: 0,
            peaks: vec![0; n_days],
            cancelled: vec![0; n_days],
            ward: Line::default(),
            operation: Line::default(),
            classes: world.planned.iter().map(|patient| patient.class).collect(),
        }
    }

    /// COVID patients in line for the ward after the IC.
    pub(super) const fn ward(&self) -> &Line {
        &self.ward
    }

    /// Planned patients of classes up to `last` who wait for an operation at `now`.
    pub(super) fn operations_waited_for(&self, last: UrgencyClass, now: SimTime) -> usize {
        let is_meant = |who: &u32| self.classes[*who as usize] <= last;
        self.operation.waiting(now).filter(is_meant).count()
    }

    /// Highest COVID IC census at any time of `days`, if there was an admission.
    pub(super) fn peak(&self, days: Range<usize>) -> i64 {
        self.peaks[days].iter().copied().max().unwrap_or(0)
    }

    /// Planned operations cancelled on `day`.
    pub(super) fn cancelled(&self, day: usize) -> u32 {
        self.cancelled[day]
    }
}

impl Recorder for Trace {
    const LISTENS: bool = true;

    fn record(&mut self, entry: Entry) {
        let (now, who) = (entry.time, entry.subject.unwrap_or(u32::MAX));
        let day = now.day().idx();
        match entry.what {
            Word::CovidIcAdmitted => {
                self.census += 1;
                self.peaks[day] = self.peaks[day].max(self.census);
                let stay = Minutes(u32::try_from(entry.value).unwrap_or(u32::MAX));
                self.ward.join(who, now + stay);
            }
            Word::CovidDied => self.census -= 1,
            Word::CovidSteppedDown => {
                self.census -= 1;
                self.ward.leave(who, now);
            }
            Word::PlannedIndicated => self.operation.join(who, now),
            Word::PlannedOperated => self.operation.leave(who, now),
            Word::PlannedDisrupted => self.cancelled[day] += 1,
            _ => {}
        }
    }
}
