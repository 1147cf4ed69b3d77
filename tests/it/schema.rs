//! The JSON Schema of scenarios, and the documents that are generated from it: the schema files that
//! shipped scenarios name, and the tables of keys in `docs/scenario.md`.
//!
//! `RENEW=1 cargo test --test it schema` writes them anew.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use zorgdruk::scenario::schema;

/// Keys of nearly every table, which the introduction explains.
const COMMON: [&str; 2] = ["label", "source"];
/// How a table of keys begins and ends in the reference.
/// A text for readers, which can differ between languages.
const NAME: &str = "Name";
const START: &str = "<!-- keys of ";
const END: &str = "<!-- end of keys -->";

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The file at `name` must hold `text`.
fn is_fresh(name: &str, text: &str) {
    let path = path(name);
    if std::env::var_os("RENEW").is_some() {
        fs::write(&path, text).expect("a writable document");
    }
    let stored = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        stored == text,
        "{name} is out of date: RENEW=1 cargo test --test it schema"
    );
}

#[test]
fn the_schema_files_are_fresh() {
    for (name, schema) in [
        ("scenario", schema::scenario()),
        ("policy", schema::policy()),
    ] {
        let name = format!("scenarios/{name}.schema.json");
        is_fresh(&name, &format!("{schema:#}\n"));
    }
}

#[test]
fn every_shipped_file_names_its_schema_first() {
    let schemas = [
        ("scenarios", "./scenario"),
        ("scenarios/verify", "../scenario"),
        ("scenarios/policies", "../policy"),
    ];
    for (folder, schema) in schemas {
        let first = format!("#:schema {schema}.schema.json\n");
        let files = fs::read_dir(path(folder)).expect("a folder");
        let files = files.map(|file| file.expect("an entry").path());
        for file in files.filter(|path| path.extension().is_some_and(|end| end == "toml")) {
            let text = read(&file);
            assert!(text.starts_with(&first), "{}", file.display());
        }
    }
}

#[test]
fn every_number_of_a_scenario_has_a_range() {
    // What is believed or asked of a figure has that figure's range, whatever it is.
    let free = [
        "Bounds",
        "Triangle",
        "Lognormal",
        "UncertainFigure",
        "Question",
    ];
    let mut without = Vec::new();
    for (name, table) in tables() {
        if !free.contains(&name) {
            numbers_without_range(table, name, &mut without);
        }
    }
    assert_eq!(without, Vec::<String>::new(), "numbers without a range");
}

fn numbers_without_range(schema: &Value, place: &str, without: &mut Vec<String>) {
    let is_number = schema["type"] == "number" || schema["type"] == "integer";
    let has_range = schema["minimum"].is_number() && schema["maximum"].is_number();
    if is_number && !has_range {
        without.push(place.to_owned());
    }
    match schema {
        Value::Array(items) => {
            for item in items {
                numbers_without_range(item, place, without);
            }
        }
        Value::Object(entries) => {
            for (key, below) in entries.iter().filter(|(key, _)| *key != "$defs") {
                numbers_without_range(below, &format!("{place}.{key}"), without);
            }
        }
        _ => {}
    }
}

#[test]
fn the_reference_of_keys_is_fresh() {
    let stored = read(&path("docs/scenario.md"));
    let mut parts = stored.split(START);
    let mut fresh = parts.next().unwrap_or_default().to_owned();
    let mut documented = BTreeSet::new();
    for part in parts {
        let (name, _) = part.split_once(" -->").expect("the name of a table");
        let (_, rest) = part.split_once(END).expect("the end of a table");
        let (_, table) = tables()
            .find(|(known, _)| *known == name)
            .unwrap_or_else(|| panic!("docs/scenario.md asks for the keys of {name}"));
        let table = rows(name, table);
        fresh.extend([START, name, " -->\n", table.as_str(), END, rest]);
        documented.insert(name);
    }
    let missing: Vec<&str> = tables()
        .filter(|(_, table)| names_only(table).is_none())
        .map(|(name, _)| name)
        .filter(|name| !documented.contains(name))
        .collect();
    assert_eq!(missing, [""; 0], "tables that docs/scenario.md leaves out");
    is_fresh("docs/scenario.md", &fresh);
}

