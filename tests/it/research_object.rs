//! The folder of a run as a research object: what RO-Crate 1.1 and Process Run Crate 0.5 require of it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use jiff::civil::Date;
use serde_json::Value;

use crate::cli::{collect, text, zorgdruk};
use crate::place::{FAST, Place};

const METADATA: &str = "ro-crate-metadata.json";

/// The entities of a crate by their identifiers, each of which stands once.
fn entities(folder: &str) -> BTreeMap<String, Value> {
    let bytes = fs::read(Path::new(folder).join(METADATA)).expect("a crate");
    let described: Value = serde_json::from_slice(&bytes).expect("JSON");
    assert_eq!(
        described["@context"],
        "https://w3id.org/ro/crate/1.1/context"
    );
    let graph = described["@graph"].as_array().expect("a flat graph");
    let id = |entity: &Value| entity["@id"].as_str().expect("an identifier").to_owned();
    let entities: BTreeMap<_, _> = graph.iter().map(|one| (id(one), one.clone())).collect();
    assert_eq!(entities.len(), graph.len(), "no entity stands twice");
    for entity in graph {
        assert!(entity["@type"].is_string(), "{entity} has a type");
    }
    entities
}

/// The identifiers that a property refers to.
fn refers<'a>(entity: &'a Value, property: &str) -> Vec<&'a str> {
    let value = &entity[property];
    let all = value
        .as_array()
        .map_or(core::slice::from_ref(value), Vec::as_slice);
    all.iter().filter_map(|one| one["@id"].as_str()).collect()
}

fn simulate(folder: &str, more: &[&str]) {
    let mut arguments = vec!["run", FAST[0], "--replications", "8", "--out", folder];
    arguments.extend(&FAST[1..]);
    arguments.extend(more);
    let output = zorgdruk(&arguments);
    assert!(output.status.success(), "{}", text(&output.stderr));
}

#[test]
fn a_run_is_a_process_run_crate() {
    let place = Place::new();
    let folder = place.name("run");
    simulate(&folder, &[]);
    let entities = entities(&folder);

    let descriptor = &entities[METADATA];
    assert_eq!(descriptor["@type"], "CreativeWork");
    assert_eq!(refers(descriptor, "about"), ["./"]);
    assert_eq!(
        refers(descriptor, "conformsTo"),
        ["https://w3id.org/ro/crate/1.1"]
    );

    let root = &entities["./"];
    assert_eq!(root["@type"], "Dataset");
    for property in ["name", "description", "license", "datePublished"] {
        assert!(root[property].is_string(), "the root has no {property}");
    }
    let published: Result<Date, _> = root["datePublished"].as_str().expect("a day").parse();
    published.expect("a day of ISO 8601");
    let profile = &entities[refers(root, "conformsTo")[0]];
    assert_eq!(profile["@id"], "https://w3id.org/ro/wfrun/process/0.5");
    assert_eq!(profile["@type"], "CreativeWork");

    let action = &entities[refers(root, "mentions")[0]];
    assert_eq!(action["@type"], "CreateAction");
    let command = action["description"].as_str().expect("a command");
    assert!(command.starts_with("zorgdruk run . --seed "), "{command}");
    let program = &entities[refers(action, "instrument")[0]];
    assert_eq!(program["@type"], "SoftwareApplication");
    assert_eq!(program["softwareVersion"], env!("CARGO_PKG_VERSION"));
    assert!(program["identifier"].is_string(), "the commit");

    for entity in entities.values() {
        let mentioned = [
            "about",
            "hasPart",
            "mentions",
            "instrument",
            "object",
            "result",
            "author",
        ];
        for id in mentioned
            .iter()
            .flat_map(|property| refers(entity, property))
        {
            assert!(entities.contains_key(id), "{id} is described");
        }
    }
}

#[test]
fn a_crate_has_every_file_of_a_run_and_no_other() {
    let place = Place::new();
    let folder = place.name("run");
    simulate(&folder, &["--uncertain", "2"]);
    let output = zorgdruk(&["report", &folder, "--pdf", "--quiet"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let entities = entities(&folder);
    let root = &entities["./"];
    let parts: BTreeSet<&str> = refers(root, "hasPart").into_iter().collect();
    let action = &entities[refers(root, "mentions")[0]];
    let used = refers(action, "object")
        .into_iter()
        .chain(refers(action, "result"));
    let used: BTreeSet<&str> = used.filter(|id| !id.starts_with('#')).collect();
    assert_eq!(used, parts, "each part was read or made");

    let mut files = BTreeMap::new();
    collect(Path::new(&folder), "", &mut files);
    let left_out = [METADATA, "runtime.json", ".lock"];
    let is_listed = |name: &&String| {
        let of_folder = parts
            .iter()
            .any(|part| part.ends_with('/') && name.starts_with(part));
        !left_out.contains(&name.as_str()) && !of_folder
    };
    let files: BTreeSet<&str> = files.keys().filter(is_listed).map(String::as_str).collect();
    let single: BTreeSet<&str> = parts
        .iter()
        .filter(|part| !part.ends_with('/'))
        .copied()
        .collect();
    assert_eq!(single, files);
    let folders: Vec<&&str> = parts.iter().filter(|part| part.ends_with('/')).collect();
    assert_eq!(folders, [&"rows/", &"uncertain/"]);
}
