//! Every word that a reader of figures and conclusions sees, in each language.

use serde::{Deserialize, Serialize};

use crate::statistics::interval::Estimate;

/// The language of a reader; the way numbers are written follows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English: 1,234.5
    En,
    /// Dutch: 1.234,5
    Nl,
}

impl Language {
    /// All languages.
    pub const ALL: [Self; 2] = [Self::En, Self::Nl];

    /// A sentence with its gaps, such as `{n}`, filled.
    pub fn say(self, word: Word, gaps: &[(&str, &str)]) -> String {
        let (_, en, nl) = TABLE[word as usize];
        let sentence = match self {
            Self::En => en,
            Self::Nl => nl,
        };
        gaps.iter()
            .fold(sentence.to_owned(), |text, (gap, filling)| {
                text.replace(&format!("{{{gap}}}"), filling)
            })
    }

    /// A number with `decimals` decimals and its thousands set apart.
    pub fn number(self, value: f64, decimals: usize) -> String {
        let (thousands, mark) = match self {
            Self::En => (',', '.'),
            Self::Nl => ('.', ','),
        };
        let digits = format!("{:.decimals$}", value.abs());
        let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
        let mut text = String::new();
        if value < 0.0 && digits.contains(|c: char| ('1'..='9').contains(&c)) {
            text.push('-');
        }
        for (idx, digit) in whole.chars().enumerate() {
            if idx > 0 && (whole.len() - idx).is_multiple_of(3) {
                text.push(thousands);
            }
            text.push(digit);
        }
        if !fraction.is_empty() {
            text.push(mark);
            text.push_str(fraction);
        }
        text
    }

    /// The value of an estimate with as many decimals as its interval supports.
    pub fn value(self, estimate: &Estimate) -> String {
        if !estimate.value.is_finite() {
            return "-".to_owned();
        }
        self.number(estimate.value, decimals(estimate))
    }

    /// The value of an estimate and its interval: `18.4 (17.9 to 18.9)`.
    pub fn with_interval(self, estimate: &Estimate) -> String {
        let value = self.value(estimate);
        if !estimate.value.is_finite() || !estimate.interval.is_bounded() {
            return value;
        }
        let end = |end| self.number(end, decimals(estimate));
        let (low, high) = (end(estimate.interval.low), end(estimate.interval.high));
        self.say(
            Word::ValueWithInterval,
            &[("value", &value), ("low", &low), ("high", &high)],
        )
    }
}

/// Decimals, at most 2, of which the last is still larger than a tenth of the interval's reach.
pub fn decimals(estimate: &Estimate) -> usize {
    let reach = estimate.reach();
    if !reach.is_finite() || reach >= 3.0 {
        0
    } else if reach >= 0.3 || reach <= 0.0 {
        1
    } else {
        2
    }
}

/// A sentence or label. Gaps in braces are filled when it is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the table says what each word is")]
pub enum Word {
    ValueWithInterval,
    Worlds,
    Policy,
    DisplacedPercent,
    AgainstBaseline,
    CovidWithoutBed,
    ClassFourFiveCut,
    Baseline,
    Identical,
    WinterSentence,
    WinterSentenceFew,
    NoComparison,
    FilesIn,
}

/// Each word with its English and Dutch text, in the order of [`Word`].
const TABLE: [(Word, &str, &str); 13] = [
    (
        Word::ValueWithInterval,
        "{value} ({low} to {high})",
        "{value} ({low} tot {high})",
    ),
    (
        Word::Worlds,
        "{title}: {n} possible winters, seed {seed}",
        "{title}: {n} mogelijke winters, seed {seed}",
    ),
    (Word::Policy, "policy", "beleid"),
    (Word::DisplacedPercent, "displaced, %", "verdrongen, %"),
    (Word::AgainstBaseline, "against baseline", "t.o.v. basis"),
    (Word::CovidWithoutBed, "COVID, no bed", "COVID, geen bed"),
    (Word::ClassFourFiveCut, "class 4+5 cut", "klasse 4+5 niet"),
    (Word::Baseline, "baseline", "basis"),
    (Word::Identical, "identical", "identiek"),
    (
        Word::WinterSentence,
        "In {fewer} of 100 possible winters fewer patients are displaced under \"{policy}\" than under \
         \"{baseline}\", in {more} of 100 more.",
        "In {fewer} van 100 mogelijke winters worden er minder patiënten verdrongen onder \"{policy}\" \
         dan onder \"{baseline}\", in {more} van 100 meer.",
    ),
    (
        Word::WinterSentenceFew,
        "In {fewer} of {n} simulated winters fewer patients are displaced under \"{policy}\" than \
         under \"{baseline}\", in {more} more; too few winters to conclude from.",
        "In {fewer} van {n} gesimuleerde winters worden er minder patiënten verdrongen onder \
         \"{policy}\" dan onder \"{baseline}\", in {more} meer; te weinig winters voor een conclusie.",
    ),
    (
        Word::NoComparison,
        "There is no other policy to compare \"{baseline}\" with.",
        "Er is geen ander beleid om \"{baseline}\" mee te vergelijken.",
    ),
    (
        Word::FilesIn,
        "Tables and figures: {path}",
        "Tabellen en figuren: {path}",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::confidence::Confidence;
    use crate::statistics::interval::{Interval, IntervalKind, Method, Status};

    /// The gaps of a sentence, in alphabetical order.
    fn gaps(sentence: &str) -> Vec<&str> {
        let mut gaps: Vec<&str> = sentence
            .split('{')
            .skip(1)
            .filter_map(|rest| rest.split('}').next())
            .collect();
        gaps.sort_unstable();
        gaps
    }

    #[test]
    fn every_word_stands_in_its_place_and_has_the_same_gaps_in_each_language() {
        for (position, (word, en, nl)) in TABLE.into_iter().enumerate() {
            assert_eq!(word as usize, position, "{word:?}");
            assert!(!en.is_empty() && !nl.is_empty(), "{word:?} says something");
            assert_eq!(gaps(en), gaps(nl), "{word:?}");
        }
    }

    #[test]
    fn numbers_follow_the_language() {
        let cases = [
            (1_234.56, 1, "1,234.6", "1.234,6"),
            (-0.04, 1, "0.0", "0,0"),
            (-1_234_567.0, 0, "-1,234,567", "-1.234.567"),
        ];
        for (value, decimals, en, nl) in cases {
            assert_eq!(Language::En.number(value, decimals), en, "{value}");
            assert_eq!(Language::Nl.number(value, decimals), nl, "{value}");
        }
    }

    #[test]
    fn decimals_follow_the_interval() {
        let estimate = |half_width| Estimate {
            value: 18.444,
            interval: Interval::around(18.444, half_width),
            kind: IntervalKind::monte_carlo(Confidence::P95, Method::Delta),
            n: 100,
            status: Status::Ok,
        };
        let text = |half_width| Language::En.with_interval(&estimate(half_width));
        assert_eq!(text(5.0), "18 (13 to 23)", "wide");
        assert_eq!(text(0.5), "18.4 (17.9 to 18.9)", "usual");
        assert_eq!(text(0.05), "18.44 (18.39 to 18.49)", "narrow");
        assert_eq!(text(f64::INFINITY), "18", "no interval, no decimals");
    }
}
