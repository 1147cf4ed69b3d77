//! The brief: question, answer in three sentences, the policies in one table, terms and limits. Its
//! contents are the same on the page and on paper.

pub(crate) mod phrases;

mod pdf;

pub use pdf::write_brief;

use crate::experiment::analysis::Comparison;
use crate::report::brief::phrases as say;
use crate::report::conclusion::whole_of;
use crate::report::phrases::{LIKELIHOODS, Phrase, likelihood};
use crate::report::sources::Foundation;
use crate::report::wording::Wording;
use crate::report::words::{Word, decimals};
use crate::report::{Evidence, Language};
use crate::statistics::interval::Estimate;

/// The figure of the brief: it fills the second printed page.
pub(crate) const FIGURE: &str = "displacement-ladder";

/// What a brief says.
pub(crate) struct Brief {
    pub(crate) title: String,
    /// What a reader must know before the answer: that the run did not finish.
    pub(crate) notice: Option<String>,
    pub(crate) answer: Vec<String>,
    /// Headings of the table of policies.
    pub(crate) heads: [&'static str; 6],
    /// One row for each policy.
    pub(crate) rows: Vec<[String; 6]>,
    /// What the numbers and the words for probabilities mean.
    pub(crate) explanation: String,
    pub(crate) terms: Vec<(&'static str, &'static str)>,
    pub(crate) limits: Vec<String>,
}

impl Brief {
    /// The brief in one language; `foundation` says how well founded the inputs are.
    pub(crate) fn new(evidence: &Evidence<'_>, language: Language, foundation: Foundation) -> Self {
        let case = Case { evidence, language };
        let n_policies = evidence.analysis.frame().policies.len();
        Self {
            title: title(evidence, language),
            notice: notice(evidence, language),
            answer: case.sentences(),
            heads: HEADS.map(|head| head.text(language)),
            rows: (0..n_policies).map(|policy| case.row(policy)).collect(),
            explanation: case.explanation(),
            terms: say::TERM_LIST
                .map(|(term, meaning)| (term.text(language), meaning.text(language)))
                .to_vec(),
            limits: limits(language, foundation),
        }
    }
}

/// Title of everything that reports a run.
pub(crate) fn title(evidence: &Evidence<'_>, language: Language) -> String {
    let scenario = evidence.manifest.frame.title.as_str();
    say::TITLE.say(language, &[("scenario", scenario)])
}

fn notice(evidence: &Evidence<'_>, language: Language) -> Option<String> {
    let n = evidence.manifest.n_replications;
    let counts = [n, evidence.n_asked].map(|n| language.number(f64::from(n), 0));
    let gaps = [("n", counts[0].as_str()), ("asked", &counts[1])];
    (n < evidence.n_asked).then(|| say::UNFINISHED.say(language, &gaps))
}

fn limits(language: Language, foundation: Foundation) -> Vec<String> {
    let counts = [foundation.assumed, foundation.all].map(|n| n.to_string());
    let gaps = [("assumed", counts[0].as_str()), ("all", &counts[1])];
    let limits = say::LIMIT_LIST
        .iter()
        .map(|limit| limit.say(language, &gaps));
    let inputs = say::ASSUMED.say(language, &gaps);
    // Without notes on the inputs there is nothing to count.
    limits
        .chain((foundation.all > 0).then_some(inputs))
        .collect()
}

const HEADS: [Phrase; 6] = [
    say::POLICY,
    say::DISPLACED_SHARE,
    say::DIFFERENCE,
    say::WINTERS_FEWER,
    say::WITHOUT_BED,
    say::CUT,
];

/// What is reported, in which language.
#[derive(Clone, Copy)]
struct Case<'a> {
    evidence: &'a Evidence<'a>,
    language: Language,
}

