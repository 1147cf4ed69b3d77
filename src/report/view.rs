//! The answer of a run for a page that is filled while worlds arrive: the words and numbers of the report, as
//! data.

use serde::Serialize;

use crate::report::answer::Answer;
use crate::report::{Evidence, Language};

/// What a page shows of a run, in the language of its reader.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct View {
    /// Worlds so far.
    pub n: u32,
    /// Headings of the answer's table.
    pub heads: [String; 8],
    /// Its rows, the policy with the fewest operations too late first.
    pub rows: Vec<ViewRow>,
    /// The answer in sentences, last what loans do.
    pub sentences: Vec<String>,
    /// Where and when most operations come too late; none when none does.
    pub place: Option<String>,
    /// What the numbers are.
    pub explanation: String,
}

/// A policy in the answer's table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ViewRow {
    /// Key of the policy.
    pub policy: String,
    /// Its cells, its name first.
    pub cells: [String; 8],
}

impl View {
    /// What the worlds so far say.
    pub fn new(evidence: &Evidence, language: Language) -> Self {
        let answer = Answer::new(evidence, evidence.wording(language));
        let policies = &evidence.analysis.frame().policies;
        let row = |policy: usize| ViewRow {
            policy: policies[policy].key.clone(),
            cells: answer.row(policy),
        };
        let sentences = answer.sentences().into_iter().chain(answer.loans());
        Self {
            n: evidence.analysis.n(),
            heads: answer.heads(),
            rows: answer.ranking().into_iter().map(row).collect(),
            sentences: sentences.collect(),
            place: answer.where_and_when(),
            explanation: answer.explanation(),
        }
    }
}
