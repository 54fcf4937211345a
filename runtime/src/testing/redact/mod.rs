//! What is taken out of a recording before it is written.
//!
//! ```text
//!  rules      which values the service declares, by their path in JSON
//!  literals   .. and by their name in a URL
//!  shape      what secrets and personal data look like, declared or not
//!  known      all values that were declared anywhere, to find them everywhere
//!  pseudonym  what stands there instead
//! ```
//!
//! It takes two passes: first everything is [learnt](Redaction::learn), then everything is redacted, so that an
//! id in the first URL is found although only the last answer says whose it is.

mod known;
mod literals;
mod pseudonym;
mod rules;
mod shape;

use std::ops::Range;

use known::{Known, Spelt};
use pseudonym::Pseudonyms;
use rules::{Class, Rules};
use shape::{Find, Shape};

use super::tokens::{Token, plain};
use crate::client::Service;

const STARS: &str = "***";

/// Takes secrets and personal data out of text.
pub(super) struct Redaction {
    rules: Rules,
    known: Known,
    pseudonyms: Pseudonyms,
}

/// What stands at some place of a text.
enum What {
    Known(Spelt),
    Found(Find),
}

impl Redaction {
    /// With the declarations of a service, and a salt that nobody knows.
    pub(super) fn new(service: &Service) -> Self {
        Self {
            rules: Rules::new(service),
            known: Known::at(service),
            pseudonyms: Pseudonyms::new(&pseudonym::random_salt()),
        }
    }

    pub(super) fn salt(&mut self, salt: &[u8]) {
        self.pseudonyms = Pseudonyms::new(salt);
    }

    /// Learns the secrets and the personal values of a JSON text, whole or cut off, that went to a path or came from it.
    pub(super) fn learn(&mut self, target: &str, json: &str) {
        let known = &mut self.known;
        self.rules.walk(target, json, |token, class| {
            let Token::Text(raw) = token else { return };
            let text = text_of(raw);
            // Within an identity or a key ring: a member of an enumeration says nothing, and is everywhere.
            let is_member = text.starts_with(|c: char| c.is_ascii_lowercase())
                && text.bytes().all(|byte| byte.is_ascii_alphabetic());
            match class {
                Class::Secret => known.learn(&text, true),
                // An id or a date is no secret beyond that.
                Class::WithinSecret if !is_member && shape::whole(&text).is_none() => known.learn(&text, true),
                Class::Personal => known.learn(&text, false),
                Class::Within if !is_member => known.learn(&text, false),
                _ => {}
            }
        });
    }

    /// Learns the literals in the path and the query of a request that are given for declared properties.
    pub(super) fn learn_target(&mut self, target: &str) {
        for (literal, class) in self.rules.literals(target) {
            self.known.learn(&literal, class == Class::Secret);
        }
    }

    /// Learns a secret, such as a token.
    pub(super) fn learn_secret(&mut self, secret: &str) {
        self.known.learn(secret, true);
    }

    /// Ends the learning. `Err`: more was learnt than can be searched for.
    pub(super) fn prepare(&mut self) -> Result<(), String> {
        self.known.prepare()
    }

    /// What stands in the recording instead of a personal value.
    pub(super) fn pseudonym(&mut self, original: &str) -> String {
        self.pseudonyms.of(original)
    }

    /// A JSON text, whole or cut off, that went to a path or came from it; laid out as it was.
    pub(super) fn json(&mut self, target: &str, json: &str) -> String {
        let Self { rules, known, pseudonyms } = self;
        let mut out = String::with_capacity(json.len());
        rules.walk(target, json, |token, class| match (token, class) {
            (Token::Mark(it), _) => out.push(it),
            (Token::Space(it), _) | (Token::Text(it) | Token::Word(it), Class::Name) => out.push_str(it),
            (Token::Word(word), _) => out.push_str(&number(word, class, pseudonyms)),
            (Token::Text(raw), _) => {
                let text = text_of(raw);
                let redacted = match class {
                    Class::Secret | Class::WithinSecret => STARS.to_owned(),
                    Class::Personal | Class::Within => pseudonyms.of(&text),
                    Class::Ordinary | Class::Name => redact(&text, known, pseudonyms, |_| true),
                    Class::Version => {
                        redact(&text, known, pseudonyms, |it| !matches!(it, Find::Personal(Shape::V4 | Shape::V6)))
                    }
                };
                // As it came, with its escapes, if nothing is to be hidden.
                let quoted = if redacted == text { None } else { crate::to_string(&redacted).ok() };
                out.push_str(quoted.as_deref().unwrap_or(if redacted == text { raw } else { "\"***\"" }));
            }
        });
        out
    }

    /// Any other text: a URL, a header, a page.
    pub(super) fn text(&mut self, text: &str) -> String {
        redact(text, &self.known, &mut self.pseudonyms, |_| true)
    }
}

/// What a string says; of one that is cut off, what is there of it.
fn text_of(raw: &str) -> String {
    plain(raw).unwrap_or_else(|| raw.trim_matches('"').to_owned())
}

fn number(word: &str, class: Class, pseudonyms: &mut Pseudonyms) -> String {
    let is_number = word.starts_with(|c: char| c == '-' || c.is_ascii_digit());
    match class {
        Class::Secret | Class::WithinSecret if is_number => "0".to_owned(),
        Class::Personal | Class::Within if is_number => pseudonyms.of_number(word),
        _ => word.to_owned(),
    }
}

fn redact(text: &str, known: &Known, pseudonyms: &mut Pseudonyms, counts: impl Fn(Find) -> bool) -> String {
    let found =
        shape::net(text).into_iter().filter(|(_, find)| counts(*find)).map(|(range, find)| (range, What::Found(find)));
    let mut places: Vec<_> =
        known.find(text).into_iter().map(|(range, it)| (range, What::Known(it))).chain(found).collect();
    if places.is_empty() {
        return text.to_owned();
    }
    // From the start; of those that start together the longest, then the known, first.
    places.sort_by_key(|(range, _)| (range.start, usize::MAX - range.end)); // stable: known ones stand before found ones
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for (range, what) in joined(places) {
        out.push_str(text.get(from..range.start).unwrap_or_default());
        let there = text.get(range.clone()).unwrap_or_default();
        match what {
            What::Known(it) if it.is_secret => out.push_str(STARS),
            What::Known(it) => out.push_str(&it.spelling.spell(&pseudonyms.of(&it.value))),
            What::Found(Find::Secret) => out.push_str(STARS),
            What::Found(Find::Personal(shape)) => out.push_str(&pseudonyms.shaped(there, shape)),
        }
        from = range.end;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
}

/// The places without those within others. Those that overlap are one: nothing of either may stay.
fn joined(places: Vec<(Range<usize>, What)>) -> Vec<(Range<usize>, What)> {
    let mut all: Vec<(Range<usize>, What)> = Vec::with_capacity(places.len());
    for (range, what) in places {
        match all.last_mut().filter(|(last, _)| range.start < last.end) {
            None => all.push((range, what)),
            Some((last, _)) if range.end <= last.end => {}
            Some((last, joined)) => {
                let is_secret = |it: &What| match it {
                    What::Known(it) => it.is_secret,
                    What::Found(it) => *it == Find::Secret,
                };
                let either = is_secret(joined) || is_secret(&what);
                *joined = What::Found(if either { Find::Secret } else { Find::Personal(Shape::Plain) });
                last.end = range.end;
            }
        }
    }
    all
}
