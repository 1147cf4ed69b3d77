//! What the papers say about the source is what the source says.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use zorgdruk::model::clocks::{Clock, Clocks};

use crate::layering::LAYERS;

/// Proper names of Dutch policy and institutions that may stand in the source or in a scenario, in
/// any case; each that does is in the glossary.
const PROPER_NAMES: [&str; 15] = [
    "CBS",
    "CodeZwart",
    "DUCA",
    "FMS",
    "IGJ",
    "Kamerstukken",
    "KritiekPlanbareZorg",
    "LCPS",
    "LNAZ",
    "NICE",
    "NZa",
    "RCPS",
    "RIVM",
    "ROAZ",
    "Wkkgz",
];
/// The same for names that stand in the source in other forms too.
const CLINIC_NAMES: [&str; 3] = ["VVT", "ZBC", "ZKN"];
/// Parts of Dutch words by which an identifier betrays itself.
const DUTCH: [&str; 14] = [
    "afschal",
    "bedden",
    "beleid",
    "fase",
    "kliniek",
    "kritiek",
    "opschal",
    "patienten",
    "planbar",
    "spoed",
    "thuiszorg",
    "wachtlijst",
    "ziekenhui",
    "zorg",
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// All files with an extension in a folder and below.
fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|own| own == extension) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The words of all source files.
fn words_of_source() -> BTreeSet<String> {
    let sources = files(&root().join("src"), "rs")
        .into_iter()
        .map(|path| fs::read_to_string(path).expect("text"));
    sources.flat_map(|text| words(&text)).collect()
}

/// Maximal runs of letters, digits and underscores.
fn words(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| !c.is_alphanumeric() && c != '_');
    parts
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// First cells of the rows of all tables in a Markdown text, without code marks.
fn first_cells(markdown: &str) -> Vec<String> {
    let rows = markdown.lines().filter_map(|line| line.strip_prefix('|'));
    let cells = rows.filter_map(|row| row.split('|').next());
    let cells = cells.map(|cell| cell.trim().trim_matches('`').to_owned());
    cells
        .filter(|cell| !cell.starts_with("---") && cell != "identifier")
        .collect()
}

#[test]
fn the_code_map_describes_every_module_in_the_order_of_the_layers() {
    let paper = read("ARCHITECTURE.md");
    let headings: Vec<&str> = paper
        .lines()
        .filter_map(|line| line.strip_prefix("### `"))
        .filter_map(|rest| rest.strip_suffix('`'))
        .collect();
    let layers: Vec<&str> = LAYERS.iter().map(|(module, _)| *module).collect();
    assert_eq!(headings, layers, "one section per module, from low to high");
    let entries = fs::read_dir(root().join("src")).expect("the sources");
    for entry in entries {
        let name = entry
            .expect("an entry")
            .file_name()
            .to_string_lossy()
            .into_owned();
        let module = name.trim_end_matches(".rs");
        let is_root = ["lib", "main"].contains(&module);
        assert!(
            is_root || headings.contains(&module),
            "src/{name} is not in the code map"
        );
    }
}

#[test]
fn every_section_of_the_code_map_says_something() {
    let paper = read("ARCHITECTURE.md");
    for section in paper.split("\n### ").skip(1) {
        let (heading, body) = section.split_once('\n').expect("a heading");
        assert!(body.trim().len() > 60, "a paragraph about {heading}");
    }
    let invariants = paper.matches("**Architecture invariant:**").count();
    assert!(invariants >= LAYERS.len() - 2, "{invariants} invariants");
}

#[test]
fn links_between_papers_lead_to_files() {
    let mut papers = files(&root().join("docs"), "md");
    papers.push(root().join("ARCHITECTURE.md"));
    let mut n_links = 0;
    for paper in papers {
        let text = fs::read_to_string(&paper).expect("text");
        for rest in text.split("](").skip(1) {
            let target = rest.split([')', '#']).next().unwrap_or_default();
            if target.is_empty() || target.contains("://") {
                continue;
            }
            let path = paper.parent().expect("a folder").join(target);
            assert!(path.exists(), "{} links to {target}", paper.display());
            n_links += 1;
        }
    }
    assert!(n_links >= 5, "there are links: {n_links}");
}

#[test]
fn every_file_that_the_architecture_names_exists() {
    let paper = read("ARCHITECTURE.md");
    let quoted = paper.split('`').skip(1).step_by(2);
    let mut n_files = 0;
    for path in quoted.filter(|text| text.starts_with("src/") || text.starts_with("tests/")) {
        assert!(root().join(path).exists(), "{path} does not exist");
        n_files += 1;
    }
    assert!(n_files > 3, "files are named: {n_files}");
}

#[test]
fn every_dutch_proper_name_of_the_source_is_in_the_glossary() {
    let glossary = first_cells(&read("docs/glossary.md"));
    let mut used = words_of_source();
    for scenario in files(&root().join("scenarios"), "toml") {
        used.extend(words(&fs::read_to_string(scenario).expect("text")));
    }
    let in_use = |name: &str| used.iter().any(|word| word.eq_ignore_ascii_case(name));
    let mut n_used = 0;
    for name in PROPER_NAMES
        .iter()
        .chain(&CLINIC_NAMES)
        .filter(|name| in_use(name))
    {
        assert!(
            glossary.iter().any(|entry| entry == name),
            "{name} is not in the glossary"
        );
        n_used += 1;
    }
    assert!(n_used > 8, "names are in use: {n_used}");
}

