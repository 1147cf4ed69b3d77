//! Hospitals that stop classes 4 and 5, each at its own time.

use zorgdruk::outcome::Word;
use zorgdruk::policy::sentence::Sentence;
use zorgdruk::units::{Day, PerMille};

use super::{Naive, part};

impl Naive<'_> {
    pub(super) fn stop_and_restart(&mut self) {
        let today = self.today();
        let is_told = self.phase().stops_plannable && self.rules().plan(Sentence::L03);
        if is_told {
            self.nation.stop_since.get_or_insert(today);
            self.nation.stop_ended = None;
        } else if self.nation.stop_since.is_some() {
            self.nation.stop_since = None;
            self.nation.stop_ended = Some(today);
        }
        for h in 0..self.hospitals.len() {
            let calm_since = self.calm_since(h);
            if let Some(since) = self.nation.stop_since.filter(|_| calm_since.is_none()) {
                if !self.hospitals[h].stopped && self.stops_now(h, since) {
                    self.hospitals[h].stopped = true;
                    self.decided_in_hospital(Word::PlannableStopped, Sentence::L03, h, 1);
                }
            } else if let Some(ended) = calm_since.or(self.nation.stop_ended)
                && self.hospitals[h].stopped
                && self.restarts_now(h, ended)
            {
                self.hospitals[h].stopped = false;
                self.decided_in_hospital(Word::PlannableStopped, Sentence::L03, h, 0);
            }
        }
    }

    /// Since when the hospital's region has been calm although the order stands, or was when it ended.
    fn calm_since(&mut self, h: usize) -> Option<Day> {
        let (r, today) = (self.region_of(h), self.today());
        if self.nation.stop_since.is_some() {
            let below = i64::from(self.model.phases.stop.restart_below.0);
            if self.occupancy(r) < below {
                self.regions[r].stop_calm.get_or_insert(today);
            } else {
                self.regions[r].stop_calm = None;
            }
        }
        self.regions[r].stop_calm
    }

    fn stops_now(&self, h: usize, since: Day) -> bool {
        let terms = &self.model.phases.stop;
        let [will, lag] = self.world.marks.stop[h].map(i64::from);
        let above = self.occupancy(self.region_of(h)) - i64::from(terms.from_occupancy.0);
        let more = part(terms.share_per_occupancy, above.max(0));
        let willing = (i64::from(terms.share.0) + more).min(1_000);
        let days = i64::from(self.today().0 - since.0);
        let usual = self.tables.hospitals[h].operations_milli;
        let has_any = usual[1] + usual[2] > 0;
        has_any
            && self.complies(h)
            && will < willing
            && days >= i64::from(terms.lag_days) * lag / 1_000
    }

    /// The later a hospital stopped, the sooner it restarts.
    fn restarts_now(&self, h: usize, ended: Day) -> bool {
        let [_, lag] = self.world.marks.stop[h].map(u32::from);
        let days = u32::from(self.model.phases.stop.restart_days);
        u32::from(self.today().0 - ended.0) >= PerMille(1_000 - lag).of(days)
    }
}
