//! What a page says of a scenario is what the program says of it.

use std::path::Path;

use serde_json::{Value, json};
use zorgdruk::report::view::View;
use zorgdruk::report::{Decimal, Language, Manifest, csv};
use zorgdruk::run::plan::plan;
use zorgdruk::run::{CheckedScenario, Results, Unobserved};
use zorgdruk_web::Session;

const SETTINGS: [&str; 2] = ["staff.workforce_share=0.85", "policy.*.lead_days=5"];
const POLICIES: [&str; 2] = ["framework-2020", "supplement-2021"];
const WORLDS: u32 = 12;
const SEED: u64 = 7;

fn scenario() -> CheckedScenario {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scenarios/small.toml");
    let settings = SETTINGS.map(str::to_owned);
    let mut checked = CheckedScenario::load(&path, &settings).expect("a sound scenario");
    let policies = POLICIES.map(str::to_owned);
    checked.keep_policies(&policies).expect("policies of it");
    checked
}

/// What the program says.
fn results() -> Results {
    let checked = scenario();
    let plan = Manifest {
        n_replications: WORLDS,
        seed: SEED,
        ..plan(&checked).expect("a plan")
    };
    let results = Results::simulate(&checked, plan, &Unobserved);
    results.expect("a run").expect("nobody stopped it")
}

fn request(settings: &[&str]) -> Value {
    let checked = scenario();
    let files = checked.scenario.sources().iter();
    let files: Vec<Value> = files
        .map(|file| json!({ "name": file.name, "text": file.text }))
        .collect();
    json!({ "do": "open", "files": files, "settings": settings, "policies": POLICIES, "seed": SEED })
}

fn ask(session: &mut Session, request: &Value) -> Value {
    let answer = session.call(request.to_string().as_bytes());
    serde_json::from_slice(&answer).expect("JSON")
}

fn open(settings: &[&str]) -> Session {
    let mut session = Session::default();
    let about = ask(&mut session, &request(settings));
    assert_eq!(about["frame"]["scenario"], "small", "{about}");
    session
}

/// A session that added up the worlds of two others, last world first.
fn added() -> Session {
    let mut simulators = [open(&SETTINGS), open(&SETTINGS)];
    let mut desk = open(&SETTINGS);
    for replication in (0..WORLDS).rev() {
        let simulator = &mut simulators[replication as usize % 2];
        let asked = json!({ "do": "simulate", "replication": replication }).to_string();
        let world = simulator.call(asked.as_bytes());
        let answer: Value = serde_json::from_slice(&desk.add(&world)).expect("JSON");
        assert_eq!(answer["n"], WORLDS - replication, "{answer}");
    }
    desk
}

#[test]
fn a_page_says_what_the_program_says() {
    let (mut desk, results) = (added(), results());
    for language in Language::ALL {
        let view = ask(
            &mut desk,
            &json!({ "do": "view", "language": language.code() }),
        );
        let expected = View::new(results.evidence(), language);
        let expected = serde_json::to_value(expected).expect("JSON");
        assert_eq!(view, expected, "{}", language.code());
    }
    for table in ["summary", "comparisons", "weekly", "daily", "streams"] {
        let asked = json!({ "do": "table", "name": table }).to_string();
        let expected = csv(results.evidence(), table, Decimal::Point);
        let expected = expected.expect("a table").expect("of this name");
        assert_eq!(desk.call(asked.as_bytes()), expected, "{table}.csv");
    }
}

#[test]
fn a_mistake_in_a_lever_is_told_and_changes_nothing() {
    let mut session = open(&SETTINGS);
    let answer = ask(&mut session, &request(&["staff.workforce_share=7"]));
    assert_eq!(
        answer["mistakes"][0]["path"], "staff.workforce_share",
        "{answer}"
    );
    let view = ask(&mut session, &json!({ "do": "view", "language": "en" }));
    assert_eq!(view["n"], 0, "the scenario before is still open: {view}");
}

#[test]
fn what_cannot_be_answered_is_an_error_and_no_end() {
    let mut session = Session::default();
    let view = json!({ "do": "view", "language": "en" });
    assert_eq!(ask(&mut session, &view)["error"], "no scenario is open");
    let unknown = ask(&mut session, &json!({ "do": "sing" }));
    assert!(unknown["error"].is_string(), "{unknown}");
    let mut session = open(&SETTINGS);
    let answer: Value = serde_json::from_slice(&session.add(&[1, 2, 3])).expect("JSON");
    assert!(answer["error"].is_string(), "no world: {answer}");
    let mut other = Session::default();
    let mut of_others = request(&SETTINGS);
    of_others["policies"] = json!([]);
    ask(&mut other, &of_others);
    let asked = json!({ "do": "simulate", "replication": 0 }).to_string();
    let answer: Value =
        serde_json::from_slice(&session.add(&other.call(asked.as_bytes()))).expect("JSON");
    assert_eq!(
        answer["error"], "the world is one of another study",
        "{answer}"
    );
}
