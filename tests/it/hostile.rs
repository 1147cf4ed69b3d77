//! Files and folders that others made: nothing of theirs is touched, and nothing in them leads astray.

use std::fs;
use std::process::Output;

use zorgdruk::report::folder::Existing;
use zorgdruk::report::{RowStore, RunFolder};

use crate::cli::{command, text, zorgdruk};
use crate::fixture;
use crate::place::{FAST, Place};

/// A policy like another one.
const EXTENDS: &str = "extends = \"framework-2020\"";

impl Place {
    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, text).expect("written");
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect("read")
    }

    /// Runs the fast study into `out`.
    fn run(&self, out: &str, more: &[&str]) -> Output {
        let out = self.name(out);
        zorgdruk(&[&["run"], &FAST[..], &["--out", &out], more].concat())
    }

    /// A scenario of its own in the folder `place`, with the shipped policies and two of its own.
    fn scenario(&self, folder: &str, name: &str, own: [&str; 2]) -> String {
        let policies = self.path(folder).join("policies");
        fs::create_dir_all(&policies).expect("made");
        for entry in fs::read_dir("scenarios/policies").expect("policies") {
            let path = entry.expect("an entry").path();
            fs::copy(&path, policies.join(path.file_name().expect("a name"))).expect("copied");
        }
        let policy = fs::read_to_string("scenarios/policies/framework-2020.toml").expect("read");
        for (key, file) in ["pa", "pb"].iter().zip(own) {
            let policy = policy
                .replacen("\"framework-2020\"", &format!("{key:?}"), 1)
                .replacen("en = \"", &format!("en = \"{key} "), 1)
                .replacen("nl = \"", &format!("nl = \"{key} "), 1);
            self.write(&format!("{folder}/{file}"), &policy);
        }
        let scenario = fs::read_to_string("scenarios/small.toml").expect("read");
        let scenario = scenario.replacen("policies = [", "policies = [\"pa\", \"pb\", ", 1);
        let scenario = format!("policy_files = {own:?}\n{scenario}");
        self.write(&format!("{folder}/{name}"), &scenario);
        self.name(&format!("{folder}/{name}"))
    }
}

fn check(output: &Output, code: i32, what: &str) {
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{what}: {said}");
    assert!(!said.contains("a bug"), "{what}: {said}");
}

#[test]
fn a_folder_of_another_program_is_left_alone() {
    for (mark, text) in [
        (".lock", "of another program"),
        ("manifest.json", "{\"name\": \"web app\"}"),
    ] {
        for force in [&[][..], &["--force"]] {
            let place = Place::new();
            place.write(&format!("f/{mark}"), text);
            place.write("f/input/thesis.txt", "precious");
            check(
                &place.run("f", &[force, &["--replications", "2"]].concat()),
                4,
                mark,
            );
            assert_eq!(place.read("f/input/thesis.txt"), "precious", "{mark}");
            assert_eq!(place.read(&format!("f/{mark}")), text, "{mark}");
            assert!(!place.path("f/rows").exists(), "nothing is written");
        }
    }
}

#[test]
fn a_replaced_run_leaves_the_files_of_others() {
    let place = Place::new();
    let again = ["--replications", "2", "--force"];
    check(&place.run("f", &again), 0, "a run");
    let others = [
        "rows/notes.txt",
        "input/thesis.txt",
        "figures/mine.svg",
        "mine.csv",
    ];
    for name in others {
        place.write(&format!("f/{name}"), "precious");
    }
    check(&place.run("f", &again), 0, "another in its place");
    for name in others {
        assert_eq!(place.read(&format!("f/{name}")), "precious", "{name}");
    }
}

#[test]
fn a_shard_cannot_name_files_outside_its_folder() {
    let place = Place::new();
    for number in ["1", "2"] {
        let shard = format!("{number}/2");
        let out = format!("in/s{number}");
        check(
            &place.run(&out, &["--replications", "6", "--shard", &shard]),
            0,
            "a shard",
        );
        let manifest = format!("{out}/manifest.json");
        let written = place.read(&manifest);
        let evil = written.replace("input/policies/no-coordination.toml", "../drop/evil.toml");
        assert_ne!(written, evil, "something to replace");
        place.write(&manifest, &evil);
    }
    place.write(
        "in/drop/evil.toml",
        &place.read("in/s1/input/policies/no-coordination.toml"),
    );
    place.write("out/drop/evil.toml", "precious");
    let parts = [place.name("in/s1"), place.name("in/s2")];
    let merged = zorgdruk(&["merge", &place.name("out/whole"), &parts[0], &parts[1]]);
    check(&merged, 1, "a damaged run");
    assert_eq!(place.read("out/drop/evil.toml"), "precious", "outside");
}

