//! What is counted, and what is told.

use zorgdruk::outcome::{Entry, Lack, WeekMeasure, Word};
use zorgdruk::policy::sentence::Sentence;
use zorgdruk::units::{HospitalIdx, RegionIdx, SimTime};

use super::Naive;

impl Naive<'_> {
    /// Counts someone who comes in. Who is there when the study begins enters at its first minute,
    /// and comes in no more.
    pub(super) fn count_coming(&mut self, h: usize, measure: WeekMeasure) {
        self.count(h, measure, i64::from(self.is_past_start()));
    }

    pub(super) fn is_past_start(&self) -> bool {
        self.now > SimTime(0)
    }

    pub(super) fn count(&mut self, h: usize, measure: WeekMeasure, n: i64) {
        self.count_region(self.region_of(h), measure, n);
    }

    pub(super) fn count_region(&mut self, r: usize, measure: WeekMeasure, n: i64) {
        self.weeks.add(RegionIdx::at(r), self.week(), measure, n);
    }

    pub(super) fn tell(&mut self, what: Word, h: usize, subject: Option<usize>, value: i64) {
        self.record(what, None, (h, subject), value);
    }

    /// Something that happens to somebody in a hospital, or to nobody in particular, by a sentence or
    /// for none.
    pub(super) fn record(
        &mut self,
        what: Word,
        sentence: Option<Sentence>,
        place: (usize, Option<usize>),
        value: i64,
    ) {
        self.record_lack((what, value), sentence, place, None);
    }

    /// As [`Self::record`], with what was lacking.
    pub(super) fn record_lack(
        &mut self,
        (what, value): (Word, i64),
        sentence: Option<Sentence>,
        (h, subject): (usize, Option<usize>),
        lack: Option<Lack>,
    ) {
        let entry = Entry {
            time: self.now,
            what,
            rule: sentence.filter(|sentence| self.has(*sentence)),
            region: Some(RegionIdx::at(self.region_of(h))),
            hospital: Some(HospitalIdx::at(h)),
            subject: subject.map(|subject| u32::try_from(subject).expect("few patients")),
            value,
            lack,
        };
        self.log.iter_mut().for_each(|log| log.push(entry));
    }

    pub(super) fn decided_in_hospital(&mut self, what: Word, rule: Sentence, h: usize, value: i64) {
        let region = self.region_of(h);
        self.decided(what, rule, (Some(region), Some(h)), value);
    }

    pub(super) fn decided_in_region(&mut self, what: Word, rule: Sentence, r: usize, value: i64) {
        self.decided(what, rule, (Some(r), None), value);
    }

    pub(super) fn decided(
        &mut self,
        what: Word,
        rule: Sentence,
        (region, hospital): (Option<usize>, Option<usize>),
        value: i64,
    ) {
        let entry = Entry {
            time: self.now,
            what,
            rule: Some(rule).filter(|rule| self.has(*rule)),
            region: region.map(RegionIdx::at),
            hospital: hospital.map(HospitalIdx::at),
            subject: None,
            value,
            lack: None,
        };
        self.log.iter_mut().for_each(|log| log.push(entry));
    }
}
