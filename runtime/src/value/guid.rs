//! `Edm.Guid` (W-19): 8-4-4-4-12 hex digits, read in whichever case, written in lower case.

use uuid::Uuid;

use crate::{DecodeError, EncodeError, Reader, Sink, Value};

const WHAT: &str = "not a Guid";

impl Value for Uuid {
    #[inline]
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.parsed(WHAT, |text| {
            // The other forms that uuid reads are shorter or longer, and not OData.
            let hyphenated = text.len() == uuid::fmt::Hyphenated::LENGTH;
            Uuid::try_parse(text).ok().filter(|_| hyphenated).ok_or(WHAT)
        })
    }

    fn write(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
        sink.text(self.hyphenated().encode_lower(&mut Uuid::encode_buffer()))
    }
}
