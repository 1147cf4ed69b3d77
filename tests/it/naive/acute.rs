//! Acute patients without COVID.

use zorgdruk::outcome::{WeekMeasure, Word};

use super::{DISCHARGE, Due, Key, Naive, STEP_DOWN};

impl Naive<'_> {
    pub(super) fn due_of_acute(&self, p: usize) -> Option<(Key, Due)> {
        let patient = &self.acute[p];
        let (_, until) = patient.on_ic?;
        let (at, rank, due) = match (patient.blocked, patient.promised) {
            (Some(_), _) => return None,
            (None, Some(at)) => (at, STEP_DOWN, Due::AcuteStepDown),
            (None, None) => (until, DISCHARGE, Due::AcuteExit),
        };
        let subject = u32::try_from(p).expect("few patients");
        let key = (at.0, rank, self.world.acute[p].tie, due as u32, subject);
        Some((key, due))
    }

    pub(super) fn acute_arrives(&mut self, p: usize) {
        let record = self.world.acute[p];
        let h = record.hospital.idx();
        self.count_coming(h, WeekMeasure::AcuteAdmissions);
        if i64::from(record.substitution_mark) < self.cared_for_outside_ic(h) {
            self.count_coming(h, WeekMeasure::AcuteOutsideIc);
            self.tell(Word::AcuteOutsideIc, h, Some(p), 0);
            return;
        }
        let Some(place) = self.place_near(h) else {
            self.count(h, WeekMeasure::AcuteExported, 1);
            self.tell(Word::AcuteExported, h, Some(p), 0);
            return;
        };
        if self.free(place) == 0 {
            self.count_coming(place, WeekMeasure::AcuteInOverload);
        }
        self.acute[p].on_ic = Some((place, self.now + record.stay));
        self.tell(
            Word::AcuteAdmitted,
            place,
            Some(p),
            i64::from(record.stay.0),
        );
    }

    pub(super) fn acute_stay_ends(&mut self, p: usize) {
        let (h, _) = self.acute[p].on_ic.expect("on the IC");
        if self.ward_takes_one(h) {
            self.acute_leaves(p);
        } else {
            self.acute[p].blocked = Some(self.draw_ticket());
            self.count(h, WeekMeasure::OtherStepDownsBlocked, 1);
            self.tell(Word::AcuteStepDownBlocked, h, Some(p), 0);
        }
    }

    pub(super) fn acute_leaves(&mut self, p: usize) {
        self.acute[p].promised = None;
        if let Some((h, _)) = self.acute[p].on_ic.take() {
            self.tell(Word::AcuteLeft, h, Some(p), 0);
        }
    }

    /// Thousandths of acute patients who are cared for elsewhere at the pressure of this moment.
    fn cared_for_outside_ic(&self, h: usize) -> i64 {
        let demand = &self.model.acute;
        let from = i64::from(demand.substitution_from_permille);
        let full = i64::from(demand.substitution_full_permille);
        let above = (self.occupancy(self.region_of(h)) - from).max(0);
        let share = (above * 1_000 / (full - from).max(1)).min(1_000);
        i64::from(demand.substitutable_permille) * share / 1_000
    }
}
