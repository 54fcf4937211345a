//! What each selected namespace would bring in alone.

use super::closure::Closure;
use super::{Selection, paths};
use crate::config::{Config, Loaded};
use crate::diagnostic::Severity;
use crate::model::{Model, SchemaId, TypeId};

/// A selection in parts. A part is closed: with a type, it has its base types and the types of its properties.
#[derive(Debug, Default)]
pub struct Parts {
    /// What the types and paths of the configuration bring in without any namespace.
    pub always: Vec<TypeId>,
    /// Every namespace that is selected whole, with what a selection of it alone brings in.
    pub namespaces: Vec<(SchemaId, Vec<TypeId>)>,
}

/// Takes a selection of the same configuration apart. What the configuration names in vain was reported by
/// [`select`](super::select()).
#[must_use]
pub fn parts(model: &Model<'_>, config: &Loaded<Config>, selection: &Selection) -> Parts {
    let mut reported = Vec::new();
    let mut always = Closure::new(model, config, Severity::Warning);
    always.named_types(&mut reported);
    let (roots, imports) = paths::roots(model, config, &mut reported);
    for root in &roots {
        always.resource_types(root);
    }
    always.import_types(&imports);
    always.policies(&mut reported);
    always.run();
    let namespaces = selection.namespaces.iter().map(|namespace| {
        let mut closure = Closure::new(model, config, Severity::Warning);
        closure.only_namespace(*namespace);
        closure.policies(&mut reported);
        closure.run();
        (*namespace, closure.types().collect())
    });
    Parts { namespaces: namespaces.collect(), always: always.types().collect() }
}
