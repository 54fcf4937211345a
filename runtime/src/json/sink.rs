//! What `Value::write` is given, and the one place that knows what an object is made of.

use crate::{Decimal, EncodeError, Extra, Slot, TypeInfo, Value};

/// Takes one value: JSON text, or a serde serializer.
///
/// Generated code calls [`object`](Self::object), [`text`](Self::text) and
/// [`variant`](Self::variant). Every function returns the sink's own fault, and nothing else.
#[allow(clippy::missing_errors_doc)]
pub trait Sink {
    /// Takes `null`.
    fn null(&mut self) -> Result<(), EncodeError>;
    /// Takes a Boolean.
    fn bool(&mut self, value: bool) -> Result<(), EncodeError>;
    /// Takes an integer of any width.
    fn integer(&mut self, value: i64) -> Result<(), EncodeError>;
    /// Takes a Single; what is no number becomes `"INF"`, `"-INF"` or `"NaN"` (W-12).
    fn single(&mut self, value: f32) -> Result<(), EncodeError>;
    /// Takes a Double, like a Single.
    fn double(&mut self, value: f64) -> Result<(), EncodeError>;
    /// Takes a Decimal, every digit of it (W-14).
    fn decimal(&mut self, value: &Decimal) -> Result<(), EncodeError>;
    /// Takes a string.
    fn text(&mut self, value: &str) -> Result<(), EncodeError>;
    /// Takes JSON text that is known to be one well-formed value.
    fn raw(&mut self, json: &str) -> Result<(), EncodeError>;
    /// Takes an array of `len` items.
    fn array(&mut self, len: usize, items: &mut dyn Iterator<Item = &dyn Encode>) -> Result<(), EncodeError>;
    /// Takes an object: the slots that hold something, and what `extra` keeps.
    fn object(&mut self, slots: &[(&'static str, &dyn Slot)], extra: &Extra) -> Result<(), EncodeError>;
    /// Takes the name of a member; the next call takes its value. For [`Value::members`], which an
    /// [`object`](Self::object) being taken calls.
    fn member(&mut self, name: &str) -> Result<(), EncodeError>;
    /// Takes an object whose type has to be stated, unless the object remembers better.
    fn variant(&mut self, of: &TypeInfo, value: &dyn Encode) -> Result<(), EncodeError>;
}

/// A [`Value`] that is only to be written; object-safe. Every `Value` is one.
pub trait Encode {
    /// Writes the value: [`Value::write`].
    ///
    /// # Errors
    /// The sink's.
    fn encode(&self, sink: &mut dyn Sink) -> Result<(), EncodeError>;
}

impl<T: Value> Encode for T {
    #[inline]
    fn encode(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
        self.write(sink)
    }
}

/// The members of an object in the order in which they are written, after the type if it is to be
/// stated (see [`Extra::type_to_write`]): other control information, declared properties,
/// undeclared ones.
#[inline]
pub(crate) fn members(
    slots: &[(&'static str, &dyn Slot)],
    extra: &Extra,
    sink: &mut dyn Sink,
) -> Result<(), EncodeError> {
    for (name, value) in extra.controls() {
        value.members(name, sink)?;
    }
    for (name, slot) in slots {
        slot.members(name, sink)?;
    }
    for (name, value) in extra.iter() {
        // An app may have inserted a property that is declared: the declared one stands.
        if !slots.iter().any(|slot| slot.0 == name) {
            value.members(name, sink)?;
        }
    }
    Ok(())
}
