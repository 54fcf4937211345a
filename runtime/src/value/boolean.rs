//! `Edm.Boolean`.

use crate::{DecodeError, EncodeError, Reader, Sink, Value};

impl Value for bool {
    #[inline]
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.bool()
    }

    #[inline]
    fn write(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
        sink.bool(*self)
    }
}
