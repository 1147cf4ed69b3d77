//! Results in memory: the same as those in a folder, whoever watches.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use zorgdruk::model::Model;
use zorgdruk::report::folder::Existing;
use zorgdruk::report::{Data, Values};
use zorgdruk::run::plan::plan;
use zorgdruk::run::{CheckedScenario, Observer, Results, RunError, Unobserved};

use crate::cli::{collect, text, zorgdruk};
use crate::place::{FAST, Place};

const N: u32 = 70;

fn checked() -> CheckedScenario {
    let settings = FAST.iter().filter(|word| word.starts_with("study."));
    let settings: Vec<String> = settings.map(|word| (*word).to_owned()).collect();
    CheckedScenario::load(Path::new(FAST[0]), &settings).expect("a scenario")
}

fn simulated(observer: &dyn Observer) -> Option<Results> {
    let checked = checked();
    let mut plan = plan(&checked).expect("a plan");
    plan.n_replications = N;
    plan.figures = false;
    Results::simulate(&checked, plan, observer).expect("results")
}

fn run(place: &Place) -> String {
    let folder = place.name("run");
    let n = N.to_string();
    let mut arguments = vec!["run", FAST[0], "--replications", &n, "--out", &folder];
    arguments.extend(&FAST[1..]);
    let output = zorgdruk(&arguments);
    assert!(output.status.success(), "{}", text(&output.stderr));
    folder
}

/// The files of a folder, but the one that differs from run to run.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    collect(folder, "", &mut files);
    files.retain(|name, _| name != "runtime.json" && name != ".lock");
    files
}

#[test]
fn results_in_memory_are_those_of_the_folder() {
    let place = Place::new();
    let folder = run(&place);
    let results = simulated(&Unobserved).expect("nobody stops it");
    let saved = place.path("saved");
    results.save(&saved, Existing::Keep).expect("saved");
    let (ours, theirs) = (files(&saved), files(Path::new(&folder)));
    let names: Vec<&String> = theirs.keys().collect();
    assert_eq!(ours.keys().collect::<Vec<_>>(), names, "the same files");
    let differ = |name: &&&String| ours[**name] != theirs[**name];
    let differing: Vec<_> = names.iter().filter(differ).collect();
    assert!(differing.is_empty(), "other bytes in {differing:?}");

    let read = Results::read(Path::new(&folder)).expect("read");
    for name in [
        "summary",
        "comparisons",
        "daily",
        "replications",
        "worlds_waits",
    ] {
        let [one, other] = [&results, &read].map(|of| of.table(name).expect("worlds"));
        assert_eq!(one.expect("a table"), other.expect("a table"), "{name}");
    }
    let again = read.save(&place.path("again"), Existing::Keep);
    assert!(matches!(again, Err(RunError::Usage(_))), "it has a folder");
}

/// A column of a CSV file.
fn column(file: &Path, name: &str) -> Vec<String> {
    let mut reader = csv::Reader::from_path(file).expect("a table");
    let headers = reader.headers().expect("a header").clone();
    let position = headers.iter().position(|header| header == name);
    let position = position.expect("the column");
    let rows = reader.records();
    rows.map(|row| row.expect("a row")[position].to_owned())
        .collect()
}

fn texts(data: &Data, name: &str) -> Vec<String> {
    fn shown<T: ToString>(values: &[Option<T>]) -> Vec<String> {
        let text = |value: &Option<T>| value.as_ref().map_or_else(String::new, T::to_string);
        values.iter().map(text).collect()
    }
    match &data.column(name).expect("a column").values {
        Values::Text(values) | Values::Date(values) => shown(values),
        Values::Whole(values) => shown(values),
        Values::Real(values) => shown(values),
        Values::Flag(values) => {
            let number = |flag: &Option<bool>| flag.map(u8::from);
            shown(&values.iter().map(number).collect::<Vec<_>>())
        }
    }
}

#[test]
fn every_table_in_memory_has_the_values_of_its_file() {
    let place = Place::new();
    let results = simulated(&Unobserved).expect("nobody stops it");
    results
        .save(&place.path("run"), Existing::Keep)
        .expect("saved");
    for table in [
        "summary",
        "comparisons",
        "best",
        "trade_offs",
        "activations",
        "streams",
        "weekly",
        "daily",
        "replications",
        "policies",
        "regions",
        "dictionary",
    ] {
        let data = results.table(table).expect("worlds").expect("a table");
        let file = place.path("run").join(format!("{table}.csv"));
        for name in data.columns.iter().map(|column| &*column.name) {
            assert_eq!(texts(&data, name), column(&file, name), "{name} of {table}");
        }
    }
    assert!(
        results.table("sumary").expect("worlds").is_none(),
        "no such table"
    );
    let estimate = results.estimate("supplement-2021", "displaced_share");
    assert_eq!(estimate.expect("an estimate").n, u64::from(N), "its worlds");
    assert!(
        results.estimate("supplement-2021", "x").is_none(),
        "no estimand"
    );
}

/// Stops after some worlds.
struct Impatient(AtomicUsize);