impl Case<'_> {
    /// How often, whether another policy does better, and at what price.
    fn sentences(self) -> Vec<String> {
        if !self.evidence.has_patients() {
            return vec![self.language.say(Word::NoPatients, &[])];
        }
        let mut sentences = vec![self.how_often()];
        if let Some(other) = self.evidence.least_displacing() {
            sentences.extend([self.better(other), self.price(other)]);
        } else {
            let gaps = [("baseline", self.label(self.baseline()))];
            sentences.push(self.language.say(Word::NoComparison, &gaps));
        }
        sentences
    }

    fn how_often(self) -> String {
        let base = self.baseline();
        let estimate = self.evidence.estimate(base, "displaced_share");
        let interval = estimate.interval;
        let number = |value: f64| self.language.number(value, decimals(&estimate));
        let share = self.language.value(&estimate);
        let n = self.value(base, "displaced");
        let mut gaps = vec![("baseline", self.label(base)), ("share", &share), ("n", &n)];
        if !interval.is_bounded() {
            return say::HOW_OFTEN_FEW.say(self.language, &gaps);
        }
        let ends = [interval.low, interval.high].map(number);
        gaps.extend([("low", ends[0].as_str()), ("high", &ends[1])]);
        say::HOW_OFTEN.say(self.language, &gaps)
    }

    /// In how many winters the other policy displaces fewer, in words and numbers.
    fn better(self, other: usize) -> String {
        let comparison = self.evidence.compare(other, "displaced_share");
        let (below, n, of) = self.winters_fewer(other);
        let points = self.language.with_interval(&comparison.difference);
        let word = likelihood(below as f64 / n.max(1) as f64).text(self.language);
        let (fewer, of) = (whole_of(below, n, of).to_string(), of.to_string());
        let gaps = [
            ("other", self.label(other)),
            ("likelihood", word),
            ("fewer", &fewer),
            ("of", &of),
            ("points", &points),
        ];
        let phrase = if comparison.identical {
            say::NO_BETTER
        } else if self.evidence.can_say_how_likely() {
            say::BETTER
        } else {
            say::BETTER_FEW
        };
        phrase.say(self.language, &gaps)
    }

    /// What the other policy costs more or less than the baseline, in the same winters.
    fn price(self, other: usize) -> String {
        let labels = [
            ("other", self.label(other)),
            ("baseline", self.label(self.baseline())),
        ];
        let part = |key, phrases: &[Phrase; 5]| {
            let comparison = self.evidence.compare(other, key);
            let change = Change::of(&comparison);
            let n = self.language.with_interval(&change.size(&comparison));
            let mut gaps = labels.to_vec();
            gaps.push(("n", &n));
            phrases[change as usize].say(self.language, &gaps)
        };
        let cut = part("operations_cut_class_45", &say::PRICE_CUT);
        let beds = part("covid_without_bed", &say::PRICE_BEDS);
        format!("{cut}; {beds}")
    }

    /// Worlds in which a policy displaces fewer than the baseline, all worlds, and the number that they
    /// are told out of.
    fn winters_fewer(self, policy: usize) -> (u64, u64, u64) {
        let n = u64::from(self.evidence.analysis.n());
        (self.evidence.standing(policy).below, n, n.min(100))
    }

    fn row(self, policy: usize) -> [String; 6] {
        let mean = |key| {
            let estimate = self.evidence.estimate(policy, key);
            self.language
                .number(estimate.value, decimals(&estimate).min(1))
        };
        let [difference, fewer] = self.against_baseline(policy);
        [
            self.label(policy).to_owned(),
            self.language
                .with_interval(&self.evidence.estimate(policy, "displaced_share")),
            difference,
            fewer,
            mean("covid_without_bed"),
            mean("operations_cut_class_45"),
        ]
    }

    /// The difference in the share displaced, and the winters with fewer displaced.
    fn against_baseline(self, policy: usize) -> [String; 2] {
        if policy == self.baseline() {
            return [
                self.language.say(Word::Baseline, &[]),
                "\u{2013}".to_owned(),
            ];
        }
        let comparison = self.evidence.compare(policy, "displaced_share");
        if comparison.identical {
            return [self.language.say(Word::Identical, &[]), "0".to_owned()];
        }
        let (below, n, of) = self.winters_fewer(policy);
        [
            self.language.with_interval(&comparison.difference),
            format!(
                "{}{}{of}",
                whole_of(below, n, of),
                if n > of { " per " } else { " / " }
            ),
        ]
    }

    fn explanation(self) -> String {
        let manifest = &self.evidence.manifest;
        let winters = Wording::new(self.language, &manifest.frame).seasons(manifest.n_replications);
        let level = self.language.number(100.0 * manifest.error_rate.level(), 0);
        let text = say::EXPLANATION.say(self.language, &[("winters", &winters), ("level", &level)]);
        format!("{text} {}", self.likelihood_words())
    }

    fn likelihood_words(self) -> String {
        if !self.evidence.can_say_how_likely() {
            return say::TOO_FEW.text(self.language).to_owned();
        }
        let percent = self.language.percent();
        let word = |(_, phrase, range): &(f64, Phrase, &str)| {
            format!("{} {range}{percent}", phrase.text(self.language))
        };
        let words: Vec<String> = LIKELIHOODS.iter().map(word).collect();
        say::LIKELIHOOD_WORDS.say(self.language, &[("words", &words.join(", "))])
    }

    fn value(self, policy: usize, key: &str) -> String {
        self.language.value(&self.evidence.estimate(policy, key))
    }
}

/// What is said of a price beside that of the baseline, in the order of the phrases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Change {
    More,
    Fewer,
    /// Equal in every winter.
    Same,
    /// The interval holds zero.
    Unclear,
    /// There is no interval.
    Unknown,
}

impl Change {
    fn of(comparison: &Comparison) -> Self {
        let interval = comparison.difference.published();
        if comparison.identical {
            Self::Same
        } else if !interval.is_bounded() {
            Self::Unknown
        } else if interval.contains(0.0) {
            Self::Unclear
        } else if comparison.difference.value > 0.0 {
            Self::More
        } else {
            Self::Fewer
        }
    }

    /// The number that stands in its phrase: without a sign where the words say it.
    fn size(self, comparison: &Comparison) -> Estimate {
        match self {
            Self::Fewer => comparison.difference.negated(),
            _ => comparison.difference,
        }
    }
}

impl<'a> Case<'a> {
    fn baseline(self) -> usize {
        self.evidence.analysis.frame().baseline
    }

    fn label(self, policy: usize) -> &'a str {
        &self.evidence.analysis.frame().policies[policy].label
    }
}
