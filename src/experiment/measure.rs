//! The numbers that each replication gives for each policy.

use serde::{Deserialize, Serialize};

/// A whole number per replication and policy. Unless it says otherwise, a measure counts in the
/// evaluation window, and patients by the day of their indication.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[expect(missing_docs, reason = "Measure::describe documents each measure")]
pub enum Measure {
    Cohort,
    OnTimeOwn,
    OnTimeInRegion,
    OnTimeElsewhere,
    LateOwn,
    LateElsewhere,
    BecameAcute,
    DiedOrUnfit,
    Withdrew,
    UntreatedOverdue,
    UntreatedNotDue,
    Displaced,
    Attributable,
    Disrupted,
    Relocated,
    WithE1,
    WithE2,
    WithE3,
    WithE4,
    WithE5,
    WithE6,
    WithE7,
    Treated,
    TreatedInTime,
    WaitMinutes,
    ExcessWaitMinutes,
    DisplacedRegionWeeks,
    DisruptedRegionWeeks,
    AnyDisplaced,
    LongestRun,
    CohortClass2,
    OverNormClass2,
    CohortClass45,
    OverNormClass45,
    TooEarly,
    CovidIcAdmissions,
    CovidWithoutBed,
    CovidExported,
    TransfersBetween,
    TransfersWithin,
    AcuteOutsideIc,
    AcuteInOverload,
    AcuteExported,
    OverloadMinutes,
    StepDownsBlocked,
    OperationsCutClass3,
    OperationsCutClass4,
    OperationsCutClass5,
    NormalOperations,
    HospitalWeeksFailing,
    ClinicOperationsLost,
    ClinicValueLost,
    LoanedNurseDays,
    GateTrigger,
    GateSignature,
    GateScaleDown,
    GateExchange,
    GateHire,
    GateNoBenefit,
    GateOpen,
    Workers,
    Asked,
    Willing,
    Competent,
    InRange,
    Inducted,
    Used,
    Days2A,
    Days2B,
    Days2C,
    Days2D,
    Days3,
    ThreatDays,
    EverPhase3,
    EverThreat,
    PeakCovidIc,
    PeakOccupied,
    OperationsCutClass45,
    FirstDay2D,
    LongRun,
    Harm,
    ProtectedByLoans,
    ActivitySpread,
    CovidRequested,
    CovidNotOffered,
    RelocatedClass3,
    WardExitsBlocked,
    OperationsMoved,
    EscalationLevelDays,
    EscalationsToLevel1,
    EscalationsToLevel2,
    EscalationsToLevel3,
    MediatedClass3,
}

impl Measure {
    /// Number of measures.
    pub const COUNT: usize = 93;

    /// All measures, in the order of the columns of `replications.csv`.
    pub const ALL: [Self; Self::COUNT] = [
        Self::Cohort,
        Self::OnTimeOwn,
        Self::OnTimeInRegion,
        Self::OnTimeElsewhere,
        Self::LateOwn,
        Self::LateElsewhere,
        Self::BecameAcute,
        Self::DiedOrUnfit,
        Self::Withdrew,
        Self::UntreatedOverdue,
        Self::UntreatedNotDue,
        Self::Displaced,
        Self::Attributable,
        Self::Disrupted,
        Self::Relocated,
        Self::WithE1,
        Self::WithE2,
        Self::WithE3,
        Self::WithE4,
        Self::WithE5,
        Self::WithE6,
        Self::WithE7,
        Self::Treated,
        Self::TreatedInTime,
        Self::WaitMinutes,
        Self::ExcessWaitMinutes,
        Self::DisplacedRegionWeeks,
        Self::DisruptedRegionWeeks,
        Self::AnyDisplaced,
        Self::LongestRun,
        Self::CohortClass2,
        Self::OverNormClass2,
        Self::CohortClass45,
        Self::OverNormClass45,
        Self::TooEarly,
        Self::CovidIcAdmissions,
        Self::CovidWithoutBed,
        Self::CovidExported,
        Self::TransfersBetween,
        Self::TransfersWithin,
        Self::AcuteOutsideIc,
        Self::AcuteInOverload,
        Self::AcuteExported,
        Self::OverloadMinutes,
        Self::StepDownsBlocked,
        Self::OperationsCutClass3,
        Self::OperationsCutClass4,
        Self::OperationsCutClass5,
        Self::NormalOperations,
        Self::HospitalWeeksFailing,
        Self::ClinicOperationsLost,
        Self::ClinicValueLost,
        Self::LoanedNurseDays,
        Self::GateTrigger,
        Self::GateSignature,
        Self::GateScaleDown,
        Self::GateExchange,
        Self::GateHire,
        Self::GateNoBenefit,
        Self::GateOpen,
        Self::Workers,
        Self::Asked,
        Self::Willing,
        Self::Competent,
        Self::InRange,
        Self::Inducted,
        Self::Used,
        Self::Days2A,
        Self::Days2B,
        Self::Days2C,
        Self::Days2D,
        Self::Days3,
        Self::ThreatDays,
        Self::EverPhase3,
        Self::EverThreat,
        Self::PeakCovidIc,
        Self::PeakOccupied,
        Self::OperationsCutClass45,
        Self::FirstDay2D,
        Self::LongRun,
        Self::Harm,
        Self::ProtectedByLoans,
        Self::ActivitySpread,
        Self::CovidRequested,
        Self::CovidNotOffered,
        Self::RelocatedClass3,
        Self::WardExitsBlocked,
        Self::OperationsMoved,
        Self::EscalationLevelDays,
        Self::EscalationsToLevel1,
        Self::EscalationsToLevel2,
        Self::EscalationsToLevel3,
        Self::MediatedClass3,
    ];

