//! A scenario as the text of one file: policies written out with all that they inherit, overrides
//! applied. Remarks in the original files are lost.

use core::fmt::Write;

use super::overrides::is_meant;
use super::tree::{Entry, Node, Value, split};

/// The text of `tree`, in which the sources of some figures, given by path and text, are replaced.
pub(crate) fn text(tree: &Node, notes: &[(String, String)]) -> String {
    let mut tree = tree.clone();
    // The policies of these files are written out.
    tree.remove("policy_files");
    for (path, source) in notes {
        let steps: Vec<&str> = split(path).collect();
        if !note(&mut tree, &steps, source) {
            cite(&mut tree, &[path.as_str()], source);
        }
    }
    let mut text = String::new();
    table(&mut text, &[], &tree);
    text
}

/// Puts `source` where the source of the figure at `steps` belongs: into the nearest table around it
/// that has sources, or else into its section. Whether there was a place for it.
fn note(node: &mut Node, steps: &[&str], source: &str) -> bool {
    let Some((step, rest)) = steps.split_first() else {
        return false;
    };
    if let Value::List(items) = &mut node.value {
        let n = items.len();
        let chosen = (0..n).filter(|at| is_meant(&items[*at], *at, step));
        let chosen: Vec<usize> = chosen.collect();
        let mut has_place = false;
        for at in chosen {
            let item = &mut items[at];
            // An element without a key of its own has no place for sources: those of its list have.
            let has_key = item.get("key").is_some();
            has_place |= note(item, rest, source) || has_key && cite(item, rest, source);
        }
        return has_place;
    }
    let below = match &mut node.value {
        Value::Table(entries) => entries.iter_mut().find(|entry| entry.key == *step),
        _ => None,
    };
    let Some(below) = below else { return false };
    if note(&mut below.node, rest, source) {
        return true;
    }
    let has_sources = |node: &Node| node.get("source").is_some();
    if has_sources(&below.node) {
        return cite(&mut below.node, rest, source);
    }
    false
}

/// Writes `source` for the first of `steps` into the sources of a table. A text that covered the
/// whole table then covers each of its other keys.
fn cite(node: &mut Node, steps: &[&str], source: &str) -> bool {
    let (Some(key), Value::Table(entries)) = (steps.first(), &node.value) else {
        return false;
    };
    let origin = node.origin.clone();
    let of_text = |text: &str| Node {
        value: Value::Text(text.to_owned()),
        origin: origin.clone(),
    };
    let mut sources = Node::empty_table(origin.clone());
    match node.get("source").map(|sources| &sources.value) {
        Some(Value::Text(whole)) => {
            for entry in entries.iter().filter(|entry| entry.key != "source") {
                sources.insert(&entry.key, of_text(whole));
            }
        }
        Some(Value::Table(known)) => sources.value = Value::Table(known.clone()),
        _ => {}
    }
    sources.insert(key, of_text(source));
    node.insert("source", sources);
    true
}

/// Writes a table: what fits in lines first, then what needs a heading of its own.
fn table(text: &mut String, path: &[&str], node: &Node) {
    let entries = node.entries();
    for entry in entries.iter().filter(|entry| !is_section(path, entry)) {
        let _ = writeln!(text, "{} = {}", key(&entry.key), inline(&entry.node));
    }
    for entry in entries.iter().filter(|entry| is_section(path, entry)) {
        let mut path = path.to_vec();
        path.push(&entry.key);
        let name: Vec<String> = path.iter().map(|step| key(step)).collect();
        let name = name.join(".");
        if let Value::List(items) = &entry.node.value {
            for item in items {
                let _ = writeln!(text, "\n[[{name}]]");
                table(text, &path, item);
            }
        } else {
            let _ = writeln!(text, "\n[{name}]");
            table(text, &path, &entry.node);
        }
    }
}

/// Whether an entry of the table at `path` stands under a heading of its own.
fn is_section(path: &[&str], entry: &Entry) -> bool {
    match &entry.node.value {
        Value::Table(_) => {
            path.is_empty() || entry.key == "source" || entry.node.get("source").is_some()
        }
        Value::List(items) => {
            let is_table = |item: &Node| matches!(item.value, Value::Table(_));
            path.len() <= 1 && !items.is_empty() && items.iter().all(is_table)
        }
        _ => false,
    }
}

fn inline(node: &Node) -> String {
    match &node.value {
        Value::Text(text) => quoted(text),
        Value::Whole(number) => number.to_string(),
        Value::Real(number) => format!("{number:?}"),
        Value::Flag(flag) => flag.to_string(),
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(inline).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Table(entries) => {
            let entries = entries
                .iter()
                .map(|entry| format!("{} = {}", key(&entry.key), inline(&entry.node)));
            format!("{{ {} }}", entries.collect::<Vec<_>>().join(", "))
        }
    }
}

fn key(key: &str) -> String {
    let is_bare = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    if !key.is_empty() && key.chars().all(is_bare) {
        key.to_owned()
    } else {
        quoted(key)
    }
}

/// A TOML string: what JSON escapes, TOML reads back.
pub(crate) fn quoted(text: &str) -> String {
    let escaped = text.chars().map(|c| match c {
        '"' => "\\\"".to_owned(),
        '\\' => "\\\\".to_owned(),
        c if c.is_control() => format!("\\u{:04X}", u32::from(c)),
        c => c.to_string(),
    });
    format!("\"{}\"", escaped.collect::<String>())
}
