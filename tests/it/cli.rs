//! The program as a user meets it: commands, files, messages, exit codes.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};

use tempfile::TempDir;
use zorgdruk::outcome::Lack;

/// Enough replications for two stored chunks.
const TWO_CHUNKS: &str = "66";

/// Runs the program in the package's folder.
pub(crate) fn zorgdruk(arguments: &[&str]) -> Output {
    command()
        .args(arguments)
        .output()
        .expect("the program starts")
}

pub(crate) fn command() -> std::process::Command {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_zorgdruk"));
    command.current_dir(env!("CARGO_MANIFEST_DIR"));
    command
}

/// A temporary folder and the folder of a run in it.
struct Run {
    _place: TempDir,
    folder: PathBuf,
}

impl Run {
    /// Runs the small scenario with more arguments.
    fn small(more: &[&str]) -> Self {
        let place = tempfile::tempdir().expect("a temporary folder");
        let folder = place.path().join("run");
        let mut arguments = vec!["run", "scenarios/small.toml", "--quiet", "--out"];
        arguments.push(folder.to_str().expect("a path in UTF-8"));
        arguments.extend(more);
        let output = zorgdruk(&arguments);
        assert!(output.status.success(), "{}", text(&output.stderr));
        Self {
            _place: place,
            folder,
        }
    }

    fn path(&self) -> &str {
        self.folder.to_str().expect("a path in UTF-8")
    }

    /// All files but the one that may differ, by their path in the folder.
    fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        collect(&self.folder, "", &mut files);
        assert!(
            files.remove("runtime.json").is_some(),
            "the machine is recorded"
        );
        files
    }

    fn table(&self, name: &str) -> Vec<BTreeMap<String, String>> {
        let bytes = fs::read(self.folder.join(name)).expect("a table");
        csv::Reader::from_reader(bytes.as_slice())
            .deserialize()
            .map(|row| row.expect("a row with every column"))
            .collect()
    }
}

pub(crate) fn collect(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy();
        let name = format!("{prefix}{name}");
        if path.is_dir() {
            collect(&path, &format!("{name}/"), files);
        } else {
            files.insert(name, fs::read(&path).expect("a file"));
        }
    }
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

pub(crate) fn assert_same(
    one: &BTreeMap<String, Vec<u8>>,
    other: &BTreeMap<String, Vec<u8>>,
    what: &str,
) {
    let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(one), names(other), "files of {what}");
    for (name, bytes) in one {
        assert!(other[name] == *bytes, "{name} differs with {what}");
    }
}

#[test]
fn results_do_not_depend_on_threads_or_on_the_run() {
    let replications = ["--replications", TWO_CHUNKS];
    let one = Run::small(&[&replications[..], &["--threads", "1"]].concat()).files();
    assert!(
        one.len() > 20,
        "tables, figures, rows and input: {:?}",
        one.keys()
    );
    for threads in ["1", "2", "7"] {
        let other = Run::small(&[&replications[..], &["--threads", threads]].concat()).files();
        assert_same(&one, &other, &format!("{threads} threads"));
    }
}

