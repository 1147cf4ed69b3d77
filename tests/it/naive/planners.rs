//! Planners in the afternoon: beds for the days to come, and dates.

use zorgdruk::outcome::{DisplacementEvent, Lack, Word};
use zorgdruk::policy::info::Planning;
use zorgdruk::policy::levers::{CriticalNeed, ScaleDownTiming, ScalingOrder};
use zorgdruk::policy::scaling;
use zorgdruk::policy::sentence::Sentence;
use zorgdruk::units::{Day, PerMille, UrgencyClass};

use super::{Naive, whole};

impl Naive<'_> {
    pub(super) fn plan_hospitals(&mut self) {
        for h in 0..self.hospitals.len() {
            self.plan_beds(h);
            self.hospitals[h].expected_beds = self.expect_beds(h);
            self.take_dates_back(h);
            self.give_dates(h);
        }
    }

    /// What planners know.
    pub(super) fn planning(&self, h: usize) -> Planning {
        let table = &self.tables.hospitals[h];
        let rules = self.rules();
        let is_published = rules.framework(Sentence::A02) && rules.framework(Sentence::A03);
        let covid = if is_published {
            self.hospitals[h].allocation
        } else {
            self.covid_on_ic(h) * 1_000
        };
        Planning {
            present: whole(self.covid_on_ic(h) + self.acute_on_ic(h)),
            planned: whole(self.planned_on_ic(h)),
            covid_milli: whole(covid),
            acute_milli: table.acute_milli_beds,
            critical_milli: table.critical_milli_beds,
            own_staff_milli: whole(self.own_staff(h)),
            stretch_milli: whole(self.stretch(h)),
            converted_milli: whole(self.hospitals[h].decided),
            exchanged_milli: whole(self.exchanged(h)),
        }
    }

    pub(super) fn need(&self, planning: &Planning) -> u32 {
        let (timing, critical) = self.way_to_prepare();
        scaling::need_milli(timing, critical, planning)
    }

    fn way_to_prepare(&self) -> (ScaleDownTiming, CriticalNeed) {
        let rules = self.rules();
        let timing = match () {
            () if !rules.framework(Sentence::A04) => ScaleDownTiming::Late,
            () if rules.supplement_without(Sentence::A17) => ScaleDownTiming::Forecast,
            () => self.policy.scale_down,
        };
        let critical = if rules.supplement(Sentence::A23) {
            self.policy.critical_need
        } else {
            CriticalNeed::Excluded
        };
        (timing, critical)
    }

    /// How far the number that was told, the timing, and critical care move what is prepared.
    fn tell_reasons(&mut self, h: usize, planning: &Planning) {
        let (timing, critical) = self.way_to_prepare();
        let need = |timing, critical| i64::from(scaling::need_milli(timing, critical, planning));
        let decided = need(timing, critical);
        let told = i64::from(planning.covid_milli) - self.covid_on_ic(h) * 1_000;
        let counted = decided - need(timing, CriticalNeed::Excluded);
        let mut timed = 0;
        if self.rules().supplement(Sentence::A17) {
            timed = decided - need(ScaleDownTiming::Forecast, critical);
        }
        for (what, rule, value) in [
            (Word::ToldOtherwise, Sentence::A03, told),
            (Word::NeedByTiming, Sentence::A17, timed),
            (Word::NeedCountsCritical, Sentence::A23, counted),
        ] {
            if value != 0 {
                self.decided_in_hospital(what, rule, h, value);
            }
        }
    }

    /// The hospital's part of the beds that the phase tells the country to open, in thousandths.
    fn ordered_beds(&self, h: usize) -> i64 {
        let is_late = self.policy.scale_down == ScaleDownTiming::Late;
        let acts = self.rules().plan(Sentence::L02) && self.complies(h) && !is_late;
        if acts && !self.nation.falling {
            self.of_bed_share(h, self.phase().ordered_ic_beds * 1_000)
        } else {
            0
        }
    }

    fn plan_beds(&mut self, h: usize) {
        let planning = self.planning(h);
        self.tell_reasons(h, &planning);
        let need = self.need(&planning).max(whole(self.ordered_beds(h)));
        let wish = scaling::change_milli(need, &planning);
        let most = self.of_bed_share(h, self.model.staff.ramp_down_milli_beds_per_day);
        let change = wish.min(self.most_to_open(h)).max(-most);
        if change != 0 {
            let works_from = self.today().plus(self.model.staff.ramp_delay_days);
            let hospital = &mut self.hospitals[h];
            hospital.decided = (hospital.decided + change).max(0);
            hospital.changes.push((works_from, change));
            self.decided_in_hospital(Word::CapacityDecided, Sentence::A04, h, change);
        }
    }

    /// The hospital's part of a national number, by regular beds.
    fn of_bed_share(&self, h: usize, national: u32) -> i64 {
        let share = i64::from(self.tables.hospitals[h].bed_share);
        i64::from(national) * share / 1_000_000
    }

    /// Beds, in thousandths, that can rest on people who are no IC nurses of the hospital.
    pub(super) fn most_support(&self, h: usize) -> i64 {
        let own = self.own_staff(h);
        let share = i64::from(self.model.staff.max_support.0.min(999));
        let mut bounds = vec![
            self.physical(h) * 1_000 - own,
            own * share / (1_000 - share),
        ];
        if self.rules().plan(Sentence::L02) {
            let beds = self.phase().national_ic_beds * 1_000;
            bounds.push(self.of_bed_share(h, beds) - own);
        }
        bounds.into_iter().min().expect("some bounds")
    }

    /// Teams that can be freed: of classes 5 and 4, and of class 3 what the phase asks for, or all.
    fn teams_to_free(&self, h: usize) -> i64 {
        let table = &self.tables.hospitals[h];
        if self.order_of_cuts() == ScalingOrder::ProRata {
            let general = i64::from(self.model.hospitals[h].or_teams_milli);
            return general + i64::from(table.stream_teams_milli);
        }
        let limits = self.rules().plan(Sentence::L01);
        let most = if limits {
            self.phase().max_activity[0].0
        } else {
            1_000
        };
        let [critical, plannable, deferrable] = table.class_teams_milli.map(i64::from);
        plannable + deferrable + critical * i64::from(1_000_u32.saturating_sub(most)) / 1_000
    }

    fn most_to_open(&self, h: usize) -> i64 {
        let staff = &self.model.staff;
        let teams = (self.teams_to_free(h) - self.hospitals[h].sent).max(0);
        let of_teams = teams * i64::from(staff.milli_beds_per_team) / 1_000;
        let exchanged = self.exchanged(h);
        let bound = self.most_support(h).min(of_teams + exchanged);
        let bound = self.whole_units(bound) - exchanged;
        let ramp = self.of_bed_share(h, staff.ramp_milli_beds_per_day);
        (bound - self.hospitals[h].decided).clamp(0, ramp)
    }

    /// Beds, in thousandths, that open where so many could rest on people who are no IC nurses: rooms open as
    /// a whole.
    fn whole_units(&self, milli: i64) -> i64 {
        match self.model.staff.unit_milli {
            1 => milli,
            unit => milli - milli.rem_euclid(i64::from(unit)),
        }
    }

    pub(super) fn support(&self, h: usize, converted: i64) -> i64 {
        self.whole_units(converted + self.exchanged(h))
    }

    /// Days for which dates are compared with beds.
    fn notice_days(&self) -> u16 {
        if self.rules().supplement(Sentence::A20) {
            self.policy.levers.notice_days
        } else {
            0
        }
    }

    /// Planned patients for whom planners expect a bed tomorrow, the day after, and so on.
    fn expect_beds(&self, h: usize) -> Vec<i64> {
        let exits = self
            .tables
            .exits_within_a_day
            .map(|exits| i64::from(exits.0));
        let nursed = self.own_staff(h) + self.stretch(h);
        let acute = self.acute_on_ic(h);
        let mut planned = self.planned_on_ic(h) + self.in_operation(h);
        let mut beds = Vec::new();
        for ahead in 1..=self.notice_days() {
            let day = self.today().plus(ahead);
            let hospital = &self.hospitals[h];
            let changes = hospital.changes.iter().filter(|(from, _)| *from <= day);
            let converted = hospital.converted + changes.map(|(_, beds)| beds).sum::<i64>();
            let support = self.support(h, converted.max(0));
            let staffed = ((nursed + support) / 1_000).min(self.physical(h));
            let covid = self.grown(h, ahead);
            planned = planned * (1_000 - exits[2]) / 1_000;
            let leaving = covid * exits[0] + acute * exits[1] + planned * exits[2];
            let reserve = self.acute_reserve(h) + self.kept_for_covid(h, covid);
            let milli = (staffed - covid - acute - planned) * 1_000 + leaving - reserve;
            let protected = (hospital.protected - planned).max(0);
            let room = milli.div_euclid(1_000).max(0).max(protected);
            let dated = super::length(self.dated(h, |other| other == day).into_iter());
            planned += dated.min(room);
            beds.push(room + i64::from(self.policy.levers.notice_margin));
        }
        beds
    }

    /// COVID patients on the IC some days ahead.
    fn grown(&self, h: usize, ahead: u16) -> i64 {
        let growth = self.regions[self.region_of(h)].growth - 1_000;
        let lead = i64::from(self.policy.lead_days.max(1));
        let days = i64::from(ahead).min(lead);
        let now = self.covid_on_ic(h) + self.covid_coming(h);
        (now * (1_000 + growth * days / lead) + 500).max(0) / 1_000
    }

    /// The least urgent dates for which no bed is expected are moved; class 2 keeps its dates.
    fn take_dates_back(&mut self, h: usize) {
        for (beds, ahead) in self.hospitals[h].expected_beds.clone().into_iter().zip(1..) {
            let day = self.today().plus(ahead);
            let event = if ahead >= 3 {
                DisplacementEvent::MovedInTime
            } else {
                DisplacementEvent::MovedLate
            };
            let mut dated = self.dated(h, |other| other == day);
            while i64::try_from(dated.len()).expect("few dates") > beds {
                let last = dated.pop().expect("more dates than beds");
                if self.as_now(last).class == UrgencyClass::SemiAcute {
                    break;
                }
                self.decided_in_hospital(Word::DateMoved, Sentence::A20, h, ahead.into());
                self.disrupt(last, event, Lack::ExpectedBed);
            }
        }
    }

    fn give_dates(&mut self, h: usize) {
        let allowed = self.allowed_activity(h);
        for p in self.waiting(h) {
            if self.as_now(p).class == UrgencyClass::SemiAcute {
                self.squeeze_in(h, p);
                continue;
            }
            if let Some(day) = self.first_open_day(h, p)
                && self.stream_has_time(h, p)
                && self.may_have_place(h, p, allowed)
            {
                self.give_date(p, day);
            }
        }
    }

    /// Whether the own teams of a patient's stream have time for one more date in the days that are planned.
    pub(super) fn stream_has_time(&self, h: usize, p: usize) -> bool {
        let stream = self.world.planned[p].specialty;
        let of_stream = usize::from(stream);
        if self.model.planned.specialties[of_stream]
            .own_teams
            .is_none()
        {
            return true;
        }
        let dated = self.dated(h, |_| true).into_iter();
        let dated = dated.filter(|other| self.world.planned[*other].specialty == stream);
        let given: i64 = dated
            .map(|other| i64::from(self.world.planned[other].or_time.0))
            .sum();
        let weekdays = i64::from(self.model.planned.planning_lead_days) * 5 / 7;
        let usual = i64::from(self.model.hospitals[h].stream_minutes[of_stream].per_day);
        let left = self.hospitals[h].stream_minutes[of_stream].max(0);
        given < left + weekdays * usual
    }

    /// A patient of class 2 gets a free place in time, or else comes on the first day with a program.
    fn squeeze_in(&mut self, h: usize, p: usize) {
        let record = self.as_now(p);
        let free = self.first_open_day(h, p);
        let in_time = free.filter(|day| *day <= record.due);
        let from = record.ready.max(self.today().plus(1));
        let horizon = self.today().plus(self.model.planned.planning_lead_days);
        let mut days = (from.0..=horizon.0).map(Day);
        let n_dated = |day: Day| self.dated(h, |other| other == day).len();
        let takes_one_more = |day: Day| {
            let slots = self.slots(h, day);
            let most = usize::try_from(slots.max(200)).expect("a small number");
            slots > 0 && n_dated(day) < most
        };
        let first = || days.find(|day| day.0 % 7 < 5 && takes_one_more(*day));
        if let Some(day) = in_time.or_else(first) {
            self.give_date(p, day);
        }
    }

    /// Whether a patient of class 4 has a risk of the own that lifts the limits of the class.
    pub(super) fn is_kept_for_own_risk(&self, p: usize) -> bool {
        let record = self.as_now(p);
        let is_at_risk = u32::from(record.risk_mark) < self.policy.levers.own_risk_share.0;
        let is_class_4 = record.class == UrgencyClass::Plannable;
        is_at_risk && is_class_4 && self.rules().framework(Sentence::A05)
    }

    /// Classes 4 and 5 get places as often as the phase allows; high own risk of class 4 always.
    fn may_have_place(&mut self, h: usize, p: usize, allowed: [PerMille; 3]) -> bool {
        let record = self.as_now(p);
        let (capped, share) = match record.class {
            UrgencyClass::SemiAcute | UrgencyClass::KritiekPlanbareZorg => return true,
            UrgencyClass::Plannable => (0, allowed[1]),
            UrgencyClass::Deferrable => (1, allowed[2]),
        };
        let credit = (self.hospitals[h].credit[capped] + i64::from(share.0)).min(2_000);
        let has_credit = credit >= 1_000;
        self.hospitals[h].credit[capped] = if has_credit { credit - 1_000 } else { credit };
        let is_kept = self.is_kept_for_own_risk(p);
        if !has_credit && is_kept {
            let who = i64::try_from(p).expect("few patients");
            self.decided_in_hospital(Word::KeptForOwnRisk, Sentence::A05, h, who);
        }
        has_credit || is_kept
    }
}
