//! A run that is killed, stopped, starved of space or divided ends with the bytes of one that was
//! not.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use zorgdruk::report::RunFolder;

use crate::cli::{assert_same, collect, command, text, zorgdruk};
use crate::place::{FAST, Place};

/// One complete chunk and part of another.
const WORLDS: &str = "70";
/// So many that a signal comes in time, however busy the machine is.
const MANY_WORLDS: &str = "700";
impl Place {
    /// Runs the fast scenario and gives the files of the run.
    fn reference(&self, more: &[&str]) -> BTreeMap<String, Vec<u8>> {
        let output = fast(&[&["--out", &self.name("reference")], more].concat());
        assert!(output.status.success(), "{}", text(&output.stderr));
        files(&self.path("reference"))
    }
}

/// Runs the fast scenario.
fn fast(more: &[&str]) -> Output {
    zorgdruk(&[&["run"], &FAST[..], more].concat())
}

fn resume(folder: &str) -> Output {
    zorgdruk(&["run", "--quiet", "--resume", folder])
}

/// All files but the one that may differ, by their path in the folder.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    collect(folder, "", &mut files);
    assert!(
        files.remove("runtime.json").is_some(),
        "the run is complete"
    );
    files
}

fn bytes_in(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let sizes = entries.filter_map(|entry| Some(entry.ok()?.metadata().ok()?.len()));
    sizes.sum()
}

/// Begins the program and waits until there are so many bytes of rows in `rows`, or it has ended.
fn begun(arguments: &[&str], rows: &Path, bytes: u64) -> Child {
    let mut child = command()
        .args(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    while bytes_in(rows) < bytes && child.try_wait().expect("a state").is_none() {
        std::thread::yield_now();
    }
    child
}

/// Adds bytes to every journal, as a machine does that fails while it writes.
fn tear_journals(rows: &Path) {
    for entry in fs::read_dir(rows).into_iter().flatten() {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|kind| kind == "part") {
            let mut bytes = fs::read(&path).expect("a journal");
            bytes.extend([7; 500]);
            fs::write(&path, bytes).expect("torn");
        }
    }
}

#[test]
fn a_run_killed_anywhere_ends_as_if_it_had_not_been() {
    let place = Place::new();
    let expected = place.reference(&["--replications", WORLDS]);
    let total = bytes_in(&place.path("reference/rows"));
    let (folder, rows) = (place.name("run"), place.path("run/rows"));
    let arguments = [
        &["run"],
        &FAST[..],
        &["--replications", WORLDS, "--resume", &folder],
    ]
    .concat();
    for share in [0, 1, 20, 50, 80, 97] {
        let mut child = begun(&arguments, &rows, total * share / 100);
        child.kill().expect("killed");
        child.wait().expect("ended");
        tear_journals(&rows);
    }
    let output = zorgdruk(&arguments);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_same(&expected, &files(&place.path("run")), "six kills");
}