#[cfg(unix)]
#[test]
fn no_command_replaces_what_is_no_regular_file() {
    let place = Place::new();
    let link = place.path("link");
    std::os::unix::fs::symlink("/dev/null", &link).expect("a link");
    let out = place.name("link");
    let replay = [
        "replay",
        "scenarios/small.toml",
        "--replication",
        "0",
        "--policy",
    ];
    let replay = [&replay[..], &["framework-2020", "--force", "--out", &out]].concat();
    check(&zorgdruk(&replay), 4, "replay");
    check(
        &zorgdruk(&["verify", "--force", "--csv", &out]),
        4,
        "verify",
    );
    assert!(link.is_symlink(), "the link is still there");
    place.write("mine.csv", "mine");
    check(
        &zorgdruk(&["verify", "--csv", &place.name("mine.csv")]),
        4,
        "a file of mine",
    );
    assert_eq!(place.read("mine.csv"), "mine", "kept");
}

#[cfg(unix)]
#[test]
fn a_pipe_is_not_waited_for() {
    let place = Place::new();
    check(&place.run("o", &["--replications", "2"]), 0, "a run");
    let pipe = |name: &str| {
        let path = place.path(name);
        let _ = fs::remove_file(&path);
        let made = std::process::Command::new("mkfifo").arg(&path).status();
        assert!(made.expect("mkfifo").success(), "a pipe");
        place.name(name)
    };
    check(&zorgdruk(&["check", &pipe("s.toml")]), 3, "as scenario");
    let observed = [
        "backtest",
        "scenarios/small.toml",
        "--observed",
        &pipe("o.csv"),
    ];
    check(&zorgdruk(&observed), 3, "as observed data");
    pipe("o/rows/chunk-00000.bin");
    check(&zorgdruk(&["report", &place.name("o")]), 1, "as rows");
    pipe("o/.lock");
    check(&zorgdruk(&["report", &place.name("o")]), 4, "as lock");
}

#[test]
fn a_run_goes_on_whatever_its_files_are_called() {
    for (name, own) in [
        ("sources.csv", ["x:p.toml", "x_p.toml"]),
        ("observed.csv", ["up/p.toml", "../p.toml"]),
        ("a.toml", ["a.toml.d/p.toml", "A.toml"]),
    ] {
        let place = Place::new();
        let scenario = place.scenario("deep/s", name, own);
        let out = place.name("o");
        let run = [
            &["run", &scenario],
            &FAST[1..],
            &["--replications", "2", "--out", &out],
        ];
        check(&zorgdruk(&run.concat()), 0, name);
        fs::remove_file(place.path("o/rows/chunk-00000.bin")).expect("rows");
        check(&zorgdruk(&["run", "--quiet", "--resume", &out]), 0, name);
        check(
            &zorgdruk(&["merge", "--quiet", &place.name("m"), &out]),
            0,
            name,
        );
        let replay = ["replay", &out, "--replication", "0", "--policy", "pb"];
        check(&zorgdruk(&replay), 0, name);
        // The command in the report, given from elsewhere.
        fs::remove_dir_all(place.path("deep")).expect("the scenario is gone");
        let again = place.name("again");
        let repeated = [
            "run",
            &out,
            "--quiet",
            "--replications",
            "2",
            "--out",
            &again,
        ];
        check(&zorgdruk(&repeated), 0, name);
        let [first, second] = ["o", "again"].map(|run| place.read(&format!("{run}/summary.csv")));
        assert_eq!(first, second, "{name}: the same results");
    }
}