#[test]
fn a_report_made_again_has_the_same_bytes() {
    let run = Run::small(&["--replications", TWO_CHUNKS, "--lang", "nl"]);
    let before = run.files();
    for name in before.keys() {
        let is_source = ["rows/", "input/", "manifest.json"]
            .iter()
            .any(|source| name.starts_with(source));
        if !is_source {
            fs::remove_file(run.folder.join(name)).expect("removed");
        }
    }
    assert!(
        !run.folder.join("summary.csv").exists(),
        "the tables are gone"
    );
    let output = zorgdruk(&["report", run.path(), "--quiet"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_same(&before, &run.files(), "a new report");
}

#[test]
fn a_replay_gives_the_stored_row() {
    let run = Run::small(&["--replications", "5", "--no-figures"]);
    let rows = run.table("replications.csv");
    let row = rows
        .iter()
        .find(|row| row["replication"] == "3" && row["policy"] == "supplement-2021")
        .expect("the row");
    for origin in [run.path(), "scenarios/small.toml"] {
        let policy = ["--replication", "3", "--policy", "supplement-2021"];
        let output = zorgdruk(&[&["replay", origin][..], &policy].concat());
        let said = text(&output.stderr);
        assert!(output.status.success(), "{said}");
        let measures: Vec<(&str, &str)> = said
            .lines()
            .filter_map(|line| {
                let mut words = line.split_whitespace();
                Some((words.next()?, words.next()?))
            })
            .filter(|(name, _)| row.contains_key(*name))
            .collect();
        // All but run, scenario, replication and policy.
        assert_eq!(measures.len(), row.len() - 4, "all measures of {origin}");
        for (name, value) in measures {
            assert_eq!(value, row[name], "{name} of {origin}");
        }
        let log = text(&output.stdout);
        assert!(
            log.starts_with("date,time,what,rule,region"),
            "a log: {log:.80}"
        );
        assert!(log.lines().count() > 1_000, "much happens in a winter");
    }
}

#[test]
fn the_log_says_of_each_lost_date_whose_it_was_and_why() {
    let world = ["--replication", "0", "--policy", "supplement-2021"];
    let output = zorgdruk(&[&["replay", "scenarios/small.toml"][..], &world].concat());
    assert!(output.status.success(), "{}", text(&output.stderr));
    let mut log = csv::Reader::from_reader(output.stdout.as_slice());
    let rows: Vec<BTreeMap<String, String>> =
        log.deserialize().map(|row| row.expect("a row")).collect();
    let (lost, others): (Vec<_>, Vec<_>) = rows
        .iter()
        .partition(|row| row["what"] == "planned-disrupted");
    assert!(!lost.is_empty(), "dates are lost in this winter");
    for row in lost {
        let reason = row["reason"].as_str();
        assert!(
            Lack::ALL.iter().any(|lack| lack.key() == reason),
            "a reason in words: {row:?}"
        );
        assert!(
            ["2", "3", "4", "5"].contains(&row["class"].as_str()) && !row["stream"].is_empty(),
            "whose date it was: {row:?}"
        );
        let sentence = match reason {
            "bed-kept" => "A04",
            "class-stopped" => "L03",
            "no-bed-expected" => "A20",
            _ => "A18",
        };
        assert_eq!(row["rule"], sentence, "the sentence behind it: {row:?}");
    }
    assert!(
        others.iter().all(|row| row["reason"].is_empty()),
        "nothing else has a reason"
    );
}

#[test]
fn two_equal_policies_give_equal_rows() {
    let place = tempfile::tempdir().expect("a temporary folder");
    copy_scenarios(place.path());
    let twin = "key = \"twin\"\nlabel = \"Twin\"\ndescription = \"The same again.\"\nextends = \
                \"supplement-2021\"\n";
    fs::write(place.path().join("policies/twin.toml"), twin).expect("written");
    let scenario = place.path().join("small.toml");
    let out = place.path().join("run");
    let output = zorgdruk(&[
        "run",
        scenario.to_str().expect("a path"),
        "--out",
        out.to_str().expect("a path"),
        "--replications",
        "8",
        "--no-figures",
        "--set",
        "policies=[\"supplement-2021\", \"twin\"]",
        "--set",
        "baseline=supplement-2021",
    ]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let run = Run {
        _place: place,
        folder: out,
    };
    let rows = run.table("replications.csv");
    assert_eq!(rows.len(), 16, "two policies in eight worlds");
    for pair in rows.chunks(2) {
        let without_name = |row: &BTreeMap<String, String>| {
            let mut row = row.clone();
            row.remove("policy");
            row
        };
        assert_ne!(pair[0]["policy"], pair[1]["policy"], "two names");
        assert_eq!(without_name(&pair[0]), without_name(&pair[1]), "one policy");
    }
    for row in run.table("comparisons.csv") {
        assert_eq!(row["status"], "identical", "{}", row["estimand"]);
    }
}

fn copy_scenarios(to: &Path) {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let mut files = BTreeMap::new();
    collect(&from, "", &mut files);
    for (name, bytes) in files {
        let copy = to.join(name);
        fs::create_dir_all(copy.parent().expect("a folder")).expect("made");
        fs::write(copy, bytes).expect("copied");
    }
}

#[test]
fn the_summary_is_what_the_single_worlds_say() {
    let run = Run::small(&["--replications", "20", "--no-figures"]);
    let worlds = run.table("replications.csv");
    let of = |policy: &str, measure: &str| -> Vec<f64> {
        let rows = worlds.iter().filter(|row| row["policy"] == policy);
        rows.map(|row| row[measure].parse().expect("a number"))
            .collect()
    };
    let summary = run.table("summary.csv");
    let value = |policy: &str, key: &str, column: &str| -> f64 {
        let row = summary
            .iter()
            .find(|row| row["policy"] == policy && row["estimand"] == key)
            .expect("a row");
        row[column].parse().expect("a number")
    };
    for policy in ["no-coordination", "framework-2020", "supplement-2021"] {
        let (displaced, cohort) = (of(policy, "displaced"), of(policy, "cohort"));
        let total: f64 = displaced.iter().sum();
        let share = 100.0 * total / cohort.iter().sum::<f64>();
        assert!(
            total > 0.0,
            "{policy} displaces someone, or nothing is tested"
        );
        let found = value(policy, "displaced_share", "value");
        assert!((found - share).abs() < 1e-3, "{found} for {share}");
        let found = value(policy, "displaced", "value");
        assert!(
            (found - total / 20.0).abs() < 1e-3,
            "{found} for {total} / 20"
        );
        let mut sorted = displaced.clone();
        sorted.sort_by(f64::total_cmp);
        let found = value(policy, "displaced", "p90");
        assert!((found - sorted[17]).abs() < 1e-9, "the 18th of 20 worlds");
    }
}

#[test]
fn tables_hold_no_number_that_is_none() {
    // One world has no intervals, so every estimate is in its most awkward state.
    for n in ["1", "2"] {
        let run = Run::small(&["--replications", n]);
        for (name, bytes) in run.files() {
            if Path::new(&name)
                .extension()
                .is_none_or(|kind| kind != "csv")
            {
                continue;
            }
            let mut reader = csv::Reader::from_reader(bytes.as_slice());
            for row in reader.records() {
                let row = row.expect("a row with every column");
                let wrong = row.iter().find(|field| {
                    ["nan", "inf", "-inf", "infinity"].contains(&field.to_lowercase().as_str())
                });
                assert_eq!(wrong, None, "{name} with {n} worlds");
            }
        }
    }
}

#[test]
fn the_baseline_is_added_and_said_so() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let out = place.path().join("run");
    let output = zorgdruk(&[
        "run",
        "scenarios/small.toml",
        "--replications",
        "3",
        "--policy",
        "no-coordination",
        "--out",
        out.to_str().expect("a path"),
    ]);
    let said = text(&output.stderr);
    assert!(output.status.success(), "{said}");
    assert!(said.contains("framework-2020 is simulated too"), "{said}");
    let shown = text(&output.stdout);
    assert!(shown.contains("No coordination"), "{shown}");
    assert!(shown.contains("Framework 2020"), "{shown}");
    assert!(!shown.contains("Supplement"), "{shown}");
    let widest = shown.lines().map(|line| line.chars().count()).max();
    assert!(widest <= Some(100), "{shown}");
}

#[test]
fn a_short_run_is_silent_but_for_its_conclusion_when_piped() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let out = place.path().join("run");
    let arguments = [
        "run",
        "scenarios/small.toml",
        "--replications",
        "3",
        "--out",
        out.to_str().expect("a path"),
    ];
    let output = zorgdruk(&arguments);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(text(&output.stderr), "", "no progress");
    assert!(!output.stdout.contains(&0x1b), "no colors");
    assert!(!output.stdout.is_empty(), "a conclusion");
    let quiet = zorgdruk(&[&arguments[..], &["--force", "--quiet"]].concat());
    assert!(quiet.status.success(), "{}", text(&quiet.stderr));
    assert_eq!(
        (quiet.stdout, quiet.stderr),
        (Vec::new(), Vec::new()),
        "nothing at all"
    );
}

/// Arguments of the program, its exit code, and words of its message.
type Mistake = (&'static [&'static str], i32, &'static str);

const SMALL: &str = "scenarios/small.toml";

fn check_mistakes(cases: &[Mistake]) {
    for (arguments, code, message) in cases {
        let output = zorgdruk(arguments);
        let said = unwrapped(&text(&output.stderr));
        assert_eq!(output.status.code(), Some(*code), "{arguments:?}: {said}");
        assert!(said.contains(message), "{arguments:?}: {said}");
    }
}

#[test]
fn wrong_usage_has_a_message_and_an_exit_code() {
    check_mistakes(&[
        (&["run"], 2, "SCENARIO"),
        (&["fly"], 2, "unrecognized"),
        (
            &["run", SMALL, "--policy", "supplement-2012"],
            2,
            "did you mean \"supplement-2021\"",
        ),
        (&["run", SMALL, "--out", "Cargo.toml/run"], 4, "Cargo.toml"),
        (&["run", SMALL, "--replications", "0"], 2, "replications"),
        (&["report", "scenarios"], 2, "not the folder of a run"),
        (
            &["sweep", SMALL, "--set-grid", "run.seed=1,2"],
            2,
            "run.seed is not a lever",
        ),
        (&["verify", "--csv", "scenarios"], 4, "directory"),
    ]);
}

#[test]
fn a_wrong_scenario_has_a_message_and_an_exit_code() {
    check_mistakes(&[
        (&["run", "scenarios/none.toml"], 3, "none.toml"),
        (
            &["check", SMALL, "--set", "staff.workforce_shaer=1"],
            3,
            "did you mean \"workforce_share\"",
        ),
        (
            &[
                "check",
                SMALL,
                "--set",
                "region[0].hospital[0].regular_beds=-1",
            ],
            3,
            "out of range",
        ),
        (
            &[
                "check",
                SMALL,
                "--set",
                "planned.stream[0].class_shares=[0.5, 0.9, 0.0, 0.0]",
            ],
            3,
            "class_shares",
        ),
        (
            &["check", SMALL, "--set", "version=2"],
            3,
            "version of the file format",
        ),
    ]);
}

/// A message without the line breaks and the rule in its margin.
fn unwrapped(message: &str) -> String {
    let words = message
        .split_whitespace()
        .filter(|word| *word != "\u{2502}");
    words.collect::<Vec<_>>().join(" ")
}

#[test]
fn a_policy_that_is_not_listed_is_told_how_to_be() {
    const UNLISTED: &str = "--policy=supplement-2021-no-escalation";
    check_mistakes(&[(&["run", SMALL, UNLISTED], 2, "--set 'policies=[")]);
}

#[test]
fn a_mistake_is_shown_in_its_file() {
    let place = tempfile::tempdir().expect("a temporary folder");
    copy_scenarios(place.path());
    let scenario = place.path().join("small.toml");
    let written = fs::read_to_string(&scenario).expect("read");
    let misspelt = written.replacen("window_weeks", "window_wekes", 1);
    fs::write(&scenario, misspelt).expect("written");
    let output = zorgdruk(&["check", scenario.to_str().expect("a path")]);
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert!(said.contains("did you mean \"window_weeks\""), "{said}");
    assert!(
        said.contains("window_wekes = "),
        "the line is shown: {said}"
    );
}

#[test]
fn a_run_is_never_replaced_unasked() {
    let run = Run::small(&["--replications", "2", "--no-figures"]);
    let before = run.files();
    let again = [
        "run",
        "scenarios/small.toml",
        "--replications",
        "3",
        "--no-figures",
        "--out",
        run.path(),
    ];
    let refused = zorgdruk(&again);
    assert_eq!(refused.status.code(), Some(4), "{}", text(&refused.stderr));
    assert!(
        text(&refused.stderr).contains("--force"),
        "the way out is named"
    );
    assert_same(&before, &run.files(), "a refused run");
    let forced = zorgdruk(&[&again[..], &["--force"]].concat());
    assert!(forced.status.success(), "{}", text(&forced.stderr));
    assert_eq!(
        run.table("replications.csv").len(),
        18,
        "three worlds, six policies"
    );
}

#[test]
fn a_file_of_results_is_never_replaced_unasked() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let name = |name: &str| place.path().join(name).to_str().expect("UTF-8").to_owned();
    let (file, folder) = (name("mine.csv"), name(""));
    let small = "scenarios/small.toml";
    let sweep = ["sweep", small, "--set-grid", "staff.workforce_share=0.9,1"];
    let replay = [
        "replay",
        small,
        "--replication",
        "0",
        "--policy",
        "framework-2020",
    ];
    for command in [
        [&sweep[..], &["--replications", "2", "--quiet"]].concat(),
        vec!["sensitivity", small, "--replications", "2", "--quiet"],
        replay.to_vec(),
    ] {
        fs::write(&file, "mine").expect("written");
        for (out, message) in [(&file, "--force"), (&folder, "directory")] {
            let output = zorgdruk(&[&command[..], &["--out", out]].concat());
            let said = text(&output.stderr);
            assert_eq!(output.status.code(), Some(4), "{command:?}: {said}");
            assert!(said.contains(message), "{command:?}: {said}");
        }
        assert_eq!(fs::read(&file).expect("read"), b"mine", "{command:?}");
        let forced = zorgdruk(&[&command[..], &["--out", &file, "--force"]].concat());
        assert!(forced.status.success(), "{}", text(&forced.stderr));
        assert_ne!(fs::read(&file).expect("read"), b"mine", "{command:?}");
    }
}

