//! Counts by region and study week.

use serde::{Deserialize, Serialize};

use crate::units::RegionIdx;
use crate::units::listed::described;

described! {
    /// What is counted per region and week, in the order of [`WeekCounts`]. Bed use is in bed-minutes,
    /// money in euro cents, staff in thousandths of a full-time nurse-day.
    ///
    /// A row here and a handler that counts it are all that a measure takes.
    pub enum WeekMeasure {
        DisruptionsClass3("disruptions_class_3", "events",
            "dates of ICU-dependent class {c3} patients moved or cancelled (E2 to E4)"),
        CancelledOnTheDayClass3("cancelled_on_the_day_class_3", "events",
            "of these: cancelled on the day of the operation (E4)"),
        DisruptionsTooEarlyClass3("disruptions_too_early_class_3", "events",
            "of these: while people in the region worked on classes {c4} and {c5} who could have been freed for what was lacking"),
        DaysBeforeStop("days_before_stop", "days",
            "days since a class {c3} date was lost on which classes {c4} or {c5} still ran in the region"),
        OperatedIcClass2("operated_ic_class_2", "patients",
            "ICU-dependent class {c2} patients operated"),
        OperatedLateIcClass2("operated_late_ic_class_2", "patients",
            "of these: after the norm of their class"),
        OperatedIcClass3("operated_ic_class_3", "patients",
            "ICU-dependent class {c3} patients operated"),
        OperatedIcClass45("operated_ic_class_45", "patients",
            "ICU-dependent class {c4} and {c5} patients operated"),
        OperationsClass3("operations_class_3", "0.001 operations",
            "class {c3} operations without ICU done in hospitals"),
        OperationsClass4("operations_class_4", "0.001 operations",
            "class {c4} operations without ICU done in hospitals"),
        OperationsClass5("operations_class_5", "0.001 operations",
            "class {c5} operations without ICU done in hospitals"),
        NormalOperationsClass3("normal_operations_class_3", "0.001 operations",
            "class {c3} operations without ICU in normal times"),
        NormalOperationsClass4("normal_operations_class_4", "0.001 operations",
            "class {c4} operations without ICU in normal times"),
        NormalOperationsClass5("normal_operations_class_5", "0.001 operations",
            "class {c5} operations without ICU in normal times"),
        CovidIcAdmissions("covid_ic_admissions", "patients",
            "COVID patients who came to need the ICU"),
        CovidWithoutBed("covid_without_bed", "patients",
            "of these: no staffed bed was free at that moment"),
        CovidExported("covid_exported", "patients",
            "of these: no bed place at all in the hospital or region; left the system"),
        CovidNotAdmitted("covid_not_admitted", "patients",
            "of these: not admitted to the ICU because a long stay was expected"),
        CovidNotAdmittedSurvivors("covid_not_admitted_survivors", "patients",
            "of these: would have left the ICU alive"),
        TransfersOut("transfers_out", "patients", "COVID ICU patients moved to another region"),
        TransfersIn("transfers_in", "patients", "COVID ICU patients received from another region"),
        TransfersWithin("transfers_within", "patients",
            "COVID ICU patients moved within the region"),
        CovidMoved("covid_moved", "patients",
            "COVID ICU patients moved to another hospital for the first time in their stay"),
        AcuteAdmissions("acute_admissions", "patients",
            "acute patients without COVID who came to need the ICU"),
        AcuteOutsideIc("acute_outside_ic", "patients",
            "of these: cared for outside the ICU because it was full"),
        AcuteInOverload("acute_in_overload", "patients",
            "of these: admitted above the staffed beds"),
        AcuteExported("acute_exported", "patients",
            "of these: no bed place in the region; left the system"),
        BedMinutesCovid("bed_minutes_covid", "bed-minutes", "ICU beds taken by COVID patients"),
        BedMinutesAcute("bed_minutes_acute", "bed-minutes",
            "ICU beds taken by acute patients without COVID"),
        BedMinutesPlanned("bed_minutes_planned", "bed-minutes",
            "ICU beds taken by planned patients"),
        BedMinutesStaffed("bed_minutes_staffed", "bed-minutes", "staffed ICU beds: those of normal nursing, and those with a patient whom stretched nurses look after"),
        BedMinutesStretched("bed_minutes_stretched", "bed-minutes",
            "of these: looked after by stretched nurses"),
        BedMinutesOverload("bed_minutes_overload", "bed-minutes",
            "ICU patients above the staffed beds"),
        BedMinutesConverted("bed_minutes_converted", "bed-minutes",
            "staffed ICU beds that rest on converted staff"),
        StepDownsBlocked("step_downs_blocked", "patients",
            "COVID patients ready to leave the ICU for whom no ward bed was free"),
        HospitalsFailingNorm("hospitals_failing_norm", "hospitals",
            "hospitals with a class {c3} patient waiting over the norm on Monday"),
        HospitalsWithoutClass45("hospitals_without_class_45", "hospitals",
            "hospitals that did no class {c4} or {c5} operation in the week"),
        LoanGateTrigger("loan_gate_trigger", "rounds",
            "loan rounds stopped because loans were not yet to be talked about"),
        LoanGateSignature("loan_gate_signature", "rounds",
            "loan rounds stopped at criterion 0: not all hospitals signed"),
        LoanGateScaleDown("loan_gate_scale_down", "rounds",
            "loan rounds stopped at criterion 1: classes {c4} and {c5} not fully scaled down"),
        LoanGateExchange("loan_gate_exchange", "rounds",
            "loan rounds stopped at criterion 2: exchange within the region was possible"),
        LoanGateHire("loan_gate_hire", "rounds",
            "loan rounds stopped at criterion 3: external staff could be hired"),
        LoanGateNoBenefit("loan_gate_no_benefit", "rounds",
            "loan rounds stopped at criterion 4: the loan would prevent no scale-down"),
        LoanGateOpen("loan_gate_open", "rounds", "loan rounds in which the gate was open"),
        LoanedMilliNurseDays("loaned_milli_nurse_days", "0.001 nurse-days",
            "work of lent clinic staff in hospitals"),
        ClinicOperations("clinic_operations", "0.001 operations",
            "operations done in independent clinics"),
        ClinicOperationsLost("clinic_operations_lost", "0.001 operations",
            "clinic operations not done because staff were lent"),
        ClinicValueLost("clinic_value_lost", "euro cents", "production value of these"),
        ExternalMilliNurseDays("external_milli_nurse_days", "0.001 nurse-days",
            "work of hired external staff"),
        ExternalCost("external_cost", "euro cents", "price of hired external staff"),
        ExchangedMilliTeamDays("exchanged_milli_team_days", "0.001 team-days",
            "freed people who worked in another hospital of the region"),
        MovedInTimeClass3("moved_in_time_class_3", "events",
            "dates of ICU-dependent class {c3} patients moved three days ahead or more (E2)"),
        MovedLateClass3("moved_late_class_3", "events",
            "dates of ICU-dependent class {c3} patients moved less than three days ahead (E3)"),
        RelocatedClass3("relocated_class_3", "patients",
            "ICU-dependent class {c3} patients who got a date in another hospital"),
        CovidKeptAtHome("covid_kept_at_home", "patients",
            "COVID patients whom GPs cared for at home instead of in hospital"),
        WardExitsBlocked("ward_exits_blocked", "patients",
            "COVID patients ready to leave the ward for whom nursing homes and home care had no place"),
        CovidRequested("covid_requested", "patient-days",
            "COVID ICU patients that the region was asked to care for"),
        CovidOffered("covid_offered", "patient-days", "of these: offered by the region"),
        EscalationLevelDays("escalation_level_days", "level-days",
            "days under escalation, each times its level"),
        OperationsMovedClass3("operations_moved_class_3", "0.001 operations",
            "class {c3} operations without ICU of hospitals done in independent clinics"),
        OperationsMovedClass4("operations_moved_class_4", "0.001 operations",
            "class {c4} operations without ICU of hospitals done in independent clinics"),
        Class3OnLentStaff("class_3_on_lent_staff", "patients",
            "ICU-dependent class {c3} patients operated who would not have fitted without lent clinic staff"),
        RequestsIncomplete("requests_incomplete", "rounds",
            "loan rounds with an open gate in which the request was not complete"),
        EscalationsToLevel1("escalations_to_level_1", "regions",
            "times that parties confronted each other: pressure lasted for the days of level 1"),
        EscalationsToLevel2("escalations_to_level_2", "regions",
            "times that authorities were told: pressure lasted for the days of level 2"),
        EscalationsToLevel3("escalations_to_level_3", "regions",
            "times that authorities intervened: pressure lasted for the days of level 3"),
        MediatedClass3("mediated_class_3", "patients",
            "ICU-dependent class {c3} patients who got a date in another hospital by mediation"),
        CovidReadmissions("covid_readmissions", "patients",
            "COVID patients who came to need the ICU again, who count as admissions too"),
        OtherStepDownsBlocked("other_step_downs_blocked", "patients",
            "acute and planned patients ready to leave the ICU whom the ward could not take that day"),
        ReclassifiedClass3("reclassified_class_3", "patients",
            "ICU-dependent class {c4} patients who became class {c3} while they waited"),
    }
}

