//! Lists that never end: links that lead back (CR-31).

use url::Url;

/// What is remembered of the way. As much for a million pages as for three: the last two addresses, and one
/// further back that moves up (Brent's comparison), which every loop comes by again sooner or later.
#[derive(Default)]
pub(super) struct Loops {
    here: Option<String>,
    before: Option<String>,
    mark: Option<String>,
    since: u64,
    until: u64,
}

impl Loops {
    /// Goes on to this address. False: it was there before, at once if the loop is one or two pages long.
    pub(super) fn visit(&mut self, url: &str) -> bool {
        let next = Some(comparable(url));
        if next == self.here || next == self.before || next == self.mark {
            return false;
        }
        self.since += 1;
        if self.since > self.until {
            self.until = self.until.saturating_mul(2).max(1);
            self.since = 0;
            self.mark.clone_from(&next);
        }
        self.before = self.here.take();
        self.here = next;
        true
    }
}

/// The address, spelt one way: a service does not encode as a client does. What would change the meaning of the
/// query stays encoded.
fn comparable(url: &str) -> String {
    let normal = Url::parse(url).map_or_else(|_| url.to_owned(), String::from);
    let mut plain = String::with_capacity(normal.len());
    let mut rest = normal.as_str();
    while let Some((before, after)) = rest.split_once('%') {
        plain.push_str(before);
        let byte = after.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match byte.filter(|byte| byte.is_ascii_alphanumeric() || b"-._~$'(),:;@/*!".contains(byte)) {
            Some(byte) => {
                plain.push(char::from(byte));
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                plain.push('%');
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::{Loops, comparable};

    /// How many pages of `lead` and then a loop of `length` are visited before it is found.
    fn visited(lead: u64, length: u64) -> u64 {
        let mut loops = Loops::default();
        let mut at = 0;
        while loops.visit(&url(if at < lead { at } else { lead + (at - lead) % length })) {
            at += 1;
        }
        at
    }

    fn url(number: u64) -> String {
        format!("https://api.example.com/orders?$skiptoken={number}")
    }

    #[test]
    fn cr31_loops_of_one_and_two_are_found_at_once() {
        for lead in 0..40 {
            assert_eq!(visited(lead, 1), lead + 1);
            assert_eq!(visited(lead, 2), lead + 2);
        }
    }

    #[test]
    fn every_loop_is_found() {
        for lead in 0..40 {
            for length in 3..40 {
                let visited = visited(lead, length);
                assert!(visited >= lead + length, "found before it was there: {lead} {length}");
                assert!(visited <= 3 * (lead + length) + 2, "{lead} {length}: {visited}");
            }
        }
    }

    #[test]
    fn addresses_are_compared_as_the_service_reads_them() {
        let one = comparable("https://API.example.com:443/orders('1')?%24top=5&$filter=a%20eq%20%27b%27");
        assert_eq!(one, comparable("https://api.example.com/orders(%271%27)?$top=5&%24filter=a eq 'b'"));
        for other in ["a%26b", "a&b", "a%2526b", "a%2Bb", "a+b", "%"] {
            let others = ["a%26b", "a&b", "a%2526b", "a%2Bb", "a+b", "%"].into_iter().filter(|it| *it != other);
            let of = |text: &str| comparable(&format!("https://h.example/?q={text}"));
            assert!(others.into_iter().all(|it| of(it) != of(other)), "{other}");
        }
    }
}
