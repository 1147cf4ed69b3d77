//! What comes out of a scenario of one country speaks of no other.

use std::collections::BTreeMap;
use std::path::Path;

use crate::cli::{collect, command, text};
use crate::place::Place;

/// A study of two worlds and three weeks.
const SHORT: [&str; 12] = [
    "--replications",
    "2",
    "--quiet",
    "--set",
    "study.window_start=2020-10-05",
    "--set",
    "study.burn_in_weeks=1",
    "--set",
    "study.window_weeks=3",
    "--set",
    "study.follow_up_weeks=7",
    "--out",
];

/// Institutions, laws and phases of the Netherlands.
const DUTCH: [&str; 17] = [
    "LNAZ",
    "ROAZ",
    "LCPS",
    "NZa",
    "FMS",
    "IGJ",
    "ZKN",
    "zbc",
    "ZBC",
    "RIVM",
    "Wkkgz",
    "Federatie Medisch",
    "Dutch Federation",
    "Netherlands",
    "Nederland",
    "phase 2D",
    "fase 2D",
];

/// Kinds of files that are no text.
const NO_TEXT: [&str; 4] = ["png", "pdf", "rows", "bin"];

/// Runs the program, which must speak of no other country, and gives what it said.
fn made(arguments: &[&str]) -> String {
    let output = command()
        .args(arguments)
        .output()
        .expect("the program starts");
    let said = text(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {said}");
    let said = text(&output.stdout) + &said;
    speaks_of_no_other("the terminal", &said);
    said
}

fn speaks_of_no_other(file: &str, said: &str) {
    // The name of the language of a page is no country, and pictures are letters at random.
    let pictures = said.split("base64,");
    let words = pictures.enumerate().map(|(n, part)| match part.find('"') {
        Some(end) if n > 0 => &part[end..],
        _ => part,
    });
    let said = words.collect::<String>().replace("Nederlands", "");
    for word in DUTCH {
        let at = said.find(word);
        let around = at.map(|at| said.get(at.saturating_sub(80)..at + 40));
        assert_eq!(around, None, "{word} in {file}");
    }
}

fn texts(folder: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    collect(folder, "", &mut files);
    let is_text = |name: &String| !NO_TEXT.iter().any(|kind| name.ends_with(kind));
    let texts = files.into_iter().filter(|(name, _)| is_text(name));
    texts.map(|(name, bytes)| (name, text(&bytes))).collect()
}

#[test]
fn provinces_are_compared_in_the_words_of_their_country() {
    let place = Place::new();
    for (language, verdict, title) in [
        ("en", "of 11 provinces; the WIS", "Walloon Brabant"),
        ("nl", "van 11 provincies; de WIS", "Waals-Brabant"),
    ] {
        let name = place.name(language);
        let mut arguments = vec![
            "backtest",
            "scenarios/be-autumn-2020.toml",
            "--lang",
            language,
        ];
        arguments.extend(["--observed", "scenarios/observed-be-autumn-2020.csv"]);
        arguments.extend(SHORT.iter().filter(|one| **one != "--quiet"));
        arguments.push(&name);
        let said = made(&arguments)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        assert!(said.contains(verdict), "{verdict}: {said}");
        let texts = texts(&place.path(language));
        for (file, said) in &texts {
            speaks_of_no_other(file, said);
        }
        let (_, picture) = texts
            .iter()
            .find(|(name, _)| {
                name.ends_with("backtest-regions.svg") || name.ends_with("backtest-regions.nl.svg")
            })
            .expect("a figure of provinces");
        assert!(picture.contains(title), "{title}");
        let (_, scores) = (texts.iter())
            .find(|(name, _)| name.as_str() == "backtest.csv")
            .expect("scores");
        let of_namur = scores.lines().filter(|line| line.contains(",namur,"));
        assert_eq!(of_namur.count(), 3, "one line for each forecaster");
    }
}

#[test]
fn what_is_told_of_belgium_names_no_dutch_institution() {
    let place = Place::new();
    let name = place.name("run");
    let mut arguments = vec!["run", "scenarios/be-autumn-2020.toml"];
    arguments.extend(SHORT);
    arguments.push(&name);
    made(&arguments);
    let texts = texts(&place.path("run"));
    assert!(texts.len() > 20, "{} files", texts.len());
    for (file, said) in &texts {
        speaks_of_no_other(file, said);
    }
    let page = &texts["report.html"];
    for said in [
        "Hospital &amp; Transport Surge Capacity",
        "11 provinces (the ten provinces and Brussels)",
        "11 provincies (de tien provincies en Brussel)",
        "Geen plan",
    ] {
        assert!(page.contains(said), "{said}");
    }
}
