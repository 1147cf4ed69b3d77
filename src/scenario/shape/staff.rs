//! Hospital staff.

use serde::Deserialize;

use super::source::Source;

/// What staff are worth, and how fast capacity changes.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Staff {
    /// Part of the regular beds that nurses can staff at normal absence.
    pub workforce_share: f64,
    /// Full-time nurses that one IC bed takes around the clock.
    pub fte_per_bed: f64,
    /// Full-time staff in one operating-room team.
    pub team_fte: f64,
    /// Minutes that one operating-room team works on a weekday.
    pub team_minutes_per_day: i64,
    /// Part of an IC nurse's work that one of a freed team can do.
    pub conversion_efficiency_share: f64,
    /// Largest part of staffed beds that may rest on converted staff.
    pub maximum_support_share: f64,
    /// Most beds that the country adds per day.
    pub ramp_beds_per_day: f64,
    /// Most beds that the country closes per day when pressure falls.
    pub ramp_down_beds_per_day: f64,
    /// Days from the decision to add a bed to its first patient.
    pub ramp_delay_days: i64,
    /// Beds that each hospital keeps free for acute patients, as a part of its daily acute
    /// arrivals.
    pub acute_reserve_share: f64,
    /// Ward nursing.
    pub ward: WardStaff,
    /// Sick leave.
    pub absence: AbsenceRates,
    /// Part of the staff that drops out per week since phase 2C began, on top of sick leave; default
    /// 0.
    pub fatigue_share_per_week: Option<f64>,
    /// External nurses for hire; default none.
    pub external_hire: Option<ExternalHire>,
    /// Remark for readers of the file; default none.
    pub label: Option<String>,
    /// Where the figures come from.
    pub source: Option<Source>,
}

/// Ward nursing.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WardStaff {
    /// Planned inpatients, national census in normal times.
    pub planned_inpatients: i64,
    /// Care that one COVID patient takes, in planned inpatients.
    pub covid_weight: f64,
    /// Planned inpatients that one full-time ward nurse can care for; default 1.
    pub inpatients_per_nurse: Option<f64>,
    /// Ward beds that the country can set apart for COVID patients and patients who leave the IC.
    pub covid_beds: i64,
    /// Where the figures come from.
    pub source: Option<Source>,
}

/// Sick leave that rises with the wave.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AbsenceRates {
    /// In normal times.
    pub normal_share: f64,
    /// Added per 1 000 national COVID admissions in the week before.
    pub share_per_thousand_weekly_admissions: f64,
    /// Highest.
    pub maximum_share: f64,
    /// Day-to-day correlation of a hospital's own deviation.
    pub rho: f64,
    /// Stationary standard deviation of a hospital's own deviation.
    pub sd: f64,
    /// Where the figures come from.
    pub source: Option<Source>,
}

/// External nurses for hire, nationally.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExternalHire {
    /// Nurses for hire.
    pub nurses: i64,
    /// Nurses who can start per week.
    pub nurses_per_week: i64,
    /// Where the figures come from.
    pub source: Option<Source>,
}