/// All tables and choices of a scenario by name.
fn tables() -> impl Iterator<Item = (&'static str, &'static Value)> {
    let whole = schema::whole();
    let below = whole["$defs"].as_object().expect("definitions");
    let below = below.iter().map(|(name, table)| (name.as_str(), table));
    // What a name is stands in the introduction.
    let below = below.filter(|(name, _)| *name != NAME);
    core::iter::once(("ScenarioFile", whole)).chain(below)
}

/// The keys of one table, or the choices that stand for it, as a Markdown table.
fn rows(name: &str, table: &Value) -> String {
    let Some(choices) = table["oneOf"].as_array() else {
        let keys = in_order(name, table);
        let rows = keys.map(|key| row(table, key));
        let head = "| key | value | default | meaning |\n|---|---|---|---|\n";
        return head.to_owned() + &rows.collect::<String>();
    };
    let rows = choices.iter().map(choice);
    "| choice | values | meaning |\n|---|---|---|\n".to_owned() + &rows.collect::<String>()
}

/// The keys of a table in the order of the source, which JSON does not keep.
fn in_order<'a>(name: &str, table: &'a Value) -> impl Iterator<Item = &'a str> {
    let shapes = fs::read_dir(path("src/scenario/shape")).expect("the shapes");
    let shapes = shapes.map(|shape| shape.expect("an entry").path());
    let shapes: String = shapes
        .chain([path("src/policy/written.rs")])
        .map(|shape| read(&shape))
        .collect();
    let start = format!("pub struct {name} {{");
    let from = shapes.find(&start).unwrap_or_else(|| panic!("no {start}"));
    // A plain lever stands in a row of its own, without `pub`.
    let position = |key: &&str| shapes[from..].find(&format!(" {key}:"));
    let properties = table["properties"].as_object().expect("keys");
    let keys = properties.keys().map(String::as_str);
    let is_shown = |key: &&str| !COMMON.contains(key) || is_required(table, key);
    let mut keys: Vec<&str> = keys.filter(is_shown).collect();
    keys.sort_by_key(position);
    keys.into_iter()
}

fn is_required(table: &Value, key: &str) -> bool {
    let required = table["required"].as_array();
    required.is_some_and(|keys| keys.iter().any(|known| known == key))
}

fn row(table: &Value, key: &str) -> String {
    let schema = &table["properties"][key];
    let text = schema["description"].as_str().unwrap_or_default();
    let (meaning, stated) = split_default(text);
    let default = match &schema["default"] {
        _ if is_required(table, key) => "required".to_owned(),
        Value::Object(_) => "optional".to_owned(),
        Value::Null if stated.is_empty() => "optional".to_owned(),
        Value::Null => stated.to_owned(),
        Value::Array(items) if items.is_empty() => "none".to_owned(),
        Value::String(name) => format!("`{name}`"),
        default => shown(default),
    };
    format!("| `{key}` | {} | {default} | {meaning} |\n", kind(schema))
}

/// Takes the default out of a description, where one is said in words.
fn split_default(text: &str) -> (String, &str) {
    let Some((before, after)) = text.split_once("; default ") else {
        return (text.trim_end_matches('.').to_owned(), "");
    };
    let (default, rest) = after.split_once(". ").unwrap_or((after, ""));
    let meaning = if rest.is_empty() {
        before.to_owned()
    } else {
        format!("{before}. {}", rest.trim_end_matches('.'))
    };
    (meaning, default.trim_end_matches('.'))
}

