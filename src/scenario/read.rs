//! Reading the tree of a scenario into typed tables, without stopping at the first mistake.
//!
//! A misspelt key, a missing key or a value of the wrong type is noted, a stand-in value takes its
//! place, and reading goes on; so one pass finds all of them. The stand-ins never leave this
//! module: when anything was noted, no value is returned.
//!
//! Optional keys are `Option` fields. Other fields are required, `#[serde(default)]` has no effect.

use core::cell::RefCell;
use core::fmt;

use serde::Deserialize;
use serde::de::value::StrDeserializer;
use serde::de::{self, DeserializeSeed, Visitor};

use super::suggest::did_you_mean;
use super::tree::{Node, Origin, Sources, Value};
use super::violation::Violation;

/// Reads `root` as a `T`, or says everything that keeps it from being one.
pub(crate) fn read<'de, T: Deserialize<'de>>(
    root: &'de Node,
    sources: &Sources,
) -> Result<T, Vec<Violation>> {
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
        Ok(value) if violations.is_empty() => Ok(value),
        Ok(_) => Err(violations),
        Err(Refused(message)) => {
            violations.push(violation_at(sources, &root.origin, &Path::Root, message));
            Err(violations)
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
    Key(&'a Path<'a>, &'a str),
    Item(&'a Path<'a>, usize),
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
        let violation = violation_at(self.notes.sources, origin, self.path, message);
        self.notes.violations.borrow_mut().push(violation);
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
        let mut violation = violation_at(self.notes.sources, &node.origin, self.path, message);
        violation.value = Some(node.shown());
        self.notes.violations.borrow_mut().push(violation);
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

    /// The input of the field `key`, for a table that is there, missing or a stand-in.
    fn field(&self, table: Option<&'de Node>, key: &str) -> Input<'de> {
        match table {
            Some(table) => table
                .get(key)
                .map_or(Input::Missing(&table.origin), Input::Found),
            None => Input::StandIn,
        }
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
        self.note_value(node, format!("unknown choice {name:?}{hint}"));
        let mut violations = self.notes.violations.borrow_mut();
        if let Some(last) = violations.last_mut() {
            last.allowed = Some(known.join(", "));
        }
        None
    }
}

impl<'de> de::Deserializer<'de> for Reader<'de, '_> {
    type Error = Refused;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        match self.input {
            Input::Found(Node {
                value: Value::Table(_),
                ..
            }) => self.deserialize_map(visitor),
            _ => visitor.visit_borrowed_str(self.text()),
        }
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        visitor.visit_i64(self.whole())
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        visitor.visit_f64(self.real())
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        visitor.visit_borrowed_str(self.text())
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        match self.input {
            Input::Found(_) => visitor.visit_some(self),
            Input::Missing(_) | Input::StandIn => visitor.visit_none(),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        let items = self.expect("a list", |value| match value {
            Value::List(items) => Some(items.as_slice()),
            _ => None,
        });
        visitor.visit_seq(Items {
            reader: self,
            items: items.unwrap_or(&[]),
            next: 0,
            stand_ins: 0,
        })
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, n: usize, visitor: V) -> Result<V::Value, Refused> {
        let items = self.expect(&format!("a list of {n}"), |value| match value {
            Value::List(items) if items.len() == n => Some(items.as_slice()),
            _ => None,
        });
        let stand_ins = if items.is_some() { 0 } else { n };
        visitor.visit_seq(Items {
            reader: self,
            items: items.unwrap_or(&[]),
            next: 0,
            stand_ins,
        })
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        let entries = self.expect("a table", |value| match value {
            Value::Table(entries) => Some(entries),
            _ => None,
        });
        let keys = entries
            .into_iter()
            .flatten()
            .map(|entry| entry.key.as_str())
            .collect();
        let Input::Found(node) = self.input else {
            return visitor.visit_map(Fields::none(self));
        };
        visitor.visit_map(Fields {
            reader: self,
            table: Some(node),
            keys,
            next: 0,
        })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Refused> {
        let table = self.table(fields);
        visitor.visit_map(Fields {
            reader: self,
            table,
            keys: fields.to_vec(),
            next: 0,
        })
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Refused> {
        let stand_in = (
            variants.first().copied().unwrap_or_default(),
            Input::StandIn,
        );
        let (name, content) = self.variant(variants).unwrap_or(stand_in);
        visitor.visit_enum(Choice {
            reader: self,
            name,
            content,
        })
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Refused> {
        visitor.visit_newtype_struct(self)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i128 u8 u16 u32 u64 u128 f32 char bytes byte_buf unit unit_struct tuple_struct
        identifier ignored_any
    }
}

struct Items<'de, 'n> {
    reader: Reader<'de, 'n>,
    items: &'de [Node],
    next: usize,
    stand_ins: usize,
}

impl<'de> de::SeqAccess<'de> for Items<'de, '_> {
    type Error = Refused;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Refused> {
        let input = match self.items.get(self.next) {
            Some(node) => Input::Found(node),
            None if self.next < self.stand_ins => Input::StandIn,
            None => return Ok(None),
        };
        let path = Path::Item(self.reader.path, self.next);
        self.next += 1;
        seed.deserialize(Reader {
            notes: self.reader.notes,
            path: &path,
            input,
        })
        .map(Some)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len())
    }
}

struct Fields<'de, 'n> {
    reader: Reader<'de, 'n>,
    table: Option<&'de Node>,
    keys: Vec<&'de str>,
    next: usize,
}

impl<'de, 'n> Fields<'de, 'n> {
    fn none(reader: Reader<'de, 'n>) -> Self {
        Self {
            reader,
            table: None,
            keys: Vec::new(),
            next: 0,
        }
    }
}

impl<'de> de::MapAccess<'de> for Fields<'de, '_> {
    type Error = Refused;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Refused> {
        match self.keys.get(self.next) {
            Some(key) => seed.deserialize(StrDeserializer::new(key)).map(Some),
            None => Ok(None),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Refused> {
        let key = self.keys[self.next];
        self.next += 1;
        let path = Path::Key(self.reader.path, key);
        let input = self.reader.field(self.table, key);
        seed.deserialize(Reader {
            notes: self.reader.notes,
            path: &path,
            input,
        })
    }
}

struct Choice<'de, 'n> {
    reader: Reader<'de, 'n>,
    name: &'de str,
    content: Input<'de>,
}

impl<'de, 'n> de::EnumAccess<'de> for Choice<'de, 'n> {
    type Error = Refused;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Refused> {
        Ok((seed.deserialize(StrDeserializer::new(self.name))?, self))
    }
}

impl<'de> de::VariantAccess<'de> for Choice<'de, '_> {
    type Error = Refused;

    fn unit_variant(self) -> Result<(), Refused> {
        if let Input::Found(node) = self.content {
            self.reader
                .note_value(node, format!("{:?} stands alone, as a text", self.name));
        }
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Refused> {
        let path = Path::Key(self.reader.path, self.name);
        seed.deserialize(Reader {
            notes: self.reader.notes,
            path: &path,
            input: self.content,
        })
    }

    fn tuple_variant<V: Visitor<'de>>(self, n: usize, visitor: V) -> Result<V::Value, Refused> {
        let path = Path::Key(self.reader.path, self.name);
        let reader = Reader {
            notes: self.reader.notes,
            path: &path,
            input: self.content,
        };
        de::Deserializer::deserialize_tuple(reader, n, visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Refused> {
        let path = Path::Key(self.reader.path, self.name);
        let reader = Reader {
            notes: self.reader.notes,
            path: &path,
            input: self.content,
        };
        de::Deserializer::deserialize_struct(reader, "", fields, visitor)
    }
}
