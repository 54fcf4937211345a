//! Literals that are the text of the JSON value, without its quotes: numbers, `INF`, `true`, dates, Guids.

use super::Literal;
use super::sealed::Sealed;
use crate::{Date, Decimal, Time, Timestamp, Uuid, Value};

macro_rules! plain {
    ($($type:ty)*) => {$(
        impl Sealed for $type {}

        impl Literal for $type {
            fn write_literal(&self, out: &mut String) {
                push_plain(self, out);
            }
        }
    )*};
}

plain! { bool i8 u8 i16 i32 i64 f32 f64 Decimal Date Time Timestamp Uuid }

/// The wire has one lexical form for both, so that there is one writer: none of these refuses to be written, and
/// none has a character that JSON escapes.
pub(super) fn push_plain(value: &impl Value, out: &mut String) {
    let json = crate::to_string(value).unwrap_or_default();
    out.push_str(json.trim_matches('"'));
}