#[test]
fn a_damaged_manifest_has_one_exit_code() {
    let run = Run::small(&["--replications", "2", "--no-figures"]);
    fs::write(run.folder.join("manifest.json"), "{").expect("written");
    let out = run.folder.with_extension("whole");
    let out = out.to_str().expect("UTF-8");
    let replay = ["--replication", "0", "--policy", "framework-2020"];
    for command in [
        vec!["report", run.path()],
        vec!["run", "--resume", run.path()],
        vec!["merge", out, run.path()],
        [&["replay", run.path()], &replay[..]].concat(),
    ] {
        let output = zorgdruk(&command);
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{command:?}: {said}");
        assert!(said.contains("manifest.json"), "{command:?}: {said}");
    }
}

#[test]
fn observations_of_no_day_of_the_study_are_not_valid() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let file = place.path().join("o.csv");
    let name = file.to_str().expect("UTF-8");
    for rows in ["", "1999-10-04,covid_ic,3\n"] {
        fs::write(&file, format!("date,series,value\n{rows}")).expect("written");
        let output = zorgdruk(&["backtest", "scenarios/small.toml", "--observed", name]);
        let said = unwrapped(&text(&output.stderr));
        assert_eq!(output.status.code(), Some(3), "{rows:?}: {said}");
        assert!(said.contains("no number"), "{rows:?}: {said}");
    }
}

