//! The slice of a document that a selection needs, as a document of its own.
//!
//! Together with the other documents of the run, the same model comes out of the slice as out of the whole: every
//! selected type of the document with all that is declared of it, the operations, the steps of the selected paths,
//! aliases, references, annotations, and the terms of these with their types. What stands in another document stays
//! there. Descriptive text is left behind. The order is canonical: namespaces, kinds and names sorted; properties,
//! members and parameters as declared.

mod annotations;
mod definitions;
mod maker;
mod said;
mod wanted;

use std::collections::BTreeMap;

use annotations as external;
use definitions::{complex, container, definition, entity, enumeration, operation, stepping_stone, term};
use maker::Maker;
use wanted::Wanted;

use crate::csdl::{Annotations, Document, Include, Reference, Schema, SchemaItem, Text};
use crate::model::{Model, SchemaId, TypeId, TypeKind};
use crate::select::{Resource, Segment, Selection};
use crate::source::SourceId;

/// Builds the slice of the document `source`.
#[must_use]
pub fn extract<'m>(model: &'m Model<'m>, selection: &Selection, source: SourceId) -> Document<'m> {
    let mut wanted = Wanted::new(&selection.order);
    // Annotations bring in terms, these bring in types, and both are annotated in turn. It ends, since the model does.
    loop {
        let maker = Maker::new(model, source);
        let document = document(&maker, selection, &wanted);
        if !wanted.grow(model, &maker.named()) {
            return document;
        }
    }
}

/// The items of each namespace, and what is written of annotations apart from them.
type Parts<'m> = BTreeMap<SchemaId, (Vec<SchemaItem<'m>>, Vec<Annotations<'m>>)>;

fn document<'m>(maker: &Maker<'m>, selection: &Selection, wanted: &Wanted) -> Document<'m> {
    let mut parts: Parts<'m> = BTreeMap::new();
    types(maker, selection, wanted, &mut parts);
    let model = maker.model;
    for id in &selection.operations {
        let declared = model.operation(*id);
        let (items, notes) = parts.entry(home(maker, declared.schema, maker.is_own(declared.span))).or_default();
        if maker.is_own(declared.span) {
            items.push(SchemaItem::Operation(operation(maker, declared)));
        }
        external::of_operation(maker, *id, notes);
    }
    for id in &wanted.terms {
        let declared = model.term(*id);
        let (items, notes) = parts.entry(home(maker, declared.schema, maker.is_own(declared.span))).or_default();
        if maker.is_own(declared.span) {
            items.extend(term(maker, declared).map(SchemaItem::Term));
        }
        external::of_term(maker, *id, notes);
    }
    let is_own = |at: usize| model.containers().get(at).is_some_and(|it| maker.is_own(it.span));
    let is_extended = |at: usize| (0..).zip(model.containers()).any(|(by, it)| it.extends == Some(at) && is_own(by));
    let mut containers = (0..).zip(model.containers()).filter(|(at, _)| is_own(*at) && !is_extended(*at));
    if let Some((at, declared)) = containers.next()
        && !(selection.resources.is_empty() && selection.imports.is_empty())
    {
        let (items, notes) = parts.entry(declared.schema).or_default();
        items.push(SchemaItem::Container(container(maker, declared, selection)));
        external::of_container(maker, at, declared, (selection, &|id| wanted.contains(id)), notes);
    }
    let references = model.references().iter().filter(|it| maker.is_own(it.uri.span));
    Document {
        source: maker.place.source,
        version: Some(maker.text("4.0")),
        references: references.map(|it| reference(maker, it)).collect(),
        schemas: schemas(maker, parts),
    }
}

fn types<'m>(maker: &Maker<'m>, selection: &Selection, wanted: &Wanted, parts: &mut Parts<'m>) {
    for id in &wanted.types {
        let ty = maker.model.ty(*id);
        let (items, notes) = parts.entry(home(maker, ty.schema, maker.is_own(ty.span))).or_default();
        if maker.is_own(ty.span) {
            items.push(match &ty.kind {
                TypeKind::Structured(it) if it.is_entity => SchemaItem::Entity(entity(maker, ty, it)),
                TypeKind::Structured(it) => SchemaItem::Complex(complex(maker, ty, it)),
                TypeKind::Enum(it) => SchemaItem::Enum(enumeration(maker, ty, it)),
                TypeKind::Definition(it) => SchemaItem::Definition(definition(maker, ty, it)),
            });
        }
        external::of_type(maker, *id, notes);
    }
    for (id, navigations) in &stepping_stones(selection, wanted) {
        let ty = maker.model.ty(*id);
        let (items, notes) = parts.entry(home(maker, ty.schema, maker.is_own(ty.span))).or_default();
        if maker.is_own(ty.span) {
            items.push(SchemaItem::Entity(stepping_stone(maker, *id, navigations)));
        }
        external::of_navigations(maker, *id, navigations, notes);
    }
}

