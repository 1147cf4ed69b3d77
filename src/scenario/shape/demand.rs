//! What comes to the hospitals.

use serde::Deserialize;

use super::duration::{Duration, OperatingTime};
use super::source::Source;

/// COVID inflow and pathway.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Covid {
    /// Monday of the first week in the weekly series; on or before the first day of the study.
    pub first_week: String,
    /// Expected national hospital admissions per week, to the end of the study.
    pub weekly_admissions: Vec<f64>,
    /// Share of those admitted who will need the IC, for the same weeks.
    pub weekly_ic_share: Vec<f64>,
    /// Admissions on Monday to Sunday relative to each other; default equal.
    pub weekday_factors: Option<[f64; 7]>,
    /// Share of IC patients who leave the IC alive.
    pub ic_survival_share: f64,
    /// Share of IC patients who are fit for transport to another hospital.
    pub transferable_share: f64,
    /// Share of patients who leave the ward for a nursing home or home care (VVT); default 0.
    pub vvt_share: Option<f64>,
    /// Hours from the decision to move a patient to the patient's arrival; default 4.
    pub transfer_hours: Option<f64>,
    /// Ward stay of patients who never need the IC.
    pub ward_stay: Duration,
    /// Ward stay before the IC.
    pub ward_before_ic: Duration,
    /// IC stay.
    pub ic_stay: Duration,
    /// Ward stay after the IC.
    pub ward_after_ic: Duration,
    /// Observed inpatients on the first day of the window; default not known.
    pub census_at_start: Option<Census>,
    /// How possible waves differ; default not at all.
    pub spread: Option<Spread>,
    /// Remark for readers of the file; default none.
    pub label: Option<String>,
    /// Where the figures come from.
    pub source: Option<Source>,
}

/// Observed COVID inpatients, nationally.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Census {
    /// Patients on the IC.
    pub ic: i64,
    /// Patients on the ward.
    pub ward: i64,
    /// Where the figures come from.
    pub source: Option<Source>,
}

/// How much one possible wave differs from the expected one.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spread {
    /// Standard deviation of the log of the size.
    pub size_sd_log: f64,
    /// Standard deviation of the shift in time, in days.
    pub timing_sd_days: f64,
    /// Days after the window's start in which both grow to their full value.
    pub ramp_days: f64,
    /// Week-to-week correlation of regional shares (log scale).
    pub regional_rho: f64,
    /// Stationary standard deviation of the log of regional shares.
    pub regional_sd_log: f64,
    /// Where the figures come from.
    pub source: Option<Source>,
}

/// Acute patients without COVID who need the IC.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Acute {
    /// Expected national arrivals per week.
    pub weekly_arrivals: f64,
    /// Arrivals on Monday to Sunday relative to each other; default equal.
    pub weekday_factors: Option<[f64; 7]>,
    /// Weeks with fewer patients than usual, such as holidays; default none.
    pub quiet: Option<Vec<QuietWeeks>>,
    /// IC stay.
    pub stay: Duration,
    /// Share who can be cared for outside the IC when their region's ICs are full; default 0.
    pub substitutable_share: Option<f64>,
    /// Occupancy of a region's staffed beds, those kept for expected COVID patients included, at which
    /// that begins; default 1.
    pub substitution_from_share: Option<f64>,
    /// The occupancy at which all who can are cared for elsewhere; default 1.
    pub substitution_full_share: Option<f64>,
    /// Remark for readers of the file; default none.
    pub label: Option<String>,
    /// Where the figures come from.
    pub source: Option<Source>,
}

/// Weeks with fewer acute patients than usual.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuietWeeks {
    /// Monday of the first week.
    pub from: String,
    /// Number of weeks.
    pub weeks: i64,
    /// Arrivals relative to other weeks.
    pub arrivals_share: f64,
}

/// IC-dependent planned patients.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Planned {
    /// Longest acceptable wait of classes 2, 3, 4 and 5, in days; default 7, 42, 91 and 182.
    pub norm_days: Option<[i64; 4]>,
    /// Days before the norm by which a date must have been offered; default 14.
    pub offer_days_before_norm: Option<i64>,
    /// Days ahead that a place in the program is given; default 14.
    pub planning_lead_days: Option<i64>,
    /// Fewest days between the offer of a date and the operation, for classes 3 to 5; default 2.
    pub shortest_notice_days: Option<i64>,
    /// Days before the operation until which places are held for class 2; default 4.
    pub semi_acute_hold_days: Option<i64>,
    /// Waiting patients at the start of the burn-in, in days of demand; default 21.
    pub initial_list_days: Option<i64>,
    /// Places in the program beyond expected demand, as a part of it; default 0.15.
    pub slot_slack_share: Option<f64>,
    /// Places in the program on Monday to Friday relative to each other; default equal.
    pub weekday_factors: Option<[f64; 5]>,
    /// The streams of patients; may be empty.
    pub stream: Vec<Stream>,
    /// Remark for readers of the file; default none.
    pub label: Option<String>,
    /// Where the figures come from.
    pub source: Option<Source>,
}

/// One stream of IC-dependent planned patients.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stream {
    /// Short machine name.
    pub key: String,
    /// Name in reports.
    pub name: String,
    /// Expected national indications per week of patients who need the IC.
    pub weekly_indications: f64,
    /// Shares of classes 2, 3, 4 and 5; they sum to 1.
    pub class_shares: [f64; 4],
    /// Performed by hospitals that are in one of these groups; default all hospitals.
    pub performed_in: Option<Vec<String>>,
    /// Operating time.
    pub or_time: OperatingTime,
    /// IC stay after the operation.
    pub ic_stay: Duration,
    /// Days from indication until the patient can be operated; cut off so that a date can still be
    /// offered in time.
    pub work_up: Duration,
    /// Harm of one month of waiting beyond the norm, in any unit; default 0.
    pub harm_per_month: Option<f64>,
    /// Share of those waiting who become acute per week; default 0.
    pub weekly_deterioration_share: Option<f64>,
    /// Share of those waiting who die or become unfit per week; default 0.
    pub weekly_death_share: Option<f64>,
    /// Share of those waiting who withdraw per week; default 0.
    pub weekly_withdrawal_share: Option<f64>,
    /// Remark for readers of the file; default none.
    pub label: Option<String>,
    /// Where the figures come from.
    pub source: Option<Source>,
}

/// Operations that need no IC.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sessions {
    /// Expected national operations per week of classes 3, 4 and 5.
    pub weekly_operations: [f64; 3],
    /// Mean operating time of classes 3, 4 and 5.
    pub or_minutes: [i64; 3],
    /// Waiting operations of classes 3, 4 and 5 at the start, in weekdays of demand; default 0.
    pub initial_backlog_days: Option<[i64; 3]>,
    /// Share of operations of classes 3, 4 and 5 that need a ward bed.
    pub inpatient_share: [f64; 3],
    /// Weeks in which a part of the program is left out, such as holidays; default none.
    pub quiet: Option<Vec<QuietProgram>>,
    /// Part of the operating-room teams' time that is used in normal times, which sets the number
    /// of teams; default 0.92.
    pub or_use_share: Option<f64>,
    /// Remark for readers of the file; default none.
    pub label: Option<String>,
    /// Where the figures come from.
    pub source: Option<Source>,
}

/// Weeks with fewer operations than usual, whether they need the IC or not.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuietProgram {
    /// Monday of the first week.
    pub from: String,
    /// Number of weeks.
    pub weeks: i64,
    /// Operating-room teams at work, and IC-dependent places, relative to other weeks.
    pub program_share: f64,
}
