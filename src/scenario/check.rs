//! Whether a tree is as the schema says: known keys, none missing, values of the right type and in
//! their range. Every mistake is found, each at its own line.

use core::fmt;

use serde_json::{Map, Value as Schema};

use super::limits;
use super::schema;
use super::suggest::did_you_mean;
use super::tree::{Entry, Node, Origin, Sources, Value};
use super::violation::Violation;

/// Where a schema says what the ends of a range are.
const ENDS: [&str; 2] = ["minimum", "maximum"];
/// What is said of a number that leaves its range.
const OUT_OF_RANGE: &str = "out of range";

/// Everything in `tree` that the schema of a scenario refuses, in the order of the file.
pub(super) fn violations(tree: &Node, sources: &Sources) -> Vec<Violation> {
    let mut check = Check {
        sources,
        violations: Vec::new(),
    };
    check.value(tree, schema::whole(), &Path::Root);
    check.violations
}

/// Where in the tree a value is.
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

/// What a schema asks for.
pub(super) enum Kind<'a> {
    Table,
    /// A list, with its length where that is fixed.
    List(Option<u64>),
    Whole,
    Real,
    Text,
    Date,
    /// One of these names, some with a table of their own.
    Choice(Vec<(&'a str, Option<&'a Schema>)>),
    Anything,
}

impl<'a> Kind<'a> {
    pub(super) fn of(schema: &'a Schema) -> Self {
        let choices = choices(schema);
        match schema["type"].as_str() {
            _ if !choices.is_empty() => Self::Choice(choices),
            Some("object") => Self::Table,
            Some("array") if schema["minItems"] == schema["maxItems"] => {
                Self::List(schema["minItems"].as_u64())
            }
            Some("array") => Self::List(None),
            Some("integer") => Self::Whole,
            Some("number") => Self::Real,
            Some("string") if schema["examples"].is_array() => Self::Date,
            Some("string") => Self::Text,
            _ => Self::Anything,
        }
    }
}

impl fmt::Display for Kind<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Table => "a table",
            Self::List(Some(n)) => return write!(f, "a list of {n}"),
            Self::List(None) => "a list",
            Self::Whole => "a whole number",
            Self::Real => "a finite number",
            Self::Text => "a text in quotes",
            Self::Date => "a date such as 2021-11-18",
            Self::Choice(choices) => {
                let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
                return write!(f, "one of {}", names.join(", "));
            }
            Self::Anything => "a value",
        })
    }
}

/// The names that a schema lets choose from, in their order, and what some of them hold.
pub(super) fn choices(schema: &Schema) -> Vec<(&str, Option<&Schema>)> {
    let variants = schema["oneOf"].as_array();
    let variants = variants.map_or(core::slice::from_ref(schema), Vec::as_slice);
    let names = variants.iter().flat_map(|variant| {
        let names = variant["enum"].as_array().into_iter().flatten();
        let names = names.chain(variant.get("const")).filter_map(Schema::as_str);
        names.map(|name| (name, None))
    });
    let is_choice = schema.get("oneOf").is_some();
    let tables = variants.iter().filter(|_| is_choice).flat_map(|variant| {
        let tables = variant["properties"].as_object().into_iter().flatten();
        tables.map(|(name, table)| (name.as_str(), Some(table)))
    });
    names.chain(tables).collect()
}

/// What a schema with alternatives says of a table, or of anything else.
pub(super) fn alternative<'a>(schema: &'a Schema, value: &Value) -> &'a Schema {
    let is_table = matches!(value, Value::Table(_));
    let mut alternatives = schema["anyOf"].as_array().into_iter().flatten();
    let found = alternatives.find(|schema| (schema["type"] == "object") == is_table);
    found.unwrap_or(schema)
}

struct Check<'a> {
    sources: &'a Sources,
    violations: Vec<Violation>,
}

