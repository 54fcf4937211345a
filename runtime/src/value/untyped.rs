//! Any JSON value: `Edm.Untyped`, undeclared properties, GeoJSON (W-20, W-21).

use std::fmt;

use crate::{DecodeError, EncodeError, Reader, Sink, Value, from_str, to_string};

/// Any JSON value, kept as the text it came in: no digit, escape or space is lost.
///
/// Two are equal when their texts are, so `1.0` and `1.00` differ, and white space counts.
/// `Debug` prints the kind of value only: it may be personal data.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Untyped(Box<str>);

impl Untyped {
    /// JSON text as a value.
    ///
    /// # Errors
    /// It is not one well-formed JSON value.
    pub fn from_json(text: &str) -> Result<Self, DecodeError> {
        from_str(text)
    }

    /// Text that a reader has checked.
    pub(crate) fn trusted(json: &str) -> Self {
        Self(json.into())
    }

    /// A value as untyped JSON.
    ///
    /// # Errors
    /// Those of [`to_string`].
    pub fn encode<T: Value>(value: &T) -> Result<Self, EncodeError> {
        to_string(value).map(|json| Self(json.into()))
    }

    /// The value as a `T`.
    ///
    /// # Errors
    /// It is not one. Offsets count from the start of this value.
    pub fn decode<T: Value>(&self) -> Result<T, DecodeError> {
        from_str(&self.0)
    }

    /// The JSON text.
    #[must_use]
    pub fn as_json(&self) -> &str {
        &self.0
    }

    /// Whether it is `null`.
    #[must_use]
    pub fn is_null(&self) -> bool {
        &*self.0 == "null"
    }
}

impl fmt::Debug for Untyped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0.bytes().next() {
            Some(b'{') => "Untyped(object)",
            Some(b'[') => "Untyped(array)",
            Some(b'"') => "Untyped(string)",
            Some(b't' | b'f') => "Untyped(boolean)",
            Some(b'n') => "Untyped(null)",
            _ => "Untyped(number)",
        })
    }
}

impl fmt::Display for Untyped {
    /// The JSON text.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Value for Untyped {
    fn null() -> Option<Self> {
        Some(Self("null".into()))
    }

    #[inline]
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.raw().map(Self::trusted)
    }

    #[inline]
    fn write(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
        sink.raw(&self.0)
    }
}
