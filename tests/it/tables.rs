//! The tables of a run as other programs read them: what joins them, what types they have, and how
//! their numbers are written.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use jiff::civil::{Date, Weekday};
use serde_json::Value;

use crate::cli::{collect, text, zorgdruk};
use crate::place::{FAST, Place};

/// Rows by the names of their columns.
type Rows = Vec<BTreeMap<String, String>>;

/// Runs the fast scenario with figures, in few worlds.
fn run(place: &Place) -> String {
    run_into(place.name("run"), &[])
}

fn run_into(folder: String, more: &[&str]) -> String {
    let mut arguments = vec!["run", FAST[0], "--replications", "70", "--out", &folder];
    arguments.extend(&FAST[2..]);
    arguments.extend(more);
    let output = zorgdruk(&arguments);
    assert!(output.status.success(), "{}", text(&output.stderr));
    folder
}

fn rows(path: &Path, delimiter: u8) -> Rows {
    let mut reader = csv::ReaderBuilder::new();
    let reader = reader.delimiter(delimiter).from_path(path);
    let rows = reader.expect("a table").into_deserialize();
    rows.map(|row| row.expect("a row with every column"))
        .collect()
}

fn package(folder: &str) -> Value {
    let path = Path::new(folder).join("datapackage.json");
    serde_json::from_slice(&fs::read(path).expect("a package")).expect("JSON")
}

/// The path of each table with its rows and its fields, as the package describes them.
fn tables(folder: &str) -> Vec<(String, Rows, Vec<Value>)> {
    let package = package(folder);
    let resources = package["resources"].as_array().expect("resources");
    let table = |resource: &Value| {
        let name = resource["path"].as_str().expect("a path").to_owned();
        let delimiter = resource["dialect"]["delimiter"].as_str().expect("a sign");
        let rows = rows(&Path::new(folder).join(&name), delimiter.as_bytes()[0]);
        let fields = resource["schema"]["fields"].as_array().expect("fields");
        (name, rows, fields.clone())
    };
    resources.iter().map(table).collect()
}

/// Machine names of all estimands, as the dictionary has them.
fn estimands(tables: &[(String, Rows, Vec<Value>)]) -> BTreeSet<String> {
    let mut tables = tables.iter();
    let dictionary = tables.find(|(name, ..)| name == "dictionary.csv");
    let (_, names, _) = dictionary.expect("a dictionary");
    let names = names.iter().filter(|row| row["kind"] == "estimand");
    names.map(|row| row["name"].clone()).collect()
}

#[test]
fn every_table_is_described_and_joins_the_others() {
    let place = Place::new();
    let folder = run(&place);
    let mut files = BTreeMap::new();
    collect(Path::new(&folder), "", &mut files);
    let is_table = |name: &&String| Path::new(name).extension() == Some("csv".as_ref());
    let files: BTreeSet<&str> = files.keys().filter(is_table).map(String::as_str).collect();
    let tables = tables(&folder);
    let described: BTreeSet<&str> = tables.iter().map(|(name, ..)| name.as_str()).collect();
    assert_eq!(described, files, "all tables, and no other");

    let values = |file: &str, column: &str| -> BTreeSet<String> {
        let (_, rows, _) = tables
            .iter()
            .find(|(name, ..)| name == file)
            .expect("a table");
        rows.iter().map(|row| row[column].clone()).collect()
    };
    let run = values("policies.csv", "run");
    assert_eq!(run.len(), 1, "one run");
    let known = [
        ("run", run),
        ("scenario", BTreeSet::from(["small".to_owned()])),
        ("policy", values("policies.csv", "policy")),
        ("baseline", values("policies.csv", "policy")),
        ("region", values("regions.csv", "region")),
        ("estimand", estimands(&tables)),
        (
            "part",
            BTreeSet::from(["burn-in", "window", "follow-up"].map(str::to_owned)),
        ),
    ];
    for (file, rows, fields) in &tables {
        let names: Vec<&str> = fields
            .iter()
            .filter_map(|field| field["name"].as_str())
            .collect();
        assert_eq!(
            rows.first().map(BTreeMap::len),
            Some(names.len()),
            "columns of {file}"
        );
        assert!(
            !names.contains(&"key"),
            "{file}: a key says of what it is one"
        );
        assert_eq!(
            names[0] == "run",
            file != "input/sources.csv",
            "{file} has its run"
        );
        for row in rows {
            // Rows of streams.csv that are no difference have no baseline.
            let is_open = |column: &str| column == "baseline" && row[column].is_empty();
            for (column, known) in known.iter().filter(|(column, _)| names.contains(column)) {
                assert!(
                    known.contains(&row[*column]) || is_open(column),
                    "{column} of {file}: {row:?}"
                );
            }
        }
    }
}

