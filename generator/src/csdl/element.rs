//! The elements of a document, one Rust type for each, in the order of the OASIS text.

use std::borrow::Cow;

use super::expression::Annotation;
use crate::source::{SourceId, Span};

/// An attribute's value (or an element's text) and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text<'a> {
    /// The value with XML entities replaced.
    pub value: Cow<'a, str>,
    /// The value in the source, without quotes.
    pub span: Span,
}

/// 3 Entity Model Wrapper: one `edmx:Edmx` document.
#[derive(Debug, Clone)]
pub struct Document<'a> {
    /// The source that it was read from.
    pub source: SourceId,
    /// `Version` of `edmx:Edmx`; none when the root is a bare `Schema`.
    pub version: Option<Text<'a>>,
    /// 3.3 `edmx:Reference`.
    pub references: Vec<Reference<'a>>,
    /// 5 `edm:Schema`, in document order; one namespace may appear more than once.
    pub schemas: Vec<Schema<'a>>,
}

/// 3.3 Element `edmx:Reference`. Never followed by itself.
#[derive(Debug, Clone)]
pub struct Reference<'a> {
    /// `Uri`.
    pub uri: Text<'a>,
    /// 3.4 `edmx:Include`.
    pub includes: Vec<Include<'a>>,
    /// 3.5 `edmx:IncludeAnnotations`.
    pub include_annotations: Vec<IncludeAnnotations<'a>>,
    /// Annotations of the reference itself.
    pub annotations: Vec<Annotation<'a>>,
}

/// 3.4 Element `edmx:Include`.
#[derive(Debug, Clone)]
pub struct Include<'a> {
    /// `Namespace`.
    pub namespace: Text<'a>,
    /// `Alias`.
    pub alias: Option<Text<'a>>,
    /// Annotations of the inclusion.
    pub annotations: Vec<Annotation<'a>>,
}

/// 3.5 Element `edmx:IncludeAnnotations`.
#[derive(Debug, Clone)]
pub struct IncludeAnnotations<'a> {
    /// `TermNamespace`.
    pub term_namespace: Text<'a>,
    /// `Qualifier`.
    pub qualifier: Option<Text<'a>>,
    /// `TargetNamespace`.
    pub target_namespace: Option<Text<'a>>,
}

/// 5 Element `edm:Schema`.
#[derive(Debug, Clone)]
pub struct Schema<'a> {
    /// `Namespace`.
    pub namespace: Text<'a>,
    /// `Alias`.
    pub alias: Option<Text<'a>>,
    /// Definitions in document order.
    pub items: Vec<SchemaItem<'a>>,
    /// 14.2 `edm:Annotations`: annotations written apart from their target.
    pub external: Vec<Annotations<'a>>,
    /// Annotations of the schema itself.
    pub annotations: Vec<Annotation<'a>>,
}

/// One definition of a schema.
#[derive(Debug, Clone)]
#[allow(missing_docs)] // The variants are named after the types that they hold.
pub enum SchemaItem<'a> {
    Entity(EntityType<'a>),
    Complex(ComplexType<'a>),
    Enum(EnumType<'a>),
    Definition(TypeDefinition<'a>),
    Operation(Operation<'a>),
    Term(Term<'a>),
    Container(Container<'a>),
}

/// 6 Element `edm:EntityType`.
#[derive(Debug, Clone)]
pub struct EntityType<'a> {
    /// What it shares with complex types.
    pub structure: StructuredType<'a>,
    /// 6.5 `edm:Key`; the inherited one when there is none.
    pub key: Option<Key<'a>>,
    /// `HasStream`.
    pub has_stream: bool,
}

/// 9 Element `edm:ComplexType`.
#[derive(Debug, Clone)]
pub struct ComplexType<'a> {
    /// What it shares with entity types.
    pub structure: StructuredType<'a>,
}

/// What entity types and complex types have in common.
#[derive(Debug, Clone)]
pub struct StructuredType<'a> {
    /// `Name`.
    pub name: Text<'a>,
    /// `BaseType`.
    pub base: Option<Text<'a>>,
    /// `Abstract`, false when absent.
    pub is_abstract: bool,
    /// `OpenType`; inherited, so absent is not false.
    pub is_open: Option<bool>,
    /// 7 `edm:Property` in document order.
    pub properties: Vec<Property<'a>>,
    /// 8 `edm:NavigationProperty` in document order.
    pub navigations: Vec<NavigationProperty<'a>>,
    /// Annotations written inside.
    pub annotations: Vec<Annotation<'a>>,
}

/// 6.5 Element `edm:Key`.
#[derive(Debug, Clone)]
pub struct Key<'a> {
    /// 6.6 `edm:PropertyRef`.
    pub properties: Vec<PropertyRef<'a>>,
    /// The element.
    pub span: Span,
}

/// 6.6 Element `edm:PropertyRef`.
#[derive(Debug, Clone)]
pub struct PropertyRef<'a> {
    /// `Name`: a property or a path to one.
    pub name: Text<'a>,
    /// `Alias`: required where the name is a path.
    pub alias: Option<Text<'a>>,
}

/// A `Type` attribute, `Nullable` and the facets beside them (7.1, 7.2).
#[derive(Debug, Clone)]
pub struct TypeUse<'a> {
    /// `Type` as written, such as `Collection(graph.identity)`.
    pub name: Text<'a>,
    /// `Nullable` as written; absent is true for single values and unknown for collections (7.2.1).
    pub nullable: Option<bool>,
    /// 7.2 facets.
    pub facets: Facets<'a>,
}