#[test]
fn a_changed_copy_of_any_file_is_noticed_by_every_command() {
    let place = Place::new();
    check(&place.run("o", &["--replications", "2"]), 0, "a run");
    let out = place.name("o");
    let resumed = [
        &["run"],
        &FAST[..],
        &["--replications", "2", "--resume", &out],
    ]
    .concat();
    for name in ["small.toml", "policies/supplement-2021.toml", "sources.csv"] {
        let copy = format!("o/input/{name}");
        let written = place.read(&copy);
        place.write(&copy, &written.replacen("assumption", "sourced", 1));
        for command in [
            vec!["report", &out],
            vec!["merge", &place.name("m"), &out],
            vec!["run", "--resume", &out],
            resumed.clone(),
        ] {
            let output = zorgdruk(&command);
            check(&output, 2, name);
            assert!(text(&output.stderr).contains(name), "{name} is named");
        }
        fs::remove_file(place.path(&copy)).expect("removed");
        let missing = zorgdruk(&["report", &out]);
        check(&missing, 1, name);
        let said = text(&missing.stderr);
        assert!(
            said.contains("No such file"),
            "what the system said: {said}"
        );
        place.write(&copy, &written);
    }
    check(&zorgdruk(&resumed), 0, "as it was");
}

#[test]
fn a_file_that_claims_to_be_huge_is_refused_at_once() {
    let place = Place::new();
    check(&place.run("o", &["--replications", "2"]), 0, "a run");
    let written = place.read("o/manifest.json");
    let mut manifest: serde_json::Value = serde_json::from_str(&written).expect("JSON");
    let input = manifest["inputs"][0].clone();
    manifest["inputs"] = vec![input; 200_000].into();
    place.write("o/manifest.json", &manifest.to_string());
    let report = zorgdruk(&["report", &place.name("o")]);
    check(&report, 1, "very many inputs");
    manifest["inputs"] = serde_json::json!([]);
    manifest["n_replications"] = 0.into();
    place.write("o/manifest.json", &manifest.to_string());
    check(&zorgdruk(&["report", &place.name("o")]), 1, "no worlds");
}

#[test]
fn a_study_too_large_for_memory_is_refused_with_its_size() {
    let place = Place::new();
    let scenario = fs::read_to_string("scenarios/small.toml").expect("read");
    let policies = scenario.find("policies = [").expect("a list");
    let end = policies + scenario[policies..].find(']').expect("its end") + 1;
    let keys: Vec<String> = (0..64).map(|n| format!("\"p-{n}\"")).collect();
    let list = format!("baseline = \"p-0\"\npolicies = [{}]", keys.join(", "));
    let mut many = scenario.replacen(&scenario[policies..end], &list, 1);
    for key in keys {
        let label = format!("label = {key}\ndescription = \"x\"");
        let lines = [
            "",
            "[[policy]]",
            &format!("key = {key}"),
            &label,
            EXTENDS,
            "",
        ];
        many.push_str(&lines.join("\n"));
    }
    place.scenario("s", "unused.toml", ["a.toml", "b.toml"]);
    place.write(
        "s/many.toml",
        &many.replacen("baseline = \"framework-2020\"", "", 1),
    );
    let name = place.name("s/many.toml");
    let weeks = |n: &str| format!("study.window_weeks={n}");
    let short = zorgdruk(&["check", &name, "--set", &weeks("2")]);
    check(&short, 0, "two weeks");
    let long = zorgdruk(&["check", &name, "--set", &weeks("104")]);
    check(&long, 3, "two years");
    let said = text(&long.stderr);
    assert!(
        said.contains("numbers per replication") && said.contains("MB"),
        "{said}"
    );
}

#[test]
fn numbers_of_any_size_that_is_allowed_are_stored_and_reported() {
    let place = Place::new();
    for (name, change) in [
        ("value", "region[0].lendable_workers=19990"),
        (
            "operations",
            "sessions.weekly_operations=[1000000,1000000,1000000]",
        ),
        ("harm", "planned.stream[0].harm_per_month=1000"),
    ] {
        let more = ["--replications", "3", "--set", change];
        check(&place.run(name, &more), 0, change);
    }
    let workers = ["--set", "region[0].lendable_workers=19990"];
    let fast = [&FAST[..1], &FAST[2..], &workers].concat();
    for (command, more) in [
        (
            "sweep",
            &[
                "--replications",
                "2",
                "--set-grid",
                "staff.workforce_share=0.9,1",
            ][..],
        ),
        (
            "select",
            &[
                "--estimand",
                "clinic_value_lost",
                "--indifference",
                "5",
                "--max-replications",
                "20",
            ],
        ),
    ] {
        check(
            &zorgdruk(&[&[command], &fast[..], more].concat()),
            0,
            command,
        );
    }
    let price = [
        "--set",
        "clinics.price_euros=1000000",
        "--set",
        "clinics.workers_per_block=1",
    ];
    let dear = [&["check", "scenarios/small.toml"], &workers[..], &price].concat();
    check(&zorgdruk(&dear), 3, "more than sums can hold");
}

