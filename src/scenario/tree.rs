//! Scenario files as a tree of values that remember where they were written.
//!
//! Positions survive merging, so that a value that a policy inherits from another file is still
//! reported at its own line. Nothing here knows which keys a scenario has.

use core::ops::Range;

use toml::de::DeValue;

use super::violation::{Place, SourceText, Violation};

/// A value and its origin.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) value: Value,
    pub(crate) origin: Origin,
}

/// A value; tables keep the order in which they were written.
#[derive(Debug, Clone)]
pub(crate) enum Value {
    Text(String),
    Whole(i128),
    Real(f64),
    Flag(bool),
    List(Vec<Node>),
    Table(Vec<Entry>),
}

impl Value {
    /// The value as an override writes it, so that [`parse_override`] gives it back.
    pub(crate) fn written(&self) -> String {
        match self {
            Self::Text(text) if DeValue::parse(text).is_err() => text.clone(),
            Self::Text(text) => toml::Value::from(text.as_str()).to_string(),
            Self::Whole(number) => number.to_string(),
            Self::Real(number) => number.to_string(),
            Self::Flag(flag) => flag.to_string(),
            Self::List(items) => {
                let items: Vec<String> = items.iter().map(Node::written).collect();
                format!("[{}]", items.join(", "))
            }
            Self::Table(entries) => {
                let entry = |entry: &Entry| format!("\"{}\" = {}", entry.key, entry.node.written());
                let entries: Vec<String> = entries.iter().map(entry).collect();
                format!("{{ {} }}", entries.join(", "))
            }
        }
    }
}

/// A key of a table with its value.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) key_origin: Origin,
    pub(crate) node: Node,
}

/// Where a value was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Origin {
    /// A byte range in the file with this position among the sources.
    File(usize, Range<usize>),
    /// The override with this position.
    Override(usize),
}

impl Origin {
    /// The position of the file; `None` for an override.
    pub(crate) const fn file(&self) -> Option<usize> {
        match self {
            Self::File(file, _) => Some(*file),
            Self::Override(_) => None,
        }
    }
}

/// The files and overrides that origins refer to.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sources {
    pub(crate) files: Vec<SourceText>,
    pub(crate) overrides: Vec<String>,
}

impl Sources {
    /// The place to show for `origin`.
    pub(crate) fn place(&self, origin: &Origin) -> Place {
        match origin {
            Origin::File(file, span) => Place::in_file(&self.files[*file], span.clone()),
            Origin::Override(n) => Place::Override(self.overrides[*n].clone()),
        }
    }
}

/// A violation of `source` as a whole.
pub(crate) fn whole_file(source: &SourceText, message: &str, allowed: Option<String>) -> Violation {
    Violation {
        path: String::new(),
        place: Place::Whole(source.name.clone()),
        value: None,
        message: message.to_owned(),
        allowed,
    }
}

/// The steps of a dotted path such as `region[2].population`, without empty ones.
fn steps(path: &str) -> impl Iterator<Item = &str> {
    split(path).filter(|step| !step.is_empty())
}

/// The parts of a dotted path, empty ones too; a part in double quotes is one key, whatever it holds.
pub(crate) fn split(path: &str) -> impl Iterator<Item = &str> {
    let mut is_quoted = false;
    let parts = path.split(move |c: char| {
        is_quoted ^= c == '"';
        !is_quoted && (c == '.' || c == '[')
    });
    parts.map(|step| step.trim_end_matches(']').trim_matches('"'))
}

/// Lays the elements of a list over those with the same key, and adds those whose key is new.
fn overlay_items(items: &mut Vec<Node>, upper: Vec<Node>) {
    for item in upper {
        let same = |lower: &&mut Node| lower.key().is_some() && lower.key() == item.key();
        match items.iter_mut().find(same) {
            Some(lower) => lower.overlay(item),
            None => items.push(item),
        }
    }
}

fn overlay_entries(entries: &mut Vec<Entry>, upper: Vec<Entry>) {
    for entry in upper {
        match entries.iter_mut().find(|lower| lower.key == entry.key) {
            Some(lower) => {
                lower.key_origin = entry.key_origin;
                lower.node.overlay(entry.node);
            }
            None => entries.push(entry),
        }
    }
}

impl Node {
    /// An empty table.
    pub(crate) fn empty_table(origin: Origin) -> Self {
        Self {
            value: Value::Table(Vec::new()),
            origin,
        }
    }

