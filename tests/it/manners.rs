//! What other programs and shells need of this one: JSON, completions, manual pages, standard input, and
//! the environment.

use std::fs;
use std::io::Write;
use std::process::{Output, Stdio};

use serde_json::Value;

use crate::cli::{command, text, zorgdruk};
use crate::place::{FAST, Place};

fn sound(output: &Output) -> String {
    assert!(output.status.success(), "{}", text(&output.stderr));
    text(&output.stdout)
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).expect("JSON and nothing else")
}

#[test]
fn a_check_tells_programs_what_is_wrong_where() {
    let output = zorgdruk(&["check", "scenarios/small.toml", "--json"]);
    sound(&output);
    let found = json(&output);
    assert_eq!(
        (&found["valid"], &found["regions"]),
        (&true.into(), &2.into()),
        "{found}"
    );
    assert_eq!(found["window"][0], "2021-10-25", "{found}");

    let place = Place::new();
    let path = place.name("wrong.toml");
    let scenario = fs::read_to_string("scenarios/small.toml").expect("a scenario");
    fs::write(&path, scenario.replace("window_weeks =", "window_weaks =")).expect("written");
    let output = zorgdruk(&["check", &path, "--json"]);
    assert_eq!(output.status.code(), Some(3), "{}", text(&output.stderr));
    let found = json(&output);
    let first = &found["violations"][0];
    assert_eq!(
        (&found["valid"], &first["file"]),
        (&false.into(), &"wrong.toml".into()),
        "{found}"
    );
    assert!(
        first["line"].is_u64() && first["message"].is_string(),
        "{first}"
    );
    let output = zorgdruk(&[
        "check",
        "small",
        "--json",
        "--set",
        "staff.workforce_share=9",
    ]);
    let found = json(&output);
    let first = &found["violations"][0];
    assert_eq!(first["set"], "staff.workforce_share=9", "{first}");
    assert_eq!(first["allowed"], "0 to 2", "{first}");
}

#[test]
fn a_run_and_a_selection_end_in_json() {
    let place = Place::new();
    let folder = place.name("run");
    let more = ["--replications", "20", "--json", "--out", &folder];
    let output = zorgdruk(&[&["run"], &FAST[..], &more].concat());
    sound(&output);
    let found = json(&output);
    assert_eq!(
        (&found["folder"], &found["worlds"]),
        (&folder.as_str().into(), &20.into()),
        "{found}"
    );
    let policies = found["policies"].as_array().expect("policies");
    for policy in policies {
        assert!(
            policy["estimates"]["displaced_share"]["value"].is_number(),
            "{policy}"
        );
        let is_baseline = policy["policy"] == found["baseline"];
        assert_eq!(
            policy["against_baseline"].is_null(),
            is_baseline,
            "{policy}"
        );
    }
    let again = zorgdruk(&["report", &folder, "--quiet", "--json"]);
    assert_eq!(json(&again), found, "the same again");

    let limits = [
        "--indifference",
        "5",
        "--max-replications",
        "40",
        "--quiet",
        "--json",
    ];
    let output = zorgdruk(&[&["select", "small"], &limits[..]].concat());
    sound(&output);
    let found = json(&output);
    let selected = found["policies"].as_array().map(Vec::len);
    assert_eq!(selected, Some(policies.len()), "{found}");
    assert!(found["worlds"].as_u64().is_some_and(|n| n <= 40), "{found}");
    assert_eq!(found["seed"], 1, "that of the scenario: {found}");
}

#[test]
fn a_shell_and_man_learn_every_command() {
    let script = sound(&zorgdruk(&["completions", "bash"]));
    let page = sound(&zorgdruk(&["man"]));
    let place = Place::new();
    sound(&zorgdruk(&["man", "--out", &place.name("man1")]));
    for name in ["run", "levers", "man"] {
        assert!(
            script.contains(&format!("zorgdruk__subcmd__{name}")) || script.contains(name),
            "{name}"
        );
        assert!(
            page.contains(&format!("zorgdruk\\-{name}(1)")),
            "{name} in {page}"
        );
        let page = fs::read_to_string(place.path(format!("man1/zorgdruk-{name}.1")));
        assert!(page.expect("a page").contains(".SH SYNOPSIS"), "{name}");
    }
    assert_eq!(
        zorgdruk(&["completions", "cmd"]).status.code(),
        Some(2),
        "no such shell"
    );
    let taken = place.name("man1/zorgdruk-run.1");
    assert_eq!(
        zorgdruk(&["man", "--out", &taken]).status.code(),
        Some(4),
        "no folder"
    );
}

#[test]
fn the_long_version_says_what_the_program_is_made_of() {
    let (short, long) = (sound(&zorgdruk(&["-V"])), sound(&zorgdruk(&["--version"])));
    assert_eq!(short.lines().count(), 1, "{short}");
    for part in [
        "commit ",
        "features cli, charts",
        "stream version ",
        "build rustc",
    ] {
        assert!(long.contains(part), "{part} in {long}");
    }
}

#[test]
fn a_scenario_comes_from_standard_input() {
    let mut check = command();
    let elsewhere = Place::new();
    check.current_dir(elsewhere.path(""));
    check.args(["check", "-"]).stdin(Stdio::piped());
    check.stdout(Stdio::piped()).stderr(Stdio::piped());
    for (given, code) in [
        (fs::read("scenarios/small.toml").expect("a scenario"), 0),
        (b"WRONG".to_vec(), 3),
        (vec![0xff; 9], 3),
    ] {
        let mut child = check.spawn().expect("the program starts");
        let mut stdin = child.stdin.take().expect("a pipe");
        stdin.write_all(&given).expect("read");
        drop(stdin);
        let output = child.wait_with_output().expect("it ends");
        assert_eq!(output.status.code(), Some(code), "{}", text(&output.stderr));
    }
    let output = zorgdruk(&["slurm", "-", "--tasks", "2"]);
    assert_eq!(output.status.code(), Some(2), "tasks cannot read it");
}

#[test]
fn the_environment_gives_threads_and_folder() {
    let place = Place::new();
    let mut run = command();
    run.arg("run").args(FAST).args(["--replications", "2"]);
    run.env("ZORGDRUK_OUTPUT", place.path("all"));
    for (threads, code) in [("0", 2), ("many", 2), ("2", 0), ("", 0)] {
        let output = run.env("ZORGDRUK_THREADS", threads).output();
        let output = output.expect("the program starts");
        assert_eq!(
            output.status.code(),
            Some(code),
            "{threads}: {}",
            text(&output.stderr)
        );
    }
    assert!(
        place.path("all/small-2/summary.csv").is_file(),
        "none for a wrong number"
    );
}