#[test]
fn damaged_rows_are_noticed_and_simulated_again() {
    let place = Place::new();
    let expected = place.reference(&["--replications", WORLDS]);
    let folder = place.path("reference");
    let damage: [fn(Vec<u8>) -> Vec<u8>; 4] = [
        |bytes| bytes[..bytes.len() / 2].to_vec(),
        |mut bytes| {
            bytes[300] ^= 4;
            bytes
        },
        |_| Vec::new(),
        |_| b"something else".to_vec(),
    ];
    for (number, damage) in damage.into_iter().enumerate() {
        let chunk = folder.join(format!("rows/chunk-0000{}.bin", number % 2));
        fs::write(&chunk, damage(fs::read(&chunk).expect("read"))).expect("written");
        let output = resume(&place.name("reference"));
        assert!(output.status.success(), "{}", text(&output.stderr));
        assert_same(&expected, &files(&folder), &format!("damage {number}"));
    }
    // A chunk in the place of another one is sound in itself.
    let (one, other) = (
        folder.join("rows/chunk-00000.bin"),
        folder.join("rows/chunk-00001.bin"),
    );
    fs::copy(&other, &one).expect("copied");
    let output = zorgdruk(&["run", "--resume", &place.name("reference")]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(
        text(&output.stderr).contains("simulated again"),
        "it is said"
    );
    assert_same(&expected, &files(&folder), "a chunk in the wrong place");
}

#[test]
fn a_run_is_resumed_only_as_itself() {
    let place = Place::new();
    let before = place.reference(&["--replications", "3"]);
    let folder = place.name("reference");
    let same = [
        &["run"],
        &FAST[..],
        &["--replications", "3", "--resume", &folder],
    ]
    .concat();
    let with = |more: &[&'static str]| [&same[..], more].concat();
    let cases: [(Vec<&str>, &str); 6] = [
        (with(&["--seed", "5"]), "seed: 1 against 5"),
        (
            with(&["--set", "staff.workforce_share=0.9"]),
            "scenario_sha256",
        ),
        (with(&["--policy", "supplement-2021"]), "frame"),
        (with(&["--shard", "1/2"]), "shard: none against"),
        (
            vec!["run", "--resume", &folder, "--replications", "4"],
            "n_replications: 3 against 4",
        ),
        (
            vec!["run", "--resume", "scenarios"],
            "not the folder of a run",
        ),
    ];
    for (arguments, message) in cases {
        let output = zorgdruk(&arguments);
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
        assert!(said.contains(message), "{arguments:?}: {said}");
    }
    assert_same(&before, &files(&place.path("reference")), "a refused run");
    assert!(zorgdruk(&same).status.success(), "itself");
}

#[test]
fn a_run_of_another_version_is_not_resumed() {
    let place = Place::new();
    place.reference(&["--replications", "3"]);
    let manifest = place.path("reference/manifest.json");
    let written = fs::read_to_string(&manifest).expect("read");
    let version = concat!("\"version\": \"", env!("CARGO_PKG_VERSION"), "\"");
    assert!(written.contains(version), "{written}");
    fs::write(
        &manifest,
        written.replace(version, "\"version\": \"0.0.9\""),
    )
    .expect("written");
    let output = resume(&place.name("reference"));
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("version: \"0.0.9\" against"), "{said}");
    let merged = zorgdruk(&["merge", &place.name("whole"), &place.name("reference")]);
    assert_eq!(merged.status.code(), Some(2), "{}", text(&merged.stderr));
}

#[test]
fn two_runs_exclude_each_other_from_a_folder() {
    let place = Place::new();
    let before = place.reference(&["--replications", "3"]);
    let folder = place.name("reference");
    let lock = RunFolder::reopen(&place.path("reference")).expect("free");
    let again = ["--out", &folder, "--force"];
    let outputs = [
        resume(&folder),
        fast(&again),
        zorgdruk(&["report", &folder]),
    ];
    for output in outputs {
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(4), "{said}");
        assert!(said.contains("another run is writing"), "{said}");
    }
    assert_same(&before, &files(&place.path("reference")), "three refusals");
    drop(lock);
    assert!(resume(&folder).status.success(), "free again");
}

#[cfg(unix)]
fn signal(child: &Child, name: &str) {
    let id = child.id().to_string();
    let status = Command::new("kill").args([name, &id]).status();
    assert!(status.expect("a shell's kill").success(), "sent");
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_reports_on_the_worlds_before_the_first_missing_one() {
    let place = Place::new();
    let folder = place.name("run");
    let arguments = [
        &["run"],
        &FAST[..],
        &["--replications", "20000", "--out", &folder],
    ]
    .concat();
    let child = begun(&arguments, &place.path("run/rows"), 100_000);
    signal(&child, "-INT");
    let output = child.wait_with_output().expect("ended");
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(130), "{said}");
    assert!(said.contains("--resume"), "the way on is named: {said}");
    let mut words = said.split_whitespace().skip_while(|word| *word != "first");
    let n = words.nth(1).expect("a number of worlds").to_owned();
    let expected = place.reference(&["--replications", &n]);
    let found = fs::read(place.path("run/summary.csv")).expect("a table");
    assert!(expected["summary.csv"] == found, "as a run of {n} worlds");
    let refused = zorgdruk(&["report", &folder]);
    assert_eq!(refused.status.code(), Some(1), "not the whole run");
    let so_far = zorgdruk(&["report", &folder, "--so-far", "--quiet"]);
    assert!(so_far.status.success(), "{}", text(&so_far.stderr));
    let again = fs::read(place.path("run/summary.csv")).expect("a table");
    assert!(again == found, "the same worlds");
    let report = fs::read_to_string(place.path("run/report.html")).expect("a report");
    assert!(
        report.contains("This run did not finish") && report.contains("20,000"),
        "the report says so first"
    );
}

#[cfg(unix)]
#[test]
fn a_terminated_run_ends_with_its_own_code_and_goes_on() {
    let place = Place::new();
    let expected = place.reference(&["--replications", MANY_WORLDS]);
    let (folder, rows) = (place.name("run"), place.path("run/rows"));
    let arguments = [
        &["run"],
        &FAST[..],
        &["--replications", MANY_WORLDS, "--resume", &folder],
    ]
    .concat();
    let child = begun(&arguments, &rows, 20_000);
    signal(&child, "-TERM");
    let output = child.wait_with_output().expect("ended");
    assert_eq!(output.status.code(), Some(75), "{}", text(&output.stderr));
    assert!(
        !place.path("run/summary.csv").exists(),
        "no time for reports"
    );
    let output = resume(&folder);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_same(&expected, &files(&place.path("run")), "a termination");
}

