//! The program by itself: the scenarios that it contains, in a folder with nothing in it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;
use zorgdruk::scenario::shipped;

use crate::cli::{assert_same, collect, command, text};
use crate::place::FAST;

/// A folder in which the program runs, empty at first.
struct Empty(TempDir);

impl Empty {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    /// Runs the program here, with a scenario and more arguments.
    fn run(&self, arguments: &[&str]) -> Output {
        let mut here = command();
        here.current_dir(self.path());
        here.args(arguments).output().expect("the program starts")
    }

    /// The same where it must succeed; what it printed.
    fn sound(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let said = text(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {said}");
        text(&output.stdout)
    }

    fn files(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        collect(&self.path().join(folder), "", &mut files);
        files.remove("runtime.json");
        files
    }
}

/// The fast study of the small scenario, by its path or by its name.
fn fast<'a>(command: &'a str, scenario: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    [&[command, scenario], &FAST[1..], more].concat()
}

#[test]
fn a_run_is_the_same_from_the_disk_and_from_the_program() {
    let place = Empty::new();
    let disk = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/small.toml");
    let disk = disk.to_str().expect("a path in UTF-8");
    let worlds = ["--replications", "66"];
    for (scenario, out) in [(disk, "disk"), ("small", "program")] {
        place.sound(&fast(
            "run",
            scenario,
            &[&worlds[..], &["--out", out]].concat(),
        ));
    }
    let from_disk = place.files("disk");
    assert!(
        from_disk.contains_key("input/small.toml"),
        "copies of files"
    );
    assert_same(&from_disk, &place.files("program"), "the program's own");

    // Each is resumed with the other, divided between both, replayed and simulated again.
    for (scenario, out) in [(disk, "program"), ("small", "disk")] {
        fs::remove_dir_all(place.path().join(out).join("rows")).expect("removed");
        place.sound(&fast(
            "run",
            scenario,
            &[&worlds[..], &["--resume", out]].concat(),
        ));
        assert_same(&from_disk, &place.files(out), "a resumed run");
    }
    for (scenario, shard, out) in [(disk, "1/2", "one"), ("small", "2/2", "two")] {
        let part = [&worlds[..], &["--shard", shard, "--out", out]].concat();
        place.sound(&fast("run", scenario, &part));
    }
    place.sound(&["merge", "merged", "one", "two", "--quiet"]);
    assert_same(&from_disk, &place.files("merged"), "a merged run");
    let replay = [
        "--replication",
        "3",
        "--policy",
        "framework-2020",
        "--out",
        "log.csv",
    ];
    place.sound(&[&["replay", "program"], &replay[..]].concat());
    place.sound(&[
        "run",
        "program",
        "--quiet",
        "--no-figures",
        "--replications",
        "66",
        "--out",
        "again",
    ]);
    assert_same(&from_disk, &place.files("again"), "a run of a run");
}

#[test]
fn every_command_takes_a_scenario_by_name() {
    let place = Empty::new();
    place.sound(&["check", "nl-autumn-2021-in-force"]);
    let few = ["--replications", "4", "--out", "sweep", "--quiet"];
    let levers = ["--set-grid", "staff.workforce_share=0.9,1"];
    place.sound(&[&["sweep", "small"], &few[..], &levers].concat());
    place.sound(&[
        "replay",
        "small",
        "--replication",
        "0",
        "--policy",
        "framework-2020",
    ]);
    place.sound(&["slurm", "small", "--tasks", "2", "--out", "cluster"]);
    let script = fs::read_to_string(place.path().join("cluster/array.sh")).expect("a script");
    assert!(script.contains(" run small "), "no file is named: {script}");
}

#[test]
fn a_file_comes_before_a_name_and_what_is_neither_is_told_so() {
    let place = Empty::new();
    let path = place.path().join("small");
    fs::write(&path, "WRONG").expect("written");
    let output = place.run(&["check", "small"]);
    assert_eq!(output.status.code(), Some(3), "the file is read");
    for (asked, hint) in [
        (
            "scenarios/small.toml",
            "contains a scenario that is called small",
        ),
        ("smal", "did you mean \"small\""),
        ("framework-2020", "cannot be read"),
    ] {
        let output = place.run(&["check", asked]);
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(3), "{asked}: {said}");
        assert!(said.contains(hint), "{asked}: {said}");
    }
    let one = ["run", "small", "--policy", "supplement-2021-vvt-blocked"];
    fs::remove_file(path).expect("removed");
    let said = text(&place.run(&one).stderr);
    assert!(
        said.contains("not among those that the scenario compares"),
        "{said}"
    );
}

