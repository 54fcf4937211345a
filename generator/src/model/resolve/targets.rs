//! 14.2: annotations that are written apart from their targets.

use std::collections::HashMap;

use super::Resolver;
use super::paths::Lost;
use super::say::Say;
use crate::csdl::{self, OperationKind};
use crate::diagnostic::Diagnostic;
use crate::model::{ContainerMemberKind, Element, ItemType, Operation, OperationId, TypeId, TypeKind, TypeRef};

/// What a target stands for: elements, and for each the place below it, if the model has one.
type Targets = Vec<(Element, Place)>;

/// A place below an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// The element itself.
    Whole,
    /// An own property, a member, a parameter, or a member of a container.
    Part(usize),
    /// What an operation returns.
    ReturnType,
    /// Something below it that the model has no place for.
    Deeper,
}

/// Why a target is none: the name that is wrong and the names that could have been meant.
struct Unknown {
    name: String,
    known: Vec<String>,
}

impl Resolver<'_, '_> {
    /// Binds every external annotation. An unknown target is a warning: nothing is generated from it.
    pub(super) fn bind_external(&mut self) {
        let documents = self.documents;
        let mut deeper = HashMap::new();
        for (document, read) in documents.iter().enumerate() {
            for schema in &read.schemas {
                if let Some(id) = self.model.find_schema(&schema.namespace.value) {
                    let own = self.inline(document, &schema.annotations);
                    if let Some(schema) = self.model.schemas.get_mut(id.0 as usize) {
                        own.iter().for_each(|it| schema.annotations.push(it.clone()));
                    }
                }
                for external in &schema.external {
                    match self.targets(document, &external.target.value) {
                        Ok(targets) => {
                            for (element, place) in targets {
                                self.attach(document, external, (element, place), &mut deeper);
                            }
                        }
                        Err(unknown) => self.unknown_target(document, external, unknown),
                    }
                }
            }
        }
    }

    fn unknown_target(&mut self, document: usize, external: &csdl::Annotations<'_>, unknown: Option<Unknown>) {
        let target = &external.target;
        let help = self.missing_document(document, target.value.split('/').next().unwrap_or_default());
        let help = help.or_else(|| {
            let unknown = unknown?;
            self.near(&unknown.name, unknown.known.iter().map(String::as_str))
        });
        self.report(
            Diagnostic::warning("resolve::unknown-target", format!("the annotated `{}` is not declared", target.value))
                .at(target.span, "these annotations are left out")
                .help_if(help),
        );
    }

    fn targets(&self, document: usize, text: &str) -> Result<Targets, Option<Unknown>> {
        // A signature holds no slash, so the path begins after it.
        let (head, signature, path) = match text.split_once('(') {
            Some((head, rest)) => {
                let (signature, path) = rest.rsplit_once(')').ok_or(None)?;
                let path = match path.strip_prefix('/') {
                    None if !path.is_empty() => return Err(None),
                    path => path,
                };
                (head, Some(signature), path)
            }
            None => text.split_once('/').map_or((text, None, None), |(head, path)| (head, None, Some(path))),
        };
        let found = self.split(document, head);
        if let (None, Some((schema, name))) = (signature, found) {
            if let Some(id) = self.model.index.types.get(&(schema, name)) {
                return self.below_type(document, *id, path);
            }
            if let Some(at) = self.containers.get(&(schema, name)) {
                return self.below_container(document, *at, path);
            }
            if let Some(id) = self.model.index.terms.get(&(schema, name)) {
                return below_leaf(Element::Term(*id), path);
            }
        }
        if let Some(key) = found
            && let Some(overloads) = self.operations.get(&key)
        {
            return self.below_operations(document, overloads, signature, path);
        }
        // A namespace may be called like a name in the one above it.
        if let (None, Some(id)) = (signature, self.schema_of(document, head)) {
            return below_leaf(Element::Schema(id), path);
        }
        Err(Some(self.unknown_head(document, head)))
    }

    fn unknown_head(&self, document: usize, head: &str) -> Unknown {
        if !self.may_search() {
            return Unknown { name: String::new(), known: Vec::new() };
        }
        let model = &self.model;
        let full = |schema, name: &str| format!("{}.{name}", model.schema(schema).namespace);
        let types = model.types().map(|(_, it)| full(it.schema, it.name));
        let operations = model.operations().map(|(_, it)| full(it.schema, it.name));
        let containers = model.containers().iter().map(|it| full(it.schema, it.name));
        let terms = model.terms().map(|(_, it)| full(it.schema, it.name));
        let schemas = model.schemas().map(|(_, it)| it.namespace.to_owned());
        let known = types.chain(containers).chain(terms).chain(operations).chain(schemas).collect();
        let name = self.split(document, head).map_or_else(|| head.to_owned(), |(schema, name)| full(schema, name));
        Unknown { name, known }
    }

    fn below_type(&self, document: usize, id: TypeId, path: Option<&str>) -> Result<Targets, Option<Unknown>> {
        let element = Element::Type(id);
        let Some(path) = path else { return Ok(vec![(element, Place::Whole)]) };
        match &self.model.ty(id).kind {
            TypeKind::Structured(_) => match self.find_property(id, path).filter(|(declaring, _)| *declaring == id) {
                Some((_, at)) => Ok(vec![(element, Place::Part(at))]),
                None => self.walk(document, id, path).map(|()| vec![(element, Place::Deeper)]),
            },
            TypeKind::Enum(it) => {
                let (member, rest) = path.split_once('/').map_or((path, None), |(first, rest)| (first, Some(rest)));
                let at = it.members.iter().position(|it| it.name == member);
                if at.is_none() && !member.starts_with('@') {
                    let known = it.members.iter().map(|it| it.name.to_owned()).collect();
                    return Err(Some(Unknown { name: member.to_owned(), known }));
                }
                match (at, rest) {
                    (Some(at), None) => Ok(vec![(element, Place::Part(at))]),
                    (_, rest) => below_leaf(element, rest.or(Some(path))),
                }
            }
            TypeKind::Definition(_) => below_leaf(element, Some(path)),
        }
    }

