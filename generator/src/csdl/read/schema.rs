//! 5 Schema and its definitions other than structured types, operations and containers.

use super::tokens::{Element, Reader};
use crate::csdl::element::{Annotations, EnumType, Member, Schema, SchemaItem, Term, TypeDefinition};
use crate::csdl::element::{ComplexType, OperationKind};

impl<'a> Reader<'a, '_> {
    /// 5 Element `edm:Schema`.
    pub(super) fn schema(&mut self, element: Element<'a>) -> Option<Schema<'a>> {
        let namespace = self.required(element, "Namespace");
        if let Some(namespace) = &namespace {
            // What it declares is read all the same, for what else is wrong.
            self.is_reserved("namespace", namespace);
        }
        let alias = self.alias();
        let (mut items, mut external, mut annotations) = (Vec::new(), Vec::new(), Vec::new());
        while let Some(child) = self.edm_child(element) {
            match child.name {
                "EntityType" => items.extend(self.entity_type(child).map(SchemaItem::Entity)),
                "ComplexType" => {
                    let structure = self.structured_type(child).map(|body| body.structure);
                    items.extend(structure.map(|structure| SchemaItem::Complex(ComplexType { structure })));
                }
                "EnumType" => items.extend(self.enum_type(child).map(SchemaItem::Enum)),
                "TypeDefinition" => items.extend(self.type_definition(child).map(SchemaItem::Definition)),
                "Action" => {
                    items.extend(self.operation(child, OperationKind::Action).map(SchemaItem::Operation));
                }
                "Function" => {
                    items.extend(self.operation(child, OperationKind::Function).map(SchemaItem::Operation));
                }
                "Term" => items.extend(self.term(child).map(SchemaItem::Term)),
                "EntityContainer" => items.extend(self.entity_container(child).map(SchemaItem::Container)),
                "Annotations" => external.extend(self.annotations_element(child)),
                "Annotation" => annotations.extend(self.annotation(child)),
                _ => self.unknown(element, child),
            }
        }
        Some(Schema { namespace: namespace?, alias, items, external, annotations })
    }

    /// 10 Element `edm:EnumType`.
    fn enum_type(&mut self, element: Element<'a>) -> Option<EnumType<'a>> {
        let name = self.required(element, "Name");
        let underlying = self.optional("UnderlyingType");
        let is_flags = self.flag("IsFlags").unwrap_or(false);
        let (mut members, mut annotations) = (Vec::new(), Vec::new());
        while let Some(child) = self.edm_child(element) {
            match child.name {
                "Member" => members.extend(self.member(child)),
                "Annotation" => annotations.extend(self.annotation(child)),
                _ => self.unknown(element, child),
            }
        }
        Some(EnumType { name: name?, underlying, is_flags, members, annotations })
    }

    /// 10.3 Element `edm:Member`.
    fn member(&mut self, element: Element<'a>) -> Option<Member<'a>> {
        let name = self.required(element, "Name");
        let value = self.optional("Value");
        let annotations = self.only_annotations(element);
        Some(Member { name: name?, value, annotations })
    }

    /// 11 Element `edm:TypeDefinition`.
    fn type_definition(&mut self, element: Element<'a>) -> Option<TypeDefinition<'a>> {
        let name = self.required(element, "Name");
        let underlying = self.required(element, "UnderlyingType");
        let facets = self.facets();
        let annotations = self.only_annotations(element);
        Some(TypeDefinition { name: name?, underlying: underlying?, facets, annotations })
    }

    /// 14.1 Element `edm:Term`.
    fn term(&mut self, element: Element<'a>) -> Option<Term<'a>> {
        let name = self.required(element, "Name");
        let ty = self.type_use(element);
        let base_term = self.optional("BaseTerm");
        let default_value = self.optional("DefaultValue");
        let applies_to = self.optional("AppliesTo");
        let annotations = self.only_annotations(element);
        Some(Term { name: name?, ty: ty?, base_term, default_value, applies_to, annotations })
    }

    /// 14.2 Element `edm:Annotations`.
    fn annotations_element(&mut self, element: Element<'a>) -> Option<Annotations<'a>> {
        let target = self.required(element, "Target");
        let qualifier = self.optional("Qualifier");
        let annotations = self.only_annotations(element);
        Some(Annotations { target: target?, qualifier, annotations })
    }
}