/// Where annotations of an element are written: with it, or in the first namespace of the document when the element is
/// another document's.
fn home(maker: &Maker<'_>, schema: SchemaId, is_own: bool) -> SchemaId {
    let mut own = maker.model.schemas().filter(|(_, it)| maker.is_own(it.span)).map(|(id, _)| id);
    if is_own { schema } else { own.next().unwrap_or(schema) }
}

fn schemas<'m>(maker: &Maker<'m>, parts: Parts<'m>) -> Vec<Schema<'m>> {
    let parts = parts.into_iter().filter(|(_, (items, external))| !items.is_empty() || !external.is_empty());
    let mut schemas: Vec<Schema<'m>> = parts
        .map(|(id, (mut items, mut external))| {
            items.sort_by(|a, b| rank(a).cmp(&rank(b)));
            external.sort_by(|a, b| a.target.value.cmp(&b.target.value));
            let schema = maker.model.schema(id);
            // More than one alias for a namespace needs more than one Schema element; the first is enough to read it.
            let alias = schema.aliases.iter().min().map(|it| maker.text(*it));
            let annotations = maker.kept(&schema.annotations);
            Schema { namespace: maker.text(schema.namespace), alias, items, external, annotations }
        })
        .collect();
    schemas.sort_by(|a, b| a.namespace.value.cmp(&b.namespace.value));
    schemas
}

fn reference<'m>(maker: &Maker<'m>, it: &'m Reference<'m>) -> Reference<'m> {
    let includes = it.includes.iter().map(|it| Include {
        namespace: it.namespace.clone(),
        alias: it.alias.clone(),
        annotations: maker.nested(&it.annotations),
    });
    Reference {
        uri: it.uri.clone(),
        includes: includes.collect(),
        include_annotations: it.include_annotations.clone(),
        annotations: maker.nested(&it.annotations),
    }
}

/// Enumerations, definitions, complex types, entity types, operations, container; each by name, overloads by signature.
fn rank<'i>(item: &'i SchemaItem<'_>) -> (u8, &'i str, Vec<&'i str>) {
    let name = |text: &'i Text<'_>| text.value.as_ref();
    match item {
        SchemaItem::Enum(it) => (0, name(&it.name), Vec::new()),
        SchemaItem::Definition(it) => (1, name(&it.name), Vec::new()),
        SchemaItem::Complex(it) => (2, name(&it.structure.name), Vec::new()),
        SchemaItem::Entity(it) => (3, name(&it.structure.name), Vec::new()),
        SchemaItem::Operation(it) => {
            let signature = it.parameters.iter().map(|it| it.ty.name.value.as_ref());
            (4, name(&it.name), signature.collect())
        }
        SchemaItem::Term(it) => (5, name(&it.name), Vec::new()),
        SchemaItem::Container(it) => (6, name(&it.name), Vec::new()),
    }
}

/// Types that selected paths pass through without being wanted whole, with the navigation properties that the paths take.
fn stepping_stones(selection: &Selection, wanted: &Wanted) -> BTreeMap<TypeId, Vec<String>> {
    fn visit(resource: &Resource, wanted: &Wanted, stones: &mut BTreeMap<TypeId, Vec<String>>) {
        if !wanted.contains(resource.entity_type) {
            let navigations = stones.entry(resource.entity_type).or_default();
            for child in &resource.children {
                if let Segment::Navigation(name) = &child.segment
                    && !navigations.contains(name)
                {
                    navigations.push(name.clone());
                    navigations.sort();
                }
            }
        }
        for child in &resource.children {
            visit(child, wanted, stones);
        }
    }
    let mut stones = BTreeMap::new();
    for resource in &selection.resources {
        visit(resource, wanted, &mut stones);
    }
    stones
}