/// Where the counts of one region and week stand in [`WeekCounts`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Page(usize);

/// Counts by region, week and measure.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct WeekCounts {
    counts: Vec<i64>,
    n_weeks: usize,
}

impl WeekCounts {
    /// All zero, for `n_regions` regions and `n_weeks` weeks.
    pub fn new(n_regions: usize, n_weeks: usize) -> Self {
        Self {
            counts: vec![0; n_regions * n_weeks * WeekMeasure::ALL.len()],
            n_weeks,
        }
    }

    /// Sets all counts to zero and keeps the memory.
    pub fn clear(&mut self) {
        self.counts.fill(0);
    }

    /// Adds `n` to a count; weeks past the last one count as the last one.
    pub fn add(&mut self, region: RegionIdx, week: usize, measure: WeekMeasure, n: i64) {
        self.add_on(self.page(region, week), measure, n);
    }

    /// Where the counts of a region and week stand: for a caller that adds to them many times.
    pub fn page(&self, region: RegionIdx, week: usize) -> Page {
        let week = week.min(self.n_weeks - 1);
        Page((region.idx() * self.n_weeks + week) * WeekMeasure::ALL.len())
    }

    /// Adds `n` to a count of a region and week.
    pub fn add_on(&mut self, page: Page, measure: WeekMeasure, n: i64) {
        self.counts[page.0 + measure.idx()] += n;
    }