    fn below_container(&self, document: usize, at: usize, path: Option<&str>) -> Result<Targets, Option<Unknown>> {
        let element = Element::Container(at);
        let Some(path) = path else { return Ok(vec![(element, Place::Whole)]) };
        let (first, rest) = path.split_once('/').map_or((path, None), |(first, rest)| (first, Some(rest)));
        let members = self.model.containers.get(at).map(|it| it.members.as_slice()).unwrap_or_default();
        let place = self.members.get(&(at, first)).copied();
        let Some((place, member)) = place.and_then(|place| Some((place, members.get(place)?))) else {
            if first.starts_with('@') {
                return below_leaf(element, Some(path));
            }
            let known = members.iter().map(|it| it.name.to_owned()).collect();
            return Err(Some(Unknown { name: first.to_owned(), known }));
        };
        let Some(rest) = rest else { return Ok(vec![(element, Place::Part(place))]) };
        match &member.kind {
            ContainerMemberKind::EntitySet { entity_type, .. } | ContainerMemberKind::Singleton { entity_type } => {
                self.walk(document, *entity_type, rest).map(|()| vec![(element, Place::Deeper)])
            }
            ContainerMemberKind::Import { .. } => below_leaf(element, Some(rest)),
        }
    }

    /// 14.2.1: all overloads of a name, or the one with the signature: of functions all parameters, of actions the binding
    /// parameter.
    fn below_operations(
        &self,
        document: usize,
        overloads: &[OperationId],
        signature: Option<&str>,
        path: Option<&str>,
    ) -> Result<Targets, Option<Unknown>> {
        let wanted: Option<Vec<TypeRef>> = match signature.map(str::trim) {
            Some("") => Some(Vec::new()),
            Some(types) => {
                let types = types.split(',').map(|it| self.find_type_ref(document, it.trim()));
                Some(types.collect::<Option<_>>().ok_or(None)?)
            }
            None => None,
        };
        let matches = |operation: &Operation<'_>| {
            let Some(wanted) = &wanted else { return true };
            let types = operation.parameters.iter().map(|it| it.ty);
            let bound = types.clone().take(usize::from(operation.is_bound));
            types.eq(wanted.iter().copied())
                || (operation.kind == OperationKind::Action && bound.eq(wanted.iter().copied()))
        };
        let found: Vec<OperationId> =
            overloads.iter().copied().filter(|id| matches(self.model.operation(*id))).collect();
        let mut targets = Vec::new();
        let mut unknown = None;
        for id in found {
            match self.below_operation(document, id, path) {
                Ok(place) => targets.push((Element::Operation(id), place)),
                Err(fault) => unknown = unknown.or(fault),
            }
        }
        if targets.is_empty() { Err(unknown) } else { Ok(targets) }
    }

    fn below_operation(&self, document: usize, id: OperationId, path: Option<&str>) -> Result<Place, Option<Unknown>> {
        let operation = self.model.operation(id);
        let Some(path) = path else { return Ok(Place::Whole) };
        let (first, rest) = path.split_once('/').map_or((path, None), |(first, rest)| (first, Some(rest)));
        let at = operation.parameters.iter().position(|it| it.name == first);
        let (place, ty) = match (at, &operation.return_type) {
            (_, Some(returned)) if first == "$ReturnType" => (Place::ReturnType, Some(returned.ty)),
            (Some(at), _) => (Place::Part(at), operation.parameters.get(at).map(|it| it.ty)),
            (None, _) if first.starts_with('@') => return Ok(Place::Deeper),
            (None, _) => {
                let known = operation.parameters.iter().map(|it| it.name.to_owned());
                let known = known.chain(["$ReturnType".to_owned()]).collect();
                return Err(Some(Unknown { name: first.to_owned(), known }));
            }
        };
        match (rest, ty.map(|it| it.item)) {
            (None, _) => Ok(place),
            (Some(rest), Some(ItemType::Declared(id))) => self.walk(document, id, rest).map(|()| Place::Deeper),
            (Some(rest), _) if rest.starts_with('@') => Ok(Place::Deeper),
            (Some(_), _) => Err(None),
        }
    }

    /// Whether a path below a type leads somewhere, up to the annotation that it may end in.
    fn walk(&self, document: usize, id: TypeId, path: &str) -> Result<(), Option<Unknown>> {
        let steps = path.find("/@").map_or(path, |at| path.get(..at).unwrap_or_default());
        if steps.starts_with('@') {
            return Ok(());
        }
        match self.follow(document, id, steps) {
            Ok(_) | Err(Lost::Unsaid) => Ok(()),
            // Nothing is generated for a dynamic property, so that a slip and one of them are the same here.
            Err(Lost::Property(on, name) | Lost::Open(on, name)) => {
                let known = self.model.all_properties(on).iter().map(|(_, it)| it.name.to_owned()).collect();
                Err(Some(Unknown { name: name.to_owned(), known }))
            }
            Err(Lost::Cast(name)) => Err(Some(self.unknown_head(document, name))),
            Err(Lost::Leaf(_)) => Err(None),
        }
    }
}

/// Of what has nothing below it but annotations.
fn below_leaf(element: Element, path: Option<&str>) -> Result<Targets, Option<Unknown>> {
    match path {
        None => Ok(vec![(element, Place::Whole)]),
        Some(path) if path.starts_with('@') => Ok(vec![(element, Place::Deeper)]),
        Some(_) => Err(None),
    }
}
