//! 14.2: annotations that are written apart from their targets.

use std::collections::HashSet;

use super::Resolver;
use crate::csdl::{self, SchemaItem};
use crate::diagnostic::Diagnostic;
use crate::model::{Annotations, OperationId, SchemaId, TypeId, TypeKind, TypeRef};

/// What a target stands for.
enum Target {
    Type(TypeId),
    Property(TypeId, usize),
    Member(TypeId, usize),
    Operations(Vec<OperationId>),
    Parameter(Vec<(OperationId, usize)>),
    Container(usize),
    ContainerMember(usize, usize),
    Schema(SchemaId),
    ReturnType(Vec<OperationId>),
    /// Something that the model does not keep: a term, an annotation, a path through a set.
    Elsewhere,
}

impl<'m> Resolver<'m, '_> {
    /// Binds every external annotation. An unknown target is a warning: nothing is generated from it.
    pub(super) fn bind_external(&mut self) {
        let documents = self.documents;
        let terms: HashSet<(SchemaId, &'m str)> = self.terms();
        for (document, read) in documents.iter().enumerate() {
            for schema in &read.schemas {
                if let Some(id) = self.model.find_schema(&schema.namespace.value) {
                    let own = self.inline(document, &schema.annotations);
                    if let Some(schema) = self.model.schemas.get_mut(id.0 as usize) {
                        own.iter().for_each(|it| schema.annotations.push(it.clone()));
                    }
                }
                for external in &schema.external {
                    match self.target(document, &external.target.value, &terms) {
                        Some(target) => self.attach(document, external, &target),
                        None => self.report(
                            Diagnostic::warning(
                                "resolve::unknown-target",
                                format!("the annotated `{}` is not declared", external.target.value),
                            )
                            .at(external.target.span, "these annotations are left out"),
                        ),
                    }
                }
            }
        }
    }

    fn terms(&self) -> HashSet<(SchemaId, &'m str)> {
        let mut terms = HashSet::new();
        for schema in self.documents.iter().flat_map(|it| &it.schemas) {
            let Some(id) = self.model.find_schema(&schema.namespace.value) else { continue };
            for item in &schema.items {
                if let SchemaItem::Term(it) = item {
                    terms.insert((id, it.name.value.as_ref()));
                }
            }
        }
        terms
    }

    fn target(&self, document: usize, text: &str, terms: &HashSet<(SchemaId, &'m str)>) -> Option<Target> {
        // A signature may hold slashes in no name, so the path begins after it.
        let (signature, path) = match text.split_once('(') {
            Some((name, rest)) => {
                let end = rest.rfind(')')?;
                let path = rest.get(end + 1..)?.strip_prefix('/');
                return self.operation_target(document, name, Some(rest.get(..end)?), path);
            }
            None => text.split_once('/').map_or((text, None), |(name, path)| (name, Some(path))),
        };
        let Some((schema, name)) = self.split(document, signature) else {
            return (path.is_none())
                .then(|| self.model.find_schema(self.scopes.namespace(document, text)))
                .flatten()
                .map(Target::Schema);
        };
        if let Some(id) = self.model.index.types.get(&(schema, name)) {
            return self.type_target(*id, path);
        }
        let container = self.model.containers.iter().position(|it| it.schema == schema && it.name == name);
        if let Some(container) = container {
            return self.container_target(container, path);
        }
        if terms.contains(&(schema, name)) {
            return Some(Target::Elsewhere);
        }
        self.operation_target(document, signature, None, path).or_else(|| {
            // A namespace may be called like a name in the one above it.
            path.is_none().then(|| self.model.find_schema(text)).flatten().map(Target::Schema)
        })
    }

    fn type_target(&self, id: TypeId, path: Option<&str>) -> Option<Target> {
        let Some(path) = path else { return Some(Target::Type(id)) };
        let (first, deeper) = path.split_once('/').map_or((path, false), |(first, _)| (first, true));
        if first.starts_with('@') || deeper {
            return Some(Target::Elsewhere);
        }
        match &self.model.ty(id).kind {
            TypeKind::Structured(it) => {
                let own = it.properties.iter().position(|it| it.name == first);
                // What is said of an inherited property is said of it in this type only, which the model does not keep.
                let inherited = || self.model.all_properties(id).iter().any(|(_, it)| it.name == first);
                own.map(|at| Target::Property(id, at)).or_else(|| inherited().then_some(Target::Elsewhere))
            }
            TypeKind::Enum(it) => it.members.iter().position(|it| it.name == first).map(|at| Target::Member(id, at)),
            TypeKind::Definition(_) => None,
        }
    }

    fn container_target(&self, container: usize, path: Option<&str>) -> Option<Target> {
        let Some(path) = path else { return Some(Target::Container(container)) };
        let (first, deeper) = path.split_once('/').map_or((path, false), |(first, _)| (first, true));
        let members = &self.model.containers.get(container)?.members;
        let at = members.iter().position(|it| it.name == first);
        at.map(|at| if deeper { Target::Elsewhere } else { Target::ContainerMember(container, at) })
    }

    /// 14.2.1: all overloads of a name, or the one with the signature: of functions all parameters, of actions the binding
    /// parameter.
    fn operation_target(
        &self,
        document: usize,
        name: &str,
        signature: Option<&str>,
        path: Option<&str>,
    ) -> Option<Target> {
        let (schema, name) = self.split(document, name)?;
        let wanted: Option<Vec<TypeRef>> = match signature {
            Some(it) => {
                let types = it.split(',').map(str::trim).filter(|it| !it.is_empty());
                Some(types.map(|it| self.find_type_ref(document, it)).collect::<Option<_>>()?)
            }
            None => None,
        };
        let matches = |operation: &crate::model::Operation<'_>| {
            let Some(wanted) = &wanted else { return true };
            let types = operation.parameters.iter().map(|it| it.ty);
            let bound = types.clone().take(usize::from(operation.is_bound));
            types.eq(wanted.iter().copied())
                || (operation.kind == csdl::OperationKind::Action && bound.eq(wanted.iter().copied()))
        };
        let overloads = self.operations.get(&(schema, name)).map(Vec::as_slice).unwrap_or_default();
        let found: Vec<OperationId> =
            overloads.iter().copied().filter(|id| matches(self.model.operation(*id))).collect();
        if found.is_empty() {
            return None;
        }
        let Some(path) = path else { return Some(Target::Operations(found)) };
        if path == "$ReturnType" {
            return Some(Target::ReturnType(found));
        }
        if path.contains('/') {
            return Some(Target::Elsewhere);
        }
        let parameters: Vec<(OperationId, usize)> = found
            .iter()
            .filter_map(|id| Some((*id, self.model.operation(*id).parameters.iter().position(|it| it.name == path)?)))
            .collect();
        (!parameters.is_empty()).then_some(Target::Parameter(parameters))
    }

    fn attach(&mut self, document: usize, external: &'m csdl::Annotations<'m>, target: &Target) {
        let qualifier = external.qualifier.as_ref().map(|it| it.value.as_ref());
        let mut bound = Annotations::default();
        self.bind(document, qualifier, &external.annotations, &mut bound);
        let add = |to: Option<&mut Annotations<'m>>| {
            if let Some(to) = to {
                bound.iter().for_each(|it| to.push(it.clone()));
            }
        };
        let model = &mut self.model;
        match target {
            Target::Type(id) => add(model.types.get_mut(id.0 as usize).map(|it| &mut it.annotations)),
            Target::Property(id, at) => {
                if let Some(TypeKind::Structured(it)) = model.types.get_mut(id.0 as usize).map(|it| &mut it.kind) {
                    add(it.properties.get_mut(*at).map(|it| &mut it.annotations));
                }
            }
            Target::Member(id, at) => {
                if let Some(TypeKind::Enum(it)) = model.types.get_mut(id.0 as usize).map(|it| &mut it.kind) {
                    add(it.members.get_mut(*at).map(|it| &mut it.annotations));
                }
            }
            Target::Operations(ids) => {
                for id in ids {
                    add(model.operations.get_mut(id.0 as usize).map(|it| &mut it.annotations));
                }
            }
            Target::Parameter(places) => {
                for (id, at) in places {
                    let operation = model.operations.get_mut(id.0 as usize);
                    add(operation.and_then(|it| it.parameters.get_mut(*at)).map(|it| &mut it.annotations));
                }
            }
            Target::ReturnType(ids) => {
                for id in ids {
                    let operation = model.operations.get_mut(id.0 as usize);
                    add(operation.and_then(|it| it.return_type.as_mut()).map(|it| &mut it.annotations));
                }
            }
            Target::Container(at) => add(model.containers.get_mut(*at).map(|it| &mut it.annotations)),
            Target::ContainerMember(container, at) => {
                let container = model.containers.get_mut(*container);
                add(container.and_then(|it| it.members.get_mut(*at)).map(|it| &mut it.annotations));
            }
            Target::Schema(id) => add(model.schemas.get_mut(id.0 as usize).map(|it| &mut it.annotations)),
            Target::Elsewhere => {}
        }
    }
}
