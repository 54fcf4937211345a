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
    let mut hint = Hint::None;
    let mut key = cursor.first_key()?;
    while let Some(name) = key {
        let states_type = matches!(name, "@odata.type" | "@type");
        let only = if choices.infer { only(choices, name) } else { None };
        let first = cursor.peek()?;
        if states_type && first == b'"' {
            return Ok(named(choices, cursor.string()?));
        }
        if let (Some(at), true) = (only, first != b'n') {
            hint = hint.and(at);
        }
        // How deep it is, the reader will see.
        cursor.skip(first)?;
        key = cursor.next_key()?;
    }
    Ok(if let Hint::One(at) = hint { Some(at) } else { None })
}

/// What the properties seen so far say about the type.
#[derive(Clone, Copy)]
enum Hint {
    None,
    One(usize),
    Several,
}

impl Hint {
    fn and(self, at: usize) -> Self {
        match self {
            Self::None => Self::One(at),
            Self::One(same) if same == at => self,
            _ => Self::Several,
        }
    }
}

/// The choice that alone declares the property.
fn only(choices: &Choices, property: &str) -> Option<usize> {
    choices.choices.iter().position(|choice| choice.only.contains(&property))
}