impl Observer for Impatient {
    fn step(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    fn goes_on(&self) -> bool {
        self.0.load(Ordering::Relaxed) < 3
    }
}

#[test]
fn who_watches_a_run_can_stop_it() {
    let impatient = Impatient(AtomicUsize::new(0));
    assert!(simulated(&impatient).is_none(), "stopped");
    let done = impatient.0.into_inner();
    assert!((3..N as usize).contains(&done), "{done} worlds");
}

/// Stops in the middle of the first world of each thread.
struct Hasty(AtomicUsize);

impl Observer for Hasty {
    fn step(&self) {
        panic!("no world is whole");
    }

    fn goes_on(&self) -> bool {
        self.0.fetch_add(1, Ordering::Relaxed) < 3
    }
}

#[test]
fn a_run_is_stopped_within_a_world() {
    assert!(
        simulated(&Hasty(AtomicUsize::new(0))).is_none(),
        "in memory"
    );
    let checked = checked();
    let mut plan = plan(&checked).expect("a plan");
    (plan.n_replications, plan.figures, plan.uncertain) = (N, false, true);
    let hasty = Hasty(AtomicUsize::new(0));
    let stopped = Results::simulate(&checked, plan, &hasty).expect("no error");
    assert!(stopped.is_none(), "where each world has figures of its own");
}

#[test]
fn an_error_says_what_the_system_said() {
    let kind = |path: &str| {
        let read = CheckedScenario::load(Path::new(path), &[]);
        read.expect_err("nothing there").kind()
    };
    assert_eq!(kind("no-such-file.toml"), Some(ErrorKind::NotFound), "file");
    assert_eq!(kind("scenarios/"), Some(ErrorKind::IsADirectory), "folder");
    let read = Results::read(Path::new("scenarios")).expect_err("no run");
    assert_eq!(read.kind(), Some(ErrorKind::NotFound), "no manifest");
}

#[test]
fn worlds_are_exported_as_they_are() {
    let place = Place::new();
    let folder = run(&place);
    let results = Results::read(Path::new(&folder)).expect("read");
    for (grain, table) in [
        ("day", "worlds_day"),
        ("region-week", "worlds_region_week"),
        ("waits", "worlds_waits"),
    ] {
        let data = results.table(table).expect("worlds").expect("a table");
        let [csv, lines] = ["csv", "jsonl"].map(|format| {
            let file = place.name(&format!("{table}.{format}"));
            let output = zorgdruk(&[
                "export", &folder, "--worlds", grain, "--format", format, "--out", &file,
            ]);
            assert!(output.status.success(), "{}", text(&output.stderr));
            file
        });
        for name in data.columns.iter().map(|column| &*column.name) {
            assert_eq!(
                texts(&data, name),
                column(Path::new(&csv), name),
                "{name} of {table}"
            );
        }
        let lines = fs::read_to_string(lines).expect("lines");
        let first: serde_json::Value =
            serde_json::from_str(lines.lines().next().expect("a line")).expect("JSON");
        assert_eq!(first["replication"], 0, "the first world");
        assert_eq!(
            lines.lines().count(),
            data.columns[0].values.len(),
            "all rows of {table}"
        );
    }
    // What is exported adds up to the tables of the run.
    let days = results
        .table("worlds_day")
        .expect("worlds")
        .expect("a table");
    let summary = results.table("daily").expect("worlds").expect("a table");
    let Values::Real(most) = &summary.column("max").expect("a column").values else {
        panic!("numbers")
    };
    let Values::Real(beds) = &days.column("covid_ic").expect("a column").values else {
        panic!("numbers")
    };
    let series = texts(&summary, "series");
    let of_series = most
        .iter()
        .zip(&series)
        .filter(|(_, series)| *series == "covid_ic");
    let largest = |values: &mut dyn Iterator<Item = f64>| values.fold(0.0, f64::max);
    let [one, other] = [
        largest(&mut of_series.filter_map(|(most, _)| *most)),
        largest(&mut beds.iter().filter_map(|n| *n)),
    ];
    assert!((one - other).abs() < 1e-9, "{one} and {other}");
}

#[test]
fn a_narrowed_model_always_has_its_baseline() {
    let model = checked().model;
    let keys = |model: &Model| -> Vec<String> {
        let policies = model.policies().iter();
        policies.map(|policy| policy.key.clone()).collect()
    };
    let (all, position) = (keys(&model), model.baseline());
    let (baseline, last) = (all[position].clone(), all[all.len() - 1].clone());
    assert_ne!(baseline, last, "another policy");
    let narrowed = model
        .clone()
        .narrowed(&[last.clone(), "nothing".to_owned()]);
    assert_eq!(
        keys(&narrowed),
        [baseline.clone(), last.clone()],
        "in order"
    );
    assert_eq!(keys(&narrowed)[narrowed.baseline()], baseline, "the same");
    assert_eq!(
        keys(&model.clone().narrowed(&[])),
        core::slice::from_ref(&baseline),
        "alone"
    );
    let reduced = model.clone().reduced_to(&[last.clone(), baseline.clone()]);
    assert_eq!(
        keys(&reduced),
        [last, baseline],
        "in the order that is asked"
    );
    assert_eq!(reduced.baseline(), 0, "the first");
    let whole = model.clone().reduced_to(&["nothing".to_owned()]);
    assert_eq!(keys(&whole), all, "none of these");
    assert!(model.with_policies(Vec::new(), 0).is_none(), "no policy");
}
