//! What readers of tables, figures and reports see things called.

use serde::{Deserialize, Serialize};

pub use crate::scenario::shape::Name;

/// The names that a scenario gives to what every report speaks of. No simulation reads them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vocabulary {
    /// The country as a region in tables.
    pub country: String,
    /// One simulated course of events.
    pub season: Name,
    /// Several of them.
    pub seasons: Name,
    /// The urgency classes 2, 3, 4 and 5.
    pub classes: [String; 4],
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
