//! What each entry of `[select]` costs: the types that would go with it.

use std::collections::BTreeSet;

use toml::Spanned;

use super::closure::Closure;
use super::{Selection, paths};
use crate::config::{Config, DerivedPolicy, Loaded, Select};
use crate::diagnostic::Severity;
use crate::model::{Model, SchemaId, TypeId};
use crate::source::Span;

/// One entry of `[select]`.
#[derive(Debug, Clone)]
pub struct Cost {
    /// What it is: `namespace`, `type`, `path` or `derived types`.
    pub kind: &'static str,
    /// What the configuration names.
    pub name: String,
    /// Where.
    pub place: Span,
    /// What it brings in alone; of derived types, what the selection has of them.
    pub reach: BTreeSet<TypeId>,
    /// What would be gone without it.
    pub only: BTreeSet<TypeId>,
}

/// The costs of every entry, in the order of the configuration.
#[must_use]
pub fn costs(model: &Model<'_>, config: &Loaded<Config>, selection: &Selection) -> Vec<Cost> {
    let select = &config.value.select;
    let all: BTreeSet<TypeId> = selection.types.keys().copied().collect();
    let policies =
        || Select { derived: select.derived.clone(), derived_from: select.derived_from.clone(), ..Select::default() };
    let cost = |kind, name: &Spanned<String>, alone: Option<Select>, without: Select| {
        let reach = match alone {
            Some(alone) => types(model, config, alone),
            None => model.find_type(name.get_ref()).map(|it| model.descendants(it)).into_iter().flatten().collect(),
        };
        Cost {
            kind,
            name: name.get_ref().clone(),
            place: config.span(name),
            reach: reach.intersection(&all).copied().collect(),
            only: all.difference(&types(model, config, without)).copied().collect(),
        }
    };
    let without = |of: &[Spanned<String>], at: usize| -> Vec<Spanned<String>> {
        of.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, it)| it.clone()).collect()
    };
    let mut costs = Vec::new();
    for (at, name) in select.namespaces.iter().enumerate() {
        let alone = Select { namespaces: vec![name.clone()], ..policies() };
        let rest = Select { namespaces: without(&select.namespaces, at), ..select.clone() };
        costs.push(cost("namespace", name, Some(alone), rest));
    }
    for (at, name) in select.types.iter().enumerate() {
        let alone = Select { types: vec![name.clone()], ..policies() };
        let rest = Select { types: without(&select.types, at), ..select.clone() };
        costs.push(cost("type", name, Some(alone), rest));
    }
    for (at, name) in select.paths.iter().enumerate() {
        let alone = Select { paths: vec![name.clone()], ..policies() };
        let rest = Select { paths: without(&select.paths, at), ..select.clone() };
        costs.push(cost("path", name, Some(alone), rest));
    }
    for name in select.derived_from.keys() {
        let mut rest = select.clone();
        rest.derived_from.insert(name.clone(), DerivedPolicy::None);
        costs.push(cost("derived types", name, None, rest));
    }
    costs
}

/// How many types a namespace brings in alone: its own and what they reach, with no derived types but its own.
#[must_use]
pub fn closure_size(model: &Model<'_>, config: &Loaded<Config>, namespace: SchemaId) -> usize {
    let config = Loaded { value: Config::default(), source: config.source };
    let mut closure = Closure::new(model, &config, Severity::Warning);
    closure.only_namespace(namespace);
    closure.run();
    closure.types().count()
}

/// The types of a selection; what it names in vain was reported before.
fn types(model: &Model<'_>, config: &Loaded<Config>, select: Select) -> BTreeSet<TypeId> {
    let config = Loaded { value: Config { select, ..Config::default() }, source: config.source };
    let mut reported = Vec::new();
    let mut closure = Closure::new(model, &config, Severity::Warning);
    closure.namespaces(&mut reported);
    closure.named_types(&mut reported);
    let (roots, imports) = paths::roots(model, &config, &mut reported);
    for root in &roots {
        closure.resource_types(root);
    }
    closure.import_types(&imports);
    closure.policies(&mut reported);
    closure.run();
    closure.types().collect()
}
