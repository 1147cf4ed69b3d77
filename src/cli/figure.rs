//! The figure of a design, in a file of its own.

use std::path::{Path, PathBuf};

use crate::chart::svg::Svg;
use crate::cli::failure::Failure;
use crate::cli::output;
use crate::design::sweep::Lever;
use crate::report::Language;
use crate::scenario::Scenario;

/// The name of a figure, which says its format: SVG or PNG.
pub(crate) fn name(text: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(text);
    let format = path.extension().and_then(|format| format.to_str());
    match format {
        Some("svg" | "png") => Ok(path),
        _ => Err("allowed: a name that ends in .svg or .png".to_owned()),
    }
}

/// Writes a figure, complete or not at all.
pub(crate) fn save(svg: &Svg, path: &Path) -> Result<(), Failure> {
    let is_png = path.extension().is_some_and(|format| format == "png");
    let bytes = if is_png {
        svg.to_png(1.0)
            .map_err(|error| Failure::Output(error.to_string()))?
    } else {
        svg.as_str().as_bytes().to_vec()
    };
    output::save(path, &bytes)
}

/// The settings of the only lever as numbers, ascending, each with the point that has it.
///
/// # Errors
/// [`Failure::Usage`] when there are more levers or policies, or settings that are no numbers.
pub(crate) fn settings(
    levers: &[Lever],
    policies: &[String],
) -> Result<Vec<(f64, usize)>, Failure> {
    let usage = |message: &str| Err(Failure::Usage(format!("--figure {message}")));
    let ([lever], [_]) = (levers, policies) else {
        return usage("shows one lever under one policy: give one --set-grid and one --policy");
    };
    let numbers: Result<Vec<f64>, _> = lever.values.iter().map(|value| value.parse()).collect();
    let Ok(numbers) = numbers else {
        return usage(&format!(
            "needs numbers, and {} takes other values",
            lever.path
        ));
    };
    let mut settings: Vec<(f64, usize)> = numbers.into_iter().zip(0..).collect();
    settings.sort_by(|one, other| one.0.total_cmp(&other.0));
    settings.dedup_by(|one, other| one.0.total_cmp(&other.0).is_eq());
    if settings.len() < 2 {
        return usage("needs at least two different values of the lever");
    }
    Ok(settings)
}

/// Name and unit of the lever at a path. The name is that of the scenario's question about it, or else its meaning,
/// or else its path.
pub(crate) fn in_words(scenario: &Scenario, path: &str, language: Language) -> (String, String) {
    let mut questions = scenario.questions().into_iter();
    if let Some(question) = questions.find(|question| question.path == path) {
        return (language.name(&question.name).to_owned(), question.unit);
    }
    let levers = scenario.levers();
    let lever = levers.iter().find(|lever| lever.path == path);
    let known = lever.filter(|lever| !lever.meaning.is_empty());
    known.map_or_else(
        || (path.to_owned(), String::new()),
        |lever| (first_clause(&lever.meaning).to_owned(), lever.unit.clone()),
    )
}

/// A sentence up to its first comma, colon or other stop.
fn first_clause(sentence: &str) -> &str {
    let end = sentence.find([',', ';', ':', '(']);
    let end = end.or_else(|| sentence.find(". "));
    let clause = end.map_or(sentence, |end| &sentence[..end]);
    clause.trim_end_matches(['.', ' '])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_ascend_and_keep_their_points() {
        let lever = |text| Lever::parse(text).expect("a lever");
        let one = ["p".to_owned()];
        let found = settings(&[lever("a=3,1,2,1")], &one).expect("settings");
        assert_eq!(found, [(1.0, 1), (2.0, 2), (3.0, 0)], "each once");
        for levers in [
            vec![lever("a=1,x")],
            vec![lever("a=1,1")],
            vec![lever("a=1,2"); 2],
        ] {
            assert!(settings(&levers, &one).is_err(), "{levers:?}");
        }
        assert!(settings(&[lever("a=1,2")], &[]).is_err(), "no policy");
    }

    #[test]
    fn a_meaning_is_cut_at_its_first_stop() {
        let clause = first_clause("Part of the nurses who work, in normal times. More.");
        assert_eq!(clause, "Part of the nurses who work", "before the comma");
        assert_eq!(first_clause("All of it."), "All of it", "whole");
    }

    #[test]
    fn a_figure_is_svg_or_png() {
        assert!(
            name("a/b.svg").is_ok() && name("b.png").is_ok(),
            "both formats"
        );
        assert!(name("b.pdf").is_err() && name("svg").is_err(), "no other");
    }
}