/// 7.2 Facets, as written and checked for form.
#[derive(Debug, Clone, Default)]
pub struct Facets<'a> {
    /// `MaxLength`: a number or `max`.
    pub max_length: Option<Text<'a>>,
    /// `Precision`.
    pub precision: Option<Text<'a>>,
    /// `Scale`: a number, `variable` or `floating`.
    pub scale: Option<Text<'a>>,
    /// `Unicode`.
    pub unicode: Option<bool>,
    /// `SRID`: a number or `variable`.
    pub srid: Option<Text<'a>>,
}

/// 7 Element `edm:Property`.
#[derive(Debug, Clone)]
pub struct Property<'a> {
    /// `Name`.
    pub name: Text<'a>,
    /// `Type`, `Nullable` and facets.
    pub ty: TypeUse<'a>,
    /// `DefaultValue`.
    pub default_value: Option<Text<'a>>,
    /// Annotations written inside.
    pub annotations: Vec<Annotation<'a>>,
}

/// 8 Element `edm:NavigationProperty`.
#[derive(Debug, Clone)]
pub struct NavigationProperty<'a> {
    /// `Name`.
    pub name: Text<'a>,
    /// `Type`: an entity type or a collection of one.
    pub ty: Text<'a>,
    /// `Nullable`.
    pub nullable: Option<bool>,
    /// `Partner`.
    pub partner: Option<Text<'a>>,
    /// `ContainsTarget`, false when absent.
    pub contains_target: bool,
    /// 8.5 `edm:ReferentialConstraint`.
    pub constraints: Vec<ReferentialConstraint<'a>>,
    /// 8.6 `edm:OnDelete`.
    pub on_delete: Option<OnDelete<'a>>,
    /// Annotations written inside.
    pub annotations: Vec<Annotation<'a>>,
}

/// 8.5 Element `edm:ReferentialConstraint`.
#[derive(Debug, Clone)]
pub struct ReferentialConstraint<'a> {
    /// `Property` of the dependent type.
    pub property: Text<'a>,
    /// `ReferencedProperty` of the principal type.
    pub referenced: Text<'a>,
    /// Annotations written inside.
    pub annotations: Vec<Annotation<'a>>,
}

/// 8.6 Element `edm:OnDelete`.
#[derive(Debug, Clone)]
pub struct OnDelete<'a> {
    /// `Action`: `Cascade`, `None`, `SetDefault` or `SetNull`.
    pub action: Text<'a>,
    /// Annotations written inside.
    pub annotations: Vec<Annotation<'a>>,
}

/// 10 Element `edm:EnumType`.
#[derive(Debug, Clone)]
pub struct EnumType<'a> {
    /// `Name`.
    pub name: Text<'a>,
    /// `UnderlyingType`, `Edm.Int32` when absent.
    pub underlying: Option<Text<'a>>,
    /// `IsFlags`, false when absent.
    pub is_flags: bool,
    /// 10.3 `edm:Member`.
    pub members: Vec<Member<'a>>,
    /// Annotations written inside.
    pub annotations: Vec<Annotation<'a>>,
}

/// 10.3 Element `edm:Member`.
#[derive(Debug, Clone)]
pub struct Member<'a> {
    /// `Name`.
    pub name: Text<'a>,
    /// `Value`; when absent one more than the member before, or zero.
    pub value: Option<Text<'a>>,
    /// Annotations written inside.
    pub annotations: Vec<Annotation<'a>>,
}

/// 11 Element `edm:TypeDefinition`.
#[derive(Debug, Clone)]
pub struct TypeDefinition<'a> {
    /// `Name`.
    pub name: Text<'a>,
    /// `UnderlyingType`: a primitive type.
    pub underlying: Text<'a>,
    /// 7.2 facets.
    pub facets: Facets<'a>,
    /// Annotations written inside.
    pub annotations: Vec<Annotation<'a>>,
}

/// 12 Actions and functions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OperationKind {
    /// 12.1 `edm:Action`.
    Action,
    /// 12.3 `edm:Function`.
    Function,
}