#[test]
fn a_week_has_its_monday() {
    let place = Place::new();
    let folder = run(&place);
    let tables = tables(&folder);
    let (_, weekly, _) = tables
        .iter()
        .find(|(name, ..)| name == "weekly.csv")
        .expect("weeks");
    for row in weekly {
        let monday: Date = row["week_start"].parse().expect("a date");
        assert_eq!(monday.weekday(), Weekday::Monday, "{monday}");
        let week = monday.iso_week_date();
        assert_eq!(
            row["week"],
            format!("{}-W{:02}", week.year(), week.week()),
            "{monday}"
        );
    }
}

#[test]
fn fields_have_the_type_of_their_column_and_at_most_six_digits() {
    let place = Place::new();
    let folder = run(&place);
    for (file, rows, fields) in tables(&folder) {
        for field in fields {
            let name = field["name"].as_str().expect("a name");
            let kind = field["type"].as_str().expect("a type");
            for value in rows
                .iter()
                .map(|row| &row[name])
                .filter(|value| !value.is_empty())
            {
                let is_sound = match kind {
                    "integer" => value.parse::<i64>().is_ok(),
                    "number" => value.parse::<f64>().is_ok() && n_digits(value) <= 6,
                    "boolean" => value == "0" || value == "1",
                    "date" => value.parse::<Date>().is_ok(),
                    "string" | "any" => true,
                    _ => false,
                };
                assert!(is_sound, "{value:?} is no {kind}: {name} of {file}");
            }
        }
    }
}

/// Significant digits of a number; counts may have any number of them.
fn n_digits(number: &str) -> usize {
    if !number.contains('.') {
        return 0;
    }
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    digits.trim_start_matches('0').len()
}

#[test]
fn a_decimal_comma_changes_the_signs_only() {
    let place = Place::new();
    let folder = run(&place);
    let before = tables(&folder);
    let report = |sign: &str| zorgdruk(&["report", &folder, "--quiet", "--decimal", sign]);
    let output = report("comma");
    assert!(output.status.success(), "{}", text(&output.stderr));
    let after = tables(&folder);
    let summary = fs::read_to_string(place.path("run/summary.csv")).expect("a table");
    assert!(
        summary.starts_with("run;scenario;"),
        "semicolons: {summary}"
    );
    for ((file, rows, fields), (_, others, _)) in before.iter().zip(&after) {
        for field in fields.iter().filter(|field| field["type"] == "number") {
            let name = field["name"].as_str().expect("a name");
            for (row, other) in rows.iter().zip(others) {
                assert_eq!(row[name].replace('.', ","), other[name], "{name} of {file}");
            }
        }
    }
    let comma = run_into(place.name("comma"), &["--decimal", "comma"]);
    assert!(tables(&comma) == after, "as a run writes it at once");
    let export = ["export", &comma, "--worlds", "day", "--decimal", "comma"];
    let days = zorgdruk(&export).stdout;
    let header = text(&days).lines().next().map(str::to_owned);
    let header = header.unwrap_or_default();
    assert!(
        header.starts_with("run;scenario;replication;policy;"),
        "{header}"
    );
    assert!(report("point").status.success(), "back again");
    assert!(tables(&folder) == before, "as it was");
    let output = report("blank");
    assert_eq!(output.status.code(), Some(2), "{}", text(&output.stderr));
}

