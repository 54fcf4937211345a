//! The shape of `docs.toml`: documentation in the maintainer's own words.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use toml::Spanned;

/// The whole file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Docs {
    /// By qualified type name.
    #[serde(rename = "type")]
    pub types: BTreeMap<Spanned<String>, TypeDocs>,
    /// By qualified operation name; all its overloads share one entry.
    #[serde(rename = "operation")]
    pub operations: BTreeMap<Spanned<String>, OperationDocs>,
}

/// Words for one type.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TypeDocs {
    /// What it is.
    pub doc: String,
    /// The page that documents it.
    #[serde(default)]
    pub link: Option<String>,
    /// By property or navigation property, overlays included.
    #[serde(default, rename = "property")]
    pub properties: BTreeMap<Spanned<String>, DocEntry>,
    /// By enumeration member.
    #[serde(default, rename = "member")]
    pub members: BTreeMap<Spanned<String>, DocEntry>,
}

/// Words for one operation.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OperationDocs {
    /// What it does.
    pub doc: String,
    /// The page that documents it.
    #[serde(default)]
    pub link: Option<String>,
    /// By parameter.
    #[serde(default, rename = "parameter")]
    pub parameters: BTreeMap<Spanned<String>, DocEntry>,
}

/// Words for one property, member or parameter: a sentence, or `{ doc = "..", unit = ".." }`.
#[derive(Debug)]
pub enum DocEntry {
    /// Just the sentence.
    Sentence(String),
    /// A sentence and the unit of the number.
    Measured {
        /// The sentence.
        doc: String,
        /// Such as `ms` or `ratio 0 to 1`.
        unit: String,
    },
}

// By hand: derived, a slip would be told as "data did not match any variant".
impl<'de> Deserialize<'de> for DocEntry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Words)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Measured {
    doc: String,
    unit: String,
}

struct Words;

impl<'de> Visitor<'de> for Words {
    type Value = DocEntry;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a sentence, or `{ doc = \"..\", unit = \"..\" }`")
    }

    fn visit_str<E: Error>(self, doc: &str) -> Result<DocEntry, E> {
        Ok(DocEntry::Sentence(doc.to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(self, entry: A) -> Result<DocEntry, A::Error> {
        let Measured { doc, unit } = Measured::deserialize(MapAccessDeserializer::new(entry))?;
        Ok(DocEntry::Measured { doc, unit })
    }
}

impl DocEntry {
    /// The sentence.
    #[must_use]
    pub fn doc(&self) -> &str {
        match self {
            Self::Sentence(doc) | Self::Measured { doc, .. } => doc,
        }
    }

    /// The unit, where there is one.
    #[must_use]
    pub fn unit(&self) -> Option<&str> {
        match self {
            Self::Sentence(_) => None,
            Self::Measured { unit, .. } => Some(unit),
        }
    }
}
