//! What every part of the page speaks of, and how.

use maud::{Markup, html};

use crate::report::phrase::Phrase;
use crate::report::sources::Provenance;
use crate::report::wording::Wording;
use crate::report::{Evidence, Language};

/// The report in one language.
pub(super) struct Part<'a> {
    pub(super) evidence: &'a Evidence,
    pub(super) wording: Wording<'a>,
    pub(super) notes: &'a [Provenance],
}

impl Part<'_> {
    /// A phrase without gaps of its own.
    pub(super) fn say(&self, phrase: Phrase) -> String {
        self.wording.say(phrase, &[])
    }

    /// A heading that the contents lead to.
    pub(super) fn heading(&self, phrase: Phrase) -> Markup {
        html! { h2 id=(self.anchor(phrase)) { (self.say(phrase)) } }
    }

    /// What a heading is called in links: its English words and the language.
    pub(super) fn anchor(&self, phrase: Phrase) -> String {
        let words = phrase.text(Language::En).to_lowercase();
        let word = |c: char| if c.is_alphanumeric() { c } else { '-' };
        let words: String = words.chars().map(word).collect();
        format!("{words}-{}", self.wording.language.code())
    }

    pub(super) fn paragraph(&self, phrase: Phrase) -> Markup {
        html! { p { (self.say(phrase)) } }
    }
}
