//! The numbers that each replication gives for each policy.

use crate::experiment::cohort::CohortPatient;
use crate::experiment::policy_run::PolicyRun;
use crate::outcome::{DayMeasure, DisplacementEvent, FinalStatus, WeekMeasure as Week};
use crate::units::listed::described;
use crate::units::{MINUTES_PER_DAY, UrgencyClass};

/// Minutes of a day of waiting.
const MINUTES: i64 = MINUTES_PER_DAY as i64;
/// Consecutive weeks with displacement in a region that make a long run.
const LONG_RUN: i64 = 3;

const CLASS_2: &[UrgencyClass] = &[UrgencyClass::SemiAcute];
const CLASS_45: &[UrgencyClass] = &[UrgencyClass::Plannable, UrgencyClass::Deferrable];

const NORMAL_OPERATIONS: [Week; 3] = [
    Week::NormalOperationsClass3,
    Week::NormalOperationsClass4,
    Week::NormalOperationsClass5,
];

/// How a measure follows from one policy in one world.
type Formula = fn(&PolicyRun<'_>) -> i64;

described! {
    /// A whole number per replication and policy, in the order of the columns of `replications.csv`.
    /// Unless it says otherwise, a measure counts in the evaluation window, and patients by the day of
    /// their indication.
    ///
    /// A row here, with its formula, is all that a measure takes.
    pub enum Measure, formula -> Formula {
        Cohort("cohort", "patients", "ICU-dependent class {c3} patients indicated in the window")
            = |run| run.count(|_| true),
        OnTimeOwn("f1_on_time_own", "patients", "F1: treated on time in the own hospital")
            = |run| run.count(|one| one.became(FinalStatus::OnTimeOwn)),
        OnTimeInRegion("f2_on_time_in_region", "patients",
            "F2: treated on time in another hospital of the region")
            = |run| run.count(|one| one.became(FinalStatus::OnTimeInRegion)),
        OnTimeElsewhere("f3_on_time_elsewhere", "patients",
            "F3: treated on time in another region or at another provider")
            = |run| run.count(|one| one.became(FinalStatus::OnTimeElsewhere)),
        LateOwn("f4_late_own", "patients", "F4: treated late in the own hospital")
            = |run| run.count(|one| one.became(FinalStatus::LateOwn)),
        LateElsewhere("f5_late_elsewhere", "patients", "F5: treated late elsewhere")
            = |run| run.count(|one| one.became(FinalStatus::LateElsewhere)),
        BecameAcute("f6_became_acute", "patients", "F6: became acute before treatment")
            = |run| run.count(|one| one.became(FinalStatus::BecameAcute)),
        DiedOrUnfit("f7_died_or_unfit", "patients", "F7: died or became unfit while waiting")
            = |run| run.count(|one| one.became(FinalStatus::DiedOrUnfit)),
        Withdrew("f8_withdrew", "patients", "F8: withdrew")
            = |run| run.count(|one| one.became(FinalStatus::Withdrew)),
        UntreatedOverdue("f9a_untreated_overdue", "patients",
            "F9a: untreated at the end of follow-up, overdue")
            = |run| run.count(|one| one.became(FinalStatus::UntreatedOverdue)),
        UntreatedNotDue("f9b_untreated_not_due", "patients",
            "F9b: untreated at the end of follow-up, not yet due")
            = |run| run.count(|one| one.became(FinalStatus::UntreatedNotDue)),
        Displaced("displaced", "patients",
            "F4, F5, F9a, and F6 to F8 in excess of the twin without the wave")
            = |run| run.count(CohortPatient::is_displaced),
        Attributable("attributable", "patients",
            "displaced here and not in the twin without the wave")
            = |run| run.count(CohortPatient::is_displaced_by_the_wave),
        Disrupted("disrupted", "patients", "with at least one date moved or cancelled (E2 to E4)")
            = |run| run.count(CohortPatient::is_disrupted),
        Relocated("relocated", "patients", "treated elsewhere than planned (F2, F3, F5)")
            = |run| run.count(CohortPatient::is_relocated),
        WithE1("e1_no_date_offered", "patients", "E1: no date offered in time")
            = |run| run.count(|one| one.met(DisplacementEvent::NoDateOffered)),
        WithE2("e2_moved_in_time", "patients", "E2: date moved three days ahead or more")
            = |run| run.count(|one| one.met(DisplacementEvent::MovedInTime)),
        WithE3("e3_moved_late", "patients", "E3: date moved less than three days ahead")
            = |run| run.count(|one| one.met(DisplacementEvent::MovedLate)),
        WithE4("e4_cancelled_on_the_day", "patients", "E4: cancelled on the day")
            = |run| run.count(|one| one.met(DisplacementEvent::CancelledOnTheDay)),
        WithE5("e5_moved_hospital", "patients", "E5: treated in another hospital of the region")
            = |run| run.count(|one| one.met(DisplacementEvent::MovedHospital)),
        WithE6("e6_moved_region", "patients",
            "E6: treated in another region or by another provider")
            = |run| run.count(|one| one.met(DisplacementEvent::MovedRegion)),
        WithE7("e7_became_acute", "patients", "E7: became acute while waiting")
            = |run| run.count(|one| one.met(DisplacementEvent::BecameAcute)),
        Treated("treated", "patients", "treated as planned, on time or late")
            = |run| run.count(CohortPatient::is_treated),
        TreatedInTime("treated_in_time", "patients",
            "treated within the norm of {days} days (F1 to F3)")
            = |run| run.count(CohortPatient::is_treated_in_time),
        WaitMinutes("wait_minutes", "minutes", "sum of waits of treated patients")
            = |run| run.sum(CohortPatient::days_to_treatment) * MINUTES,
        ExcessWaitMinutes("excess_wait_minutes", "minutes",
            "sum of waits over the norm of {days} days, untreated patients up to the end of follow-up")
            = |run| run.sum(CohortPatient::excess_days) * MINUTES,
        DisplacedRegionWeeks("displaced_region_weeks", "region-weeks",
            "in which at least one class {c3} patient became displaced (norm passed, or wait lost)")
            = |run| run.displaced_region_weeks(),
        DisruptedRegionWeeks("disrupted_region_weeks", "region-weeks",
            "in which at least one class {c3} date was moved or cancelled")
            = |run| run.region_weeks(Week::DisruptionsClass3),
        AnyDisplaced("any_displaced", "0 or 1",
            "whether any class {c3} patient became displaced in the window")
            = |run| i64::from(run.displaced_region_weeks() > 0),
        LongestRun("longest_run_weeks", "weeks",
            "longest run of weeks with displacement in one region")
            = |run| run.longest_run(),
        CohortClass2("cohort_class_2", "patients",
            "ICU-dependent class {c2} patients indicated in the window")
            = |run| run.count_others(CLASS_2, |_| true),
        OverNormClass2("over_norm_class_2", "patients", "of these: not treated within their norm")
            = |run| run.count_others(CLASS_2, CohortPatient::is_over_norm),
        CohortClass45("cohort_class_45", "patients",
            "ICU-dependent class {c4} and {c5} patients indicated in the window")
            = |run| run.count_others(CLASS_45, |_| true),
        OverNormClass45("over_norm_class_45", "patients", "of these: not treated within their norm")
            = |run| run.count_others(CLASS_45, CohortPatient::is_over_norm),
        TooEarly("disruptions_too_early", "events",
            "class {c3} disruptions while classes {c4} or {c5} still ran in the region")
            = |run| run.total(Week::DisruptionsTooEarlyClass3),
        CovidIcAdmissions("covid_ic_admissions", "patients",
            "COVID patients who came to need the ICU")
            = |run| run.total(Week::CovidIcAdmissions),
        CovidWithoutBed("covid_without_bed", "patients",
            "of these: no staffed bed free at that moment")
            = |run| run.total(Week::CovidWithoutBed),
        CovidExported("covid_exported", "patients", "of these: no bed place in the region")
            = |run| run.total(Week::CovidExported),
        TransfersBetween("transfers_between_regions", "patients",
            "COVID ICU patients moved to another region")
            = |run| run.total(Week::TransfersOut),
        TransfersWithin("transfers_within_regions", "patients",
            "COVID ICU patients moved within a region")
            = |run| run.total(Week::TransfersWithin),
        AcuteOutsideIc("acute_outside_ic", "patients",
            "acute patients cared for outside the ICU because it was full")
            = |run| run.total(Week::AcuteOutsideIc),
        AcuteInOverload("acute_in_overload", "patients",
            "acute patients admitted above the staffed beds")
            = |run| run.total(Week::AcuteInOverload),
        AcuteExported("acute_exported", "patients",
            "acute patients without a bed place in the region")
            = |run| run.total(Week::AcuteExported),
        OverloadMinutes("overload_bed_minutes", "bed-minutes", "ICU patients above the staffed beds")
            = |run| run.total(Week::BedMinutesOverload),
        StepDownsBlocked("step_downs_blocked", "patients",
            "ready to leave the ICU while the ward was full")
            = |run| run.total(Week::StepDownsBlocked),
        OperationsCutClass3("operations_cut_class_3", "0.001 operations",
            "class {c3} operations without ICU not done")
            = |run| run.total(Week::NormalOperationsClass3) - run.total(Week::OperationsClass3)
                - run.total(Week::OperationsMovedClass3),
        OperationsCutClass4("operations_cut_class_4", "0.001 operations",
            "class {c4} operations without ICU not done")
            = |run| run.total(Week::NormalOperationsClass4) - run.total(Week::OperationsClass4)
                - run.total(Week::OperationsMovedClass4),
        OperationsCutClass5("operations_cut_class_5", "0.001 operations",
            "class {c5} operations without ICU not done")
            = |run| run.total(Week::NormalOperationsClass5) - run.total(Week::OperationsClass5),
        NormalOperations("normal_operations", "0.001 operations",
            "operations without ICU of classes {c3} to {c5} in normal times")
            = |run| NORMAL_OPERATIONS.iter().map(|class| run.total(*class)).sum(),
        HospitalWeeksFailing("hospital_weeks_failing", "hospital-weeks",
            "with a class {c3} patient waiting over the norm at the end of the week")
            = |run| run.total(Week::HospitalsFailingNorm),
        ClinicOperationsLost("clinic_operations_lost", "0.001 operations",
            "clinic operations not done because staff were lent")
            = |run| run.total(Week::ClinicOperationsLost),
        ClinicValueLost("clinic_value_lost", "euro cents", "production value of these")
            = |run| run.total(Week::ClinicValueLost),
        LoanedNurseDays("loaned_nurse_days", "0.001 nurse-days",
            "work of lent clinic staff in hospitals")
            = |run| run.total(Week::LoanedMilliNurseDays),
        GateTrigger("gate_trigger", "rounds", "loan rounds stopped: not yet to be talked about")
            = |run| run.total(Week::LoanGateTrigger),
        GateSignature("gate_signature", "rounds", "loan rounds stopped at criterion 0")
            = |run| run.total(Week::LoanGateSignature),
        GateScaleDown("gate_scale_down", "rounds", "loan rounds stopped at criterion 1")
            = |run| run.total(Week::LoanGateScaleDown),
        GateExchange("gate_exchange", "rounds", "loan rounds stopped at criterion 2")
            = |run| run.total(Week::LoanGateExchange),
        GateHire("gate_hire", "rounds", "loan rounds stopped at criterion 3")
            = |run| run.total(Week::LoanGateHire),
        GateNoBenefit("gate_no_benefit", "rounds", "loan rounds stopped at criterion 4")
            = |run| run.total(Week::LoanGateNoBenefit),
        GateOpen("gate_open", "rounds", "loan rounds with the gate open")
            = |run| run.total(Week::LoanGateOpen),
        Workers("funnel_workers", "workers", "lendable clinic workers")
            = |run| i64::from(run.outcome().funnel.workers),
        Asked("funnel_asked", "workers", "asked at least once")
            = |run| i64::from(run.outcome().funnel.asked),
        Willing("funnel_willing", "workers", "of these: willing")
            = |run| i64::from(run.outcome().funnel.willing),
        Competent("funnel_competent", "workers", "of these: with a competence that was asked for")
            = |run| i64::from(run.outcome().funnel.competent),
        InRange("funnel_in_range", "workers", "of these: within travel range")
            = |run| i64::from(run.outcome().funnel.in_range),
        Inducted("funnel_inducted", "workers", "of these: began induction")
            = |run| i64::from(run.outcome().funnel.inducted),
        Used("funnel_used", "workers", "of these: worked at least one day")
            = |run| i64::from(run.outcome().funnel.used),
        Days2A("days_phase_2a", "days",
            "days of the window in the second phase of the plan, unless it is one of the two heaviest")
            = |run| run.days_in_lighter_phase(1),
        Days2B("days_phase_2b", "days",
            "days of the window in the third phase of the plan, unless it is one of the two heaviest")
            = |run| run.days_in_lighter_phase(2),
        Days2C("days_phase_2c", "days",
            "days of the window in the fourth phase of the plan, unless it is one of the two heaviest")
            = |run| run.days_in_lighter_phase(3),
        Days2D("days_phase_2d", "days",
            "days of the window in the heaviest phase but one, {heavy}")
            = |run| run.days_in_heavy_phase(1),
        Days3("days_phase_3", "days",
            "days of the window in the heaviest phase, {heaviest}")
            = |run| run.days_in_heavy_phase(0),
        ThreatDays("threat_days", "days", "days of the window on which the threat notice was out")
            = |run| run.days(DayMeasure::ThreatNotice, |out| out > 0),
        EverPhase3("ever_phase_3", "0 or 1", "whether the heaviest phase, {heaviest}, was reached in the window")
            = |run| i64::from(Self::Days3.of(run) > 0),
        EverThreat("ever_threat", "0 or 1", "whether the threat notice was given in the window")
            = |run| i64::from(Self::ThreatDays.of(run) > 0),
        PeakCovidIc("peak_covid_ic", "patients", "highest daily COVID ICU census of the window")
            = |run| run.peak(&[DayMeasure::CovidIc]),
        PeakOccupied("peak_occupied", "patients", "highest daily ICU census of the window")
            = |run| run.peak(&[DayMeasure::CovidIc, DayMeasure::AcuteIc, DayMeasure::PlannedIc]),
        OperationsCutClass45("operations_cut_class_45", "0.001 operations",
            "class {c4} and {c5} operations without ICU not done")
            = |run| Self::OperationsCutClass4.of(run) + Self::OperationsCutClass5.of(run),
        FirstDay2D("first_day_2d", "days",
            "days of the window before the heaviest phase but one, {heavy}, or a heavier one; all of them when there was none")
            = |run| run.days_before_heavy_phase(1),
        LongRun("long_run", "0 or 1",
            "whether a region had displacement in three consecutive weeks or more")
            = |run| i64::from(run.longest_run() >= LONG_RUN),
        Harm("harm", "0.001 units",
            "harm of waiting beyond the norm, by each stream's harm per month")
            = |run| run.sum(CohortPatient::harm),
        ProtectedByLoans("protected_by_loans", "patients",
            "class {c3} patients operated who would not have fitted without lent clinic staff")
            = |run| run.total(Week::Class3OnLentStaff),
        ActivitySpread("activity_spread", "0.001 of normal",
            "class {c4} and {c5} activity in the region with most less that in the region with least, summed over weeks of the window")
            = |run| run.activity_spread(),
        CovidRequested("covid_requested", "patient-days",
            "COVID ICU patients that regions were asked to care for")
            = |run| run.total(Week::CovidRequested),
        CovidNotOffered("covid_not_offered", "patient-days", "of these: not offered by the regions")
            = |run| run.total(Week::CovidRequested) - run.total(Week::CovidOffered),
        RelocatedClass3("relocations_class_3", "patients",
            "class {c3} patients who got a date in another hospital")
            = |run| run.total(Week::RelocatedClass3),
        WardExitsBlocked("ward_exits_blocked", "patients",
            "COVID patients ready to leave the ward for whom nursing homes and home care had no place")
            = |run| run.total(Week::WardExitsBlocked),
        OperationsMoved("operations_moved", "0.001 operations",
            "class {c3} and {c4} operations without ICU of hospitals done in independent clinics")
            = |run| run.total(Week::OperationsMovedClass3) + run.total(Week::OperationsMovedClass4),
        EscalationLevelDays("escalation_level_days", "level-days",
            "days of regions under escalation, each times its level")
            = |run| run.total(Week::EscalationLevelDays),
        EscalationsToLevel1("escalations_to_level_1", "regions",
            "times that parties confronted each other")
            = |run| run.total(Week::EscalationsToLevel1),
        EscalationsToLevel2("escalations_to_level_2", "regions", "times that authorities were told")
            = |run| run.total(Week::EscalationsToLevel2),
        EscalationsToLevel3("escalations_to_level_3", "regions",
            "times that authorities intervened")
            = |run| run.total(Week::EscalationsToLevel3),
        StretchedMinutes("stretched_bed_minutes", "bed-minutes",
            "ICU beds looked after by stretched nurses")
            = |run| run.total(Week::BedMinutesStretched),
        CovidMoved("covid_moved", "patients",
            "COVID ICU patients who were moved to another hospital at least once")
            = |run| run.total(Week::CovidMoved),
        ExchangedTeamDays("exchanged_team_days", "0.001 team-days",
            "freed people who worked in another hospital of the region")
            = |run| run.total(Week::ExchangedMilliTeamDays),
        ExternalNurseDays("external_nurse_days", "0.001 nurse-days", "work of hired external staff")
            = |run| run.total(Week::ExternalMilliNurseDays),
        ExternalCost("external_cost", "euro cents", "price of hired external staff")
            = |run| run.total(Week::ExternalCost),
        StoppedHospitalWeeks("stopped_hospital_weeks", "hospital-weeks",
            "without any class {c4} or {c5} operation")
            = |run| run.total(Week::HospitalsWithoutClass45),
        DaysBeforeStop("days_before_stop", "region-days",
            "since a class {c3} date was lost on which classes {c4} or {c5} still ran in the region")
            = |run| run.total(Week::DaysBeforeStop),
        MediatedClass3("mediated_class_3", "patients",
            "class {c3} patients who got a date in another hospital by mediation")
            = |run| run.total(Week::MediatedClass3),
        CovidReadmissions("covid_readmissions", "patients",
            "COVID patients who came to need the ICU again")
            = |run| run.total(Week::CovidReadmissions),
        OtherStepDownsBlocked("other_step_downs_blocked", "patients",
            "acute and planned patients ready to leave the ICU whom the ward could not take that day")
            = |run| run.total(Week::OtherStepDownsBlocked),
        Reclassified("reclassified_class_3", "patients",
            "ICU-dependent class {c4} patients indicated in the window who became class {c3} while they waited; they are not of the cohort")
            = |run| run.count_others(CLASS_45, CohortPatient::is_reclassified),
        OverNormReclassified("over_norm_reclassified", "patients",
            "of these: not treated within the norm of class {c3}, counted from that day")
            = |run| run.count_others(CLASS_45, |one| one.is_reclassified() && one.is_over_norm()),
    }
}

impl Measure {
    /// The measure of one policy in one world.
    pub(crate) fn of(self, run: &PolicyRun<'_>) -> i64 {
        self.formula()(run)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_measure_has_its_own_name() {
        for measure in Measure::ALL {
            let same = Measure::ALL
                .iter()
                .filter(|other| other.key() == measure.key());
            assert_eq!(same.count(), 1, "the name of {measure:?}");
        }
    }
}
