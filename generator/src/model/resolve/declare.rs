//! Ids for every declared type.

use super::Resolver;
use crate::csdl::{SchemaItem, Text};
use crate::model::{Annotations, Definition, Primitive, Type, TypeId, TypeKind};

/// A type that has its id, and where it is defined.
pub(super) struct Declared<'m> {
    /// None for the second of two with one name: what it refers to is looked at all the same.
    pub(super) id: Option<TypeId>,
    pub(super) document: usize,
    pub(super) item: &'m SchemaItem<'m>,
}

impl<'m> Resolver<'m, '_> {
    /// Gives every type its id. Of two with one name the first stays.
    pub(super) fn declare(&mut self) -> Vec<Declared<'m>> {
        let documents = self.documents;
        let mut declared = Vec::new();
        for (document, read) in documents.iter().enumerate() {
            for schema in &read.schemas {
                let Some(id) = self.model.find_schema(&schema.namespace.value) else { continue };
                for item in &schema.items {
                    let Some(name) = type_name(item) else { continue };
                    let next = TypeId(u32::try_from(self.model.types.len()).unwrap_or(u32::MAX));
                    let first = *self.model.index.types.entry((id, &name.value)).or_insert(next);
                    if first != next {
                        self.duplicate("type", name, self.model.ty(first).span);
                        self.holed.insert(first);
                        declared.push(Declared { id: None, document, item });
                        continue;
                    }
                    if matches!(item, SchemaItem::Entity(_)) {
                        self.entities.insert(next);
                    }
                    // Replaced by `define`; nothing looks at it before.
                    let kind = TypeKind::Definition(Definition {
                        underlying: Primitive::Untyped,
                        facets: crate::csdl::Facets::default(),
                    });
                    self.model.types.push(Type {
                        schema: id,
                        name: &name.value,
                        span: name.span,
                        kind,
                        annotations: Annotations::default(),
                    });
                    declared.push(Declared { id: Some(next), document, item });
                }
            }
        }
        declared
    }
}

fn type_name<'m>(item: &'m SchemaItem<'m>) -> Option<&'m Text<'m>> {
    match item {
        SchemaItem::Entity(it) => Some(&it.structure.name),
        SchemaItem::Complex(it) => Some(&it.structure.name),
        SchemaItem::Enum(it) => Some(&it.name),
        SchemaItem::Definition(it) => Some(&it.name),
        SchemaItem::Operation(_) | SchemaItem::Term(_) | SchemaItem::Container(_) => None,
    }
}
