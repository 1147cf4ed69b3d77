//! Reading TOML into a tree, and what is wrong with its syntax.

use core::ops::Range;

use toml::de::{DeTable, DeValue};

use super::limits;
use super::tree::{Entry, Node, Origin, Sources, Value, whole_file};
use super::violation::{Place, SourceText, Violation};

/// Bytes of a file in which mistakes are looked for first.
const FIRST_BYTES: usize = 1 << 16;

impl Sources {
    /// Adds a file and parses it; its syntax errors otherwise, all that the parser can find.
    pub(crate) fn parse(&mut self, file: SourceText) -> Result<Node, Vec<Violation>> {
        self.files.push(file);
        let file_idx = self.files.len() - 1;
        let source = &self.files[file_idx];
        let all: usize = self.files.iter().map(|file| file.text.len()).sum();
        for (size, most, what) in [
            (
                source.text.len(),
                limits::FILE_BYTES,
                "the file is too large",
            ),
            (all, limits::ALL_BYTES, "all files together are too large"),
        ] {
            if size > most {
                let allowed = Some(format!("at most {most} bytes"));
                return Err(vec![whole_file(source, what, allowed)]);
            }
        }
        let table = DeTable::parse(&source.text).map_err(|_| syntax_errors(source))?;
        Ok(from_table(table.get_ref(), file_idx, table.span()))
    }
}

/// The value of one override as TOML would read it, or else as plain text.
pub(crate) fn parse_override(text: &str, override_idx: usize) -> Node {
    let mut node = DeValue::parse(text).map_or_else(
        |_| Node {
            value: Value::Text(text.to_owned()),
            origin: Origin::File(0, 0..0),
        },
        |value| from_value(value.get_ref(), 0, 0..0),
    );
    node.set_origin(&Origin::Override(override_idx));
    node
}

/// What is wrong with the syntax of a file, as far as it is shown. The parser keeps every mistake that
/// it finds, so it is given more and more of the file until there are enough.
fn syntax_errors(source: &SourceText) -> Vec<Violation> {
    let text = source.text.as_str();
    let mut length = FIRST_BYTES;
    loop {
        let end = text.floor_char_boundary(length);
        let is_whole = end == text.len();
        let (_, errors) = DeTable::parse_recoverable(&text[..end]);
        // What is unfinished at the cut may go on after it.
        let is_before_cut =
            |error: &&toml::de::Error| is_whole || error.span().is_some_and(|span| span.end < end);
        let found = errors.iter().filter(is_before_cut).take(limits::VIOLATIONS);
        let found: Vec<Violation> = found.map(|error| syntax_error(source, error)).collect();
        if is_whole || found.len() >= limits::VIOLATIONS {
            return found;
        }
        length = length.saturating_mul(4);
    }
}

fn syntax_error(source: &SourceText, error: &toml::de::Error) -> Violation {
    Violation {
        path: String::new(),
        place: Place::in_file(source, error.span().unwrap_or(0..0)),
        value: None,
        message: format!(
            "not valid TOML: {}",
            error.message().trim().replace('\n', ", ")
        ),
        allowed: None,
    }
}

fn from_table(table: &DeTable<'_>, file: usize, span: Range<usize>) -> Node {
    let mut entries: Vec<(Range<usize>, Entry)> = table
        .iter()
        .map(|(key, value)| {
            let key_origin = Origin::File(file, key.span());
            let node = from_value(value.get_ref(), file, value.span());
            (
                key.span(),
                Entry {
                    key: key.get_ref().clone().into_owned(),
                    key_origin,
                    node,
                },
            )
        })
        .collect();
    // The parser sorts keys by name; the order of the file is the order to report and to keep.
    entries.sort_by_key(|(span, _)| span.start);
    let value = Value::Table(entries.into_iter().map(|(_, entry)| entry).collect());
    Node {
        value,
        origin: Origin::File(file, span),
    }
}

fn from_value(value: &DeValue<'_>, file: usize, span: Range<usize>) -> Node {
    let value = match value {
        DeValue::String(text) => Value::Text(text.clone().into_owned()),
        DeValue::Integer(number) => i128::from_str_radix(number.as_str(), number.radix())
            .map_or(Value::Real(f64::INFINITY), Value::Whole),
        DeValue::Float(number) => Value::Real(number.as_str().parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(flag) => Value::Flag(*flag),
        DeValue::Datetime(moment) => Value::Text(moment.to_string()),
        DeValue::Array(items) => Value::List(
            items
                .iter()
                .map(|item| from_value(item.get_ref(), file, item.span()))
                .collect(),
        ),
        DeValue::Table(table) => return from_table(table, file, span),
    };
    Node {
        value,
        origin: Origin::File(file, span),
    }
}
