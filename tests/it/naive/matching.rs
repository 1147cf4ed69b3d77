//! Matching clinic workers with hospitals that ask for them.

use zorgdruk::outcome::{WeekMeasure, Word};
use zorgdruk::policy::info::LoanRound;
use zorgdruk::policy::levers::LoanPurpose;
use zorgdruk::policy::loans;
use zorgdruk::policy::sentence::Sentence;
use zorgdruk::units::{Cents, PerMille};
use zorgdruk::world::{Deployability, Role};

use super::loans::{Shortages, shortest};
use super::state::{Place, Work};
use super::{Naive, part};

/// Steps of a worker towards a loan.
const ASKED: usize = 1;
const WILLING: usize = 2;
const COMPETENT: usize = 3;
const IN_RANGE: usize = 4;
const INDUCTED: usize = 5;

impl Naive<'_> {
    /// The gate is open: workers are asked one by one.
    pub(super) fn request_workers(&mut self, r: usize, round: &LoanRound, mut short: Shortages) {
        let today = self.today();
        let asked = *self.regions[r].loan_asked.get_or_insert(today);
        if today < asked.plus(self.lead_time()) || !self.is_request_complete(r) {
            return;
        }
        let willing = self.willingness(round);
        for w in 0..self.workers.len() {
            let wanted = if self.world.workers[w].role == Role::Ward {
                self.ward_in_need(r)
            } else {
                shortest(&short)
            };
            let Some(h) = wanted.or_else(|| shortest(&short)) else {
                return;
            };
            if self.ask(w, h, (wanted.is_some(), willing)) && self.is_paid_for(w) {
                self.begin_induction(w, h);
                let relief = self.relief_by(w);
                short
                    .iter_mut()
                    .filter(|(other, _)| *other == h)
                    .for_each(|(_, n)| *n -= relief);
            }
        }
    }

    /// Days from the first request of a region to the first question to a worker.
    fn lead_time(&self) -> u16 {
        let clinics = &self.model.clinics;
        let mut days = clinics.procedure_days;
        if self.has(Sentence::Z24) && self.nation.prepared_since.is_some() {
            days = clinics.matching.prepared_procedure_days;
        }
        if self.has(Sentence::Z07) {
            days += clinics.specification_days;
        }
        if !self.has(Sentence::Z08) {
            days += 7;
        }
        days
    }

    fn is_request_complete(&mut self, r: usize) -> bool {
        let mark = self.world.marks.complete_request[self.weekly(r)];
        let is_complete = u32::from(mark) < self.model.clinics.matching.complete_request.0;
        if is_complete || !self.has(Sentence::Z07) {
            return true;
        }
        self.count_region(r, WeekMeasure::RequestsIncomplete, 1);
        self.decided_in_region(Word::RequestIncomplete, Sentence::Z07, r, 0);
        false
    }

    fn has_scheme(&self) -> bool {
        let from = self.policy.finance.scheme_from;
        self.has(Sentence::Z12) && from.is_some_and(|from| from <= self.today())
    }

    /// The hospital whose ward is shortest of nurses, if any is.
    fn ward_in_need(&self, r: usize) -> Option<usize> {
        let shortage = |h: usize| {
            let blocked = self
                .covid
                .iter()
                .filter(|patient| patient.hospital == h && matches!(patient.at, Place::Blocked(_)));
            super::length(blocked) * 1_000 + self.ward_shortage(h)
        };
        let hospitals = self.in_region(r).into_iter();
        super::highest(hospitals.map(|h| (shortage(h), h)).filter(|(n, _)| *n > 0))
    }

    /// Asks a worker; whether the worker can and will come.
    fn ask(&mut self, w: usize, h: usize, (is_wanted, willing): (bool, PerMille)) -> bool {
        if self.workers[w].at != Work::AtClinic || !self.is_listed(w) {
            return false;
        }
        let today = self.today();
        self.workers[w].asked.get_or_insert(today);
        let record = &self.world.workers[w];
        let region = self.model.hospitals[h].region;
        let is_willing = u32::from(record.willing_mark) < willing.0;
        let is_competent = is_wanted && self.is_deployable(w);
        let is_in_range = self.tables.distance(record.region, region) <= record.max_distance;
        let step = match (is_willing, is_competent, is_in_range) {
            (false, ..) => ASKED,
            (true, false, _) => WILLING,
            (true, true, false) => COMPETENT,
            (true, true, true) => IN_RANGE,
        };
        self.workers[w].furthest = self.workers[w].furthest.max(step);
        step == IN_RANGE
    }

    /// Whether the inventory lists the worker; it gets old when it was made in phase 2D.
    fn is_listed(&self, w: usize) -> bool {
        if !self.has(Sentence::Z18) {
            return true;
        }
        let matching = &self.model.clinics.matching;
        let made = self
            .nation
            .prepared_since
            .filter(|_| self.has(Sentence::Z24));
        let weeks = made.map_or(0, |made| u32::from((self.today().0 - made.0) / 7));
        let lost = matching.listed_loss_per_week.0 * weeks;
        u32::from(self.world.workers[w].listed_mark) < matching.listed.0.saturating_sub(lost)
    }

    /// Probability that a worker says yes: after the survey of phase 2D (Z22), and more often once phase
    /// 3 threatens (Z30).
    fn willingness(&self, round: &LoanRound) -> PerMille {
        let [before_2d, in_2d, under_threat] =
            self.policy.finance.willingness[usize::from(self.has_scheme())];
        let surveyed = if self.has(Sentence::Z22) {
            in_2d
        } else {
            before_2d
        };
        match () {
            () if round.threat || round.is_heaviest => {
                if self.has(Sentence::Z30) {
                    under_threat
                } else {
                    surveyed
                }
            }
            () if round.prepares => surveyed,
            () => before_2d,
        }
    }

    fn is_deployable(&self, w: usize) -> bool {
        if !self.has(Sentence::Z19) {
            return true;
        }
        let record = &self.world.workers[w];
        let asked = self.workers[w].asked.expect("the worker was asked");
        let clear_from = asked.plus(self.model.clinics.matching.days_until_clear);
        let is_clear = !record.not_clear || clear_from <= self.today();
        let without_covid = record.deployable == Deployability::WithoutCovid;
        let is_outside_covid_only = self.policy.loans.purpose == LoanPurpose::WithoutCovid;
        let suits = without_covid || !is_outside_covid_only;
        is_clear && (suits || !self.has(Sentence::Z23))
    }

    /// Workers lent by one team of a clinic.
    pub(super) fn lent_by(&self, clinic: usize, block: usize) -> i64 {
        let workers = self.workers.iter().zip(&self.world.workers);
        super::length(workers.filter(|(state, record)| {
            let same = usize::from(record.clinic) == clinic && usize::from(record.block) == block;
            same && state.at != Work::AtClinic
        }))
    }

    /// Whether the clinic's business case is sound.
    fn is_paid_for(&mut self, w: usize) -> bool {
        let record = &self.world.workers[w];
        let clinic = &self.model.clinics.clinics[usize::from(record.clinic)];
        let is_stopped = self.lent_by(record.clinic.into(), record.block.into()) > 0;
        let day = i64::from(clinic.milli_operations_per_block) * clinic.price.0 / 1_000;
        let loss = Cents(if is_stopped { 0 } else { day });
        let finance = &self.policy.finance;
        let compensated = finance.compensated[usize::from(self.has_scheme())];
        let is_sound = loans::pays(loss, compensated, finance.most_uncompensated);
        if is_sound || !self.has(Sentence::Z10) {
            return true;
        }
        let r = record.region.idx();
        self.decided_in_region(Word::LoanDoesNotPay, Sentence::Z10, r, loss.0);
        false
    }

    /// IC beds that a worker relieves a hospital of, in thousandths.
    fn relief_by(&self, w: usize) -> i64 {
        let staff = &self.model.staff;
        let record = &self.world.workers[w];
        let work = i64::from(record.productivity.0);
        match record.role {
            Role::Ic => part(PerMille(staff.milli_beds_per_nurse), work),
            Role::Or => {
                let teams = part(PerMille(staff.milli_teams_per_worker), work);
                part(PerMille(staff.milli_beds_per_team), teams)
            }
            Role::Ward => 0,
        }
    }

    fn begin_induction(&mut self, w: usize, h: usize) {
        let record = &self.world.workers[w];
        let clinics = &self.model.clinics;
        let mut days = 1;
        if self.has(Sentence::Z25) {
            let booster = clinics.booster_days * u16::from(record.needs_booster);
            days = booster + clinics.induction_days[record.role as usize];
        }
        let until = self.today().plus(days);
        self.workers[w].at = Work::InInduction(until, h);
        self.workers[w].furthest = self.workers[w].furthest.max(INDUCTED);
        self.tell(Word::WorkerLent, h, Some(w), until.0.into());
        self.decided_in_hospital(Word::InductionBegins, Sentence::Z25, h, until.0.into());
    }
}
