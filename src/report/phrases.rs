//! Phrases in both languages. A phrase that lacks one, or whose gaps differ between the two, does not
//! compile.

use crate::report::Language;

/// A sentence or label in English and Dutch. Gaps in braces are filled when it is used.
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

    /// The phrase with its gaps filled. What is filled in is not looked at again.
    pub(crate) fn say(self, language: Language, fillings: &[(&str, &str)]) -> String {
        let mut parts = self.text(language).split('{');
        let mut said = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (gap, rest) = part.split_once('}').unwrap_or(("", part));
            let filling = fillings.iter().find(|(name, _)| *name == gap);
            said.push_str(filling.map_or("", |(_, filling)| filling));
            said.push_str(rest);
        }
        said
    }
}

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

/// The word for a probability, 0 to 1, after the scale of the Intergovernmental Panel on Climate
/// Change (Mastrandrea et al., Guidance Note on Consistent Treatment of Uncertainties, 2010), in five
/// steps.
pub(crate) const fn likelihood(probability: f64) -> Phrase {
    let mut idx = 0;
    while idx + 1 < LIKELIHOODS.len() && probability < LIKELIHOODS[idx].0 {
        idx += 1;
    }
    LIKELIHOODS[idx].1
}

/// Smallest probability of each step, its word, and its range in percent.
pub(crate) const LIKELIHOODS: [(f64, Phrase, &str); 5] = [
    (
        0.90,
        Phrase::new("very likely", "zeer waarschijnlijk"),
        "90\u{2013}100",
    ),
    (
        0.66,
        Phrase::new("likely", "waarschijnlijk"),
        "66\u{2013}100",
    ),
    (
        0.33,
        Phrase::new(
            "about as likely as not",
            "ongeveer even waarschijnlijk als niet",
        ),
        "33\u{2013}66",
    ),
    (
        0.10,
        Phrase::new("unlikely", "onwaarschijnlijk"),
        "0\u{2013}33",
    ),
    (
        0.0,
        Phrase::new("very unlikely", "zeer onwaarschijnlijk"),
        "0\u{2013}10",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_filled_once_and_in_any_order() {
        const PHRASE: Phrase = Phrase::new("{a} of {b}", "van {b} zijn er {a}");
        let fillings = [("a", "{b}"), ("b", "9")];
        assert_eq!(
            PHRASE.say(Language::En, &fillings),
            "{b} of 9",
            "not filled again"
        );
        assert_eq!(
            PHRASE.say(Language::Nl, &fillings),
            "van 9 zijn er {b}",
            "other order"
        );
    }

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

    #[test]
    fn likelihood_words_follow_their_scale() {
        for (probability, word) in [
            (1.0, "very likely"),
            (0.9, "very likely"),
            (0.89, "likely"),
            (0.66, "likely"),
            (0.5, "about as likely as not"),
            (0.33, "about as likely as not"),
            (0.2, "unlikely"),
            (0.1, "unlikely"),
            (0.05, "very unlikely"),
            (0.0, "very unlikely"),
        ] {
            let found = likelihood(probability).text(Language::En);
            assert_eq!(found, word, "of {probability}");
        }
    }
}
