//! Reachability over base types, properties, derived types and operations.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::{Call, Reason, Resource, Selection};
use crate::config::{Config, DerivedPolicy, Loaded};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{ItemType, Model, OperationId, SchemaId, TypeId, TypeRef};
use crate::nearest::nearest;
use crate::source::Span;

/// A work list over the model.
pub(super) struct Closure<'c, 'm> {
    model: &'c Model<'m>,
    config: &'c Loaded<Config>,
    unknown: Severity,
    policies: BTreeMap<TypeId, &'c DerivedPolicy>,
    selection: Selection,
    open: VecDeque<TypeId>,
}

impl<'c, 'm> Closure<'c, 'm> {
    pub(super) fn new(model: &'c Model<'m>, config: &'c Loaded<Config>, unknown: Severity) -> Self {
        Self {
            model,
            config,
            unknown,
            policies: BTreeMap::new(),
            selection: Selection::default(),
            open: VecDeque::new(),
        }
    }

    /// Namespaces that the configuration selects whole. One that the document lacks is an error that lists what it has (T-15).
    pub(super) fn namespaces(&mut self, diagnostics: &mut Vec<Diagnostic>) {
        for namespace in &self.config.value.select.namespaces {
            match self.model.find_schema(namespace.get_ref()) {
                Some(id) => {
                    self.selection.namespaces.insert(id);
                }
                None => diagnostics.push(
                    Diagnostic::error(
                        "select::unknown-namespace",
                        format!("namespace `{}` is not in this document", namespace.get_ref()),
                    )
                    .at(self.config.span(namespace), "selected here")
                    .help(format!("the document has these namespaces: {}", self.namespace_list())),
                ),
            }
        }
        self.whole_namespaces();
    }

    /// One namespace and no other.
    pub(super) fn only_namespace(&mut self, id: SchemaId) {
        self.selection.namespaces.insert(id);
        self.whole_namespaces();
    }

    fn whole_namespaces(&mut self) {
        for (id, ty) in self.model.types() {
            if self.selection.namespaces.contains(&ty.schema) {
                self.add(id, Reason::Namespace);
            }
        }
        for (id, operation) in self.model.operations() {
            if self.selection.namespaces.contains(&operation.schema) {
                self.add_operation(id);
            }
        }
    }

    fn namespace_list(&self) -> String {
        let mut names: Vec<&str> = self.model.schemas().map(|(_, schema)| schema.namespace).collect();
        names.sort_unstable();
        names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
    }

    /// Types that the configuration names.
    pub(super) fn named_types(&mut self, diagnostics: &mut Vec<Diagnostic>) {
        for name in &self.config.value.select.types {
            match self.model.find_type(name.get_ref()) {
                Some(id) => self.add(id, Reason::Named),
                None => diagnostics.push(self.unknown_type(name.get_ref(), self.config.span(name))),
            }
        }
    }

    /// The policy of each base that the configuration names, and the one for all others.
    pub(super) fn policies(&mut self, diagnostics: &mut Vec<Diagnostic>) {
        let select = &self.config.value.select;
        for (name, span, found) in self.listed(&select.derived) {
            match found {
                Some(id) if self.model.structured(id).is_some_and(|it| it.base.is_some()) => {}
                Some(_) => diagnostics.push(not_derived(format!("`{name}` derives from nothing"), span)),
                None => diagnostics.push(self.unknown_type(name, span)),
            }
        }
        for (base, policy) in &select.derived_from {
            let Some(id) = self.model.find_type(base.get_ref()) else {
                // Another document (another cloud, an older state) may have nothing that derives from it.
                let severity = self.unknown;
                let fault = self.unknown_type(base.get_ref(), self.config.span(base));
                diagnostics.push(Diagnostic { severity, ..fault });
                continue;
            };
            for (name, span, found) in self.listed(policy) {
                match found {
                    Some(derived) if self.model.ancestry(derived).any(|it| it == id) => {}
                    Some(_) => {
                        let fault = format!("`{name}` does not derive from `{}`", base.get_ref());
                        diagnostics.push(not_derived(fault, span));
                    }
                    None => diagnostics.push(self.unknown_type(name, span)),
                }
            }
            self.policies.insert(id, policy);
        }
    }

    /// What a policy lists: each name, its place, and the type it stands for.
    fn listed(&self, policy: &'c DerivedPolicy) -> impl Iterator<Item = (&'c str, Span, Option<TypeId>)> {
        let names = if let DerivedPolicy::Listed(names) = policy { names.as_slice() } else { &[] };
        names.iter().map(|it| (it.get_ref().as_str(), self.config.span(it), self.model.find_type(it.get_ref())))
    }

