//! The operating program at half past seven.

use zorgdruk::outcome::{DisplacementEvent, Lack, WeekMeasure, Word};
use zorgdruk::policy::levers::ScalingOrder;
use zorgdruk::policy::scaling;
use zorgdruk::policy::sentence::Sentence;
use zorgdruk::units::{PerMille, UrgencyClass};
use zorgdruk::world::Role;

use super::{Naive, part, whole};

const ON_THE_DAY: DisplacementEvent = DisplacementEvent::CancelledOnTheDay;

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
            let (general, of_streams) = self.teams_at_work(h);
            self.add_stream_time(h, of_streams);
            let per_worker = PerMille(self.model.staff.milli_teams_per_worker);
            let lent = part(per_worker, self.lent(h, Role::Or));
            let mut time = Time {
                own: self.minutes_of(general),
                lent: self.minutes_of(lent),
                for_all: !self.lends_for_classes_1_to_3(),
            };
            let at_first = time.own;
            self.operate_ic_dependent(h, &mut time);
            self.operate_others(h, &mut time);
            self.note_idle_teams(h, general, at_first - time.own);
        }
    }

    /// General teams at work today, in thousandths, without lent staff, and the part of the teams of
    /// streams in thousandths. Who supports the IC is missing: of the general teams first, or of all
    /// alike.
    fn teams_at_work(&mut self, h: usize) -> (i64, i64) {
        let week = usize::from(self.today().0 / 7);
        let runs = self.model.sessions.program_by_week[week];
        let present = |teams: i64| part(self.presence(h), part(runs, teams));
        let all_streams = i64::from(self.tables.hospitals[h].stream_teams_milli);
        let general = present(i64::from(self.model.hospitals[h].or_teams_milli));
        let streams = present(all_streams);
        let per_team = i64::from(self.model.staff.milli_beds_per_team);
        let on_ic = (self.hospitals[h].converted * 1_000).checked_div(per_team);
        let away = on_ic.unwrap_or(0) + self.hospitals[h].sent;
        let (general, left) = match self.order_of_cuts() {
            ScalingOrder::UrgencyOrder => {
                let beyond = (away - general).max(0);
                ((general - away).max(0), (streams - beyond).max(0))
            }
            ScalingOrder::ProRata => {
                let all = general + streams;
                let there = (all - away).max(0);
                (general * there / all.max(1), streams * there / all.max(1))
            }
        };
        self.hospitals[h].stream_teams_away = left < streams;
        (general, left * 1_000 / all_streams.max(1))
    }

    /// Time of the teams of streams: what is not used stays for a week.
    fn add_stream_time(&mut self, h: usize, share: i64) {
        let usual = &self.model.hospitals[h].stream_minutes;
        let weekday = usize::from(self.today().0 % 7);
        let streams = self.model.planned.specialties.iter();
        let factors = streams.map(|stream| i64::from(stream.weekday_time[weekday].0));
        let times = self.hospitals[h].stream_minutes.iter_mut().zip(usual);
        for ((left, minutes), factor) in times.zip(factors) {
            let today = i64::from(minutes.per_day) * share / 1_000 * factor / 1_000;
            *left = (*left + today).min(i64::from(minutes.most));
        }
    }

    fn minutes_of(&self, teams: i64) -> i64 {
        teams * i64::from(self.model.staff.team_minutes_per_day) / 1_000
    }

    /// Teams that the used minutes take, with the usual slack, are not idle.
    fn note_idle_teams(&mut self, h: usize, general: i64, used: i64) {
        let minutes = i64::from(self.model.staff.team_minutes_per_day.max(1));
        let share = i64::from(self.model.sessions.or_use.0.max(1));
        let needed = used * 1_000_000 / (minutes * share);
        self.hospitals[h].idle = (general - needed).max(0);
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

    /// Goes through today's program.
    fn operate_ic_dependent(&mut self, h: usize, time: &mut Time) {
        let today = self.today();
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
            let record = self.as_now(p);
            let (class, takes) = (record.class, i64::from(record.or_time.0));
            let may_wait = class > UrgencyClass::KritiekPlanbareZorg;
            if may_wait && self.hospitals[h].stopped && !self.is_kept_for_own_risk(p) {
                self.disrupt(p, ON_THE_DAY, Lack::Class);
                continue;
            }
            let stream = usize::from(record.specialty);
            let own = self.model.planned.specialties[stream].own_teams.is_some();
            let has_team = if own {
                self.hospitals[h].stream_minutes[stream] > 0
            } else {
                takes <= time.open_to(!may_wait)
            };
            let left_before = beds.left;
            if !has_team || !beds.take(class) {
                let is_kept = beds.left <= 0 && beds.left + beds.kept > 0;
                let lack = match (has_team, own) {
                    (false, true) => Lack::StreamTeam,
                    (false, false) => Lack::Team,
                    (true, _) if is_kept => Lack::KeptBed,
                    (true, _) => Lack::Bed,
                };
                self.disrupt(p, ON_THE_DAY, lack);
                continue;
            }
            if own {
                self.hospitals[h].stream_minutes[stream] -= takes;
            } else {
                time.take(!may_wait, takes);
            }
            let is_class_3 = class == UrgencyClass::KritiekPlanbareZorg;
            let has_help = lent_beds > 0 || lent_minutes > 0;
            let rests_on_help = left_before <= lent_beds || time.lent < lent_minutes;
            if is_class_3 && has_help && rests_on_help {
                self.count(h, WeekMeasure::Class3OnLentStaff, 1);
                self.decided_in_hospital(Word::ProtectedByLoan, Sentence::Z21, h, 1);
            }
            self.operation_begins(p);
        }
    }

    /// Operations without IC, in thousandths.
    fn operate_others(&mut self, h: usize, time: &mut Time) {
        let sessions = &self.model.sessions;
        let order = self.order_of_cuts();
        let normal = self.tables.hospitals[h].operations_milli;
        let allowed = self.allowed_activity(h);
        let backlog = self.hospitals[h].backlog;
        let moved = self.clinics_take_over(h);
        let wish = [0, 1, 2].map(|class| {
            let waiting = backlog[class] + i64::from(normal[class]) - moved[class];
            whole(waiting.min(part(allowed[class], normal[class].into())))
        });
        let inpatients =
            [0, 1, 2].map(|class| PerMille(sessions.inpatient_permille[class]).of(wish[class]));
        let ward = u64::try_from(self.ward_capacity(h)).expect("not negative");
        let nursed = scaling::serve(order, inpatients, [1; 3], ward);
        let possible = [0, 1, 2].map(|class| wish[class] - inpatients[class] + nursed[class]);
        let minutes = sessions.or_minutes;
        let mut helped = 0;
        if !time.for_all {
            helped = possible[0].min(whole(time.lent * 1_000 / i64::from(minutes[0])));
        }
        let own = u64::try_from(time.open_to(false) * 1_000).expect("not negative");
        let rest = [possible[0] - helped, possible[1], possible[2]];
        let mut done = scaling::serve(order, rest, minutes, own).map(i64::from);
        done[0] += i64::from(helped);
        for class in 0..3 {
            time.take(class == 0, done[class] * i64::from(minutes[class]) / 1_000);
        }
        self.book_operations(h, normal.map(i64::from), done, moved);
        self.tell_cuts(
            h,
            [0, 1, 2].map(|class| (i64::from(normal[class]) - moved[class]).max(0) - done[class]),
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

    fn book_operations(&mut self, h: usize, normal: [i64; 3], done: [i64; 3], moved: [i64; 3]) {
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
                (hospital.backlog[class] + normal[class] - done[class] - moved[class]).max(0);
        }
        hospital.critical_short = (normal[0] - done[0] - moved[0]).max(0);
        hospital.last_activity = done;
        hospital.plannable_this_week += done[1] + done[2];
    }

    /// Operations with a ward bed in normal times.
    fn usual_inpatients(&self, h: usize) -> [i64; 3] {
        let normal = self.tables.hospitals[h].operations_milli;
        let share = self.model.sessions.inpatient_permille;
        [0, 1, 2].map(|class| part(PerMille(share[class]), normal[class].into()))
    }

    /// Places for planned inpatients: those that are free, and those of normal times.
    pub(super) fn ward_places(&self, h: usize) -> (i64, i64) {
        let ward = &self.model.staff.ward;
        let places = i64::from(self.tables.hospitals[h].planned_inpatients_milli);
        let per_nurse = PerMille(ward.milli_inpatients_per_nurse);
        let per_team = PerMille(ward.milli_inpatients_per_team);
        let helped = part(per_team, self.hospitals[h].idle);
        let nursed =
            part(self.presence(h), places) + part(per_nurse, self.lent(h, Role::Ward)) + helped;
        let free = nursed - i64::from(ward.covid_weight.0) * self.on_ward(h);
        (free.clamp(0, places), places.max(1))
    }

    /// Inpatient operations for whose patients the ward has nurses, in thousandths, beside patients who waited
    /// on the IC.
    pub(super) fn ward_capacity(&self, h: usize) -> i64 {
        let usual: i64 = self.usual_inpatients(h).iter().sum();
        let (free, places) = self.ward_places(h);
        (usual * free / places - self.hospitals[h].given_way).max(0)
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

    pub(super) fn order_of_cuts(&self) -> ScalingOrder {
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

/// Minutes of general teams that are left today.
struct Time {
    own: i64,
    lent: i64,
    /// Whether lent staff work for all classes.
    for_all: bool,
}

impl Time {
    fn open_to(&self, is_critical: bool) -> i64 {
        let lent = if is_critical || self.for_all {
            self.lent
        } else {
            0
        };
        self.own + lent
    }

    /// Lent minutes go first.
    fn take(&mut self, is_critical: bool, minutes: i64) {
        let of_lent = minutes.min(self.open_to(is_critical) - self.own);
        self.lent -= of_lent;
        self.own = (self.own - (minutes - of_lent)).max(0);
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
