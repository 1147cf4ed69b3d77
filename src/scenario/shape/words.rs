//! What readers of a report see things called.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::name::Name;

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
    /// A region; in English a word with the article "a", in Dutch one with "de".
    pub region: Name,
    /// Several of them.
    pub regions: Name,
    /// What the regions are, told in brackets; default nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub regions_are: Option<Name>,
    /// Whose plan the phases are, with an article where there is one; default nobody's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub committee: Option<Name>,
    /// Names of the urgency classes 2, 3, 4 and 5.
    pub classes: [Name; 4],
    /// Whose classes they are, told in brackets; default nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub classes_by: Option<Name>,
}

impl Default for Vocabulary {
    fn default() -> Self {
        Self {
            country: "NL".to_owned(),
            season: "winter".into(),
            seasons: "winters".into(),
            region: Name::of("region", "regio"),
            regions: Name::of("regions", "regio's"),
            regions_are: None,
            committee: None,
            classes_by: None,
            classes: ["2", "3", "4", "5"].map(Name::from),
        }
    }
}

impl Vocabulary {
    /// Whether a scenario could have left all of it out.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}
