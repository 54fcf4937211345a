//! The slice of a model that a selection needs, as a document of its own.
//!
//! The same model comes out of the slice as out of the whole: every selected type with all that is declared of it, the
//! operations, the steps of the selected paths, aliases, and annotations. Descriptive text stays behind. The order is
//! canonical: namespaces, kinds and names sorted; properties, members and parameters as declared.

mod annotations;
mod definitions;

use std::borrow::Cow;
use std::collections::BTreeMap;

use annotations as external;
use definitions::{complex, container, definition, entity, enumeration, operation, stepping_stone};

use crate::csdl::{Annotations, Document, Schema, SchemaItem, Text};
use crate::model::{Model, SchemaId, TypeId, TypeKind};
use crate::select::{Resource, Segment, Selection};
use crate::source::{SourceId, Span};

/// Builds the slice. `source` is only the place that its spans claim.
#[must_use]
pub fn extract<'m>(model: &'m Model<'m>, selection: &Selection, source: SourceId) -> Document<'m> {
    let maker = Maker { model, place: Span::new(source, 0..0) };
    let mut schemas: BTreeMap<SchemaId, (Vec<SchemaItem<'m>>, Vec<Annotations<'m>>)> = BTreeMap::new();
    let stones = stepping_stones(selection);
    for id in &selection.order {
        let ty = model.ty(*id);
        let (items, notes) = schemas.entry(ty.schema).or_default();
        items.push(match &ty.kind {
            TypeKind::Structured(it) if it.is_entity => SchemaItem::Entity(entity(&maker, ty, it)),
            TypeKind::Structured(it) => SchemaItem::Complex(complex(&maker, ty, it)),
            TypeKind::Enum(it) => SchemaItem::Enum(enumeration(&maker, ty, it)),
            TypeKind::Definition(it) => SchemaItem::Definition(definition(&maker, ty, it)),
        });
        external::of_type(&maker, *id, notes);
    }
    for (id, navigations) in &stones {
        let (items, notes) = schemas.entry(model.ty(*id).schema).or_default();
        items.push(SchemaItem::Entity(stepping_stone(&maker, *id, navigations)));
        external::of_navigations(&maker, *id, navigations, notes);
    }
    for id in &selection.operations {
        let declared = model.operation(*id);
        let (items, notes) = schemas.entry(declared.schema).or_default();
        items.push(SchemaItem::Operation(operation(&maker, declared)));
        external::of_operation(&maker, declared, notes);
    }
    if let Some(declared) = model.containers().first()
        && !selection.resources.is_empty()
    {
        let (items, notes) = schemas.entry(declared.schema).or_default();
        items.push(SchemaItem::Container(container(&maker, declared, selection)));
        external::of_container(&maker, declared, selection, notes);
    }
    let mut schemas: Vec<Schema<'m>> = schemas
        .into_iter()
        .map(|(id, (mut items, mut external))| {
            items.sort_by(|a, b| rank(a).cmp(&rank(b)));
            external.sort_by(|a, b| a.target.value.cmp(&b.target.value));
            let schema = model.schema(id);
            // More than one alias for a namespace needs more than one Schema element; the first is enough to read it.
            let alias = schema.aliases.iter().min().map(|it| maker.text(*it));
            Schema { namespace: maker.text(schema.namespace), alias, items, external, annotations: Vec::new() }
        })
        .collect();
    schemas.sort_by(|a, b| a.namespace.value.cmp(&b.namespace.value));
    Document { source, version: Some(maker.text("4.0")), references: Vec::new(), schemas }
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

/// Types that selected paths pass through without being selected, with the navigation properties that the paths take.
fn stepping_stones(selection: &Selection) -> BTreeMap<TypeId, Vec<String>> {
    fn visit(resource: &Resource, selection: &Selection, stones: &mut BTreeMap<TypeId, Vec<String>>) {
        if !selection.contains(resource.entity_type) {
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
            visit(child, selection, stones);
        }
    }
    let mut stones = BTreeMap::new();
    for resource in &selection.resources {
        visit(resource, selection, &mut stones);
    }
    stones
}

/// Makes texts that stand nowhere, and names by namespace.
struct Maker<'m> {
    model: &'m Model<'m>,
    place: Span,
}

impl<'m> Maker<'m> {
    fn text(&self, value: impl Into<Cow<'m, str>>) -> Text<'m> {
        Text { value: value.into(), span: self.place }
    }

    fn type_name(&self, id: TypeId) -> Text<'m> {
        self.text(self.model.qualified_name(id))
    }
}
