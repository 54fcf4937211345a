//! The shim of `Deserialize`.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, Unexpected, Visitor};

use super::target::is_tree;
use super::transcode::{Text, Transcoder};
use crate::{Reader, Value, from_str, whole};

/// `serde_json` hands over raw text to a newtype struct of this name: how its `RawValue` works. The name
/// is private to it, so tests pin that it still does.
pub(super) const RAW: &str = "$serde_json::private::RawValue";

/// Reads a value from any deserializer: the body of a generated `Deserialize`.
///
/// # Errors
/// The deserializer's own, or a [`DecodeError`](crate::DecodeError) as its custom error; path and
/// offset count from the value that this call reads.
pub fn deserialize<'de, D: Deserializer<'de>, T: Value>(deserializer: D) -> Result<T, D::Error> {
    let raw = Raw { rounded: is_tree::<D>(), of: PhantomData };
    deserializer.deserialize_newtype_struct(RAW, raw)
}

/// Takes raw text where it is offered, else transcodes.
struct Raw<T> {
    /// The raw text is made of floats.
    rounded: bool,
    of: PhantomData<T>,
}

/// Reads text of which the floats have been rounded.
fn read<T: Value, E: Error>(json: &str) -> Result<T, E> {
    Reader::rounded(json.as_bytes()).and_then(whole).map_err(E::custom)
}

fn transcoded<T: Value, E: Error>(go: impl FnOnce(Transcoder<'_>) -> Result<(), E>) -> Result<T, E> {
    let mut json = String::new();
    go(Transcoder(&mut json))?;
    read(&json)
}

/// As the seed of the raw text.
impl<'de, T: Value> DeserializeSeed<'de> for Raw<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_str(RawText(self))
    }
}

struct RawText<T>(Raw<T>);

impl<T: Value> Visitor<'_> for RawText<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON text")
    }

    fn visit_str<E: Error>(self, json: &str) -> Result<T, E> {
        if self.0.rounded { read(json) } else { from_str(json).map_err(E::custom) }
    }
}

impl<'de, T: Value> Visitor<'de> for Raw<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an OData value")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<T, D::Error> {
        inner.deserialize_any(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        let mut json = String::new();
        let Some(()) = map.next_key_seed(Text(&mut json))? else {
            return read("{}");
        };
        if json == RAW {
            return map.next_value_seed(self);
        }
        let key = std::mem::take(&mut json);
        Transcoder(&mut json).map_from(&key, map)?;
        read(&json)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<T, A::Error> {
        transcoded(|it| it.visit_seq(seq))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<T, E> {
        transcoded(|it| it.visit_str(value))
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<T, E> {
        transcoded(|it| it.visit_bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<T, E> {
        transcoded(|it| it.visit_i64(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<T, E> {
        transcoded(|it| it.visit_u64(value))
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<T, E> {
        transcoded(|it| it.visit_i128(value))
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<T, E> {
        transcoded(|it| it.visit_u128(value))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<T, E> {
        transcoded(|it| it.visit_f64(value))
    }

    fn visit_bytes<E: Error>(self, value: &[u8]) -> Result<T, E> {
        transcoded(|it| it.visit_bytes(value))
    }

    fn visit_unit<E: Error>(self) -> Result<T, E> {
        read("null")
    }

    fn visit_none<E: Error>(self) -> Result<T, E> {
        read("null")
    }

    fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<T, D::Error> {
        inner.deserialize_any(self)
    }

    fn visit_enum<A: EnumAccess<'de>>(self, _: A) -> Result<T, A::Error> {
        Err(A::Error::invalid_type(Unexpected::Enum, &self))
    }
}
