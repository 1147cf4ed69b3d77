//! Where the figures of a scenario come from: the texts under `source`.

use super::limits;
use super::tree::{Node, Origin, Sources, Value};
use super::violation::Violation;

/// A text that says where figures come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceNote {
    /// Dotted path of the section or key; elements of a list go by their key, as in
    /// `policy.supplement-2021.compliance`.
    pub path: String,
    /// How well founded the figures are, from the first word of the text.
    pub status: Status,
    /// The text after the first word.
    pub text: String,
}

/// How well founded a figure is: the word before the colon of its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// `sourced`: a public source states it.
    Sourced,
    /// `measured`: computed from public data.
    Measured,
    /// `derived`: follows from other figures by a stated calculation.
    Derived,
    /// `calibrated`: fitted to a record of what happened; the text gives method and interval.
    Calibrated,
    /// `assumption`: not found anywhere; the text gives a range.
    Assumption,
    /// None of these words.
    Unlabeled,
}

impl Status {
    /// Every status that a text can state, with its word.
    pub const WORDS: [(&'static str, Self); 5] = [
        ("sourced", Self::Sourced),
        ("measured", Self::Measured),
        ("derived", Self::Derived),
        ("calibrated", Self::Calibrated),
        ("assumption", Self::Assumption),
    ];
}

/// All source texts of a scenario, in the order of the files.
pub(crate) fn notes(tree: &Node) -> Vec<SourceNote> {
    let mut notes = Vec::new();
    collect_notes(tree, "", &mut notes);
    notes
}

/// Dotted paths of figures that no source text covers, each once.
pub(crate) fn uncovered(tree: &Node) -> Vec<String> {
    let mut paths = Vec::new();
    collect_uncovered(tree, "", &mut Vec::new(), &mut paths);
    paths.dedup();
    paths.retain(|path| !is_setting(path));
    paths
}

/// Whether a path is that of a setting of the file or of a run, and of no figure.
pub(super) fn is_setting(path: &str) -> bool {
    let mut steps = path.split('.');
    matches!(steps.next(), Some("version" | "run" | "sweep" | "question"))
}

/// Source texts by key that name no key of their section.
pub(crate) fn stray(tree: &Node, sources: &Sources) -> Vec<Violation> {
    let mut found = Vec::new();
    collect_stray(tree, "", &mut found);
    let violation = |(path, origin): (String, Origin)| Violation {
        path,
        place: sources.place(&origin),
        value: None,
        message: "this source names no key of its section".to_owned(),
        allowed: None,
    };
    found
        .into_iter()
        .take(limits::VIOLATIONS)
        .map(violation)
        .collect()
}

fn collect_notes(node: &Node, path: &str, notes: &mut Vec<SourceNote>) {
    for (n, item) in node.items().iter().enumerate() {
        let name = item
            .get("key")
            .and_then(Node::text)
            .map_or(n.to_string(), str::to_owned);
        collect_notes(item, &below(path, &name), notes);
    }
    for entry in node.entries() {
        match (entry.key.as_str(), &entry.node.value) {
            ("source", Value::Text(text)) => notes.push(note(path, text)),
            ("source", Value::Table(entries)) => {
                let of_keys = entries
                    .iter()
                    .filter(|of_key| exists(node, &steps(&of_key.key)))
                    .filter_map(|of_key| {
                        Some(note(&below(path, &of_key.key), of_key.node.text()?))
                    });
                notes.extend(of_keys);
            }
            _ => collect_notes(&entry.node, &below(path, &entry.key), notes),
        }
    }
}

fn note(path: &str, text: &str) -> SourceNote {
    let labeled = text.split_once(':').and_then(|(word, rest)| {
        let status = Status::WORDS
            .iter()
            .find(|(known, _)| *known == word.trim())?
            .1;
        Some((status, rest.trim()))
    });
    let (status, text) = labeled.unwrap_or((Status::Unlabeled, text.trim()));
    SourceNote {
        path: path.to_owned(),
        status,
        text: text.to_owned(),
    }
}

fn collect_uncovered(node: &Node, path: &str, covered: &mut Vec<String>, out: &mut Vec<String>) {
    let n_covered = covered.len();
    match node.get("source").map(|source| &source.value) {
        Some(Value::Text(_)) => return,
        Some(Value::Table(entries)) => {
            covered.extend(entries.iter().map(|entry| below(path, &entry.key)));
        }
        _ => {}
    }
    if is_figure(&node.value) && !covered.iter().any(|above| is_within(path, above)) {
        out.push(path.to_owned());
    }
    for item in node.items() {
        collect_uncovered(item, path, covered, out);
    }
    for entry in node.entries().iter().filter(|entry| entry.key != "source") {
        collect_uncovered(&entry.node, &below(path, &entry.key), covered, out);
    }
    covered.truncate(n_covered);
}

/// Numbers and dates are figures; names and choices are not.
fn is_figure(value: &Value) -> bool {
    match value {
        Value::Whole(_) | Value::Real(_) => true,
        Value::Text(text) => text.parse::<jiff::civil::Date>().is_ok(),
        _ => false,
    }
}

pub(super) fn is_within(path: &str, above: &str) -> bool {
    path.strip_prefix(above)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn collect_stray(node: &Node, path: &str, out: &mut Vec<(String, Origin)>) {
    for item in node.items() {
        collect_stray(item, path, out);
    }
    for entry in node.entries() {
        let entry_path = below(path, &entry.key);
        if entry.key != "source" {
            collect_stray(&entry.node, &entry_path, out);
            continue;
        }
        for of_key in entry.node.entries() {
            let steps = steps(&of_key.key);
            if !exists(node, &steps) && !is_replaced(node, &steps, &of_key.key_origin) {
                out.push((below(&entry_path, &of_key.key), of_key.key_origin.clone()));
            }
        }
    }
}

fn steps(key: &str) -> Vec<&str> {
    key.split('.').collect()
}

/// Whether what a source text tells of was replaced as a whole, by an override or by a policy that
/// inherits: the text then tells of nothing, and is no mistake of whoever wrote it.
fn is_replaced(node: &Node, steps: &[&str], written: &Origin) -> bool {
    let mut last = node;
    for step in steps {
        match last.get(step) {
            Some(next) => last = next,
            None => break,
        }
    }
    let is_leaf = !matches!(last.value, Value::Table(_) | Value::List(_));
    match (&last.origin, written) {
        (Origin::Override(_), _) => true,
        (Origin::File(here, _), Origin::File(there, _)) => is_leaf && here != there,
        (Origin::File(..), Origin::Override(_)) => false,
    }
}

/// Whether a path without indexes leads to something in `node` or in one of its elements.
fn exists(node: &Node, steps: &[&str]) -> bool {
    let Some((step, rest)) = steps.split_first() else {
        return true;
    };
    node.get(step).is_some_and(|next| exists(next, rest))
        || node.items().iter().any(|item| exists(item, steps))
}

fn below(path: &str, key: &str) -> String {
    if path.is_empty() {
        key.to_owned()
    } else {
        format!("{path}.{key}")
    }
}
