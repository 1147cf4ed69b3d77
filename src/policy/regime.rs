//! What a policy means on one day in one phase: plain values that handlers read without asking which
//! sentence is in force.

use crate::policy::agreement::{Escalation, Mediation, Protection};
use crate::policy::conditions::Chain;
use crate::policy::levers::{CriticalNeed, FairShare, Policy, ScaleDownTiming, ScalingOrder};
use crate::policy::loans::LoanTerms;
use crate::policy::plan::{Binding, Phase, PhasePlan, PhaseRecord};
use crate::policy::sentence::Sentence;
use crate::policy::written::Levers;
use crate::units::{Day, Minutes, PerMille};

/// A value with the sentence that set it. Only the log reads the sentence, so that values are equal
/// whatever sentence set them.
#[derive(Debug, Clone, Copy)]
pub struct Because<T> {
    /// What holds.
    pub value: T,
    /// The sentence behind it; `None` when no document says so.
    pub sentence: Option<Sentence>,
}

impl<T> Because<T> {
    /// A value that no document sets.
    pub const fn usual(value: T) -> Self {
        Self {
            value,
            sentence: None,
        }
    }

    /// A value that `sentence` sets.
    pub const fn of(value: T, sentence: Sentence) -> Self {
        Self {
            value,
            sentence: Some(sentence),
        }
    }
}

impl<T: PartialEq> PartialEq for Because<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

/// All that a policy can mean to the engine.
#[derive(Debug, Clone, Copy, PartialEq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says whether somebody does something, independent of the others"
)]
pub struct Regime {
    /// The phase that a calendar prescribes; `None` when phases follow the plan's thresholds.
    pub forced_phase: Option<Phase>,
    /// Days after which coordination centers read a report.
    pub report_age_days: u16,
    /// Whether hospitals renew their reports on Mondays only.
    pub reports_lapse: bool,
    /// Probability that a party does what was agreed, before [`Self::is_binding`] counts.
    pub agreed_compliance: PerMille,
    /// Whether agreements bind; free ones are kept half as often.
    pub is_binding: bool,
    /// Whether escalation also raises the compliance of regions with spreading.
    pub is_supervised: bool,

    /// Plain levers that are in force.
    pub levers: Levers,

    /// Days ahead for which hospitals prepare.
    pub lead_days: u16,
    /// Days over which planners spread the forecast's growth, at least 1.
    pub growth_days: u16,
    /// Factor on the expected census of COVID patients at the lead, for the quantile prepared for.
    pub quantile_factor: PerMille,
    /// Whether a region's task is divided by what each hospital reported, not by beds.
    pub by_hospital: bool,
    /// Whether planners act on the number that they were told, not on their own census.
    pub is_told: bool,
    /// Whether hospitals keep beds for the COVID patients whom they were told to expect.
    pub makes_room: bool,
    /// Whether hospitals have to make beds for COVID patients out of other care, or out of hire.
    pub scales_down: bool,
    /// When hospitals scale plannable care down.
    pub timing: Because<ScaleDownTiming>,
    /// What counts as need for IC capacity.
    pub critical_need: CriticalNeed,

    /// The key by which the national COVID task is divided over regions.
    pub fair_share: FairShare,
    /// Whether regions are asked for their share and offer capacity.
    pub asks_regions: bool,
    /// The chain of care before and after the hospital.
    pub chain: Chain,

    /// Beds that the country is told to open, whatever patients are expected.
    pub ordered_beds: u32,
    /// Most IC beds that the country may have; no bound when `None`.
    pub most_beds: Option<u32>,
    /// Most activity of classes 3, 4 and 5 in hospitals that comply, relative to normal.
    pub max_activity: Because<[PerMille; 3]>,
    /// Most beds per nurse relative to normal.
    pub beds_per_nurse: PerMille,
    /// Whether hospitals are told to stop classes 4 and 5.
    pub stops_plannable: bool,
    /// COVID patients who are expected to stay longer are not admitted to the IC; all are when `None`.
    pub longest_ic_stay: Option<Minutes>,
    /// Part of its regular IC beds that each hospital keeps for COVID patients.
    pub covid_beds: PerMille,
    /// Whether staff tire.
    pub staff_tire: bool,
    /// In which order classes are cut.
    pub scaling_order: Because<ScalingOrder>,
    /// In which order classes are restored once phases become lighter.
    pub restart_order: Because<ScalingOrder>,

