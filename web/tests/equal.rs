//! What a page says of a scenario is what the program says of it.

use std::path::Path;

use serde_json::{Value, json};
use zorgdruk::report::view::View;
use zorgdruk::report::{self, Decimal, Language, Manifest};
use zorgdruk::run::plan::plan;
use zorgdruk::run::{CheckedScenario, Results, Unobserved};
use zorgdruk_web::Session;

const SETTINGS: [&str; 2] = ["staff.workforce_share=0.85", "policy.*.lead_days=5"];
/// What makes a world short.
const SHORT: [&str; 3] = [
    "study.burn_in_weeks=1",
    "study.window_weeks=2",
    "study.follow_up_weeks=7",
];
const POLICIES: [&str; 2] = ["framework-2020", "supplement-2021"];
const WORLDS: u32 = 12;
/// From so many worlds on, estimates are adjusted by what is known of the worlds.
const ADJUSTED: u32 = 128;
const SEED: u64 = 7;

fn scenario(settings: &[&str]) -> CheckedScenario {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scenarios/small.toml");
    let settings: Vec<String> = settings.iter().map(|one| (*one).to_owned()).collect();
    let mut checked = CheckedScenario::load(&path, &settings).expect("a sound scenario");
    let policies = POLICIES.map(str::to_owned);
    checked.keep_policies(&policies).expect("policies of it");
    checked
}

/// What the program says.
fn results(settings: &[&str], worlds: u32) -> Results {
    let checked = scenario(settings);
    let plan = Manifest {
        n_replications: worlds,
        seed: SEED,
        ..plan(&checked).expect("a plan")
    };
    let results = Results::simulate(&checked, plan, &Unobserved);
    results.expect("a run").expect("nobody stopped it")
}

fn request(settings: &[&str]) -> Value {
    let checked = scenario(&SETTINGS);
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
    let opened = ask(&mut session, &request(settings));
    assert_eq!(opened["plan"]["seed"], SEED, "{opened}");
    session
}

/// Begins to add up the worlds of the scenario with these settings.
fn begin(desk: &mut Session, settings: &[&str]) {
    let opened = ask(&mut Session::default(), &request(settings));
    let begun = ask(desk, &json!({ "do": "begin", "plan": opened["plan"] }));
    assert_eq!(begun["n"], 0, "{begun}");
}

/// A session that added up the worlds of two others, last world first.
fn added(settings: &[&str], worlds: u32) -> Session {
    let mut simulators = [open(settings), open(settings)];
    let mut desk = Session::default();
    begin(&mut desk, settings);
    for replication in (0..worlds).rev() {
        let simulator = &mut simulators[replication as usize % 2];
        let asked = json!({ "do": "simulate", "replication": replication }).to_string();
        let world = simulator.call(asked.as_bytes());
        let answer: Value = serde_json::from_slice(&desk.add(&world)).expect("JSON");
        assert_eq!(answer["n"], worlds - replication, "{answer}");
    }
    desk
}

#[test]
fn a_page_says_what_the_program_says() {
    says_the_same(&SETTINGS, WORLDS);
}

#[test]
fn a_page_adjusts_estimates_as_the_program_does() {
    let settings = [&SETTINGS[..], &SHORT].concat();
    let summary = says_the_same(&settings, ADJUSTED);
    let mut rows = csv::Reader::from_reader(summary.as_slice());
    let columns = rows.headers().expect("columns").clone();
    let column = columns.iter().position(|name| name == "variance_reduction");
    let column = column.expect("what the adjustment gains");
    let mut gains = rows
        .records()
        .map(|row| row.expect("a row")[column].to_owned());
    assert!(gains.any(|gain| !gain.is_empty()), "some are adjusted");
}

/// Compares what a page and the program say; the table `summary`.
fn says_the_same(settings: &[&str], worlds: u32) -> Vec<u8> {
    let (mut desk, results) = (added(settings, worlds), results(settings, worlds));
    for language in Language::ALL {
        let view = ask(
            &mut desk,
            &json!({ "do": "view", "language": language.code() }),
        );
        let expected = View::new(results.evidence(), language);
        // Both are read, because reading rounds the last digit of some numbers.
        let expected = serde_json::to_vec(&expected).expect("JSON");
        let mut expected: Value = serde_json::from_slice(&expected).expect("JSON");
        expected["changes"] = Value::Null;
        assert_eq!(view, expected, "{}", language.code());
    }
    for table in ["summary", "comparisons", "weekly", "daily", "streams"] {
        let asked = json!({ "do": "table", "name": table }).to_string();
        assert_eq!(
            desk.call(asked.as_bytes()),
            told(&results, table),
            "{table}.csv"
        );
    }
    told(&results, "summary")
}

