//! Which type an object states, or lets one infer: a look ahead, the reader's cursor stays.

use super::cursor::Cursor;
use crate::DecodeError;
use crate::polymorphic::{Choices, TypeInfo};

/// `cursor` stands at the first byte of a value.
pub(super) fn choose(cursor: &Cursor<'_>, choices: &Choices) -> Result<Option<usize>, DecodeError> {
    let text = cursor.rest();
    if !text.starts_with('{') {
        // Not an object: reading the base says so.
        return Ok(None);
    }
    match first_type(text) {
        Some(name) => Ok(named(choices, name)),
        None => scan(cursor.ahead(), choices),
    }
}

/// The type name when it is the first member and written without escapes: most documents.
/// Anything else is `None` and left to `scan`.
#[inline]
fn first_type(object: &str) -> Option<&str> {
    let text = object.strip_prefix('{')?.trim_start_matches(WHITE);
    let text = text.strip_prefix("\"@odata.type\"")?.trim_start_matches(WHITE);
    let text = text.strip_prefix(':')?.trim_start_matches(WHITE);
    let text = text.strip_prefix('"')?;
    let end = text.bytes().position(|byte| matches!(byte, b'"' | b'\\') || byte < b' ')?;
    let (name, rest) = text.split_at_checked(end)?;
    rest.starts_with('"').then_some(name)
}

const WHITE: [char; 4] = [' ', '\t', '\n', '\r'];

fn named(choices: &Choices, stated: &str) -> Option<usize> {
    let canonical = |of: &TypeInfo| of.names.first() == stated.strip_prefix('#').as_ref();
    let exactly = choices.choices.iter().position(|choice| canonical(choice.of));
    exactly.or_else(|| choices.choices.iter().position(|choice| choice.of.is_named(stated)))
}

/// Goes through the keys until one states the type; values are skipped.
#[inline(never)]
fn scan(mut cursor: Cursor<'_>, choices: &Choices) -> Result<Option<usize>, DecodeError> {
    // The deciding properties that occur, and whether they have a value. Of a repeated one the last counts, as it does
    // for the value that is read.
    let mut present: Vec<(Deciding, bool)> = Vec::new();
    let mut key = cursor.first_key()?;
    while let Some(name) = key {
        let states_type = matches!(name, "@odata.type" | "@type");
        let deciding = if choices.infer { deciding(choices, name) } else { None };
        let first = cursor.peek()?;
        if states_type && first == b'"' {
            return Ok(named(choices, cursor.string()?));
        }
        if let Some(property) = deciding {
            let has_value = first != b'n';
            match present.iter_mut().find(|(it, _)| *it == property) {
                Some((_, earlier)) => *earlier = has_value,
                None => present.push((property, has_value)),
            }
        }
        // How deep it is, the reader will see.
        cursor.skip(first)?;
        key = cursor.next_key()?;
    }
    let mut hints = present.iter().filter(|(_, has_value)| *has_value).map(|(property, _)| property.choice);
    let hint = hints.next();
    Ok(hint.filter(|first| hints.all(|other| other == *first)))
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
