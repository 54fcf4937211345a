//! What each declared type says.

use super::declare::Declared;
use super::unique::Unique;
use super::{Referrer, Resolver};
use crate::csdl::{EnumType, Key, SchemaItem, StructuredType, Text, TypeDefinition};
use crate::diagnostic::Diagnostic;
use crate::model::{
    Definition, Enum, ItemType, Member, Primitive, Property, PropertyKind, Structured, TypeKind, TypeRef,
};

impl<'m> Resolver<'m, '_> {
    /// Defines every declared type.
    pub(super) fn define(&mut self, declared: &[Declared<'m>]) {
        for Declared { id, document, item } in declared {
            self.referrer = Referrer { definition: self.model.ty(*id).name, part: "" };
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
            if self.is_second(&mut seen, &it.name) {
                continue;
            }
            self.referrer.part = &it.name.value;
            let Some(ty) = self.type_ref(document, &it.ty.name) else { continue };
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
            if self.is_second(&mut seen, &it.name) {
                continue;
            }
            self.referrer.part = &it.name.value;
            let Some(ty) = self.type_ref(document, &it.ty) else { continue };
            if !self.leads_to_entities(ty, &it.ty) {
                continue;
            }
            let constraints =
                it.constraints.iter().map(|it| (it.property.value.as_ref(), it.referenced.value.as_ref()));
            properties.push(Property {
                name: &it.name.value,
                span: it.name.span,
                kind: PropertyKind::Navigation {
                    contains_target: it.contains_target,
                    partner: it.partner.as_ref().map(|it| it.value.as_ref()),
                    constraints: constraints.collect(),
                    on_delete: it.on_delete.as_ref().map(|it| it.action.value.as_ref()),
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

    fn enumeration(&mut self, document: usize, declared: &'m EnumType<'m>) -> Enum<'m> {
        let underlying = declared.underlying.as_ref().map_or(Primitive::Int32, |it| self.integer_type(document, it));
        let mut members: Vec<Member<'m>> = Vec::with_capacity(declared.members.len());
        let mut seen = Unique::default();
        let mut next = Some(0_i64);
        for it in &declared.members {
            if let Some(first) = seen.insert(&it.name) {
                self.duplicate("member", &it.name, first);
                continue;
            }
            let value = match &it.value {
                Some(text) => self.member_value(text, underlying),
                None => {
                    let implied = next.filter(|it| range(underlying).is_none_or(|range| range.contains(it)));
                    if implied.is_none() {
                        self.report(
                            Diagnostic::error(
                                "resolve::member-value",
                                format!("member `{}` has no value left", it.name.value),
                            )
                            .at(it.name.span, format!("one more than the largest value of Edm.{}", underlying.name()))
                            .help("give it a value"),
                        );
                    }
                    implied
                }
            };
            let Some(value) = value else { continue };
            next = value.checked_add(1);
            members.push(Member {
                name: &it.name.value,
                span: it.name.span,
                value,
                annotations: self.inline(document, &it.annotations),
            });
        }
        Enum { underlying, is_flags: declared.is_flags, members }
    }

    /// 10.1: an enumeration's underlying type is an integer type.
    fn integer_type(&mut self, document: usize, text: &'m Text<'m>) -> Primitive {
        match self.type_ref(document, text) {
            Some(ty) if !ty.is_collection => match ty.item {
                ItemType::Primitive(it) if range(it).is_some() => return it,
                _ => {}
            },
            Some(_) => {}
            None => return Primitive::Int32,
        }
        self.report(
            Diagnostic::error("resolve::underlying-type", format!("`{}` is not an integer type", text.value))
                .at(text.span, "underlying type of an enumeration")
                .help("one of Edm.Byte, Edm.SByte, Edm.Int16, Edm.Int32, Edm.Int64"),
        );
        Primitive::Int32
    }

    fn member_value(&mut self, text: &Text<'_>, underlying: Primitive) -> Option<i64> {
        let value = text.value.trim().parse::<i64>().ok();
        let value = value.filter(|it| range(underlying).is_none_or(|range| range.contains(it)));
        if value.is_none() {
            self.report(
                Diagnostic::error(
                    "resolve::member-value",
                    format!("`{}` is not a value of Edm.{}", text.value, underlying.name()),
                )
                .at(text.span, "value of a member"),
            );
        }
        value
    }

    fn definition(&mut self, document: usize, declared: &'m TypeDefinition<'m>) -> Definition<'m> {
        let underlying = match self.type_ref(document, &declared.underlying) {
            Some(ty) => match ty.item {
                ItemType::Primitive(it) if !ty.is_collection => it,
                _ => {
                    self.report(
                        Diagnostic::error(
                            "resolve::underlying-type",
                            format!("`{}` is not a primitive type", declared.underlying.value),
                        )
                        .at(declared.underlying.span, "underlying type of a type definition"),
                    );
                    Primitive::Untyped
                }
            },
            None => Primitive::Untyped,
        };
        Definition { underlying, facets: declared.facets.clone() }
    }
}

/// The values of an integer type.
fn range(primitive: Primitive) -> Option<std::ops::RangeInclusive<i64>> {
    match primitive {
        Primitive::Byte => Some(0..=255),
        Primitive::SByte => Some(-128..=127),
        Primitive::Int16 => Some(i64::from(i16::MIN)..=i64::from(i16::MAX)),
        Primitive::Int32 => Some(i64::from(i32::MIN)..=i64::from(i32::MAX)),
        Primitive::Int64 => Some(i64::MIN..=i64::MAX),
        _ => None,
    }
}
