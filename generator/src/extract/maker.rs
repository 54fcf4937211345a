//! What the makers of the slice's elements share: texts that stand nowhere, names by namespace, and what was named.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::csdl::Text;
use crate::model::{Model, TermId, TypeId};
use crate::source::{SourceId, Span};

/// Makes texts that stand nowhere, and names by namespace.
pub(super) struct Maker<'m> {
    pub(super) model: &'m Model<'m>,
    /// The place that everything claims to stand at: the document that the slice is of.
    pub(super) place: Span,
    /// Aliases that the document gives to namespaces of other documents.
    aliases: BTreeMap<&'m str, &'m str>,
    named: RefCell<Named>,
}

/// What annotations of the slice name: they would be unknown without it.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) terms: BTreeSet<TermId>,
    pub(super) types: BTreeSet<TypeId>,
}

impl<'m> Maker<'m> {
    pub(super) fn new(model: &'m Model<'m>, source: SourceId) -> Self {
        let mut aliases = BTreeMap::new();
        for include in model.references().iter().filter(|it| it.uri.span.source == source).flat_map(|it| &it.includes) {
            if let Some(alias) = &include.alias {
                aliases.insert(alias.value.as_ref(), include.namespace.value.as_ref());
            }
        }
        Self { model, place: Span::new(source, 0..0), aliases, named: RefCell::default() }
    }

    /// Whether something stands in the document that the slice is of.
    pub(super) fn is_own(&self, span: Span) -> bool {
        span.source == self.place.source
    }

    pub(super) fn text(&self, value: impl Into<Cow<'m, str>>) -> Text<'m> {
        Text { value: value.into(), span: self.place }
    }

    pub(super) fn type_name(&self, id: TypeId) -> Text<'m> {
        self.text(self.model.qualified_name(id))
    }

    /// A qualified name of the document with its alias replaced.
    pub(super) fn qualified<'q>(&self, name: &'q str) -> Cow<'q, str> {
        let Some((qualifier, simple)) = name.rsplit_once('.') else { return Cow::Borrowed(name) };
        let own = || self.model.find_schema(qualifier).map(|id| self.model.schema(id).namespace);
        match self.aliases.get(qualifier).copied().or_else(own) {
            Some(namespace) if namespace != qualifier => Cow::Owned(format!("{namespace}.{simple}")),
            _ => Cow::Borrowed(name),
        }
    }

    /// Notes that an annotation of the slice has a term.
    pub(super) fn names_term(&self, qualified: &str) {
        if let Some(id) = self.model.find_term(qualified) {
            self.named.borrow_mut().terms.insert(id);
        }
    }

    /// Notes that an expression of the slice states a type.
    pub(super) fn names_type(&self, text: &str) {
        let item = text.strip_prefix("Collection(").and_then(|it| it.strip_suffix(')')).unwrap_or(text);
        if let Some(id) = self.model.find_type(&self.qualified(item)) {
            self.named.borrow_mut().types.insert(id);
        }
    }

    pub(super) fn named(self) -> Named {
        self.named.into_inner()
    }
}