    /// One count.
    pub fn get(&self, region: RegionIdx, week: usize, measure: WeekMeasure) -> i64 {
        self.counts[self.page(region, week).0 + measure.idx()]
    }

    /// Number of weeks.
    pub const fn n_weeks(&self) -> usize {
        self.n_weeks
    }

    /// Number of regions.
    pub fn n_regions(&self) -> usize {
        self.counts.len() / (self.n_weeks.max(1) * WeekMeasure::ALL.len())
    }

    /// Sum of a measure over regions and over `weeks`.
    pub fn total(&self, weeks: core::ops::Range<usize>, measure: WeekMeasure) -> i64 {
        (0..self.n_regions())
            .map(RegionIdx::at)
            .map(|region| {
                weeks
                    .clone()
                    .map(|week| self.get(region, week, measure))
                    .sum::<i64>()
            })
            .sum()
    }

    /// Sums over all regions, by week and measure in the order of [`WeekMeasure::ALL`].
    pub fn national(&self) -> Vec<i64> {
        let mut sums = vec![0; self.n_weeks * WeekMeasure::ALL.len()];
        for region in self.counts.chunks_exact(sums.len().max(1)) {
            for (sum, n) in sums.iter_mut().zip(region) {
                *sum += n;
            }
        }
        sums
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_stand_at_their_own_position() {
        for (position, measure) in WeekMeasure::ALL.into_iter().enumerate() {
            assert_eq!(measure.idx(), position, "{measure:?}");
        }
    }

    #[test]
    fn national_sums_stand_in_the_order_of_weeks_and_measures() {
        let mut weeks = WeekCounts::new(2, 3);
        weeks.add(RegionIdx::at(0), 1, WeekMeasure::CovidRequested, 2);
        weeks.add(RegionIdx::at(1), 1, WeekMeasure::CovidRequested, 3);
        weeks.add(RegionIdx::at(1), 2, WeekMeasure::CovidOffered, 4);
        let by_week = (0..3).flat_map(|week| {
            let weeks = &weeks;
            WeekMeasure::ALL.map(|measure| weeks.total(week..week + 1, measure))
        });
        assert_eq!(weeks.national(), by_week.collect::<Vec<_>>(), "all sums");
    }
}
