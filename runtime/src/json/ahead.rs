//! Which type an object states, or lets one infer: a look ahead, the reader's cursor stays.

use super::cursor::Cursor;
use super::plain;
use crate::DecodeError;
use crate::polymorphic::{Choices, TypeInfo};

/// `cursor` stands at the first byte of a value.
pub(super) fn choose(cursor: &Cursor<'_>, choices: &Choices) -> Result<Option<usize>, DecodeError> {
    let text = cursor.rest();
    if !text.starts_with('{') {
        // Not an object: reading the base says so.
        return Ok(None);
    }
    match glance(text, choices) {
        Ok(chosen) => Ok(chosen),
        Err(Unclear) => scan(cursor.ahead(), choices),
    }
}

/// A key with escapes, or malformed JSON: left to `scan`.
struct Unclear;

/// Goes through the keys until one states the type. Values are passed over and not checked: the reader takes the same
/// bytes afterwards and reports their faults.
fn glance(object: &str, choices: &Choices) -> Result<Option<usize>, Unclear> {
    let bytes = object.as_bytes();
    let string = |start: usize| {
        let text = object.get(start + 1..plain::string(bytes, start + 1)?)?;
        Some((text, start + text.len() + 2))
    };
    let mut seen = Seen::default();
    let mut at = plain::white(bytes, 1);
    if bytes.get(at) == Some(&b'}') {
        return Ok(None);
    }
    while bytes.get(at) == Some(&b'"') {
        let (name, end) = string(at).ok_or(Unclear)?;
        let colon = plain::white(bytes, end);
        at = plain::white(bytes, colon + 1);
        let (Some(b':'), Some(first)) = (bytes.get(colon), bytes.get(at)) else {
            return Err(Unclear);
        };
        if states_type(name) && *first == b'"' {
            let (stated, _) = string(at).ok_or(Unclear)?;
            return Ok(named(choices, stated));
        }
        seen.note(choices, name, *first);
        at = plain::white(bytes, plain::value(bytes, at).ok_or(Unclear)?);
        match bytes.get(at) {
            Some(b',') => at = plain::white(bytes, at + 1),
            Some(b'}') => return Ok(seen.choice()),
            _ => return Err(Unclear),
        }
    }
    Err(Unclear)
}

fn states_type(name: &str) -> bool {
    matches!(name, "@odata.type" | "@type")
}

fn named(choices: &Choices, stated: &str) -> Option<usize> {
    let canonical = |of: &TypeInfo| of.names.first() == stated.strip_prefix('#').as_ref();
    let exactly = choices.choices.iter().position(|choice| canonical(choice.of));
    exactly.or_else(|| choices.choices.iter().position(|choice| choice.of.is_named(stated)))
}

/// As `glance`, for any JSON: values are checked.
#[cold]
fn scan(mut cursor: Cursor<'_>, choices: &Choices) -> Result<Option<usize>, DecodeError> {
    let mut seen = Seen::default();
    // The cursor lends a key until it moves on.
    let mut key = cursor.first_key()?.map(str::to_owned);
    while let Some(name) = key {
        let first = cursor.peek()?;
        if states_type(&name) && first == b'"' {
            return Ok(named(choices, cursor.string()?));
        }
        seen.note(choices, &name, first);
        // How deep it is, the reader will see.
        cursor.skip(first)?;
        key = cursor.next_key()?.map(str::to_owned);
    }
    Ok(seen.choice())
}

/// The deciding properties that occur, and whether they have a value. Of a repeated one the last counts, as it does for
/// the value that is read.
#[derive(Default)]
struct Seen(Vec<(Deciding, bool)>);

impl Seen {
    #[inline]
    fn note(&mut self, choices: &Choices, name: &str, first: u8) {
        if !choices.infer {
            return;
        }
        if let Some(property) = deciding(choices, name) {
            let has_value = first != b'n';
            match self.0.iter_mut().find(|(it, _)| *it == property) {
                Some((_, earlier)) => *earlier = has_value,
                None => self.0.push((property, has_value)),
            }
        }
    }

    /// The one choice that they all decide for.
    fn choice(&self) -> Option<usize> {
        let mut hints = self.0.iter().filter(|(_, has_value)| *has_value).map(|(property, _)| property.choice);
        let hint = hints.next();
        hint.filter(|first| hints.all(|other| other == *first))
    }
}

/// A property that one choice alone declares.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Deciding {
    choice: usize,
    property: usize,
}

fn deciding(choices: &Choices, name: &str) -> Option<Deciding> {
    choices.choices.iter().enumerate().find_map(|(choice, it)| {
        let property = it.only.iter().position(|only| *only == name)?;
        Some(Deciding { choice, property })
    })
}
