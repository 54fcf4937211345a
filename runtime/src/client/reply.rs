//! What an answer is read as.

use super::error::Error;
use super::received::Received;
use crate::{DecodeError, Value, from_slice};

/// What an answer is read as: a [`Value`], an `Option` of one, or nothing, `()`.
#[diagnostic::on_unimplemented(message = "an answer cannot be read as `{Self}`")]
pub trait Reply: sealed::Reply {}

impl<T: sealed::Reply> Reply for T {}

mod sealed {
    use crate::DecodeError;

    /// How it is done.
    pub trait Reply: Sized {
        /// Whether there has to be a document.
        const REQUIRED: bool;

        fn read(json: Option<&[u8]>) -> Result<Self, DecodeError>;
    }
}

impl<T: Value> sealed::Reply for T {
    const REQUIRED: bool = true;

    fn read(json: Option<&[u8]>) -> Result<Self, DecodeError> {
        from_slice(json.unwrap_or_default())
    }
}

impl<T: Value> sealed::Reply for Option<T> {
    const REQUIRED: bool = false;

    fn read(json: Option<&[u8]>) -> Result<Self, DecodeError> {
        json.map(from_slice).transpose()
    }
}

impl sealed::Reply for () {
    const REQUIRED: bool = false;

    fn read(_: Option<&[u8]>) -> Result<Self, DecodeError> {
        Ok(())
    }
}

impl Received {
    /// The answer as a `T`: the JSON document, or what stands for none.
    pub(super) fn reply<T: Reply>(self) -> Result<T, Error> {
        match (self.json()?, T::REQUIRED) {
            (None, true) => Err(self.fault("the body is empty, where JSON should be")),
            (json, _) => T::read(json).map_err(|error| self.misread(error)),
        }
    }
}