#[test]
fn a_damaged_or_unfinished_run_is_refused() {
    let run = Run::small(&["--replications", TWO_CHUNKS, "--no-figures"]);
    let chunk = run.folder.join("rows/chunk-00001.bin");
    let mut bytes = fs::read(&chunk).expect("read");
    bytes[100] ^= 1;
    fs::write(&chunk, &bytes).expect("written");
    let damaged = zorgdruk(&["report", run.path()]);
    assert_eq!(damaged.status.code(), Some(1), "{}", text(&damaged.stdout));
    assert!(
        text(&damaged.stderr).contains("checksum"),
        "{}",
        text(&damaged.stderr)
    );
    fs::remove_file(&chunk).expect("removed");
    let unfinished = zorgdruk(&["report", run.path()]);
    assert_eq!(
        unfinished.status.code(),
        Some(1),
        "{}",
        text(&unfinished.stdout)
    );
    let said = text(&unfinished.stderr);
    assert!(said.contains("did not finish"), "{said}");
}

#[test]
fn a_reader_who_goes_away_is_no_error() {
    // The log is larger than any pipe, so the program is still writing when the reader leaves.
    let mut replay = command()
        .args(["replay", "scenarios/small.toml"])
        .args(["--replication", "0", "--policy", "framework-2020"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut out = replay.stdout.take().expect("a pipe");
    out.read_exact(&mut [0; 10]).expect("the first bytes");
    drop(out);
    let output = replay.wait_with_output().expect("the program ends");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert_eq!(text(&output.stderr), "", "quiet");
}

#[test]
fn rules_are_listed_in_words_and_as_json() {
    let words = text(&zorgdruk(&["rules"]).stdout);
    assert!(words.starts_with("A01"), "{words:.80}");
    let json = zorgdruk(&["rules", "--json"]).stdout;
    let rules: Vec<BTreeMap<String, serde_json::Value>> =
        serde_json::from_slice(&json).expect("JSON");
    assert_eq!(rules.len(), 84, "A01 to A48, L01 to L06 and Z01 to Z30");
    for rule in rules {
        let id = rule["id"].as_str().expect("an id");
        assert!(words.contains(&format!("{id}  ")), "{id} stands in both");
    }
}

#[test]
fn help_and_version_are_no_mistakes() {
    for arguments in [["--help"], ["--version"]] {
        let output = zorgdruk(&arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert!(!output.stdout.is_empty(), "{arguments:?}");
    }
    let help = text(&zorgdruk(&["run", "--help"]).stdout);
    for code in [
        "0 done",
        "1 unexpected",
        "2 wrong",
        "3 scenario",
        "4 output",
    ] {
        assert!(help.contains(code), "exit code {code}");
    }
}

#[test]
fn an_ablation_is_a_table_and_a_figure() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let folder = place.path().join("ablation");
    let path = folder.to_str().expect("a path in UTF-8");
    let ablate = |more: &[&str]| {
        let mut arguments = vec!["ablate", "scenarios/small.toml", "--quiet", "--policy"];
        arguments.extend(["supplement-2021", "--replications", "4", "--out", path]);
        arguments.extend(more);
        zorgdruk(&arguments)
    };
    let output = ablate(&[]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(
        text(&output.stdout).contains("A23 critical care counts as need"),
        "by name"
    );
    let table = fs::read(folder.join("ablation.csv")).expect("a table");
    let rows: Vec<BTreeMap<String, String>> = csv::Reader::from_reader(table.as_slice())
        .deserialize()
        .map(|row| row.expect("a row with every column"))
        .collect();
    assert!(rows.len() > 50, "one row per rule: {}", rows.len());
    assert!(
        rows.iter().any(|row| row["status"] == "identical"),
        "said as such"
    );
    let again = ablate(&[]);
    assert_eq!(again.status.code(), Some(4), "an earlier one stays");
    let dutch = ablate(&["--force", "--lang", "nl", "--threads", "2"]);
    assert!(
        text(&dutch.stdout).contains("A23 kritieke zorg telt als behoefte"),
        "in Dutch"
    );
    assert_eq!(
        fs::read(folder.join("ablation.csv")).expect("a table"),
        table,
        "the same numbers"
    );
    for extension in ["svg", "png"] {
        assert!(
            folder.join(format!("ablation.{extension}")).is_file(),
            "{extension}"
        );
    }
}

#[test]
fn an_ablation_needs_a_policy_with_rules_and_a_known_estimand() {
    let ablate = |more: &[&str]| {
        let output = zorgdruk(
            &[
                &["ablate", "scenarios/small.toml", "--replications", "1"],
                more,
            ]
            .concat(),
        );
        (output.status.code(), text(&output.stderr))
    };
    let (code, message) = ablate(&["--policy", "supplement"]);
    assert_eq!(code, Some(2), "{message}");
    assert!(message.contains("there is no policy"), "{message}");
    let (code, message) = ablate(&["--policy", "no-coordination"]);
    assert_eq!(code, Some(2), "{message}");
    assert!(
        message.contains("no rule that could be switched off"),
        "{message}"
    );
    let (code, message) = ablate(&["--policy", "supplement-2021", "--estimand", "displacd"]);
    assert_eq!(code, Some(2), "{message}");
    assert!(message.contains("displaced"), "a guess: {message}");
}

#[test]
fn the_table_of_rules_comes_as_markdown() {
    let output = zorgdruk(&["rules", "--markdown"]);
    let stored = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/rules.md"));
    assert_eq!(
        text(&output.stdout),
        stored.expect("the document"),
        "the document"
    );
}

const EXAMPLE: &str = "scenarios/observed-example.csv";

#[test]
fn a_backtest_writes_a_run_with_scores_and_figures_in_each_language() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let folder = place.path().join("run");
    let path = folder.to_str().expect("a path in UTF-8");
    let run = |more: &[&str]| {
        let start = ["backtest", "scenarios/small.toml", "--observed", EXAMPLE];
        let options = ["--out", path, "--replications", "20"];
        zorgdruk(&[&start[..], &options[..], more].concat())
    };
    let output = run(&[]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(text(&output.stdout).contains("Peak of COVID patients in the ICU"));
    assert!(
        text(&output.stdout).contains("On the first day, 25 October, there are"),
        "where the worlds begin"
    );
    assert!(
        text(&output.stderr).contains("phase_calendar"),
        "phases are not forced"
    );
    let bytes = fs::read(folder.join("backtest.csv")).expect("a table");
    let header = text(&bytes);
    assert!(
        header.starts_with(
            "run,scenario,series,region,unit,period,forecaster,observations,n,coverage50"
        ),
        "{header}"
    );
    for name in [
        "backtest_shape.csv",
        "backtest_series.csv",
        "figures/backtest-ic.png",
    ] {
        assert!(folder.join(name).is_file(), "{name}");
    }
    let copy = fs::read(folder.join("input/observed.csv")).expect("a copy");
    let original = Path::new(env!("CARGO_MANIFEST_DIR")).join(EXAMPLE);
    assert_eq!(
        copy,
        fs::read(original).expect("the example"),
        "as it was read"
    );
    assert_eq!(run(&[]).status.code(), Some(4), "a run is in the way");
    let output = run(&["--force", "--lang", "nl", "--threads", "2"]);
    assert!(
        text(&output.stdout).contains("Piek van COVID-patiënten op de IC"),
        "in Dutch"
    );
    assert_eq!(
        fs::read(folder.join("backtest.csv")).expect("a table"),
        bytes,
        "same scores"
    );
    let report = zorgdruk(&["report", path, "--quiet"]);
    assert_eq!(report.status.code(), Some(0), "{}", text(&report.stderr));
}

#[test]
fn weeks_that_were_fitted_to_and_others_are_scored_apart() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let folder = place.path().join("run");
    let path = folder.to_str().expect("a path in UTF-8");
    let run = |week: &str| {
        let start = ["backtest", "scenarios/small.toml", "--observed", EXAMPLE];
        let options = ["--out", path, "--replications", "4", "--no-figures"];
        zorgdruk(&[&start[..], &options[..], &["--fit-until", week]].concat())
    };
    for (week, message) in [
        ("2021-48", "an ISO week"),
        ("2021-W60", "an ISO week"),
        ("2021-W30", "weeks on both sides"),
        ("2021-W50", "weeks on both sides"),
    ] {
        let output = run(week);
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{week}: {said}");
        assert!(said.contains(message), "{week}: {said}");
    }
    let output = run("2021-W46");
    let said = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    for part in [
        "Fitted, 25 October to 21 November",
        "Predicted, 22 November to",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let mut scores = csv::Reader::from_path(folder.join("backtest.csv")).expect("a table");
    let rows: Vec<BTreeMap<String, String>> = scores
        .deserialize()
        .map(|row| row.expect("a row"))
        .collect();
    let days = |part: &str| {
        let of = |row: &&BTreeMap<String, String>| {
            row["period"] == part
                && row["series"] == "covid_ic"
                && row["forecaster"] == "simulation"
        };
        let row = rows.iter().find(of).expect("a row");
        row["observations"].clone()
    };
    assert_eq!(
        (days("fit"), days("predicted")),
        ("28".into(), "28".into()),
        "days of four weeks"
    );
}

#[test]
fn wrong_observations_are_shown_in_their_lines() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let file = place.path().join("observed.csv");
    fs::write(
        &file,
        "date,series,region,value\n2021-11-01,covid_ik,,5\n2021-11-02,covid_ic,sea,x\n",
    )
    .expect("written");
    let path = file.to_str().expect("a path in UTF-8");
    let output = zorgdruk(&["backtest", "scenarios/small.toml", "--observed", path]);
    let message = text(&output.stderr);
    assert_eq!(output.status.code(), Some(3), "{message}");
    for part in [
        "did you mean \"covid_ic\"?",
        "no region \"sea\"",
        "observed.csv:2:12",
        "3 mistakes",
    ] {
        assert!(message.contains(part), "{part} in {message}");
    }
    fs::write(&file, "date,series,value\n2020-11-01,covid_ic,5\n").expect("written");
    let output = zorgdruk(&["backtest", "scenarios/small.toml", "--observed", path]);
    let message = unwrapped(&text(&output.stderr));
    assert_eq!(output.status.code(), Some(3), "{message}");
    assert!(
        message.contains("between 2021-10-25 and 2021-12-19"),
        "{message}"
    );
}

#[test]
fn a_fitted_scenario_is_a_scenario() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let folder = place.path().join("fit");
    let path = folder.to_str().expect("a path in UTF-8");
    let start = [
        "calibrate",
        "scenarios/small.toml",
        "--observed",
        EXAMPLE,
        "--out",
        path,
    ];
    let output = zorgdruk(&[&start[..], &["--stays-only", "--quiet"]].concat());
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let fitted = folder.join("fitted.toml");
    let check = zorgdruk(&["check", fitted.to_str().expect("a path in UTF-8")]);
    assert_eq!(check.status.code(), Some(0), "{}", text(&check.stderr));
    let scenario = fs::read_to_string(&fitted).expect("a scenario");
    assert!(
        scenario.contains("fitted to observed-example.csv"),
        "its source"
    );
    let table = fs::read_to_string(folder.join("calibration.csv")).expect("a table");
    assert_eq!(
        table.lines().count(),
        5,
        "two figures of two stays: {table}"
    );
    let part = ["--stays-only", "--force", "--fit-until", "2021-W48"];
    let output = zorgdruk(&[&start[..], &part].concat());
    let said = text(&output.stdout);
    assert!(
        said.contains("zorgdruk backtest"),
        "how to score it: {said}"
    );
    let scenario = fs::read_to_string(&fitted).expect("a scenario");
    assert!(
        scenario.contains("fitted to observed-example.csv up to 2021-12-05"),
        "its source"
    );
    let again = zorgdruk(&[&start[..], &["--stays-only"]].concat());
    assert_eq!(again.status.code(), Some(4), "nothing is replaced unasked");
    let unknown = zorgdruk(
        &[
            &start[..],
            &["--force", "--figure", "staff.workforce_shaer"],
        ]
        .concat(),
    );
    let message = text(&unknown.stderr);
    assert_eq!(unknown.status.code(), Some(2), "{message}");
    assert!(
        message.contains("did you mean \"staff.workforce_share\"?"),
        "{message}"
    );
}

#[test]
fn a_deep_check_says_whether_a_scenario_fits_together() {
    let check = |more: &[&str]| {
        let start = [
            "check",
            "scenarios/small.toml",
            "--deep",
            "--replications",
            "16",
        ];
        zorgdruk(&[&start[..], more].concat())
    };
    let sound = check(&[]);
    assert_eq!(sound.status.code(), Some(0), "{}", text(&sound.stderr));
    assert!(text(&sound.stdout).contains("all 18 numbers fit together"));
    let wrong = check(&["--set", "covid.census_at_start={ ic = 10, ward = 5 }"]);
    assert_eq!(wrong.status.code(), Some(1), "{}", text(&wrong.stdout));
    assert!(
        text(&wrong.stdout).contains("FAIL"),
        "{}",
        text(&wrong.stdout)
    );
    let shallow = zorgdruk(&["check", "scenarios/small.toml", "--replications", "5"]);
    assert_eq!(
        shallow.status.code(),
        Some(2),
        "--replications is for --deep and --trial"
    );
}

#[test]
fn a_deep_check_names_what_chance_hardly_explains_of_the_first_day() {
    let check = |scenario: &str, n: &str| {
        let output = zorgdruk(&["check", scenario, "--deep", "--replications", n]);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        text(&output.stdout)
    };
    let winter = check("nl-winter-2020", "16");
    let ward = winter
        .lines()
        .find(|line| line.contains("on the ward, 2020-10-05"));
    assert!(
        ward.is_some_and(|line| line.ends_with("doubtful")),
        "{winter}"
    );
    assert!(winter.contains("but 1 hardly: 3 or more"), "{winter}");
    // The record of autumn has other patients too, and no world is made to have as many.
    let autumn = check("nl-autumn-2021-in-force", "4");
    assert!(
        autumn.contains("other patients on the ICU, 2021-10-04"),
        "{autumn}"
    );
}

#[test]
fn a_trial_says_how_long_a_run_takes_and_how_wide_its_intervals_will_be() {
    let half_width = |n: &str| {
        let trial = ["check", "scenarios/small.toml", "--trial", "--replications"];
        let output = zorgdruk(&[&trial[..], &[n]].concat());
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        let said = text(&output.stdout);
        assert!(said.contains(&format!("for {n} worlds")), "{said}");
        let row = said
            .lines()
            .find(|line| line.ends_with("  no-coordination"));
        let row = row.expect("a row for each policy").to_owned();
        let mut fields = row
            .split(['\u{b1}', ' '])
            .filter_map(|field| field.parse::<f64>().ok());
        fields.nth(1).expect("half a width")
    };
    let [few, many] = ["100", "10000"].map(half_width);
    assert!((few / many - 10.0).abs() < 1.0, "{few} and {many}");
}

#[test]
fn a_measurement_is_a_table_with_the_machine_and_replaces_nothing_unasked() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let out = place.path().to_str().expect("a path in UTF-8");
    let arguments = ["bench", "scenarios/small.toml", "--quick", "--out", out];
    let output = zorgdruk(&arguments);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let said = text(&output.stdout);
    for word in ["processor", "rustc", "per second", "core-seconds"] {
        assert!(said.contains(word), "{word}: {said}");
    }
    let bytes = fs::read(place.path().join("bench.csv")).expect("a table");
    let rows: Vec<[String; 6]> = csv::Reader::from_reader(bytes.as_slice())
        .deserialize()
        .map(|row| row.expect("a row with every column"))
        .collect();
    let quantities = [
        ("world", 1),
        ("twin", 1),
        ("policy_run", 6),
        ("events_per_second", 6),
        ("precision_worlds", 1),
    ];
    for (quantity, n) in quantities {
        let found = rows.iter().filter(|row| row[3] == quantity);
        let values: Vec<f64> = found.map(|row| row[4].parse().expect("a number")).collect();
        assert_eq!(values.len(), n, "{quantity}");
        assert!(values.iter().all(|value| *value > 0.0), "{quantity}");
    }
    let again = zorgdruk(&arguments);
    assert_eq!(again.status.code(), Some(4), "{}", text(&again.stderr));
}

