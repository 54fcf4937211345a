//! Annotations of the slice that a target leads to: all of them are external, terms by namespace.

use super::maker::Maker;
use super::said::is_descriptive;
use crate::csdl;
use crate::model::{self, Element, PropertyKind, TypeId, TypeKind};
use crate::select::Selection;

type Out<'m> = Vec<csdl::Annotations<'m>>;

pub(super) fn of_type<'m>(maker: &Maker<'m>, id: TypeId, out: &mut Out<'m>) {
    let ty = maker.model.ty(id);
    let name = maker.model.qualified_name(id);
    put(maker, &name, &ty.annotations, out);
    match &ty.kind {
        TypeKind::Structured(it) => {
            for property in it.properties.iter().filter(|it| !matches!(it.kind, PropertyKind::Overlay)) {
                put(maker, &format!("{name}/{}", property.name), &property.annotations, out);
            }
        }
        TypeKind::Enum(it) => {
            for member in &it.members {
                put(maker, &format!("{name}/{}", member.name), &member.annotations, out);
            }
        }
        TypeKind::Definition(_) => {}
    }
    of_deeper(maker, Element::Type(id), &name, |_| true, out);
}

pub(super) fn of_navigations<'m>(maker: &Maker<'m>, id: TypeId, navigations: &[String], out: &mut Out<'m>) {
    let name = maker.model.qualified_name(id);
    for (_, property) in maker.model.all_properties(id) {
        if navigations.iter().any(|it| it == property.name) {
            put(maker, &format!("{name}/{}", property.name), &property.annotations, out);
        }
    }
    // Of an inherited step it may be said below this type only.
    of_deeper(maker, Element::Type(id), &name, |path| navigations.iter().any(|it| it == path), out);
}

pub(super) fn of_operation<'m>(maker: &Maker<'m>, id: model::OperationId, out: &mut Out<'m>) {
    let operation = maker.model.operation(id);
    let types: Vec<String> = operation
        .parameters
        .iter()
        // Overloads of functions differ by all parameters, those of actions by the binding parameter alone.
        .take(if operation.kind == csdl::OperationKind::Action { usize::from(operation.is_bound) } else { usize::MAX })
        .map(|it| maker.model.type_text(it.ty))
        .collect();
    let name = format!("{}.{}({})", maker.model.schema(operation.schema).namespace, operation.name, types.join(","));
    put(maker, &name, &operation.annotations, out);
    for parameter in &operation.parameters {
        put(maker, &format!("{name}/{}", parameter.name), &parameter.annotations, out);
    }
    of_deeper(maker, Element::Operation(id), &name, |_| true, out);
}

/// Of the container's own members and of what is said of it here; `is_whole` says of which types all is in the slice.
pub(super) fn of_container<'m>(
    maker: &Maker<'m>,
    at: usize,
    container: &'m model::Container<'m>,
    (selection, is_whole): (&Selection, &dyn Fn(TypeId) -> bool),
    out: &mut Out<'m>,
) {
    let selected = |name: &str| selection.has_member(name);
    let name = format!("{}.{}", maker.model.schema(container.schema).namespace, container.name);
    put(maker, &name, &container.annotations, out);
    for member in container.members.iter().filter(|it| selected(it.name)) {
        put(maker, &format!("{name}/{}", member.name), &member.annotations, out);
    }
    let is_there = |path: &str| {
        let first = path.split('/').next().unwrap_or_default();
        container.members.iter().any(|it| {
            let whole = match it.kind {
                model::ContainerMemberKind::EntitySet { entity_type, .. }
                | model::ContainerMemberKind::Singleton { entity_type } => is_whole(entity_type),
                model::ContainerMemberKind::Import { .. } => false,
            };
            it.name == first && whole && selected(first)
        })
    };
    of_deeper(maker, Element::Container(at), &name, |path| path.starts_with('@') || is_there(path), out);
}

/// What is said below an element: of a path through it, or of one of its annotations.
fn of_deeper<'m>(maker: &Maker<'m>, element: Element, name: &str, is_there: impl Fn(&str) -> bool, out: &mut Out<'m>) {
    for deeper in maker.model.deeper().iter().filter(|it| it.element == element) {
        let term = deeper.path.rsplit_once('@').map(|(_, term)| term.split('#').next().unwrap_or_default());
        if is_there(deeper.path) && !term.is_some_and(|it| is_descriptive(&maker.qualified(it))) {
            put(maker, &format!("{name}/{}", deeper.path), &deeper.annotations, out);
        }
    }
}

pub(super) fn of_term<'m>(maker: &Maker<'m>, id: model::TermId, out: &mut Out<'m>) {
    let term = maker.model.term(id);
    let name = format!("{}.{}", maker.model.schema(term.schema).namespace, term.name);
    put(maker, &name, &term.annotations, out);
    of_deeper(maker, Element::Term(id), &name, |_| true, out);
}

fn put<'m>(maker: &Maker<'m>, target: &str, found: &'m model::Annotations<'m>, out: &mut Out<'m>) {
    let annotations = maker.kept(found);
    if !annotations.is_empty() {
        out.push(csdl::Annotations { target: maker.text(target.to_owned()), qualifier: None, annotations });
    }
}
