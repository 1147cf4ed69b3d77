//! The operating program at half past seven.

use zorgdruk::outcome::{DisplacementEvent, WeekMeasure, Word};
use zorgdruk::policy::levers::ScalingOrder;
use zorgdruk::policy::scaling;
use zorgdruk::policy::sentence::Sentence;
use zorgdruk::units::{PerMille, UrgencyClass};
use zorgdruk::world::Role;

use super::{Naive, part, whole};

/// Beds for planned patients this morning: in all, and of these protected and empty.
struct Beds {
    left: i64,
    protected: i64,
    /// Kept for COVID patients, on top.
    kept: i64,
}

impl Naive<'_> {
    pub(super) fn operate(&mut self) {
        for h in 0..self.hospitals.len() {
            let minutes = self.operate_ic_dependent(h);
            self.operate_others(h, minutes);
            self.clinics_take_over(h);
        }
    }

    /// Minutes of operating-room teams today.
    fn team_minutes(&self, h: usize) -> i64 {
        let staff = &self.model.staff;
        let teams = i64::from(self.model.hospitals[h].or_teams_milli);
        let week = usize::from(self.today().0 / 7);
        let at_work = part(self.model.sessions.program_by_week[week], teams);
        let own = part(self.presence(h), at_work);
        let lent = part(
            PerMille(staff.milli_teams_per_worker),
            self.lent(h, Role::Or),
        );
        let per_team = i64::from(staff.milli_beds_per_team);
        let on_ic = (self.hospitals[h].converted * 1_000)
            .checked_div(per_team)
            .unwrap_or(0);
        let minutes = i64::from(staff.team_minutes_per_day);
        (own + lent - on_ic).max(0) * minutes / 1_000
    }

    fn beds_this_morning(&self, h: usize) -> Beds {
        let exits = self.tables.exits_within_a_day;
        let lines = [
            self.covid_on_ic(h),
            self.acute_on_ic(h),
            self.planned_on_ic(h),
        ];
        let leaving: i64 = (0..3)
            .map(|line| lines[line] * i64::from(exits[line].0))
            .sum();
        let empty = self.hospitals[h].staffed - self.committed(h);
        let kept = self.kept_for_covid(h, self.covid_on_ic(h) + self.covid_coming(h));
        Beds {
            left: (empty * 1_000 + leaving - self.acute_reserve(h) - kept).div_euclid(1_000),
            protected: self.kept_empty(h).min(self.free(h)),
            kept: kept / 1_000,
        }
    }

    /// Beds kept for acute patients, in thousandths.
    pub(super) fn acute_reserve(&self, h: usize) -> i64 {
        let daily = i64::from(self.tables.hospitals[h].acute_per_day_milli);
        part(self.model.staff.acute_reserve, daily)
    }

    /// Goes through today's program; gives back the minutes that are left.
    fn operate_ic_dependent(&mut self, h: usize) -> i64 {
        let today = self.today();
        let mut minutes = self.team_minutes(h);
        let mut beds = self.beds_this_morning(h);
        let staff = &self.model.staff;
        let lent_nurses = part(PerMille(staff.milli_beds_per_nurse), self.lent(h, Role::Ic));
        let lent_beds = (lent_nurses + 999) / 1_000;
        let lent_teams = part(
            PerMille(staff.milli_teams_per_worker),
            self.lent(h, Role::Or),
        );
        let lent_minutes = part(
            PerMille(lent_teams.try_into().expect("few")),
            staff.team_minutes_per_day.into(),
        );
        for p in self.dated(h, |day| day <= today) {
            let record = &self.world.planned[p];
            let (class, takes) = (record.class, i64::from(record.or_time.0));
            let may_wait = class > UrgencyClass::KritiekPlanbareZorg;
            if may_wait && self.hospitals[h].stopped && !self.is_kept_for_own_risk(p) {
                self.disrupt(p, DisplacementEvent::CancelledOnTheDay, Sentence::L03);
                continue;
            }
            let left_before = beds.left;
            if takes > minutes || !beds.take(class) {
                let lacks_kept_bed =
                    takes <= minutes && beds.left <= 0 && beds.left + beds.kept > 0;
                let sentence = if lacks_kept_bed {
                    Sentence::A04
                } else {
                    Sentence::A18
                };
                self.disrupt(p, DisplacementEvent::CancelledOnTheDay, sentence);
                continue;
            }
            minutes -= takes;
            let is_class_3 = class == UrgencyClass::KritiekPlanbareZorg;
            let has_help = lent_beds > 0 || lent_minutes > 0;
            let rests_on_help = left_before <= lent_beds || minutes < lent_minutes;
            if is_class_3 && has_help && rests_on_help {
                self.count(h, WeekMeasure::Class3OnLentStaff, 1);
                self.decided_in_hospital(Word::ProtectedByLoan, Sentence::Z21, h, 1);
            }
            self.operation_begins(p);
        }
        minutes
    }

    /// Operations without IC, in thousandths.
    fn operate_others(&mut self, h: usize, minutes: i64) {
        let sessions = &self.model.sessions;
        let order = self.order_of_cuts();
        let normal = self.tables.hospitals[h].operations_milli;
        let allowed = self.allowed_activity(h);
        let backlog = self.hospitals[h].backlog;
        let wish = [0, 1, 2].map(|class| {
            let waiting = backlog[class] + i64::from(normal[class]);
            whole(waiting.min(part(allowed[class], normal[class].into())))
        });
        let inpatients =
            [0, 1, 2].map(|class| PerMille(sessions.inpatient_permille[class]).of(wish[class]));
        let ward = u64::try_from(self.ward_capacity(h)).expect("not negative");
        let nursed = scaling::serve(order, inpatients, [1; 3], ward);
        let possible = [0, 1, 2].map(|class| wish[class] - inpatients[class] + nursed[class]);
        let time = u64::try_from(minutes * 1_000).expect("not negative");
        let done = scaling::serve(order, possible, sessions.or_minutes, time).map(i64::from);
        self.book_operations(h, normal.map(i64::from), done);
        self.tell_cuts(
            h,
            [0, 1, 2].map(|class| i64::from(normal[class]) - done[class]),
        );
        let waits = [1, 2].map(|class| i64::from(wish[class]) - done[class]);
        self.tell_restart(h, waits.iter().sum());
    }

    /// What each class does less than usual.
    fn tell_cuts(&mut self, h: usize, cuts: [i64; 3]) {
        let words = [Word::CriticalCut, Word::PlannableCut, Word::DeferrableCut];
        let allowed = self.allowed_activity(h);
        let rules = self.rules();
        let in_order = self.policy.scaling_order == ScalingOrder::UrgencyOrder;
        let shared_by = if self.nation.falling && rules.supplement_is_in_force() {
            (rules.supplement(Sentence::A24) && in_order).then_some(Sentence::A24)
        } else if self.nation.falling {
            None
        } else {
            rules.framework(Sentence::A05).then_some(Sentence::A05)
        };
        for class in (0..3).filter(|class| cuts[*class] > 0) {
            let stopped = (class > 0 && self.hospitals[h].stopped).then_some(Sentence::L03);
            let limited = (allowed[class] < PerMille::ONE).then_some(Sentence::L01);
            let sentence = stopped.or(limited).or(shared_by);
            self.record(words[class], sentence, (h, None), cuts[class]);
        }
    }

    /// On the way back what is left of classes 4 and 5 waits for class 3.
    fn tell_restart(&mut self, h: usize, waits: i64) {
        let is_in_order = self.policy.scaling_order == ScalingOrder::UrgencyOrder;
        let restores = self.nation.falling && self.rules().supplement(Sentence::A24);
        if restores && is_in_order && waits > 0 {
            self.decided_in_hospital(Word::RestartInOrder, Sentence::A24, h, waits);
        }
    }

    fn book_operations(&mut self, h: usize, normal: [i64; 3], done: [i64; 3]) {
        let measures = [
            (WeekMeasure::OperationsClass3, done[0]),
            (WeekMeasure::OperationsClass4, done[1]),
            (WeekMeasure::OperationsClass5, done[2]),
            (WeekMeasure::NormalOperationsClass3, normal[0]),
            (WeekMeasure::NormalOperationsClass4, normal[1]),
            (WeekMeasure::NormalOperationsClass5, normal[2]),
        ];
        for (measure, n) in measures {
            self.count(h, measure, n);
        }
        let hospital = &mut self.hospitals[h];
        for class in 0..3 {
            hospital.backlog[class] =
                (hospital.backlog[class] + normal[class] - done[class]).max(0);
        }
        hospital.last_activity = done;
        hospital.plannable_this_week += done[1] + done[2];
    }

    /// Operations with a ward bed in normal times.
    fn usual_inpatients(&self, h: usize) -> [i64; 3] {
        let normal = self.tables.hospitals[h].operations_milli;
        let share = self.model.sessions.inpatient_permille;
        [0, 1, 2].map(|class| part(PerMille(share[class]), normal[class].into()))
    }

    /// Inpatient operations for whose patients the ward has nurses, in thousandths.
    fn ward_capacity(&self, h: usize) -> i64 {
        let ward = &self.model.staff.ward;
        let places = i64::from(self.tables.hospitals[h].planned_inpatients_milli);
        let per_nurse = PerMille(ward.milli_inpatients_per_nurse);
        let nursed = part(self.presence(h), places) + part(per_nurse, self.lent(h, Role::Ward));
        let free = nursed - i64::from(ward.covid_weight.0) * self.on_ward(h);
        let usual: i64 = self.usual_inpatients(h).iter().sum();
        usual * free.clamp(0, places) / places.max(1)
    }

    /// Class 3 operations a day for whose patients the ward has no nurses, in thousandths.
    pub(super) fn ward_shortage(&self, h: usize) -> i64 {
        (self.usual_inpatients(h)[0] - self.ward_capacity(h)).max(0)
    }

    pub(super) fn allowed_activity(&self, h: usize) -> [PerMille; 3] {
        let mut allowed = [PerMille::ONE; 3];
        if self.rules().plan(Sentence::L01) && self.complies(h) {
            allowed = self.phase().max_activity;
        }
        if self.hospitals[h].stopped {
            (allowed[1], allowed[2]) = (PerMille::ZERO, PerMille::ZERO);
        }
        allowed
    }

    fn order_of_cuts(&self) -> ScalingOrder {
        let rules = self.rules();
        let all_alike = rules.framework_without(Sentence::A05)
            || (self.nation.falling && rules.supplement_without(Sentence::A24));
        if all_alike {
            ScalingOrder::ProRata
        } else {
            self.policy.scaling_order
        }
    }
}

impl Beds {
    /// A patient of class 2 or 3 takes a protected bed first; all others leave those alone.
    fn take(&mut self, class: UrgencyClass) -> bool {
        let may_be_protected =
            class == UrgencyClass::SemiAcute || class == UrgencyClass::KritiekPlanbareZorg;
        if may_be_protected && self.protected > 0 {
            self.protected -= 1;
        } else if self.left - self.protected <= 0 {
            return false;
        }
        self.left -= 1;
        true
    }
}
