//! What readers of a report see things called.

use serde::{Deserialize, Serialize};

use crate::scenario::shape::Source;

/// What readers of tables, figures and reports see things called.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// The country as a region in tables; default `NL`.
    pub country: Option<String>,
    /// One simulated course of events, such as a winter; in Dutch a word with the article "de";
    /// default `winter`.
    pub season: Option<Name>,
    /// Several of them; default `winters`.
    pub seasons: Option<Name>,
    /// Names of the urgency classes 2, 3, 4 and 5; default these numbers.
    pub classes: Option<[String; 4]>,
    /// Remark for readers of the file; default none.
    pub label: Option<String>,
    /// Where the words come from.
    pub source: Option<Source>,
}

/// A word in each language of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Name {
    /// In English.
    pub en: String,
    /// In Dutch.
    pub nl: String,
}