#[test]
fn a_path_of_very_many_steps_is_refused() {
    let place = Place::new();
    let path = format!("{}a", "a.".repeat(100_000));
    let change = format!("{}a=1", "a.".repeat(25_000));
    check(
        &zorgdruk(&["check", "scenarios/small.toml", "--set", &change]),
        3,
        "--set",
    );
    let scenario = place.scenario("s", "s.toml", ["a.toml", "b.toml"]);
    let written = place.read("s/s.toml");
    let sweep = format!("{written}\n[sweep]\n\"{path}\" = [1]\n");
    let value = "{ values = [1, 2], source = \"assumption: x; range: y\" }";
    let uncertain = format!("{written}\n[uncertainty]\n\"staff.{path}\" = {value}\n");
    for (text, command) in [(sweep, "check"), (uncertain, "sensitivity")] {
        place.write(
            "s/s.toml",
            &text.replacen("[uncertainty]\n[uncertainty]", "[uncertainty]", 1),
        );
        let output = zorgdruk(&[command, &scenario]);
        assert!(
            output.status.code().is_some_and(|code| code > 0),
            "{command}: {output:?}"
        );
        check(&output, 3, command);
    }
}

#[test]
fn very_many_mistakes_take_no_longer_than_those_that_are_shown() {
    let place = Place::new();
    for text in [
        "=\n".repeat(2_000_000),
        "\\q".repeat(1_000_000),
        "a=1\n".repeat(900_000),
    ] {
        place.write("s.toml", &text);
        let output = zorgdruk(&["check", &place.name("s.toml")]);
        check(&output, 3, "many mistakes");
    }
    place.write("o.csv", &"a,".repeat(2_000_000));
    let observed = place.name("o.csv");
    let output = zorgdruk(&["backtest", "scenarios/small.toml", "--observed", &observed]);
    check(&output, 3, "many columns");
}

#[test]
fn nothing_in_a_file_steers_the_terminal() {
    let place = Place::new();
    let title = "title=\"\\u001b]0;owned\\u0007\\u001b[31m\\u202ered\"";
    place.write("e.toml", "key = \"\u{1b}[31m\u{202e}\"\n");
    place.write("o.csv", "date,series,value\n2021-10-04,\u{1b}[2Jx,1\n");
    let (scenario, observed) = (place.name("e.toml"), place.name("o.csv"));
    for arguments in [
        vec!["check", "scenarios/small.toml", "--set", title],
        vec!["check", &scenario],
        vec!["backtest", "scenarios/small.toml", "--observed", &observed],
    ] {
        let output = zorgdruk(&arguments);
        let said = text(&output.stdout) + &text(&output.stderr);
        let is_plain = |c: char| !c.is_control() || c == '\n';
        assert!(said.chars().all(is_plain), "{arguments:?}: {said:?}");
        assert!(
            !said.contains('\u{202e}') && said.contains('\u{fffd}'),
            "{said:?}"
        );
    }
}

#[test]
fn no_page_holds_characters_that_turn_its_lines() {
    let place = Place::new();
    let title = "title=\"A\\uFEFFB\\u202Etxt.exe\"";
    let figures = FAST.iter().filter(|word| **word != "--no-figures").copied();
    let out = place.name("o");
    let mut run = vec!["run"];
    run.extend(figures);
    run.extend(["--replications", "12", "--set", title, "--out", &out]);
    check(&zorgdruk(&run), 0, "a run");
    check(
        &zorgdruk(&["report", &out, "--pdf", "--quiet"]),
        0,
        "a brief",
    );
    for name in ["report.html", "figures/displacement-ladder.svg"] {
        let page = place.read(&format!("o/{name}"));
        assert!(!page.contains(['\u{feff}', '\u{202e}']), "{name}");
    }
}

