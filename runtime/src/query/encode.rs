//! Percent-encoding by the one rule that is always right (W-31).

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, PercentEncode, utf8_percent_encode};

/// Everything but the unreserved characters of RFC 3986, section 2.3.
pub(super) const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The same, without the quote that encloses a string.
const RESERVED_IN_PATH: &AsciiSet = &RESERVED.remove(b'\'');

/// `text` as one path segment, or as a name or a literal in a query: only unreserved characters stay as they are.
pub(crate) fn encode(text: &str) -> PercentEncode<'_> {
    utf8_percent_encode(text, RESERVED)
}

/// `literal` in a path, where its quotes may stand (RFC 3986, `pchar`) and read better: `('x')`.
pub(crate) fn encode_in_path(literal: &str) -> PercentEncode<'_> {
    utf8_percent_encode(literal, RESERVED_IN_PATH)
}