/// 12.1 Element `edm:Action` or 12.3 Element `edm:Function`: one overload.
#[derive(Debug, Clone)]
pub struct Operation<'a> {
    /// Which of the two.
    pub kind: OperationKind,
    /// `Name`.
    pub name: Text<'a>,
    /// `IsBound`, false when absent.
    pub is_bound: bool,
    /// `IsComposable`, false when absent.
    pub is_composable: bool,
    /// `EntitySetPath`.
    pub entity_set_path: Option<Text<'a>>,
    /// 12.9 `edm:Parameter`; the first is the binding parameter of a bound operation.
    pub parameters: Vec<Parameter<'a>>,
    /// 12.8 `edm:ReturnType`.
    pub return_type: Option<TypeUse<'a>>,
    /// Annotations written inside `edm:ReturnType`.
    pub return_annotations: Vec<Annotation<'a>>,
    /// Annotations written inside.
    pub annotations: Vec<Annotation<'a>>,
}

/// 12.9 Element `edm:Parameter`.
#[derive(Debug, Clone)]
pub struct Parameter<'a> {
    /// `Name`.
    pub name: Text<'a>,
    /// `Type`, `Nullable` and facets.
    pub ty: TypeUse<'a>,
    /// Annotations written inside.
    pub annotations: Vec<Annotation<'a>>,
}

/// 14.1 Element `edm:Term`.
#[derive(Debug, Clone)]
pub struct Term<'a> {
    /// `Name`.
    pub name: Text<'a>,
    /// `Type`, `Nullable` and facets.
    pub ty: TypeUse<'a>,
    /// `BaseTerm`.
    pub base_term: Option<Text<'a>>,
    /// `DefaultValue`.
    pub default_value: Option<Text<'a>>,
    /// `AppliesTo`.
    pub applies_to: Option<Text<'a>>,
    /// Annotations written inside.
    pub annotations: Vec<Annotation<'a>>,
}

/// 13 Element `edm:EntityContainer`.
#[derive(Debug, Clone)]
pub struct Container<'a> {
    /// `Name`.
    pub name: Text<'a>,
    /// `Extends`.
    pub extends: Option<Text<'a>>,
    /// Children in document order.
    pub items: Vec<ContainerItem<'a>>,
    /// Annotations written inside.
    pub annotations: Vec<Annotation<'a>>,
}

/// One child of an entity container.
#[derive(Debug, Clone)]
#[allow(missing_docs)] // The variants are named after the types that they hold.
pub enum ContainerItem<'a> {
    EntitySet(EntitySet<'a>),
    Singleton(Singleton<'a>),
    Import(Import<'a>),
}

/// 13.2 Element `edm:EntitySet`.
#[derive(Debug, Clone)]
pub struct EntitySet<'a> {
    /// `Name`.
    pub name: Text<'a>,
    /// `EntityType`.
    pub entity_type: Text<'a>,
    /// `IncludeInServiceDocument`, true when absent.
    pub in_service_document: bool,
    /// 13.4 `edm:NavigationPropertyBinding`.
    pub bindings: Vec<NavigationBinding<'a>>,
    /// Annotations written inside.
    pub annotations: Vec<Annotation<'a>>,
}

/// 13.3 Element `edm:Singleton`.
#[derive(Debug, Clone)]
pub struct Singleton<'a> {
    /// `Name`.
    pub name: Text<'a>,
    /// `Type`.
    pub ty: Text<'a>,
    /// `Nullable` (4.01).
    pub nullable: Option<bool>,
    /// 13.4 `edm:NavigationPropertyBinding`.
    pub bindings: Vec<NavigationBinding<'a>>,
    /// Annotations written inside.
    pub annotations: Vec<Annotation<'a>>,
}

/// 13.4 Element `edm:NavigationPropertyBinding`.
#[derive(Debug, Clone)]
pub struct NavigationBinding<'a> {
    /// `Path`.
    pub path: Text<'a>,
    /// `Target`.
    pub target: Text<'a>,
}

/// 13.5 Element `edm:ActionImport` or 13.6 Element `edm:FunctionImport`.
#[derive(Debug, Clone)]
pub struct Import<'a> {
    /// Which of the two.
    pub kind: OperationKind,
    /// `Name`.
    pub name: Text<'a>,
    /// `Action` or `Function`.
    pub operation: Text<'a>,
    /// `EntitySet`.
    pub entity_set: Option<Text<'a>>,
    /// `IncludeInServiceDocument` of a function import, as written.
    pub in_service_document: Option<bool>,
    /// Annotations written inside.
    pub annotations: Vec<Annotation<'a>>,
}

/// 14.2 Element `edm:Annotations`.
#[derive(Debug, Clone)]
pub struct Annotations<'a> {
    /// `Target`, such as `ns.Type/property`, `ns.function(ns.Type)`, `ns.Enum/member` or `ns.Container/Set`.
    pub target: Text<'a>,
    /// `Qualifier`, which each annotation inside inherits.
    pub qualifier: Option<Text<'a>>,
    /// What is said of the target.
    pub annotations: Vec<Annotation<'a>>,
}
