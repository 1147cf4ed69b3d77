//! What is not known is drawn: sets that fit a record, and runs in which each world has figures of its own.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use zorgdruk::design::Study;
use zorgdruk::model::Model;
use zorgdruk::scenario::{self, Scenario, Violation};

use crate::cli::{collect, text, zorgdruk};
use crate::place::{FAST, Place};

/// Two figures that fit together: a great share where few comply.
const SETS: &str = "posterior={ sets = \"set,acute.substitutable_share,policy.*.compliance\\ncenter,0.35,0.9\\n1,0.2,1\\n2,0.6,0.6\\n\" }";
const BELIEFS: &str = "uncertainty={ \"acute.substitutable_share\" = { uniform = { low = 0.1, high = 0.7 } }, \"policy.*.compliance\" = { uniform = { low = 0.5, high = 1 } }, \"staff.ward.covid_weight\" = { uniform = { low = 0.8, high = 1.6 } } }";

/// A belief about another figure.
const OTHER: &str =
    "uncertainty={ \"staff.ward.covid_weight\" = { uniform = { low = 0.8, high = 1.6 } } }";

fn small(overrides: &[&str]) -> Scenario {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/small.toml");
    let overrides: Vec<String> = overrides.iter().map(|text| (*text).to_owned()).collect();
    scenario::load(&path, &overrides).unwrap_or_else(|errors| panic!("{errors}"))
}

#[test]
fn figures_that_were_fitted_are_drawn_together_and_others_apart() {
    let scenario = small(&[BELIEFS, SETS]);
    let study = Study::new(&scenario, &[], 1).expect("a sound scenario");
    let point = [0.1, 0.2, 0.5];
    assert_eq!(
        study.drawn(1, &point),
        [
            "acute.substitutable_share=0.6",
            "policy.*.compliance=0.6",
            "staff.ward.covid_weight=1.2"
        ]
    );
    assert_eq!(
        study.drawn(0, &point)[..2],
        study.drawn(2, &point)[..2],
        "the first again"
    );
    let figure = |path: &str| {
        let mut figures = study.figures().iter();
        figures
            .find(|figure| figure.path == path)
            .expect("a figure")
    };
    let share = figure("acute.substitutable_share");
    for (u, expected) in [(0.0, 0.2), (1.0, 0.6)] {
        let found = share.value(u);
        assert!(
            (found - expected).abs() < 1e-12,
            "by itself: that of the sets"
        );
    }
    let alone = small(&[BELIEFS]);
    let alone = Study::new(&alone, &[], 1).expect("a sound scenario");
    assert_eq!(
        alone.drawn(1, &point),
        alone.settings(&point),
        "nothing was fitted"
    );
    assert_eq!(
        alone.draw(5),
        alone.draw(5),
        "keyed by the number of the replication"
    );
    assert_ne!(alone.draw(5), alone.draw(6));
}

/// What is wrong with the small scenario under overrides.
fn invalid(overrides: &[&str]) -> Vec<Violation> {
    let model = Model::from_scenario(&small(overrides));
    model.expect_err("a mistake").0
}

#[test]
fn sets_of_figures_that_nobody_doubts_are_refused() {
    let found = invalid(&[OTHER, SETS]);
    let about: Vec<&str> = found
        .iter()
        .map(|violation| violation.path.as_str())
        .collect();
    assert_eq!(about, ["posterior.sets"; 2], "{found:?}");
    let torn = "posterior={ sets = \"set,acute.substitutable_share\\ncenter,0.35\\n1,x\\n\" }";
    let found = invalid(&[BELIEFS, torn]);
    assert!(found[0].message.contains("line 3"), "{found:?}");
}

/// All files of a run but the times that it took.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    collect(folder, "", &mut files);
    files.retain(|name, _| !name.ends_with("runtime.json"));
    files
}

