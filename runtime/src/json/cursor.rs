//! The seam to jiter: tokens of JSON text. Nothing outside this module names jiter.

use jiter::{Jiter, JiterError, JiterErrorType, Peek};

use super::plain;
use crate::DecodeError;

const BOM: &str = "\u{feff}";

/// Deepest nesting that is read: the limit of `serde_json`, so that both refuse the same documents.
pub(super) const MAX_DEPTH: usize = 128;

/// A position in JSON text that is known to be UTF-8.
///
/// Plain text, which is nearly all there is, is taken at sight; jiter takes the rest and names every fault.
pub(super) struct Cursor<'j> {
    text: &'j str,
    /// Bytes of the document before `text`: its byte order mark.
    before: usize,
    /// Bytes of `text` that have been taken.
    at: usize,
    /// The last string that had escapes.
    decoded: String,
    /// jiter's memory, to be used again.
    tape: Vec<u8>,
}

impl<'j> Cursor<'j> {
    pub(super) fn new(document: &'j [u8]) -> Result<Self, DecodeError> {
        let document =
            std::str::from_utf8(document).map_err(|error| DecodeError::new("not UTF-8", error.valid_up_to()))?;
        let text = document.strip_prefix(BOM).unwrap_or(document);
        let before = document.len() - text.len();
        Ok(Self { text, before, at: 0, decoded: String::new(), tape: Vec::new() })
    }

    /// A second cursor at the same place.
    pub(super) fn ahead(&self) -> Self {
        Self { text: self.text, before: self.before, at: self.at, decoded: String::new(), tape: Vec::new() }
    }

    /// Bytes from the start of the document.
    #[inline]
    pub(super) fn offset(&self) -> usize {
        self.before + self.at
    }

