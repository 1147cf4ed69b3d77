//! `ro-crate-metadata.json`: the folder of a run as a research object, which archives of data read. It follows
//! RO-Crate 1.1 and its profile Process Run Crate 0.5.

use std::io::Write;

use serde_json::{Value, json};

use crate::report::folder::{
    INPUT, MANIFEST, OBSERVED, REPORTS, ROWS, RUNTIME, SOURCES, UNCERTAIN,
};
use crate::report::layout::{CRATE, figures};
use crate::report::table::Table;
use crate::report::{Evidence, Language, Manifest, ReportError, RunFolder, dictionary};

const FORMAT: &str = "https://w3id.org/ro/crate/1.1";
const PROFILE: &str = "https://w3id.org/ro/wfrun/process/0.5";
const PROGRAM: &str = "#zorgdruk";
const DEVELOPERS: &str = "#developers";
const SEED: &str = "#seed";
const WORLDS: &str = "#replications";
/// Says when this version of the program was released, after this word.
const CITATION: &str = include_str!("../../CITATION.cff");
const RELEASED: &str = "date-released: ";

/// Describes everything in the folder of a run that is the same wherever and whenever it is made: so
/// without the time that it took, which `runtime.json` has.
///
/// # Errors
/// [`ReportError::File`].
pub fn write_crate(evidence: &Evidence, folder: &RunFolder) -> Result<(), ReportError> {
    let manifest = &evidence.manifest;
    let copies = manifest.inputs.iter().map(|input| input.file.clone());
    let copies = copies.chain([SOURCES, OBSERVED].map(str::to_owned));
    let is_there = |path: &String| folder.path().join(path).exists();
    let inputs: Vec<String> = copies.filter(is_there).collect();
    let results = REPORTS
        .iter()
        .filter(|file| ![CRATE, RUNTIME].contains(file));
    let results = [MANIFEST]
        .iter()
        .chain(results)
        .map(|file| (*file).to_owned());
    let folders = [ROWS, UNCERTAIN].map(|folder| format!("{folder}/"));
    let results: Vec<String> = results
        .chain(figures())
        .chain(folders)
        .filter(is_there)
        .collect();

    let tables = dictionary::tables();
    let parts = inputs.iter().chain(&results);
    let mut graph = vec![
        json!({
            "@id": CRATE, "@type": "CreativeWork", "conformsTo": id(FORMAT), "about": id("./"),
        }),
        root(evidence, inputs.iter().chain(&results)),
        json!({
            "@id": PROFILE, "@type": "CreativeWork", "name": "Process Run Crate", "version": "0.5",
        }),
        action(manifest, &inputs, &results),
        json!({
            "@id": PROGRAM, "@type": "SoftwareApplication", "name": "zorgdruk",
            "softwareVersion": manifest.version, "identifier": manifest.commit,
            "license": env!("CARGO_PKG_LICENSE"), "author": id(DEVELOPERS),
        }),
        json!({ "@id": DEVELOPERS, "@type": "Organization", "name": "The zorgdruk developers" }),
        number(SEED, "seed", manifest.seed),
        number(
            WORLDS,
            "possible worlds",
            u64::from(manifest.n_replications),
        ),
    ];
    graph.extend(parts.map(|path| part(path, evidence, &tables)));
    let context = format!("{FORMAT}/context");
    let described = json!({ "@context": context, "@graph": graph });
    let mut file = folder.begin(CRATE)?;
    let written = writeln!(file, "{described:#}");
    written.map_err(ReportError::file(CRATE))?;
    file.finish()
}

fn root<'a>(evidence: &Evidence, parts: impl Iterator<Item = &'a String>) -> Value {
    let manifest = &evidence.manifest;
    let frame = &manifest.frame;
    let policies = frame.policies.iter();
    let policies: Vec<&str> = policies.map(|policy| policy.key.as_str()).collect();
    let released = CITATION
        .lines()
        .find_map(|line| line.strip_prefix(RELEASED));
    json!({
        "@id": "./",
        "@type": "Dataset",
        "conformsTo": id(PROFILE),
        "identifier": manifest.key(),
        "name": format!("{}: results of zorgdruk", frame.title.en),
        "description": format!(
            "How often critical plannable care is displaced in {} possible worlds that all policies share: {}.",
            manifest.n_replications,
            policies.join(", ")
        ),
        "datePublished": released,
        "license": "for whoever publishes these results to say",
        "mentions": id(&action_id(manifest)),
        "hasPart": parts.map(|path| id(&encoded(path))).collect::<Vec<Value>>(),
    })
}

/// The run itself. Its time stands in `runtime.json`, because it differs from run to run.
fn action(manifest: &Manifest, inputs: &[String], results: &[String]) -> Value {
    let ids =
        |paths: &[String]| -> Vec<Value> { paths.iter().map(|path| id(&encoded(path))).collect() };
    let mut objects = ids(inputs);
    objects.extend([id(SEED), id(WORLDS)]);
    json!({
        "@id": action_id(manifest),
        "@type": "CreateAction",
        "name": format!("Simulation of {}", manifest.frame.scenario),
        "description": manifest.command().join(" "),
        "instrument": id(PROGRAM),
        "object": objects,
        "result": ids(results),
    })
}

fn action_id(manifest: &Manifest) -> String {
    format!("#run-{}", manifest.key())
}

fn number(name: &str, meaning: &str, value: u64) -> Value {
    json!({ "@id": name, "@type": "PropertyValue", "name": meaning, "value": value })
}

/// A file of the run, or a folder where the path ends in a stroke.
fn part(path: &str, evidence: &Evidence, tables: &[Table]) -> Value {
    if path.ends_with('/') {
        return json!({ "@id": encoded(path), "@type": "Dataset", "name": path });
    }
    let mut part = json!({
        "@id": encoded(path), "@type": "File", "name": path, "encodingFormat": format(path),
    });
    let table = tables.iter().find(|table| table.file == path);
    if let Some(table) = table.filter(|table| !table.about.is_empty()) {
        let about = evidence.wording(Language::En).fill(table.about, &[]);
        part["description"] = json!(format!("One row is {about}."));
    } else if path.starts_with(INPUT) {
        part["description"] = json!("A copy of what the run was made from.");
    }
    part
}

fn format(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("csv") => "text/csv",
        Some("html") => "text/html",
        Some("json") => "application/json",
        Some("pdf") => "application/pdf",
        Some("png") => "image/png",
        Some("svg") => "image/svg+xml",
        Some("toml") => "application/toml",
        _ => "application/octet-stream",
    }
}

fn id(of: &str) -> Value {
    json!({ "@id": of })
}

/// A path as a relative reference (RFC 3986, section 2.3): other characters are escaped.
fn encoded(path: &str) -> String {
    let escaped = path.bytes().map(|byte| match byte {
        b'/' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    });
    escaped.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_a_reference() {
        assert_eq!(encoded("input/a b&é.toml"), "input/a%20b%26%C3%A9.toml");
        assert_eq!(encoded("figures/answer.nl.svg"), "figures/answer.nl.svg");
    }
}
