//! Phrases in both languages. A phrase that lacks one, or whose gaps differ between the two, does not
//! compile.

use crate::report::Language;

/// A sentence or label in English and Dutch. Gaps in braces are filled when it is
/// said: see `Wording::say`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Phrase {
    en: &'static str,
    nl: &'static str,
}

impl Phrase {
    /// A phrase; both texts must say something and have the same gaps.
    pub(crate) const fn new(en: &'static str, nl: &'static str) -> Self {
        assert!(!en.is_empty() && !nl.is_empty(), "a phrase says something");
        let (in_english, in_dutch) = (gaps(en), gaps(nl));
        assert!(in_english.0 == in_dutch.0, "as many gaps in both languages");
        assert!(
            in_english.1 == in_dutch.1,
            "gaps are the same in both languages"
        );
        Self { en, nl }
    }

    /// The phrase as it stands, without gaps.
    pub(crate) const fn text(self, language: Language) -> &'static str {
        match language {
            Language::En => self.en,
            Language::Nl => self.nl,
        }
    }
}

/// Defines constants of phrases, each from its English and its Dutch text.
macro_rules! phrases {
    ($($(#[$doc:meta])* $vis:vis $name:ident = $en:literal, $nl:literal;)*) => {
        $($(#[$doc])* $vis const $name: $crate::report::phrase::Phrase =
            $crate::report::phrase::Phrase::new($en, $nl);)*
    };
}
pub(crate) use phrases;

/// Number of gaps and a weighted sum of the characters in them, the same in any order of gaps.
const fn gaps(text: &str) -> (u32, u64) {
    let bytes = text.as_bytes();
    let (mut n, mut sum, mut weight) = (0, 0, 0);
    let mut idx = 0;
    while idx < bytes.len() {
        match bytes[idx] {
            b'{' => (n, weight) = (n + 1, 1),
            b'}' => weight = 0,
            byte if weight > 0 => {
                sum += weight * byte as u64;
                weight += 1;
            }
            _ => {}
        }
        idx += 1;
    }
    (n, sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn different_gaps_are_told_apart() {
        assert_eq!(
            gaps("{share} {n}"),
            gaps("in {n} a {share}"),
            "the same two"
        );
        for other in ["{share}", "{share} {m}", "{share} {n} {n}", "share n"] {
            assert_ne!(gaps("{share} {n}"), gaps(other), "{other}");
        }
    }
}