#[cfg(unix)]
#[test]
fn a_run_without_space_says_so_and_goes_on_when_there_is_some() {
    let place = Place::new();
    let expected = place.reference(&["--replications", WORLDS]);
    let folder = place.name("run");
    let program = command().get_program().to_owned();
    for blocks in [0, 1, 30, 100] {
        // No file may be larger; the signal that the limit sends is ignored, so that writing fails.
        let limited = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
        let output = Command::new("sh")
            .args(["-c", &limited])
            .arg(&program)
            .arg("run")
            .args(FAST)
            .args(["--replications", WORLDS, "--resume", &folder])
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .expect("a shell");
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(4), "{blocks} blocks: {said}");
    }
    let more = ["--replications", WORLDS, "--resume", &folder];
    let output = fast(&more);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_same(&expected, &files(&place.path("run")), "four faults");
}

#[test]
fn a_search_for_precision_goes_on_where_it_was_killed() {
    let sought = [
        "--precision",
        "displaced:relative=0.001",
        "--max-replications",
        WORLDS,
    ];
    for more in [&[][..], &["--confirm"]] {
        let place = Place::new();
        let expected = place.reference(&[&sought, more].concat());
        let folder = place.name("run");
        let asked = [&sought, more, &["--resume", &folder]].concat();
        let arguments = [&["run"], &FAST[..], &asked].concat();
        for rows in ["explored", "rows"] {
            let rows = place.path("run").join(rows);
            if rows.ends_with("rows") || !more.is_empty() {
                let mut child = begun(&arguments, &rows, 20_000);
                child.kill().expect("killed");
                child.wait().expect("ended");
            }
        }
        let output = resume(&folder);
        assert!(output.status.success(), "{}", text(&output.stderr));
        assert_same(&expected, &files(&place.path("run")), "kills while looking");
    }
}

/// Simulates all shards, and gives their folders.
fn shards(place: &Place, n: u32, of: u32) -> Vec<String> {
    let simulate = |number: u32| {
        let folder = place.name(&format!("{number}-{of}-of-{n}"));
        let n = n.to_string();
        let shard = format!("{number}/{of}");
        let output = fast(&["--replications", &n, "--shard", &shard, "--out", &folder]);
        assert!(output.status.success(), "{}", text(&output.stderr));
        folder
    };
    (1..=of).map(simulate).collect()
}

fn merge(out: &str, shards: &[String]) -> Output {
    let shards: Vec<&str> = shards.iter().map(String::as_str).collect();
    zorgdruk(&[&["merge", "--quiet", out], &shards[..]].concat())
}

#[test]
fn shards_of_any_number_and_order_are_the_run_itself() {
    let place = Place::new();
    let expected = place.reference(&["--replications", WORLDS]);
    for of in [1, 3, 10] {
        let mut shards = shards(&place, 70, of);
        shards.reverse();
        shards.rotate_left(of as usize / 2);
        let out = place.name(&format!("whole-{of}"));
        let output = merge(&out, &shards);
        assert!(output.status.success(), "{}", text(&output.stderr));
        assert_same(&expected, &files(Path::new(&out)), &format!("{of} shards"));
    }
}

#[test]
fn shards_that_are_no_whole_are_refused_by_name() {
    let place = Place::new();
    let three = shards(&place, 7, 3);
    let two = shards(&place, 7, 2);
    let other = shards(&place, 8, 2);
    let out = place.name("whole");
    let pick = |folders: &[&String]| folders.iter().copied().cloned().collect::<Vec<_>>();
    let cases = [
        (pick(&[&three[0], &three[2]]), "worlds 2 to 3 are missing"),
        (pick(&[&two[0]]), "worlds 3 to 6 are missing"),
        (pick(&[&two[0], &three[1], &three[2]]), "world 2 is both in"),
        (pick(&[&two[0], &two[1], &two[0]]), "both in"),
        (pick(&[&two[0], &other[1]]), "n_replications: 7 against 8"),
    ];
    for (shards, message) in cases {
        let output = merge(&out, &shards);
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{shards:?}: {said}");
        assert!(said.contains(message), "{shards:?}: {said}");
        assert!(!Path::new(&out).exists(), "nothing is written");
    }
    let report = zorgdruk(&["report", &two[0]]);
    assert!(
        text(&report.stderr).contains("zorgdruk merge"),
        "the way on"
    );
    let rows = Path::new(&two[1]).join("rows/chunk-00000.bin");
    fs::remove_file(rows).expect("removed");
    let unfinished = merge(&out, &two);
    assert_eq!(unfinished.status.code(), Some(1), "a shard without rows");
    assert!(
        text(&unfinished.stderr).contains("did not finish"),
        "said so"
    );
}