#[test]
fn the_list_names_all_that_the_program_contains() {
    let place = Empty::new();
    let list = place.sound(&["list"]);
    let json = place.sound(&["list", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    for (key, names) in [
        ("scenarios", shipped::scenarios()),
        ("policies", shipped::policies()),
    ] {
        let listed = json[key].as_array().expect("a list");
        assert_eq!(listed.len(), names.len(), "{key}");
        for (found, name) in listed.iter().zip(names) {
            assert_eq!(found["name"], name, "{key}");
            let told = found["title"].as_str().or(found["description"].as_str());
            let told = told.filter(|told| !told.is_empty()).expect("what it is");
            assert!(
                list.contains(&format!("  {name} ")) && list.contains(told),
                "{name}"
            );
        }
    }
}

#[test]
fn a_folder_to_work_in_is_written_whole_or_not_at_all() {
    let place = Empty::new();
    let said = place.sound(&["init", "work"]);
    assert!(said.contains("cd work"), "what comes next: {said}");
    let files = place.files("work");
    for (name, bytes) in files.iter().filter(|(name, _)| !name.contains("my-study")) {
        if let Some(name) = name.strip_prefix("scenarios/") {
            assert_eq!(
                shipped::read(name).ok().map(str::as_bytes),
                Some(&bytes[..]),
                "{name}"
            );
        }
    }
    place.sound(&["check", "work/scenarios/my-study.toml"]);
    place.sound(&["check", "work/scenarios/nl-spring-2021.toml"]);

    let own = place.path().join("work/analysis.R");
    fs::write(&own, "# mine").expect("written");
    fs::remove_dir_all(place.path().join("work/scenarios")).expect("removed");
    let output = place.run(&["init", "work"]);
    assert_eq!(output.status.code(), Some(4), "{}", text(&output.stderr));
    assert!(
        text(&output.stderr).contains("exists already"),
        "what is there"
    );
    assert_eq!(fs::read(&own).expect("there"), b"# mine", "never replaced");
    assert!(
        !place.path().join("work/scenarios").exists(),
        "nothing is written"
    );
    fs::write(place.path().join("file"), "").expect("written");
    assert_eq!(
        place.run(&["init", "file"]).status.code(),
        Some(4),
        "no folder"
    );
}

/// Runs a program that not every machine has; `None` where it is absent.
fn other(program: &str, arguments: &[&str], place: &Path) -> Option<Output> {
    let mut other = Command::new(program);
    other.args(arguments).current_dir(place).output().ok()
}

#[test]
fn the_scripts_can_be_read_by_their_languages() {
    let place = Empty::new();
    place.sound(&["init"]);
    for (program, arguments) in [
        ("python3", ["-m", "py_compile", "analysis.py"]),
        (
            "Rscript",
            ["--vanilla", "-e", "invisible(parse('analysis.R'))"],
        ),
    ] {
        if let Some(output) = other(program, &arguments, place.path()) {
            assert!(
                output.status.success(),
                "{program}: {}",
                text(&output.stderr)
            );
        }
    }
}

#[test]
fn the_levers_of_a_scenario_are_those_that_it_has() {
    let place = Empty::new();
    let json = place.sound(&["levers", "small", "--json"]);
    let levers: Vec<serde_json::Value> = serde_json::from_str(&json).expect("JSON");
    let find = |path: &str| {
        let found = levers.iter().find(|lever| lever["path"] == path);
        found.unwrap_or_else(|| panic!("{path} is a lever"))
    };
    let share = find("staff.workforce_share");
    assert_eq!(
        (&share["minimum"], &share["maximum"]),
        (&0.into(), &2.into()),
        "{share}"
    );
    assert_eq!(share["unit"], "share", "{share}");
    assert!(
        share["meaning"]
            .as_str()
            .is_some_and(|text| text.ends_with('.')),
        "{share}"
    );
    let source = share["source"].as_str().expect("a text");
    assert!(source.contains(':'), "a label and why: {source}");
    assert!(
        levers.iter().any(|lever| !lever["belief"].is_null()),
        "some are uncertain"
    );
    let lead = find("policy.framework-2020.lead_days");
    assert!(
        lead["sentences"]
            .as_array()
            .is_some_and(|of| !of.is_empty()),
        "{lead}"
    );
    let timing = find("policy.framework-2020.scale_down");
    assert!(
        timing["choices"].as_array().is_some_and(|of| of.len() > 1),
        "{timing}"
    );
    assert!(
        !levers.iter().any(|lever| lever["path"] == "run.seed"),
        "a setting"
    );

    // Each can be set to what it is, by its path.
    let written = levers.iter().filter(|lever| lever["value"].is_number());
    let mut changes = Vec::new();
    for lever in written {
        let path = lever["path"].as_str().expect("a path");
        changes.extend(["--set".to_owned(), format!("{path}={}", lever["value"])]);
    }
    assert!(changes.len() > 200, "many numbers: {}", changes.len());
    let changes: Vec<&str> = changes.iter().map(String::as_str).collect();
    place.sound(&[&["check", "small"], &changes[..]].concat());

    let said = place.sound(&["levers", "small"]);
    assert!(said.contains("staff.workforce_share = "), "{said}");
    assert_eq!(
        place.run(&["levers", "no-such"]).status.code(),
        Some(3),
        "no scenario"
    );
}

/// Only where the program `taplo` is installed.
#[test]
fn an_editor_accepts_every_file_and_no_wrong_key() {
    let place = Empty::new();
    place.sound(&["init"]);
    let lint = |files: &[String]| {
        let files: Vec<&str> = files.iter().map(String::as_str).collect();
        other("taplo", &[&["lint"], &files[..]].concat(), place.path())
    };
    let mut files = place.files("scenarios");
    files.retain(|name, _| Path::new(name).extension() == Some("toml".as_ref()));
    let files: Vec<String> = files
        .keys()
        .map(|name| format!("scenarios/{name}"))
        .collect();
    let Some(output) = lint(&files) else { return };
    assert!(output.status.success(), "{}", text(&output.stderr));
    let study = place.path().join("scenarios/my-study.toml");
    let wrong = fs::read_to_string(&study)
        .expect("a study")
        .replace("lead_days", "lead_dayz");
    fs::write(&study, wrong).expect("written");
    let output = lint(&["scenarios/my-study.toml".to_owned()]).expect("it was there");
    assert!(!output.status.success(), "a wrong key");
    assert!(
        text(&output.stderr).contains("lead_dayz"),
        "{}",
        text(&output.stderr)
    );
}

#[test]
fn an_unknown_name_is_told_the_known_ones() {
    let place = Empty::new();
    let said = |name: &str| text(&place.run(&["run", name]).stderr);
    assert!(
        said("winter").contains("nl-autumn-2021, "),
        "{}",
        said("winter")
    );
    assert!(said("smal").contains("did you mean"), "{}", said("smal"));
    assert!(
        !said("winter.toml").contains("nl-autumn"),
        "the name of a file"
    );
    let missing = [
        "check",
        "small",
        "--set",
        "covid.ic_stay={ gamma = { mean_days = 10 } }",
    ];
    let said = text(&place.run(&missing).stderr);
    assert!(
        said.contains(": covid.ic_stay.gamma.shape: missing"),
        "{said}"
    );
}

/// The skeleton with its values: lines that begin with `# key = `, as they are when the mark is taken away.
fn filled(skeleton: &str, without: Option<usize>) -> (String, usize) {
    let mut n = 0;
    let lines = skeleton.lines().map(|line| {
        let value = line.strip_prefix("# ").filter(|rest| {
            let key = rest.split_once(" = ").map(|(key, _)| key);
            key.is_some_and(|key| key.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
        });
        let Some(value) = value else {
            return line;
        };
        n += 1;
        if without == Some(n - 1) { line } else { value }
    });
    let text = lines.collect::<Vec<_>>().join("\n");
    (text, n)
}

#[test]
fn an_empty_scenario_has_few_values_needs_each_of_them_and_runs_once_filled_in() {
    let place = Empty::new();
    let said = place.sound(&["init", "--empty", "own"]);
    assert!(said.contains("zorgdruk check scenario.toml"), "{said}");
    let path = place.path().join("own/scenario.toml");
    let skeleton = fs::read_to_string(&path).expect("written");
    let output = place.run(&["check", "own/scenario.toml"]);
    assert_eq!(output.status.code(), Some(3), "nothing is filled in yet");
    let (whole, n) = filled(&skeleton, None);
    assert!((30..=40).contains(&n), "{n} values");
    for missing in 0..n {
        let (text, _) = filled(&skeleton, Some(missing));
        let read = zorgdruk::scenario::parse_with(&text, "own.toml", &[], |_: &str| {
            Err(std::io::ErrorKind::NotFound.into())
        });
        let is_needed = read.map_err(drop).and_then(|scenario| {
            let model = zorgdruk::model::Model::from_scenario(&scenario);
            model.map(drop).map_err(drop)
        });
        assert!(is_needed.is_err(), "value {missing} has a default");
    }
    fs::write(&path, whole).expect("written");
    place.sound(&[
        "run",
        "own/scenario.toml",
        "--replications",
        "2",
        "--no-figures",
        "--quiet",
    ]);
}