#[test]
fn an_uncertain_run_lies_beside_a_run() {
    let place = Place::new();
    let run = |out: &str, more: &[&str]| {
        let folder = place.name(out);
        let start = ["--replications", "3", "--set", BELIEFS, "--out", &folder];
        let output = zorgdruk(&[&["run"], &FAST[..], &start, more].concat());
        assert!(output.status.success(), "{}", text(&output.stderr));
        files(&place.path(out))
    };
    let plain = run("plain", &[]);
    assert!(
        !plain.keys().any(|name| name.starts_with("uncertain")),
        "nothing was fitted, so nothing is drawn unasked"
    );
    let one = run("one", &["--set", SETS, "--threads", "1"]);
    let two = run("two", &["--set", SETS, "--threads", "2"]);
    assert_eq!(one, two, "on any number of threads");
    let manifest = String::from_utf8_lossy(&one["uncertain/manifest.json"]).into_owned();
    assert!(manifest.contains("\"uncertain\": true"), "{manifest}");
    assert_ne!(
        one["uncertain/rows/chunk-00000.bin"], one["rows/chunk-00000.bin"],
        "the figures differ"
    );
    let asked = run("asked", &["--uncertain", "5"]);
    let manifest = String::from_utf8_lossy(&asked["uncertain/manifest.json"]).into_owned();
    assert!(manifest.contains("\"n_replications\": 5"), "{manifest}");
    let left_out = run("left-out", &["--set", SETS, "--no-uncertain"]);
    assert!(!left_out.contains_key("uncertain/manifest.json"));
    // A run in the place of another takes its uncertain worlds away.
    run("one", &["--set", SETS, "--no-uncertain", "--force"]);
    assert!(!place.path("one").join("uncertain").exists());
}

#[test]
fn an_uncertain_run_goes_on_where_it_stopped() {
    let place = Place::new();
    let folder = place.name("run");
    let start = [
        "--replications",
        "3",
        "--set",
        BELIEFS,
        "--set",
        SETS,
        "--resume",
        &folder,
    ];
    let run = || zorgdruk(&[&["run"], &FAST[..], &start].concat());
    assert!(run().status.success());
    let whole = files(&place.path("run"));
    let rows = place.path("run").join("uncertain/rows/chunk-00000.bin");
    fs::remove_file(rows).expect("rows");
    assert!(run().status.success());
    assert_eq!(files(&place.path("run")), whole, "the same bytes");
}

#[test]
fn an_uncertain_world_is_replayed_with_its_own_figures() {
    let place = Place::new();
    let folder = place.name("run");
    let start = [
        "--replications",
        "3",
        "--set",
        BELIEFS,
        "--set",
        SETS,
        "--out",
        &folder,
    ];
    assert!(
        zorgdruk(&[&["run"], &FAST[..], &start].concat())
            .status
            .success()
    );
    let log = place.name("log.csv");
    for origin in [folder.clone(), format!("{folder}/uncertain")] {
        let output = zorgdruk(&[
            "replay",
            &origin,
            "--replication",
            "1",
            "--policy",
            "supplement-2021",
            "--out",
            &log,
            "--force",
        ]);
        let said = text(&output.stderr);
        assert!(output.status.success(), "{said}");
        assert!(said.contains("equal to the stored row"), "{origin}: {said}");
    }
}

#[test]
fn nothing_uncertain_cannot_be_drawn() {
    let place = Place::new();
    let folder = place.name("run");
    let asked = [
        "--set",
        "uncertainty={}",
        "--uncertain",
        "4",
        "--out",
        &folder,
    ];
    let output = zorgdruk(&[&["run"], &FAST[..], &asked].concat());
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("no [uncertainty]"), "{said}");
    assert!(!place.path("run").exists(), "nothing was simulated");
}

#[test]
fn shipped_values_are_the_center_of_the_shipped_sets() {
    for name in ["nl-autumn-2021", "nl-autumn-2021-in-force"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("scenarios/{name}.toml"));
        let scenario = scenario::load(&path, &[]).unwrap_or_else(|errors| panic!("{errors}"));
        let model = Model::from_scenario(&scenario).expect("a sound scenario");
        let sets = model.posterior.as_ref().expect("sets");
        assert_eq!(sets.sets.len(), 200, "{name}");
        let at_center = scenario
            .with(&sets.center_settings())
            .expect("sound values");
        assert_eq!(at_center.file, scenario.file, "{name}");
    }
}
