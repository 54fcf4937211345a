//! Pages that document operations.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use toml::Spanned;

/// The page for all operations of a path, or one for each: `{ list = "..", create = ".." }`.
#[derive(Debug, Default)]
pub struct Links {
    all: Option<String>,
    /// By the word that would refuse the operation.
    pub by_word: BTreeMap<Spanned<String>, String>,
}

impl Links {
    /// The page for an operation.
    #[must_use]
    pub fn get(&self, word: &str) -> Option<&str> {
        self.by_word.get(word).or(self.all.as_ref()).map(String::as_str)
    }
}

// By hand: derived, a slip would be told as "data did not match any variant".
impl<'de> Deserialize<'de> for Links {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Pages)
    }
}

struct Pages;

impl<'de> Visitor<'de> for Pages {
    type Value = Links;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the address of a page, or `{ list = \"..\", create = \"..\" }`")
    }

    fn visit_str<E: Error>(self, page: &str) -> Result<Links, E> {
        Ok(Links { all: Some(page.to_owned()), by_word: BTreeMap::new() })
    }

    fn visit_map<A: MapAccess<'de>>(self, pages: A) -> Result<Links, A::Error> {
        let by_word = BTreeMap::deserialize(MapAccessDeserializer::new(pages))?;
        Ok(Links { all: None, by_word })
    }
}
