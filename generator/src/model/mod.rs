//! The resolved model: what the documents mean together.
//!
//! [`resolve`] is the second stage. Aliases (any number per schema and document, `self` is a real one) and names are
//! replaced by ids, base types linked both ways, annotations (inline and external) bound to their targets with their
//! terms qualified, overlays of the configuration added. After it no string names a type.
//!
//! Ids are indices into [`Model`]'s arenas in declaration order, documents in the order given.

mod annotations;
mod navigation;
mod primitive;
mod query;
mod resolve;
mod revisions;
mod terms;

pub use annotations::{Annotations, Bound};
pub use navigation::{OnDelete, ReferentialConstraint};
pub use primitive::Primitive;
pub use resolve::{Overlay, resolve};
pub use revisions::Deprecation;
pub use terms::{Deeper, Element, Term};

use crate::csdl::{Facets, OperationKind, Reference, Text};
use crate::source::Span;

/// A namespace of a [`Model`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SchemaId(pub(crate) u32);

/// A type of a [`Model`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub(crate) u32);

/// An action or function overload of a [`Model`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OperationId(pub(crate) u32);

/// A term of a [`Model`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TermId(pub(crate) u32);

/// Everything that the documents declare, resolved.
#[derive(Debug, Default)]
pub struct Model<'m> {
    pub(crate) schemas: Vec<Schema<'m>>,
    pub(crate) types: Vec<Type<'m>>,
    pub(crate) operations: Vec<Operation<'m>>,
    pub(crate) containers: Vec<Container<'m>>,
    pub(crate) terms: Vec<Term<'m>>,
    pub(crate) deeper: Vec<Deeper<'m>>,
    pub(crate) references: Vec<&'m Reference<'m>>,
    pub(crate) index: query::Index<'m>,
}

/// One namespace, however many `Schema` elements and documents it is written in.
#[derive(Debug)]
pub struct Schema<'m> {
    /// `Sample.Sales`.
    pub namespace: &'m str,
    /// Every alias given to it, without repeats, in document order.
    pub aliases: Vec<&'m str>,
    /// Where it is first declared.
    pub span: Span,
    /// Annotations of the schema.
    pub annotations: Annotations<'m>,
}

/// A declared type.
#[derive(Debug)]
pub struct Type<'m> {
    /// Its namespace.
    pub schema: SchemaId,
    /// Its simple name.
    pub name: &'m str,
    /// The name in the document.
    pub span: Span,
    /// What kind of type it is.
    pub kind: TypeKind<'m>,
    /// Inline and external annotations.
    pub annotations: Annotations<'m>,
}

/// The kinds of declared types.
#[derive(Debug)]
pub enum TypeKind<'m> {
    /// An entity type or complex type.
    Structured(Structured<'m>),
    /// 10 an enumeration.
    Enum(Enum<'m>),
    /// 11 a type definition.
    Definition(Definition<'m>),
}

/// 6 and 9: an entity type or complex type.
#[derive(Debug)]
pub struct Structured<'m> {
    /// True for entity types.
    pub is_entity: bool,
    /// The base type. Never part of a cycle: a cycle is an error and the link is cut.
    pub base: Option<TypeId>,
    /// Types whose `base` is this one, in declaration order.
    pub derived: Vec<TypeId>,
    /// `Abstract`.
    pub is_abstract: bool,
    /// `OpenType`, its own or inherited.
    pub is_open: bool,
    /// `HasStream`, its own or inherited.
    pub has_stream: bool,
    /// Own properties: structural ones in declaration order, then navigation properties, then overlays.
    pub properties: Vec<Property<'m>>,
    /// Own key: (property or path, alias).
    pub key: Vec<(&'m str, Option<&'m str>)>,
}

/// 7 and 8: a property or navigation property.
#[derive(Debug)]
pub struct Property<'m> {
    /// The name on the wire.
    pub name: &'m str,
    /// The name in the document, or the entry of an overlay in the configuration.
    pub span: Span,
    /// What distinguishes structural from navigation properties.
    pub kind: PropertyKind<'m>,
    /// The type.
    pub ty: TypeRef,
    /// `Nullable` as written.
    pub nullable: Option<bool>,
    /// 7.2 facets.
    pub facets: Facets<'m>,
    /// Inline and external annotations.
    pub annotations: Annotations<'m>,
}

/// What distinguishes structural properties, navigation properties and overlays.
#[derive(Debug)]
pub enum PropertyKind<'m> {
    /// 7 a structural property.
    Structural {
        /// `DefaultValue`.
        default_value: Option<&'m str>,
    },
    /// 8 a navigation property.
    Navigation {
        /// `ContainsTarget`.
        contains_target: bool,
        /// `Partner`.
        partner: Option<&'m str>,
        /// 8.5, as written.
        constraints: Vec<ReferentialConstraint<'m>>,
        /// 8.6, as written.
        on_delete: Option<OnDelete<'m>>,
    },
    /// Not in the metadata: the configuration adds it.
    Overlay,
}

