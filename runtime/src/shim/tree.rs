//! JSON text for formats that do not take it as it is: value by value, no number rounded.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, MapAccess, Visitor};
use serde::ser::{Error, Serialize, SerializeMap as _, SerializeSeq as _, Serializer};
use serde_json::value::RawValue;

use crate::json::number::Number;

/// Well-formed JSON text, as the value that it is.
pub(super) struct Tree<'a>(pub(super) &'a str);

impl Serialize for Tree<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.bytes().next() {
            Some(b'n') => serializer.serialize_unit(),
            Some(b't') => serializer.serialize_bool(true),
            Some(b'f') => serializer.serialize_bool(false),
            Some(b'"') => serializer.serialize_str(&parse::<Cow<'_, str>, _>(self.0)?),
            Some(b'[') => {
                let items: Vec<&RawValue> = parse(self.0)?;
                let mut seq = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    seq.serialize_element(&Tree(item.get()))?;
                }
                seq.end()
            }
            Some(b'{') => {
                let Members(members) = parse(self.0)?;
                let mut map = serializer.serialize_map(Some(members.len()))?;
                for (name, value) in members {
                    map.serialize_entry(&name, &Tree(value.get()))?;
                }
                map.end()
            }
            _ => number(self.0, serializer),
        }
    }
}

fn number<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    if let Ok(value) = text.parse::<i64>() {
        return serializer.serialize_i64(value);
    }
    if let Ok(value) = text.parse::<u64>() {
        return serializer.serialize_u64(value);
    }
    // Exact if the shortest text of the f64 has the same value.
    let exact = |value: &f64| {
        let shortest = Number::parse(&format!("{value:?}"));
        value.is_finite() && shortest.map(Number::normal) == Number::parse(text).map(Number::normal)
    };
    match text.parse::<f64>().ok().filter(exact) {
        Some(value) => serializer.serialize_f64(value),
        None => Err(S::Error::custom("an untyped number with more digits than an f64 holds")),
    }
}

fn parse<'a, T: Deserialize<'a>, E: Error>(json: &'a str) -> Result<T, E> {
    serde_json::from_str(json).map_err(|_| E::custom("malformed untyped JSON"))
}

struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(MembersVisitor)
    }
}

struct MembersVisitor;

/// Pairs, where a map would lose the order.
impl<'de> Visitor<'de> for MembersVisitor {
    type Value = Members<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Members(members))
    }
}
