//! What personal values and secrets look like.

use std::net::{Ipv4Addr, Ipv6Addr};
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

/// What a value looks like, and its pseudonym will.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Guid,
    Mail,
    V4,
    V6,
    Date,
    /// Letters and digits.
    Plain,
}

/// What is found in text that nobody has declared to be anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Find {
    /// A token, a password: nothing is to be left of it.
    Secret,
    Personal(Shape),
}

const GUID: &str = "(?<guid>[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12})";
/// A percent-encoded character before it is none of it: `%27ann%40example.com%27`.
const MAIL: &str =
    r"(?:%[0-9A-Fa-f]{2})?(?<mail>(?:[A-Za-z0-9._+~-]|%2[Bb])+(?:@|%40)[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)";
const V4: &str = r"(?:%[0-9A-Fa-f]{2})?(?<v4>(?:[0-9]{1,3}\.){3}[0-9]{1,3})";
const V6: &str = r"(?<v6>[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7}(?:\.[0-9]{1,3}){0,3})";
const PHONE: &str = r"(?<phone>(?:\+|%2[Bb])[0-9](?:[ ().-]?[0-9*]){7,18})";
const DATE: &str =
    "^[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]+)?(?:Z|[+-][0-9]{2}:[0-9]{2}))?$";
const JWT: &str = r"(?<jwt>eyJ[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*){1,4})";
const BEARER: &str = r#"(?i-u:bearer)(?:[ +]|%20)+(?<bearer>[^\x00-\x20"'<>&,;]+)"#;
/// Opaque, but two of them are to stay two: a client looks for loops.
const OPAQUE: &str = r#"(?i-u:skip|delta|page|continuation)(?i-u:token)(?:=|%3[Dd])(?<opaque>[^\x00-\x20"'<>&]+)"#;
const OPTION: &str =
    r#"(?i-u:token|secret|password|assertion|signature|[?&]sig)(?:=|%3[Dd])(?<option>[^\x00-\x20"'<>&]+)"#;

static WHOLE: LazyLock<Regex> =
    LazyLock::new(|| compile(&[&format!("^(?:{GUID}|{MAIL})$"), &format!("(?<date>{DATE})")]));
static WITHIN: LazyLock<Regex> = LazyLock::new(|| compile(&[GUID, MAIL, V4, V6]));
static NET: LazyLock<Regex> = LazyLock::new(|| compile(&[JWT, BEARER, OPAQUE, OPTION, MAIL, V4, V6, PHONE]));

/// The patterns are constants, and every test of this module compiles them.
#[allow(clippy::expect_used)]
fn compile(patterns: &[&str]) -> Regex {
    Regex::new(&patterns.join("|")).expect("a constant pattern is one")
}

/// The shape of a value, if it is a special one.
pub(super) fn whole(value: &str) -> Option<Shape> {
    if value.parse::<Ipv4Addr>().is_ok() {
        return Some(Shape::V4);
    }
    if value.parse::<Ipv6Addr>().is_ok() {
        return Some(Shape::V6);
    }
    let found = WHOLE.captures(value)?;
    let is = |name: &str| found.name(name).is_some_and(|it| it.len() == value.len());
    [("guid", Shape::Guid), ("mail", Shape::Mail), ("date", Shape::Date)]
        .into_iter()
        .find_map(|(name, shape)| is(name).then_some(shape))
}

/// What has a special shape in a value that is known to be personal.
pub(super) fn within(value: &str) -> Vec<(Range<usize>, Shape)> {
    let personal = |(range, find)| match find {
        Find::Personal(shape) => Some((range, shape)),
        Find::Secret => None,
    };
    search(&WITHIN, value).into_iter().filter_map(personal).collect()
}

/// What looks like a secret or like personal data in any text. A number of four parts after `name/` is a version.
pub(super) fn net(text: &str) -> Vec<(Range<usize>, Find)> {
    search(&NET, text)
}

fn search(patterns: &Regex, text: &str) -> Vec<(Range<usize>, Find)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(captures) = patterns.captures_at(text, from) {
        let next = GROUPS.iter().find_map(|(name, find)| Some((captures.name(name)?.range(), *find)));
        let Some((range, find)) = next else {
            break; // every alternative has a group
        };
        from = if is_meant(text, &range, find) {
            found.push((range.clone(), find));
            range.end
        } else {
            // What it was taken for may hide the next one; a character further on it is looked at again.
            let whole = captures.get(0).map_or(range.start, |it| it.start());
            whole + text.get(whole..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8)
        };
    }
    found
}

const GROUPS: [(&str, Find); 9] = [
    ("guid", Find::Personal(Shape::Guid)),
    ("mail", Find::Personal(Shape::Mail)),
    ("v4", Find::Personal(Shape::V4)),
    ("v6", Find::Personal(Shape::V6)),
    ("phone", Find::Personal(Shape::Plain)),
    ("opaque", Find::Personal(Shape::Plain)),
    ("jwt", Find::Secret),
    ("bearer", Find::Secret),
    ("option", Find::Secret),
];

