//! The brief: question, answer in three sentences, the policies in one table, terms and limits. Its
//! contents are the same on the page and on paper.

pub(crate) mod phrases;

mod pdf;

pub use pdf::write_brief;

use crate::experiment::analysis::Comparison;
use crate::report::brief::phrases as say;
use crate::report::conclusion::{BASELINE, IDENTICAL, NO_COMPARISON, NO_PATIENTS, whole_of};
use crate::report::language::decimals;
use crate::report::likelihood::{LIKELIHOODS, likelihood};
use crate::report::phrase::Phrase;
use crate::report::sources::Foundation;
use crate::report::wording::Wording;
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
    pub(crate) heads: [String; 6],
    /// One row for each policy.
    pub(crate) rows: Vec<[String; 6]>,
    /// What the numbers and the words for probabilities mean.
    pub(crate) explanation: String,
    pub(crate) terms: Vec<(String, String)>,
    pub(crate) limits: Vec<String>,
}

impl Brief {
    /// The brief in one wording; `foundation` says how well founded the inputs are.
    pub(crate) fn new(evidence: &Evidence, wording: Wording<'_>, foundation: Foundation) -> Self {
        let case = Case { evidence, wording };
        let n_policies = evidence.analysis.frame().policies.len();
        let n_regions = evidence.analysis.frame().regions.len().to_string();
        let gaps = [("regions", n_regions.as_str())];
        Self {
            title: title(evidence, wording.language),
            notice: notice(evidence, wording),
            answer: case.sentences(),
            heads: HEADS.map(|head| wording.say(head, &[])),
            rows: (0..n_policies).map(|policy| case.row(policy)).collect(),
            explanation: case.explanation(),
            terms: say::TERM_LIST
                .map(|(term, meaning)| (wording.say(term, &gaps), wording.say(meaning, &gaps)))
                .to_vec(),
            limits: limits(wording, foundation),
        }
    }
}

/// Title of everything that reports a run.
pub(crate) fn title(evidence: &Evidence, language: Language) -> String {
    let scenario = language.name(&evidence.manifest.frame.title);
    evidence
        .wording(language)
        .say(say::TITLE, &[("scenario", scenario)])
}

fn notice(evidence: &Evidence, wording: Wording<'_>) -> Option<String> {
    let n = evidence.manifest.n_replications;
    let counts = [n, evidence.n_asked].map(|n| wording.language.number(f64::from(n), 0));
    let gaps = [("n", counts[0].as_str()), ("asked", &counts[1])];
    (n < evidence.n_asked).then(|| wording.say(say::UNFINISHED, &gaps))
}

fn limits(wording: Wording<'_>, foundation: Foundation) -> Vec<String> {
    let counts = [foundation.assumed, foundation.all].map(|n| n.to_string());
    let gaps = [("assumed", counts[0].as_str()), ("all", &counts[1])];
    let limits = say::LIMIT_LIST
        .iter()
        .map(|limit| wording.say(*limit, &gaps));
    let inputs = wording.say(say::ASSUMED, &gaps);
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
    evidence: &'a Evidence,
    wording: Wording<'a>,
}

impl Case<'_> {
    /// How often, whether another policy does better, and at what price.
    fn sentences(self) -> Vec<String> {
        if !self.evidence.has_patients() {
            return vec![self.wording.say(NO_PATIENTS, &[])];
        }
        let mut sentences = vec![self.how_often()];
        if let Some(other) = self.evidence.least_displacing() {
            sentences.extend([self.better(other), self.price(other)]);
        } else {
            let gaps = [("baseline", self.label(self.baseline()))];
            sentences.push(self.wording.say(NO_COMPARISON, &gaps));
        }
        sentences
    }

    fn how_often(self) -> String {
        let base = self.baseline();
        let estimate = self.evidence.estimate(base, "displaced_share");
        let interval = estimate.interval;
        let number = |value: f64| self.wording.language.number(value, decimals(&estimate));
        let share = self.wording.language.value(&estimate);
        let n = self.value(base, "displaced");
        let mut gaps = vec![("baseline", self.label(base)), ("share", &share), ("n", &n)];
        if !interval.is_bounded() {
            return self.wording.say(say::HOW_OFTEN_FEW, &gaps);
        }
        let ends = [interval.low, interval.high].map(number);
        gaps.extend([("low", ends[0].as_str()), ("high", &ends[1])]);
        self.wording.say(say::HOW_OFTEN, &gaps)
    }

    /// In how many winters the other policy displaces fewer, in words and numbers.
    fn better(self, other: usize) -> String {
        let comparison = self.evidence.compare(other, "displaced_share");
        let (below, n, of) = self.winters_fewer(other);
        let points = self.wording.language.with_interval(&comparison.difference);
        let word = likelihood(below as f64 / n.max(1) as f64).text(self.wording.language);
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
        self.wording.say(phrase, &gaps)
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
            let n = self
                .wording
                .language
                .with_interval(&change.size(&comparison));
            let mut gaps = labels.to_vec();
            gaps.push(("n", &n));
            self.wording.say(phrases[change as usize], &gaps)
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
            self.wording
                .language
                .number(estimate.value, decimals(&estimate).min(1))
        };
        let [difference, fewer] = self.against_baseline(policy);
        [
            self.label(policy).to_owned(),
            self.wording
                .language
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
            return [self.wording.say(BASELINE, &[]), "\u{2013}".to_owned()];
        }
        let comparison = self.evidence.compare(policy, "displaced_share");
        if comparison.identical {
            return [self.wording.say(IDENTICAL, &[]), "0".to_owned()];
        }
        let (below, n, of) = self.winters_fewer(policy);
        [
            self.wording.language.with_interval(&comparison.difference),
            format!(
                "{}{}{of}",
                whole_of(below, n, of),
                if n > of { " per " } else { " / " }
            ),
        ]
    }

    fn explanation(self) -> String {
        let manifest = &self.evidence.manifest;
        let winters = self.wording.seasons(manifest.n_replications);
        let level = self
            .wording
            .language
            .number(100.0 * manifest.error_rate.level(), 0);
        let text = self
            .wording
            .say(say::EXPLANATION, &[("worlds", &winters), ("level", &level)]);
        format!("{text} {}", self.likelihood_words())
    }

    fn likelihood_words(self) -> String {
        if !self.evidence.can_say_how_likely() {
            return say::TOO_FEW.text(self.wording.language).to_owned();
        }
        let percent = self.wording.language.percent();
        let word = |(_, phrase, range): &(f64, Phrase, &str)| {
            format!("{} {range}{percent}", self.wording.say(*phrase, &[]))
        };
        let words: Vec<String> = LIKELIHOODS.iter().map(word).collect();
        self.wording
            .say(say::LIKELIHOOD_WORDS, &[("words", &words.join(", "))])
    }

    fn value(self, policy: usize, key: &str) -> String {
        self.wording
            .language
            .value(&self.evidence.estimate(policy, key))
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
        let name = &self.evidence.analysis.frame().policies[policy].label;
        self.wording.language.name(name)
    }
}
