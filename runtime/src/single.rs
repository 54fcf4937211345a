//! A value that is no object, as an operation answers with it.

use std::fmt;

use crate::{DecodeError, EncodeError, Extra, Reader, Sink, Value};

/// The answer of a function or action whose result is a primitive value or an enumeration: `{"value": 7}` (OASIS JSON
/// Format 4.01, section 11). Null is none.
///
/// ```
/// use odata_runtime::{Single, from_str};
///
/// let answer: Single<i32> = from_str(r#"{"@odata.context": "$metadata#Edm.Int32", "value": 7}"#)?;
/// assert_eq!(answer.into_value(), Some(7));
/// assert_eq!(from_str::<Single<i32>>(r#"{"value": null}"#)?.into_value(), None);
/// # Ok::<(), odata_runtime::DecodeError>(())
/// ```
#[derive(Clone, PartialEq)]
pub struct Single<T> {
    value: Option<T>,
    extra: Extra,
}

impl<T> Single<T> {
    /// The value, if it is not null.
    #[must_use]
    pub fn into_value(self) -> Option<T> {
        self.value
    }
}

impl<T: Value> Value for Single<T> {
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut it = Self { value: None, extra: Extra::default() };
        reader.object(&mut [("value", &mut it.value)], &mut it.extra)?;
        Ok(it)
    }

    fn write(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
        sink.object(&[("value", &self.value)], &self.extra)
    }
}

impl<T: fmt::Debug> fmt::Debug for Single<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Single").field(&self.value).finish()
    }
}
