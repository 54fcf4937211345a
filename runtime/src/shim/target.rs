//! Which serializer is on the other side: decimals and untyped JSON have no place in serde's data
//! model, so each takes them in its own way.
//!
//! `serde_json` offers no other way to know itself than its type name. A release that renames its
//! modules would turn decimals into strings, which still read back; the tests pin the names.

use std::any::type_name;

use serde::Serializer;
use serde::ser::{Error, SerializeStruct as _};

use super::de::RAW;
use super::tree::Tree;
use crate::Decimal;
use crate::json::number::Number;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Target {
    /// JSON text: takes raw text.
    Text,
    /// `serde_json::Value`: numbers are f64 or 64-bit integers.
    Tree,
    /// Any other format, or a buffer on the way to one.
    Foreign,
}

fn target<S>() -> Target {
    let name = type_name::<S>().trim_start_matches('&').trim_start_matches("mut ");
    if name.starts_with("serde_json::ser::") {
        Target::Text
    } else if name.starts_with("serde_json::value::") {
        Target::Tree
    } else {
        Target::Foreign
    }
}

/// Whether a deserializer holds a `serde_json::Value`, whose numbers have been floats.
pub(super) fn is_tree<D>() -> bool {
    target::<D>() == Target::Tree
}

/// Writes JSON text that is known to be well-formed.
pub(super) fn raw<S: Serializer>(json: &str, serializer: S) -> Result<S::Ok, S::Error> {
    match target::<S>() {
        Target::Text => {
            let mut raw = serializer.serialize_struct(RAW, 1)?;
            raw.serialize_field(RAW, json)?;
            raw.end()
        }
        Target::Tree | Target::Foreign => serde::Serialize::serialize(&Tree(json), serializer),
    }
}

/// Writes a decimal: every digit, or an error.
pub(super) fn decimal<S: Serializer>(value: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
    const F64_KEEPS: usize = 15;
    let text = value.to_string();
    match target::<S>() {
        Target::Text => raw(&text, serializer),
        Target::Foreign => serializer.serialize_str(&text),
        Target::Tree => {
            let exact = Number::parse(&text).is_some_and(|it| it.significant() <= F64_KEEPS);
            match (text.parse::<i64>(), text.parse::<f64>()) {
                (Ok(value), _) => serializer.serialize_i64(value),
                (Err(_), Ok(value)) if exact => serializer.serialize_f64(value),
                _ => Err(S::Error::custom("a decimal with more digits than a serde_json::Value holds exactly")),
            }
        }
    }
}
