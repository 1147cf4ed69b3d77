//! Places in the operating program, and patients who get one in another hospital.

use zorgdruk::outcome::{WeekMeasure, Word};
use zorgdruk::policy::agreement::{Protection, Visibility};
use zorgdruk::policy::sentence::Sentence;
use zorgdruk::units::{Day, RegionIdx, UrgencyClass};

use super::Naive;

impl Naive<'_> {
    /// Places in the program of `h` on a day, and how many of these are not for everyone: held for
    /// class 2, or without a bed that is expected.
    fn places(&self, h: usize, ahead: u16) -> (i64, i64) {
        let planned = &self.model.planned;
        let day = self.today().plus(ahead);
        if day.0 % 7 >= 5 || ahead > planned.planning_lead_days {
            return (0, 0);
        }
        let slots = self.slots(h, day);
        let taken = super::length(self.dated(h, |other| other == day).into_iter());
        let held = i64::from(self.tables.hospitals[h].held_ahead[usize::from(ahead)]);
        let expected = self.hospitals[h].expected_beds.get(usize::from(ahead) - 1);
        let without_bed = expected.map_or(0, |beds| (slots - beds).max(0));
        ((slots - taken).max(0), held.max(without_bed))
    }

    /// Places on a weekday: those of its week up to and with it, less those before it, both rounded
    /// when a part of the program is left out.
    pub(super) fn slots(&self, h: usize, day: Day) -> i64 {
        let slots = &self.model.hospitals[h].ic_slots;
        let weeks = &self.model.sessions.program_by_week;
        let runs = weeks
            .get(usize::from(day.0 / 7))
            .map_or(1_000, |part| i64::from(part.0));
        let (mut all, mut before) = (0, 0);
        for places in &slots[..=usize::from(day.0 % 7)] {
            before = (all * runs + 500) / 1_000;
            all += i64::from(*places);
        }
        (all * runs + 500) / 1_000 - before
    }

    /// The first day on which `h` has a place for patient `p`.
    pub(super) fn first_open_day(&self, h: usize, p: usize) -> Option<Day> {
        let record = self.as_now(p);
        let is_semi_acute = record.class == UrgencyClass::SemiAcute;
        let notice = if is_semi_acute {
            1
        } else {
            self.model.planned.shortest_notice_days
        };
        let from = record.ready.0.saturating_sub(self.today().0).max(notice);
        let is_open = |ahead: &u16| {
            let (free, held) = self.places(h, *ahead);
            free > 0 && (is_semi_acute || free > held)
        };
        let ahead = (from..=self.model.planned.planning_lead_days).find(is_open)?;
        Some(self.today().plus(ahead))
    }

    fn has_place_for_all(&self, h: usize) -> bool {
        (1..=self.model.planned.planning_lead_days).any(|ahead| {
            let (free, held) = self.places(h, ahead);
            free > held
        })
    }

    /// Class 3 patients without a date may go where there is a place.
    pub(super) fn relocate_planned(&mut self) {
        let rules = self.rules();
        let mediates = self.policy.mediation.is_some() && rules.supplement(Sentence::A42);
        let shows = self.policy.visibility != Visibility::None && rules.supplement(Sentence::A30);
        for h in 0..self.hospitals.len() {
            let pools = shows && self.is_pooled(h);
            if !(pools || mediates) {
                continue;
            }
            for p in self.waiting(h) {
                if self.as_now(p).class == UrgencyClass::KritiekPlanbareZorg {
                    self.offer_elsewhere(h, p, (pools, mediates));
                }
            }
        }
    }

    fn is_pooled(&self, h: usize) -> bool {
        let r = self.region_of(h);
        let how = self.policy.protection_in(RegionIdx::at(r));
        let is_in_force = self.rules().supplement(Sentence::A28);
        how == Protection::PooledList && is_in_force && self.has_agreed(r)
    }

    fn offer_elsewhere(&mut self, h: usize, p: usize, (pools, mediates): (bool, bool)) {
        let record = self.as_now(p);
        let planned = &self.model.planned;
        let today = self.today().0;
        let horizon = today + planned.planning_lead_days;
        if h != record.hospital.idx() || record.ready.0 > horizon {
            return;
        }
        let by_list = pools && record.due.0 <= horizon + planned.offer_days_before_norm;
        let above_norm = self.policy.mediation.filter(|_| mediates);
        let wait = self.hospitals[h].published.wait_days();
        let by_mediation = above_norm
            .is_some_and(|mediation| today + wait > record.due.0 + mediation.above_norm_days);
        let Some(to) = self.nearest_with_place(h, p, (by_list, by_mediation)) else {
            return;
        };
        if !self.accepts(p, to, mediates) {
            return;
        }
        if let Some(day) = self.first_open_day(to, p) {
            let is_near = self.region_of(to) == record.region.idx();
            let rule = if by_list && is_near {
                Sentence::A28
            } else {
                Sentence::A42
            };
            let who = i64::try_from(p).expect("few patients");
            self.decided_in_hospital(Word::OfferedElsewhere, rule, to, who);
            self.count(
                h,
                WeekMeasure::MediatedClass3,
                (rule == Sentence::A42).into(),
            );
            self.relocate(p, to, day);
        }
    }

    /// The nearest other hospital that performs the operation, has a place and a shorter wait.
    fn nearest_with_place(
        &self,
        h: usize,
        p: usize,
        (by_list, by_mediation): (bool, bool),
    ) -> Option<usize> {
        let record = self.as_now(p);
        let wait = |h: usize| self.hospitals[h].published.wait_days();
        let is_far = |to: usize| self.region_of(to) != record.region.idx();
        let distance = |to: usize| {
            let region = self.model.hospitals[to].region;
            self.tables.distance(record.region, region)
        };
        (0..self.hospitals.len())
            .filter(|to| *to != h)
            .filter(|to| by_mediation || (by_list && !is_far(*to)))
            .filter(|to| (self.tables.hospitals[*to].performs >> record.specialty) % 2 == 1)
            .filter(|to| wait(*to) < wait(h))
            .filter(|to| self.stream_has_time(*to, p))
            .filter(|to| self.has_place_for_all(*to))
            .min_by_key(|to| (is_far(*to), distance(*to), wait(*to), *to))
    }

    fn accepts(&self, p: usize, to: usize, mediates: bool) -> bool {
        let record = self.as_now(p);
        let region = self.model.hospitals[to].region;
        let distance = u32::from(self.tables.distance(record.region, region));
        let mediation = self.policy.mediation.filter(|_| mediates);
        mediation.is_none_or(|mediation| {
            let loss = mediation.loss_per_tile.0 * distance;
            u32::from(record.mediation_mark) < mediation.acceptance.0.saturating_sub(loss)
        })
    }
}