    /// Patients of the cohort by final status, in the order of
    /// [`FinalStatus::ALL`](crate::outcome::FinalStatus::ALL).
    pub const BY_STATUS: [Self; 10] = [
        Self::OnTimeOwn,
        Self::OnTimeInRegion,
        Self::OnTimeElsewhere,
        Self::LateOwn,
        Self::LateElsewhere,
        Self::BecameAcute,
        Self::DiedOrUnfit,
        Self::Withdrew,
        Self::UntreatedOverdue,
        Self::UntreatedNotDue,
    ];

    /// Position in [`Self::ALL`].
    pub const fn idx(self) -> usize {
        self as usize
    }

    /// Column name, unit and meaning.
    pub const fn describe(self) -> (&'static str, &'static str, &'static str) {
        DESCRIPTIONS[self as usize]
    }

    /// Column name.
    pub const fn key(self) -> &'static str {
        self.describe().0
    }
}

/// Name, unit and meaning, in the order of [`Measure::ALL`].
const DESCRIPTIONS: [(&str, &str, &str); Measure::COUNT] = [
    (
        "cohort",
        "patients",
        "IC-dependent class 3 patients indicated in the window",
    ),
    (
        "f1_on_time_own",
        "patients",
        "F1: treated on time in the own hospital",
    ),
    (
        "f2_on_time_in_region",
        "patients",
        "F2: treated on time in another hospital of the region",
    ),
    (
        "f3_on_time_elsewhere",
        "patients",
        "F3: treated on time in another region or at another provider",
    ),
    (
        "f4_late_own",
        "patients",
        "F4: treated late in the own hospital",
    ),
    (
        "f5_late_elsewhere",
        "patients",
        "F5: treated late elsewhere",
    ),
    (
        "f6_became_acute",
        "patients",
        "F6: became acute before treatment",
    ),
    (
        "f7_died_or_unfit",
        "patients",
        "F7: died or became unfit while waiting",
    ),
    ("f8_withdrew", "patients", "F8: withdrew"),
    (
        "f9a_untreated_overdue",
        "patients",
        "F9a: untreated at the end of follow-up, overdue",
    ),
    (
        "f9b_untreated_not_due",
        "patients",
        "F9b: untreated at the end of follow-up, not yet due",
    ),
    (
        "displaced",
        "patients",
        "F4, F5, F9a, and F6 to F8 in excess of the twin without the wave",
    ),
    (
        "attributable",
        "patients",
        "displaced here and not in the twin without the wave",
    ),
    (
        "disrupted",
        "patients",
        "with at least one date moved or cancelled (E2 to E4)",
    ),
    (
        "relocated",
        "patients",
        "treated elsewhere than planned (F2, F3, F5)",
    ),
    (
        "e1_no_date_offered",
        "patients",
        "E1: no date offered in time",
    ),
    (
        "e2_moved_in_time",
        "patients",
        "E2: date moved three days ahead or more",
    ),
    (
        "e3_moved_late",
        "patients",
        "E3: date moved less than three days ahead",
    ),
    (
        "e4_cancelled_on_the_day",
        "patients",
        "E4: cancelled on the day",
    ),
    (
        "e5_moved_hospital",
        "patients",
        "E5: treated in another hospital of the region",
    ),
    (
        "e6_moved_region",
        "patients",
        "E6: treated in another region or by another provider",
    ),
    (
        "e7_became_acute",
        "patients",
        "E7: became acute while waiting",
    ),
    ("treated", "patients", "treated as planned, on time or late"),
    (
        "treated_in_time",
        "patients",
        "treated within the norm of 42 days (F1 to F3)",
    ),
    (
        "wait_minutes",
        "minutes",
        "sum of waits of treated patients",
    ),
    (
        "excess_wait_minutes",
        "minutes",
        "sum of waits over 42 days, untreated patients up to the end of follow-up",
    ),
    (
        "displaced_region_weeks",
        "region-weeks",
        "in which at least one class 3 patient became displaced (norm passed, or wait lost)",
    ),
    (
        "disrupted_region_weeks",
        "region-weeks",
        "in which at least one class 3 date was moved or cancelled",
    ),
    (
        "any_displaced",
        "0 or 1",
        "whether any class 3 patient became displaced in the window",
    ),
    (
        "longest_run_weeks",
        "weeks",
        "longest run of weeks with displacement in one region",
    ),
    (
        "cohort_class_2",
        "patients",
        "IC-dependent class 2 patients indicated in the window",
    ),
    (
        "over_norm_class_2",
        "patients",
        "of these: not treated within their norm",
    ),
    (
        "cohort_class_45",
        "patients",
        "IC-dependent class 4 and 5 patients indicated in the window",
    ),
    (
        "over_norm_class_45",
        "patients",
        "of these: not treated within their norm",
    ),
    (
        "disruptions_too_early",
        "events",
        "class 3 disruptions while classes 4 or 5 still ran in the region",
    ),
    (
        "covid_ic_admissions",
        "patients",
        "COVID patients who came to need the IC",
    ),
    (
        "covid_without_bed",
        "patients",
        "of these: no staffed bed free at that moment",
    ),
    (
        "covid_exported",
        "patients",
        "of these: no bed place in the region",
    ),
    (
        "transfers_between_regions",
        "patients",
        "COVID IC patients moved to another region",
    ),
    (
        "transfers_within_regions",
        "patients",
        "COVID IC patients moved within a region",
    ),
    (
        "acute_outside_ic",
        "patients",
        "acute patients cared for outside the IC because it was full",
    ),
    (
        "acute_in_overload",
        "patients",
        "acute patients admitted above the staffed beds",
    ),
    (
        "acute_exported",
        "patients",
        "acute patients without a bed place in the region",
    ),
    (
        "overload_bed_minutes",
        "bed-minutes",
        "IC patients above the staffed beds",
    ),
    (
        "step_downs_blocked",
        "patients",
        "ready to leave the IC while the ward was full",
    ),
    (
        "operations_cut_class_3",
        "0.001 operations",
        "class 3 operations without IC not done",
    ),
    (
        "operations_cut_class_4",
        "0.001 operations",
        "class 4 operations without IC not done",
    ),
    (
        "operations_cut_class_5",
        "0.001 operations",
        "class 5 operations without IC not done",
    ),
    (
        "normal_operations",
        "0.001 operations",
        "operations without IC of classes 3 to 5 in normal times",
    ),
    (
        "hospital_weeks_failing",
        "hospital-weeks",
        "with a class 3 patient waiting over the norm at the end of the week",
    ),
    (
        "clinic_operations_lost",
        "0.001 operations",
        "clinic operations not done because staff were lent",
    ),
    (
        "clinic_value_lost",
        "euro cents",
        "production value of these",
    ),
    (
        "loaned_nurse_days",
        "0.001 nurse-days",
        "work of lent clinic staff in hospitals",
    ),
    (
        "gate_trigger",
        "rounds",
        "loan rounds stopped: not yet to be talked about",
    ),
    (
        "gate_signature",
        "rounds",
        "loan rounds stopped at criterion 0",
    ),
    (
        "gate_scale_down",
        "rounds",
        "loan rounds stopped at criterion 1",
    ),
    (
        "gate_exchange",
        "rounds",
        "loan rounds stopped at criterion 2",
    ),
    ("gate_hire", "rounds", "loan rounds stopped at criterion 3"),
    (
        "gate_no_benefit",
        "rounds",
        "loan rounds stopped at criterion 4",
    ),
    ("gate_open", "rounds", "loan rounds with the gate open"),
    ("funnel_workers", "workers", "lendable clinic workers"),
    ("funnel_asked", "workers", "asked at least once"),
    ("funnel_willing", "workers", "of these: willing"),
    (
        "funnel_competent",
        "workers",
        "of these: with a competence that was asked for",
    ),
    (
        "funnel_in_range",
        "workers",
        "of these: within travel range",
    ),
    ("funnel_inducted", "workers", "of these: began induction"),
    (
        "funnel_used",
        "workers",
        "of these: worked at least one day",
    ),
    ("days_phase_2a", "days", "days of the window in phase 2A"),
    ("days_phase_2b", "days", "days of the window in phase 2B"),
    ("days_phase_2c", "days", "days of the window in phase 2C"),
    ("days_phase_2d", "days", "days of the window in phase 2D"),
    ("days_phase_3", "days", "days of the window in phase 3"),
    (
        "threat_days",
        "days",
        "days of the window on which the threat notice was out",
    ),
    (
        "ever_phase_3",
        "0 or 1",
        "whether phase 3 was reached in the window",
    ),
    (
        "ever_threat",
        "0 or 1",
        "whether the threat notice was given in the window",
    ),
    (
        "peak_covid_ic",
        "patients",
        "highest daily COVID IC census of the window",
    ),
    (
        "peak_occupied",
        "patients",
        "highest daily IC census of the window",
    ),
    (
        "operations_cut_class_45",
        "0.001 operations",
        "class 4 and 5 operations without IC not done",
    ),
    (
        "first_day_2d",
        "days",
        "days of the window before phase 2D was first in force; all of them when it never was",
    ),
    (
        "long_run",
        "0 or 1",
        "whether a region had displacement in three consecutive weeks or more",
    ),
    (
        "harm",
        "0.001 units",
        "harm of waiting beyond the norm, by each stream's harm per month",
    ),
    (
        "protected_by_loans",
        "patients",
        "class 3 patients operated who would not have fitted without lent clinic staff",
    ),
    (
        "activity_spread",
        "0.001 of normal",
        "class 4 and 5 activity in the region with most less that in the region with least, summed over weeks of the window",
    ),
    (
        "covid_requested",
        "patient-days",
        "COVID IC patients that regions were asked to care for",
    ),
    (
        "covid_not_offered",
        "patient-days",
        "of these: not offered by the regions",
    ),
    (
        "relocations_class_3",
        "patients",
        "class 3 patients who got a date in another hospital",
    ),
    (
        "ward_exits_blocked",
        "patients",
        "COVID patients ready to leave the ward for whom nursing homes and home care had no place",
    ),
    (
        "operations_moved",
        "0.001 operations",
        "class 4 and 5 operations of hospitals done in independent clinics",
    ),
    (
        "escalation_level_days",
        "level-days",
        "days of regions under escalation, each times its level",
    ),
    (
        "escalations_to_level_1",
        "regions",
        "times that parties confronted each other",
    ),
    (
        "escalations_to_level_2",
        "regions",
        "times that authorities were told",
    ),
    (
        "escalations_to_level_3",
        "regions",
        "times that authorities intervened",
    ),
    (
        "mediated_class_3",
        "patients",
        "class 3 patients who got a date in another hospital by mediation",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_stand_at_their_own_position_and_have_their_own_name() {
        for (position, measure) in Measure::ALL.into_iter().enumerate() {
            assert_eq!(measure.idx(), position, "{measure:?}");
            let same = Measure::ALL
                .iter()
                .filter(|other| other.key() == measure.key())
                .count();
            assert_eq!(same, 1, "the name of {measure:?}");
        }
    }
}
