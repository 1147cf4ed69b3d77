//! What comes to the hospitals.

use schemars::JsonSchema;
use serde::Deserialize;

use super::default::{all_day, equal, norm_days, thousandths, whole};
use super::duration::{Duration, OperatingTime};
use crate::name::Name;
use crate::scenario::limits;

/// COVID inflow and pathway.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
pub struct Covid {
    /// Monday of the first week in the weekly series; on or before the first day of the study.
    pub first_week: String,
    /// Expected national hospital admissions per week, to the end of the study.
    #[schemars(length(max = limits::WEEKS), inner(range(min = 0, max = limits::PATIENTS_PER_WEEK)))]
    pub weekly_admissions: Vec<f64>,
    /// Admissions from the first day of the window on, as a multiple of those in the series.
    #[serde(default = "thousandths::<1_000>")]
    #[schemars(range(min = 0, max = 5))]
    pub wave_share: f64,
    /// Share of those admitted who will need the ICU, for the same weeks.
    #[schemars(length(max = limits::WEEKS))]
    pub weekly_ic_share: Vec<f64>,
    /// Admissions on Monday to Sunday relative to each other; some must be positive.
    #[serde(default = "equal::<7>")]
    #[schemars(inner(range(min = 0, max = 7)))]
    pub weekday_factors: [f64; 7],
    /// Share of ICU patients who leave the ICU alive.
    pub ic_survival_share: f64,
    /// Share of ICU patients who are fit for transport to another hospital.
    pub transferable_share: f64,
    /// Share of patients who leave the ward for a nursing home or home care (VVT).
    #[serde(default)]
    pub vvt_share: f64,
    /// Hours from the decision to move a patient to the patient's arrival.
    #[serde(default = "thousandths::<4_000>")]
    #[schemars(range(min = 0, max = 48))]
    pub transfer_hours: f64,
    /// Hours of the day between which patients set out for another hospital; default at any time.
    #[serde(default = "all_day")]
    #[schemars(inner(range(min = 0, max = 24)))]
    pub transport_hours: [u32; 2],
    /// Ward stay of patients who never need the ICU.
    pub ward_stay: Duration,
    /// Ward stay before the ICU.
    pub ward_before_ic: Duration,
    /// ICU stay, on average over those who leave the ICU alive and those who die there.
    pub ic_stay: Duration,
    /// ICU stay of those who die there, as a multiple of that of those who live; both have the form of
    /// `ic_stay`. With 1 they do not differ.
    #[serde(default = "thousandths::<1_000>")]
    #[schemars(range(min = 0.1, max = 10))]
    pub death_stay_ratio: f64,
    /// Ward stay after the ICU.
    pub ward_after_ic: Duration,
    /// Share of patients whose ICU stay is foreseen at admission; of the others the mean stay is expected. Read by
    /// phases with `longest_ic_stay_days`.
    #[serde(default = "thousandths::<700>")]
    pub stay_foreseen_share: f64,
    /// Days on the ward of a patient who is not admitted to the ICU.
    #[serde(default = "thousandths::<3_000>")]
    #[schemars(range(min = 0, max = 60))]
    pub days_without_ic: f64,
    /// How patients come back to the ICU from the ward, once at most; default nobody does.
    pub readmission: Option<Readmission>,
    /// Observed inpatients on the first day of the window; default not known. At most about 2.5 times
    /// what the admissions and stays before lead to, or what chance makes of few.
    pub census_at_start: Option<Census>,
    /// How possible waves differ; default not at all.
    pub spread: Option<Spread>,
}

/// Patients who left the ICU alive and come back to it. They leave it alive again.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
pub struct Readmission {
    /// Share of those who leave the ICU alive who come back.
    #[schemars(range(min = 0, max = 1))]
    pub share: f64,
    /// Ward stay until then.
    pub ward_stay: Duration,
    /// ICU stay then; the ward stay after it is `ward_after_ic`.
    pub ic_stay: Duration,
}

/// Observed COVID inpatients.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
pub struct Census {
    /// Patients in the ICU.
    #[schemars(range(min = 0, max = 50_000))]
    pub ic: u32,
    /// Patients on the ward.
    #[schemars(range(min = 0, max = 100_000))]
    pub ward: u32,
}

