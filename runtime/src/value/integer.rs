//! `Edm.SByte`, `Edm.Byte`, `Edm.Int16`, `Edm.Int32`, `Edm.Int64` (W-12, W-13).
//!
//! Read from a number or a string, in any notation whose value is an integer: `1.0` is 1, `1.5`
//! is an error. Written as a number.

use crate::{DecodeError, EncodeError, Reader, Sink, Value};

macro_rules! integer {
    ($($type:ident $what:literal,)*) => {$(
        impl Value for $type {
            #[inline]
            fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
                let value = reader.integer($what, i64::from($type::MIN), i64::from($type::MAX))?;
                // Within the range just checked.
                #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
                Ok(value as $type)
            }

            #[inline]
            fn write(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
                sink.integer(i64::from(*self))
            }
        }
    )*};
}

integer! {
    i8 "not an i8",
    u8 "not a u8",
    i16 "not an i16",
    i32 "not an i32",
}

impl Value for i64 {
    #[inline]
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.integer("not an i64", Self::MIN, Self::MAX)
    }

    #[inline]
    fn write(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
        sink.integer(*self)
    }
}