#[cfg(unix)]
#[test]
fn scripts_for_a_cluster_are_complete_or_written_again() {
    let place = Place::new();
    let out = place.name("c");
    let slurm = [
        "slurm",
        "scenarios/small.toml",
        "--tasks",
        "2",
        "--out",
        &out,
    ];
    check(&zorgdruk(&slurm), 0, "new");
    let array = place.read("c/array.sh");
    check(&zorgdruk(&slurm), 4, "there already");
    fs::remove_file(place.path("c/submit.sh")).expect("removed");
    place.write("c/merge.sh", &place.read("c/merge.sh")[..60]);
    check(&zorgdruk(&slurm), 0, "what a call that was killed left");
    assert_eq!(place.read("c/array.sh"), array, "whole again");
    fs::remove_file(place.path("c/submit.sh")).expect("removed");
    place.write("c/array.sh", "#!/bin/sh\nmine\n");
    check(&zorgdruk(&slurm), 4, "a script of mine");
    assert_eq!(place.read("c/array.sh"), "#!/bin/sh\nmine\n", "kept");
}

#[cfg(unix)]
#[test]
fn of_two_calls_at_once_one_writes_the_scripts() {
    let place = Place::new();
    let out = place.name("c");
    let start = |seed: &str| {
        let slurm = [
            "slurm",
            "scenarios/small.toml",
            "--tasks",
            "2",
            "--out",
            &out,
        ];
        let mut call = command();
        call.args(slurm).args(["--seed", seed]);
        let (out, err) = (std::process::Stdio::null(), std::process::Stdio::null());
        call.stdout(out).stderr(err).spawn().expect("started")
    };
    let calls: Vec<_> = ["1", "2", "3", "4"].map(start).into_iter().collect();
    let codes = calls
        .into_iter()
        .map(|mut call| call.wait().expect("ended").code());
    let won = codes.filter(|code| *code == Some(0)).count();
    assert_eq!(won, 1, "one of four");
}

#[cfg(target_os = "linux")]
#[test]
fn a_path_that_no_script_can_name_is_refused() {
    use std::os::unix::ffi::OsStringExt;
    let place = Place::new();
    let out = std::ffi::OsString::from_vec(b"c\xfe".to_vec());
    let mut call = command();
    call.args(["slurm", "scenarios/small.toml", "--tasks", "2", "--out"]);
    let output = call.arg(place.path(out)).output().expect("ended");
    check(&output, 2, "not UTF-8");
}

#[cfg(unix)]
#[test]
fn a_stopped_backtest_goes_on() {
    let place = Place::new();
    let out = place.name("b");
    let study = [&FAST[..2], &FAST[3..]].concat();
    let observed = ["--observed", "scenarios/observed-example.csv"];
    let backtest = [
        &["backtest"],
        &study[..],
        &observed,
        &["--replications", "4000"],
    ]
    .concat();
    let mut call = command();
    call.args(&backtest).args(["--resume", &out]);
    let pipe = std::process::Stdio::piped;
    let child = call.stdout(pipe()).stderr(pipe()).spawn().expect("started");
    while !place.path("b/rows/chunk-00000.part").exists() {
        std::thread::yield_now();
    }
    let id = child.id().to_string();
    std::process::Command::new("kill")
        .args(["-TERM", &id])
        .status()
        .expect("sent");
    let output = child.wait_with_output().expect("ended");
    check(&output, 75, "terminated");
    assert!(
        text(&output.stderr).contains("--resume"),
        "{}",
        text(&output.stderr)
    );
    // Fewer worlds are another run.
    let fewer = [
        &["backtest"],
        &study[..],
        &observed,
        &["--replications", "40"],
    ]
    .concat();
    check(
        &zorgdruk(&[&fewer[..], &["--resume", &out]].concat()),
        2,
        "another run",
    );
    let whole = place.name("w");
    check(
        &zorgdruk(&[&fewer[..], &["--out", &whole]].concat()),
        0,
        "a whole one",
    );
    fs::remove_file(place.path("w/rows/chunk-00000.bin")).expect("rows");
    fs::remove_file(place.path("w/backtest.csv")).expect("a table");
    check(
        &zorgdruk(&[&fewer[..], &["--resume", &whole]].concat()),
        0,
        "resumed",
    );
    assert!(place.path("w/backtest.csv").exists(), "with its table");
}