/// Whether it is what it looks like, seen from what stands around it.
fn is_meant(text: &str, range: &Range<usize>, find: Find) -> bool {
    let (Some(found), Some(before), Some(after)) =
        (text.get(range.clone()), text.get(..range.start), text.get(range.end..))
    else {
        return false;
    };
    let closes = |more: &str| {
        let mut after = after.chars();
        match after.next() {
            Some(c) if more.contains(c) => !after.next().is_some_and(|c| c.is_ascii_alphanumeric()),
            c => !c.is_some_and(char::is_alphanumeric),
        }
    };
    match find {
        Find::Personal(Shape::V4) => {
            let is_version = before.strip_suffix('/').is_some_and(|it| it.ends_with(char::is_alphanumeric));
            found.parse::<Ipv4Addr>().is_ok()
                && stands_apart(before, "")
                && !before.ends_with('.')
                && closes(".")
                && !is_version
        }
        Find::Personal(Shape::V6) => {
            let is_address = found.len() > 3 && found.parse::<Ipv6Addr>().is_ok();
            is_address && stands_apart(before, "") && !before.ends_with(['.', ':']) && closes(".:")
        }
        Find::Personal(Shape::Guid) => stands_apart(before, after),
        Find::Personal(_) => !found.starts_with('+') || stands_apart(before, ""),
        Find::Secret => true,
    }
}

/// Whether what stands between these two is no part of a longer word.
pub(super) fn stands_apart(before: &str, after: &str) -> bool {
    let encoded = before.len().checked_sub(3).and_then(|at| before.get(at..)).and_then(|it| it.strip_prefix('%'));
    let follows_code = encoded.is_some_and(|code| code.bytes().all(|byte| byte.is_ascii_hexdigit()));
    (follows_code || !before.ends_with(char::is_alphanumeric)) && !after.starts_with(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::indexing_slicing, clippy::panic)]

    use super::{Find, Shape, net, whole, within};

    #[test]
    fn shapes_of_whole_values() {
        for (value, shape) in [
            ("0f8fad5b-d9cb-469f-a165-70867728950e", Some(Shape::Guid)),
            ("ann.lee+x@shop.example", Some(Shape::Mail)),
            ("192.0.2.7", Some(Shape::V4)),
            ("2001:db8::7", Some(Shape::V6)),
            ("1999-12-31", Some(Shape::Date)),
            ("1999-12-31T23:59:58.25Z", Some(Shape::Date)),
            ("Ann Lee", None),
            ("x@y", None),
            ("300.1.1.1", None),
            ("", None),
        ] {
            assert_eq!(whole(value), shape, "{value}");
        }
    }

    #[test]
    fn what_is_found_in_text_that_nobody_declared() {
        for (text, found) in [
            ("from ann@shop.example.", "ann@shop.example"),
            ("eq%20%27ann%40shop.example%27", "ann%40shop.example"),
            ("at 192.0.2.7.", "192.0.2.7"),
            ("http://192.0.2.7:80/", "192.0.2.7"),
            ("[2001:db8::7]:443", "2001:db8::7"),
            ("call +44 20 7946 0000 now", "+44 20 7946 0000"),
            ("(userId='%2B442079460000')", "%2B442079460000"),
            ("next?$skiptoken=a%3D&x=1", "a%3D"),
            ("b?$deltatoken=q", "q"),
        ] {
            let [(range, Find::Personal(_))] = &net(text)[..] else { panic!("{text}") };
            assert_eq!(&text[range.clone()], found);
        }
        for (text, found) in [
            ("Authorization: Bearer ab.c", "ab.c"),
            ("it was eyJhbGciOiJub25l.eyJ4.c2ln!", "eyJhbGciOiJub25l.eyJ4.c2ln"),
            ("client_secret=hush&x=1", "hush"),
            ("?access_token=hush", "hush"),
        ] {
            let [(range, Find::Secret)] = &net(text)[..] else { panic!("{text}") };
            assert_eq!(&text[range.clone()], found);
        }
        for text in [
            "2024-05-01T10:11:12.5+02:00",
            "RTCC/7.0.0.0 (x)",
            "16.0.12527.20122",
            "1.2.3.4.5",
            "std::vector",
            "10:11:12",
            "a + 12345678",
            "token: see below",
        ] {
            assert_eq!(net(text), [], "{text}");
        }
    }

    #[test]
    fn parts_of_composed_values() {
        let parts = within("8:x:0f8fad5b-d9cb-469f-a165-70867728950e_17@192.0.2.7");
        assert_eq!(parts.iter().map(|it| it.1).collect::<Vec<_>>(), [Shape::Guid, Shape::Mail]);
    }
}
