//! Policies.

use serde::Deserialize;

use super::source::Source;

/// One policy. What is left out is taken from the policy that it extends, or else the default.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Short machine name.
    pub key: String,
    /// Name in reports.
    pub label: String,
    /// One sentence on what the policy is.
    pub description: String,
    /// First day of the framework of October 2020, or `never`; default `never`.
    pub framework_from: Option<String>,
    /// First day of the supplement of November 2021, or `never`; default `never`.
    pub supplement_from: Option<String>,
    /// First day of the clinics' policy of December 2021, or `never`; default `never`.
    pub clinic_policy_from: Option<String>,
    /// Phases by date, earliest first; default by the thresholds of the phases.
    pub phase_calendar: Option<Vec<PhaseDate>>,
    /// When care is scaled down: `late`, `forecast` or `early`; default `forecast`.
    pub scale_down: Option<String>,
    /// In which order: `urgency-order` or `pro-rata`; default `urgency-order`.
    pub scaling_order: Option<String>,
    /// Days ahead for which capacity is prepared; default 3.
    pub lead_days: Option<i64>,
    /// Upper quantile of the forecast that is prepared for; default 0.8.
    pub forecast_level: Option<f64>,
    /// To whom expected COVID patients are announced: `region` or `hospital`; default `region`.
    pub forecast_granularity: Option<String>,
    /// Days ahead for which dates are compared with the beds expected; default 0, so that dates are
    /// only cancelled on the day.
    pub notice_days: Option<i64>,
    /// Dates per hospital and day that are kept beyond the beds expected; default 1.
    pub notice_margin: Option<i64>,
    /// Part of class 4 patients whose own risk lifts the limit of their class; default 0.
    pub own_risk_share: Option<f64>,
    /// Key of the 'fair share': `off`, `population`, `regular-beds` or `agreed`; default `off`.
    pub fair_share: Option<String>,
    /// Part of the room beyond its own share that a region offers to others; default 0.
    pub solidarity_share: Option<f64>,
    /// Probability that a hospital or region does what was agreed; default 1.
    pub compliance: Option<f64>,
    /// Moves of IC patients between regions per day; default 0.
    pub moves_per_day: Option<i64>,
    /// Moves of IC patients per day within one region; default 0.
    pub regional_moves_per_day: Option<i64>,
    /// How beds for critical plannable care are protected; default `none`.
    pub protection: Option<Protection>,
    /// The same for single regions; default as `protection`.
    pub region_protection: Option<Vec<RegionProtection>>,
    /// What hospitals show of their waiting lists: `none`, `weekly` or `daily`; default `none`.
    pub visibility: Option<String>,
    /// Whether need counts critical plannable care: `excluded` or `included`; default `excluded`.
    pub critical_need: Option<String>,
    /// Probability that a region reaches agreement at one weekly meeting; default 1.
    pub agreement: Option<f64>,
    /// Days from an agreement to its effect; default 0.
    pub days_to_agree: Option<i64>,
    /// Overdue class 3 patients in a region at which its chair calls a meeting; default never.
    pub meet_at_overdue: Option<i64>,
    /// What follows when agreements are not kept; default nothing.
    pub escalation: Option<Escalation>,
    /// Mediation by insurers; default none.
    pub mediation: Option<Mediation>,
    /// Money; default neutral.
    pub finance: Option<Finance>,
    /// The chain of care; default as in normal times.
    pub chain: Option<Chain>,
    /// Part of the clinics' operations that may be given to patients of hospitals; default 0.
    pub moved_care_share: Option<f64>,
    /// Loans of clinic staff; default never.
    pub loans: Option<Loans>,
    /// Rules that are off although their document is in force, such as `A23`; default none.
    pub disabled_rules: Option<Vec<String>>,
    /// Where the figures come from.
    pub source: Option<Source>,
}

/// A phase that begins on a date.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PhaseDate {
    /// First day.
    pub from: String,
    /// The phase.
    pub phase: String,
}