#[test]
fn no_identifier_is_dutch_unless_the_glossary_explains_it() {
    let glossary = first_cells(&read("docs/glossary.md"));
    let is_explained = |word: &str| {
        glossary
            .iter()
            .any(|entry| entry.eq_ignore_ascii_case(word))
    };
    // Identifiers have an underscore or an inner capital, or a capital in front; prose of
    // documentation has neither, and quotes Dutch titles.
    let is_identifier =
        |word: &str| word.contains('_') || word.chars().skip(1).any(char::is_uppercase);
    let is_dutch = |word: &str| {
        let lower = word
            .to_lowercase()
            .replace("zorgdruk", "")
            .replace("phase", "");
        DUTCH.iter().any(|part| lower.contains(part))
    };
    let own = |word: &str| {
        word.split('_')
            .all(|part| !is_dutch(part) || is_explained(part))
    };
    let unexplained: Vec<String> = words_of_source()
        .into_iter()
        .filter(|word| is_identifier(word) && is_dutch(word) && !is_explained(word) && !own(word))
        .collect();
    assert!(
        unexplained.is_empty(),
        "not in the glossary: {unexplained:?}"
    );
    assert!(
        is_dutch("KritiekPlanbareZorg") && !is_dutch("EnteredPhase"),
        "the check tells languages apart"
    );
}

#[test]
fn every_identifier_of_the_glossary_is_in_the_source() {
    let glossary = read("docs/glossary.md");
    let used = words_of_source();
    let marked: Vec<String> = glossary
        .lines()
        .filter_map(|line| {
            line.strip_prefix("| `")?
                .split('`')
                .next()
                .map(str::to_owned)
        })
        .collect();
    assert!(
        marked.len() >= 2,
        "identifiers are marked as code: {marked:?}"
    );
    for identifier in marked {
        assert!(
            used.contains(&identifier),
            "{identifier} is not in the source"
        );
    }
}

/// Names of the variants of an enum in a source text.
fn variants(source: &str, name: &str) -> Vec<String> {
    let body = source
        .split_once(&format!("enum {name} {{"))
        .expect("the enum")
        .1;
    let body = body.split_once("\n}").expect("its end").0;
    let lines = body
        .lines()
        .map(str::trim)
        .filter(|line| !line.starts_with("//"));
    lines
        .map(|line| line.trim_end_matches(',').to_owned())
        .filter(|line| !line.is_empty())
        .collect()
}

#[test]
fn the_order_of_simultaneous_events_is_told_as_it_is() {
    let source = read("src/engine/event.rs");
    let cells = first_cells(&read("docs/simultaneous-events.md"));
    let ranks = variants(&source, "Rank");
    let told: Vec<String> = cells
        .into_iter()
        .filter(|cell| ranks.contains(cell))
        .collect();
    assert_eq!(told, ranks, "the ranks, in their order");
}

/// A clock as the page tells it: time, days.
fn told(clock: &Clock) -> (String, &'static str) {
    let time = format!("{:02}:{:02}", clock.minute / 60, clock.minute % 60);
    let days = match clock.weekdays {
        [true, true, true, true, true, true, true] => "every day",
        [true, true, true, true, true, false, false] => "Monday to Friday",
        [true, false, false, false, false, false, false] => "Monday",
        [false, true, false, false, false, false, false] => "Tuesday",
        other => panic!("no words for {other:?}"),
    };
    (time, days)
}

#[test]
fn the_usual_clocks_of_the_deciders_are_told_as_they_are() {
    let paper = read("docs/simultaneous-events.md");
    let rows = paper.lines().filter_map(|line| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let (time, days, epoch) = (*cells.get(1)?, *cells.get(2)?, *cells.get(3)?);
        let row = (time.to_owned(), days, epoch.trim_matches('`'));
        time.contains(':').then_some(row)
    });
    let usual = Clocks::USUAL;
    let clocks = [
        (&usual.shift, "Shift"),
        (&usual.operating_rooms, "OperatingRooms"),
        (&usual.national_center, "NationalCenter"),
        (&usual.national_meeting, "NationalMeeting"),
        (&usual.regional_meeting, "RegionalMeeting"),
        (&usual.regional_center, "RegionalCenter"),
        (&usual.loan_round, "LoanRound"),
    ];
    let is_book = |epoch: &str| ["CloseWeek", "Statistics"].contains(&epoch);
    let found: Vec<(String, &str, &str)> = rows.filter(|(_, _, epoch)| !is_book(epoch)).collect();
    let actual = clocks.map(|(clock, epoch)| {
        let (time, days) = told(clock);
        (time, days, epoch)
    });
    assert_eq!(found, actual, "time, days and name of each, in their order");
}
