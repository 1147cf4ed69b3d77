//! Loan rounds: hiring, the gate, and sending workers back.

use zorgdruk::outcome::{WeekMeasure, Word};
use zorgdruk::policy::info::LoanRound;
use zorgdruk::policy::levers::{GateScope, LoanTrigger};
use zorgdruk::policy::loans::Gate;
use zorgdruk::policy::sentence::Sentence;
use zorgdruk::units::PerMille;
use zorgdruk::world::Role;

use super::state::Work;
use super::{Naive, length, part, whole};

/// Hospitals with their shortage of beds in thousandths; below zero they have beds to spare.
pub(super) type Shortages = Vec<(usize, i64)>;

impl Naive<'_> {
    pub(super) fn loan_round(&mut self) {
        let start = self.model.study.window_start();
        let every = self.model.clinics.round_days.max(1);
        if self.today() < start || !(self.today().0 - start.0).is_multiple_of(every) {
            return;
        }
        for r in 0..self.regions.len() {
            self.regional_round(r);
        }
    }

    fn regional_round(&mut self, r: usize) {
        let shortages = self.shortages(r);
        let before = self.round_info(r, &shortages);
        if before.short_milli > 0 && self.rules().framework(Sentence::A04) {
            self.hire(r, &shortages);
        }
        if self.is_need_over(&shortages) {
            self.send_back(r);
        }
        let gate = self.gate(&before);
        let (measure, rule) = match gate {
            Gate::Trigger => (WeekMeasure::LoanGateTrigger, Sentence::A44),
            Gate::Signature => (WeekMeasure::LoanGateSignature, Sentence::Z13),
            Gate::ScaleDown => (WeekMeasure::LoanGateScaleDown, Sentence::Z14),
            Gate::Exchange => (WeekMeasure::LoanGateExchange, Sentence::Z15),
            Gate::Hire => (WeekMeasure::LoanGateHire, Sentence::Z16),
            Gate::NoBenefit => (WeekMeasure::LoanGateNoBenefit, Sentence::Z17),
            Gate::Open => (WeekMeasure::LoanGateOpen, Sentence::A44),
        };
        self.count_region(r, measure, 1);
        self.decided_in_region(Word::LoanGate, rule, r, gate as i64);
        if gate == Gate::Open {
            self.request_workers(r, &before, shortages);
        }
    }

    fn gate(&self, round: &LoanRound) -> Gate {
        let is_voluntary = self.policy.loans.trigger == LoanTrigger::VoluntaryAnyTime;
        let rule = if is_voluntary {
            Sentence::A45
        } else {
            Sentence::A44
        };
        let rules = self.rules();
        let may_talk = rules.supplement(rule) || rules.clinics(rule);
        if !may_talk || !self.is_triggered(round) {
            return Gate::Trigger;
        }
        let asked = |sentence| !is_voluntary && self.has(sentence);
        match () {
            () if asked(Sentence::Z13) && !round.all_signed => Gate::Signature,
            () if asked(Sentence::Z14) && !self.is_scaled_down(round) => Gate::ScaleDown,
            () if asked(Sentence::Z15) && round.spare_milli >= 1_000 => Gate::Exchange,
            () if asked(Sentence::Z16) && round.for_hire > 0 => Gate::Hire,
            () if asked(Sentence::Z17)
                && round.short_milli == 0
                && round.critical_short_milli == 0 =>
            {
                Gate::NoBenefit
            }
            () => Gate::Open,
        }
    }

    /// Whether the moment of the talk has come, whichever reading of the texts the policy takes.
    fn is_triggered(&self, round: &LoanRound) -> bool {
        let in_phase_3 = round.is_heaviest;
        match self.policy.loans.trigger {
            LoanTrigger::Never => false,
            LoanTrigger::VoluntaryAnyTime => round.short_milli > 0,
            LoanTrigger::FromPhase2D => round.prepares,
            LoanTrigger::ThreatNotice => in_phase_3 || round.threat,
            LoanTrigger::Phase3 => in_phase_3,
        }
    }

    fn is_scaled_down(&self, round: &LoanRound) -> bool {
        let loans = &self.policy.loans;
        match loans.scope {
            GateScope::AllHospitals => {
                round.scaled_down * 1_000 >= round.hospitals * loans.full_scale_down.0
            }
            GateScope::RegionAggregate => round.activity.0 <= loans.no_activity.0,
        }
    }

    fn shortages(&self, r: usize) -> Shortages {
        let hospitals = self.in_region(r).into_iter();
        let short = hospitals.map(|h| {
            let planning = self.planning(h);
            let capacity = planning.capacity_milli();
            (h, i64::from(self.need(&planning)) - i64::from(capacity))
        });
        short.collect()
    }

    fn round_info(&self, r: usize, shortages: &Shortages) -> LoanRound {
        let hospitals = self.in_region(r);
        let activity = |h: usize| self.hospitals[h].last_activity[1..].iter().sum::<i64>();
        let normal = |h: usize| {
            let usual = self.tables.hospitals[h].operations_milli;
            i64::from(usual[1]) + i64::from(usual[2])
        };
        let is_down = |h: &usize| activity(*h) <= part(self.policy.loans.no_activity, normal(*h));
        let signs =
            |h: usize| i64::from(self.world.marks.signature[self.weekly(h)]) < self.compliance();
        let done: i64 = hospitals.iter().map(|h| activity(*h)).sum();
        let usual: i64 = hospitals.iter().map(|h| normal(*h)).sum();
        LoanRound {
            prepares: self.is_phase_at_least(self.model.phases.clinics_prepare_from),
            is_heaviest: self.is_heaviest_phase(),
            threat: self.nation.threat,
            all_signed: hospitals.iter().all(|h| signs(*h)),
            hospitals: whole(length(hospitals.iter())),
            scaled_down: whole(length(hospitals.iter().filter(|h| is_down(h)))),
            activity: PerMille(whole(done * 1_000 / usual.max(1))),
            short_milli: whole(shortages.iter().map(|(_, n)| (*n).max(0)).sum()),
            critical_short_milli: whole(
                hospitals
                    .iter()
                    .map(|h| self.hospitals[*h].critical_short)
                    .sum(),
            ),
            spare_milli: {
                let people = hospitals.iter().map(|h| self.people_to_spare(*h));
                let per_team = PerMille(self.model.staff.milli_beds_per_team);
                whole(part(per_team, people.sum()))
            },
            for_hire: whole(self.regions[r].for_hire / 1_000),
        }
    }

    /// Whether no hospital would be short without those who were lent.
    fn is_need_over(&self, shortages: &Shortages) -> bool {
        let per_nurse = PerMille(self.model.staff.milli_beds_per_nurse);
        shortages.iter().all(|(h, short)| {
            let operate = self.lent(*h, Role::Or) + self.lent(*h, Role::Ward) > 0;
            let still_short = operate && self.hospitals[*h].critical_short > 0;
            short + part(per_nurse, self.lent(*h, Role::Ic)) <= 0 && !still_short
        })
    }

    /// External nurses for the hospital that is shortest.
    fn hire(&mut self, r: usize, shortages: &Shortages) {
        let Some(h) = self.shortest(shortages) else {
            return;
        };
        let market = &self.model.staff.external_hire;
        let beds = shortages
            .iter()
            .map(|(h, _)| self.tables.hospitals[*h].bed_share);
        let share: i64 = beds.map(i64::from).sum();
        let days = i64::from(self.model.clinics.round_days.max(1));
        let most = i64::from(market.nurses_per_week) * share * days / 7 / 1_000;
        let n = most.min(self.regions[r].for_hire);
        self.regions[r].for_hire -= n;
        let begins = self.today().plus(market.induction_days.max(1));
        self.hospitals[h].hired.push((begins, n));
        self.decided_in_hospital(Word::ExternalHired, Sentence::Z16, h, n);
    }

    /// All workers lent to the region go back to their clinics.
    fn send_back(&mut self, r: usize) {
        self.regions[r].loan_asked = None;
        for w in 0..self.workers.len() {
            let (Work::InInduction(_, h) | Work::InHospital(h)) = self.workers[w].at else {
                continue;
            };
            if self.region_of(h) == r {
                self.workers[w].at = Work::AtClinic;
                self.tell(Word::WorkerReturns, h, Some(w), 0);
            }
        }
    }

    /// The hospital that is shortest, if any is.
    fn shortest(&self, shortages: &Shortages) -> Option<usize> {
        let short = shortages.iter();
        let short = short.map(|(h, n)| (*n, self.order_of_hospital(*h), *h));
        super::ranked(short.collect()).first().copied()
    }
}
