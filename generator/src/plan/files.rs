//! The imports of one file: which names are short there and which need their path.

use std::collections::{BTreeMap, BTreeSet};

use super::gates::TypeGates;
use super::{Gate, ImportPlan, TypeExpr};
use crate::model::{Model, TypeId};
use crate::names::{Ident, Names, REQUEST_NAMES};

/// Where generated code finds the runtime.
pub(super) const RUNTIME: &str = "odata_runtime";

/// Collects what one file refers to.
pub(super) struct Imports<'p> {
    names: &'p Names,
    model: &'p Model<'p>,
    /// The module of the file, as seen from the root.
    module: &'p Ident,
    /// Every type of that module: its short name belongs to it, whichever type is referred to first.
    siblings: Option<&'p BTreeSet<String>>,
    /// The type whose file it is, and what stands behind features.
    gates: Option<(TypeId, &'p TypeGates)>,
    /// The way from the file to the root.
    root: &'static str,
    /// Short names in use, and the path that each stands for.
    short: BTreeMap<String, String>,
    paths: BTreeMap<(String, bool, Gate), BTreeSet<String>>,
}

impl<'p> Imports<'p> {
    /// A file of a namespace's module with its own items.
    pub(super) fn new(
        model: &'p Model<'p>,
        names: &'p Names,
        module: &'p Ident,
        siblings: Option<&'p BTreeSet<String>>,
        own: &[&Ident],
    ) -> Self {
        let short = own.iter().map(|it| (it.as_str().to_owned(), String::new())).collect();
        Self { names, model, module, siblings, gates: None, root: "super::super", short, paths: BTreeMap::new() }
    }

    /// The same for a file beside the root.
    pub(super) fn beside_root(self) -> Self {
        Self { root: "super", ..self }
    }

    /// The file of a type that may be there where others are not.
    pub(super) fn gated(self, owner: TypeId, gates: &'p TypeGates) -> Self {
        Self { gates: Some((owner, gates)), ..self }
    }

    /// What a reference to a declared type stands behind.
    pub(super) fn gate(&self, id: TypeId) -> Gate {
        self.gates.map(|(owner, gates)| gates.between(owner, id)).unwrap_or_default()
    }

    /// Imports a name of the runtime.
    pub(super) fn runtime(&mut self, name: &'static str) -> TypeExpr {
        self.import(RUNTIME, name, false, Gate::default());
        TypeExpr::Path(name.to_owned())
    }

    /// Imports a name that only the client's part needs.
    pub(super) fn client(&mut self, path: &str, name: &'static str) {
        self.import(path, name, true, Gate::default());
    }

    /// Refers to a declared type, by its name where that is free and by its path elsewhere.
    pub(super) fn declared(&mut self, id: TypeId) -> TypeExpr {
        let name = self.names.types.get(&id).map(|it| it.name.as_str().to_owned()).unwrap_or_default();
        self.sibling(id, &name)
    }

    /// Refers to a name that the file of a declared type exports.
    pub(super) fn sibling(&mut self, id: TypeId, name: &str) -> TypeExpr {
        let module = self.names.modules.get(&self.model.ty(id).schema);
        let path = match module {
            Some(module) if module == self.module => "super".to_owned(),
            Some(module) => format!("{}::{}", self.root, module.as_str()),
            None => "super".to_owned(),
        };
        let full = format!("{path}::{name}");
        // Files of requests are in no namespace; there the runtime's names are its own, whichever is needed first.
        if self.siblings.is_none() && REQUEST_NAMES.contains(&name) {
            return TypeExpr::Path(full);
        }
        match self.short.get(name) {
            // Its own items stand under an empty path.
            Some(taken) if taken.is_empty() && path == "super" => TypeExpr::Path(name.to_owned()),
            Some(taken) if *taken == full => TypeExpr::Path(name.to_owned()),
            Some(_) => TypeExpr::Path(full),
            None if path != "super" && self.siblings.is_some_and(|it| it.contains(name)) => TypeExpr::Path(full),
            None => {
                self.import(&path, name, false, self.gate(id));
                TypeExpr::Path(name.to_owned())
            }
        }
    }

    /// Refers to an item of a module by its name where that is free and by its path elsewhere.
    pub(super) fn item(&mut self, path: &str, name: &str) -> TypeExpr {
        let full = format!("{path}::{name}");
        match self.short.get(name) {
            Some(taken) if *taken != full => TypeExpr::Path(full),
            _ => {
                self.import(path, name, true, Gate::default());
                TypeExpr::Path(name.to_owned())
            }
        }
    }

    fn import(&mut self, path: &str, name: &str, for_client: bool, gate: Gate) {
        self.short.insert(name.to_owned(), format!("{path}::{name}"));
        // What is needed everywhere need not be imported again for the client.
        let everywhere = || (path.to_owned(), false, Gate::default());
        if for_client && self.paths.get(&everywhere()).is_some_and(|it| it.contains(name)) {
            return;
        }
        self.paths.entry((path.to_owned(), for_client, gate)).or_default().insert(name.to_owned());
    }

    /// The `use` items, sorted.
    pub(super) fn finish(self) -> Vec<ImportPlan> {
        self.paths
            .into_iter()
            .map(|((path, for_client, gate), names)| ImportPlan {
                path,
                names: names.into_iter().collect(),
                for_client,
                gate,
            })
            .collect()
    }
}
