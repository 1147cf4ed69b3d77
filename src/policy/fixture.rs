//! A small plan and policies for tests.

use crate::policy::levers::Policy;
use crate::policy::plan::{LnazFase, PhasePlan, PhaseRecord, ThreatNotice, TransferRegime};
use crate::units::{Day, PerMille};

/// A plan whose phases differ in nothing but their thresholds.
pub(crate) fn plan() -> PhasePlan {
    PhasePlan {
        records: LnazFase::ALL.map(|phase| PhaseRecord {
            enter_at_covid_ic: 100 * u32::from(phase as u8),
            national_ic_beds: 1_000,
            ordered_ic_beds: 0,
            max_activity: [PerMille::ONE; 3],
            transfers: TransferRegime::National,
            beds_per_nurse: PerMille::ONE,
        }),
        minimum_dwell_days: 7,
        hysteresis: PerMille(900),
        threat: ThreatNotice {
            horizon_days: 14,
            beds: 1_000,
            probability: 0.2,
            quantile_factor: PerMille::ONE,
        },
    }
}

/// A policy with the framework from day 0, and the supplement from a day.
pub(crate) fn policy(supplement_from: Option<Day>) -> Policy {
    Policy {
        framework_from: Some(Day(0)),
        supplement_from,
        critical_need: crate::policy::levers::CriticalNeed::Included,
        agreement: PerMille::ONE,
        ..Policy::inert()
    }
}
