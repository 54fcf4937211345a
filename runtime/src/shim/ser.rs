//! The shim of `Serialize`: a [`Sink`] that is a serde serializer.

use serde::Serialize;
use serde::ser::{Error, SerializeMap, SerializeSeq as _, Serializer};

use super::target;
use crate::json::{members, special};
use crate::{Decimal, Encode, EncodeError, Entries, Extra, Sink, Slot, TypeInfo, Value};

/// Writes a value to any serializer: the body of a generated `Serialize`.
///
/// # Errors
/// The serializer's own; or the format cannot hold a decimal or an untyped number exactly.
pub fn serialize<S: Serializer, T: Value>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    drive(value, serializer)
}

fn drive<S: Serializer>(value: &dyn Encode, serializer: S) -> Result<S::Ok, S::Error> {
    let mut engine = Engine { state: State::Ready(serializer), variant: None };
    let written = value.encode(&mut engine);
    match (engine.state, written) {
        (State::Done(done), _) => done,
        (_, Err(error)) => Err(S::Error::custom(error)),
        (_, Ok(())) => Err(S::Error::custom("a value wrote nothing")),
    }
}

/// Takes exactly one value.
struct Engine<S: Serializer> {
    state: State<S>,
    /// The type that the object to come has to state.
    variant: Option<&'static str>,
}

enum State<S: Serializer> {
    Ready(S),
    Taken,
    Done(Result<S::Ok, S::Error>),
}

impl<S: Serializer> Engine<S> {
    fn put(&mut self, write: impl FnOnce(S) -> Result<S::Ok, S::Error>) -> Result<(), EncodeError> {
        match std::mem::replace(&mut self.state, State::Taken) {
            State::Ready(serializer) => {
                let done = write(serializer);
                let failed = done.is_err();
                self.state = State::Done(done);
                if failed { Err(EncodeError::new("the serializer failed")) } else { Ok(()) }
            }
            State::Taken | State::Done(_) => Err(EncodeError::new("a value wrote twice")),
        }
    }
}

impl<S: Serializer> Sink for Engine<S> {
    fn null(&mut self) -> Result<(), EncodeError> {
        self.put(Serializer::serialize_unit)
    }

    fn bool(&mut self, value: bool) -> Result<(), EncodeError> {
        self.put(|it| it.serialize_bool(value))
    }

    fn integer(&mut self, value: i64) -> Result<(), EncodeError> {
        self.put(|it| it.serialize_i64(value))
    }

    fn single(&mut self, value: f32) -> Result<(), EncodeError> {
        match special(value.into()) {
            Some(text) => self.text(text),
            None => self.put(|it| it.serialize_f32(value)),
        }
    }

    fn double(&mut self, value: f64) -> Result<(), EncodeError> {
        match special(value) {
            Some(text) => self.text(text),
            None => self.put(|it| it.serialize_f64(value)),
        }
    }

    fn decimal(&mut self, value: &Decimal) -> Result<(), EncodeError> {
        self.put(|it| target::decimal(value, it))
    }

    fn text(&mut self, value: &str) -> Result<(), EncodeError> {
        self.put(|it| it.serialize_str(value))
    }

    fn raw(&mut self, json: &str) -> Result<(), EncodeError> {
        self.put(|it| target::raw(json, it))
    }

    fn array(&mut self, len: usize, items: &mut dyn Iterator<Item = &dyn Encode>) -> Result<(), EncodeError> {
        self.put(|it| {
            let mut seq = it.serialize_seq(Some(len))?;
            for item in items {
                seq.serialize_element(&Shim(item))?;
            }
            seq.end()
        })
    }

    fn object(&mut self, slots: &[(&'static str, &dyn Slot)], extra: &Extra) -> Result<(), EncodeError> {
        let of = extra.type_to_write(self.variant.take(), false);
        self.put(|it| {
            let mut map = Map { map: it.serialize_map(None)?, error: None };
            let written = members(of, slots, extra, &mut map);
            match (written, map.error) {
                (Ok(()), _) => map.map.end(),
                (Err(_), Some(error)) => Err(error),
                (Err(error), None) => Err(S::Error::custom(error)),
            }
        })
    }

    fn variant(&mut self, of: &TypeInfo, value: &dyn Encode) -> Result<(), EncodeError> {
        self.variant = of.names.first().copied();
        value.encode(self)
    }
}

/// A value on its way into a serde container.
struct Shim<'a>(&'a dyn Encode);

impl Serialize for Shim<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        drive(self.0, serializer)
    }
}

/// The members of a serde map.
struct Map<M: SerializeMap> {
    map: M,
    error: Option<M::Error>,
}

impl<M: SerializeMap> Entries for Map<M> {
    fn entry(&mut self, name: &str, value: &dyn Encode) -> Result<(), EncodeError> {
        self.map.serialize_entry(name, &Shim(value)).map_err(|error| {
            self.error = Some(error);
            EncodeError::new("the serializer failed")
        })
    }
}
