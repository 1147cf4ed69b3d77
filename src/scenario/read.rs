//! Reading the tree of a scenario into typed tables, without stopping at the first mistake.
//!
//! A misspelt key, a missing key or a value of the wrong type is noted, a stand-in value takes its
//! place, and reading goes on; so one pass finds all of them. What holds stand-ins is given back
//! beside the notes, only to look for more mistakes in it.
//!
//! Optional keys are `Option` fields. Other fields are required, `#[serde(default)]` has no effect.

mod access;

use core::cell::RefCell;
use core::fmt;

use serde::Deserialize;
use serde::de;

use super::limits;
use super::suggest::did_you_mean;
use super::tree::{Node, Origin, Sources, Value};
use super::violation::Violation;

/// Reads `root` as a `T`, and says everything that keeps it from being one; with such mistakes, the
/// value holds stand-ins where they are.
pub(crate) fn read<'de, T: Deserialize<'de>>(
    root: &'de Node,
    sources: &Sources,
) -> (Option<T>, Vec<Violation>) {
    let notes = Notes {
        sources,
        violations: RefCell::new(Vec::new()),
    };
    let reader = Reader {
        notes: &notes,
        path: &Path::Root,
        input: Input::Found(root),
    };
    let result = T::deserialize(reader);
    let mut violations = notes.violations.into_inner();
    match result {
        Ok(value) => (Some(value), violations),
        Err(Refused(message)) => {
            violations.push(violation_at(sources, &root.origin, &Path::Root, message));
            (None, violations)
        }
    }
}

struct Notes<'a> {
    sources: &'a Sources,
    violations: RefCell<Vec<Violation>>,
}

/// Where in the tree the reader is.
enum Path<'a> {
    Root,
    Key(&'a Self, &'a str),
    Item(&'a Self, usize),
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root => Ok(()),
            Self::Key(Self::Root, key) => f.write_str(key),
            Self::Key(above, key) => write!(f, "{above}.{key}"),
            Self::Item(above, item) => write!(f, "{above}[{item}]"),
        }
    }
}

/// What there is to read.
#[derive(Clone, Copy)]
enum Input<'de> {
    /// A value.
    Found(&'de Node),
    /// Nothing, in a table with this origin: a mistake unless the field is optional.
    Missing(&'de Origin),
    /// Nothing, after a mistake that was noted already.
    StandIn,
}

#[derive(Clone, Copy)]
struct Reader<'de, 'n> {
    notes: &'n Notes<'n>,
    path: &'n Path<'n>,
    input: Input<'de>,
}

/// The input of the field `key`; without a table, nothing that was not noted already.
fn field<'de>(table: Option<&'de Node>, key: &str) -> Input<'de> {
    match table {
        Some(table) => table
            .get(key)
            .map_or(Input::Missing(&table.origin), Input::Found),
        None => Input::StandIn,
    }
}

/// An error of a visitor, which the reader's own checks should have kept from happening.
#[derive(Debug)]
struct Refused(String);

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl core::error::Error for Refused {}

impl de::Error for Refused {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

fn violation_at(sources: &Sources, origin: &Origin, path: &Path<'_>, message: String) -> Violation {
    let place = sources.place(origin);
    Violation {
        path: path.to_string(),
        place,
        value: None,
        message,
        allowed: None,
    }
}

impl<'de> Reader<'de, '_> {
    fn note(&self, origin: &Origin, message: String) {
        self.push(origin, message, |_| {});
    }

    /// Notes a violation, with more to say about it; finding its line takes time, so those past the
    /// limit are dropped at once.
    fn push(&self, origin: &Origin, message: String, detail: impl FnOnce(&mut Violation)) {
        let mut violations = self.notes.violations.borrow_mut();
        if violations.len() < limits::VIOLATIONS {
            let mut violation = violation_at(self.notes.sources, origin, self.path, message);
            detail(&mut violation);
            violations.push(violation);
        }
    }

    /// The value that is there, if it is what `select` takes; a note and `None` otherwise.
    fn expect<T>(&self, what: &str, select: impl FnOnce(&'de Value) -> Option<T>) -> Option<T> {
        let node = match self.input {
            Input::Found(node) => node,
            Input::Missing(table) => {
                self.note(table, format!("missing: {what} is required here"));
                return None;
            }
            Input::StandIn => return None,
        };
        let selected = select(&node.value);
        if selected.is_none() {
            self.note_value(node, format!("expected {what}"));
        }
        selected
    }

    fn note_value(&self, node: &Node, message: String) {
        self.push(&node.origin, message, |violation| {
            violation.value = Some(node.shown());
        });
    }

    fn whole(&self) -> i64 {
        self.expect("a whole number", |value| match value {
            Value::Whole(number) => i64::try_from(*number).ok(),
            _ => None,
        })
        .unwrap_or_default()
    }

    fn real(&self) -> f64 {
        self.expect("a finite number", |value| match value {
            #[expect(
                clippy::cast_precision_loss,
                reason = "a number in a file, not a count"
            )]
            Value::Whole(number) => Some(*number as f64),
            Value::Real(number) if number.is_finite() => Some(*number),
            _ => None,
        })
        .unwrap_or_default()
    }

    fn text(&self) -> &'de str {
        self.expect("a text in quotes", |value| match value {
            Value::Text(text) => Some(text.as_str()),
            _ => None,
        })
        .unwrap_or_default()
    }

    /// The table that is there; notes keys outside `known`.
    fn table(&self, known: &'static [&'static str]) -> Option<&'de Node> {
        let is_table = |value: &'de Value| matches!(value, Value::Table(_)).then_some(());
        self.expect("a table", is_table)?;
        let Input::Found(node) = self.input else {
            return None;
        };
        for entry in node.entries() {
            if !known.contains(&entry.key.as_str()) {
                let path = Path::Key(self.path, &entry.key);
                let below = Reader {
                    notes: self.notes,
                    path: &path,
                    input: self.input,
                };
                let hint = did_you_mean(&entry.key, known);
                below.note(&entry.key_origin, format!("unknown key{hint}"));
            }
        }
        Some(node)
    }

    /// The chosen variant of an externally tagged enum and its content.
    fn variant(&self, known: &'static [&'static str]) -> Option<(&'de str, Input<'de>)> {
        let (name, content) = self.expect("a choice", |value| match value {
            Value::Text(name) => Some((name.as_str(), None)),
            Value::Table(entries) => match entries.as_slice() {
                [only] => Some((only.key.as_str(), Some(&only.node))),
                _ => None,
            },
            _ => None,
        })?;
        let Input::Found(node) = self.input else {
            return None;
        };
        let content = content.map_or(Input::Missing(&node.origin), Input::Found);
        if known.contains(&name) {
            return Some((name, content));
        }
        let hint = did_you_mean(name, known);
        self.push(&node.origin, format!("unknown choice{hint}"), |violation| {
            violation.value = Some(format!("{name:?}"));
            violation.allowed = Some(known.join(", "));
        });
        None
    }
}
