//! Beds kept for COVID patients who are still to come to a region, and how full its beds are.

use zorgdruk::policy::sentence::Sentence;
use zorgdruk::units::PerMille;

use super::{Naive, part};

impl Naive<'_> {
    /// COVID patients, in thousandths, for whom a hospital is told to make room; `None` where it is
    /// not told, or need not act on it.
    fn told_to_expect(&self, h: usize) -> Option<i64> {
        let rules = self.rules();
        let acts = [Sentence::A02, Sentence::A03, Sentence::A04].map(|rule| rules.framework(rule));
        (acts == [true; 3]).then_some(self.hospitals[h].allocation)
    }

    /// COVID patients whom a hospital expects and does not have, in thousandths; below zero it has
    /// more than it expects.
    fn lacks(&self, h: usize) -> i64 {
        let has = (self.covid_on_ic(h) + self.covid_coming(h)) * 1_000;
        self.told_to_expect(h).map_or(0, |expected| expected - has)
    }

    /// COVID patients still to come to a region in the days for which beds stay empty: a part, by time,
    /// of what its hospitals lack together.
    fn to_come(&self, r: usize) -> i64 {
        let lacks = self.in_region(r).into_iter().map(|h| self.lacks(h));
        let lead = i64::from(self.lead_days()).max(1);
        let kept = i64::from(self.policy.levers.kept_days).min(lead);
        lacks.sum::<i64>().max(0) * kept / lead
    }

    /// Part of the regular beds, in thousandths, that hospitals keep for COVID patients in this phase (L06).
    pub(super) fn share_for_covid(&self) -> PerMille {
        if self.rules().plan(Sentence::L06) {
            self.phase().covid_beds
        } else {
            PerMille::ZERO
        }
    }

    /// Beds, in thousandths, that `h` keeps once it has `covid` COVID patients.
    pub(super) fn kept_for_covid(&self, h: usize, covid: i64) -> i64 {
        let regular = i64::from(self.model.hospitals[h].regular_beds.0) * 1_000;
        let by_phase = if self.complies(h) {
            part(self.share_for_covid(), regular) - covid * 1_000
        } else {
            0
        };
        self.kept_as_told(h, covid).max(by_phase)
    }

    /// Beds kept for its part of those still to come. What some hospitals have too many counts for those that lack.
    fn kept_as_told(&self, h: usize, covid: i64) -> i64 {
        let r = self.region_of(h);
        let own = self
            .told_to_expect(h)
            .map_or(0, |expected| (expected - covid * 1_000).max(0));
        let short = self.in_region(r).into_iter().map(|h| self.lacks(h).max(0));
        own * self.to_come(r) / short.sum::<i64>().max(1)
    }

    /// Patients and beds kept per staffed bed of a region, in thousandths.
    pub(super) fn occupancy(&self, r: usize) -> i64 {
        let hospitals = self.in_region(r);
        let staffed: i64 = hospitals.iter().map(|h| self.hospitals[*h].staffed).sum();
        let committed: i64 = hospitals.iter().map(|h| self.committed(*h)).sum();
        (committed * 1_000 + self.to_come(r))
            .checked_div(staffed)
            .unwrap_or(1_000)
    }
}