    /// The entry of a table with this key.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        self.entries()
            .iter()
            .find(|entry| entry.key == key)
            .map(|entry| &entry.node)
    }

    /// The value of a text.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The items of a list; none for anything else.
    pub(crate) fn items(&self) -> &[Self] {
        match &self.value {
            Value::List(items) => items,
            _ => &[],
        }
    }

    /// The entries of a table; none for anything else.
    pub(crate) fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Table(entries) => entries,
            _ => &[],
        }
    }

    /// Where the single values of this node were written.
    pub(crate) fn leaf_origins(&self) -> Vec<Origin> {
        match &self.value {
            Value::List(items) => items.iter().flat_map(Self::leaf_origins).collect(),
            Value::Table(entries) => entries
                .iter()
                .flat_map(|entry| entry.node.leaf_origins())
                .collect(),
            _ => vec![self.origin.clone()],
        }
    }

    /// Number of values in this node, itself included.
    pub(crate) fn size(&self) -> usize {
        let below: usize = match &self.value {
            Value::List(items) => items.iter().map(Self::size).sum(),
            Value::Table(entries) => entries.iter().map(|entry| entry.node.size()).sum(),
            _ => 0,
        };
        below + 1
    }

    /// Puts `node` under `key`, in place of what was there.
    pub(crate) fn insert(&mut self, key: &str, node: Self) {
        let Value::Table(entries) = &mut self.value else {
            return;
        };
        if let Some(entry) = entries.iter_mut().find(|entry| entry.key == key) {
            entry.key_origin = node.origin.clone();
            entry.node = node;
        } else {
            let key_origin = node.origin.clone();
            entries.push(Entry {
                key: key.to_owned(),
                key_origin,
                node,
            });
        }
    }

    /// Takes the entry with this key out of a table.
    pub(crate) fn remove(&mut self, key: &str) -> Option<Self> {
        let Value::Table(entries) = &mut self.value else {
            return None;
        };
        let position = entries.iter().position(|entry| entry.key == key)?;
        Some(entries.remove(position).node)
    }

    /// The key of a table that names itself.
    fn key(&self) -> Option<&str> {
        self.get("key").and_then(Self::text)
    }

    /// Lays `over` on top of this table: tables are merged, and so are lists of tables that each
    /// have a key; anything else is replaced.
    pub(crate) fn overlay(&mut self, over: Self) {
        self.origin = over.origin;
        match (&mut self.value, over.value) {
            (Value::Table(entries), Value::Table(upper)) => overlay_entries(entries, upper),
            (Value::List(items), Value::List(upper))
                if !upper.is_empty() && upper.iter().all(|item| item.key().is_some()) =>
            {
                overlay_items(items, upper);
            }
            (value, upper) => *value = upper,
        }
    }

    /// The node at a dotted path such as `region[2].population`; where the path goes on past what
    /// was written, the last node on the way.
    pub(crate) fn nearest(&self, path: &str) -> &Self {
        let mut node = self;
        for step in steps(path) {
            match node.step(step) {
                Some(next) => node = next,
                None => break,
            }
        }
        node
    }

    /// The node at a dotted path, if something was written there.
    pub(crate) fn at(&self, path: &str) -> Option<&Self> {
        steps(path).try_fold(self, |node, step| node.step(step))
    }

    fn step(&self, step: &str) -> Option<&Self> {
        match &self.value {
            Value::List(items) => items.get(step.parse::<usize>().ok()?),
            Value::Table(_) => self.get(step),
            _ => None,
        }
    }

    pub(super) fn set_origin(&mut self, origin: &Origin) {
        self.origin = origin.clone();
        match &mut self.value {
            Value::List(items) => items.iter_mut().for_each(|item| item.set_origin(origin)),
            Value::Table(entries) => {
                for entry in entries {
                    entry.key_origin = origin.clone();
                    entry.node.set_origin(origin);
                }
            }
            _ => {}
        }
    }

    /// The value inside a list or table of an override, where a text needs its quotes.
    fn written(&self) -> String {
        match &self.value {
            Value::Text(text) => toml::Value::from(text.as_str()).to_string(),
            other => other.written(),
        }
    }

    /// The value in short, as a message shows it.
    pub(crate) fn shown(&self) -> String {
        match &self.value {
            Value::Text(text) => format!("{:?}", text.chars().take(60).collect::<String>()),
            Value::Whole(number) => number.to_string(),
            Value::Real(number) => number.to_string(),
            Value::Flag(flag) => flag.to_string(),
            Value::List(items) => format!("a list of {}", items.len()),
            Value::Table(_) => "a table".to_owned(),
        }
    }
}
