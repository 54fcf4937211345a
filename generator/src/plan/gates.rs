//! Which features of the crate bring a type in, and what refers to it only where it is there.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::{Config, Loaded};
use crate::diagnostic::Diagnostic;
use crate::model::{Model, SchemaId, TypeId};
use crate::names::Names;
use crate::select::{Selection, parts};

/// The features of the crate, any of which brings something in, sorted. Empty: nothing stands in its way.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Gate(pub Vec<String>);

/// The features of every type; none at all where namespaces are not features.
#[derive(Debug, Default)]
pub(super) struct TypeGates {
    /// The names of the features, sorted.
    features: Vec<String>,
    /// Places in `features`, ascending; a type that is not in here is always there.
    of: BTreeMap<TypeId, Vec<usize>>,
}

impl TypeGates {
    /// Of a crate whose namespaces are features; empty where the configuration does not ask for that.
    pub(super) fn new(
        model: &Model<'_>,
        selection: &Selection,
        names: &Names,
        config: &Loaded<Config>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        if !config.value.output.namespace_features {
            return Self::default();
        }
        let parts = parts(model, config, selection);
        // A namespace without types has no module and needs no feature.
        let mut by_feature: Vec<(String, &[TypeId])> = Vec::new();
        for (schema, types) in &parts.namespaces {
            let Some(module) = names.modules.get(schema) else { continue };
            refuse_taken(module.unraw(), model.schema(*schema).namespace, config, diagnostics);
            by_feature.push((module.unraw().to_owned(), types.as_slice()));
        }
        by_feature.sort_unstable();
        let mut of: BTreeMap<TypeId, Vec<usize>> = BTreeMap::new();
        for (feature, (_, types)) in by_feature.iter().enumerate() {
            for id in *types {
                of.entry(*id).or_default().push(feature);
            }
        }
        for id in &parts.always {
            of.remove(id);
        }
        Self { features: by_feature.into_iter().map(|(name, _)| name).collect(), of }
    }

    /// What a reference from one type to another stands behind. The properties and bases of a type come in with it, so
    /// that the features of what it refers to are all of its own or, for a derived type, some of them.
    pub(super) fn between(&self, from: TypeId, to: TypeId) -> Gate {
        let (own, other) = (self.of.get(&from), self.of.get(&to));
        match other {
            Some(other) if own.is_none_or(|own| !own.iter().all(|it| other.contains(it))) => self.gate(other),
            _ => Gate::default(),
        }
    }

    /// What a type stands behind.
    pub(super) fn of(&self, id: TypeId) -> Gate {
        self.of.get(&id).map(|it| self.gate(it)).unwrap_or_default()
    }

    /// A module of some types: any feature that brings in one of them, or none if one of them is always there.
    pub(super) fn in_module(&self, types: &[TypeId]) -> ModuleGates<'_> {
        let each: Option<Vec<&Vec<usize>>> = types.iter().map(|it| self.of.get(it)).collect();
        let all: BTreeSet<usize> = each.into_iter().flatten().flatten().copied().collect();
        ModuleGates { gates: self, all: all.into_iter().collect() }
    }

    fn gate(&self, features: &[usize]) -> Gate {
        Gate(features.iter().filter_map(|it| self.features.get(*it)).cloned().collect())
    }
}

/// What the module of a namespace and the types in it stand behind.
pub(super) struct ModuleGates<'g> {
    gates: &'g TypeGates,
    all: Vec<usize>,
}

impl ModuleGates<'_> {
    /// The module itself.
    pub(super) fn all(&self) -> Gate {
        self.gates.gate(&self.all)
    }

    /// A type, where the module is there.
    pub(super) fn gate(&self, id: TypeId) -> Gate {
        match self.gates.of.get(&id) {
            Some(own) if *own != self.all => self.gates.gate(own),
            _ => Gate::default(),
        }
    }
}

/// A namespace cannot share the features of the crate that have a meaning of their own.
fn refuse_taken(feature: &str, namespace: &str, config: &Loaded<Config>, diagnostics: &mut Vec<Diagnostic>) {
    let has_meaning = feature == "default" || (config.value.output.features && matches!(feature, "client" | "serde"));
    if has_meaning {
        let selected = config.value.select.namespaces.iter().find(|it| it.get_ref() == namespace);
        let fault = Diagnostic::error(
            "plan::feature-clash",
            format!("namespace `{namespace}` cannot be the feature `{feature}`, which has another meaning"),
        )
        .help(format!("give its module another name: `[namespace.\"{namespace}\"]` with `module = \"NAME\"`"));
        diagnostics.push(match selected {
            Some(entry) => fault.at(config.span(entry), "selected here"),
            None => fault,
        });
    }
}

/// A line of documentation for the module of a namespace that is a feature.
pub(super) fn feature_docs(gates: &TypeGates, names: &Names, schema: SchemaId) -> Option<String> {
    let name = names.modules.get(&schema)?.unraw();
    gates
        .features
        .iter()
        .any(|it| it == name)
        .then(|| format!("Feature `{name}`: all of it, and what it reaches in other namespaces."))
}
