//! Sentences of policy documents with their short names, in the reader's language.

use crate::policy::registry::entry;
use crate::policy::sentence::{Role, Sentence};
use crate::report::Language;

/// What a sentence says, in short; nothing when no document has it.
pub(crate) fn rule_text(sentence: Sentence, language: Language) -> &'static str {
    entry(sentence).map_or("", |entry| match language {
        Language::En => entry.text,
        Language::Nl => entry.dutch,
    })
}

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
