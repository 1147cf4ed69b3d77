//! The shape of a scenario file: which keys it has, and nothing else.
//!
//! Each key is written here once, with its meaning, its range and its default. The JSON Schema, the
//! reference in `docs/scenario.md` and the checks on reading all follow from it. Without a range of
//! its own, a number whose name ends in `_share` is from 0 to 1, and one that ends in `_days` from 0
//! to 365. Relations between values are checked when the model is built.

mod clinic;
mod clocks;
mod default;
mod demand;
mod duration;
mod phase;
mod question;
mod region;
mod setting;
mod staff;
mod uncertainty;
mod words;

pub use crate::policy::written::{
    Chain, Escalation, Finance, Loans, Mediation, PhaseDate, Policy, Protection, RegionProtection,
};
pub use clinic::Clinics;
pub use clocks::{Clock, Clocks};
pub use default::USUAL_NORM_DAYS;
pub use demand::{
    Acute, Census, ClassMix, Covid, Planned, QuietProgram, QuietWeeks, Sessions, Spread, Stream,
};
pub use duration::{Duration, OperatingTime, TriangularShare};
pub use phase::{PhaseEntry, Phases, Stop, Threat};
pub use question::{Choice, Question};
pub use region::{Hospital, Region};
pub use setting::Setting;
pub use staff::{AbsenceRates, ExternalHire, Nursing, Staff, Strain, WardStaff};
pub use uncertainty::{Bounds, Lognormal, Posterior, Triangle, UncertainFigure};
pub use words::Vocabulary;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use default::whole;

use crate::name::Name;

use super::limits;

/// A whole scenario file.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
pub struct ScenarioFile {
    /// Version of the file format: 1.
    #[schemars(range(min = 1, max = 1))]
    pub version: i64,
    /// Short machine name: lower-case letters, digits, hyphens, and dots between digits.
    pub key: String,
    /// Title for reports.
    pub title: Name,
    /// Policies to compare, by key; default all policies of `policy` and `policy_files`.
    pub policies: Option<Vec<String>>,
    /// Files with one policy each, relative to the scenario; default none.
    pub policy_files: Option<Vec<String>>,
    /// Key of the policy with which all others are compared; default the first policy.
    pub baseline: Option<String>,
    /// What things are called in reports.
    #[serde(default)]
    pub words: Vocabulary,
    /// The calendar.
    pub study: Study,
    /// Run settings that the command line may override.
    #[serde(default)]
    pub run: Run,
    /// COVID inflow and pathway.
    pub covid: Covid,
    /// Acute patients without COVID who need the ICU.
    pub acute: Acute,
    /// ICU-dependent planned patients.
    pub planned: Planned,
    /// Operations without ICU.
    pub sessions: Sessions,
    /// Hospital staff.
    pub staff: Staff,
    /// Independent clinics; default none.
    pub clinics: Option<Clinics>,
    /// National phases.
    pub phases: Phases,
    /// When those who decide meet; default the usual times.
    pub clocks: Option<Clocks>,
    /// The national forecaster; default one who is never wrong.
    #[serde(default)]
    pub forecast: Forecast,
    /// Regions with their hospitals.
    pub region: Vec<Region>,
    /// Policies written in the scenario itself; default none.
    pub policy: Option<Vec<Policy>>,
    /// Figures that are not known exactly, by path; default none.
    pub uncertainty: Option<BTreeMap<String, UncertainFigure>>,
    /// Sets of uncertain figures that fit a record together; default none.
    pub posterior: Option<Posterior>,
    /// Levers that `zorgdruk page` puts before its readers; default none.
    pub question: Option<Vec<Question>>,
    /// Levers for `zorgdruk sweep`, by path, with the values that each takes; default none.
    pub sweep: Option<BTreeMap<String, Vec<Setting>>>,
}

impl ScenarioFile {
    /// How many policies are compared: the first ones. The others are defined only.
    pub fn n_compared(&self) -> usize {
        let defined = self.policy.as_ref().map_or(0, Vec::len);
        let compared = self.policies.as_ref().map_or(defined, Vec::len);
        compared.min(defined)
    }
}

/// The calendar of the study.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
pub struct Study {
    /// First day of the evaluation window, a Monday.
    pub window_start: String,
    /// Weeks before the window.
    #[schemars(range(min = 0, max = limits::PERIOD_WEEKS))]
    pub burn_in_weeks: u16,
    /// Weeks in the window.
    #[schemars(range(min = 1, max = limits::PERIOD_WEEKS))]
    pub window_weeks: u16,
    /// Weeks after the window; no fewer than the norm of class 3 takes.
    #[schemars(range(min = 1, max = limits::PERIOD_WEEKS))]
    pub follow_up_weeks: u16,
}

/// Run settings.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Run {
    /// Number of replications.
    #[schemars(range(min = 1, max = limits::REPLICATIONS))]
    pub replications: u32,
    /// Master seed.
    #[schemars(range(min = 0, max = limits::SEED))]
    pub seed: u64,
}

impl Default for Run {
    fn default() -> Self {
        Self {
            replications: 200,
            seed: 1,
        }
    }
}

/// The national forecaster.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
pub struct Forecast {
    /// Standard deviation of the log of the error per day ahead, nationally.
    #[schemars(range(min = 0, max = 0.5))]
    pub national_sd_log_per_day: f64,
    /// The same for one region.
    #[schemars(range(min = 0, max = 0.5))]
    pub regional_sd_log_per_day: f64,
    /// Day-to-day correlation of the log of the error.
    #[schemars(range(min = 0, max = 0.999))]
    pub rho: f64,
    /// Part by which all forecasts are too high, or too low where it is negative.
    #[serde(default)]
    #[schemars(range(min = -0.9, max = 5))]
    pub bias: f64,
    /// Days after which a report is read.
    #[serde(default = "whole::<1>")]
    #[schemars(range(min = 1, max = 7))]
    pub information_delay_days: u16,
    /// Probability that a hospital's daily report is missing.
    #[serde(default)]
    #[schemars(range(min = 0, max = 1))]
    pub missing_report_probability: f64,
}

impl Default for Forecast {
    fn default() -> Self {
        Self {
            national_sd_log_per_day: 0.0,
            regional_sd_log_per_day: 0.0,
            rho: 0.0,
            bias: 0.0,
            information_delay_days: whole::<1>(),
            missing_report_probability: 0.0,
        }
    }
}
