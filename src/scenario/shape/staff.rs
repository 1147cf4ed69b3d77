//! Hospital staff.

use schemars::JsonSchema;
use serde::Deserialize;

use super::default::{thousandths, whole};
use crate::scenario::limits;

/// What staff are worth, and how fast capacity changes.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
pub struct Staff {
    /// Part of the regular beds that nurses can staff at normal absence.
    #[schemars(range(min = 0, max = 2))]
    pub workforce_share: f64,
    /// Full-time nurses that one ICU bed takes around the clock.
    #[schemars(range(min = 0.5, max = 20))]
    pub fte_per_bed: f64,
    /// Full-time staff in one operating-room team.
    #[schemars(range(min = 0.5, max = 20))]
    pub team_fte: f64,
    /// Minutes that one operating-room team works on a weekday.
    #[schemars(range(min = 1, max = 1_440))]
    pub team_minutes_per_day: u32,
    /// Part of an ICU nurse's work that one of a freed team can do.
    pub conversion_efficiency_share: f64,
    /// Largest part of staffed beds that may rest on converted staff.
    pub maximum_support_share: f64,
    /// Most beds that the country adds per day.
    #[schemars(range(min = 0, max = 2_000))]
    pub ramp_beds_per_day: f64,
    /// Most beds that the country closes per day when pressure falls.
    #[schemars(range(min = 0, max = 2_000))]
    pub ramp_down_beds_per_day: f64,
    /// Beds that open and close together where they rest on people who are no ICU nurses of the hospital, as in
    /// a room; 1 when each opens as soon as its people are there.
    #[serde(default = "whole::<1>")]
    #[schemars(range(min = 1, max = 20))]
    pub unit_beds: u16,
    /// Nursing that patients of each kind take; default alike.
    pub nursing: Option<Nursing>,
    /// Days from the decision to add a bed to its first patient.
    #[schemars(range(min = 1, max = 7))]
    pub ramp_delay_days: u16,
    /// Beds that each hospital keeps free for acute patients, as a part of its daily acute
    /// arrivals.
    #[schemars(range(min = 0, max = 10))]
    pub acute_reserve_share: f64,
    /// Ward nursing.
    pub ward: WardStaff,
    /// Sick leave; default nobody is ever ill.
    #[serde(default)]
    pub absence: AbsenceRates,
    /// Part of the staff that drops out per week since phase 2C began, on top of sick leave.
    #[serde(default)]
    #[schemars(range(min = 0, max = 0.2))]
    pub fatigue_share_per_week: f64,
    /// Staff who drop out because nurses are stretched; default nobody does.
    pub strain: Option<Strain>,
    /// External nurses for hire; default none.
    pub external_hire: Option<ExternalHire>,
}

/// Staff of a hospital who drop out because its nurses look after more beds than in normal times.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
pub struct Strain {
    /// Part of the staff that drops out in a week in which all staffed beds are stretched ones; in other weeks
    /// as much less as fewer of them are.
    #[schemars(range(min = 0, max = 0.5))]
    pub dropout_share: f64,
    /// Part of those who dropped out that comes back per week.
    pub recovery_share: f64,
}

/// Nursing that one patient in the ICU takes, relative to the patient for whom beds are counted: the nurses of
/// a hospital staff fewer beds while it has many patients who take more.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
pub struct Nursing {
    /// A COVID patient.
    #[serde(default = "thousandths::<1_000>")]
    #[schemars(range(min = 0.1, max = 4))]
    pub covid_share: f64,
    /// An acute patient without COVID.
    #[serde(default = "thousandths::<1_000>")]
    #[schemars(range(min = 0.1, max = 4))]
    pub acute_share: f64,
    /// A planned patient.
    #[serde(default = "thousandths::<1_000>")]
    #[schemars(range(min = 0.1, max = 4))]
    pub planned_share: f64,
}

/// Ward nursing.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
pub struct WardStaff {
    /// Planned inpatients, national census in normal times.
    #[schemars(range(min = 0, max = 100_000))]
    pub planned_inpatients: u32,
    /// Care that one COVID patient takes, in planned inpatients.
    #[schemars(range(min = 0, max = 10))]
    pub covid_weight: f64,
    /// Planned inpatients that one full-time ward nurse can care for.
    #[serde(default = "thousandths::<1_000>")]
    #[schemars(range(min = 0, max = 20))]
    pub inpatients_per_nurse: f64,
    /// Patients without COVID whom wards can take from the ICU in a day, relative to their usual number, as long
    /// as COVID patients leave the wards their usual places; default as many as come.
    #[schemars(range(min = 0.5, max = 20))]
    pub step_down_share: Option<f64>,
    /// Ward beds that the country can set apart for COVID patients and patients who leave the ICU.
    #[schemars(range(min = 0, max = 100_000))]
    pub covid_beds: u32,
}

/// Sick leave that rises with the wave.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
pub struct AbsenceRates {
    /// In normal times.
    #[schemars(range(min = 0, max = 0.5))]
    pub normal_share: f64,
    /// Added per 1 000 national COVID admissions in the week before.
    #[schemars(range(min = 0, max = 0.5))]
    pub share_per_thousand_weekly_admissions: f64,
    /// Highest; not below `normal_share`.
    #[schemars(range(min = 0, max = 0.9))]
    pub maximum_share: f64,
    /// Day-to-day correlation of a hospital's own deviation.
    #[schemars(range(min = 0, max = 0.999))]
    pub rho: f64,
    /// Stationary standard deviation of a hospital's own deviation.
    #[schemars(range(min = 0, max = 0.2))]
    pub sd: f64,
}

/// External nurses for hire, nationally.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
pub struct ExternalHire {
    /// Nurses for hire.
    #[schemars(range(min = 0, max = limits::WORKERS))]
    pub nurses: u32,
    /// Nurses who can start per week.
    #[schemars(range(min = 0, max = limits::WORKERS))]
    pub nurses_per_week: u32,
    /// Days of induction before a hired nurse counts.
    #[serde(default)]
    #[schemars(range(min = 0, max = 7))]
    pub induction_days: u16,
    /// Price of one nurse per day, in euro.
    #[serde(default)]
    #[schemars(range(min = 0, max = 10_000))]
    pub euros_per_day: f64,
}
