//! The seam to jiter: tokens of JSON text. Nothing outside this module names jiter.

use jiter::{Jiter, JiterError, JiterErrorType, Peek};

use crate::DecodeError;

const BOM: &str = "\u{feff}";

/// Deepest nesting that is read: the limit of `serde_json`, so that both refuse the same documents.
pub(super) const MAX_DEPTH: usize = 128;

/// A position in JSON text that is known to be UTF-8.
pub(super) struct Cursor<'j> {
    text: &'j str,
    /// Bytes of the document before `text`: its byte order mark.
    before: usize,
    jiter: Jiter<'j>,
}

impl<'j> Cursor<'j> {
    pub(super) fn new(document: &'j [u8]) -> Result<Self, DecodeError> {
        let document =
            std::str::from_utf8(document).map_err(|error| DecodeError::new("not UTF-8", error.valid_up_to()))?;
        let text = document.strip_prefix(BOM).unwrap_or(document);
        let before = document.len() - text.len();
        Ok(Self { text, before, jiter: Jiter::new(text.as_bytes()) })
    }

    /// A second cursor at the same place.
    pub(super) fn ahead(&self) -> Self {
        Self { text: self.text, before: self.before, jiter: self.jiter.clone() }
    }

    /// Bytes from the start of the document.
    #[inline]
    pub(super) fn offset(&self) -> usize {
        self.before + self.jiter.current_index()
    }

    /// The text from here on; starts with the next value after a `peek`.
    #[inline]
    pub(super) fn rest(&self) -> &'j str {
        self.text.get(self.jiter.current_index()..).unwrap_or_default()
    }

    /// Skips white space; the first byte of the next value.
    #[inline]
    pub(super) fn peek(&mut self) -> Result<u8, DecodeError> {
        match self.jiter.peek() {
            Ok(peek) => Ok(peek.into_inner()),
            Err(error) => Err(self.syntax(&error)),
        }
    }

    /// After a peek of `{`: its first key.
    #[inline]
    pub(super) fn first_key(&mut self) -> Result<Option<&str>, DecodeError> {
        let before = self.before;
        self.jiter.known_object().map_err(|error| syntax(&error, before))
    }

    #[inline]
    pub(super) fn next_key(&mut self) -> Result<Option<&str>, DecodeError> {
        let before = self.before;
        self.jiter.next_key().map_err(|error| syntax(&error, before))
    }

    /// After a peek of `[`: whether there is an item.
    #[inline]
    pub(super) fn first_item(&mut self) -> Result<bool, DecodeError> {
        match self.jiter.known_array() {
            Ok(peek) => Ok(peek.is_some()),
            Err(error) => Err(self.syntax(&error)),
        }
    }

    #[inline]
    pub(super) fn next_item(&mut self) -> Result<bool, DecodeError> {
        match self.jiter.array_step() {
            Ok(peek) => Ok(peek.is_some()),
            Err(error) => Err(self.syntax(&error)),
        }
    }

    /// After a peek of `"`.
    #[inline]
    pub(super) fn string(&mut self) -> Result<&str, DecodeError> {
        let before = self.before;
        self.jiter.known_str().map_err(|error| syntax(&error, before))
    }

    /// After a peek of `n`.
    #[inline]
    pub(super) fn null(&mut self) -> Result<(), DecodeError> {
        self.jiter.known_null().map_err(|error| self.syntax(&error))
    }

    /// After a peek of `t` or `f`.
    #[inline]
    pub(super) fn bool(&mut self, first: u8) -> Result<bool, DecodeError> {
        self.jiter.known_bool(Peek::new(first)).map_err(|error| self.syntax(&error))
    }

    /// After a peek of a number: its text.
    #[inline]
    pub(super) fn number(&mut self, first: u8) -> Result<&'j str, DecodeError> {
        let start = self.jiter.current_index();
        match self.jiter.known_number_bytes(Peek::new(first)) {
            // jiter's slice borrows the cursor; this one borrows the document.
            Ok(digits) => Ok(self.text.get(start..start + digits.len()).unwrap_or_default()),
            Err(error) => Err(self.syntax(&error)),
        }
    }

    /// After a peek of a number: the nearest f64, infinite when there is none.
    #[inline]
    pub(super) fn float(&mut self, first: u8) -> Result<f64, DecodeError> {
        self.jiter.known_float(Peek::new(first)).map_err(|error| self.syntax(&error))
    }

    /// After a peek of anything: passes over it.
    pub(super) fn skip(&mut self, first: u8) -> Result<(), DecodeError> {
        self.jiter.known_skip(Peek::new(first)).map_err(|error| self.syntax(&error))
    }

    /// After a peek of anything: its text, checked to be JSON no deeper than `depth` allows.
    pub(super) fn raw(&mut self, first: u8, depth: usize) -> Result<&'j str, DecodeError> {
        let start = self.jiter.current_index();
        self.skip(first)?;
        let end = self.jiter.current_index();
        let text = self.text.get(start..end).unwrap_or_default();
        // Most text is short, or has fewer brackets than levels are left.
        let opening = |text: &str| text.bytes().filter(|byte| matches!(byte, b'[' | b'{')).count();
        let left = MAX_DEPTH.saturating_sub(depth);
        if text.len() > 2 * left && opening(text) > left && nesting(text) > left {
            return Err(DecodeError::new(TOO_DEEP, self.before + start));
        }
        Ok(text)
    }

    pub(super) fn finish(&mut self) -> Result<(), DecodeError> {
        self.jiter.finish().map_err(|error| self.syntax(&error))
    }

    #[cold]
    fn syntax(&self, error: &JiterError) -> DecodeError {
        syntax(error, self.before)
    }
}

pub(super) const TOO_DEEP: &str = "nested deeper than 128 levels";

#[cold]
fn syntax(error: &JiterError, before: usize) -> DecodeError {
    let what = match &error.error_type {
        JiterErrorType::JsonError(fault) => format!("malformed JSON ({fault})"),
        JiterErrorType::WrongType { .. } => "malformed JSON".to_owned(),
    };
    DecodeError::new(what, before + error.index)
}

/// Levels of arrays and objects in JSON that is known to be well-formed.
fn nesting(json: &str) -> usize {
    let (mut level, mut deepest, mut quoted, mut escaped) = (0_usize, 0, false, false);
    for byte in json.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => quoted = !quoted,
            _ if quoted => {}
            b'[' | b'{' => {
                level += 1;
                deepest = deepest.max(level);
            }
            b']' | b'}' => level -= 1,
            _ => {}
        }
    }
    deepest
}
