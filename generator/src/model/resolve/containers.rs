//! Entity containers and what is in them.

use super::say::Say;
use super::{Referrer, Resolver};
use crate::csdl::{self, ContainerItem, NavigationBinding, SchemaItem, Text};
use crate::diagnostic::Diagnostic;
use crate::model::{Annotations, Container, ContainerMember, ContainerMemberKind, OperationId, TypeId};

/// A container of the model, and where it is declared.
#[derive(Debug, Clone, Copy)]
pub(super) struct DeclaredContainer<'m> {
    /// Its place in the model.
    pub(super) at: usize,
    pub(super) document: usize,
    pub(super) item: &'m csdl::Container<'m>,
}

impl<'m> Resolver<'m, '_> {
    /// Defines every container, with what it extends.
    pub(super) fn define_containers(&mut self) -> Vec<DeclaredContainer<'m>> {
        let documents = self.documents;
        let mut declared: Vec<DeclaredContainer<'m>> = Vec::new();
        for (document, read) in documents.iter().enumerate() {
            for schema in &read.schemas {
                let Some(id) = self.model.find_schema(&schema.namespace.value) else { continue };
                for item in &schema.items {
                    let SchemaItem::Container(item) = item else { continue };
                    self.referrer = Referrer { definition: &item.name.value, part: "" };
                    let members = self.members(document, item);
                    let at = self.model.containers.len();
                    let first = *self.containers.entry((id, &item.name.value)).or_insert(at);
                    if let (true, Some(first)) = (first != at, self.model.containers.get(first)) {
                        self.duplicate("entity container", &item.name, first.span);
                        continue;
                    }
                    let annotations = self.inline(document, &item.annotations);
                    self.model.containers.push(Container {
                        schema: id,
                        name: &item.name.value,
                        span: item.name.span,
                        extends: None,
                        members,
                        annotations,
                    });
                    declared.push(DeclaredContainer { at, document, item });
                }
            }
        }
        for it in &declared {
            self.link_container(it);
        }
        self.extend_containers(&declared);
        declared
    }

    fn members(&mut self, document: usize, declared: &'m csdl::Container<'m>) -> Vec<ContainerMember<'m>> {
        let mut members: Vec<ContainerMember<'m>> = Vec::with_capacity(declared.items.len());
        let mut seen = super::unique::Unique::default();
        for item in &declared.items {
            self.referrer.part = item_name(item);
            let (name, kind, bindings, annotations) = match item {
                ContainerItem::EntitySet(it) => {
                    let kind = self.entity_type(document, &it.entity_type).map(|entity_type| {
                        ContainerMemberKind::EntitySet { entity_type, in_service_document: it.in_service_document }
                    });
                    (&it.name, kind, pairs(&it.bindings), &it.annotations)
                }
                ContainerItem::Singleton(it) => {
                    let kind = self.entity_type(document, &it.ty);
                    let kind = kind.map(|entity_type| ContainerMemberKind::Singleton { entity_type });
                    (&it.name, kind, pairs(&it.bindings), &it.annotations)
                }
                ContainerItem::Import(it) => (&it.name, self.import(document, it), Vec::new(), &it.annotations),
            };
            if let Some(first) = seen.insert(name) {
                self.duplicate("container member", name, first);
                continue;
            }
            let Some(kind) = kind else {
                self.lost_members.insert(&name.value);
                continue;
            };
            let annotations: Annotations<'m> = self.inline(document, annotations);
            members.push(ContainerMember { name: &name.value, span: name.span, kind, bindings, annotations });
        }
        members
    }

    /// 13.2 and 13.3: the type of a set or singleton is an entity type.
    fn entity_type(&mut self, document: usize, text: &Text<'_>) -> Option<TypeId> {
        let Some(id) = self.find_type(document, &text.value) else {
            self.unknown_type(document, &text.value, text.span);
            return None;
        };
        if self.model.structured(id).is_some_and(|it| it.is_entity) {
            return Some(id);
        }
        self.report(
            Diagnostic::error("resolve::not-an-entity", format!("`{}` is not an entity type", text.value))
                .at(text.span, "an entity type is needed here")
                .also(self.model.ty(id).span, "declared here"),
        );
        None
    }

    /// 13.5 and 13.6: the unbound overloads that an import names.
    fn import(&mut self, document: usize, declared: &'m csdl::Import<'m>) -> Option<ContainerMemberKind<'m>> {
        let (schema, name) = self.split(document, &declared.operation.value).unzip();
        let overloads =
            schema.zip(name).and_then(|key| self.operations.get(&key)).map(Vec::as_slice).unwrap_or_default();
        let found: Vec<OperationId> = overloads
            .iter()
            .copied()
            .filter(|id| {
                let it = self.model.operation(*id);
                it.kind == declared.kind && !it.is_bound
            })
            .collect();
        if found.is_empty() {
            self.unknown_operation(document, declared, overloads.first().copied());
            return None;
        }
        let entity_set = declared.entity_set.as_ref().map(|it| it.value.as_ref());
        Some(ContainerMemberKind::Import { operations: found, entity_set })
    }

    fn unknown_operation(&mut self, document: usize, declared: &csdl::Import<'_>, same_name: Option<OperationId>) {
        let kind = match declared.kind {
            csdl::OperationKind::Action => "action",
            csdl::OperationKind::Function => "function",
        };
        let message = format!("`{}` is no unbound {kind}", declared.operation.value);
        let mut fault =
            Diagnostic::error("resolve::unknown-operation", message).at(declared.operation.span, "imported here");
        if let Some(other) = same_name {
            fault = fault.also(self.model.operation(other).span, "this one is of another kind, or bound");
        }
        let help = self.missing_document(document, &declared.operation.value).or_else(|| {
            let unbound = self.model.operations().filter(|(_, it)| it.kind == declared.kind && !it.is_bound);
            let names: Vec<String> =
                unbound.map(|(_, it)| format!("{}.{}", self.model.schema(it.schema).namespace, it.name)).collect();
            self.near(&declared.operation.value, names.iter().map(String::as_str))
        });
        self.report(fault.help_if(help));
    }
}

fn item_name<'m>(item: &'m ContainerItem<'m>) -> &'m str {
    match item {
        ContainerItem::EntitySet(it) => &it.name.value,
        ContainerItem::Singleton(it) => &it.name.value,
        ContainerItem::Import(it) => &it.name.value,
    }
}

fn pairs<'m>(bindings: &'m [NavigationBinding<'m>]) -> Vec<(&'m Text<'m>, &'m Text<'m>)> {
    bindings.iter().map(|it| (&it.path, &it.target)).collect()
}
