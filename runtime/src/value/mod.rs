//! What a property may hold: one file for each wire type.

mod binary;
mod boolean;
mod collection;
mod date;
mod decimal;
mod duration;
mod float;
mod guid;
mod integer;
mod string;
mod text;
mod time;
mod timestamp;
mod untyped;

use crate::{DecodeError, EncodeError, Reader, Sink};

pub use binary::Binary;
#[cfg(feature = "serde")]
pub(crate) use binary::encode as encode_binary;
pub use untyped::Untyped;

/// A value of the wire: read from JSON text, written to any sink, nothing lost in between.
///
/// Generated types implement [`read`](Self::read) and [`write`](Self::write), one call each; the
/// other functions are hooks of the runtime's own types.
pub trait Value: Sized {
    /// Reads the value that comes next. It is not `null`: [`Slot`]s and collections see to
    /// that.
    ///
    /// # Errors
    /// What comes next is malformed, or cannot be held exactly.
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError>;

    /// Writes the value.
    ///
    /// # Errors
    /// The sink refuses it.
    fn write(&self, sink: &mut dyn Sink) -> Result<(), EncodeError>;

    /// What `null` is where there is no property to be left empty: in a collection, or as a whole
    /// document. `None`: an error.
    #[inline]
    #[must_use]
    fn null() -> Option<Self> {
        None
    }

    /// Fills a property that may have been filled, or annotated, before. `null` empties it.
    ///
    /// # Errors
    /// Those of [`read`](Self::read).
    #[inline]
    fn fill(slot: &mut Option<Self>, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        *slot = if reader.null()? { None } else { Some(Self::read(reader)?) };
        Ok(())
    }

    /// Offers an annotation of the property (CR-33: it may come before or after it). `Ok(true)`:
    /// its value has been read; `Ok(false)`: nothing has, it is not for this type.
    ///
    /// # Errors
    /// The annotation's value is malformed.
    #[inline]
    fn annotate(slot: &mut Option<Self>, annotation: Annotation, reader: &mut Reader<'_>) -> Result<bool, DecodeError> {
        let _ = (slot, annotation, reader);
        Ok(false)
    }

    /// Writes the property `name` with this value, and its annotations: each is announced by
    /// [`Sink::member`].
    ///
    /// # Errors
    /// The sink's.
    #[inline]
    fn members(&self, name: &str, sink: &mut dyn Sink) -> Result<(), EncodeError> {
        sink.member(name)?;
        self.write(sink)
    }
}

/// Control information of one property that a value may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Annotation {
    /// `x@odata.count`, or `x@count`.
    Count,
    /// `x@odata.nextLink`, or `x@nextLink`.
    NextLink,
}

/// The place of a property in a struct: every `Option` of a [`Value`] is one.
///
/// It is what lists of properties are made of. No bounds beside `Value`: each would be proved
/// again at every entry of every list (trap 5).
pub trait Slot {
    /// Fills it from the value that comes next: [`Value::fill`].
    ///
    /// # Errors
    /// The value is refused.
    fn fill(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError>;

    /// Offers it an annotation: [`Value::annotate`].
    ///
    /// # Errors
    /// The annotation's value is malformed.
    fn annotate(&mut self, annotation: Annotation, reader: &mut Reader<'_>) -> Result<bool, DecodeError>;

    /// Writes it under `name`, if it holds something: [`Value::members`].
    ///
    /// # Errors
    /// The sink's.
    fn members(&self, name: &str, sink: &mut dyn Sink) -> Result<(), EncodeError>;
}

impl<T: Value> Slot for Option<T> {
    #[inline]
    fn fill(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        T::fill(self, reader)
    }

    #[inline]
    fn annotate(&mut self, annotation: Annotation, reader: &mut Reader<'_>) -> Result<bool, DecodeError> {
        T::annotate(self, annotation, reader)
    }

    #[inline]
    fn members(&self, name: &str, sink: &mut dyn Sink) -> Result<(), EncodeError> {
        match self {
            Some(value) => value.members(name, sink),
            None => Ok(()),
        }
    }
}
