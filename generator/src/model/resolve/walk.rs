//! Every annotation of a document, wherever it stands.

use crate::csdl::{Annotation, Container, ContainerItem, Document, Operation, SchemaItem, StructuredType};

/// The lists of annotations of a document, in document order, without empty ones and without those inside annotations.
pub(super) fn lists<'m>(document: &'m Document<'m>) -> Vec<&'m [Annotation<'m>]> {
    let mut lists: Vec<&'m [Annotation<'m>]> = Vec::new();
    for reference in &document.references {
        lists.push(&reference.annotations);
        lists.extend(reference.includes.iter().map(|it| it.annotations.as_slice()));
    }
    for schema in &document.schemas {
        lists.push(&schema.annotations);
        for item in &schema.items {
            match item {
                SchemaItem::Entity(it) => structured(&it.structure, &mut lists),
                SchemaItem::Complex(it) => structured(&it.structure, &mut lists),
                SchemaItem::Enum(it) => {
                    lists.push(&it.annotations);
                    lists.extend(it.members.iter().map(|it| it.annotations.as_slice()));
                }
                SchemaItem::Definition(it) => lists.push(&it.annotations),
                SchemaItem::Operation(it) => operation(it, &mut lists),
                SchemaItem::Term(it) => lists.push(&it.annotations),
                SchemaItem::Container(it) => container(it, &mut lists),
            }
        }
        lists.extend(schema.external.iter().map(|it| it.annotations.as_slice()));
    }
    lists.retain(|it| !it.is_empty());
    lists
}

fn structured<'m>(declared: &'m StructuredType<'m>, lists: &mut Vec<&'m [Annotation<'m>]>) {
    lists.push(&declared.annotations);
    lists.extend(declared.properties.iter().map(|it| it.annotations.as_slice()));
    for navigation in &declared.navigations {
        lists.push(&navigation.annotations);
        lists.extend(navigation.constraints.iter().map(|it| it.annotations.as_slice()));
        lists.extend(navigation.on_delete.iter().map(|it| it.annotations.as_slice()));
    }
}

fn operation<'m>(declared: &'m Operation<'m>, lists: &mut Vec<&'m [Annotation<'m>]>) {
    lists.push(&declared.annotations);
    lists.extend(declared.parameters.iter().map(|it| it.annotations.as_slice()));
    lists.push(&declared.return_annotations);
}

fn container<'m>(declared: &'m Container<'m>, lists: &mut Vec<&'m [Annotation<'m>]>) {
    lists.push(&declared.annotations);
    lists.extend(declared.items.iter().map(|it| match it {
        ContainerItem::EntitySet(it) => it.annotations.as_slice(),
        ContainerItem::Singleton(it) => it.annotations.as_slice(),
        ContainerItem::Import(it) => it.annotations.as_slice(),
    }));
}