    fn unknown_type(&self, name: &str, span: Span) -> Diagnostic {
        let fault = Diagnostic::error("select::unknown-type", format!("type `{name}` is not in this document"))
            .at(span, "selected here");
        let names: Vec<String> = self.model.types().map(|(id, _)| self.model.qualified_name(id)).collect();
        match nearest(name, names.iter().map(String::as_str)) {
            Some(near) => fault.help(format!("a type with a similar name exists: `{near}`")),
            None => fault,
        }
    }

    /// The types that a path leads to. Types that it only passes through stay out.
    pub(super) fn resource_types(&mut self, resource: &Resource) {
        if resource.is_root {
            self.add(resource.entity_type, Reason::Path(resource.template.clone()));
            for (id, operation) in self.model.operations() {
                let bound_here = operation.is_bound
                    && operation.parameters.first().is_some_and(|it| binds(it.ty, resource.entity_type));
                if bound_here {
                    self.add_operation(id);
                }
            }
        }
        for child in &resource.children {
            self.resource_types(child);
        }
    }

    /// The types that imported functions and actions take and return.
    pub(super) fn import_types(&mut self, imports: &[Call]) {
        for import in imports {
            self.add_operation(import.operation);
        }
    }

    fn add(&mut self, id: TypeId, reason: Reason) {
        if !self.selection.contains(id) {
            self.selection.types.insert(id, reason);
            self.open.push_back(id);
        }
    }

    fn add_operation(&mut self, id: OperationId) {
        if self.selection.operations.insert(id) {
            let operation = self.model.operation(id);
            let parameters = operation.parameters.iter().map(|it| it.ty);
            let results = operation.return_type.iter().map(|it| it.ty);
            let types: Vec<TypeRef> = parameters.chain(results).collect();
            for ty in types {
                self.add_ref(ty, || Reason::Operation(id));
            }
        }
    }

    fn add_ref(&mut self, ty: TypeRef, reason: impl FnOnce() -> Reason) {
        if let ItemType::Declared(id) = ty.item {
            self.add(id, reason());
        }
    }

    /// Follows everything that is reachable.
    pub(super) fn run(&mut self) {
        while let Some(id) = self.open.pop_front() {
            let Some(structured) = self.model.structured(id) else { continue };
            if let Some(base) = structured.base {
                self.add(base, Reason::BaseOf(id));
            }
            for property in &structured.properties {
                self.add_ref(property.ty, || Reason::PropertyOf(id, property.name.to_owned()));
            }
            for derived in self.let_in(id) {
                self.add(derived, Reason::DerivedFrom(id));
            }
        }
    }

    /// The derived types of a base that its policy lets in.
    fn let_in(&self, base: TypeId) -> Vec<TypeId> {
        // A policy holds for the whole family below the base that it names.
        let policy = self
            .model
            .ancestry(base)
            .find_map(|it| self.policies.get(&it).copied())
            .unwrap_or(&self.config.value.select.derived);
        let descendants = self.model.descendants(base);
        let in_namespaces = |schema: SchemaId| self.selection.namespaces.contains(&schema);
        match policy {
            DerivedPolicy::All => descendants,
            DerivedPolicy::None => Vec::new(),
            DerivedPolicy::SelectedNamespaces => {
                descendants.into_iter().filter(|it| in_namespaces(self.model.ty(*it).schema)).collect()
            }
            DerivedPolicy::Listed(names) => {
                let listed: BTreeSet<TypeId> =
                    names.iter().filter_map(|name| self.model.find_type(name.get_ref())).collect();
                descendants.into_iter().filter(|it| listed.contains(it)).collect()
            }
        }
    }

    /// What was reached, in no order that matters.
    pub(super) fn types(self) -> impl Iterator<Item = TypeId> {
        self.selection.types.into_keys()
    }

    pub(super) fn finish(mut self) -> Selection {
        let mut named: Vec<(String, TypeId)> =
            self.selection.types.keys().map(|id| (self.model.qualified_name(*id), *id)).collect();
        named.sort_unstable();
        self.selection.order = named.into_iter().map(|(_, id)| id).collect();
        self.selection
    }
}

fn not_derived(fault: String, span: Span) -> Diagnostic {
    Diagnostic::error("select::not-derived", fault)
        .at(span, "listed here")
        .help("remove it, or list it for a type that it derives from")
}

/// Whether an operation is bound to a type itself: those on a base are for every type derived from it, and not asked for.
fn binds(binding: TypeRef, entity_type: TypeId) -> bool {
    matches!(binding.item, ItemType::Declared(id) if id == entity_type)
}
