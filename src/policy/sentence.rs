//! Sentences of policy documents as numbers, and what each of them is for a simulation.
//!
//! Every document has its own file in this room, which ends in the table of its sentences; the table
//! is the only place where a sentence is written.

use core::fmt;

/// The series of numbers: `A` for the supplement of 18 November 2021 with the framework that it
/// quotes, `L` for the scale-up plan of the network LNAZ, `Z` for the policy of the clinics' association
/// ZKN of 9 December 2021.
const SERIES: [u8; 3] = *b"ALZ";

/// Number of a sentence, such as `A07`. It never changes meaning.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sentence {
    /// Position in [`SERIES`].
    series: u8,
    number: u8,
}

impl Sentence {
    /// The sentence that `id` names.
    ///
    /// # Panics
    /// At compile time, when `id` is no letter of a series with two digits.
    pub(crate) const fn named(id: &str) -> Self {
        let [letter, tens, ones] = *id.as_bytes() else {
            panic!("a sentence is a letter and two digits");
        };
        let mut series = 0;
        while SERIES[series as usize] != letter {
            series += 1;
        }
        let number = (tens - b'0') * 10 + ones - b'0';
        assert!(number < 64, "a set has room for 64 sentences of a series");
        Self { series, number }
    }
}

impl fmt::Display for Sentence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letter = char::from(SERIES[usize::from(self.series)]);
        write!(f, "{letter}{:02}", self.number)
    }
}

impl fmt::Debug for Sentence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A set of sentences, for example those that a policy strikes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SentenceSet([u64; SERIES.len()]);

impl SentenceSet {
    /// The empty set.
    pub const EMPTY: Self = Self([0; SERIES.len()]);

    /// Whether `sentence` is in the set.
    pub const fn contains(self, sentence: Sentence) -> bool {
        self.0[sentence.series as usize] >> sentence.number & 1 == 1
    }

    /// The set with `sentence` added.
    #[must_use]
    pub const fn with(mut self, sentence: Sentence) -> Self {
        self.0[sentence.series as usize] |= 1 << sentence.number;
        self
    }
}

impl FromIterator<Sentence> for SentenceSet {
    fn from_iter<I: IntoIterator<Item = Sentence>>(sentences: I) -> Self {
        sentences.into_iter().fold(Self::EMPTY, Self::with)
    }
}

/// What a sentence is for a simulation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Someone decides something.
    Decision,
    /// Something begins.
    Trigger,
    /// Something is ruled out.
    Constraint,
    /// A value that can be set.
    Parameter,
    /// Someone knows something.
    Information,
    /// Something to report.
    Output,
    /// Nothing that a simulation could have.
    NotModeled,
}

impl Kind {
    /// The letter of the kind in tables.
    pub const fn letter(self) -> &'static str {
        ["D", "T", "K", "P", "I", "O", "N"][self as usize]
    }
}

/// How a sentence acts in the simulation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// It decides, and a policy can strike it out; with its short name in English and Dutch.
    Switch(&'static str, &'static str),
    /// It holds whatever a policy strikes out, for this reason.
    Always(&'static str),
    /// The simulation does not have it, for this reason.
    NotModeled(&'static str),
}

/// One sentence of a policy document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// Its number.
    pub id: Sentence,
    /// What it is; at least one kind.
    pub kinds: &'static [Kind],
    /// What it says, in short and in our own words.
    pub text: &'static str,
    /// The same in Dutch.
    pub dutch: &'static str,
    /// How it acts.
    pub role: Role,
    /// Settings of a scenario that turn it, as dotted paths without indexes.
    pub levers: &'static [&'static str],
}

impl Entry {
    /// Whether a policy can strike the sentence out.
    pub const fn is_switch(&self) -> bool {
        matches!(self.role, Role::Switch(..))
    }
}

/// The table of a document: one row per sentence gives its constant and its [`Entry`].
macro_rules! sentences {
    ($($id:ident [$($kind:ident),+] $text:literal $dutch:literal $role:ident($($word:literal),+) [$($lever:literal),*];)+) => {
        impl $crate::policy::sentence::Sentence {
            $(#[doc = $text] pub const $id: Self = Self::named(stringify!($id));)+
        }

        /// Every sentence of the document, in the order of the text.
        pub(super) static SENTENCES: &[$crate::policy::sentence::Entry] = &[
            $($crate::policy::sentence::Entry {
                id: $crate::policy::sentence::Sentence::$id,
                kinds: &[$($crate::policy::sentence::Kind::$kind),+],
                text: $text,
                dutch: $dutch,
                role: $crate::policy::sentence::Role::$role($($word),+),
                levers: &[$($lever),*],
            }),+
        ];
    };
}
pub(super) use sentences;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_holds_what_was_put_in() {
        let set: SentenceSet = [Sentence::A07, Sentence::Z30].into_iter().collect();
        let held = [Sentence::A07, Sentence::Z07, Sentence::Z30].map(|id| set.contains(id));
        assert_eq!(held, [true, false, true]);
        assert_eq!(Sentence::A07.to_string(), "A07");
    }
}