/// Another file of observed data is another backtest, and damage to the copy is noticed.
#[test]
fn observed_data_are_an_input_like_the_others() {
    let place = Place::new();
    let (out, data) = (place.name("b"), "scenarios/observed-example.csv");
    let study = [&["backtest"], &FAST[..], &["--replications", "2"]].concat();
    let run = |to: &str, observed: &str| {
        zorgdruk(&[&study[..], &[to, &out, "--observed", observed]].concat())
    };
    check(&run("--out", data), 0, "a backtest");
    let copy = place.path("b/input/observed.csv");
    let mut rows = fs::read_to_string(&copy).expect("the copy");
    let other = place.name("other.csv");
    let (fewer, _last) = rows.trim_end().rsplit_once('\n').expect("rows");
    fs::write(&other, fewer).expect("a row less");
    check(&run("--resume", &other), 2, "other data");
    rows.push('\n');
    fs::write(&copy, rows).expect("damaged");
    for output in [zorgdruk(&["report", &out]), run("--resume", data)] {
        check(&output, 2, "a damaged copy");
        let said = text(&output.stderr);
        assert!(said.contains("not the one that was run"), "{said}");
    }
}

#[test]
fn table_and_figure_have_files_of_their_own() {
    let place = Place::new();
    let file = place.name("x.svg");
    let sweep = [
        "sweep",
        "scenarios/small.toml",
        "--policy",
        "framework-2020",
        "--set-grid",
    ];
    let targets = [
        "staff.workforce_share=0.9,1",
        "--out",
        &file,
        "--figure",
        &file,
    ];
    check(
        &zorgdruk(&[&sweep[..], &targets].concat()),
        2,
        "one file for two things",
    );
}

#[test]
fn a_study_that_is_too_long_is_not_told_of_an_impossible_range() {
    let long = [
        "study.window_weeks=104",
        "study.follow_up_weeks=104",
        "study.burn_in_weeks=52",
    ];
    let mut arguments = vec!["check", "scenarios/small.toml"];
    arguments.extend(long.iter().flat_map(|change| ["--set", change]));
    let output = zorgdruk(&arguments);
    check(&output, 3, "too long");
    let said = text(&output.stderr);
    assert!(said.contains("the three periods together"), "{said}");
    assert!(!said.contains("weeks of the study"), "{said}");
}

#[test]
fn a_scenario_with_very_many_values_to_sweep_is_refused_at_once() {
    let place = Place::new();
    let scenario = place.scenario("s", "s.toml", ["a.toml", "b.toml"]);
    let values: Vec<String> = (0..3_000).map(|n| format!("0.5{n:04}")).collect();
    let sweep = format!(
        "\n[sweep]\n\"staff.workforce_share\" = [{}]\n",
        values.join(", ")
    );
    place.write("s/s.toml", &(place.read("s/s.toml") + &sweep));
    let output = zorgdruk(&["check", &scenario]);
    check(&output, 3, "too many");
    assert!(
        text(&output.stderr).contains("3000 values"),
        "{}",
        text(&output.stderr)
    );
}

#[test]
fn regions_anywhere_on_the_map_are_drawn() {
    let place = Place::new();
    let figures = FAST.iter().filter(|word| **word != "--no-figures").copied();
    let out = place.name("o");
    let mut run = vec!["run"];
    run.extend(figures);
    run.extend(["--replications", "12", "--set", "region[0].tile=[31, 0]"]);
    // With few nurses somebody comes too late, without whom there is no map.
    run.extend([
        "--set",
        "region[1].tile=[0, 31]",
        "--set",
        "staff.workforce_share=0.8",
    ]);
    run.extend(["--out", &out]);
    check(&zorgdruk(&run), 0, "two corners");
    assert!(place.path("o/figures/region-map.svg").exists(), "the map");
}

#[cfg(target_os = "linux")]
#[test]
fn what_the_disk_has_no_room_for_is_not_begun() {
    let place = Place::new();
    let model = fixture::small(&[]);
    let folder = RunFolder::create(&place.path("o"), Existing::Keep).expect("a folder");
    let manifest = fixture::manifest(&model, 1);
    let store = RowStore::reported(&folder, &manifest);
    assert!(store.check_room(1, 1).is_ok(), "a byte");
    let refused = store
        .check_room(1, usize::MAX)
        .map_err(|error| error.to_string());
    assert!(
        refused.is_err_and(|said| said.contains("MB are free")),
        "all that there is"
    );
}
