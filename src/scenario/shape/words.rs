//! What readers of a report see things called.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The names that a scenario gives to what every report speaks of. No simulation reads them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Vocabulary {
    /// The country as a region in tables.
    pub country: String,
    /// One simulated course of events, such as a winter; in Dutch a word with the article "de".
    pub season: Name,
    /// Several of them.
    pub seasons: Name,
    /// Names of the urgency classes 2, 3, 4 and 5.
    pub classes: [String; 4],
}

/// A word in each language of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Name {
    /// In English.
    pub en: String,
    /// In Dutch.
    pub nl: String,
}

impl Default for Vocabulary {
    fn default() -> Self {
        let both = |word: &str| Name {
            en: word.to_owned(),
            nl: word.to_owned(),
        };
        Self {
            country: "NL".to_owned(),
            season: both("winter"),
            seasons: both("winters"),
            classes: ["2", "3", "4", "5"].map(str::to_owned),
        }
    }
}

impl Vocabulary {
    /// Whether a scenario could have left all of it out.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}
