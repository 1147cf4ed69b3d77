//! The shape of a scenario file: which keys it has, and nothing else.
//!
//! Numbers are as they were written; their ranges are checked when the model is built. A key that
//! may be left out is an `Option`, and its default is stated here.

mod clinic;
mod clocks;
mod demand;
mod duration;
mod phase;
mod policy;
mod region;
mod source;
mod setting;
mod staff;
mod uncertainty;
mod words;

pub use clinic::Clinics;
pub use clocks::{Clock, Clocks};
pub use demand::{
    Acute, Census, Covid, Planned, QuietProgram, QuietWeeks, Sessions, Spread, Stream,
};
pub use duration::{Duration, OperatingTime, TriangularShare};
pub use phase::{PhaseEntry, Phases, Threat};
pub use policy::{
    Chain, Escalation, Finance, Loans, Mediation, PhaseDate, Policy, Protection, RegionProtection,
};
pub use region::{Hospital, Region};
pub use setting::Setting;
pub use source::Source;
pub use staff::{AbsenceRates, ExternalHire, Staff, WardStaff};
pub use uncertainty::{Bounds, Lognormal, Triangle, UncertainFigure};
pub use words::{Name, Words};

use std::collections::BTreeMap;

use serde::Deserialize;

/// A whole scenario file.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScenarioFile {
    /// Version of the file format: 1.
    pub version: i64,
    /// Short machine name: lower-case letters, digits, hyphens, and dots between digits.
    pub key: String,
    /// Title for reports.
    pub title: String,
    /// Remark for readers of the file; default none.
    pub label: Option<String>,
    /// Policies to compare, by key; default all policies of `policy` and `policy_files`.
    pub policies: Option<Vec<String>>,
    /// Files with one policy each, relative to the scenario; default none.
    pub policy_files: Option<Vec<String>>,
    /// Key of the policy with which all others are compared; default the first policy.
    pub baseline: Option<String>,
    /// Where figures come from, by dotted path without indexes.
    pub source: Option<Source>,
    /// What things are called in reports; default in each key.
    pub words: Option<Words>,
    /// The calendar.
    pub study: Study,
    /// Run settings that the command line may override.
    pub run: Option<Run>,
    /// COVID inflow and pathway.
    pub covid: Covid,
    /// Acute patients without COVID who need the IC.
    pub acute: Acute,
    /// IC-dependent planned patients.
    pub planned: Planned,
    /// Operations without IC.
    pub sessions: Sessions,
    /// Hospital staff.
    pub staff: Staff,
    /// Independent clinics; default none.
    pub clinics: Option<Clinics>,
    /// National phases.
    pub phases: Phases,
    /// When those who decide meet; default the usual times.
    pub clocks: Option<Clocks>,
    /// The LCPS forecaster.
    pub forecast: Forecast,
    /// ROAZ regions with their hospitals.
    pub region: Vec<Region>,
    /// Policies written in the scenario itself; default none.
    pub policy: Option<Vec<Policy>>,
    /// Figures that are not known exactly, by path; default none.
    pub uncertainty: Option<BTreeMap<String, UncertainFigure>>,
    /// Levers for `zorgdruk sweep`, by path, with the values that each takes; default none.
    pub sweep: Option<BTreeMap<String, Vec<Setting>>>,
}

/// The calendar of the study.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Study {
    /// First day of the evaluation window, a Monday.
    pub window_start: String,
    /// Weeks before the window.
    pub burn_in_weeks: i64,
    /// Weeks in the window.
    pub window_weeks: i64,
    /// Weeks after the window.
    pub follow_up_weeks: i64,
    /// Remark for readers of the file; default none.
    pub label: Option<String>,
    /// Where the figures come from.
    pub source: Option<Source>,
}

/// Run settings.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Run {
    /// Number of replications; default 200.
    pub replications: Option<i64>,
    /// Master seed; default 1.
    pub seed: Option<i64>,
    /// Remark for readers of the file; default none.
    pub label: Option<String>,
    /// Where the figures come from.
    pub source: Option<Source>,
}

/// The LCPS forecaster.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Forecast {
    /// Standard deviation of the log of the error per day ahead, nationally.
    pub national_sd_log_per_day: f64,
    /// The same for one region.
    pub regional_sd_log_per_day: f64,
    /// Day-to-day correlation of the log of the error.
    pub rho: f64,
    /// Days after which a report is read; default 1.
    pub information_delay_days: Option<i64>,
    /// Probability that a hospital's daily report is missing; default 0.
    pub missing_report_probability: Option<f64>,
    /// Remark for readers of the file; default none.
    pub label: Option<String>,
    /// Where the figures come from.
    pub source: Option<Source>,
}