/// One choice with its own keys.
fn choice(schema: &Value) -> String {
    let text = schema["description"].as_str().unwrap_or_default();
    let meaning = text.trim_end_matches('.');
    let Some((name, table)) = schema["properties"]
        .as_object()
        .and_then(|only| only.iter().next())
    else {
        let name = schema["const"].as_str().expect("a name");
        return format!("| `{name}` | | {meaning} |\n");
    };
    let keys = table["required"].as_array().expect("keys");
    let keys: Vec<&str> = keys.iter().filter_map(Value::as_str).collect();
    let values = keys.iter().map(|key| {
        let schema = &table["properties"][key];
        let (text, _) = split_default(schema["description"].as_str().unwrap_or_default());
        format!("`{key}`: {}, {}", lowered(&text), kind(schema))
    });
    let values: Vec<String> = values.collect();
    format!(
        "| `{{ {name} = {{ {} }} }}` | {} | {meaning} |\n",
        keys.join(", "),
        values.join("; ")
    )
}

fn lowered(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(letters).collect()
    })
}

/// What a value is, in words.
fn kind(schema: &Value) -> String {
    if let Some(reference) = schema["$ref"].as_str() {
        let name = reference.rsplit('/').next().unwrap_or_default();
        if name == NAME {
            return "text, or one per language".to_owned();
        }
        let table = &schema::whole()["$defs"][name];
        return names_only(table).unwrap_or_else(|| named(name));
    }
    let range = || match (&schema["minimum"], &schema["maximum"]) {
        (Value::Number(_), Value::Number(_)) => {
            format!(
                "{} to {}",
                shown(&schema["minimum"]),
                shown(&schema["maximum"])
            )
        }
        _ => "number".to_owned(),
    };
    if let Some(names) = schema["enum"].as_array() {
        let names = names.iter().filter_map(Value::as_str);
        let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
        return names.join(", ");
    }
    match schema["type"].as_str().unwrap_or_default() {
        "integer" => format!("{}, whole", range()),
        "number" => range(),
        "array" if schema["minItems"] == schema["maxItems"] && schema["minItems"].is_number() => {
            format!(
                "{} values of {}",
                schema["minItems"],
                kind(&schema["items"])
            )
        }
        "array" if schema["maxItems"].is_number() => {
            format!(
                "list of {}, at most {} of them",
                kind(&schema["items"]),
                schema["maxItems"]
            )
        }
        "array" => format!("list of {}", kind(&schema["items"])),
        "object" => format!("table of {}", kind(&schema["additionalProperties"])),
        "string" => "text".to_owned(),
        _ => "any value".to_owned(),
    }
}

/// The choices of a definition that has nothing but names.
fn names_only(table: &Value) -> Option<String> {
    let choices = table["oneOf"].as_array()?.iter();
    let names = choices.map(|choice| choice["const"].as_str().map(|name| format!("`{name}`")));
    let names: Option<Vec<String>> = names.collect();
    names.map(|names| names.join(", "))
}

/// The name of a definition in words.
fn named(name: &str) -> String {
    let words = name.chars().flat_map(|c| {
        let space = c.is_uppercase().then_some(' ');
        space.into_iter().chain(c.to_lowercase())
    });
    words.collect::<String>().trim().to_owned()
}

/// A value as a table shows it: large numbers in groups of three digits.
fn shown(value: &Value) -> String {
    match value {
        Value::Array(items) => items.iter().map(shown).collect::<Vec<_>>().join(", "),
        Value::Number(number) => {
            let number = number.as_f64().unwrap_or(f64::NAN).to_string();
            let (whole, part) = number.split_once('.').unwrap_or((&number, ""));
            let digits = whole.len();
            let grouped = whole.chars().enumerate().flat_map(|(at, digit)| {
                let space = (at > 0 && (digits - at) % 3 == 0 && digits > 3).then_some(' ');
                space.into_iter().chain([digit])
            });
            let grouped: String = grouped.collect();
            if part.is_empty() {
                grouped
            } else {
                format!("{grouped}.{part}")
            }
        }
        other => other.to_string(),
    }
}
