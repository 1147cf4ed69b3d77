//! A small plan and policies for tests.

use crate::policy::levers::Policy;
use crate::policy::plan::{Phase, PhasePlan, PhaseRecord, StopTerms, TransferRegime};
use crate::units::{Day, PerMille};

/// A plan of three phases that differ in nothing but their thresholds.
pub(crate) fn plan() -> PhasePlan {
    let record = |phase: u32| PhaseRecord {
        enter_at_covid_ic: 100 * phase,
        national_ic_beds: 1_000,
        transfers: TransferRegime::National,
        binds: [phase > 0; 3],
        ..PhaseRecord::NORMAL
    };
    PhasePlan {
        names: ["green", "orange", "red"].map(str::to_owned).to_vec(),
        records: (0..3).map(record).collect(),
        minimum_dwell_days: 7,
        hysteresis: PerMille(900),
        staff_tire_from: None,
        measures_kept_from: None,
        clinics_prepare_from: Some(Phase(2)),
        stop: StopTerms::AT_ONCE,
        threat: None,
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
