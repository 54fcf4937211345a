//! 14.4.1 and 8.3: paths through properties, navigation properties and type casts.

use super::Resolver;
use super::say::Say;
use crate::diagnostic::Diagnostic;
use crate::model::{ItemType, Property, PropertyKind, TypeId, TypeKind, TypeRef};
use crate::source::Span;

/// From so many properties on, a look-up table finds one.
const WIDE: usize = 64;

/// Where a path ends.
#[derive(Debug, Clone, Copy)]
pub(super) struct End {
    /// The property that it ends in, type casts aside: the declaring type and the place there.
    pub(super) property: Option<(TypeId, usize)>,
    /// The type there, or that of the items.
    pub(super) ty: ItemType,
    /// Whether any step is collection-valued.
    pub(super) is_many: bool,
}

/// Why a path ends nowhere.
#[derive(Debug, Clone)]
pub(super) enum Lost<'p> {
    /// It goes through a type with a fault that is reported already: nothing can be said.
    Unsaid,
    /// An open type declares no property of that name: it may have one all the same.
    Open(TypeId, &'p str),
    /// A type has no property of that name.
    Property(TypeId, &'p str),
    /// A cast to a type that is not declared.
    Cast(&'p str),
    /// Something follows what has no properties.
    Leaf(&'p str),
}

impl End {
    /// The type there as a use of a type.
    pub(super) fn ty(self) -> TypeRef {
        TypeRef { is_collection: self.is_many, item: self.ty }
    }
}

impl<'m> Resolver<'m, '_> {
    /// Follows a path from a type.
    pub(super) fn follow<'p>(&self, document: usize, from: TypeId, path: &'p str) -> Result<End, Lost<'p>> {
        let mut end = End { property: None, ty: ItemType::Declared(from), is_many: false };
        for segment in path.split('/') {
            let ItemType::Declared(here) = end.ty else { return Err(Lost::Leaf(segment)) };
            if segment.contains('.') {
                let cast = self.find_type_ref(document, segment).ok_or(Lost::Cast(segment))?;
                end.ty = cast.item;
                continue;
            }
            let Some((declaring, at)) = self.find_property(here, segment) else {
                return Err(self.lost(here, segment));
            };
            let Some(property) = self.property_at(declaring, at) else { return Err(Lost::Unsaid) };
            end = End {
                property: Some((declaring, at)),
                ty: property.ty.item,
                is_many: end.is_many || property.ty.is_collection,
            };
        }
        Ok(end)
    }

    pub(super) fn lost<'p>(&self, here: TypeId, segment: &'p str) -> Lost<'p> {
        let Some(structured) = self.model.structured(here) else { return Lost::Leaf(segment) };
        // Annotations and `$count` may stand in paths of expressions; they are not looked into.
        let is_control = segment.starts_with(['@', '$']) || segment.is_empty();
        if is_control || self.model.ancestry(here).any(|it| self.holed.contains(&it)) {
            return Lost::Unsaid;
        }
        if structured.is_open { Lost::Open(here, segment) } else { Lost::Property(here, segment) }
    }

    /// Notes where names stand in lists that are too long to search for each of very many references.
    pub(super) fn index_places(&mut self) {
        for (id, ty) in self.model.types() {
            let TypeKind::Structured(it) = &ty.kind else { continue };
            if it.properties.len() > WIDE {
                self.wide.extend(it.properties.iter().enumerate().map(|(at, it)| ((id, it.name), at)));
            }
        }
        for (container, it) in self.model.containers.iter().enumerate() {
            self.members.extend(it.members.iter().enumerate().map(|(at, it)| ((container, it.name), at)));
        }
    }

    /// A property of a type or of its bases: the declaring type and the place there.
    pub(super) fn find_property(&self, id: TypeId, name: &str) -> Option<(TypeId, usize)> {
        self.model.ancestry(id).find_map(|declaring| {
            let properties = &self.model.structured(declaring)?.properties;
            let at = if properties.len() > WIDE {
                self.wide.get(&(declaring, name)).copied()
            } else {
                properties.iter().position(|it| it.name == name)
            };
            Some((declaring, at?))
        })
    }

    pub(super) fn property_at(&self, id: TypeId, at: usize) -> Option<&Property<'m>> {
        self.model.structured(id)?.properties.get(at)
    }

    pub(super) fn is_navigation(&self, end: End) -> bool {
        let property = end.property.and_then(|(id, at)| self.property_at(id, at));
        property.is_some_and(|it| matches!(it.kind, PropertyKind::Navigation { .. }))
    }

    /// Whether one of two types derives from the other, or they are the same.
    pub(super) fn are_related(&self, one: TypeId, other: TypeId) -> bool {
        self.model.ancestry(one).any(|it| it == other) || self.model.ancestry(other).any(|it| it == one)
    }

    /// The primitive type that a use of a type comes down to: type definitions replaced.
    pub(super) fn underlying(&self, item: ItemType) -> ItemType {
        match item {
            ItemType::Declared(id) => match &self.model.ty(id).kind {
                TypeKind::Definition(it) => ItemType::Primitive(it.underlying),
                TypeKind::Structured(_) | TypeKind::Enum(_) => item,
            },
            ItemType::Primitive(_) => item,
        }
    }

    /// Says why a path ends nowhere, with the nearest property; nothing where nothing can be said.
    pub(super) fn report_lost(&mut self, fault: Diagnostic, span: Span, lost: &Lost<'_>) {
        let fault = match lost {
            Lost::Unsaid | Lost::Open(..) => return,
            Lost::Property(id, segment) => {
                let all = self.model.all_properties(*id);
                let near = self.near(segment, all.iter().map(|(_, it)| it.name));
                let label = format!("`{}` has no property `{segment}`", self.model.qualified_name(*id));
                fault.at(span, label).also(self.model.ty(*id).span, "declared here").help_if(near)
            }
            Lost::Cast(segment) => {
                let names: Vec<String> = self.model.types().map(|(id, _)| self.model.qualified_name(id)).collect();
                let near = self.near(segment, names.iter().map(String::as_str));
                fault.at(span, format!("type `{segment}` is not declared")).help_if(near)
            }
            Lost::Leaf(segment) => fault.at(span, format!("`{segment}` follows what has no properties")),
        };
        self.report(fault);
    }
}
