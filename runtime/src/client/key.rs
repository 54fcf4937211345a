//! Keys that stand in a path as a segment of their own.

use std::borrow::Cow;

use crate::literal;
use crate::{Date, Decimal, Time, Timestamp, Uuid};

/// A key that stands in a path as a segment of its own: `/orders/{key}` (OASIS URL Conventions 4.01, section
/// 4.3.6). It is the literal without quotes and prefix.
pub trait KeySegment {
    /// The key's text, not encoded.
    fn key_segment(&self) -> Cow<'_, str>;
}

impl KeySegment for str {
    fn key_segment(&self) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }
}

impl KeySegment for String {
    fn key_segment(&self) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }
}

impl KeySegment for Cow<'_, str> {
    fn key_segment(&self) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }
}

macro_rules! plain {
    ($($type:ty)*) => {$(
        // As its literal, which for these has neither quotes nor a prefix.
        impl KeySegment for $type {
            fn key_segment(&self) -> Cow<'_, str> {
                Cow::Owned(literal::text(self))
            }
        }
    )*};
}

plain! { bool i8 u8 i16 i32 i64 Decimal Date Time Timestamp Uuid }

impl<K: KeySegment + ?Sized> KeySegment for &K {
    fn key_segment(&self) -> Cow<'_, str> {
        (**self).key_segment()
    }
}
