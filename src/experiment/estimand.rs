//! The estimands: what is estimated, from which measures, in which unit.

use crate::experiment::measure::Measure;
use crate::experiment::study_frame::StudyFrame;
use crate::statistics::interval::Interval;
use crate::units::PerMille;

/// Something to estimate, with its exact definition.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimand {
    /// Number in the registry, such as `E5`.
    pub id: &'static str,
    /// Machine name, unique.
    pub key: &'static str,
    /// Unit of the value.
    pub unit: &'static str,
    /// Exact definition; a report fills its gaps, such as `{days}`, for its scenario.
    pub definition: &'static str,
    /// How it follows from measures.
    pub kind: Kind,
}

/// How an estimand follows from the measures of replications.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    /// Share of replications in which a 0-1 measure is 1.
    Proportion(Measure),
    /// Mean over replications, divided by a constant.
    Mean(Measure, Divisor),
    /// Sum of one measure over the sum of another, divided by a constant.
    Ratio(Measure, Measure, Divisor),
    /// The worst twentieth of worlds in a measure, divided by a constant.
    Tail(Measure, Divisor, Tail),
    /// The wait, in whole days, that this share of the patients of all worlds stays at or below.
    WaitQuantile(PerMille),
}

/// What is said of the worst twentieth of worlds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tail {
    /// The smallest of its values: the 95 % quantile.
    Quantile,
    /// The mean of its values: the conditional value at risk.
    Mean,
}

/// The share of worlds below the tail.
pub const TAIL_FROM: f64 = 0.95;

/// A constant that turns a count into the unit of an estimand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Divisor {
    /// The count as it is.
    One,
    /// Thousandths to whole units.
    Thousand,
    /// Cents to euros.
    Hundred,
    /// Minutes to days.
    MinutesPerDay,
    /// A share to percent.
    Percent,
    /// Region-weeks of the window, for a share in percent.
    PercentOfRegionWeeks,
    /// Hospital-weeks of the window, for a share in percent.
    PercentOfHospitalWeeks,
}

/// Shorthand for the table below.
const fn row(
    id: &'static str,
    key: &'static str,
    unit: &'static str,
    kind: Kind,
    definition: &'static str,
) -> Estimand {
    Estimand {
        id,
        key,
        unit,
        definition,
        kind,
    }
}

