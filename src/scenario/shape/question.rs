//! Levers that readers of a page are asked about.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Setting;
use crate::name::Name;

/// A value that readers can choose.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
pub struct Choice {
    /// The value, of any type that the lever takes.
    pub value: Setting,
    /// What it means.
    pub name: Name,
}

/// A lever in the words of those who decide: over a range, or by a choice.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
pub struct Question {
    /// Its path, as `--set` takes it, such as `policy.*.lead_days`.
    pub path: String,
    /// What it is, in a few words.
    pub name: Name,
    /// Smallest value; default that of what is believed about it, or else the smallest that is allowed.
    pub low: Option<f64>,
    /// Largest value; default likewise.
    pub high: Option<f64>,
    /// Step between values; default 1 for whole numbers, and else about a twentieth of the range.
    #[schemars(range(min = 0.000_001, max = 1_000_000))]
    pub step: Option<f64>,
    /// Values to choose from instead of a range; default none.
    #[serde(default)]
    pub choices: Vec<Choice>,
}