/// How beds for critical plannable care are protected.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Protection {
    /// Not at all.
    None,
    /// In proportion with all other care.
    ProRata,
    /// A fixed part of the usual need.
    RingFence {
        /// The part, 0 to 1.
        part_share: f64,
    },
    /// COVID patients are concentrated in hospitals with little critical plannable care.
    Concentrate {
        /// Part of the COVID task that the hospital with most of that care hands over.
        strength_share: f64,
    },
    /// Hospitals protect their usual need in turn.
    Rotate {
        /// Weeks in one round.
        turns: i64,
    },
    /// In proportion, with one waiting list for the region.
    PooledList,
    /// A number of class 3 operations a week.
    WeeklyQuota {
        /// Operations per hospital and week.
        places: i64,
    },
}

/// The protection that one region chose.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegionProtection {
    /// Key of the region.
    pub region: String,
    /// How it protects beds.
    pub protection: Protection,
}

/// What follows when agreements are not kept.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Escalation {
    /// Days of pressure until parties confront each other, authorities are told, and they
    /// intervene.
    pub after_days: [i64; 3],
    /// Overdue class 3 patients per hospital above which access is under pressure.
    pub overdue_per_hospital: f64,
    /// Added to the probability of compliance at each of the first two levels.
    pub compliance_step_share: f64,
    /// Days from a level to its effect.
    pub delay_days: i64,
}

/// Mediation by insurers.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mediation {
    /// Days past the norm that a wait must be expected to reach.
    pub above_norm_days: i64,
    /// Probability that a patient accepts an offer in the own region.
    pub acceptance_share: f64,
    /// Loss of that probability per tile of distance.
    pub loss_per_tile_share: f64,
}

/// Money.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finance {
    /// Financial comfort under the framework; default 0.5, which changes nothing.
    pub comfort: Option<f64>,
    /// Financial comfort under the supplement; default 0.5.
    pub supplement_comfort: Option<f64>,
    /// How far hospitals are made up for shifting care to each other; default 0.5.
    pub hospital_compensation: Option<f64>,
    /// First day of the insurers' updated scheme for clinics, or `never`; default `never`.
    pub scheme_from: Option<String>,
    /// Financial comfort of clinics under the scheme; default 0.5.
    pub scheme_comfort: Option<f64>,
    /// Change of the log odds of compliance and willingness per unit of comfort; default 2.
    pub log_odds_per_comfort: Option<f64>,
    /// Part of lost production that is made up for before the scheme; default 0.
    pub compensated_share: Option<f64>,
    /// The same under the scheme; default 0.
    pub scheme_compensated_share: Option<f64>,
    /// Most uncompensated loss per lent worker and weekday that a clinic accepts, in euro; default
    /// no bound.
    pub most_uncompensated_euros: Option<f64>,
}

/// The chain of care before and after the hospital.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chain {
    /// Part of COVID patients without need of the IC whom GPs still send in; default 1.
    pub gp_inflow_factor: Option<f64>,
    /// Part of these who go home early with oxygen; default 0.
    pub home_oxygen_share: Option<f64>,
    /// Part of their ward stay that remains; default 0.5.
    pub home_oxygen_stay_share: Option<f64>,
    /// Places in nursing homes and home care per day, nationally; default no bound.
    pub vvt_places_per_day: Option<i64>,
}

/// Loans of clinic staff.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Loans {
    /// When loans can be talked about: `never`, `voluntary-any-time`, `from-phase-2d`,
    /// `threat-notice` or `phase-3`; default `never`.
    pub trigger: Option<String>,
    /// Part of a region's hospitals that must have scaled classes 4 and 5 down in full; default 1.
    pub full_scale_down_share: Option<f64>,
    /// Activity of classes 4 and 5 that still counts as none; default 0.
    pub no_activity_share: Option<f64>,
    /// Whether hospitals count one by one or as a whole: `all-hospitals` or `region-aggregate`;
    /// default `all-hospitals`.
    pub scope: Option<String>,
    /// For which care staff may be lent: `covid-too` or `without-covid`; default `covid-too`.
    pub purpose: Option<String>,
}
