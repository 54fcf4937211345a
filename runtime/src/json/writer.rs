//! A sink that makes compact JSON text.

use std::io::Write as _;

use super::quote::{escape, is_plain};
use super::sink::{Encode, Sink, members};
use crate::extra::TypeText;
use crate::{Decimal, EncodeError, Extra, Slot, TypeInfo};

/// Compact JSON text in the making.
#[derive(Debug, Default)]
pub(crate) struct Writer {
    /// Bytes of UTF-8, so that digits need not be checked to be.
    json: Vec<u8>,
    /// The type that the object to come has to state.
    variant: Option<&'static str>,
    /// The object to come states its type even if it was silent when it was read.
    stating: bool,
}

impl Writer {
    /// The outermost object states its type in any case.
    pub(crate) fn stating_type() -> Self {
        Self { stating: true, ..Self::default() }
    }

    /// The text. It is UTF-8.
    pub(crate) fn finish(self) -> Vec<u8> {
        self.json
    }

    #[inline]
    fn push(&mut self, text: &str) {
        self.json.extend_from_slice(text.as_bytes());
    }

    #[inline]
    fn escaped(&mut self, text: &str) {
        if is_plain(text.as_bytes()) {
            self.push(text);
        } else {
            escape(text, |part| self.push(part));
        }
    }

    fn float(&mut self, value: impl zmij::Float + Into<f64> + Copy) {
        match special(value.into()) {
            Some(text) => {
                self.json.push(b'"');
                self.push(text);
                self.json.push(b'"');
            }
            // The shortest text that reads back to the same float. Written as `1e300`, not
            // `1e+300`; only a float of ten or more has such an exponent.
            None => {
                let mut buffer = zmij::Buffer::new();
                let text = buffer.format_finite(value);
                let signed = if value.into().abs() < 10.0 { None } else { text.split_once('+') };
                let (head, tail) = signed.unwrap_or((text, ""));
                self.push(head);
                self.push(tail);
            }
        }
    }
}

/// The wire's word for a float that is no number (W-12).
pub(crate) fn special(value: f64) -> Option<&'static str> {
    if value.is_nan() {
        Some("NaN")
    } else if value.is_infinite() {
        Some(if value > 0.0 { "INF" } else { "-INF" })
    } else {
        None
    }
}

impl Sink for Writer {
    fn null(&mut self) -> Result<(), EncodeError> {
        self.push("null");
        Ok(())
    }

    fn bool(&mut self, value: bool) -> Result<(), EncodeError> {
        self.push(if value { "true" } else { "false" });
        Ok(())
    }

    fn integer(&mut self, value: i64) -> Result<(), EncodeError> {
        self.push(itoa::Buffer::new().format(value));
        Ok(())
    }

    fn single(&mut self, value: f32) -> Result<(), EncodeError> {
        self.float(value);
        Ok(())
    }

    fn double(&mut self, value: f64) -> Result<(), EncodeError> {
        self.float(value);
        Ok(())
    }

    fn decimal(&mut self, value: &Decimal) -> Result<(), EncodeError> {
        // Writing to a Vec cannot fail.
        let _ = write!(self.json, "{value}");
        Ok(())
    }

    fn text(&mut self, value: &str) -> Result<(), EncodeError> {
        self.json.reserve(value.len() + 2);
        self.json.push(b'"');
        self.escaped(value);
        self.json.push(b'"');
        Ok(())
    }

    fn raw(&mut self, json: &str) -> Result<(), EncodeError> {
        self.push(json);
        Ok(())
    }

    fn array(&mut self, _len: usize, items: &mut dyn Iterator<Item = &dyn Encode>) -> Result<(), EncodeError> {
        let mut before = b'[';
        for item in items {
            self.json.push(before);
            item.encode(self)?;
            before = b',';
        }
        self.push(if before == b'[' { "[]" } else { "]" });
        Ok(())
    }

    fn object(&mut self, slots: &[(&'static str, &dyn Slot)], extra: &Extra) -> Result<(), EncodeError> {
        let of = extra.type_to_write(self.variant.take(), std::mem::take(&mut self.stating));
        self.json.push(b'{');
        if let Some(TypeText { hash, name }) = of {
            self.push("\"@odata.type\":\"");
            self.push(hash);
            self.escaped(name);
            self.json.push(b'"');
        }
        members(slots, extra, self)?;
        self.json.push(b'}');
        Ok(())
    }

    fn member(&mut self, name: &str) -> Result<(), EncodeError> {
        self.json.reserve(name.len() + 4);
        // No value ends with a brace that opens.
        self.push(if self.json.last() == Some(&b'{') { "\"" } else { ",\"" });
        self.escaped(name);
        self.push("\":");
        Ok(())
    }

    fn variant(&mut self, of: &TypeInfo, value: &dyn Encode) -> Result<(), EncodeError> {
        self.variant = of.names.first().copied();
        let written = value.encode(self);
        // Taken by the object, unless a hand-written value is none.
        self.variant = None;
        written
    }
}
