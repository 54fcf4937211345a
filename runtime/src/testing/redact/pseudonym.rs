//! Pseudonyms: values of the same shape as the original, made by a keyed hash.

use std::collections::HashMap;
use std::net::Ipv6Addr;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::shape::{self, Shape};
use crate::Uuid;

/// How often another pseudonym is tried when one is taken already.
const TRIES: u8 = 32;

/// Gives pseudonyms: to the same value (in any case) the same one, to another value another one as long as there is
/// one of its shape left.
pub(super) struct Pseudonyms {
    key: Vec<u8>,
    /// Whose each pseudonym is. Both in lower case.
    taken: HashMap<String, String>,
}

impl Pseudonyms {
    pub(super) fn new(salt: &[u8]) -> Self {
        Self { key: salt.to_vec(), taken: HashMap::new() }
    }

    /// The pseudonym of a whole value. What it is made of has the pseudonyms that it has elsewhere.
    pub(super) fn of(&mut self, original: &str) -> String {
        if let Some(shape) = shape::whole(original) {
            return self.shaped(original, shape);
        }
        if let Some((scheme, rest)) = original.split_once("://").filter(|(scheme, _)| is_scheme(scheme)) {
            let (host, rest) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
            let host = self.of_host(host);
            return format!("{scheme}://{host}{}", self.composed(rest));
        }
        self.composed(original)
    }

    /// The pseudonym of a value of this shape.
    pub(super) fn shaped(&mut self, original: &str, shape: Shape) -> String {
        match shape {
            Shape::Mail => {
                let sign = if original.contains('@') { "@" } else { "%40" };
                let (name, host) = original.split_once(sign).unwrap_or((original, ""));
                format!("{}{sign}{}", self.composed(name), self.of_host(host))
            }
            Shape::Guid => self.unique(original, |bytes| {
                let guid = uuid::Builder::from_random_bytes(bytes.array()).into_uuid().to_string();
                if original.bytes().any(|byte| byte.is_ascii_uppercase()) { guid.to_uppercase() } else { guid }
            }),
            // A private network that is large enough for a recording.
            Shape::V4 => self.unique(original, |bytes| {
                let [a, b, c] = bytes.array();
                format!("10.{a}.{b}.{c}")
            }),
            // The prefix that is set aside for documents.
            Shape::V6 => {
                let canonical = original.parse().map_or_else(|_| original.to_owned(), |it: Ipv6Addr| it.to_string());
                self.unique(&canonical, |bytes| {
                    let low = u128::from_be_bytes(bytes.array()) & (u128::MAX >> 32);
                    Ipv6Addr::from(0x2001_0db8_u128 << 96 | low).to_string()
                })
            }
            Shape::Date => self.unique(original, |bytes| date(original, bytes)),
            Shape::Plain => self.unique(original, |bytes| letters(original, bytes)),
        }
    }

    /// Digits for those of a number. It is not longer, and hardly larger.
    pub(super) fn of_number(&mut self, original: &str) -> String {
        let (digits, exponent) = original.split_at(original.find(['e', 'E']).unwrap_or(original.len()));
        let digits = self.unique(digits, |bytes| {
            // A digit alone is any other; of more the first is a one, so that what fits into an integer of some width
            // still does.
            let mut first = digits.bytes().filter(u8::is_ascii_digit).count() > 1;
            let digit = |c: char| match c {
                '1'..='9' if std::mem::take(&mut first) => '1',
                '0'..='9' if !first => bytes.digit(),
                _ => c,
            };
            digits.chars().map(digit).collect()
        });
        digits + exponent
    }

    /// A host name under the name that is set aside for examples; an address stays one.
    fn of_host(&mut self, host: &str) -> String {
        let (name, port) = host.split_at(host.rfind(':').unwrap_or(host.len()));
        if host.is_empty() {
            String::new()
        } else if name.contains('[')
            || shape::whole(name).is_some()
            || !port.bytes().skip(1).all(|it| it.is_ascii_digit())
        {
            self.composed(host)
        } else {
            let name = self.unique(name, |bytes| {
                let word: String = (0..10).map(|_| bytes.letter()).collect();
                word + ".example"
            });
            name + port
        }
    }

    /// What has a shape of its own within the text by that, the rest letter by letter.
    fn composed(&mut self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut from = 0;
        for (range, shape) in shape::within(text) {
            let (Some(before), Some(found)) = (text.get(from..range.start), text.get(range.clone())) else {
                continue;
            };
            out.push_str(&self.shaped(before, Shape::Plain));
            out.push_str(&self.shaped(found, shape));
            from = range.end;
        }
        out.push_str(&self.shaped(text.get(from..).unwrap_or_default(), Shape::Plain));
        out
    }

