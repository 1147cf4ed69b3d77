//! Words for probabilities.

use crate::report::phrase::Phrase;

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

/// Smallest probability of each step, and its word.
#[rustfmt::skip]
const LIKELIHOODS: [(f64, Phrase); 5] = [
    (0.90, Phrase::new("very likely", "zeer waarschijnlijk")),
    (0.66, Phrase::new("likely", "waarschijnlijk")),
    (0.33, Phrase::new("about as likely as not", "ongeveer even waarschijnlijk als niet")),
    (0.10, Phrase::new("unlikely", "onwaarschijnlijk")),
    (0.0, Phrase::new("very unlikely", "zeer onwaarschijnlijk")),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Language;

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
