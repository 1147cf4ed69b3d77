//! What holds where no document says otherwise: hospitals look after themselves, and the coordination
//! center counts and forecasts.

use crate::policy::conditions::Chain;
use crate::policy::forecast::MAX_HORIZON_DAYS;
use crate::policy::levers::{CriticalNeed, FairShare, ScaleDownTiming};
use crate::policy::loans::LoanTerms;
use crate::policy::regime::{Because, Reading, Regime};
use crate::policy::written::Levers;
use crate::units::PerMille;

/// The regime that documents amend.
pub(super) fn regime(today: &Reading<'_>) -> Regime {
    let policy = today.policy;
    let mut regime = Regime {
        forced_phase: None,
        report_age_days: today.report_age_days,
        reports_lapse: false,
        agreed_compliance: policy.compliance,
        is_binding: true,
        is_supervised: false,
        levers: Levers::default(),
        lead_days: 0,
        growth_days: policy.lead_days.max(1),
        quantile_factor: PerMille::ONE,
        by_hospital: false,
        is_told: false,
        makes_room: false,
        scales_down: false,
        timing: Because::usual(ScaleDownTiming::Late),
        critical_need: CriticalNeed::Excluded,
        fair_share: FairShare::Off,
        asks_regions: false,
        chain: Chain {
            vvt_places_per_day: policy.chain.vvt_places_per_day,
            ..Chain::NORMAL
        },
        ordered_beds: 0,
        most_beds: None,
        max_activity: Because::usual([PerMille::ONE; 3]),
        beds_per_nurse: PerMille(policy.levers.hardest_beds_per_nurse.0.max(PerMille::ONE.0)),
        stops_plannable: false,
        longest_ic_stay: None,
        covid_beds: PerMille::ZERO,
        staff_tire: true,
        scaling_order: Because::usual(policy.scaling_order),
        restart_order: Because::usual(policy.scaling_order),
        agreement: None,
        calls_meetings: false,
        meet_at_overdue: None,
        keeps_protection: false,
        shift_accepted: policy.finance.shift_accepted[0],
        escalation: None,
        shows_lists_daily: false,
        mediation: None,
        clinic_activity: PerMille::ONE,
        withholds_follow_up: false,
        spares_home_care: false,
        loans: LoanTerms::NONE,
    };
    let early = policy.scale_down == ScaleDownTiming::Early;
    prepare(
        today,
        &mut regime,
        policy.lead_days * if early { 2 } else { 1 },
    );
    regime
}

/// Hospitals prepare for the number of days that `lead_days` says.
pub(super) fn prepare(today: &Reading<'_>, regime: &mut Regime, lead_days: u16) {
    let horizon = usize::from(lead_days).min(MAX_HORIZON_DAYS);
    regime.lead_days = lead_days;
    regime.quantile_factor = today.policy.quantile_factor[horizon];
}