    fn unique(&mut self, original: &str, mut make: impl FnMut(&mut Bytes<'_>) -> String) -> String {
        if !original.contains(char::is_alphanumeric) {
            return original.to_owned();
        }
        let owner = original.to_lowercase();
        let mut pseudonym = String::new();
        for attempt in 0..TRIES {
            pseudonym = make(&mut Bytes { key: &self.key, attempt, of: owner.as_bytes(), block: 0, left: Vec::new() });
            let name = pseudonym.to_lowercase();
            if name == owner {
                continue;
            }
            match self.taken.get(&name) {
                Some(other) if *other != owner => {}
                Some(_) => break,
                None => {
                    self.taken.insert(name, owner);
                    break;
                }
            }
        }
        pseudonym
    }
}

fn is_scheme(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
}

/// Letters for letters, digits for digits; everything else stays, percent-encoded characters too.
fn letters(original: &str, bytes: &mut Bytes<'_>) -> String {
    let mut kept = 0;
    let mut out = String::with_capacity(original.len());
    for (at, c) in original.char_indices() {
        if c == '%' && original.get(at + 1..at + 3).is_some_and(|code| code.bytes().all(|it| it.is_ascii_hexdigit())) {
            kept = 3;
        }
        out.push(match c {
            _ if kept > 0 => c,
            _ if c.is_numeric() => bytes.digit(),
            _ if c.is_uppercase() => bytes.letter().to_ascii_uppercase(),
            _ if c.is_alphabetic() => bytes.letter(),
            _ => c,
        });
        kept = usize::saturating_sub(kept, 1);
    }
    out
}

/// Another day, and another time if the text has one.
fn date(original: &str, bytes: &mut Bytes<'_>) -> String {
    let mut number = |from: u8, count: u8| from + bytes.byte() % count;
    let mut out = format!("19{:02}-{:02}-{:02}", number(50, 50), number(1, 12), number(1, 28));
    if let Some(rest) = original.get(10..) {
        let time = format!("T{:02}:{:02}:{:02}", number(0, 24), number(0, 60), number(0, 60));
        let known = time.len().min(rest.len());
        out.push_str(time.get(..known).unwrap_or_default());
        out.push_str(rest.get(known..).unwrap_or_default());
    }
    out
}

/// Bytes that follow from the key, the value and the attempt alone.
struct Bytes<'p> {
    key: &'p [u8],
    attempt: u8,
    of: &'p [u8],
    block: u32,
    left: Vec<u8>,
}

impl Bytes<'_> {
    fn byte(&mut self) -> u8 {
        if let Some(byte) = self.left.pop() {
            return byte;
        }
        // An HMAC takes a key of any length.
        if let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(self.key) {
            mac.update(&[self.attempt]);
            mac.update(&self.block.to_be_bytes());
            mac.update(self.of);
            self.left = mac.finalize().into_bytes().to_vec();
        }
        self.block += 1;
        self.left.pop().unwrap_or_default()
    }

    fn array<const N: usize>(&mut self) -> [u8; N] {
        std::array::from_fn(|_| self.byte())
    }

    fn digit(&mut self) -> char {
        char::from(b'0' + self.byte() % 10)
    }

    fn letter(&mut self) -> char {
        char::from(b'a' + self.byte() % 26)
    }
}

/// A salt that nobody knows.
pub(super) fn random_salt() -> Vec<u8> {
    [Uuid::new_v4(), Uuid::new_v4()].iter().flat_map(|it| *it.as_bytes()).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Pseudonyms;

    #[test]
    fn no_two_values_share_a_pseudonym_and_none_has_itself() {
        let mut pseudonyms = Pseudonyms::new(b"pepper");
        let values: Vec<_> = ('a'..='t').flat_map(|a| ('a'..='j').map(move |b| format!("{a}{b}"))).collect();
        let given: BTreeSet<_> = values.iter().map(|value| pseudonyms.of(value)).collect();
        assert_eq!(given.len(), values.len());
        for value in &values {
            let again = pseudonyms.of(value);
            assert!(again != *value && given.contains(&again));
            assert_eq!(again.to_uppercase(), pseudonyms.of(&value.to_uppercase()));
        }
    }

    #[test]
    fn numbers_stay_numbers_that_fit() {
        let mut pseudonyms = Pseudonyms::new(b"pepper");
        for number in ["-32768", "9223372036854775807", "0.25", "1e300", "255"] {
            let given = pseudonyms.of_number(number);
            assert!(given != number && given.parse::<f64>().is_ok() && given.len() == number.len(), "{given}");
            assert_eq!(number.parse::<i64>().is_ok(), given.parse::<i64>().is_ok(), "{given}");
        }
    }
}
