//! A page: what the program fills in, and what it refuses.

use std::path::Path;

use serde_json::Value;
use zorgdruk::report::Language;
use zorgdruk::run::page::{Chosen, fill, mark};
use zorgdruk::run::{CheckedScenario, RunError};
use zorgdruk::scenario;

fn scenario(name: &str) -> CheckedScenario {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("scenarios")
        .join(name);
    CheckedScenario::load(&path, &[]).expect("a sound scenario")
}

fn template(mark: &str) -> String {
    format!(
        "<meta name=\"zorgdruk-page\" content=\"{mark}\"><p>before</p><!--zorgdruk--><p>after</p>"
    )
}

fn chosen() -> Chosen {
    Chosen {
        origin: "</script><!--".to_owned(),
        given: Vec::new(),
        policies: vec!["framework-2020".to_owned()],
        seed: 1,
        replications: 10,
        language: Language::En,
    }
}

#[test]
fn a_page_holds_its_scenario_and_no_text_ends_the_element() {
    let checked = scenario("small.toml");
    let page = fill(&template(&mark()), &checked, &chosen()).expect("a page");
    let (before, rest) = page
        .split_once("<script type=\"application/json\" id=\"study\">")
        .expect("the element");
    let (study, after) = rest.split_once("</script>").expect("its end");
    assert!(
        before.ends_with("<p>before</p>") && after == "<p>after</p>",
        "in the gap"
    );
    let study: Value = serde_json::from_str(study).expect("JSON");
    assert_eq!(study["chosen"]["origin"], "</script><!--", "as it was");
    let files = study["files"].as_array().expect("files");
    assert_eq!(files.len(), checked.scenario.sources().len(), "all files");
}

#[test]
fn a_template_of_another_program_is_refused() {
    let checked = scenario("small.toml");
    for (template, message) in [
        (template("0.0.1 abc 1"), "make it again"),
        ("<p>a page</p>".to_owned(), "no page of this program"),
    ] {
        let refused = fill(&template, &checked, &chosen()).expect_err("another program");
        assert!(refused.to_string().contains(message), "{refused}");
    }
}

#[test]
fn the_questions_of_shipped_scenarios_can_be_asked() {
    for name in ["small.toml", "nl-autumn-2021.toml"] {
        let checked = scenario(name);
        let questions = checked.scenario.questions();
        assert!(
            (8..=12).contains(&questions.len()),
            "{name}: {}",
            questions.len()
        );
        let page = fill(&template(&mark()), &checked, &chosen());
        assert!(page.is_ok(), "{name}: {:?}", page.err());
    }
}

#[test]
fn a_question_that_cannot_be_asked_is_refused_at_its_line() {
    let text = include_str!("../fixtures/one-hospital.toml");
    for (question, message) in [
        (
            "path = \"staff.nonsense\"\nname = \"x\"",
            "leads to no lever",
        ),
        (
            "path = \"staff.workforce_share\"\nname = \"x\"\nlow = 1\nhigh = 0.5",
            "ascending range",
        ),
        (
            "path = \"staff.workforce_share\"\nname = \"x\"\nhigh = 9",
            "not valid with staff.workforce_share=9",
        ),
        (
            "path = \"policy.*.protection\"\nname = \"x\"",
            "ascending range",
        ),
        (
            "path = \"policy.*.protection\"\nname = \"x\"\nchoices = [{ value = \"no\", name = \"x\" }]",
            "not valid with",
        ),
    ] {
        let whole = format!("{text}\n[[question]]\n{question}\n");
        let checked = CheckedScenario::checked(scenario::parse(&whole, "one.toml")).expect("sound");
        let refused = fill(&template(&mark()), &checked, &chosen()).expect_err(message);
        let RunError::Scenario(errors) = refused else {
            panic!("{refused}");
        };
        let [violation] = errors.violations.as_slice() else {
            panic!("{:?}", errors.violations);
        };
        assert!(violation.message.contains(message), "{}", violation.message);
        assert_eq!(violation.path, "question[0].path");
    }
}
