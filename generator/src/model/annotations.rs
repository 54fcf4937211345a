//! Annotations bound to one element of the model.

use std::borrow::Cow;

use crate::csdl::{Annotation, Expression};

/// What is said of one model element: inline annotations first, then external ones in document order.
#[derive(Debug, Clone, Default)]
pub struct Annotations<'m> {
    list: Vec<Bound<'m>>,
}

/// One annotation with its term qualified by namespace.
#[derive(Debug, Clone)]
pub struct Bound<'m> {
    /// Such as `Org.OData.Core.V1.Revisions`, aliases replaced where the document declares them.
    pub term: Cow<'m, str>,
    /// Its own qualifier or that of the `Annotations` element around it.
    pub qualifier: Option<&'m str>,
    /// As it stands in the document.
    pub annotation: &'m Annotation<'m>,
}

impl<'m> Annotations<'m> {
    /// The value of a term given without qualifier.
    #[must_use]
    pub fn get(&self, term: &str) -> Option<&'m Annotation<'m>> {
        self.list.iter().find(|bound| bound.term == term && bound.qualifier.is_none()).map(|bound| bound.annotation)
    }

    /// Whether a tagging term such as `Org.OData.Core.V1.AutoExpand` is set: present and not false.
    #[must_use]
    pub fn is_set(&self, term: &str) -> bool {
        self.get(term).is_some_and(|annotation| match &annotation.value {
            Some(Expression::Constant(_, text)) => text.value != "false",
            _ => true,
        })
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Bound<'m>> {
        self.list.iter()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    pub(crate) fn push(&mut self, bound: Bound<'m>) {
        self.list.push(bound);
    }
}