/// How much one possible wave differs from the expected one.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
pub struct Spread {
    /// Standard deviation of the log of the size.
    #[schemars(range(min = 0, max = 1))]
    pub size_sd_log: f64,
    /// Standard deviation of the shift in time, in days.
    #[schemars(range(min = 0, max = 28))]
    pub timing_sd_days: f64,
    /// Days after the window's start in which both grow to their full value.
    #[schemars(range(min = 0, max = 365))]
    pub ramp_days: f64,
    /// Week-to-week correlation of regional shares (log scale).
    #[schemars(range(min = 0, max = 0.999))]
    pub regional_rho: f64,
    /// Stationary standard deviation of the log of regional shares.
    #[schemars(range(min = 0, max = 2))]
    pub regional_sd_log: f64,
    /// Standard deviation of the log of the wave's IC stay, of which `ic_stay` is the median wave's.
    #[serde(default)]
    #[schemars(range(min = 0, max = 1))]
    pub stay_sd_log: f64,
    /// Stationary standard deviation of the log of the IC stay by week of admission, around that of the wave.
    #[serde(default)]
    #[schemars(range(min = 0, max = 1))]
    pub stay_drift_sd_log: f64,
    /// Week-to-week correlation of that log.
    #[serde(default = "thousandths::<900>")]
    #[schemars(range(min = 0, max = 0.999))]
    pub stay_drift_rho: f64,
}

/// Acute patients without COVID who need the ICU.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
pub struct Acute {
    /// Expected national arrivals per week.
    #[schemars(range(min = 0, max = limits::PATIENTS_PER_WEEK))]
    pub weekly_arrivals: f64,
    /// Arrivals on Monday to Sunday relative to each other; some must be positive.
    #[serde(default = "equal::<7>")]
    #[schemars(inner(range(min = 0, max = 7)))]
    pub weekday_factors: [f64; 7],
    /// Weeks with fewer patients than usual, such as holidays.
    #[serde(default)]
    pub quiet: Vec<QuietWeeks>,
    /// ICU stay.
    pub stay: Duration,
    /// Standard deviation of the log of the level of arrivals, of which `weekly_arrivals` is the median
    /// world's.
    #[serde(default)]
    #[schemars(range(min = 0, max = 1))]
    pub level_sd_log: f64,
    /// Share who can be cared for outside the ICU when their region's ICUs are full.
    #[serde(default)]
    pub substitutable_share: f64,
    /// Occupancy of a region's staffed beds, those kept for expected COVID patients included, at which
    /// that begins.
    #[serde(default = "thousandths::<1_000>")]
    #[schemars(range(min = 0, max = 2))]
    pub substitution_from_share: f64,
    /// The occupancy at which all who can are cared for elsewhere; not below
    /// `substitution_from_share`.
    #[serde(default = "thousandths::<1_000>")]
    #[schemars(range(min = 0, max = 2))]
    pub substitution_full_share: f64,
}

/// Weeks with fewer acute patients than usual.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
pub struct QuietWeeks {
    /// Monday of the first week.
    pub from: String,
    /// Number of weeks.
    #[schemars(range(min = 1, max = 52))]
    pub weeks: u16,
    /// Arrivals relative to other weeks.
    #[schemars(range(min = 0, max = 2))]
    pub arrivals_share: f64,
}

/// ICU-dependent planned patients.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
pub struct Planned {
    /// Longest acceptable wait of classes 2, 3, 4 and 5, in days.
    #[serde(default = "norm_days")]
    #[schemars(inner(range(min = 1, max = 1_000)))]
    pub norm_days: [u16; 4],
    /// Days before the norm by which a date must have been offered.
    #[serde(default = "whole::<14>")]
    #[schemars(range(min = 0, max = 365))]
    pub offer_days_before_norm: u16,
    /// Days ahead that a place in the program is given.
    #[serde(default = "whole::<14>")]
    #[schemars(range(min = 1, max = 30))]
    pub planning_lead_days: u16,
    /// Fewest days between the offer of a date and the operation, for classes 3 to 5.
    #[serde(default = "whole::<2>")]
    pub shortest_notice_days: u16,
    /// Days before the operation until which places are held for class 2.
    #[serde(default = "whole::<4>")]
    pub semi_acute_hold_days: u16,
    /// Waiting patients at the start of the burn-in, in days of demand.
    #[serde(default = "whole::<21>")]
    pub initial_list_days: u16,
    /// Places in the program beyond expected demand, as a part of it.
    #[serde(default = "thousandths::<150>")]
    #[schemars(range(min = 0, max = 5))]
    pub slot_slack_share: f64,
    /// Half the width of the range of `slot_slack_share` over hospitals, which differ evenly.
    #[serde(default)]
    #[schemars(range(min = 0, max = 1))]
    pub slot_slack_spread: f64,
    /// Places in the program on Monday to Friday relative to each other; default equal.
    #[schemars(inner(range(min = 0.01, max = 5)))]
    pub weekday_factors: Option<[f64; 5]>,
    /// The streams of patients; may be empty.
    #[schemars(length(max = limits::STREAMS))]
    pub stream: Vec<Stream>,
}

