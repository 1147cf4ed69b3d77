//! What serde asks of a reader: values, lists, tables and choices, each with a stand-in.

use serde::de::value::{StrDeserializer, StringDeserializer};
use serde::de::{self, DeserializeSeed, Visitor};

use super::{Input, Path, Reader, Refused, field};
use crate::scenario::shape::Setting;
use crate::scenario::tree::{Node, Value};

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
        let nodes = self.expect("a list", |value| match value {
            Value::List(items) => Some(items.as_slice()),
            _ => None,
        });
        visitor.visit_seq(Items {
            reader: self,
            nodes: nodes.unwrap_or(&[]),
            next: 0,
            stand_ins: 0,
        })
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, n: usize, visitor: V) -> Result<V::Value, Refused> {
        let nodes = self.expect(&format!("a list of {n}"), |value| match value {
            Value::List(items) if items.len() == n => Some(items.as_slice()),
            _ => None,
        });
        let stand_ins = if nodes.is_some() { 0 } else { n };
        visitor.visit_seq(Items {
            reader: self,
            nodes: nodes.unwrap_or(&[]),
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
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Refused> {
        if name != Setting::NAME {
            return visitor.visit_newtype_struct(self);
        }
        let text = self.expect("a value", |value| Some(value.written()));
        visitor.visit_newtype_struct(StringDeserializer::new(text.unwrap_or_default()))
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i128 u8 u16 u32 u64 u128 f32 char bytes byte_buf unit unit_struct tuple_struct
        identifier ignored_any
    }
}

struct Items<'de, 'n> {
    reader: Reader<'de, 'n>,
    nodes: &'de [Node],
    next: usize,
    stand_ins: usize,
}

impl<'de> de::SeqAccess<'de> for Items<'de, '_> {
    type Error = Refused;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Refused> {
        let input = match self.nodes.get(self.next) {
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
        Some(self.nodes.len())
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
        let input = field(self.table, key);
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

impl<'de> de::EnumAccess<'de> for Choice<'de, '_> {
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
