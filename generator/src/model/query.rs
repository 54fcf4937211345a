//! Questions that later stages ask of a [`Model`].

use std::collections::HashMap;

use super::{
    Annotations, Container, Deeper, Element, ItemType, Model, Operation, OperationId, Property, Schema, SchemaId,
    Structured, Term, TermId, Type, TypeId, TypeKind, TypeRef,
};
use crate::csdl::Reference;

/// Look-up tables; order never comes from them.
#[derive(Debug, Default)]
pub(crate) struct Index<'m> {
    /// Namespaces and aliases alike.
    pub(crate) schemas: HashMap<&'m str, SchemaId>,
    pub(crate) types: HashMap<(SchemaId, &'m str), TypeId>,
    pub(crate) terms: HashMap<(SchemaId, &'m str), TermId>,
}

impl<'m> Model<'m> {
    /// Every namespace, in declaration order.
    pub fn schemas(&self) -> impl Iterator<Item = (SchemaId, &Schema<'m>)> {
        (0..).map(SchemaId).zip(&self.schemas)
    }

    /// Every type, in declaration order.
    pub fn types(&self) -> impl Iterator<Item = (TypeId, &Type<'m>)> {
        (0..).map(TypeId).zip(&self.types)
    }

    /// Every operation overload, in declaration order.
    pub fn operations(&self) -> impl Iterator<Item = (OperationId, &Operation<'m>)> {
        (0..).map(OperationId).zip(&self.operations)
    }

    /// Every entity container.
    #[must_use]
    pub fn containers(&self) -> &[Container<'m>] {
        &self.containers
    }

    /// Every term, in declaration order.
    pub fn terms(&self) -> impl Iterator<Item = (TermId, &Term<'m>)> {
        (0..).map(TermId).zip(&self.terms)
    }

    /// The term of an id that this model gave.
    #[must_use]
    #[allow(clippy::indexing_slicing)] // ids are made by resolve only, one for each element of the arena
    pub fn term(&self, id: TermId) -> &Term<'m> {
        &self.terms[id.0 as usize]
    }

    /// The term of a qualified name, by namespace or alias.
    #[must_use]
    pub fn find_term(&self, qualified: &str) -> Option<TermId> {
        let (namespace, name) = qualified.rsplit_once('.')?;
        let schema = self.find_schema(namespace)?;
        self.index.terms.get(&(schema, name)).copied()
    }

    /// 3.3: every reference of every document, in document order.
    #[must_use]
    pub fn references(&self) -> &[&'m Reference<'m>] {
        &self.references
    }

    /// External annotations whose targets have no place of their own, in document order.
    #[must_use]
    pub fn deeper(&self) -> &[Deeper<'m>] {
        &self.deeper
    }

    /// What external annotations say of a path below an element, such as a property where a derived type inherits it.
    pub fn said_of(&self, element: Element, path: &str) -> impl Iterator<Item = &Annotations<'m>> {
        let found = self.deeper.iter().filter(move |it| it.element == element && it.path == path);
        found.map(|it| &it.annotations)
    }

    /// The namespace of an id that this model gave.
    #[must_use]
    #[allow(clippy::indexing_slicing)] // ids are made by resolve only, one for each element of the arena
    pub fn schema(&self, id: SchemaId) -> &Schema<'m> {
        &self.schemas[id.0 as usize]
    }

    /// The type of an id that this model gave.
    #[must_use]
    #[allow(clippy::indexing_slicing)] // ids are made by resolve only, one for each element of the arena
    pub fn ty(&self, id: TypeId) -> &Type<'m> {
        &self.types[id.0 as usize]
    }

    /// The overload of an id that this model gave.
    #[must_use]
    #[allow(clippy::indexing_slicing)] // ids are made by resolve only, one for each element of the arena
    pub fn operation(&self, id: OperationId) -> &Operation<'m> {
        &self.operations[id.0 as usize]
    }

    /// The namespace of that name or alias.
    #[must_use]
    pub fn find_schema(&self, namespace_or_alias: &str) -> Option<SchemaId> {
        self.index.schemas.get(namespace_or_alias).copied()
    }

    /// The type of a qualified name, by namespace or alias.
    #[must_use]
    pub fn find_type(&self, qualified: &str) -> Option<TypeId> {
        let (namespace, name) = qualified.rsplit_once('.')?;
        let schema = self.find_schema(namespace)?;
        self.index.types.get(&(schema, name)).copied()
    }

    /// `namespace.name` of a type.
    #[must_use]
    pub fn qualified_name(&self, id: TypeId) -> String {
        let ty = self.ty(id);
        format!("{}.{}", self.schema(ty.schema).namespace, ty.name)
    }

    /// A use of a type as CSDL writes it, with full names.
    #[must_use]
    pub fn type_text(&self, ty: TypeRef) -> String {
        let item = match ty.item {
            ItemType::Primitive(primitive) => format!("Edm.{}", primitive.name()),
            ItemType::Declared(id) => self.qualified_name(id),
        };
        if ty.is_collection { format!("Collection({item})") } else { item }
    }

    /// The entity or complex type of an id, if it is one.
    #[must_use]
    pub fn structured(&self, id: TypeId) -> Option<&Structured<'m>> {
        match &self.ty(id).kind {
            TypeKind::Structured(structured) => Some(structured),
            TypeKind::Enum(_) | TypeKind::Definition(_) => None,
        }
    }

    /// The type and its base types, nearest first. Ends, since resolve cuts cycles.
    pub fn ancestry(&self, id: TypeId) -> impl Iterator<Item = TypeId> {
        std::iter::successors(Some(id), |id| self.structured(*id)?.base)
    }

    /// Every type derived from one, direct or not, in declaration order of each level, depth first.
    #[must_use]
    pub fn descendants(&self, id: TypeId) -> Vec<TypeId> {
        let mut found = Vec::new();
        let mut open: Vec<TypeId> = self.structured(id).map(|it| it.derived.clone()).unwrap_or_default();
        open.reverse();
        while let Some(next) = open.pop() {
            found.push(next);
            if let Some(structured) = self.structured(next) {
                open.extend(structured.derived.iter().rev());
            }
        }
        found
    }

    /// All properties of a type with their declaring type: those of the bases first. A derived type that declares a name
    /// again (it may where the base's is an overlay) wins, in the place of the first.
    #[must_use]
    pub fn all_properties(&self, id: TypeId) -> Vec<(TypeId, &Property<'m>)> {
        let mut lineage: Vec<TypeId> = self.ancestry(id).collect();
        lineage.reverse();
        let mut all: Vec<(TypeId, &Property<'m>)> = Vec::new();
        let mut place: HashMap<&str, usize> = HashMap::new();
        for declaring in lineage {
            for property in self.structured(declaring).map(|it| it.properties.as_slice()).unwrap_or_default() {
                let slot = *place.entry(property.name).or_insert(all.len());
                match all.get_mut(slot) {
                    Some(earlier) => *earlier = (declaring, property),
                    None => all.push((declaring, property)),
                }
            }
        }
        all
    }

    /// The key of an entity type, its own or the nearest inherited one.
    #[must_use]
    pub fn key(&self, id: TypeId) -> &[(&'m str, Option<&'m str>)] {
        self.ancestry(id)
            .filter_map(|id| self.structured(id))
            .map(|structured| structured.key.as_slice())
            .find(|key| !key.is_empty())
            .unwrap_or_default()
    }
}
