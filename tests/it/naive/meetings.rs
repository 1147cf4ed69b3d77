//! Regions: meetings about agreements, and escalation.

use zorgdruk::outcome::{WeekMeasure, Word};
use zorgdruk::policy::agreement::Escalation;
use zorgdruk::policy::sentence::Sentence;

use super::Naive;

impl Naive<'_> {
    pub(super) fn regional_meetings(&mut self) {
        for r in 0..self.regions.len() {
            let mark = self.world.marks.agreement[self.weekly(r)];
            self.talk(r, mark);
        }
    }

    pub(super) fn called_meetings(&mut self) {
        let week = self.week();
        for r in 0..self.regions.len() {
            let was_called = self.regions[r].called_in == Some(week);
            if !was_called && self.is_called(r) {
                self.regions[r].called_in = Some(week);
                self.decided_in_region(Word::MeetingCalled, Sentence::A25, r, 0);
                let mark = self.world.marks.called_meeting[self.weekly(r)];
                self.talk(r, mark);
            }
        }
    }

    fn is_called(&self, r: usize) -> bool {
        let region = &self.regions[r];
        let many = self.policy.meet_at_overdue;
        let is_many = many.is_some_and(|many| self.overdue(r) >= u32::from(many));
        self.rules().supplement(Sentence::A25)
            && region.agreed_from.is_none()
            && (region.level > 0 || is_many)
    }

    /// Overdue class 3 patients that the region's hospitals published.
    fn overdue(&self, r: usize) -> u32 {
        let hospitals = self.in_region(r).into_iter();
        hospitals.map(|h| self.hospitals[h].published.overdue).sum()
    }

    fn talk(&mut self, r: usize, mark: u16) {
        let rules = self.rules();
        if self.regions[r].agreed_from.is_some() || !rules.supplement(Sentence::A21) {
            return;
        }
        let is_duty = rules.supplement(Sentence::A26);
        let agrees = if is_duty {
            u32::from(mark) < self.policy.agreement.0
        } else {
            self.in_region(r).into_iter().all(|h| self.complies(h))
        };
        if !agrees && self.regions[r].level < 3 {
            return;
        }
        let days = if is_duty {
            self.policy.days_to_agree
        } else {
            0
        };
        let from = self.today().plus(days);
        self.regions[r].agreed_from = Some(from);
        let rule = if agrees { Sentence::A21 } else { Sentence::A37 };
        self.decided_in_region(Word::AgreementReached, rule, r, from.0.into());
        if days > 0 {
            self.decided_in_region(Word::AgreementWaits, Sentence::A26, r, days.into());
        }
    }

    pub(super) fn watch_regions(&mut self) {
        let Some(escalation) = self.policy.escalation else {
            return;
        };
        for r in 0..self.regions.len() {
            self.count_pressure(r, &escalation);
            self.raise_level(r, &escalation);
            self.regions[r].bonus = self.bonus(r, &escalation);
            let level = i64::from(self.regions[r].level);
            self.count_region(r, WeekMeasure::EscalationLevelDays, level);
        }
    }

    fn count_pressure(&mut self, r: usize, escalation: &Escalation) {
        let rules = self.rules();
        let hospitals = u32::try_from(self.in_region(r).len()).expect("few hospitals");
        let many = escalation.overdue_milli_per_hospital * hospitals;
        let is_access_pressed = rules.supplement(Sentence::A38) && self.overdue(r) * 1_000 > many;
        let offers_less = self.regions[r].offered < self.regions[r].requested;
        let is_pressed = rules.supplement(Sentence::A35) && (offers_less || is_access_pressed);
        let region = &mut self.regions[r];
        if is_pressed {
            region.pressure_days += 1;
            region.calm_days = 0;
            return;
        }
        region.calm_days += 1;
        if region.calm_days >= 7 {
            region.pressure_days = 0;
            region.level = 0;
        }
    }

    fn raise_level(&mut self, r: usize, escalation: &Escalation) {
        let level = usize::from(self.regions[r].level);
        let rules = [Sentence::A35, Sentence::A36, Sentence::A37];
        if level == rules.len() {
            return;
        }
        let is_time = self.regions[r].pressure_days >= escalation.after_days[level];
        if is_time && self.rules().supplement(rules[level]) {
            self.regions[r].level += 1;
            self.regions[r].level_since = self.today();
            let measure = match level {
                0 => WeekMeasure::EscalationsToLevel1,
                1 => WeekMeasure::EscalationsToLevel2,
                _ => WeekMeasure::EscalationsToLevel3,
            };
            self.count_region(r, measure, 1);
            let now = i64::from(self.regions[r].level);
            self.decided_in_region(Word::Escalated, rules[level], r, now);
        }
    }

    /// What escalation adds to compliance, in thousandths; the last level acts after some days.
    fn bonus(&self, r: usize, escalation: &Escalation) -> i64 {
        let region = &self.regions[r];
        let acts_from = region.level_since.plus(escalation.delay_days);
        let mut acting = i64::from(region.level);
        if self.today() < acts_from {
            acting = (acting - 1).max(0);
        }
        if acting >= 3 {
            1_000
        } else {
            i64::from(escalation.compliance_step.0) * acting
        }
    }
}
