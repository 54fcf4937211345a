//! Definitions of the model, written as elements again.

use super::maker::Maker;
use crate::csdl::{
    ComplexType, Container, ContainerItem, EntitySet, EntityType, EnumType, Facets, Import, Key, Member,
    NavigationBinding, NavigationProperty, OnDelete, Operation, Parameter, Property, PropertyRef,
    ReferentialConstraint, Singleton, StructuredType, Term, TypeDefinition, TypeUse,
};
use crate::model::{self, ContainerMemberKind, Primitive, PropertyKind, Structured, Type, TypeId, TypeRef};
use crate::select::Selection;

pub(super) fn entity<'m>(maker: &Maker<'m>, ty: &'m Type<'m>, structured: &'m Structured<'m>) -> EntityType<'m> {
    let structure = structure(maker, ty, structured);
    let inherits_stream = structured.base.and_then(|it| maker.model.structured(it)).is_some_and(|it| it.has_stream);
    EntityType { structure, key: key(maker, structured), has_stream: structured.has_stream && !inherits_stream }
}

/// A type that a path only passes through: its name and the steps that are taken.
pub(super) fn stepping_stone<'m>(maker: &Maker<'m>, id: TypeId, navigations: &[String]) -> EntityType<'m> {
    // Base types bring properties that no step needs, so the base is left out and inherited steps are written here.
    let all = maker.model.all_properties(id).into_iter().map(|(_, it)| it);
    let structure = StructuredType {
        name: maker.text(maker.model.ty(id).name),
        base: None,
        is_abstract: false,
        is_open: None,
        properties: Vec::new(),
        navigations: all
            .filter(|it| navigations.iter().any(|name| name == it.name))
            .filter_map(|it| navigation(maker, it))
            .collect(),
        annotations: Vec::new(),
    };
    EntityType { structure, key: None, has_stream: false }
}

pub(super) fn complex<'m>(maker: &Maker<'m>, ty: &'m Type<'m>, structured: &'m Structured<'m>) -> ComplexType<'m> {
    ComplexType { structure: structure(maker, ty, structured) }
}

fn structure<'m>(maker: &Maker<'m>, ty: &'m Type<'m>, structured: &'m Structured<'m>) -> StructuredType<'m> {
    let inherits_open = structured.base.and_then(|it| maker.model.structured(it)).is_some_and(|it| it.is_open);
    StructuredType {
        name: maker.text(ty.name),
        base: structured.base.map(|it| maker.type_name(it)),
        is_abstract: structured.is_abstract,
        is_open: (structured.is_open && !inherits_open).then_some(true),
        properties: structured.properties.iter().filter_map(|it| property(maker, it)).collect(),
        navigations: structured.properties.iter().filter_map(|it| navigation(maker, it)).collect(),
        annotations: Vec::new(),
    }
}

fn key<'m>(maker: &Maker<'m>, structured: &'m Structured<'m>) -> Option<Key<'m>> {
    let properties: Vec<PropertyRef<'m>> = structured
        .key
        .iter()
        .map(|(name, alias)| PropertyRef { name: maker.text(*name), alias: alias.map(|it| maker.text(it)) })
        .collect();
    (!properties.is_empty()).then_some(Key { properties, span: maker.place })
}

fn property<'m>(maker: &Maker<'m>, property: &'m model::Property<'m>) -> Option<Property<'m>> {
    let PropertyKind::Structural { default_value } = &property.kind else { return None };
    Some(Property {
        name: maker.text(property.name),
        ty: type_use(maker, property.ty, property.nullable, &property.facets),
        default_value: default_value.map(|it| maker.text(it)),
        annotations: Vec::new(),
    })
}

fn navigation<'m>(maker: &Maker<'m>, property: &'m model::Property<'m>) -> Option<NavigationProperty<'m>> {
    let PropertyKind::Navigation { contains_target, partner, constraints, on_delete } = &property.kind else {
        return None;
    };
    Some(NavigationProperty {
        name: maker.text(property.name),
        ty: maker.text(maker.model.type_text(property.ty)),
        nullable: property.nullable,
        partner: partner.map(|it| maker.text(it)),
        contains_target: *contains_target,
        constraints: constraints
            .iter()
            .map(|it| ReferentialConstraint {
                property: maker.text(it.property),
                referenced: maker.text(it.referenced),
                annotations: maker.kept(&it.annotations),
            })
            .collect(),
        on_delete: on_delete
            .as_ref()
            .map(|it| OnDelete { action: maker.text(it.action), annotations: maker.kept(&it.annotations) }),
        annotations: Vec::new(),
    })
}

fn primitive(it: Primitive) -> String {
    format!("Edm.{}", it.name())
}

fn type_use<'m>(maker: &Maker<'m>, ty: TypeRef, nullable: Option<bool>, facets: &Facets<'m>) -> TypeUse<'m> {
    TypeUse { name: maker.text(maker.model.type_text(ty)), nullable, facets: facets.clone() }
}

pub(super) fn enumeration<'m>(maker: &Maker<'m>, ty: &'m Type<'m>, declared: &'m model::Enum<'m>) -> EnumType<'m> {
    EnumType {
        name: maker.text(ty.name),
        underlying: (declared.underlying != Primitive::Int32).then(|| maker.text(primitive(declared.underlying))),
        is_flags: declared.is_flags,
        members: declared
            .members
            .iter()
            .map(|it| Member {
                name: maker.text(it.name),
                value: Some(maker.text(it.value.to_string())),
                annotations: Vec::new(),
            })
            .collect(),
        annotations: Vec::new(),
    }
}

