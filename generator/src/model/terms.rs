//! Terms, and annotations of what has no place of its own in the model.

use super::{Annotations, OperationId, SchemaId, TermId, TypeId, TypeRef};
use crate::csdl::Facets;
use crate::source::Span;

/// 14.1: a term.
#[derive(Debug)]
pub struct Term<'m> {
    /// Its namespace.
    pub schema: SchemaId,
    /// Its simple name.
    pub name: &'m str,
    /// The name in the document.
    pub span: Span,
    /// The type of its values; none when it is not declared in the documents given.
    pub ty: Option<TypeRef>,
    /// `Nullable` as written.
    pub nullable: Option<bool>,
    /// 7.2 facets.
    pub facets: Facets<'m>,
    /// `BaseTerm`, if it is declared in the documents given. Never part of a cycle.
    pub base: Option<TermId>,
    /// `DefaultValue`.
    pub default_value: Option<&'m str>,
    /// `AppliesTo`, one by one.
    pub applies_to: Vec<&'m str>,
    /// Inline and external annotations.
    pub annotations: Annotations<'m>,
}

/// 14.2.1: external annotations whose target has no place of its own in the model: a path through a set, a property where
/// a derived type inherits it, an annotation. They are kept by the element that the target begins with.
#[derive(Debug)]
pub struct Deeper<'m> {
    /// What the target begins with.
    pub element: Element,
    /// The rest of the target as written, without its first slash.
    pub path: &'m str,
    /// Where the target first stands.
    pub span: Span,
    /// What is said of it.
    pub annotations: Annotations<'m>,
}

/// What the target of an external annotation begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Element {
    /// A type.
    Type(TypeId),
    /// One overload of an action or function.
    Operation(OperationId),
    /// A container, by its place in [`Model::containers`](crate::model::Model::containers).
    Container(usize),
    /// A term.
    Term(TermId),
    /// A namespace.
    Schema(SchemaId),
}