impl Check<'_> {
    fn value(&mut self, node: &Node, schema: &Schema, path: &Path<'_>) {
        let schema = alternative(schema::resolved(schema), &node.value);
        let kind = Kind::of(schema);
        match (&node.value, &kind) {
            (Value::Text(name), Kind::Choice(choices)) => {
                self.choice(node, (name, None), choices, path);
            }
            (Value::Table(entries), Kind::Choice(choices)) if entries.len() == 1 => {
                let only = (entries[0].key.as_str(), Some(&entries[0].node));
                self.choice(node, only, choices, path);
            }
            (Value::Table(_), Kind::Table) => self.table(node, schema, path),
            (Value::List(items), Kind::List(n)) if n.is_none_or(|n| n == items.len() as u64) => {
                self.list(node, schema, path);
            }
            (Value::Whole(number), Kind::Whole) => {
                let [least, most] = ENDS.map(|end| schema[end].as_i64().map(i128::from));
                self.range(node, *number, (least, most), path);
            }
            (Value::Whole(number), Kind::Real) => self.real(node, *number as f64, schema, path),
            (Value::Real(number), Kind::Real) if number.is_finite() => {
                self.real(node, *number, schema, path);
            }
            (Value::Text(_), Kind::Text | Kind::Date) | (_, Kind::Anything) => {}
            _ => self.note_value(node, path, format!("expected {kind}"), None),
        }
    }

    fn table(&mut self, node: &Node, schema: &Schema, path: &Path<'_>) {
        let properties = &schema["properties"];
        for entry in node.entries() {
            let path = Path::Key(path, &entry.key);
            let others = Some(&schema["additionalProperties"]).filter(|schema| schema.is_object());
            match properties.get(&entry.key).or(others) {
                Some(schema) => self.value(&entry.node, schema, &path),
                None => self.unknown(entry, properties, &path),
            }
            if self.violations.len() >= limits::VIOLATIONS {
                return;
            }
        }
        let required = schema["required"].as_array().into_iter().flatten();
        for key in required.filter_map(Schema::as_str) {
            if node.get(key).is_none() {
                self.missing(node, &properties[key], &Path::Key(path, key));
            }
        }
    }

    fn list(&mut self, node: &Node, schema: &Schema, path: &Path<'_>) {
        let (items, most) = (node.items(), schema["maxItems"].as_u64());
        if let Some(most) = most.filter(|most| items.len() as u64 > *most) {
            let message = format!("there are {}", items.len());
            return self.note_value(node, path, message, Some(format!("at most {most}")));
        }
        for (n, item) in items.iter().enumerate() {
            self.value(item, &schema["items"], &Path::Item(path, n));
            if self.violations.len() >= limits::VIOLATIONS {
                return;
            }
        }
    }

    fn real(&mut self, node: &Node, number: f64, schema: &Schema, path: &Path<'_>) {
        let [least, most] = ENDS.map(|end| schema[end].as_f64());
        self.range(node, number, (least, most), path);
    }

    fn range<T: Copy + PartialOrd + fmt::Display>(
        &mut self,
        node: &Node,
        number: T,
        ends: (Option<T>, Option<T>),
        path: &Path<'_>,
    ) {
        if let (Some(least), Some(most)) = ends
            && !(least..=most).contains(&number)
        {
            let allowed = format!("{least} to {most}");
            self.note_value(node, path, OUT_OF_RANGE.to_owned(), Some(allowed));
        }
    }

    /// A choice by its name, with the table that it was given, if any.
    fn choice(
        &mut self,
        node: &Node,
        (name, given): (&str, Option<&Node>),
        choices: &[(&str, Option<&Schema>)],
        path: &Path<'_>,
    ) {
        let Some((_, asked)) = choices.iter().find(|(known, _)| *known == name) else {
            let known: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
            let message = format!("unknown choice{}", did_you_mean(name, &known));
            return self.note_value(node, path, message, Some(known.join(", ")));
        };
        let below = Path::Key(path, name);
        match (asked, given) {
            (Some(schema), Some(given)) => self.value(given, schema, &below),
            (Some(schema), None) => self.missing(node, schema, &below),
            (None, Some(given)) => {
                self.note_value(
                    given,
                    path,
                    format!("{name:?} stands alone, as a text"),
                    None,
                );
            }
            (None, None) => {}
        }
    }

    fn unknown(&mut self, entry: &Entry, properties: &Schema, path: &Path<'_>) {
        let known = properties.as_object().into_iter().flat_map(Map::keys);
        let known: Vec<&str> = known.map(String::as_str).collect();
        let hint = did_you_mean(&entry.key, &known);
        self.note(&entry.key_origin, path, format!("unknown key{hint}"));
    }

    fn missing(&mut self, table: &Node, schema: &Schema, path: &Path<'_>) {
        let kind = Kind::of(schema::resolved(schema));
        self.note(
            &table.origin,
            path,
            format!("missing: {kind} is required here"),
        );
    }

    /// Notes a mistake that is not that of one value.
    fn note(&mut self, origin: &Origin, path: &Path<'_>, message: String) {
        self.push(origin, path, message, (None, None));
    }

    fn note_value(
        &mut self,
        node: &Node,
        path: &Path<'_>,
        message: String,
        allowed: Option<String>,
    ) {
        self.push(&node.origin, path, message, (Some(node), allowed));
    }

    fn push(
        &mut self,
        origin: &Origin,
        path: &Path<'_>,
        message: String,
        (node, allowed): (Option<&Node>, Option<String>),
    ) {
        // Finding a line takes time, and nobody reads more than this.
        if self.violations.len() < limits::VIOLATIONS {
            self.violations.push(Violation {
                path: path.to_string(),
                place: self.sources.place(origin),
                value: node.map(Node::shown),
                message,
                allowed,
            });
        }
    }
}
