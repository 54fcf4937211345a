//! What each declared type says.

use super::declare::Declared;
use super::unique::Unique;
use super::{Referrer, Resolver};
use crate::csdl::{Key, SchemaItem, StructuredType, Text, TypeDefinition};
use crate::diagnostic::Diagnostic;
use crate::model::{
    Definition, ItemType, OnDelete, Primitive, Property, PropertyKind, ReferentialConstraint, Structured, TypeKind,
    TypeRef,
};

impl<'m> Resolver<'m, '_> {
    /// Defines every declared type.
    pub(super) fn define(&mut self, declared: &[Declared<'m>]) {
        for Declared { id, document, item } in declared {
            let referrer = match item {
                SchemaItem::Entity(it) => &it.structure.name,
                SchemaItem::Complex(it) => &it.structure.name,
                SchemaItem::Enum(it) => &it.name,
                SchemaItem::Definition(it) => &it.name,
                SchemaItem::Operation(_) | SchemaItem::Term(_) | SchemaItem::Container(_) => continue,
            };
            self.referrer = Referrer { definition: &referrer.value, part: "" };
            let (kind, inline) = match item {
                SchemaItem::Entity(it) => {
                    let structured = self.structured(*document, &it.structure, it.key.as_ref(), true, it.has_stream);
                    (TypeKind::Structured(structured), &it.structure.annotations)
                }
                SchemaItem::Complex(it) => {
                    let structured = self.structured(*document, &it.structure, None, false, false);
                    (TypeKind::Structured(structured), &it.structure.annotations)
                }
                SchemaItem::Enum(it) => (TypeKind::Enum(self.enumeration(*document, it)), &it.annotations),
                SchemaItem::Definition(it) => (TypeKind::Definition(self.definition(*document, it)), &it.annotations),
                SchemaItem::Operation(_) | SchemaItem::Term(_) | SchemaItem::Container(_) => continue,
            };
            let Some(id) = id else { continue };
            if !is_whole(item, &kind) {
                self.holed.insert(*id);
            }
            let annotations = self.inline(*document, inline);
            if let Some(ty) = self.model.types.get_mut(id.0 as usize) {
                ty.kind = kind;
                ty.annotations = annotations;
            }
        }
    }

    fn structured(
        &mut self,
        document: usize,
        structure: &'m StructuredType<'m>,
        key: Option<&'m Key<'m>>,
        is_entity: bool,
        has_stream: bool,
    ) -> Structured<'m> {
        let base = structure.base.as_ref().and_then(|base| {
            let found = self.find_type(document, &base.value);
            if found.is_none() {
                self.unknown_type(document, &base.value, base.span);
            }
            found
        });
        let mut seen = Unique::default();
        let mut properties = Vec::with_capacity(structure.properties.len() + structure.navigations.len());
        for it in &structure.properties {
            let is_second = self.is_second(&mut seen, &it.name);
            self.referrer.part = &it.name.value;
            let Some(ty) = self.type_ref(document, &it.ty.name).filter(|_| !is_second) else { continue };
            properties.push(Property {
                name: &it.name.value,
                span: it.name.span,
                kind: PropertyKind::Structural { default_value: it.default_value.as_ref().map(|it| it.value.as_ref()) },
                ty,
                nullable: it.ty.nullable,
                facets: it.ty.facets.clone(),
                annotations: self.inline(document, &it.annotations),
            });
        }
        for it in &structure.navigations {
            let is_second = self.is_second(&mut seen, &it.name);
            self.referrer.part = &it.name.value;
            let Some(ty) = self.type_ref(document, &it.ty).filter(|_| !is_second) else { continue };
            if !self.leads_to_entities(ty, &it.ty) {
                continue;
            }
            let constraints = it.constraints.iter().map(|it| ReferentialConstraint {
                property: &it.property.value,
                referenced: &it.referenced.value,
                annotations: self.inline(document, &it.annotations),
            });
            let on_delete = it
                .on_delete
                .as_ref()
                .map(|it| OnDelete { action: &it.action.value, annotations: self.inline(document, &it.annotations) });
            properties.push(Property {
                name: &it.name.value,
                span: it.name.span,
                kind: PropertyKind::Navigation {
                    contains_target: it.contains_target,
                    partner: it.partner.as_ref().map(|it| it.value.as_ref()),
                    constraints: constraints.collect(),
                    on_delete,
                },
                ty,
                nullable: it.nullable,
                facets: crate::csdl::Facets::default(),
                annotations: self.inline(document, &it.annotations),
            });
        }
        let key = key.map(|it| {
            let properties = it.properties.iter();
            properties.map(|it| (it.name.value.as_ref(), it.alias.as_ref().map(|it| it.value.as_ref()))).collect()
        });
        Structured {
            is_entity,
            base,
            derived: Vec::new(),
            is_abstract: structure.is_abstract,
            is_open: structure.is_open.unwrap_or(false),
            has_stream,
            properties,
            key: key.unwrap_or_default(),
        }
    }

    /// 8.1: a navigation property leads to entities.
    fn leads_to_entities(&mut self, ty: TypeRef, text: &Text<'_>) -> bool {
        let declared = match ty.item {
            ItemType::Primitive(Primitive::EntityType) => return true,
            ItemType::Primitive(_) => None,
            // Types further down are not defined yet, so what counts is how they are declared.
            ItemType::Declared(id) if self.entities.contains(&id) => return true,
            ItemType::Declared(id) => Some(self.model.ty(id).span),
        };
        let message =
            format!("navigation property `{}` leads to `{}`, which is not an entity type", self.referrer, text.value);
        let fault = Diagnostic::error("resolve::not-an-entity", message).at(text.span, "an entity type is needed here");
        self.report(match declared {
            Some(span) => fault.also(span, "declared here"),
            None => fault,
        });
        false
    }

    fn is_second(&mut self, seen: &mut Unique<'m>, name: &'m Text<'m>) -> bool {
        let first = seen.insert(name);
        if let Some(first) = first {
            self.duplicate("property", name, first);
        }
        first.is_some()
    }

    fn definition(&mut self, document: usize, declared: &'m TypeDefinition<'m>) -> Definition<'m> {
        let underlying = match self.type_ref(document, &declared.underlying) {
            Some(ty) => match ty.item {
                // 11: `Edm.Stream` and `Edm.PrimitiveType` are among them, the other abstract types are not.
                ItemType::Primitive(it)
                    if !ty.is_collection
                        && !matches!(it, Primitive::ComplexType | Primitive::EntityType | Primitive::Untyped) =>
                {
                    it
                }
                _ => {
                    self.report(
                        Diagnostic::error(
                            "resolve::underlying-type",
                            format!("`{}` is not a primitive type", declared.underlying.value),
                        )
                        .at(declared.underlying.span, "underlying type of a type definition")
                        .help("one of the types of namespace `Edm`, such as Edm.String"),
                    );
                    Primitive::Untyped
                }
            },
            None => Primitive::Untyped,
        };
        Definition { underlying, facets: declared.facets.clone() }
    }
}

/// Whether nothing of a type was left out for a fault.
fn is_whole(item: &SchemaItem<'_>, kind: &TypeKind<'_>) -> bool {
    let declared = match item {
        SchemaItem::Entity(it) => &it.structure,
        SchemaItem::Complex(it) => &it.structure,
        _ => return true,
    };
    let TypeKind::Structured(kept) = kind else { return true };
    kept.base.is_some() == declared.base.is_some()
        && kept.properties.len() == declared.properties.len() + declared.navigations.len()
}
