//! The change of shift at seven: who begins work, and which beds there are today.

use zorgdruk::outcome::{WeekMeasure, Word};
use zorgdruk::policy::agreement::Protection;
use zorgdruk::policy::info::Quota;
use zorgdruk::policy::levers::LoanStaff;
use zorgdruk::policy::protection;
use zorgdruk::policy::sentence::Sentence;
use zorgdruk::units::{HospitalIdx, PerMille, UrgencyClass};
use zorgdruk::world::Role;

use super::state::Work;
use super::{Naive, part, whole};

impl Naive<'_> {
    pub(super) fn change_shift(&mut self) {
        self.tell_fatigue();
        self.end_inductions();
        self.new_places();
        self.end_contracts();
        for h in 0..self.hospitals.len() {
            self.open_and_close_beds(h);
            self.staff_beds(h);
            self.protect_beds(h);
            self.nurse_more_of_ward(h);
            self.step_down_in_the_morning(h);
            self.count_borrowed(h);
        }
    }

    fn end_inductions(&mut self) {
        for w in 0..self.workers.len() {
            if let Work::InInduction(until, h) = self.workers[w].at
                && until <= self.today()
            {
                self.workers[w].at = Work::InHospital(h);
                self.workers[w].furthest = 6;
                self.workers[w].known_in = Some(h);
                let value = i64::from(self.world.workers[w].productivity.0);
                self.tell(Word::WorkerStarts, h, Some(w), value);
            }
        }
    }

    /// Hired nurses leave when the country has fallen below phase 2B.
    fn end_contracts(&mut self) {
        if self.is_phase_at_least(self.model.phases.measures_kept_from) || !self.nation.falling {
            return;
        }
        for h in 0..self.hospitals.len() {
            let hired = std::mem::take(&mut self.hospitals[h].hired);
            let coming: i64 = hired.iter().map(|(_, n)| n).sum();
            let leave = self.hospitals[h].external + coming;
            if leave > 0 {
                let r = self.region_of(h);
                self.hospitals[h].external = 0;
                self.regions[r].for_hire += leave;
                self.tell(Word::ExternalLeft, h, None, leave);
            }
        }
    }

    fn open_and_close_beds(&mut self, h: usize) {
        let today = self.today();
        let hospital = &mut self.hospitals[h];
        let due = hospital.changes.iter().filter(|(day, _)| *day <= today);
        let change: i64 = due.map(|(_, beds)| beds).sum();
        hospital.changes.retain(|(day, _)| *day > today);
        hospital.converted = (hospital.converted + change).max(0);
        let begin = hospital.hired.iter().filter(|(day, _)| *day <= today);
        hospital.external += begin.map(|(_, n)| n).sum::<i64>();
        hospital.hired.retain(|(day, _)| *day > today);
    }

    fn staff_beds(&mut self, h: usize) {
        let normally = self.own_staff(h) + self.support(h, self.hospitals[h].converted);
        let milli = normally + self.stretch(h);
        let staffed = (milli / 1_000).min(self.physical(h));
        let unstretched = (normally / 1_000).min(self.physical(h));
        let hospital = &mut self.hospitals[h];
        if (hospital.staffed, hospital.unstretched) != (staffed, unstretched) {
            hospital.staffed = staffed;
            hospital.unstretched = unstretched;
            self.tell(Word::BedsStaffed, h, None, unstretched);
            self.tell(Word::BedsToStretch, h, None, staffed - unstretched);
        }
    }

    fn protect_beds(&mut self, h: usize) {
        let beds = i64::from(self.beds_to_protect(h));
        if self.hospitals[h].protected != beds {
            self.hospitals[h].protected = beds;
            self.decided_in_hospital(Word::BedsProtected, Sentence::A22, h, beds);
        }
    }

    fn beds_to_protect(&self, h: usize) -> u32 {
        let rules = self.rules();
        let r = self.region_of(h);
        let is_agreed = rules.supplement(Sentence::A21)
            && rules.supplement(Sentence::A22)
            && self.has_agreed(r);
        let is_kept = rules.supplement(Sentence::A24)
            && self.is_phase_at_least(self.model.phases.measures_kept_from);
        let how = self.policy.protection_in(zorgdruk::units::RegionIdx::at(r));
        if !is_agreed || (self.nation.falling && !is_kept) || how == Protection::None {
            return 0;
        }
        let first = self.in_region(r)[0];
        let this_week = self.week();
        let of_class_3 = self.operated.iter().filter(|(day, at, class)| {
            let same_week = usize::from(day.0 / 7) == this_week;
            same_week && *at == h && *class == UrgencyClass::KritiekPlanbareZorg
        });
        let quota = Quota {
            week: this_week,
            position: h - first,
            operated: u16::try_from(of_class_3.count()).expect("few operations"),
            usual_per_week_milli: self.tables.hospitals[h].critical_per_week_milli,
            staffed_milli: whole(
                self.own_staff(h) + self.stretch(h) + self.support(h, self.hospitals[h].converted),
            ),
        };
        protection::protected_beds(how, &self.planning(h), &quota)
    }

    /// Lent nurses care for more beds of the ward, for patients who wait on the IC.
    fn nurse_more_of_ward(&mut self, h: usize) {
        let per_nurse = PerMille(self.model.staff.ward.milli_inpatients_per_nurse);
        self.hospitals[h].extra_ward = part(per_nurse, self.lent(h, Role::Ward)) / 1_000;
        while self.ward_has_bed(h) && self.someone_waits_for_ward(h) {
            self.ward_bed_is_free(h);
        }
    }

    fn count_borrowed(&mut self, h: usize) {
        let lent: i64 = [Role::Ic, Role::Or, Role::Ward]
            .map(|role| self.lent(h, role))
            .iter()
            .sum();
        self.count(h, WeekMeasure::LoanedMilliNurseDays, lent);
        let external = self.hospitals[h].external;
        self.count(h, WeekMeasure::ExternalMilliNurseDays, external);
        let price = self.model.staff.external_hire.price_per_day.0;
        self.count(h, WeekMeasure::ExternalCost, external * price / 1_000);
        let received = self.hospitals[h].received;
        self.count(h, WeekMeasure::ExchangedMilliTeamDays, received);
    }

    /// Beds on top that nurses can look after when they are stretched, for COVID patients: as far as the phase of the plan
    /// allows, or as far as can be where neither a plan nor what professionals need sets a limit.
    pub(super) fn stretch(&self, h: usize) -> i64 {
        let rules = self.rules();
        let hardest = self.policy.levers.hardest_beds_per_nurse.0;
        let of_phase = self.phase().beds_per_nurse.0;
        let most = match () {
            () if !rules.plan_is_followed() => hardest,
            () if rules.framework_without(Sentence::A05) => hardest.max(of_phase),
            () => of_phase,
        };
        let covid = self.covid_on_ic(h) + self.covid_coming(h);
        part(PerMille(most.max(1_000) - 1_000), self.own_staff(h)).min(covid * 1_000)
    }

    /// Beds that the hospital's own nurses and those who joined them staff as in normal times, in
    /// thousandths.
    pub(super) fn own_staff(&self, h: usize) -> i64 {
        let staff = &self.model.staff;
        let beds = i64::from(self.model.hospitals[h].regular_beds.0) * 1_000;
        let own = part(self.presence(h), part(staff.workforce, beds));
        let per_nurse = PerMille(staff.milli_beds_per_nurse);
        let joined = self.lent(h, Role::Ic) + self.hospitals[h].external;
        let beds = (own + part(per_nurse, joined) - part(per_nurse, self.trainers(h))).max(0);
        let patients = self.occupied(h);
        match staff.nursing {
            Some([covid, acute, planned]) if patients > 0 => {
                let taken = self.covid_on_ic(h) * i64::from(covid.0)
                    + self.acute_on_ic(h) * i64::from(acute.0)
                    + self.planned_on_ic(h) * i64::from(planned.0);
                beds * patients * 1_000 / taken
            }
            _ => beds,
        }
    }

    /// Staff present relative to normal times.
    pub(super) fn presence(&self, h: usize) -> PerMille {
        let sick = self.world.absence.at(HospitalIdx::at(h), self.today()).0;
        let normal = PerMille::from_fraction(self.model.staff.absence.normal).0;
        let out = sick + self.tired() + self.dropped_out(h);
        PerMille((1_000 - out.min(1_000)) * 1_000 / (1_000 - normal.min(999)))
    }

    /// Thousandths of the staff who dropped out where nurses were stretched.
    fn dropped_out(&self, h: usize) -> u32 {
        let nobody_tires = self.rules().supplement_without(Sentence::A17);
        if nobody_tires {
            0
        } else {
            whole(self.hospitals[h].dropped_out / 1_000)
        }
    }

    /// Days of strain, where these make staff tired.
    fn tiring_days(&self) -> u16 {
        let nobody_tires = self.rules().supplement_without(Sentence::A17);
        let strained = self.nation.strained_since.filter(|_| !nobody_tires);
        strained.map_or(0, |since| self.today().0 - since.0)
    }

    /// Thousandths of the staff who are at home, tired: more with each full week.
    fn tired(&self) -> u32 {
        self.model.staff.fatigue_per_week.0 * u32::from(self.tiring_days() / 7)
    }

    fn tell_fatigue(&mut self) {
        let tired = self.tired();
        if tired > 0 && self.tiring_days().is_multiple_of(7) {
            self.decided(Word::StaffTire, Sentence::A17, (None, None), tired.into());
        }
    }

    /// Lent workers of a role, in thousandths of a full-time nurse.
    pub(super) fn lent(&self, h: usize, role: Role) -> i64 {
        let workers = self.workers.iter().zip(&self.world.workers);
        let here = workers
            .filter(|(state, record)| state.at == Work::InHospital(h) && record.role == role);
        here.map(|(_, record)| i64::from(record.productivity.0))
            .sum()
    }

    /// Own nurse time that inductions take, in thousandths of a nurse.
    fn trainers(&self, h: usize) -> i64 {
        if !self.has(Sentence::Z25) || self.policy.loans.staff == LoanStaff::All {
            return 0;
        }
        let each = i64::from(self.model.clinics.trainer.0);
        let inducted = self.inductions(h);
        inducted * each
    }

    /// Workers whom a hospital inducts that does not know them.
    pub(super) fn inductions(&self, h: usize) -> i64 {
        let inducted = (self.workers.iter()).filter(|worker| {
            matches!(worker.at, Work::InInduction(_, at) if at == h) && worker.known_in != Some(h)
        });
        super::length(inducted)
    }
}
