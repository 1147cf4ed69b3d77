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
    },
}

impl From<Written> for Name {
    fn from(written: Written) -> Self {
        match written {
            Written::Same(text) => text.into(),
            Written::Each { en, nl } => Self { en, nl },
        }
    }
}

impl From<Name> for Written {
    fn from(name: Name) -> Self {
        let Name { en, nl } = name;
        if en == nl {
            Self::Same(en)
        } else {
            Self::Each { en, nl }
        }
    }
}

impl From<String> for Name {
    fn from(text: String) -> Self {
        Self {
            en: text.clone(),
            nl: text,
        }
    }
}

impl From<&str> for Name {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl Name {
    /// The text in every language, with the code of the language as a file writes it.
    pub fn each(&self) -> [(&'static str, &str); 2] {
        [("en", &self.en), ("nl", &self.nl)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_written_once_where_languages_agree() {
        for (text, written) in [
            (r#""Limburg""#, Name::from("Limburg")),
            (
                r#"{"en":"winter","nl":"golf"}"#,
                Name {
                    en: "winter".to_owned(),
                    nl: "golf".to_owned(),
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