/// One stream of ICU-dependent planned patients.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
pub struct Stream {
    /// Short machine name.
    pub key: String,
    /// Name in reports.
    pub name: Name,
    /// Expected national indications per week of patients who need the ICU.
    #[schemars(range(min = 0, max = limits::INDICATIONS_PER_WEEK))]
    pub weekly_indications: f64,
    /// Shares of classes 2, 3, 4 and 5; they sum to 1.
    #[schemars(inner(range(min = 0, max = 1)))]
    pub class_shares: [f64; 4],
    /// Performed by hospitals that are in one of these groups; default all hospitals.
    #[schemars(length(max = limits::GROUPS))]
    pub performed_in: Option<Vec<String>>,
    /// Operating time.
    pub or_time: OperatingTime,
    /// Time of the stream's own operating-room teams relative to what its expected operations take, where
    /// `performed_in` names groups; other streams share the general teams.
    #[serde(default = "thousandths::<1_000>")]
    #[schemars(range(min = 0, max = 10))]
    pub or_time_share: f64,
    /// Half the width of the range of `or_time_share` over hospitals, which differ evenly.
    #[serde(default)]
    #[schemars(range(min = 0, max = 2))]
    pub or_time_spread: f64,
    /// That time on Monday to Friday relative to each other; default equal.
    #[schemars(inner(range(min = 0, max = 5)))]
    pub or_weekday_factors: Option<[f64; 5]>,
    /// ICU stay after the operation.
    pub ic_stay: Duration,
    /// Days from indication until the patient can be operated; cut off so that a date can still be
    /// offered in time.
    pub work_up: Duration,
    /// Harm of one month of waiting beyond the norm, in any unit.
    #[serde(default)]
    #[schemars(range(min = 0, max = 1_000))]
    pub harm_per_month: f64,
    /// Share of those waiting who become acute per week.
    #[serde(default)]
    #[schemars(range(min = 0, max = 0.9))]
    pub weekly_deterioration_share: f64,
    /// Share of class 4 patients waiting who become class 3 per week, with the norm of class 3 from that day on.
    #[serde(default)]
    #[schemars(range(min = 0, max = 0.9))]
    pub weekly_reclassification_share: f64,
    /// Share of those waiting who die or become unfit per week.
    #[serde(default)]
    #[schemars(range(min = 0, max = 0.9))]
    pub weekly_death_share: f64,
    /// Share of those waiting who withdraw per week.
    #[serde(default)]
    #[schemars(range(min = 0, max = 0.9))]
    pub weekly_withdrawal_share: f64,
}

/// Operations that need no ICU.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
pub struct Sessions {
    /// Expected national operations per week of classes 3, 4 and 5.
    #[schemars(inner(range(min = 0, max = 1_000_000)))]
    pub weekly_operations: [f64; 3],
    /// Mean operating time of classes 3, 4 and 5.
    #[schemars(inner(range(min = 1, max = 1_440)))]
    pub or_minutes: [u32; 3],
    /// Waiting operations of classes 3, 4 and 5 at the start, in weekdays of demand.
    #[serde(default)]
    pub initial_backlog_days: [u16; 3],
    /// Share of operations of classes 3, 4 and 5 that need a ward bed.
    pub inpatient_share: [f64; 3],
    /// Weeks in which a part of the program is left out, such as holidays.
    #[serde(default)]
    pub quiet: Vec<QuietProgram>,
    /// Groups of hospitals that do more of one class and less of another than their size says; the first
    /// group that a hospital is in counts.
    #[serde(default)]
    #[schemars(length(max = limits::GROUPS))]
    pub mix: Vec<ClassMix>,
    /// Part of the operating-room teams' time that is used in normal times, which sets the number
    /// of teams.
    #[serde(default = "thousandths::<920>")]
    #[schemars(range(min = 0.1, max = 1))]
    pub or_use_share: f64,
    /// Part of all operations in normal times that are too urgent to put off. They are not simulated; records
    /// of operating rooms in use hold them.
    #[serde(default)]
    #[schemars(range(min = 0, max = 0.9))]
    pub urgent_share: f64,
}

/// What a group of hospitals does of each class.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
pub struct ClassMix {
    /// The group.
    pub group: String,
    /// Operations of classes 3, 4 and 5 per unit of size, relative to hospitals in no group.
    #[schemars(inner(range(min = 0, max = 100)))]
    pub factors: [f64; 3],
}

/// Weeks with fewer operations than usual, whether they need the ICU or not.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
pub struct QuietProgram {
    /// Monday of the first week.
    pub from: String,
    /// Number of weeks.
    #[schemars(range(min = 1, max = 52))]
    pub weeks: u16,
    /// Operating-room teams at work, and ICU-dependent places, relative to other weeks.
    pub program_share: f64,
}
