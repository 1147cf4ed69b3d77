//! A policy as data: which rules are on, and how far each lever is turned.

use crate::name::Name;
use crate::policy::agreement::{Escalation, Granularity, Mediation, Protection, Visibility};
pub use crate::policy::choices::{
    CriticalNeed, FairShare, GateScope, LoanPurpose, LoanStaff, LoanTrigger, ScaleDownTiming,
    ScalingOrder,
};
use crate::policy::conditions::{Chain, Finance};
use crate::policy::plan::Phase;
use crate::policy::sentence::{Sentence, SentenceSet};
use crate::policy::written::Levers;
use crate::units::{Day, PerMille, RegionIdx};

/// Settings of one policy. Rules of the framework and of the supplement act only in phases 2A to
/// 2D (A11) and from their own start.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    /// Short machine name.
    pub key: String,
    /// Name in reports.
    pub label: Name,
    /// One sentence on what the policy is.
    pub description: Name,
    /// First day on which hospitals follow the scale-up plan; never when `None`.
    pub plan_from: Option<Day>,
    /// First day on which the framework of October 2020 is in force (A01); never when `None`.
    pub framework_from: Option<Day>,
    /// First day on which the supplement of November 2021 is in force (A47); never when `None`.
    pub supplement_from: Option<Day>,
    /// First day on which the clinics' policy of December 2021 is in force; never when `None`.
    pub clinic_policy_from: Option<Day>,
    /// How the country moves between phases.
    pub phases: PhaseControl,
    /// How early hospitals scale plannable care down (A04, A17).
    pub scale_down: ScaleDownTiming,
    /// In which order classes are cut (A05).
    pub scaling_order: ScalingOrder,
    /// Days ahead for which capacity is prepared (the lead `L` of A04).
    pub lead_days: u16,
    /// Upper quantile of the forecast that is prepared for (the level of A04); also as the factor
    /// on the expected census for each number of days ahead.
    pub forecast_level: f64,
    /// Factor on the expected regional COVID census per day ahead, in thousandths, that gives the
    /// quantile `forecast_level`.
    pub quantile_factor: [PerMille; crate::policy::forecast::MAX_HORIZON_DAYS + 1],
    /// To whom expected COVID patients are announced (A02).
    pub granularity: Granularity,
    /// Spreading of COVID patients over regions (A15).
    pub fair_share: FairShare,
    /// Plain levers (A05, A13, A15, A20, Z28).
    pub levers: Levers,
    /// Probability that a hospital or region does what was agreed, before money shifts it (A14).
    pub compliance: PerMille,
    /// How beds for critical plannable care are protected (A21, A22).
    pub protection: Protection,
    /// The same by region, where regions chose for themselves (A28); empty when none did.
    pub protection_by_region: Vec<Protection>,
    /// What hospitals show of their waiting lists (A30).
    pub visibility: Visibility,
    /// Whether need counts critical plannable care beside COVID and acute care (A23).
    pub critical_need: CriticalNeed,
    /// Probability that a region reaches agreement at one weekly meeting (A21, A26).
    pub agreement: PerMille,
    /// Days from an agreement to its effect (A26).
    pub days_to_agree: u16,
    /// Overdue class 3 patients in a region at which its chair calls a meeting (A25); never when
    /// `None`.
    pub meet_at_overdue: Option<u16>,
    /// What follows when agreements are not kept (A35 to A37); nothing when `None`.
    pub escalation: Option<Escalation>,
    /// Mediation by insurers (A42); none when `None`.
    pub mediation: Option<Mediation>,
    /// Money (A08, A33, A34, Z10, Z12).
    pub finance: Finance,
    /// The chain of care (A06).
    pub chain: Chain,
    /// Loans of clinic staff (A43 to A45, Z07 to Z30).
    pub loans: LoanPolicy,
    /// Rules that are switched off although their document is in force.
    pub disabled: SentenceSet,
}

impl Policy {
    /// Whether `rule` is not switched off.
    pub const fn has(&self, rule: Sentence) -> bool {
        !self.disabled.contains(rule)
    }

    /// First day on which a later document than the framework is in force: the supplement or the
    /// clinics' policy.
    pub fn later_documents_from(&self) -> Option<Day> {
        let days = self.supplement_from.into_iter();
        days.chain(self.clinic_policy_from).min()
    }

    /// How `region` protects critical plannable care once it has agreed (A28).
    pub fn protection_in(&self, region: RegionIdx) -> Protection {
        let chosen = self.protection_by_region.get(region.idx());
        chosen
            .filter(|_| self.has(Sentence::A28))
            .copied()
            .unwrap_or(self.protection)
    }
}

/// How the country moves between phases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PhaseControl {
    /// By the thresholds of the phase plan.
    Endogenous,
    /// By a calendar of first days, earliest first.
    Forced(Vec<(Day, Phase)>),
}

/// Loans of clinic staff: trigger and gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LoanPolicy {
    /// When loans can be talked about.
    pub trigger: LoanTrigger,
    /// Part of a region's hospitals that must have scaled classes 4 and 5 down in full (Z14).
    pub full_scale_down: PerMille,
    /// Activity of classes 4 and 5, relative to normal, that still counts as none (Z14).
    pub no_activity: PerMille,
    /// Whether Z14 looks at each hospital or at the region as a whole.
    pub scope: GateScope,
    /// For which care staff may be lent (Z23).
    pub purpose: LoanPurpose,
    /// Which staff can be lent.
    pub staff: LoanStaff,
}

impl Policy {
    /// A policy under which no document is ever in force: what holds during the burn-in.
    pub fn inert() -> Self {
        Self {
            key: String::new(),
            label: Name::default(),
            description: Name::default(),
            plan_from: None,
            framework_from: None,
            supplement_from: None,
            clinic_policy_from: None,
            phases: PhaseControl::Endogenous,
            scale_down: ScaleDownTiming::Late,
            scaling_order: ScalingOrder::UrgencyOrder,
            lead_days: 0,
            forecast_level: 0.5,
            quantile_factor: [PerMille::ONE; crate::policy::forecast::MAX_HORIZON_DAYS + 1],
            granularity: Granularity::Region,
            fair_share: FairShare::Off,
            levers: Levers::default(),
            compliance: PerMille::ZERO,
            protection: Protection::None,
            protection_by_region: Vec::new(),
            visibility: Visibility::None,
            critical_need: CriticalNeed::Excluded,
            agreement: PerMille::ZERO,
            days_to_agree: 0,
            meet_at_overdue: None,
            escalation: None,
            mediation: None,
            finance: Finance {
                compliance: [PerMille::ZERO; 2],
                shift_accepted: [PerMille::ZERO; 2],
                scheme_from: None,
                willingness: [[PerMille::ZERO; 3]; 2],
                compensated: [PerMille::ZERO; 2],
                most_uncompensated: None,
            },
            chain: Chain::NORMAL,
            loans: LoanPolicy {
                trigger: LoanTrigger::Never,
                full_scale_down: PerMille::ONE,
                no_activity: PerMille::ZERO,
                scope: GateScope::AllHospitals,
                purpose: LoanPurpose::CovidToo,
                staff: LoanStaff::AsSurveyed,
            },
            disabled: SentenceSet::EMPTY,
        }
    }
}
