//! Collections, and boxes.

use crate::json::Encode;
use crate::{DecodeError, EncodeError, Reader, Sink, Value};

impl<T: Value> Value for Vec<T> {
    #[inline]
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.array()
    }

    #[inline]
    fn write(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
        sink.array(self.len(), &mut self.iter().map(|item| item as &dyn Encode))
    }
}

impl<T: Value> Value for Box<T> {
    #[inline]
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        T::read(reader).map(Self::new)
    }

    #[inline]
    fn write(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
        (**self).write(sink)
    }
}