pub(super) fn definition<'m>(
    maker: &Maker<'m>,
    ty: &'m Type<'m>,
    declared: &'m model::Definition<'m>,
) -> TypeDefinition<'m> {
    TypeDefinition {
        name: maker.text(ty.name),
        underlying: maker.text(primitive(declared.underlying)),
        facets: declared.facets.clone(),
        annotations: Vec::new(),
    }
}

pub(super) fn operation<'m>(maker: &Maker<'m>, declared: &'m model::Operation<'m>) -> Operation<'m> {
    Operation {
        kind: declared.kind,
        name: maker.text(declared.name),
        is_bound: declared.is_bound,
        is_composable: declared.is_composable,
        entity_set_path: declared.entity_set_path.map(|it| maker.text(it)),
        parameters: declared
            .parameters
            .iter()
            .map(|it| Parameter {
                name: maker.text(it.name),
                ty: type_use(maker, it.ty, it.nullable, &it.facets),
                annotations: Vec::new(),
            })
            .collect(),
        return_type: declared.return_type.as_ref().map(|it| type_use(maker, it.ty, it.nullable, &it.facets)),
        // Written inside: version 4.0 has no target that leads here.
        return_annotations: declared.return_type.as_ref().map(|it| maker.kept(&it.annotations)).unwrap_or_default(),
        annotations: Vec::new(),
    }
}

/// A term; none when its type is not known.
pub(super) fn term<'m>(maker: &Maker<'m>, declared: &'m model::Term<'m>) -> Option<Term<'m>> {
    let name = |id| {
        let term = maker.model.term(id);
        maker.text(format!("{}.{}", maker.model.schema(term.schema).namespace, term.name))
    };
    Some(Term {
        name: maker.text(declared.name),
        ty: type_use(maker, declared.ty?, declared.nullable, &declared.facets),
        base_term: declared.base.map(name),
        default_value: declared.default_value.map(|it| maker.text(it)),
        applies_to: (!declared.applies_to.is_empty()).then(|| maker.text(declared.applies_to.join(" "))),
        annotations: Vec::new(),
    })
}

/// The container with the sets and singletons that selected paths begin with, and the bindings whose targets are among them
/// or in another document. Of the containers that it extends, the document's own become part of it.
pub(super) fn container<'m>(
    maker: &Maker<'m>,
    declared: &'m model::Container<'m>,
    selection: &Selection,
) -> Container<'m> {
    let selected = |name: &str| selection.has_member(name);
    let mut items: Vec<ContainerItem<'m>> = declared
        .members
        .iter()
        .filter(|member| selected(member.name) && maker.is_own(member.span))
        .filter_map(|member| {
            let bindings: Vec<NavigationBinding<'m>> = member
                .bindings
                .iter()
                .filter(|(_, target)| is_kept(maker, declared, &target.value, &selected))
                .map(|(path, target)| NavigationBinding { path: (*path).clone(), target: (*target).clone() })
                .collect();
            let name = maker.text(member.name);
            match &member.kind {
                ContainerMemberKind::EntitySet { entity_type, in_service_document } => {
                    Some(ContainerItem::EntitySet(EntitySet {
                        name,
                        entity_type: maker.type_name(*entity_type),
                        in_service_document: *in_service_document,
                        bindings,
                        annotations: Vec::new(),
                    }))
                }
                ContainerMemberKind::Singleton { entity_type } => Some(ContainerItem::Singleton(Singleton {
                    name,
                    ty: maker.type_name(*entity_type),
                    nullable: None,
                    bindings,
                    annotations: Vec::new(),
                })),
                ContainerMemberKind::Import { operations, entity_set } => {
                    let overload = maker.model.operation(*operations.first()?);
                    let namespace = maker.model.schema(overload.schema).namespace;
                    Some(ContainerItem::Import(Import {
                        name,
                        kind: overload.kind,
                        operation: maker.text(format!("{namespace}.{}", overload.name)),
                        entity_set: entity_set.map(|it| maker.text(it)),
                        in_service_document: None,
                        annotations: Vec::new(),
                    }))
                }
            }
        })
        .collect();
    items.sort_by(|a, b| item_name(a).cmp(item_name(b)));
    let bases = std::iter::successors(Some(declared), |it| maker.model.containers().get(it.extends?));
    let extends = bases.into_iter().find(|it| !maker.is_own(it.span)).map(|it| maker.text(container_name(maker, it)));
    Container { name: maker.text(declared.name), extends, items, annotations: Vec::new() }
}

fn container_name(maker: &Maker<'_>, it: &model::Container<'_>) -> String {
    format!("{}.{}", maker.model.schema(it.schema).namespace, it.name)
}

/// Whether the target of a binding is in the slice, or in a document that is kept whole.
fn is_kept(maker: &Maker<'_>, own: &model::Container<'_>, target: &str, selected: &impl Fn(&str) -> bool) -> bool {
    let (first, rest) = target.split_once('/').unwrap_or((target, ""));
    if !first.contains('.') {
        return selected(first) || own.members.iter().any(|it| it.name == first && !maker.is_own(it.span));
    }
    let name = maker.qualified(first);
    let mut named = maker.model.containers().iter().filter(|it| container_name(maker, it) == name);
    named.next().is_none_or(|it| !maker.is_own(it.span) || selected(rest.split('/').next().unwrap_or_default()))
}

fn item_name<'i>(item: &'i ContainerItem<'_>) -> &'i str {
    match item {
        ContainerItem::EntitySet(it) => it.name.value.as_ref(),
        ContainerItem::Singleton(it) => it.name.value.as_ref(),
        ContainerItem::Import(it) => it.name.value.as_ref(),
    }
}