/// A use of a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TypeRef {
    /// Whether it is `Collection(..)`.
    pub is_collection: bool,
    /// The type, or the type of the items.
    pub item: ItemType,
}

/// What a [`TypeRef`] refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ItemType {
    /// An `Edm.` type.
    Primitive(Primitive),
    /// A declared type.
    Declared(TypeId),
}

/// 10: an enumeration.
#[derive(Debug)]
pub struct Enum<'m> {
    /// `UnderlyingType`.
    pub underlying: Primitive,
    /// `IsFlags`.
    pub is_flags: bool,
    /// Members in declaration order; values filled in where they are implied.
    pub members: Vec<Member<'m>>,
}

/// 10.3: a member of an enumeration.
#[derive(Debug)]
pub struct Member<'m> {
    /// The name on the wire.
    pub name: &'m str,
    /// The name in the document.
    pub span: Span,
    /// Its value; implied ones count from the member before.
    pub value: i64,
    /// Inline and external annotations.
    pub annotations: Annotations<'m>,
}

/// 11: a type definition.
#[derive(Debug)]
pub struct Definition<'m> {
    /// The primitive type that it stands for.
    pub underlying: Primitive,
    /// 7.2 facets.
    pub facets: Facets<'m>,
}

/// 12: one overload of an action or function.
#[derive(Debug)]
pub struct Operation<'m> {
    /// Its namespace.
    pub schema: SchemaId,
    /// Its simple name.
    pub name: &'m str,
    /// The name in the document.
    pub span: Span,
    /// Action or function.
    pub kind: OperationKind,
    /// `IsBound`.
    pub is_bound: bool,
    /// `IsComposable`.
    pub is_composable: bool,
    /// `EntitySetPath`.
    pub entity_set_path: Option<&'m str>,
    /// Parameters, the binding parameter first.
    pub parameters: Vec<Parameter<'m>>,
    /// 12.8: type, nullability and facets of what it returns.
    pub return_type: Option<ReturnType<'m>>,
    /// Inline and external annotations.
    pub annotations: Annotations<'m>,
}

/// 12.9: a parameter.
#[derive(Debug)]
pub struct Parameter<'m> {
    /// The name on the wire.
    pub name: &'m str,
    /// The name in the document.
    pub span: Span,
    /// The type.
    pub ty: TypeRef,
    /// `Nullable` as written.
    pub nullable: Option<bool>,
    /// 7.2 facets.
    pub facets: Facets<'m>,
    /// Inline and external annotations.
    pub annotations: Annotations<'m>,
}

/// 12.8: what an operation returns.
#[derive(Debug)]
pub struct ReturnType<'m> {
    /// The type.
    pub ty: TypeRef,
    /// `Nullable` as written.
    pub nullable: Option<bool>,
    /// 7.2 facets.
    pub facets: Facets<'m>,
    /// Inline and external annotations.
    pub annotations: Annotations<'m>,
}

/// 13: an entity container.
#[derive(Debug)]
pub struct Container<'m> {
    /// Its namespace.
    pub schema: SchemaId,
    /// Its simple name.
    pub name: &'m str,
    /// The name in the document.
    pub span: Span,
    /// The container that it extends, by its place in [`Model::containers`]. Never part of a cycle.
    pub extends: Option<usize>,
    /// Entity sets, singletons and imports in declaration order; those of the extended container first.
    pub members: Vec<ContainerMember<'m>>,
    /// Inline and external annotations.
    pub annotations: Annotations<'m>,
}

/// One child of a container.
#[derive(Debug, Clone)]
pub struct ContainerMember<'m> {
    /// The name on the wire.
    pub name: &'m str,
    /// The name in the document.
    pub span: Span,
    /// What it is.
    pub kind: ContainerMemberKind<'m>,
    /// (`Path`, `Target`) of 13.4 as written.
    pub bindings: Vec<(&'m Text<'m>, &'m Text<'m>)>,
    /// Inline and external annotations.
    pub annotations: Annotations<'m>,
}

/// 13.2 to 13.6.
#[derive(Debug, Clone)]
pub enum ContainerMemberKind<'m> {
    /// 13.2 an entity set.
    EntitySet {
        /// The type of its entities.
        entity_type: TypeId,
        /// `IncludeInServiceDocument`.
        in_service_document: bool,
    },
    /// 13.3 a singleton.
    Singleton {
        /// Its type.
        entity_type: TypeId,
    },
    /// 13.5 and 13.6: unbound overloads of that name.
    Import {
        /// The overloads.
        operations: Vec<OperationId>,
        /// `EntitySet` as written.
        entity_set: Option<&'m str>,
    },
}