    /// How regions come to an agreement; `None` where they make none.
    pub agreement: Option<Agreement>,
    /// Whether the chair calls meetings, beside the weekly one.
    pub calls_meetings: bool,
    /// Overdue class 3 patients at which the chair calls one.
    pub meet_at_overdue: Option<u16>,
    /// Whether protected beds are kept when phases become lighter.
    pub keeps_protection: bool,
    /// Probability that a hospital agrees to shift care to or from others.
    pub shift_accepted: PerMille,
    /// What follows when agreements are not kept.
    pub escalation: Option<EscalationTerms>,
    /// Whether hospitals see each other's lists each morning, not only on Mondays.
    pub shows_lists_daily: bool,
    /// Mediation by insurers.
    pub mediation: Option<Mediation>,

    /// Activity of clinics relative to normal.
    pub clinic_activity: PerMille,
    /// Whether clinics give no care that needs home care or the GP afterwards.
    pub withholds_follow_up: bool,
    /// Whether clinics leave places in home care to hospitals.
    pub spares_home_care: bool,
    /// Loans of clinic staff.
    pub loans: LoanTerms,
}

impl Regime {
    /// Probability that a party does what was agreed.
    pub const fn compliance(&self) -> PerMille {
        if self.is_binding {
            self.agreed_compliance
        } else {
            PerMille(self.agreed_compliance.0 / 2)
        }
    }
}

/// How regions come to an agreement on critical plannable care.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Agreement {
    /// Probability at one meeting; `None` where all hospitals must want it.
    pub probability: Option<PerMille>,
    /// Days to its effect.
    pub days: u16,
}

/// What follows when agreements are not kept.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EscalationTerms {
    /// Days, steps and delays.
    pub terms: Escalation,
    /// Whether pressure is watched.
    pub watches: bool,
    /// Whether overdue patients count as pressure.
    pub counts_overdue: bool,
    /// The sentence by which each of the three levels is reached; none where it is not.
    pub levels: [Option<Sentence>; 3],
}

/// What a policy means to one region, once it has come to an agreement.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Regional {
    /// How it protects beds for critical plannable care.
    pub protection: Protection,
    /// How strongly it concentrates COVID patients.
    pub concentrates: Option<PerMille>,
    /// Whether its hospitals have one waiting list.
    pub pools_lists: bool,
}

/// A policy read on one day in one phase: what a document looks at when it amends a regime.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reading<'a> {
    pub(super) policy: &'a Policy,
    pub(super) plan: &'a PhasePlan,
    /// Days after which a report is read in normal times.
    pub(super) report_age_days: u16,
    pub(super) day: Day,
    pub(super) phase: Phase,
}

impl Reading<'_> {
    /// Whether `sentence` is not struck out.
    pub(super) const fn has(&self, sentence: Sentence) -> bool {
        self.policy.has(sentence)
    }

    /// `sentence`, unless it is struck out.
    pub(super) fn unless_struck(&self, sentence: Sentence) -> Option<Sentence> {
        Some(sentence).filter(|sentence| self.has(*sentence))
    }

    /// Whether a document with this first day has begun.
    pub(super) fn since(&self, start: Option<Day>) -> bool {
        start.is_some_and(|start| start <= self.day)
    }

    /// Whether agreements with this first day hold today: in the phases in which `document` binds, or in
    /// all where A11 is struck out.
    pub(super) fn agreed(&self, document: Binding, start: Option<Day>) -> bool {
        let in_phase = self.record().binds(document) || !self.has(Sentence::A11);
        self.since(start) && in_phase
    }

    pub(super) fn record(&self) -> &PhaseRecord {
        self.plan.record(self.phase)
    }

    /// Whether this is the plan's heaviest phase.
    pub(super) fn is_heaviest(&self) -> bool {
        self.phase == self.plan.heaviest()
    }
}
