//! Names that may stand only once in one definition.

use std::collections::HashMap;

use crate::csdl::Text;
use crate::source::Span;

/// The names seen so far. Most definitions have a handful, which a loop finds faster than a hash does.
#[derive(Debug, Default)]
pub(super) struct Unique<'m> {
    few: Vec<(&'m str, Span)>,
    more: HashMap<&'m str, Span>,
}

impl<'m> Unique<'m> {
    const FEW: usize = 24;

    /// Adds a name; where it stands first when it was there already.
    pub(super) fn insert(&mut self, name: &'m Text<'m>) -> Option<Span> {
        let text: &'m str = &name.value;
        if let Some((_, first)) = self.few.iter().find(|(few, _)| *few == text) {
            return Some(*first);
        }
        if self.few.len() < Self::FEW {
            self.few.push((text, name.span));
            return None;
        }
        let first = *self.more.entry(text).or_insert(name.span);
        (first != name.span).then_some(first)
    }
}
