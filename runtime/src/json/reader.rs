//! The cursor that `Value::read` is given: leaves and arrays here, objects in `object`.

use std::fmt;

use super::cursor::{Cursor, MAX_DEPTH, TOO_DEEP};
use crate::{Choices, DecodeError, Enumeration, TypeInfo, Value};

/// A cursor over the JSON text of one document.
///
/// Text is checked to be UTF-8 once, a byte order mark is skipped (W-33), nesting stops at 128
/// levels. Generated code calls [`object`](Self::object), [`member`](Self::member),
/// [`choose`](Self::choose) and [`variant`](Self::variant); hand-written values take the leaf
/// functions. `Debug` prints the place only, nothing of the document.
pub struct Reader<'j> {
    pub(super) cursor: Cursor<'j>,
    pub(super) depth: usize,
    /// What the object that comes next is expected to say about its type.
    pub(super) expected: Expected,
    /// The last `choose` took the base.
    base_chosen: bool,
    /// Numbers with a fraction or an exponent were floats before they became this text.
    pub(super) rounded: bool,
}

/// How an object remembers the type it states.
#[derive(Debug, Clone, Copy, Default)]
pub(super) enum Expected {
    /// The declared type: silence is normal.
    #[default]
    Declared,
    /// A variant with these names: its first name is normal.
    Variant(&'static [&'static str]),
}

/// Items of so many bytes get no room in advance.
const LARGE: usize = 128;

impl<'j> Reader<'j> {
    /// A reader at the start of `document`.
    ///
    /// # Errors
    /// The document is not UTF-8.
    pub fn new(document: &'j [u8]) -> Result<Self, DecodeError> {
        Ok(Self {
            cursor: Cursor::new(document)?,
            depth: 0,
            expected: Expected::Declared,
            base_chosen: false,
            rounded: false,
        })
    }

    /// A reader of text in which floats have been rounded to f64 by whoever wrote it: exact
    /// types refuse those with more than 15 significant digits.
    #[cfg(feature = "serde")]
    pub(crate) fn rounded(document: &'j [u8]) -> Result<Self, DecodeError> {
        Ok(Self { rounded: true, ..Self::new(document)? })
    }

    /// Checks that nothing but white space is left.
    ///
    /// # Errors
    /// Something is.
    pub fn finish(&mut self) -> Result<(), DecodeError> {
        self.cursor.finish()
    }

    /// Takes `null` if it comes next.
    ///
    /// # Errors
    /// The JSON is malformed.
    #[inline]
    pub fn null(&mut self) -> Result<bool, DecodeError> {
        if self.cursor.peek()? == b'n' {
            self.cursor.null()?;
            return Ok(true);
        }
        Ok(false)
    }

    /// Takes `true` or `false`.
    ///
    /// # Errors
    /// Something else comes next.
    pub fn bool(&mut self) -> Result<bool, DecodeError> {
        match self.cursor.peek()? {
            first @ (b't' | b'f') => self.cursor.bool(first),
            _ => Err(self.fault("not a Boolean")),
        }
    }

    /// Takes a string.
    ///
    /// # Errors
    /// Something else comes next.
    #[inline]
    pub fn text(&mut self) -> Result<&str, DecodeError> {
        if self.cursor.peek()? == b'"' { self.cursor.string() } else { Err(self.fault("not a string")) }
    }

    /// Takes a string and hands it to `parse`, whose message becomes the error.
    ///
    /// # Errors
    /// Something else comes next, or `parse` refuses the text.
    pub fn parsed<T>(
        &mut self,
        what: &'static str,
        parse: fn(&str) -> Result<T, &'static str>,
    ) -> Result<T, DecodeError> {
        if self.cursor.peek()? != b'"' {
            return Err(self.fault(what));
        }
        let offset = self.cursor.offset();
        match parse(self.cursor.string()?) {
            Ok(value) => Ok(value),
            Err(fault) => Err(DecodeError::new(fault, offset)),
        }
    }

