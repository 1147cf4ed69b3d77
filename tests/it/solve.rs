//! `solve`: the value of a lever at which a target is met, as a user asks for it.

use serde_json::Value;

use crate::cli::{text, zorgdruk};

const LEVER: &str = "staff.workforce_share";

fn asked(more: &[&str]) -> Value {
    let arguments = [
        "solve",
        "small",
        "--policy",
        "supplement-2021-no-loans",
        "--lever",
        LEVER,
        "--between",
        "0.8,1",
        "--replications",
        "8",
        "--quiet",
        "--json",
    ];
    let output = zorgdruk(&[&arguments, more].concat());
    assert!(output.status.success(), "{}", text(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

#[test]
fn a_target_is_met_where_a_sweep_says_it_is() {
    let found = asked(&["--target", "covid_without_bed=55"]);
    let value = found["solution"]["value"]
        .as_f64()
        .unwrap_or_else(|| panic!("{found}"));
    let left = found["solution"]["left"]["value"]
        .as_f64()
        .expect("what is left");
    assert!((0.8..=1.0).contains(&value), "{found}");
    // The same worlds at the same value, through another command.
    let grid = format!("{LEVER}={value}");
    let arguments = [
        "sweep",
        "small",
        "--policy",
        "supplement-2021-no-loans",
        "--set-grid",
        &grid,
        "--replications",
        "8",
        "--quiet",
    ];
    let table = text(&zorgdruk(&arguments).stdout);
    let mut rows = csv::Reader::from_reader(table.as_bytes());
    let columns = rows.headers().expect("columns").clone();
    let at = |name: &str| {
        columns
            .iter()
            .position(|column| column == name)
            .expect("a column")
    };
    let row = rows
        .records()
        .flatten()
        .find(|row| &row[at("estimand")] == "covid_without_bed");
    let swept: f64 = row.expect("a row")[at("value")].parse().expect("a number");
    assert!(
        (swept - 55.0 - left).abs() < 1e-3,
        "{swept} and {left} left of 55"
    );
}

#[test]
fn a_target_that_is_never_met_is_told_with_what_is_left_at_both_ends() {
    let found = asked(&["--target", "covid_without_bed=100000"]);
    assert!(found["solution"].is_null(), "{found}");
    let ends = found["left_at_ends"].as_array().expect("both ends");
    assert!(
        ends.iter().all(|end| end["value"].as_f64() < Some(0.0)),
        "{found}"
    );
}

#[test]
fn what_is_no_lever_or_has_no_bounds_is_refused() {
    let ask = |lever: &str, more: &[&str]| {
        let arguments = [
            "solve",
            "small",
            "--policy",
            "supplement-2021",
            "--target",
            "displaced=1",
        ];
        let output = zorgdruk(&[&arguments[..], &["--lever", lever], more].concat());
        (output.status.code(), text(&output.stderr))
    };
    for (lever, more, code, message) in [
        ("staff.nothing", &[][..], 2, "is no lever of the scenario"),
        ("title", &[], 2, "is no lever of the scenario"),
        (LEVER, &["--between", "2,1"], 2, "the smaller first"),
        (
            LEVER,
            &["--like", "framework-2020"],
            2,
            "cannot be used with",
        ),
        (
            LEVER,
            &["--estimand", "displaced"],
            2,
            "cannot be used with",
        ),
        (LEVER, &["--between", "0.5,-1"], 2, "the smaller first"),
        (LEVER, &["--between=-1,1"], 3, "workforce_share"),
    ] {
        let found = ask(lever, more);
        assert_eq!(found.0, Some(code), "{lever} {more:?}: {}", found.1);
        assert!(found.1.contains(message), "{lever} {more:?}: {}", found.1);
    }
}
