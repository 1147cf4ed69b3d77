//! Lists in the documentation name what is on the disk, no more and no less.

use std::fs;
use std::path::Path;

#[test]
fn every_scenario_is_listed_in_the_index_of_scenarios() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let scenarios = scenarios_below(&folder, "");
    // Without an index, every scenario counts as not listed.
    let index = fs::read_to_string(folder.join("README.md")).unwrap_or_default();
    let wrong = differences(&scenarios, &index);
    assert!(
        wrong.is_empty(),
        "scenarios/README.md differs from its folder: {wrong:?}"
    );
}

#[test]
fn the_comparison_sees_a_missing_and_a_superfluous_scenario() {
    let names = ["base.toml".to_owned(), "wave/high.toml".to_owned()];
    let complete = "| [`base.toml`](base.toml) | ... |\n`run scenarios/wave/high.toml`";
    assert!(
        differences(&names, complete).is_empty(),
        "each scenario is named"
    );
    assert_eq!(
        differences(&names, "`database.toml`"),
        [
            "base.toml is not listed",
            "wave/high.toml is not listed",
            "database.toml is no file"
        ],
        "part of a name is another name"
    );
    assert_eq!(
        differences(&names[..1], ""),
        ["base.toml is not listed"],
        "no index, no listing"
    );
}

/// The scenario files in `folder` and below, relative to the outermost folder, in order.
fn scenarios_below(folder: &Path, prefix: &str) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut scenarios = Vec::new();
    for entry in entries {
        let path = entry.expect("an entry of the folder").path();
        let name = path
            .file_name()
            .expect("entries have names")
            .to_string_lossy();
        if path.is_dir() {
            scenarios.extend(scenarios_below(&path, &format!("{prefix}{name}/")));
        } else if path
            .extension()
            .is_some_and(|extension| extension == "toml")
        {
            scenarios.push(format!("{prefix}{name}"));
        }
    }
    scenarios.sort();
    scenarios
}

/// Where the file names in `index` differ from `scenarios`.
fn differences(scenarios: &[String], index: &str) -> Vec<String> {
    let is_name_part = |c: char| c.is_alphanumeric() || "_-./".contains(c);
    let listed: Vec<&str> = index
        .split(|c: char| !is_name_part(c))
        .filter(|word| {
            Path::new(word)
                .extension()
                .is_some_and(|extension| extension == "toml")
        })
        .map(|word| word.strip_prefix("scenarios/").unwrap_or(word))
        .collect();
    let missing = scenarios
        .iter()
        .filter(|name| !listed.contains(&name.as_str()));
    let superfluous = listed
        .iter()
        .filter(|name| !scenarios.iter().any(|known| known == *name));
    missing
        .map(|name| format!("{name} is not listed"))
        .chain(superfluous.map(|name| format!("{name} is no file")))
        .collect()
}
