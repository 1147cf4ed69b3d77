//! Documents that can be checked: the README's commands and files, and the data dictionary.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Parser;
use zorgdruk::cli::Arguments;
use zorgdruk::report::dictionary;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn read(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Lines of the code blocks of a Markdown document that are marked `sh`.
fn commands(document: &str) -> Vec<&str> {
    let mut in_shell = false;
    let mut commands = Vec::new();
    for line in document.lines() {
        if line.starts_with("```") {
            in_shell = line == "```sh";
        } else if in_shell && !line.is_empty() && !line.starts_with('#') {
            commands.push(line);
        }
    }
    commands
}

#[test]
fn every_command_in_the_readme_is_understood() {
    let readme = read("README.md");
    let commands = commands(&readme);
    assert!(
        commands.contains(&"cargo run --release -- run scenarios/nl-autumn-2021.toml"),
        "the run"
    );
    assert!(
        commands
            .iter()
            .any(|command| command.starts_with("cargo test")),
        "the tests"
    );
    let mut n_understood = 0;
    for command in commands {
        let program = ["cargo run --release -- ", "zorgdruk "];
        let arguments = program
            .iter()
            .find_map(|program| command.strip_prefix(program));
        let Some(arguments) = arguments else {
            let of_cargo = ["cargo test", "cargo install --path ."];
            assert!(of_cargo.contains(&command), "{command} is not known");
            continue;
        };
        // No argument in the README holds a space, so quotes can simply go.
        let words = arguments
            .split_whitespace()
            .map(|word| word.replace('\'', ""));
        let parsed = Arguments::try_parse_from(["zorgdruk".to_owned()].into_iter().chain(words));
        assert!(parsed.is_ok(), "{command}: {:?}", parsed.err());
        n_understood += 1;
    }
    assert!(n_understood >= 5, "the README shows how to use the program");
}

#[test]
fn every_file_that_the_readme_names_exists() {
    let readme = read("README.md");
    let is_path = |word: &&str| {
        let known = [
            "scenarios/",
            "docs/",
            "examples/",
            "output/",
            "src/",
            "tests/",
        ];
        known.iter().any(|folder| word.starts_with(folder)) && !word.contains(['<', '*'])
    };
    let links = readme
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next());
    let links = links.filter(|link| !link.contains("://") && !link.starts_with('#'));
    let words = readme
        .split(|c: char| c.is_whitespace() || "`()[]|,;'\"".contains(c))
        .map(|word| word.trim_end_matches(['.', ':']))
        .filter(is_path)
        // Folders of runs come into being by the commands around them.
        .filter(|word| !word.starts_with("output/") || *word == "output/README.md");
    let named: Vec<&str> = links.chain(words).collect();
    assert!(named.len() >= 5, "the README leads on: {named:?}");
    let missing: Vec<&&str> = named
        .iter()
        .filter(|name| !root().join(name).exists())
        .collect();
    assert!(missing.is_empty(), "the README names {missing:?}");
}

#[test]
fn the_readme_is_short() {
    assert!(
        read("README.md").lines().count() <= 150,
        "a reader has little time"
    );
}

#[test]
fn the_data_dictionary_is_fresh() {
    let fresh = dictionary::markdown();
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("output.md");
    fs::write(&place, &fresh).expect("written");
    let stored = fs::read_to_string(root().join("docs/output.md")).unwrap_or_default();
    assert!(
        stored == fresh,
        "docs/output.md differs from the registries: copy {} over it",
        place.display()
    );
}

#[test]
fn everything_in_the_dictionary_has_a_meaning_and_stands_once() {
    let meanings = dictionary::meanings();
    for row in &meanings {
        assert!(!row.meaning.is_empty(), "{} in {}", row.name, row.file);
        let same = |other: &&dictionary::Meaning| {
            (other.file, other.kind, other.name) == (row.file, row.kind, row.name)
        };
        assert_eq!(
            meanings.iter().filter(same).count(),
            1,
            "{} in {}",
            row.name,
            row.file
        );
    }
}
