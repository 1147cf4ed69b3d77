//! What every part of the page speaks of, and how.

use maud::{Markup, html};

use crate::report::Evidence;
use crate::report::phrase::Phrase;
use crate::report::sources::Provenance;
use crate::report::wording::Wording;

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

    pub(super) fn heading(&self, phrase: Phrase) -> Markup {
        html! { h2 { (self.say(phrase)) } }
    }

    pub(super) fn paragraph(&self, phrase: Phrase) -> Markup {
        html! { p { (self.say(phrase)) } }
    }
}
