//! 14.5.14: records.

use super::Needed;
use crate::csdl::Record;
use crate::diagnostic::Diagnostic;
use crate::model::resolve::Resolver;
use crate::model::resolve::say::Say;
use crate::model::resolve::unique::Unique;
use crate::model::{ItemType, Primitive, TypeId};

impl<'m> Resolver<'m, '_> {
    pub(super) fn check_record(&mut self, document: usize, record: &'m Record<'m>, needed: Option<Needed<'m>>) {
        let stated = self.check_record_type(document, record);
        let wanted = needed.and_then(|it| match it.ty.item {
            ItemType::Declared(id) => self.model.structured(id).map(|_| id),
            ItemType::Primitive(_) => None,
        });
        if let Some(needed) = needed {
            let any = matches!(
                needed.ty.item,
                ItemType::Primitive(Primitive::Untyped | Primitive::ComplexType | Primitive::EntityType)
            );
            let fits = match (stated, wanted) {
                (Some(stated), Some(wanted)) => self.model.ancestry(stated).any(|it| it == wanted),
                (None, Some(_)) => true,
                (_, None) => any,
            };
            if needed.ty.is_collection {
                self.mismatch(needed, "a single record", record.span);
            } else if !fits {
                let what = stated.map(|it| format!("a record of type `{}`", self.model.qualified_name(it)));
                self.mismatch(needed, what.as_deref().unwrap_or("a record"), record.span);
            }
        }
        // A stated type that is not known may be derived from the one that is needed, with properties of its own.
        let ty = if record.ty.is_some() { stated } else { wanted };
        let mut seen = Unique::default();
        for value in &record.properties {
            if let Some(first) = seen.insert(&value.property) {
                self.report(Self::twice("property value", &value.property, first).warning());
            }
            let needed = ty.and_then(|ty| self.needed_of(ty, value));
            if let Some(value) = &value.value {
                self.check_value(document, value, needed);
            }
            self.check_nested(document, &value.annotations);
        }
        self.check_nested(document, &record.annotations);
    }

    /// The type that a record states, if it has properties.
    fn check_record_type(&mut self, document: usize, record: &'m Record<'m>) -> Option<TypeId> {
        let text = record.ty.as_ref()?;
        let ItemType::Declared(id) = self.stated_type(document, text)?.item else { return None };
        if self.model.structured(id).is_some() {
            return Some(id);
        }
        self.report(
            Diagnostic::warning("resolve::record-type", format!("`{}` is no type with properties", text.value))
                .at(text.span, "type of a record")
                .also(self.model.ty(id).span, "declared here")
                .help("name a complex type or an entity type"),
        );
        None
    }

    /// What the property of a type needs; an unknown property is reported.
    fn needed_of(&mut self, ty: TypeId, value: &'m crate::csdl::PropertyValue<'m>) -> Option<Needed<'m>> {
        let name = &value.property;
        match self.find_property(ty, &name.value) {
            Some((declaring, at)) => {
                let property = self.property_at(declaring, at)?;
                Some(Needed {
                    of: &name.value,
                    ty: property.ty,
                    nullable: property.nullable,
                    max_length: self.max_length(property.ty.item, &property.facets),
                    is_item: false,
                })
            }
            None => {
                let lost = self.lost(ty, &name.value);
                let message = format!("a record of type `{}` has `{}`", self.model.qualified_name(ty), name.value);
                self.report_lost(Diagnostic::warning("resolve::record-property", message), name.span, &lost);
                None
            }
        }
    }
}
