//! Sentences of policy documents with their short names.

use crate::policy::registry::entry;
use crate::policy::sentence::{Role, Sentence};
use crate::report::Language;

/// A sentence as its number and a short name; the number alone when it cannot be struck out.
pub(crate) fn rule_name(sentence: Sentence, language: Language) -> String {
    match entry(sentence).map(|entry| entry.role) {
        Some(Role::Switch(en, nl)) => match language {
            Language::En => format!("{sentence} {en}"),
            Language::Nl => format!("{sentence} {nl}"),
        },
        _ => sentence.to_string(),
    }
}