    /// The text from here on; starts with the next value after a `peek`.
    #[inline]
    pub(super) fn rest(&self) -> &'j str {
        self.text.get(self.at..).unwrap_or_default()
    }

    #[inline]
    fn bytes(&self) -> &'j [u8] {
        self.text.as_bytes()
    }

    /// Skips white space; the first byte of the next value.
    #[inline]
    pub(super) fn peek(&mut self) -> Result<u8, DecodeError> {
        self.at = plain::white(self.bytes(), self.at);
        match self.bytes().get(self.at) {
            Some(first) => Ok(*first),
            None => self.by_jiter(Jiter::peek).map(Peek::into_inner),
        }
    }

    /// After a peek of `{`: its first key.
    #[inline]
    pub(super) fn first_key(&mut self) -> Result<Option<&str>, DecodeError> {
        let start = plain::white(self.bytes(), self.at + 1);
        match self.bytes().get(start) {
            Some(b'"') => {
                if let Some(key) = self.plain_key(start + 1) {
                    return Ok(Some(key));
                }
            }
            Some(b'}') => {
                self.at = start + 1;
                return Ok(None);
            }
            _ => {}
        }
        self.decode(Jiter::known_object)
    }

    #[inline]
    pub(super) fn next_key(&mut self) -> Result<Option<&str>, DecodeError> {
        let start = plain::white(self.bytes(), self.at);
        match self.bytes().get(start) {
            Some(b',') => {
                let start = plain::white(self.bytes(), start + 1);
                if self.bytes().get(start) == Some(&b'"')
                    && let Some(key) = self.plain_key(start + 1)
                {
                    return Ok(Some(key));
                }
            }
            Some(b'}') => {
                self.at = start + 1;
                return Ok(None);
            }
            _ => {}
        }
        self.decode(Jiter::next_key)
    }

    /// Takes a key and its colon; `start` is after its first quote.
    #[inline]
    fn plain_key(&mut self, start: usize) -> Option<&'j str> {
        let end = plain::string(self.bytes(), start)?;
        let colon = plain::white(self.bytes(), end + 1);
        if self.bytes().get(colon) != Some(&b':') {
            return None;
        }
        self.at = colon + 1;
        self.text.get(start..end)
    }

    /// After a peek of `[`: whether there is an item.
    #[inline]
    pub(super) fn first_item(&mut self) -> Result<bool, DecodeError> {
        self.by_jiter(Jiter::known_array).map(|peek| peek.is_some())
    }

    #[inline]
    pub(super) fn next_item(&mut self) -> Result<bool, DecodeError> {
        self.by_jiter(Jiter::array_step).map(|peek| peek.is_some())
    }

    /// After a peek of `"`.
    #[inline]
    pub(super) fn string(&mut self) -> Result<&str, DecodeError> {
        let start = self.at + 1;
        if let Some(end) = plain::string(self.bytes(), start) {
            self.at = end + 1;
            return Ok(self.text.get(start..end).unwrap_or_default());
        }
        self.decode(|jiter| jiter.known_str().map(Some)).map(Option::unwrap_or_default)
    }

    /// After a peek of `n`.
    #[inline]
    pub(super) fn null(&mut self) -> Result<(), DecodeError> {
        self.by_jiter(Jiter::known_null)
    }

    /// After a peek of `t` or `f`.
    #[inline]
    pub(super) fn bool(&mut self, first: u8) -> Result<bool, DecodeError> {
        self.by_jiter(|jiter| jiter.known_bool(Peek::new(first)))
    }

    /// After a peek of a number: its text.
    #[inline]
    pub(super) fn number(&mut self, first: u8) -> Result<&'j str, DecodeError> {
        let start = self.at;
        let length = self.bytes().get(start..).and_then(plain::number);
        match length {
            Some(length) => self.at += length,
            None => self.by_jiter(|jiter| jiter.known_number_bytes(Peek::new(first)).map(|_| ()))?,
        }
        Ok(self.text.get(start..self.at).unwrap_or_default())
    }

    /// After a peek of a number: the nearest f64, infinite when there is none.
    #[inline]
    pub(super) fn float(&mut self, first: u8) -> Result<f64, DecodeError> {
        self.by_jiter(|jiter| jiter.known_float(Peek::new(first)))
    }

    /// After a peek of anything: passes over it.
    pub(super) fn skip(&mut self, first: u8) -> Result<(), DecodeError> {
        self.by_jiter(|jiter| jiter.known_skip(Peek::new(first)))
    }

    /// After a peek of anything: its text, checked to be JSON no deeper than `depth` allows.
    pub(super) fn raw(&mut self, first: u8, depth: usize) -> Result<&'j str, DecodeError> {
        let start = self.at;
        self.skip(first)?;
        let text = self.text.get(start..self.at).unwrap_or_default();
        // Most text is short, or has fewer brackets than levels are left.
        let opening = |text: &str| text.bytes().filter(|byte| matches!(byte, b'[' | b'{')).count();
        let left = MAX_DEPTH.saturating_sub(depth);
        if text.len() > 2 * left && opening(text) > left && nesting(text) > left {
            return Err(DecodeError::new(TOO_DEEP, self.before + start));
        }
        Ok(text)
    }

    pub(super) fn finish(&mut self) -> Result<(), DecodeError> {
        self.by_jiter(Jiter::finish)
    }

    /// Takes what `step` takes of the text from here on.
    #[inline]
    fn by_jiter<T>(&mut self, step: impl FnOnce(&mut Jiter<'j>) -> Result<T, JiterError>) -> Result<T, DecodeError> {
        let mut jiter = Jiter::new(self.rest().as_bytes());
        let taken = step(&mut jiter).map_err(|error| syntax(&error, self.offset()))?;
        self.at += jiter.current_index();
        Ok(taken)
    }

    /// Takes what `step` takes, a string with escapes as a rule.
    #[inline(never)]
    fn decode(
        &mut self,
        step: for<'a> fn(&'a mut Jiter<'j>) -> Result<Option<&'a str>, JiterError>,
    ) -> Result<Option<&str>, DecodeError> {
        let mut jiter = Jiter::with_tape(self.rest().as_bytes(), std::mem::take(&mut self.tape));
        let taken = step(&mut jiter).map_err(|error| syntax(&error, self.before + self.at))?;
        let any = taken.is_some();
        self.decoded.clear();
        self.decoded.push_str(taken.unwrap_or_default());
        self.at += jiter.current_index();
        self.tape = jiter.into_tape();
        Ok(any.then_some(self.decoded.as_str()))
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