/// All estimands, the headline first.
#[rustfmt::skip]
pub const ESTIMANDS: [Estimand; 52] = {
    use Divisor::{Hundred, MinutesPerDay, One, Percent, PercentOfHospitalWeeks, PercentOfRegionWeeks, Thousand};
    use Kind::{Mean, Proportion, Ratio, WaitQuantile};
    [
        row("E5", "displaced_share", "%", Ratio(Measure::Displaced, Measure::Cohort, Percent), "ICU-dependent class {c3} patients indicated in the window who were displaced (F4, F5, F9a, or F6 to F8 while the twin without the wave was not lost), as a share of all such patients"),
        row("E4", "displaced", "patients", Mean(Measure::Displaced, One), "number of these displaced patients"),
        row("E4", "attributable", "patients", Mean(Measure::Attributable, One), "displaced patients who are not displaced in the twin without the wave"),
        row("E5", "attributable_share", "%", Ratio(Measure::Attributable, Measure::Cohort, Percent), "share of the cohort displaced here and not displaced in the twin without the wave"),
        row("E5", "disrupted_share", "%", Ratio(Measure::Disrupted, Measure::Cohort, Percent), "share of the cohort with at least one date moved or cancelled (E2 to E4)"),
        row("E6", "in_time_share", "%", Ratio(Measure::TreatedInTime, Measure::Cohort, Percent), "share of the cohort treated within the norm of {days} days, follow-up complete"),
        row("E2", "displaced_region_weeks", "%", Mean(Measure::DisplacedRegionWeeks, PercentOfRegionWeeks), "share of region-weeks of the window in which at least one class {c3} patient became displaced: the norm passed, or the wait was lost"),
        row("E2", "disrupted_region_weeks", "%", Mean(Measure::DisruptedRegionWeeks, PercentOfRegionWeeks), "share of region-weeks of the window in which at least one class {c3} date was moved or cancelled"),
        row("E3", "any_displaced", "%", Proportion(Measure::AnyDisplaced), "probability that any class {c3} patient becomes displaced anywhere in the window"),
        row("E7", "excess_wait", "days per patient", Ratio(Measure::ExcessWaitMinutes, Measure::Cohort, MinutesPerDay), "days of waiting beyond the norm of {days} days per patient of the cohort, patients whose wait was lost not counted"),
        row("E9", "longest_run", "weeks", Mean(Measure::LongestRun, One), "longest run of consecutive weeks with displacement in one region"),
        row("E8", "days_2d", "days", Mean(Measure::Days2D, One), "days of the window in the heaviest phase but one ({heavy})"),
        row("E8", "days_3", "days", Mean(Measure::Days3, One), "days of the window in the heaviest phase ({heaviest})"),
        row("E8", "phase_3_ever", "%", Proportion(Measure::EverPhase3), "probability that the heaviest phase ({heaviest}) is reached in the window"),
        row("E8", "threat_ever", "%", Proportion(Measure::EverThreat), "probability that the notice is given that the heaviest phase threatens"),
        row("E10", "loan_rounds_open", "rounds", Mean(Measure::GateOpen, One), "loan rounds of regions in which the gate was open"),
        row("E10", "loaned_nurse_days", "nurse-days", Mean(Measure::LoanedNurseDays, Thousand), "work of lent clinic staff in hospitals, in full-time nurse-days of a hospital nurse"),
        row("E10", "workers_used", "workers", Mean(Measure::Used, One), "clinic workers who worked in a hospital"),
        row("E11", "clinic_value_lost", "euros", Mean(Measure::ClinicValueLost, Hundred), "production value of clinic operations not done because staff were lent"),
        row("E11", "operations_cut_class_3", "operations", Mean(Measure::OperationsCutClass3, Thousand), "class {c3} operations without ICU not done in hospitals"),
        row("E11", "operations_cut_class_4", "operations", Mean(Measure::OperationsCutClass4, Thousand), "class {c4} operations without ICU not done in hospitals"),
        row("E11", "operations_cut_class_5", "operations", Mean(Measure::OperationsCutClass5, Thousand), "class {c5} operations without ICU not done in hospitals"),
        row("E12", "covid_without_bed", "patients", Mean(Measure::CovidWithoutBed, One), "COVID patients for whom no staffed ICU bed was free when they needed one"),
        row("E12", "covid_exported", "patients", Mean(Measure::CovidExported, One), "COVID patients for whom the region had no ICU bed place at all"),
        row("E12", "transfers_between_regions", "patients", Mean(Measure::TransfersBetween, One), "COVID ICU patients moved to another region"),
        row("E12", "acute_in_overload", "patients", Mean(Measure::AcuteInOverload, One), "acute patients admitted above the staffed beds"),
        row("E12", "overload_bed_days", "bed-days", Mean(Measure::OverloadMinutes, MinutesPerDay), "ICU patients above the staffed beds of their hospital"),
        row("E13", "peak_covid_ic", "patients", Mean(Measure::PeakCovidIc, One), "highest daily COVID ICU census of the window"),
        row("E13", "peak_occupied", "patients", Mean(Measure::PeakOccupied, One), "highest daily ICU census, all patients, of the window"),
        row("E14", "hospital_weeks_failing", "%", Mean(Measure::HospitalWeeksFailing, PercentOfHospitalWeeks), "share of hospital-weeks with a class {c3} patient waiting over the norm at the end of the week"),
        row("E4", "too_early", "events", Mean(Measure::TooEarly, One), "class {c3} dates moved or cancelled while people in the region worked on classes {c4} and {c5} who could have been freed for what was lacking"),
        row("E7", "mean_wait", "days", Ratio(Measure::WaitMinutes, Measure::Treated, MinutesPerDay), "mean wait from indication to treatment, over the patients of the cohort who were treated as planned, on time or late"),
        row("E7", "p90_wait", "days", WaitQuantile(PerMille(900)), "whole days within which nine tenths of the cohort were treated; patients whose wait was lost not counted, untreated ones counted as waiting to the end of follow-up"),
        row("E8", "first_day_2d", "days", Mean(Measure::FirstDay2D, One), "days of the window before the heaviest phase but one ({heavy}) was first in force, restricted to the window: its whole length where it was never reached"),
        row("E8", "phase_2d_ever", "%", Proportion(Measure::Days2D), "probability that the heaviest phase but one ({heavy}) is in force on at least one day of the window"),
        row("E9", "long_run", "%", Proportion(Measure::LongRun), "probability that some region has displacement in three consecutive weeks or more"),
        row("E11", "operations_cut_class_45", "operations", Mean(Measure::OperationsCutClass45, Thousand), "class {c4} and {c5} operations without ICU not done in hospitals"),
        row("E11", "clinic_value_lost_p95", "euros", Kind::Tail(Measure::ClinicValueLost, Hundred, Tail::Quantile), "clinic production value lost that 95 % of the worlds stay at or below"),
        row("E11", "clinic_value_lost_cvar95", "euros", Kind::Tail(Measure::ClinicValueLost, Hundred, Tail::Mean), "mean clinic production value lost over the worst 5 % of the worlds"),
        row("E12", "covid_without_bed_ever", "%", Proportion(Measure::CovidWithoutBed), "probability that at least one COVID patient finds no free staffed ICU bed in the window"),
        row("E12", "covid_exported_ever", "%", Proportion(Measure::CovidExported), "probability that at least one COVID patient finds no ICU bed place at all in the region in the window"),
        row("E12", "acute_outside_ic", "patients", Mean(Measure::AcuteOutsideIc, One), "acute patients cared for outside the ICU because it was full"),
        row("E11", "protected_by_loans", "patients", Mean(Measure::ProtectedByLoans, One), "class {c3} patients operated who would not have fitted that day without lent clinic staff"),
        row("E11", "operations_moved", "operations", Mean(Measure::OperationsMoved, Thousand), "class {c3} and {c4} operations without ICU of hospitals done in independent clinics"),
        row("E11", "exchanged_team_days", "team-days", Mean(Measure::ExchangedTeamDays, Thousand), "freed people, in operating-room teams, who worked in another hospital of the region"),
        row("E11", "external_cost", "euros", Mean(Measure::ExternalCost, Hundred), "price of hired external staff"),
        row("E11", "stopped_hospital_weeks", "%", Mean(Measure::StoppedHospitalWeeks, PercentOfHospitalWeeks), "share of hospital-weeks without any class {c4} or {c5} operation"),
        row("E12", "stretched_bed_days", "bed-days", Mean(Measure::StretchedMinutes, MinutesPerDay), "ICU beds looked after by stretched nurses"),
        row("E12", "covid_moved_share", "%", Ratio(Measure::CovidMoved, Measure::CovidIcAdmissions, Percent), "COVID ICU patients who were moved to another hospital at least once, as a share of all"),
        row("E8", "days_before_stop", "region-days", Mean(Measure::DaysBeforeStop, One), "days of regions since a class {c3} date was lost on which classes {c4} or {c5} still ran"),
        row("E12", "covid_not_offered", "patient-days", Mean(Measure::CovidNotOffered, One), "COVID ICU capacity asked of regions that they did not offer"),
        row("E7", "harm_per_patient", "units per patient", Ratio(Measure::Harm, Measure::Cohort, Thousand), "harm of waiting beyond the norm per patient of the cohort, by each stream's harm per month"),
    ]
};