#[test]
fn a_merge_that_cannot_be_leaves_every_folder_as_it_was() {
    let place = Place::new();
    let two = shards(&place, 7, 2);
    let whole = place.reference(&["--replications", "7"]);
    let inputs = [0, 1].map(|n| files(Path::new(&two[n])));
    let force = |out: &str| {
        let output = zorgdruk(&["merge", "--force", "--quiet", out, &two[0], &two[1]]);
        (output.status.code(), text(&output.stderr))
    };
    let around = format!("{}/../{}", two[0], "1-2-of-7");
    for out in [&two[0], &two[1], &around] {
        let (code, said) = force(out);
        assert_eq!(code, Some(2), "{out}: {said}");
        assert!(said.contains("name another one"), "{out}: {said}");
    }
    let rows = Path::new(&two[1]).join("rows/chunk-00000.bin");
    let sound = fs::read(&rows).expect("read");
    fs::write(&rows, &sound[..sound.len() / 2]).expect("damaged");
    let (code, said) = force(&place.name("reference"));
    assert_eq!(code, Some(1), "damaged rows: {said}");
    fs::write(&rows, &sound).expect("mended");
    assert_same(&inputs[0], &files(Path::new(&two[0])), "the first shard");
    assert_same(&inputs[1], &files(Path::new(&two[1])), "the second shard");
    assert_same(&whole, &files(&place.path("reference")), "the run before");
}

#[test]
fn a_run_whose_scenario_was_changed_is_refused_alike() {
    let place = Place::new();
    place.reference(&["--replications", "3"]);
    let folder = place.name("reference");
    let copy = place.path("reference/input/small.toml");
    let written = fs::read_to_string(&copy).expect("read");
    let altered = written.replacen("population", "population ", 1);
    assert_ne!(written, altered, "something to alter");
    for content in [altered.as_bytes(), b"garbage [", b"\xff"] {
        fs::write(&copy, content).expect("altered");
        let replay = ["--replication", "0", "--policy", "framework-2020"];
        for arguments in [
            vec!["merge", &place.name("whole"), &folder],
            vec!["run", "--resume", &folder],
            [&["replay", &folder], &replay[..]].concat(),
        ] {
            let output = zorgdruk(&arguments);
            let said = text(&output.stderr);
            assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
            assert!(
                said.contains("not the one that was run"),
                "{arguments:?}: {said}"
            );
        }
    }
    assert!(!place.path("whole").exists(), "nothing is written");
}

#[test]
fn rows_of_another_seed_are_refused_and_kept() {
    let place = Place::new();
    let expected = place.reference(&["--replications", "3"]);
    let (folder, manifest) = (
        place.name("reference"),
        place.path("reference/manifest.json"),
    );
    let written = fs::read_to_string(&manifest).expect("read");
    let altered = written.replacen("\"seed\": 1,", "\"seed\": 2,", 1);
    assert_ne!(written, altered, "a seed to alter");
    fs::write(&manifest, altered).expect("written");
    let replay = ["--replication", "0", "--policy", "framework-2020"];
    for arguments in [
        vec!["report", &folder],
        vec!["report", "--so-far", &folder],
        vec!["run", "--resume", &folder],
        vec!["merge", &place.name("whole"), &folder],
        [&["replay", &folder], &replay[..]].concat(),
    ] {
        let output = zorgdruk(&arguments);
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {said}");
        assert!(said.contains("another seed"), "{arguments:?}: {said}");
        assert!(!said.contains("--resume"), "{arguments:?}: {said}");
    }
    fs::write(&manifest, written).expect("as it was");
    assert!(resume(&folder).status.success(), "the rows are still there");
    assert_same(&expected, &files(&place.path("reference")), "five refusals");
}

#[cfg(unix)]
#[test]
fn the_scripts_for_a_cluster_give_the_run_itself() {
    let place = Place::new();
    let expected = place.reference(&["--replications", WORLDS]);
    let study = FAST.iter().filter(|word| **word != "--quiet").copied();
    let mut arguments: Vec<&str> = vec!["slurm"];
    arguments.extend(study);
    let out = place.name("cluster");
    arguments.extend([
        "--replications",
        WORLDS,
        "--tasks",
        "3",
        "--threads",
        "1",
        "--out",
        &out,
    ]);
    let output = zorgdruk(&arguments);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let script = |name: &str, task: &str| {
        let output = Command::new("bash")
            .arg(name)
            .env("SLURM_ARRAY_TASK_ID", task)
            .current_dir(&out)
            .output()
            .expect("a shell");
        assert!(output.status.success(), "{name}: {}", text(&output.stderr));
    };
    for task in ["3", "1", "2", "1"] {
        script("array.sh", task);
    }
    script("merge.sh", "");
    let merged = Path::new(&out).join("run");
    assert_same(&expected, &files(&merged), "three tasks");
    let again = zorgdruk(&arguments);
    assert_eq!(again.status.code(), Some(4), "{}", text(&again.stderr));
}