/// A table of the program.
fn told(results: &Results, table: &str) -> Vec<u8> {
    let written = report::csv(results.evidence(), table, Decimal::Point);
    written.expect("a table").expect("of this name")
}

#[test]
fn a_mistake_in_a_lever_is_told_and_changes_nothing() {
    let mut session = open(&SETTINGS);
    let answer = ask(&mut session, &request(&["staff.workforce_share=7"]));
    assert_eq!(
        answer["mistakes"][0]["path"], "staff.workforce_share",
        "{answer}"
    );
    let about = ask(&mut session, &json!({ "do": "about" }));
    assert_eq!(
        about["baseline"], "framework-2020",
        "the scenario before is still open"
    );
}

#[test]
fn what_cannot_be_answered_is_an_error_and_no_end() {
    let mut session = Session::default();
    let view = json!({ "do": "view", "language": "en" });
    assert_eq!(ask(&mut session, &view)["error"], "no run has begun");
    let levers = ask(&mut session, &json!({ "do": "levers" }));
    assert_eq!(levers["error"], "no scenario is open");
    let unknown = ask(&mut session, &json!({ "do": "sing" }));
    assert!(unknown["error"].is_string(), "{unknown}");
    begin(&mut session, &SETTINGS);
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

#[test]
fn a_setting_is_compared_with_the_one_before() {
    let mut desk = added(&SETTINGS, WORLDS);
    begin(&mut desk, &["staff.workforce_share=0.95", SETTINGS[1]]);
    let asked = json!({ "do": "view", "language": "en" });
    let mut simulator = open(&["staff.workforce_share=0.95", SETTINGS[1]]);
    for replication in 0..WORLDS {
        let asked = json!({ "do": "simulate", "replication": replication }).to_string();
        desk.add(&simulator.call(asked.as_bytes()));
    }
    let view = ask(&mut desk, &asked);
    let changes = view["changes"].as_array().expect("a list");
    assert_eq!(changes.len(), POLICIES.len(), "{changes:?}");
    let late = changes[0][1].as_str().expect("a text");
    assert!(
        late.starts_with('\u{2212}'),
        "more staff, fewer too late: {late}"
    );
}

#[test]
fn a_winter_is_told_day_by_day_with_the_sentence_behind_each_decision() {
    let mut session = open(&SETTINGS);
    let asked =
        json!({ "do": "diary", "replication": 3, "policy": "supplement-2021", "language": "nl" });
    let diary = ask(&mut session, &asked);
    let days = diary["days"].as_array().expect("days");
    assert_eq!(days.len(), 56, "eight weeks");
    assert_eq!(days[0]["date"], "2021-10-25");
    assert_eq!(
        days[0]["numbers"].as_array().map(Vec::len),
        diary["names"].as_array().map(Vec::len)
    );
    let all = days
        .iter()
        .flat_map(|day| day["decisions"].as_array().expect("decisions"));
    let by_rule: Vec<&Value> = all.filter(|one| one["rule"] != "").collect();
    assert!(!by_rule.is_empty(), "rules decide");
    assert!(
        by_rule.iter().all(|one| one["sentence"] != ""),
        "each has its sentence"
    );
    let expected = "Wie COVID-patiënten verwacht, maakt ruimte voor hen: de COVID-zorg groeit, andere zorg krimpt.";
    let scale_down = by_rule.iter().any(|one| {
        let rule = one["rule"].as_str().expect("a rule");
        rule.starts_with("A04") && one["sentence"] == expected
    });
    assert!(scale_down, "hospitals prepare for COVID patients");
    let unknown = ask(
        &mut session,
        &json!({ "do": "diary", "replication": 3, "policy": "x", "language": "en" }),
    );
    assert!(unknown["error"].is_string(), "{unknown}");
}

#[test]
fn every_lever_can_be_searched() {
    let levers = ask(&mut open(&SETTINGS), &json!({ "do": "levers" }));
    let levers = levers.as_array().expect("levers");
    let lead = levers
        .iter()
        .find(|lever| lever["path"] == "policy.supplement-2021.lead_days");
    assert_eq!(
        lead.map(|lever| &lever["value"]),
        Some(&json!(5)),
        "as it is set"
    );
}