impl Divisor {
    /// The number that a sum is divided by in a study described by `frame`.
    fn value(self, frame: &StudyFrame) -> f64 {
        match self {
            Self::One => 1.0,
            Self::Thousand => 1_000.0,
            Self::Hundred => 100.0,
            Self::MinutesPerDay => f64::from(crate::units::MINUTES_PER_DAY),
            Self::Percent => 0.01,
            Self::PercentOfRegionWeeks => frame.n_region_weeks() as f64 / 100.0,
            Self::PercentOfHospitalWeeks => frame.n_hospital_weeks() as f64 / 100.0,
        }
    }
}

impl Estimand {
    /// The factor that brings sums of measures into the estimand's unit, in a study described by `frame`.
    pub fn factor(&self, frame: &StudyFrame) -> f64 {
        match self.kind {
            Kind::Mean(_, divisor) | Kind::Tail(_, divisor, _) | Kind::Ratio(_, _, divisor) => {
                1.0 / divisor.value(frame)
            }
            Kind::Proportion(_) => 100.0,
            Kind::WaitQuantile(_) => 1.0,
        }
    }

    /// The values that are possible: none is negative, and none of a percentage exceeds 100.
    pub fn possible(&self) -> Interval {
        let high = if self.unit == "%" {
            100.0
        } else {
            f64::INFINITY
        };
        Interval { low: 0.0, high }
    }

    /// The differences that are possible between two values.
    pub fn possible_differences(&self) -> Interval {
        let Interval { low, high } = self.possible();
        Interval {
            low: low - high,
            high: high - low,
        }
    }

    /// The measure that the estimand is mainly about: the numerator of a ratio.
    pub const fn measure(&self) -> Measure {
        match self.kind {
            Kind::Proportion(measure)
            | Kind::Mean(measure, _)
            | Kind::Ratio(measure, ..)
            | Kind::Tail(measure, ..) => measure,
            Kind::WaitQuantile(_) => Measure::WaitMinutes,
        }
    }

    /// Position in [`ESTIMANDS`] of the estimand named `key`, if there is one.
    pub fn position(key: &str) -> Option<usize> {
        ESTIMANDS.iter().position(|estimand| estimand.key == key)
    }

    /// The estimand named `key`, if there is one.
    pub fn named(key: &str) -> Option<&'static Self> {
        ESTIMANDS.iter().find(|estimand| estimand.key == key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_estimand_has_its_own_name() {
        for estimand in &ESTIMANDS {
            let same = ESTIMANDS
                .iter()
                .filter(|other| other.key == estimand.key)
                .count();
            assert_eq!(same, 1, "{}", estimand.key);
        }
    }
}
