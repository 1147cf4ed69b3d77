//! Matching clinic workers with hospitals that ask for them.

use zorgdruk::outcome::{WeekMeasure, Word};
use zorgdruk::policy::info::LoanRound;
use zorgdruk::policy::levers::{LoanPurpose, LoanStaff};
use zorgdruk::policy::loans;
use zorgdruk::policy::sentence::Sentence;
use zorgdruk::units::{Cents, PerMille, RegionIdx};
use zorgdruk::world::{Deployability, Role};

use super::loans::Shortages;
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
        for w in self.workers_in_order(r, willing) {
            let beds = self.needy(r, |h| short_of(&short, h));
            let theater = self.needy(r, |h| self.hospitals[h].critical_short);
            let ward = self.needy(r, |h| self.ward_need(h));
            let wanted = match self.world.workers[w].role {
                Role::Ward => ward,
                Role::Or => beds.or(theater),
                Role::Ic => beds,
            };
            let Some(h) = wanted.or(beds) else {
                if theater.is_none() && ward.is_none() {
                    return;
                }
                continue;
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

    /// All workers, team by team: first the teams that stand still already, then those of which most
    /// could come.
    fn workers_in_order(&self, r: usize, willing: PerMille) -> Vec<usize> {
        let mut teams: Vec<(u16, u16)> = Vec::new();
        for record in &self.world.workers {
            let team = (record.clinic, record.block);
            if !teams.contains(&team) {
                teams.push(team);
            }
        }
        let of_team = |(clinic, block): (u16, u16)| {
            let all = 0..self.workers.len();
            all.filter(move |w| {
                let record = &self.world.workers[*w];
                (record.clinic, record.block) == (clinic, block)
            })
        };
        let could_come = |w: &usize| {
            let is_willing = u32::from(self.world.workers[*w].willing_mark) < willing.0;
            let is_there = self.workers[*w].at == Work::AtClinic;
            is_there && self.is_listed(*w) && is_willing && self.travels_to(*w, r)
        };
        teams.sort_by_key(|(clinic, block)| {
            let stands_still = self.lent_by((*clinic).into(), (*block).into()) > 0;
            let n = of_team((*clinic, *block)).filter(could_come).count();
            (!stands_still, std::cmp::Reverse(n))
        });
        teams.into_iter().flat_map(of_team).collect()
    }

    /// Whether every worker can be had: the upper bound.
    fn has_all(&self) -> bool {
        self.policy.loans.staff == LoanStaff::All
    }

    fn travels_to(&self, w: usize, r: usize) -> bool {
        let record = &self.world.workers[w];
        let distance = self.tables.distance(record.region, RegionIdx::at(r));
        self.has_all() || distance <= record.max_distance
    }

    /// The hospital with the highest need that can induct one more worker.
    fn needy(&self, r: usize, need: impl Fn(usize) -> i64) -> Option<usize> {
        let inducts = self.has(Sentence::Z25) && !self.has_all();
        let most = i64::from(self.model.clinics.most_inductions);
        let hospitals = self.in_region(r).into_iter();
        let ready = hospitals.filter(|h| !inducts || self.inductions(*h) < most);
        let needs = ready.map(|h| (need(h), self.order_of_hospital(h), h));
        super::ranked(needs.collect()).first().copied()
    }

    /// What the ward of a hospital lacks: beds for who waits on the IC, nurses for class 3.
    fn ward_need(&self, h: usize) -> i64 {
        let blocked = self
            .covid
            .iter()
            .filter(|patient| patient.hospital == h && matches!(patient.at, Place::Blocked(_)));
        super::length(blocked) * 1_000 + self.ward_shortage(h)
    }

    /// Whether lent staff work for classes 1 to 3 only: by the scheme, which leads from the first day of
    /// a later document.
    pub(super) fn lends_for_classes_1_to_3(&self) -> bool {
        let since = self.policy.later_documents_from();
        since.is_some_and(|since| since <= self.today()) && self.has(Sentence::Z23)
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

    /// Asks a worker; whether the worker can and will come.
    fn ask(&mut self, w: usize, h: usize, (is_wanted, willing): (bool, PerMille)) -> bool {
        if self.workers[w].at != Work::AtClinic || !self.is_listed(w) {
            return false;
        }
        let today = self.today();
        self.workers[w].asked.get_or_insert(today);
        let record = &self.world.workers[w];
        let is_willing = u32::from(record.willing_mark) < willing.0;
        let is_competent = is_wanted && self.is_deployable(w);
        let is_in_range = self.travels_to(w, self.region_of(h));
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
        if !self.has(Sentence::Z18) || self.has_all() {
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
        if self.has_all() {
            return PerMille::ONE;
        }
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
        if self.has_all() {
            return true;
        }
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
        let bound = finance.most_uncompensated.filter(|_| !self.has_all());
        let is_sound = loans::pays(loss, compensated, bound);
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
        let known_in = self.workers[w].known_in;
        if self.has(Sentence::Z25) && !self.has_all() && known_in != Some(h) {
            let needs_booster = record.needs_booster && known_in.is_none();
            let booster = clinics.booster_days * u16::from(needs_booster);
            days = booster + clinics.induction_days[record.role as usize];
        }
        let until = self.today().plus(days);
        self.workers[w].at = Work::InInduction(until, h);
        self.workers[w].furthest = self.workers[w].furthest.max(INDUCTED);
        self.tell(Word::WorkerLent, h, Some(w), until.0.into());
        self.decided_in_hospital(Word::InductionBegins, Sentence::Z25, h, until.0.into());
    }
}

fn short_of(shortages: &Shortages, h: usize) -> i64 {
    let own = shortages.iter().find(|(other, _)| *other == h);
    own.map_or(0, |(_, n)| *n)
}
