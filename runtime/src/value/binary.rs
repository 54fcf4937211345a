//! `Edm.Binary` (W-18).

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_PAD_INDIFFERENT, URL_SAFE_PAD_INDIFFERENT};

use crate::{DecodeError, EncodeError, Reader, Sink, Value};

/// Bytes: `Edm.Binary`, base64 on the wire.
///
/// Read in the standard and in the URL-safe alphabet, padded or not. Written in the standard
/// alphabet with padding: OData says base64url, but Graph sends the standard form and several
/// readers, among them the service's own, take nothing else.
///
/// `Debug` prints the number of bytes only.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Binary(Vec<u8>);

impl Binary {
    /// The bytes, owned.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }
}

impl AsRef<[u8]> for Binary {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl std::ops::Deref for Binary {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl From<Vec<u8>> for Binary {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl fmt::Debug for Binary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Binary({} bytes)", self.0.len())
    }
}

const WHAT: &str = "not base64";

impl Value for Binary {
    #[inline]
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.parsed(WHAT, |text| {
            let url_safe = text.contains(['-', '_']);
            let engine = if url_safe { &URL_SAFE_PAD_INDIFFERENT } else { &STANDARD_PAD_INDIFFERENT };
            engine.decode(text).map(Self).map_err(|_| WHAT)
        })
    }

    fn write(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
        sink.text(&encode(&self.0))
    }
}

/// As it is written.
pub(crate) fn encode(bytes: &[u8]) -> String {
    STANDARD_PAD_INDIFFERENT.encode(bytes)
}
