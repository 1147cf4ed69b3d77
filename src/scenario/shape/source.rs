//! Where figures come from.

use std::collections::BTreeMap;

use core::fmt;

use serde::Deserialize;
use serde::de::{self, MapAccess, Visitor};

/// Where the figures of a section come from: one text for the whole section, or a text for each of
/// its keys. A key may be a dotted path without indexes (`region.hospital`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// For all figures of the section.
    Section(String),
    /// By key.
    ByKey(BTreeMap<String, String>),
}

impl<'de> Deserialize<'de> for Source {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TextOrTable)
    }
}

struct TextOrTable;

impl<'de> Visitor<'de> for TextOrTable {
    type Value = Source;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, or a table of texts by key")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Source, E> {
        Ok(Source::Section(text.to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Source, A::Error> {
        let mut texts = BTreeMap::new();
        while let Some((key, text)) = map.next_entry()? {
            texts.insert(key, text);
        }
        Ok(Source::ByKey(texts))
    }
}
