//! Every line of documentation, and what is said of deprecation.

use std::fmt::Write as _;

use crate::config::{DocEntry, Docs};
use crate::model::{Annotations, Model, Property, TypeId};

/// Text as one line of documentation: nothing in it can end the line, or turn the direction of what follows. rustc
/// refuses both.
pub(super) fn line(text: &str) -> String {
    let plain = |it: char| match it {
        '\t' => ' ',
        it if it.is_control() || turns_text(it) => '\u{fffd}',
        it => it,
    };
    text.chars().map(plain).collect()
}

/// Text as lines of documentation. A carriage return alone ends a line too: editors show it so.
pub(super) fn lines(text: &str) -> Vec<String> {
    text.trim().lines().flat_map(|it| it.split('\r')).map(line).collect()
}

/// Text as inline code: nothing in it can end the code either.
pub(super) fn code(text: &str) -> String {
    format!("`{}`", line(text).replace('`', "\u{fffd}"))
}

/// Characters that change the direction of text: rustc refuses the embedding ones in documentation.
fn turns_text(it: char) -> bool {
    matches!(it, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Lines for a type: its entry or nothing, then its qualified name and the link.
pub(super) fn type_docs(name: &str, docs: Option<&Docs>) -> Vec<String> {
    let entry = docs.and_then(|docs| docs.types.get(name));
    let mut all = Vec::new();
    if let Some(entry) = entry {
        all.extend(lines(&entry.doc));
        all.push(String::new());
    }
    let mut last = code(name);
    if let Some(link) = entry.and_then(|it| it.link.as_deref()) {
        let _infallible = write!(last, " ([documentation]({}))", line(link));
    }
    all.push(last);
    all
}

/// Lines for a property: its entry or nothing, then its wire name, type and unit.
pub(super) fn property_docs(
    model: &Model<'_>,
    declaring: TypeId,
    property: &Property<'_>,
    docs: Option<&Docs>,
) -> Vec<String> {
    let entry = docs
        .and_then(|docs| docs.types.get(model.qualified_name(declaring).as_str()))
        .and_then(|ty| ty.properties.get(property.name));
    let mut all = sentence(entry);
    let mut last = format!("{}, {}", code(property.name), code(&model.type_text(property.ty)));
    if let Some(unit) = entry.and_then(DocEntry::unit) {
        let _infallible = write!(last, "; unit: {}", line(unit));
    }
    all.push(last);
    all
}

/// Lines for a member of an enumeration.
pub(super) fn member_docs(type_name: &str, member: &str, value: i64, docs: Option<&Docs>) -> Vec<String> {
    let entry = docs.and_then(|docs| docs.types.get(type_name)).and_then(|ty| ty.members.get(member));
    let mut all = sentence(entry);
    all.push(format!("{} = {value}", code(member)));
    all
}

fn sentence(entry: Option<&DocEntry>) -> Vec<String> {
    let mut all = entry.map(|it| lines(it.doc())).unwrap_or_default();
    if !all.is_empty() {
        all.push(String::new());
    }
    all
}

/// The note of `#[deprecated]`: since when, until when, and what replaces it.
pub(crate) fn deprecation(annotations: &Annotations<'_>, successor: Option<&str>) -> Option<String> {
    let found = annotations.deprecation()?;
    let mut note = match (found.date, found.version) {
        (Some(date), Some(version)) => format!("deprecated on {} ({})", date.value, version.value),
        (Some(date), None) => format!("deprecated on {}", date.value),
        (None, Some(version)) => format!("deprecated ({})", version.value),
        (None, None) => "deprecated".to_owned(),
    };
    if let Some(removal) = found.removal {
        let _infallible = write!(note, "; the service removes it on {}", removal.value);
    }
    if let Some(successor) = successor {
        let _infallible = write!(note, "; use `{successor}`");
    }
    Some(note)
}
