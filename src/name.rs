//! What readers see things called, in each language of a report.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A text in each language of a report.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(from = "Written", into = "Written")]
#[schemars(!from, with = "Written")]
pub struct Name {
    /// In English.
    pub en: String,
    /// In Dutch.
    pub nl: String,
    /// In French, where a file gives it; no report is in French.
    pub fr: Option<String>,
}

/// How a file gives a text.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(untagged, deny_unknown_fields)]
enum Written {
    /// The same in both languages.
    Same(String),
    /// Per language.
    Each {
        /// In English.
        en: String,
        /// In Dutch.
        nl: String,
        /// In French, for tables; default none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        fr: Option<String>,
    },
}

impl From<Written> for Name {
    fn from(written: Written) -> Self {
        match written {
            Written::Same(text) => text.into(),
            Written::Each { en, nl, fr } => Self { en, nl, fr },
        }
    }
}

impl From<Name> for Written {
    fn from(name: Name) -> Self {
        let Name { en, nl, fr } = name;
        if en == nl && fr.is_none() {
            Self::Same(en)
        } else {
            Self::Each { en, nl, fr }
        }
    }
}

impl From<String> for Name {
    fn from(text: String) -> Self {
        Self {
            en: text.clone(),
            nl: text,
            fr: None,
        }
    }
}

impl From<&str> for Name {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl Name {
    /// A name in the languages of reports.
    pub fn of(en: &str, nl: &str) -> Self {
        Self {
            en: en.to_owned(),
            nl: nl.to_owned(),
            fr: None,
        }
    }

    /// The text in every language in which there is one, with the code of the language as a file writes it.
    pub fn each(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let french = self.fr.as_deref().map(|text| ("fr", text));
        [("en", self.en.as_str()), ("nl", self.nl.as_str())]
            .into_iter()
            .chain(french)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_written_once_where_languages_agree() {
        for (text, written) in [
            (r#""Limburg""#, Name::from("Limburg")),
            (r#"{"en":"winter","nl":"golf"}"#, Name::of("winter", "golf")),
            (
                r#"{"en":"Ghent","nl":"Gent","fr":"Gand"}"#,
                Name {
                    fr: Some("Gand".to_owned()),
                    ..Name::of("Ghent", "Gent")
                },
            ),
        ] {
            let read: Name = serde_json::from_str(text).expect("a name");
            assert_eq!(read, written, "{text}");
            let again = serde_json::to_string(&written).expect("text");
            assert_eq!(again, text, "written as it was read");
        }
        let unknown = serde_json::from_str::<Name>(r#"{"en":"a","nl":"b","de":"c"}"#);
        assert!(unknown.is_err(), "a language that no report has");
    }
}
