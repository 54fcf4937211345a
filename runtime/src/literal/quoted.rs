//! Literals in single quotes: strings, and with a prefix durations and bytes.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::Literal;
use super::plain::push_plain;
use super::sealed::Sealed;
use crate::{Binary, SignedDuration};

impl Sealed for str {}

/// `'it''s'` (W-31): a quote inside is doubled, everything else is itself.
impl Literal for str {
    fn write_literal(&self, out: &mut String) {
        push_quoted(self, out);
    }
}

macro_rules! text {
    ($($type:ty)*) => {$(
        impl Sealed for $type {}

        impl Literal for $type {
            fn write_literal(&self, out: &mut String) {
                push_quoted(self, out);
            }
        }
    )*};
}

text! { String &str &String Cow<'_, str> }

impl Sealed for SignedDuration {}

/// `duration'P1DT2H'` (W-15): the prefix is optional in OData 4.01, and demanded by 4.0.
impl Literal for SignedDuration {
    fn write_literal(&self, out: &mut String) {
        out.push_str("duration'");
        push_plain(self, out);
        out.push('\'');
    }
}

impl Sealed for Binary {}

/// `binary'Zm9v'`: in the URL-safe alphabet, unlike JSON, since the ABNF has no other. Without padding, which is
/// optional and could not be percent-encoded.
impl Literal for Binary {
    fn write_literal(&self, out: &mut String) {
        out.push_str("binary'");
        URL_SAFE_NO_PAD.encode_string(self, out);
        out.push('\'');
    }
}

pub(super) fn push_quoted(text: &str, out: &mut String) {
    out.push('\'');
    for (index, part) in text.split('\'').enumerate() {
        if index > 0 {
            out.push_str("''");
        }
        out.push_str(part);
    }
    out.push('\'');
}
