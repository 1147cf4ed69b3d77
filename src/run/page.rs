//! What a page in a browser needs of a scenario, and the place where it is put.

use serde::Serialize;
use serde_json::{Value, json};

use crate::experiment::Experiment;
use crate::report::Language;
use crate::run::{CheckedScenario, RunError};
use crate::scenario::{Question, Violation};

/// Where the template takes what it is filled with.
const GAP: &str = "<!--zorgdruk-->";
/// Before and after the mark of the program that made the template.
const MARK: [&str; 2] = ["<meta name=\"zorgdruk-page\" content=\"", "\">"];

/// What the reader of a page finds chosen at first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Chosen {
    /// The scenario or the run, as the command line takes it.
    pub origin: String,
    /// Overrides that the command line needs to have the same scenario.
    pub given: Vec<String>,
    /// Keys of policies.
    pub policies: Vec<String>,
    /// Master seed.
    pub seed: u64,
    /// Number of worlds.
    pub replications: u32,
    /// Language of the reader.
    pub language: Language,
}

/// The mark of this program: a page that carries another one may give other numbers.
pub fn mark() -> String {
    let commit = env!("ZORGDRUK_COMMIT");
    let (version, streams) = (env!("CARGO_PKG_VERSION"), Experiment::STREAM_VERSION);
    format!("{version} {commit} {streams}")
}

/// Fills a template with a scenario.
///
/// # Errors
/// [`RunError::Usage`] when it is no template, or one of another program, and [`RunError::Scenario`] when a
/// question of the scenario cannot be asked.
pub fn fill(
    template: &str,
    checked: &CheckedScenario,
    chosen: &Chosen,
) -> Result<String, RunError> {
    check_mark(template)?;
    check_questions(checked)?;
    let (before, after) = template.split_once(GAP).ok_or_else(no_template)?;
    // Within an element of a page, no text may end it or begin a remark.
    let study = study(checked, chosen).to_string().replace('<', "\\u003c");
    Ok(format!(
        "{before}<script type=\"application/json\" id=\"study\">{study}</script>{after}"
    ))
}

fn no_template() -> RunError {
    RunError::Usage("the template is no page of this program".to_owned())
}

fn check_mark(template: &str) -> Result<(), RunError> {
    let [begin, end] = MARK;
    let found = (template.split_once(begin))
        .and_then(|(_, rest)| rest.split_once(end))
        .ok_or_else(no_template)?;
    if found.0 == mark() {
        return Ok(());
    }
    Err(RunError::Usage(format!(
        "the template was made for zorgdruk {}, and this is {}: make it again",
        found.0,
        mark()
    )))
}

fn study(checked: &CheckedScenario, chosen: &Chosen) -> Value {
    let scenario = &checked.scenario;
    let files = scenario.sources().iter();
    let files: Vec<Value> = files
        .map(|file| json!({ "name": file.name, "text": file.text }))
        .collect();
    json!({
        "version": env!("CARGO_PKG_VERSION"),
        "files": files,
        "settings": scenario.overrides(),
        "chosen": chosen,
    })
}

/// Refuses questions that turn no lever, or that lead beyond what is allowed.
fn check_questions(checked: &CheckedScenario) -> Result<(), RunError> {
    let questions = checked.scenario.questions();
    let wrong = |(n, question): (usize, &Question)| {
        let path = format!("question[{n}].path");
        let message = mistake(checked, question)?;
        Some(checked.scenario.violation(&path, &message, None))
    };
    let wrong: Vec<Violation> = questions.iter().enumerate().filter_map(wrong).collect();
    checked.refuse(wrong)
}

/// What is wrong with a question.
fn mistake(checked: &CheckedScenario, question: &Question) -> Option<String> {
    if question.n_levers == 0 {
        return Some("this path leads to no lever".to_owned());
    }
    let values: Vec<String> = match (question.low, question.high) {
        (Some(low), Some(high)) if low < high => vec![low.to_string(), high.to_string()],
        _ => question
            .choices
            .iter()
            .map(|(value, _)| value.clone())
            .collect(),
    };
    if values.is_empty() {
        return Some("a question has an ascending range, or choices".to_owned());
    }
    let refused = |value: &String| {
        let setting = format!("{}={value}", question.path);
        let changed =
            CheckedScenario::checked(checked.scenario.with(std::slice::from_ref(&setting)));
        changed
            .err()
            .map(|_| format!("the scenario is not valid with {setting}"))
    };
    values.iter().find_map(refused)
}
