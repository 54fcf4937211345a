//! `Edm.Single` and `Edm.Double` (W-12).
//!
//! A number beyond the range of the type is an error, not infinity.

use crate::{DecodeError, EncodeError, Reader, Sink, Value};

impl Value for f32 {
    #[inline]
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.single()
    }

    #[inline]
    fn write(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
        sink.single(*self)
    }
}

impl Value for f64 {
    #[inline]
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.double()
    }

    #[inline]
    fn write(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
        sink.double(*self)
    }
}
