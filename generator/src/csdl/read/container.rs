//! 13 Entity container.

use super::tokens::{Element, Reader};
use crate::csdl::element::{Container, ContainerItem, EntitySet, Import, NavigationBinding, OperationKind, Singleton};
use crate::csdl::expression::Annotation;

impl<'a> Reader<'a, '_> {
    /// 13 Element `edm:EntityContainer`.
    pub(super) fn entity_container(&mut self, element: Element<'a>) -> Option<Container<'a>> {
        let name = self.required(element, "Name");
        let extends = self.optional("Extends");
        let (mut items, mut annotations) = (Vec::new(), Vec::new());
        while let Some(child) = self.edm_child(element) {
            match child.name {
                "EntitySet" => items.extend(self.entity_set(child).map(ContainerItem::EntitySet)),
                "Singleton" => items.extend(self.singleton(child).map(ContainerItem::Singleton)),
                "ActionImport" => {
                    items.extend(self.import(child, OperationKind::Action, "Action").map(ContainerItem::Import));
                }
                "FunctionImport" => {
                    items.extend(self.import(child, OperationKind::Function, "Function").map(ContainerItem::Import));
                }
                "Annotation" => annotations.extend(self.annotation(child)),
                _ => self.unknown(element, child),
            }
        }
        Some(Container { name: name?, extends, items, annotations })
    }

    /// 13.2 Element `edm:EntitySet`.
    fn entity_set(&mut self, element: Element<'a>) -> Option<EntitySet<'a>> {
        let name = self.required(element, "Name");
        let entity_type = self.required(element, "EntityType");
        let in_service_document = self.flag("IncludeInServiceDocument").unwrap_or(true);
        let (bindings, annotations) = self.bindings(element);
        Some(EntitySet { name: name?, entity_type: entity_type?, in_service_document, bindings, annotations })
    }

    /// 13.3 Element `edm:Singleton`.
    fn singleton(&mut self, element: Element<'a>) -> Option<Singleton<'a>> {
        let name = self.required(element, "Name");
        let ty = self.required(element, "Type");
        let nullable = self.flag("Nullable");
        let (bindings, annotations) = self.bindings(element);
        Some(Singleton { name: name?, ty: ty?, nullable, bindings, annotations })
    }

    /// The children of entity sets and singletons.
    fn bindings(&mut self, element: Element<'a>) -> (Vec<NavigationBinding<'a>>, Vec<Annotation<'a>>) {
        let (mut bindings, mut annotations) = (Vec::new(), Vec::new());
        while let Some(child) = self.edm_child(element) {
            match child.name {
                "NavigationPropertyBinding" => bindings.extend(self.navigation_binding(child)),
                "Annotation" => annotations.extend(self.annotation(child)),
                _ => self.unknown(element, child),
            }
        }
        (bindings, annotations)
    }

    /// 13.4 Element `edm:NavigationPropertyBinding`.
    fn navigation_binding(&mut self, element: Element<'a>) -> Option<NavigationBinding<'a>> {
        let path = self.required(element, "Path");
        let target = self.required(element, "Target");
        self.no_children(element);
        Some(NavigationBinding { path: path?, target: target? })
    }

    /// 13.5 Element `edm:ActionImport` and 13.6 Element `edm:FunctionImport`.
    fn import(&mut self, element: Element<'a>, kind: OperationKind, operation: &str) -> Option<Import<'a>> {
        let name = self.required(element, "Name");
        let operation = self.required(element, operation);
        let entity_set = self.optional("EntitySet");
        // Of functions only; an action with it is warned of like any other unknown attribute.
        let is_function = kind == OperationKind::Function;
        let in_service_document = if is_function { self.flag("IncludeInServiceDocument") } else { None };
        let annotations = self.only_annotations(element);
        Some(Import { kind, name: name?, operation: operation?, entity_set, in_service_document, annotations })
    }
}
