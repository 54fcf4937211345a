//! 6 Entity types, 7 structural properties, 8 navigation properties and 9 complex types.

use super::tokens::{Element, Reader};
use crate::csdl::element::{
    EntityType, Key, NavigationProperty, OnDelete, Property, PropertyRef, ReferentialConstraint, StructuredType,
};
use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// What both kinds of structured types may hold, before it is known whether a key is allowed.
pub(super) struct Body<'a> {
    pub(super) structure: StructuredType<'a>,
    key: Option<Key<'a>>,
}

impl<'a> Reader<'a, '_> {
    /// 6 Element `edm:EntityType`.
    pub(super) fn entity_type(&mut self, element: Element<'a>) -> Option<EntityType<'a>> {
        let has_stream = self.flag("HasStream").unwrap_or(false);
        let body = self.structured_type(element)?;
        Some(EntityType { structure: body.structure, key: body.key, has_stream })
    }

    /// What `edm:EntityType` and `edm:ComplexType` have in common.
    pub(super) fn structured_type(&mut self, element: Element<'a>) -> Option<Body<'a>> {
        let name = self.required(element, "Name");
        let base = self.optional("BaseType");
        let is_abstract = self.flag("Abstract").unwrap_or(false);
        let is_open = self.flag("OpenType");
        let mut key: Option<Key<'a>> = None;
        let (mut properties, mut navigations, mut annotations) = (Vec::new(), Vec::new(), Vec::new());
        while let Some(child) = self.edm_child(element) {
            match child.name {
                "Property" => properties.extend(self.property(child)),
                "NavigationProperty" => navigations.extend(self.navigation_property(child)),
                "Annotation" => annotations.extend(self.annotation(child)),
                "Key" if element.name == "EntityType" => {
                    if let Some(first) = &key {
                        self.repeated(child, first.span);
                    }
                    key = Some(self.key(child));
                }
                _ => self.unknown(element, child),
            }
        }
        let structure =
            StructuredType { name: name?, base, is_abstract, is_open, properties, navigations, annotations };
        Some(Body { structure, key })
    }

    /// 6.5 Element `edm:Key`.
    fn key(&mut self, element: Element<'a>) -> Key<'a> {
        let mut properties = Vec::new();
        while let Some(child) = self.edm_child(element) {
            match child.name {
                "PropertyRef" => properties.extend(self.property_ref(child)),
                _ => self.unknown(element, child),
            }
        }
        if properties.is_empty() {
            self.missing_element(element, "PropertyRef");
        }
        Key { properties, span: element.span }
    }

    /// 6.6 Element `edm:PropertyRef`.
    fn property_ref(&mut self, element: Element<'a>) -> Option<PropertyRef<'a>> {
        let name = self.required(element, "Name");
        let alias = self.optional("Alias");
        self.no_children(element);
        Some(PropertyRef { name: name?, alias })
    }

    /// 7 Element `edm:Property`.
    fn property(&mut self, element: Element<'a>) -> Option<Property<'a>> {
        let name = self.required(element, "Name");
        let ty = self.type_use(element);
        let default_value = self.optional("DefaultValue");
        let annotations = self.only_annotations(element);
        Some(Property { name: name?, ty: ty?, default_value, annotations })
    }

    /// 8 Element `edm:NavigationProperty`.
    fn navigation_property(&mut self, element: Element<'a>) -> Option<NavigationProperty<'a>> {
        let name = self.required(element, "Name");
        let ty = self.required(element, "Type");
        let nullable = self.flag("Nullable");
        let partner = self.optional("Partner");
        let contains_target = self.flag("ContainsTarget").unwrap_or(false);
        let (mut constraints, mut annotations) = (Vec::new(), Vec::new());
        let mut on_delete: Option<(Span, Option<OnDelete<'a>>)> = None;
        while let Some(child) = self.edm_child(element) {
            match child.name {
                "ReferentialConstraint" => constraints.extend(self.referential_constraint(child)),
                "OnDelete" => {
                    if let Some((first, _)) = on_delete {
                        self.repeated(child, first);
                    }
                    on_delete = Some((child.span, self.on_delete(child)));
                }
                "Annotation" => annotations.extend(self.annotation(child)),
                _ => self.unknown(element, child),
            }
        }
        Some(NavigationProperty {
            name: name?,
            ty: ty?,
            nullable,
            partner,
            contains_target,
            constraints,
            on_delete: on_delete.and_then(|(_, it)| it),
            annotations,
        })
    }

    /// 8.5 Element `edm:ReferentialConstraint`.
    fn referential_constraint(&mut self, element: Element<'a>) -> Option<ReferentialConstraint<'a>> {
        let property = self.required(element, "Property");
        let referenced = self.required(element, "ReferencedProperty");
        let annotations = self.only_annotations(element);
        Some(ReferentialConstraint { property: property?, referenced: referenced?, annotations })
    }

    /// 8.6 Element `edm:OnDelete`.
    fn on_delete(&mut self, element: Element<'a>) -> Option<OnDelete<'a>> {
        let action = self.required(element, "Action");
        if let Some(action) = &action
            && !["Cascade", "None", "SetDefault", "SetNull"].contains(&&*action.value)
        {
            let fault = Diagnostic::error("csdl::bad-value", format!("`{}` is no value for `Action`", action.value));
            self.report(fault.at(action.span, "expected `Cascade`, `None`, `SetDefault` or `SetNull`"));
        }
        let annotations = self.only_annotations(element);
        Some(OnDelete { action: action?, annotations })
    }
}
