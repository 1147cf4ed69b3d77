//! The brief: question, policies, answer, one table, loans, terms and limits. Its contents are the same on
//! the page and on paper.

pub(crate) mod phrases;

mod pdf;

pub use pdf::write_brief;

use crate::report::answer::Answer;
use crate::report::brief::phrases as say;
use crate::report::phrase::Phrase;
use crate::report::sources::Foundation;
use crate::report::wording::Wording;
use crate::report::{Evidence, Language};

/// The figure of the brief.
pub(crate) const FIGURE: &str = "answer";

/// Shares of the width that eight columns take.
const SHARES: [f64; 8] = [0.19, 0.1, 0.125, 0.13, 0.105, 0.14, 0.09, 0.12];

/// What a brief says.
pub(crate) struct Brief {
    pub(crate) title: String,
    /// What a reader must know before the answer: that the run did not finish.
    pub(crate) notice: Option<String>,
    /// Each policy with what it is.
    pub(crate) policies: Vec<(String, String)>,
    pub(crate) answer: Vec<String>,
    /// What the policy that others are compared with costs.
    pub(crate) price: Option<String>,
    /// Headings of the table of policies.
    pub(crate) heads: Vec<String>,
    /// Share of the width of the page that each column takes.
    pub(crate) shares: Vec<f64>,
    /// One row for each policy, the one with the fewest operations too late first.
    pub(crate) rows: Vec<Vec<String>>,
    /// Rows that are left out last: the baseline, both ends, and what differs from the baseline.
    pub(crate) always: Vec<usize>,
    /// What the numbers mean.
    pub(crate) explanation: String,
    /// What loans of clinic staff do.
    pub(crate) loans: Vec<String>,
    /// Where and when most operations come too late.
    pub(crate) where_and_when: Option<String>,
    pub(crate) terms: Vec<(String, String)>,
    pub(crate) limits: Vec<String>,
}

impl Brief {
    /// The brief in one wording; `foundation` says how well founded the inputs are.
    pub(crate) fn new(evidence: &Evidence, wording: Wording<'_>, foundation: Foundation) -> Self {
        let answer = Answer::new(evidence, wording);
        let ranking = answer.ranking();
        let baseline = evidence.analysis.frame().baseline;
        let baseline = ranking.iter().position(|policy| *policy == baseline);
        let mut always: Vec<usize> = baseline.into_iter().collect();
        let ends = [ranking.len().saturating_sub(1), 0];
        let differing = (0..ranking.len()).filter(|row| !answer.is_alike(ranking[*row]));
        for row in ends.into_iter().chain(differing) {
            if !always.contains(&row) {
                always.push(row);
            }
        }
        Self {
            title: title(evidence, wording.language),
            notice: notice(evidence, wording),
            policies: answer.policies(),
            answer: answer.sentences(),
            price: answer.price(),
            heads: answer.heads(),
            shares: shares(answer),
            rows: ranking.iter().map(|policy| answer.row(*policy)).collect(),
            always,
            explanation: answer.explanation(),
            loans: answer.loans(),
            where_and_when: answer.where_and_when(),
            terms: terms(evidence, wording, answer.has_clinics()),
            limits: limits(wording, foundation),
        }
    }
}

/// Shares of the width that the columns of the table take.
fn shares(answer: Answer<'_>) -> Vec<f64> {
    let shares = SHARES.iter().enumerate();
    let shares = shares.filter(|(column, _)| answer.has_column(*column));
    let shares: Vec<f64> = shares.map(|(_, share)| *share).collect();
    let all: f64 = shares.iter().sum();
    shares.iter().map(|share| share / all).collect()
}

fn terms(evidence: &Evidence, wording: Wording<'_>, has_clinics: bool) -> Vec<(String, String)> {
    let n_regions = evidence.analysis.frame().regions.len().to_string();
    let gaps = [("regions", n_regions.as_str())];
    let both =
        |(term, meaning): (Phrase, Phrase)| (wording.say(term, &gaps), wording.say(meaning, &gaps));
    let clinic = has_clinics.then_some(say::CLINIC);
    say::TERM_LIST.into_iter().chain(clinic).map(both).collect()
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
    let founded = foundation.all - foundation.assumed;
    let counts = [foundation.assumed, foundation.all, founded].map(|n| n.to_string());
    let gaps = [
        ("assumed", counts[0].as_str()),
        ("all", &counts[1]),
        ("founded", &counts[2]),
    ];
    let limits = say::LIMIT_LIST
        .iter()
        .map(|limit| wording.say(*limit, &gaps));
    let inputs = wording.say(say::ASSUMED, &gaps);
    // Without notes on the inputs there is nothing to count.
    let inputs = (foundation.all > 0).then_some(inputs).into_iter();
    inputs.chain(limits).collect()
}
