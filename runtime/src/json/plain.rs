//! Where plain text ends: strings without escapes, numbers without an exponent, values that are passed over. Nothing here
//! checks JSON; what is not plain, or not well-formed, is left to jiter.

const EACH: u64 = u64::from_ne_bytes([1; 8]);
const HIGH: u64 = EACH << 7;
/// Numbers are rarely longer; jiter knows what to do with those that are.
const LONG: usize = 32;

/// The first place from `at` on that is no white space.
#[inline]
pub(super) fn white(bytes: &[u8], mut at: usize) -> usize {
    while let Some(b' ' | b'\t' | b'\n' | b'\r') = bytes.get(at) {
        at += 1;
    }
    at
}

/// The end of the text of a string that starts at `at`, after its quote: the place of the other one. `None` if
/// there are escapes before it, or control characters.
#[inline]
pub(super) fn string(bytes: &[u8], at: usize) -> Option<usize> {
    special(bytes, at).filter(|end| bytes.get(*end) == Some(&b'"'))
}

/// The length of a number at the start of `bytes`.
#[inline]
pub(super) fn number(bytes: &[u8]) -> Option<usize> {
    let bytes = bytes.get(..LONG).unwrap_or(bytes);
    let digits = |from: usize| bytes.iter().skip(from).take_while(|byte| byte.is_ascii_digit()).count();
    let start = usize::from(bytes.first() == Some(&b'-'));
    let whole = digits(start);
    if whole == 0 || (whole > 1 && bytes.get(start) == Some(&b'0')) {
        return None;
    }
    let mut end = start + whole;
    if bytes.get(end) == Some(&b'.') {
        let fraction = digits(end + 1);
        if fraction == 0 {
            return None;
        }
        end += 1 + fraction;
    }
    // It ends here, and not with the bytes.
    bytes.get(end).filter(|byte| !matches!(byte, b'e' | b'E')).map(|_| end)
}

/// The end of a value that starts at `at`. Brackets are counted, not matched.
pub(super) fn value(bytes: &[u8], mut at: usize) -> Option<usize> {
    let mut depth = 0_usize;
    loop {
        match *bytes.get(at)? {
            b'"' => at = any_string(bytes, at + 1)?,
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.checked_sub(1)?,
            // A part of a number, a keyword, or what stands between values.
            _ if depth > 0 => {
                at += 1;
                continue;
            }
            _ => return scalar(bytes, at),
        }
        at += 1;
        if depth == 0 {
            return Some(at);
        }
    }
}

/// The place of the quote that ends a string, escapes or not.
#[inline]
fn any_string(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at = special(bytes, at)?;
        match bytes.get(at)? {
            b'"' => return Some(at),
            b'\\' => at += 2,
            _ => return None,
        }
    }
}

fn scalar(bytes: &[u8], at: usize) -> Option<usize> {
    let length = bytes.get(at..)?.iter().position(|byte| matches!(byte, b',' | b'}' | b']') || *byte <= b' ')?;
    Some(at + length)
}

/// The first quote, backslash or control character from `at` on.
#[inline]
fn special(bytes: &[u8], mut at: usize) -> Option<usize> {
    while let Some(eight) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        let word = u64::from_le_bytes(*eight);
        let control = word.wrapping_sub(EACH * 0x20) & !word & HIGH;
        let found = zeros(word ^ (EACH * 0x22)) | zeros(word ^ (EACH * 0x5c)) | control;
        if found != 0 {
            // Bits beyond the first may be wrong: each subtraction borrows from the byte after the one it found.
            return Some(at + found.trailing_zeros() as usize / 8);
        }
        at += 8;
    }
    let rest = bytes.get(at..)?.iter().position(|byte| matches!(byte, b'"' | b'\\') || *byte < b' ')?;
    Some(at + rest)
}

/// The high bit of the first byte that is zero.
#[inline]
const fn zeros(word: u64) -> u64 {
    word.wrapping_sub(EACH) & !word & HIGH
}

#[cfg(test)]
mod tests {
    use super::{number, special, string, value};

    #[test]
    fn every_byte_at_every_place() {
        for at in 0..20 {
            for byte in 0..=u8::MAX {
                let mut bytes = vec![0xc3; 24];
                if let Some(place) = bytes.get_mut(at) {
                    *place = byte;
                }
                let is_special = matches!(byte, b'"' | b'\\' | 0..=0x1f);
                for start in 0..=at {
                    assert_eq!(special(&bytes, start), is_special.then_some(at), "{byte} at {at} from {start}");
                }
            }
        }
    }

    #[test]
    fn strings_with_escapes_are_not_plain() {
        assert_eq!(string(b"abcdefghijk\",", 0), Some(11));
        assert_eq!(string(br#"abc\"defghijk""#, 0), None);
        assert_eq!(string(b"abcdefghijk", 0), None);
    }

    #[test]
    fn numbers() {
        let ends = [("0,", Some(1)), ("-12.50}", Some(6)), ("01,", None), ("1.,", None), ("-,", None), ("1e3,", None)];
        for (text, end) in ends {
            assert_eq!(number(text.as_bytes()), end, "{text}");
        }
        assert_eq!(number(b"7"), None, "more may follow");
    }

    #[test]
    fn values_end_where_their_brackets_close() {
        for text in [r#""a\"]\\""#, r#"{"a":["}",{}],"b":"\\"}"#, "[]", "null", "-1.5e3", r#"[[["a"]],1]"#] {
            for after in [",", "}", " "] {
                assert_eq!(value(format!("{text}{after}").as_bytes(), 0), Some(text.len()), "{text}");
            }
        }
        for text in ["", "]", "{", "[\"]", "\"", "\"\\", "[1", "12"] {
            assert_eq!(value(text.as_bytes(), 0), None, "{text}");
        }
    }
}