#[test]
fn growth_is_measured_along_each_axis() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let out = place.path().to_str().expect("a path in UTF-8");
    let output = zorgdruk(&["bench", "small", "--scale", "--quick", "--out", out]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let bytes = fs::read(place.path().join("bench.csv")).expect("a table");
    let rows: Vec<[String; 6]> = csv::Reader::from_reader(bytes.as_slice())
        .deserialize()
        .map(|row| row.expect("a row with every column"))
        .collect();
    for axis in ["hospitals", "patients", "policies", "weeks"] {
        let find = |factor: &str, quantity: &str| -> f64 {
            let found =
                |row: &&[String; 6]| row[1] == axis && row[2] == factor && row[3] == quantity;
            let row = rows.iter().find(found).expect("a row");
            row[4].parse().expect("a number")
        };
        for factor in ["1", "2", "4", "8"] {
            assert!(find(factor, "replication") > 0.0, "{axis} times {factor}");
        }
        let exponent = find("", "replication");
        assert!(exponent.is_finite(), "{axis}: {exponent}");
    }
    let refused = zorgdruk(&["bench", "small", "--scale", "--threads", "2"]);
    assert_eq!(refused.status.code(), Some(2), "one thread is measured");
}

#[test]
fn a_measurement_needs_policies_and_a_reach_that_there_are() {
    let cases = [
        (["--policy", "supplement-2012"], "did you mean"),
        (["--reach", "0"], "0.01 to 100"),
    ];
    for (option, message) in cases {
        let output = zorgdruk(&["bench", "scenarios/small.toml", option[0], option[1]]);
        let said = unwrapped(&text(&output.stderr));
        assert_eq!(output.status.code(), Some(2), "{option:?}: {said}");
        assert!(said.contains(message), "{option:?}: {said}");
    }
}