    /// Takes an enumeration member by its wire name.
    ///
    /// # Errors
    /// Something other than a string comes next. No string is refused (W-1).
    #[inline]
    pub fn member<E: Enumeration>(&mut self) -> Result<E, DecodeError> {
        self.text().map(E::from_wire)
    }

    /// Takes any value as its JSON text, checked to be well-formed.
    ///
    /// # Errors
    /// The JSON is malformed or too deep.
    pub fn raw(&mut self) -> Result<&'j str, DecodeError> {
        let first = self.cursor.peek()?;
        self.cursor.raw(first, self.depth)
    }

    /// Takes an array, item by item. Only untyped items may be `null`
    /// (W-34).
    ///
    /// # Errors
    /// Something else comes next, or an item is refused: the path names its index.
    pub fn array<T: Value>(&mut self) -> Result<Vec<T>, DecodeError> {
        let mut items = Vec::new();
        let mut more = self.enter_array()?;
        while more {
            match self.present() {
                Ok(item) => {
                    // Few and large, as a rule: `Vec` would start with room for four.
                    if size_of::<T>() >= LARGE && items.len() == items.capacity() {
                        items.reserve_exact(items.len().max(1));
                    }
                    items.push(item);
                }
                Err(error) => return Err(error.at(items.len())),
            }
            more = self.cursor.next_item()?;
        }
        self.depth -= 1;
        Ok(items)
    }

    /// Takes a value where there is no property to be left empty.
    #[inline]
    pub(crate) fn present<T: Value>(&mut self) -> Result<T, DecodeError> {
        if self.cursor.peek()? != b'n' {
            return T::read(self);
        }
        let Some(value) = T::null() else {
            return Err(self.fault("null, which cannot be held here,"));
        };
        self.cursor.null()?;
        Ok(value)
    }

    fn enter_array(&mut self) -> Result<bool, DecodeError> {
        if self.cursor.peek()? != b'[' {
            return Err(self.fault("not an array"));
        }
        self.deeper()?;
        self.cursor.first_item()
    }

    pub(super) fn deeper(&mut self) -> Result<(), DecodeError> {
        if self.depth == MAX_DEPTH {
            return Err(self.fault(TOO_DEEP));
        }
        self.depth += 1;
        Ok(())
    }

    /// Which of the derived types the value that comes next is; `None`: the base. Looks ahead,
    /// nothing is taken.
    ///
    /// The first `@odata.type` (or `@type`) decides, wherever it stands (W-5), by the rules of
    /// [`TypeInfo::is_named`]; without one, [`Choices::infer`] may.
    ///
    /// # Errors
    /// The JSON is malformed.
    pub fn choose(&mut self, choices: Choices) -> Result<Option<usize>, DecodeError> {
        self.cursor.peek()?;
        let chosen = super::ahead::choose(&self.cursor, &choices)?;
        self.base_chosen = chosen.is_none();
        Ok(chosen)
    }

    /// Takes the value as `T`, boxed and wrapped.
    ///
    /// The type name is remembered only when the object spells it otherwise than `of` does, or
    /// not at all; the base remembers whatever is stated.
    ///
    /// # Errors
    /// Those of `T`.
    #[inline]
    pub fn variant<T: Value, B>(&mut self, of: &TypeInfo, wrap: fn(Box<T>) -> B) -> Result<B, DecodeError> {
        self.expect(of);
        let value = T::read(self);
        // Taken by the object, unless a hand-written T is none.
        self.expected = Expected::Declared;
        value.map(|value| wrap(Box::new(value)))
    }

    fn expect(&mut self, of: &TypeInfo) {
        let base = std::mem::take(&mut self.base_chosen);
        self.expected = if base { Expected::Declared } else { Expected::Variant(of.names) };
    }

    /// An error at the value that comes next. `what` is shown: `not an i32`; it must not quote
    /// the document.
    #[cold]
    #[must_use]
    pub fn fault(&self, what: &'static str) -> DecodeError {
        DecodeError::new(what, self.cursor.offset())
    }
}

impl fmt::Debug for Reader<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader").field("offset", &self.cursor.offset()).finish_non_exhaustive()
    }
}