/// Validates a package where the Python package `frictionless` is installed.
fn valid(folder: impl AsRef<Path>, package: &str) {
    let mut frictionless = Command::new("frictionless");
    frictionless.args(["validate", package]).current_dir(folder);
    if let Ok(output) = frictionless.output() {
        assert!(output.status.success(), "{}", text(&output.stdout));
    }
}

#[test]
fn the_package_is_valid_where_it_can_be_checked() {
    let place = Place::new();
    let folder = run(&place);
    for sign in ["point", "comma"] {
        let output = zorgdruk(&["report", &folder, "--quiet", "--decimal", sign]);
        assert!(output.status.success(), "{}", text(&output.stderr));
        valid(&folder, "datapackage.json");
    }
}

/// Compares the table of a sweep with the package beside it.
fn describes_its_columns(place: &Place) {
    let text = fs::read_to_string(place.path("sweep.datapackage.json")).expect("what columns are");
    let package: Value = serde_json::from_str(&text).expect("JSON");
    let table = &package["resources"][0];
    assert_eq!(table["path"], "sweep.csv");
    let fields = table["schema"]["fields"].as_array().expect("columns");
    let named: Vec<&str> = fields
        .iter()
        .filter_map(|field| field["name"].as_str())
        .collect();
    let header = fs::read_to_string(place.path("sweep.csv")).expect("a table");
    assert_eq!(header.lines().next(), Some(named.join(",").as_str()));
    assert!(
        fields.iter().all(|field| field["description"] != ""),
        "{table}"
    );
    valid(place.path(""), "sweep.datapackage.json");
}

#[test]
fn a_sweep_has_a_column_for_each_lever() {
    let place = Place::new();
    let out = place.name("sweep.csv");
    let output = zorgdruk(&[
        "sweep",
        "small",
        "--quiet",
        "--replications",
        "2",
        "--out",
        &out,
        "--set-grid",
        "staff.workforce_share=0.9,1",
        "--set-grid",
        "policy.*.scale_down=early,late",
    ]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    describes_its_columns(&place);
    let rows = rows(Path::new(&out), b',');
    assert!(!rows.is_empty(), "a row for each estimand");
    for row in rows {
        let (share, timing) = (&row["staff.workforce_share"], &row["policy.*.scale_down"]);
        let settings = format!("staff.workforce_share={share} policy.*.scale_down={timing}");
        assert_eq!(row["settings"], settings, "the same in one column");
        assert_eq!(row["scenario"], "small");
    }
    let lines = place.name("sweep.jsonl");
    let first = ["--set-grid", "staff.workforce_share=0.9"];
    let settings = [
        "--replications",
        "2",
        "--set",
        "policy.*.scale_down=early",
        "--quiet",
    ];
    let swept = [&["sweep", "small", "--out", &lines], &first[..], &settings].concat();
    assert!(zorgdruk(&swept).status.success(), "lines");
    let lines = fs::read_to_string(&lines).expect("lines");
    let row: Value = serde_json::from_str(lines.lines().next().expect("a line")).expect("JSON");
    assert_eq!(
        (&row["staff.workforce_share"], &row["point"]),
        (&0.9.into(), &0.into())
    );
    let folder = place.name("point");
    let point = [
        "--set",
        "staff.workforce_share=0.9",
        "--no-figures",
        "--out",
        &folder,
    ];
    let run = [&["run", "small"], &settings[..], &point].concat();
    assert!(zorgdruk(&run).status.success(), "the point");
    let policies = self::rows(&place.path("point/policies.csv"), b',');
    assert!(row["value"].is_f64(), "{row}");
    assert_eq!(row["run"], policies[0]["run"].as_str(), "the same run");
}
