//! Strings as JSON text. Only what must be escaped is.

/// Appends `text` as a JSON string.
#[cfg(feature = "serde")]
pub(crate) fn quote(json: &mut String, text: &str) {
    json.push('"');
    escape(text, |part| json.push_str(part));
    json.push('"');
}

/// Hands over `text` in parts, escaped.
#[cold]
pub(super) fn escape(text: &str, mut push: impl FnMut(&str)) {
    let mut rest = text;
    loop {
        let plain = rest.bytes().position(is_escaped).unwrap_or(rest.len());
        let (plain, tail) = rest.split_at(plain);
        push(plain);
        let mut chars = tail.chars();
        match chars.next() {
            None => break,
            Some('"') => push("\\\""),
            Some('\\') => push("\\\\"),
            Some('\n') => push("\\n"),
            Some('\r') => push("\\r"),
            Some('\t') => push("\\t"),
            Some(control) => push(&format!("\\u{:04x}", u32::from(control))),
        }
        rest = chars.as_str();
    }
}

/// Whether nothing in `text` must be escaped.
#[inline]
pub(super) fn is_plain(text: &[u8]) -> bool {
    let (words, _) = text.as_chunks::<8>();
    // The last word overlaps the one before it: no byte is looked at alone.
    if let Some(last) = text.last_chunk::<8>() {
        return words.iter().all(|word| is_plain_word(*word)) && is_plain_word(*last);
    }
    if let (Some(&[a, b, c, d]), Some(&[e, f, g, h])) = (text.first_chunk::<4>(), text.last_chunk::<4>()) {
        return is_plain_word([a, b, c, d, e, f, g, h]);
    }
    !text.iter().any(|byte| is_escaped(*byte))
}

fn is_escaped(byte: u8) -> bool {
    byte < b' ' || byte == b'"' || byte == b'\\'
}

/// Eight bytes as one: the high bit of a byte tells.
#[inline]
fn is_plain_word(word: [u8; 8]) -> bool {
    const ONES: u64 = u64::MAX / 255;
    let word = u64::from_ne_bytes(word);
    // Below zero if the byte is less. A borrow comes from a byte that has told already.
    let less = |word: u64, than: u8| word.wrapping_sub(ONES * u64::from(than));
    let same = |byte: u8| less(word ^ (ONES * u64::from(byte)), 1);
    // Bytes beyond ASCII have the bit themselves, and are plain.
    (less(word, b' ') | same(b'"') | same(b'\\')) & !word & (ONES << 7) == 0
}

#[cfg(test)]
mod tests {
    use super::{escape, is_plain};

    #[test]
    fn a_byte_to_be_escaped_is_seen_at_every_place() {
        for length in 1..20 {
            for at in 0..length {
                for byte in 0..128 {
                    let mut text = vec![b'~'; length - 1];
                    text.insert(at, byte);
                    let plain = byte >= 0x20 && byte != 0x22 && byte != 0x5c;
                    assert_eq!(is_plain(&text), plain, "{byte:#x} at {at} of {length}");
                }
            }
        }
        assert!(is_plain(b""));
        assert!(is_plain("\u{a2}\u{dc}\u{ff}\u{2022}\u{1f4de}\u{7f}".as_bytes()));
    }

    #[test]
    fn what_must_be_escaped_is_and_nothing_else() {
        let mut json = String::new();
        escape("a\"b\\c\n\r\t\u{8}\u{1f}/\u{7f}\u{e9}\u{1f4de}", |part| json.push_str(part));
        assert_eq!(json, "a\\\"b\\\\c\\n\\r\\t\\u0008\\u001f/\u{7f}\u{e9}\u{1f4de}");
    }
}
