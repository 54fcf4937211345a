//! Whatever a deserializer holds, as JSON text.

use std::fmt::{self, Write as _};

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use crate::json::{quote, special};
use crate::value::encode_binary;

/// Appends one value to JSON text.
pub(super) struct Transcoder<'a>(pub(super) &'a mut String);

impl Transcoder<'_> {
    /// Appends a map of which the first key has been taken.
    pub(super) fn map_from<'de, A: MapAccess<'de>>(self, first: &str, mut map: A) -> Result<(), A::Error> {
        let json = self.0;
        json.push('{');
        quote(json, first);
        let mut key = String::new();
        loop {
            json.push(':');
            map.next_value_seed(Transcoder(json))?;
            key.clear();
            if map.next_key_seed(Text(&mut key))?.is_none() {
                break;
            }
            json.push(',');
            quote(json, &key);
        }
        json.push('}');
        Ok(())
    }

    fn show(self, value: impl fmt::Display) {
        // Writing to a String cannot fail.
        let _ = write!(self.0, "{value}");
    }
}

impl<'de> DeserializeSeed<'de> for Transcoder<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Transcoder<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value that JSON has")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut key = String::new();
        if map.next_key_seed(Text(&mut key))?.is_none() {
            self.0.push_str("{}");
            return Ok(());
        }
        self.map_from(&key, map)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let json = self.0;
        json.push('[');
        let empty = json.len();
        loop {
            let end = json.len();
            if end > empty {
                json.push(',');
            }
            if seq.next_element_seed(Transcoder(json))?.is_none() {
                json.truncate(end);
                break;
            }
        }
        json.push(']');
        Ok(())
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<(), E> {
        quote(self.0, value);
        Ok(())
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.show(value);
        Ok(())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.show(value);
        Ok(())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.show(value);
        Ok(())
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<(), E> {
        self.show(value);
        Ok(())
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<(), E> {
        self.show(value);
        Ok(())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        if let Some(text) = special(value) {
            return self.visit_str(text);
        }
        // Always with a point or an exponent: how the reader knows that it was a float.
        self.show(format_args!("{value:?}"));
        Ok(())
    }

    fn visit_bytes<E: Error>(self, value: &[u8]) -> Result<(), E> {
        self.visit_str(&encode_binary(value))
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.show("null");
        Ok(())
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        self.show("null");
        Ok(())
    }

    fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<(), D::Error> {
        inner.deserialize_any(self)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<(), D::Error> {
        inner.deserialize_any(self)
    }
}

/// Appends a string as it is: a key, or raw JSON text.
pub(super) struct Text<'a>(pub(super) &'a mut String);

impl<'de> DeserializeSeed<'de> for Text<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Text<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<(), E> {
        self.0.push_str(value);
        Ok(())
    }
}
