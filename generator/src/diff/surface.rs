//! What a crate offers, element by element.

use std::collections::BTreeMap;

use super::{Aspect, Element};
use crate::source::Span;

/// An element by its name in the document.
pub(super) type Key = (Element, String);

/// Everything that an app can name.
#[derive(Debug, Default)]
pub(super) struct Surface {
    pub(super) entries: BTreeMap<Key, Entry>,
}

/// One element.
#[derive(Debug, Default, Clone)]
pub(super) struct Entry {
    /// Every Rust name, as paths from the crate's root.
    pub(super) rust: Vec<String>,
    pub(super) span: Option<Span>,
    /// What is compared.
    pub(super) facts: BTreeMap<Aspect, String>,
    /// What it belongs to: it comes and goes with it.
    pub(super) owner: Option<Key>,
    /// The base type that declares it, where it is inherited.
    pub(super) declared_by: Option<String>,
    /// Its place among what belongs to the same owner; nothing where order has no meaning.
    pub(super) place: Option<usize>,
    /// What overloads have in common.
    pub(super) overload_of: Option<String>,
}

impl Surface {
    pub(super) fn add(&mut self, element: Element, subject: impl Into<String>, entry: Entry) {
        self.entries.insert((element, subject.into()), entry);
    }
}

impl Entry {
    pub(super) fn new(span: impl Into<Option<Span>>) -> Self {
        Self { span: span.into(), ..Self::default() }
    }

    /// Its names, as (path of what holds it, own name). What holds it may be renamed without it: only own names compare.
    pub(super) fn named<'n>(mut self, names: impl IntoIterator<Item = (String, &'n str)>) -> Self {
        let mut own: Vec<&str> = Vec::new();
        for (path, name) in names {
            self.rust.push(if path.is_empty() { name.to_owned() } else { format!("{path}::{name}") });
            if !own.contains(&name) {
                own.push(name);
            }
        }
        self.fact(Aspect::Name, own.join(", "))
    }

    pub(super) fn fact(mut self, aspect: Aspect, value: impl Into<String>) -> Self {
        let value = value.into();
        if !value.is_empty() {
            self.facts.insert(aspect, value);
        }
        self
    }

    pub(super) fn owner(mut self, element: Element, subject: &str) -> Self {
        self.owner = Some((element, subject.to_owned()));
        self
    }
}
