//! The questions of a scenario, with what is known about the levers that they turn.

use serde::Serialize;
use serde_json::Value as Json;

use super::levers::{Lever, changed_by};
use super::shape::{self, ScenarioFile};
use super::tree::Node;
use crate::name::Name;

/// Steps in a range without a step of its own, at least.
const STEPS: f64 = 20.0;

/// A lever that readers of a page are asked about.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Question {
    /// Its path, as `--set` takes it.
    pub path: String,
    /// What it is, in a few words.
    pub name: Name,
    /// What it is in the scenario; null where it differs between the levers of the path, or is left out.
    pub value: Json,
    /// The unit that its name ends in; empty when the name says none.
    pub unit: String,
    /// Its meaning in a sentence.
    pub meaning: String,
    /// The smallest value that readers can take; null for a choice, or where nothing bounds it.
    pub low: Option<f64>,
    /// The largest.
    pub high: Option<f64>,
    /// The step between values; null where the range is.
    pub step: Option<f64>,
    /// The values of a choice, as an override writes them, each with what it means.
    pub choices: Vec<(String, Name)>,
    /// Number of levers that it turns: none where its path leads nowhere.
    pub n_levers: usize,
}

/// The questions of a scenario, in the order of the file.
pub(super) fn questions(tree: &Node, file: &ScenarioFile) -> Vec<Question> {
    let asked: Vec<&shape::Question> = file.question.iter().flatten().collect();
    let paths: Vec<&str> = asked.iter().map(|one| one.path.as_str()).collect();
    let levers = changed_by(tree, &paths);
    let both = asked.into_iter().zip(&levers);
    both.map(|(asked, levers)| question(asked, levers))
        .collect()
}

fn question(asked: &shape::Question, levers: &[Lever]) -> Question {
    let first = levers.first();
    let text = |of: fn(&Lever) -> &String| first.map(of).cloned().unwrap_or_default();
    let value = first.map_or(Json::Null, |lever| lever.value.clone());
    let is_common = levers.iter().all(|lever| lever.value == value);
    let (low, high) = first.map_or((None, None), |lever| ends(asked, lever));
    let choices = asked.choices.iter();
    Question {
        path: asked.path.clone(),
        name: asked.name.clone(),
        step: asked.step.or_else(|| step(low?, high?, &value)),
        value: if is_common { value } else { Json::Null },
        unit: text(|lever| &lever.unit),
        meaning: text(|lever| &lever.meaning),
        low,
        high,
        choices: choices
            .map(|choice| (choice.value.0.clone(), choice.name.clone()))
            .collect(),
        n_levers: levers.len(),
    }
}

/// Both ends of the range of a lever.
fn ends(asked: &shape::Question, lever: &Lever) -> (Option<f64>, Option<f64>) {
    if !asked.choices.is_empty() {
        return (None, None);
    }
    let belief = ["uniform", "triangular"].map(|name| &lever.belief[name]);
    let listed = lever.belief["values"].as_array();
    let believed = |end: &str, at: fn(&Vec<Json>) -> Option<&Json>| {
        let ranges = belief.iter().map(|range| &range[end]);
        let mut found = ranges.chain(listed.and_then(at)).filter_map(Json::as_f64);
        found.next()
    };
    (
        (asked.low)
            .or_else(|| believed("low", |values| values.first()))
            .or_else(|| lever.minimum.as_f64()),
        (asked.high)
            .or_else(|| believed("high", |values| values.last()))
            .or_else(|| lever.maximum.as_f64()),
    )
}

/// One where all is whole; else one, two or five of the power of ten that divides the range well.
fn step(low: f64, high: f64, value: &Json) -> Option<f64> {
    let is_whole = value.is_i64() && low.fract() == 0.0 && high.fract() == 0.0;
    if is_whole {
        return Some(1.0);
    }
    let powers = (-6..=6).rev().map(|power| format!("1e{power}"));
    let steps = powers.flat_map(|power| {
        let power: f64 = power.parse().unwrap_or(1.0);
        [5.0, 2.0, 1.0].map(|digit| digit * power)
    });
    // A range such as 0.8 to 1 is not wider for the rounding of its ends.
    let width = (high - low) * (1.0 + 1e-9);
    let mut fine = steps.filter(|step| step * STEPS <= width);
    fine.next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_whole_or_divide_the_range_well() {
        for (low, high, value, expected) in [
            (1.0, 10.0, Json::from(3), Some(1.0)),
            (0.0, 1.0, Json::from(0.3), Some(0.05)),
            (0.8, 1.0, Json::from(1), Some(0.01)),
            (0.0, 0.03, Json::from(0.01), Some(0.001)),
            (100.0, 900.0, Json::from(847.7), Some(20.0)),
            (1.0, 1.0, Json::from(0.5), None),
        ] {
            assert_eq!(step(low, high, &value), expected, "{low} to {high}");
        }
    }
}
