//! Annotations of the slice: all of them external, terms by namespace, descriptive text left behind.

use super::Maker;
use crate::csdl::{self, Annotation, Expression, PropertyValue, Record};
use crate::model::{self, PropertyKind, TypeId, TypeKind};
use crate::select::{Segment, Selection};

/// Terms that hold nothing but prose.
const DESCRIPTIVE: &[&str] =
    &["Org.OData.Core.V1.Description", "Org.OData.Core.V1.LongDescription", "Org.OData.Core.V1.Example"];

/// Properties of records that hold prose: the sentence of a revision, the reason of a restriction.
const PROSE: &[&str] = &["Description", "LongDescription", "AdditionalDocumentationLink", "DocumentationURL"];

pub(super) fn of_type<'m>(maker: &Maker<'m>, id: TypeId, out: &mut Vec<csdl::Annotations<'m>>) {
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
}

pub(super) fn of_navigations<'m>(
    maker: &Maker<'m>,
    id: TypeId,
    navigations: &[String],
    out: &mut Vec<csdl::Annotations<'m>>,
) {
    let name = maker.model.qualified_name(id);
    for (_, property) in maker.model.all_properties(id) {
        if navigations.iter().any(|it| it == property.name) {
            put(maker, &format!("{name}/{}", property.name), &property.annotations, out);
        }
    }
}

pub(super) fn of_operation<'m>(
    maker: &Maker<'m>,
    operation: &'m model::Operation<'m>,
    out: &mut Vec<csdl::Annotations<'m>>,
) {
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
}

pub(super) fn of_container<'m>(
    maker: &Maker<'m>,
    container: &'m model::Container<'m>,
    selection: &Selection,
    out: &mut Vec<csdl::Annotations<'m>>,
) {
    let name = format!("{}.{}", maker.model.schema(container.schema).namespace, container.name);
    for member in &container.members {
        if selection.resources.iter().any(|it| it.segment == Segment::Container(member.name.to_owned())) {
            put(maker, &format!("{name}/{}", member.name), &member.annotations, out);
        }
    }
}

fn put<'m>(maker: &Maker<'m>, target: &str, found: &'m model::Annotations<'m>, out: &mut Vec<csdl::Annotations<'m>>) {
    let mut annotations: Vec<Annotation<'m>> = found
        .iter()
        .filter(|it| !DESCRIPTIVE.contains(&&*it.term))
        .map(|it| Annotation {
            term: maker.text(it.term.to_string()),
            qualifier: it.qualifier.map(|it| maker.text(it)),
            value: it.annotation.value.as_ref().map(without_prose),
            annotations: Vec::new(),
        })
        .collect();
    annotations.sort_by(|a, b| a.term.value.cmp(&b.term.value));
    if !annotations.is_empty() {
        out.push(csdl::Annotations { target: maker.text(target.to_owned()), qualifier: None, annotations });
    }
}

fn without_prose<'m>(expression: &Expression<'m>) -> Expression<'m> {
    match expression {
        Expression::Collection(items, span) => Expression::Collection(items.iter().map(without_prose).collect(), *span),
        Expression::Record(record) => Expression::Record(Record {
            ty: record.ty.clone(),
            properties: record
                .properties
                .iter()
                .filter(|it| !PROSE.contains(&it.property.value.as_ref()))
                .map(|it| PropertyValue {
                    property: it.property.clone(),
                    value: it.value.as_ref().map(without_prose),
                    annotations: Vec::new(),
                })
                .collect(),
            annotations: Vec::new(),
            span: record.span,
        }),
        other => other.clone(),
    }
}
