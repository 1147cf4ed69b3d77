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
    /// Key of the 'fair share': `off`, `population`, `regular-beds` or `agreed`; default `off`.
    pub fair_share: Option<String>,
    /// Probability that a hospital does what was agreed; default 1.
    pub compliance: Option<f64>,
    /// Moves of IC patients between regions per day; default 0.
    pub moves_per_day: Option<i64>,
    /// Moves of IC patients per day within one region; default 0.
    pub regional_moves_per_day: Option<i64>,
    /// How beds for critical plannable care are protected; default `none`.
    pub protection: Option<Protection>,
    /// Whether need counts critical plannable care: `excluded` or `included`; default `excluded`.
    pub critical_need: Option<String>,
    /// Probability that a region reaches agreement at one weekly meeting; default 1.
    pub agreement: Option<f64>,
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
}
