//! The leaves of `Reader` that are numbers.

use super::Reader;
use super::number::Number;
use crate::DecodeError;

impl<'j> Reader<'j> {
    /// Takes an integer, written as a number or as a string (W-13), in any notation whose value
    /// is an integer: `7`, `"7"`, `7.0`, `7e0`.
    ///
    /// # Errors
    /// Something else comes next, or the value is not within `min..=max`; `what` is the message.
    pub fn integer(&mut self, what: &'static str, min: i64, max: i64) -> Result<i64, DecodeError> {
        let (text, offset) = self.number_text(what)?;
        let value = match text.parse::<i64>() {
            Ok(value) if !text.starts_with('+') => Some(value),
            _ => self.exact(&text).and_then(|it| it.to_integer()).and_then(|it| it.try_into().ok()),
        };
        match value {
            Some(value) if (min..=max).contains(&value) => Ok(value),
            _ => Err(DecodeError::new(what, offset)),
        }
    }

    /// Takes a number, or a string that holds one, and hands its digits to `parse`.
    pub(crate) fn digits<T>(&mut self, what: &'static str, parse: fn(&Number) -> Option<T>) -> Result<T, DecodeError> {
        let (text, offset) = self.number_text(what)?;
        match self.exact(&text).as_ref().and_then(parse) {
            Some(value) => Ok(value),
            None => Err(DecodeError::new(what, offset)),
        }
    }

    /// Takes a Double: a number, or `"INF"`, `"-INF"`, `"NaN"` (W-12; `"Infinity"` is tolerated).
    ///
    /// # Errors
    /// Something else comes next, or the number is beyond the range of an f64.
    pub fn double(&mut self) -> Result<f64, DecodeError> {
        const WHAT: &str = "not an f64";
        let first = self.cursor.peek()?;
        let offset = self.cursor.offset();
        let value = match first {
            b'"' => special(self.cursor.string()?),
            first if is_number(first) => Some(self.cursor.float(first)?).filter(|it| it.is_finite()),
            _ => None,
        };
        value.ok_or_else(|| DecodeError::new(WHAT, offset))
    }

    /// Takes a Single, as [`double`](Self::double) does; rounded once, from the text.
    ///
    /// # Errors
    /// Something else comes next, or the number is beyond the range of an f32.
    pub fn single(&mut self) -> Result<f32, DecodeError> {
        const WHAT: &str = "not an f32";
        let first = self.cursor.peek()?;
        let offset = self.cursor.offset();
        let value = match first {
            // The special values are the same in both widths.
            #[allow(clippy::cast_possible_truncation)]
            b'"' => special(self.cursor.string()?).map(|value| value as f32),
            first if is_number(first) => self.cursor.number(first)?.parse::<f32>().ok().filter(|it| it.is_finite()),
            _ => None,
        };
        value.ok_or_else(|| DecodeError::new(WHAT, offset))
    }

    /// The digits of a number, unless a float may have eaten some.
    fn exact(&self, text: &NumberText<'_>) -> Option<Number> {
        const F64_KEEPS: usize = 15;
        let number = Number::parse(text)?;
        let was_float = match text {
            NumberText::Plain(text) => self.rounded && text.contains(['.', 'e', 'E']),
            NumberText::Quoted(_) => false,
        };
        (!was_float || number.significant() <= F64_KEEPS).then_some(number)
    }

    /// The text of a number, or of a string in its place.
    fn number_text(&mut self, what: &'static str) -> Result<(NumberText<'j>, usize), DecodeError> {
        let first = self.cursor.peek()?;
        let offset = self.cursor.offset();
        if first == b'"' {
            // JSON forbids the sign before a number, OData allows it (ABNF, `int64Value` and `decimalValue`).
            let text = self.cursor.string()?;
            let unsigned = text.strip_prefix('+').filter(|rest| rest.starts_with(|it: char| it.is_ascii_digit()));
            Ok((NumberText::Quoted(unsigned.unwrap_or(text).to_owned()), offset))
        } else if is_number(first) {
            Ok((NumberText::Plain(self.cursor.number(first)?), offset))
        } else {
            Err(DecodeError::new(what, offset))
        }
    }
}

/// Number text: in the document, or out of a string (rare, so it may allocate).
enum NumberText<'j> {
    Plain(&'j str),
    Quoted(String),
}

impl std::ops::Deref for NumberText<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Self::Plain(text) => text,
            Self::Quoted(text) => text,
        }
    }
}

fn is_number(first: u8) -> bool {
    first == b'-' || first.is_ascii_digit()
}

fn special(text: &str) -> Option<f64> {
    match text {
        "INF" | "Infinity" => Some(f64::INFINITY),
        "-INF" | "-Infinity" => Some(f64::NEG_INFINITY),
        "NaN" => Some(f64::NAN),
        _ => None,
    }
}
