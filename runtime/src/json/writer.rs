//! A sink that makes compact JSON text.

use std::fmt::Write as _;

use super::buffer::Buffer;
use super::sink::{Encode, Entries, Sink, members};
use crate::{Decimal, EncodeError, Extra, Slot, TypeInfo};

/// Compact JSON text in the making.
#[derive(Debug, Default)]
pub(crate) struct Writer {
    json: String,
    /// The type that the object to come has to state.
    variant: Option<&'static str>,
    /// The object to come states its type even if it was silent when it was read.
    stating: bool,
    /// The object to come has its first member still before it.
    first: bool,
}

impl Writer {
    /// The outermost object states its type in any case.
    pub(crate) fn stating_type() -> Self {
        Self { stating: true, ..Self::default() }
    }

    pub(crate) fn finish(self) -> String {
        self.json
    }

    fn special(&mut self, text: &str) {
        self.json.push('"');
        self.json.push_str(text);
        self.json.push('"');
    }

    fn show(&mut self, value: impl std::fmt::Display) {
        // Writing to a String cannot fail.
        let _ = write!(self.json, "{value}");
    }

    fn float(&mut self, value: f64, shortest: std::fmt::Arguments<'_>) {
        match special(value) {
            Some(text) => self.special(text),
            None => self.show(shortest),
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
        self.json.push_str("null");
        Ok(())
    }

    fn bool(&mut self, value: bool) -> Result<(), EncodeError> {
        self.json.push_str(if value { "true" } else { "false" });
        Ok(())
    }

    fn integer(&mut self, value: i64) -> Result<(), EncodeError> {
        let mut digits = Buffer::new();
        if value < 0 {
            digits.push(b'-');
        }
        digits.number(value.unsigned_abs(), 1);
        self.json.push_str(digits.as_str());
        Ok(())
    }

    fn single(&mut self, value: f32) -> Result<(), EncodeError> {
        // Debug is the shortest text that reads back to the same float, with an exponent if long.
        self.float(f64::from(value), format_args!("{value:?}"));
        Ok(())
    }

    fn double(&mut self, value: f64) -> Result<(), EncodeError> {
        self.float(value, format_args!("{value:?}"));
        Ok(())
    }

    fn decimal(&mut self, value: &Decimal) -> Result<(), EncodeError> {
        self.show(value);
        Ok(())
    }

    fn text(&mut self, value: &str) -> Result<(), EncodeError> {
        quote(&mut self.json, value);
        Ok(())
    }

    fn raw(&mut self, json: &str) -> Result<(), EncodeError> {
        self.json.push_str(json);
        Ok(())
    }

    fn array(&mut self, _len: usize, items: &mut dyn Iterator<Item = &dyn Encode>) -> Result<(), EncodeError> {
        let mut before = '[';
        for item in items {
            self.json.push(before);
            item.encode(self)?;
            before = ',';
        }
        self.json.push_str(if before == '[' { "[]" } else { "]" });
        Ok(())
    }

    fn object(&mut self, slots: &[(&'static str, &dyn Slot)], extra: &Extra) -> Result<(), EncodeError> {
        let of = extra.type_to_write(self.variant.take(), std::mem::take(&mut self.stating));
        self.json.push('{');
        self.first = true;
        members(of, slots, extra, self)?;
        self.first = false;
        self.json.push('}');
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

impl Entries for Writer {
    #[inline]
    fn entry(&mut self, name: &str, value: &dyn Encode) -> Result<(), EncodeError> {
        if !std::mem::take(&mut self.first) {
            self.json.push(',');
        }
        quote(&mut self.json, name);
        self.json.push(':');
        value.encode(self)
    }
}

/// Appends `text` as a JSON string. Only what must be escaped is.
pub(crate) fn quote(json: &mut String, text: &str) {
    json.push('"');
    let mut rest = text;
    loop {
        let (plain, tail) = rest.split_at(unescaped(rest.as_bytes()));
        json.push_str(plain);
        let mut chars = tail.chars();
        match chars.next() {
            None => break,
            Some('"') => json.push_str("\\\""),
            Some('\\') => json.push_str("\\\\"),
            Some('\n') => json.push_str("\\n"),
            Some('\r') => json.push_str("\\r"),
            Some('\t') => json.push_str("\\t"),
            Some(control) => {
                let _ = write!(json, "\\u{:04x}", u32::from(control));
            }
        }
        rest = chars.as_str();
    }
    json.push('"');
}

/// How many bytes come before the first that must be escaped, which is ASCII.
fn unescaped(text: &[u8]) -> usize {
    let escaped = |byte: u8| byte < b' ' || byte == b'"' || byte == b'\\';
    // Eight at a time without a branch in between: the compiler takes them as one.
    let (chunks, _) = text.as_chunks::<8>();
    let plain = chunks.iter().take_while(|chunk| !chunk.iter().fold(false, |any, byte| any | escaped(*byte)));
    let start = 8 * plain.count();
    let (_, rest) = text.split_at(start);
    start + rest.iter().position(|byte| escaped(*byte)).unwrap_or(rest.len())
}
