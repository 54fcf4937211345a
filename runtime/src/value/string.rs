//! `Edm.String`.

use crate::{DecodeError, EncodeError, Reader, Sink, Value};

impl Value for String {
    #[inline]
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.text().map(str::to_owned)
    }

    #[inline]
    fn write(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
        sink.text(self)
    }
}
