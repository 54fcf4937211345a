//! The shim of `Serialize`: a [`Sink`] that is a serde serializer, or a serde map.

use std::cell::RefCell;

use serde::Serialize;
use serde::ser::{Error, SerializeMap, SerializeSeq as _, Serializer};

use super::target;
use crate::extra::TypeText;
use crate::json::{members, special};
use crate::{Decimal, Encode, EncodeError, Extra, Sink, Slot, TypeInfo, Value};

/// Writes a value to any serializer: the body of a generated `Serialize`.
///
/// # Errors
/// The serializer's own; or the format cannot hold a decimal or an untyped number exactly.
pub fn serialize<S: Serializer, T: Value>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    Item(value).serialize(serializer)
}

/// Where values go.
trait Place {
    fn put<V: Serialize + ?Sized>(&mut self, value: &V) -> Result<(), EncodeError>;

    /// Names the value to come.
    fn name(&mut self, name: &str) -> Result<(), EncodeError>;
}

const NOTHING: &str = "a value wrote nothing";
const TWICE: &str = "a value wrote twice";

/// What the serializer says is kept beside.
fn failed() -> EncodeError {
    EncodeError::new("the serializer failed")
}

/// A serializer: takes exactly one value.
enum Whole<S: Serializer> {
    Ready(S),
    Taken,
    Done(Result<S::Ok, S::Error>),
}

impl<S: Serializer> Place for Whole<S> {
    fn put<V: Serialize + ?Sized>(&mut self, value: &V) -> Result<(), EncodeError> {
        match std::mem::replace(self, Self::Taken) {
            Self::Ready(serializer) => {
                let done = value.serialize(serializer);
                let is_err = done.is_err();
                *self = Self::Done(done);
                if is_err { Err(failed()) } else { Ok(()) }
            }
            Self::Taken | Self::Done(_) => Err(EncodeError::new(TWICE)),
        }
    }

    fn name(&mut self, _: &str) -> Result<(), EncodeError> {
        Err(EncodeError::new("a member outside of an object"))
    }
}

/// The members of a map, one after the other.
struct Members<M: SerializeMap> {
    map: M,
    /// A name was written, its value was not.
    named: bool,
    error: Option<M::Error>,
}

impl<M: SerializeMap> Members<M> {
    fn keep(&mut self, error: M::Error) -> EncodeError {
        self.error = Some(error);
        failed()
    }
}

impl<M: SerializeMap> Place for Members<M> {
    fn put<V: Serialize + ?Sized>(&mut self, value: &V) -> Result<(), EncodeError> {
        if !std::mem::take(&mut self.named) {
            return Err(EncodeError::new(TWICE));
        }
        self.map.serialize_value(value).map_err(|error| self.keep(error))
    }

    fn name(&mut self, name: &str) -> Result<(), EncodeError> {
        if std::mem::replace(&mut self.named, true) {
            return Err(EncodeError::new(NOTHING));
        }
        self.map.serialize_key(name).map_err(|error| self.keep(error))
    }
}

struct Engine<P> {
    place: P,
    /// The type that the object to come has to state.
    variant: Option<&'static str>,
}

impl<P: Place> Sink for Engine<P> {
    fn null(&mut self) -> Result<(), EncodeError> {
        self.place.put(&())
    }

    fn bool(&mut self, value: bool) -> Result<(), EncodeError> {
        self.place.put(&value)
    }

    fn integer(&mut self, value: i64) -> Result<(), EncodeError> {
        self.place.put(&value)
    }

    fn single(&mut self, value: f32) -> Result<(), EncodeError> {
        match special(value.into()) {
            Some(text) => self.text(text),
            None => self.place.put(&value),
        }
    }

    fn double(&mut self, value: f64) -> Result<(), EncodeError> {
        match special(value) {
            Some(text) => self.text(text),
            None => self.place.put(&value),
        }
    }

    fn decimal(&mut self, value: &Decimal) -> Result<(), EncodeError> {
        self.place.put(&Exact(value))
    }

    fn text(&mut self, value: &str) -> Result<(), EncodeError> {
        self.place.put(value)
    }

    fn raw(&mut self, json: &str) -> Result<(), EncodeError> {
        self.place.put(&Raw(json))
    }

    fn array(&mut self, len: usize, items: &mut dyn Iterator<Item = &dyn Encode>) -> Result<(), EncodeError> {
        self.place.put(&Array { len, items: RefCell::new(items) })
    }

    fn object(&mut self, slots: &[(&'static str, &dyn Slot)], extra: &Extra) -> Result<(), EncodeError> {
        let of = extra.type_to_write(self.variant.take(), false);
        self.place.put(&Object { of, slots, extra })
    }

    fn member(&mut self, name: &str) -> Result<(), EncodeError> {
        self.place.name(name)
    }

    fn variant(&mut self, of: &TypeInfo, value: &dyn Encode) -> Result<(), EncodeError> {
        self.variant = of.names.first().copied();
        let written = value.encode(self);
        // Taken by the object, unless a hand-written value is none.
        self.variant = None;
        written
    }
}

/// A value on its way into a serializer.
struct Item<'a>(&'a dyn Encode);

impl Serialize for Item<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut engine = Engine { place: Whole::Ready(serializer), variant: None };
        let written = self.0.encode(&mut engine);
        match (engine.place, written) {
            (Whole::Done(done), _) => done,
            (_, Err(error)) => Err(S::Error::custom(error)),
            (_, Ok(())) => Err(S::Error::custom(NOTHING)),
        }
    }
}

struct Object<'a> {
    of: Option<TypeText<'a>>,
    slots: &'a [(&'static str, &'a dyn Slot)],
    extra: &'a Extra,
}

impl Serialize for Object<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if let Some(TypeText { hash, name }) = self.of {
            map.serialize_entry("@odata.type", &format_args!("{hash}{name}"))?;
        }
        let mut engine = Engine { place: Members { map, named: false, error: None }, variant: None };
        let written = members(self.slots, self.extra, &mut engine);
        let Members { map, named, error } = engine.place;
        match (written, error) {
            (Ok(()), _) if named => Err(S::Error::custom(NOTHING)),
            (Ok(()), _) => map.end(),
            (Err(_), Some(error)) => Err(error),
            (Err(error), None) => Err(S::Error::custom(error)),
        }
    }
}

/// What [`Sink::array`] is given; taken once.
struct Array<'a, 'b> {
    len: usize,
    items: RefCell<&'a mut (dyn Iterator<Item = &'b dyn Encode> + 'a)>,
}

impl Serialize for Array<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut seq = serializer.serialize_seq(Some(self.len))?;
        for item in &mut **self.items.borrow_mut() {
            seq.serialize_element(&Item(item))?;
        }
        seq.end()
    }
}

struct Exact<'a>(&'a Decimal);

impl Serialize for Exact<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        target::decimal(self.0, serializer)
    }
}

/// Well-formed JSON text.
struct Raw<'a>(&'a str);

impl Serialize for Raw<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        target::raw(self.0, serializer)
    }
}
