//! What of the model is generated, and why.
//!
//! Selection is by reachability: from the roots of the configuration (namespaces, types, paths) over base types,
//! properties and the operations on selected paths. Derived types come in by policy only, since a common base may have
//! hundreds. Each type remembers the first reason that brought it in.

mod closure;
mod parts;
mod resources;

pub use parts::{Parts, parts};
pub use resources::{Resource, Segment};

use std::collections::{BTreeMap, BTreeSet};

use crate::config::{Config, Loaded};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{Model, OperationId, SchemaId, TypeId};

/// What is generated. Iterates in the order of qualified names, so that the order of a document shows nowhere.
#[derive(Debug, Default)]
pub struct Selection {
    /// Every type that becomes Rust, and why.
    pub types: BTreeMap<TypeId, Reason>,
    /// The same types in the order of their qualified names.
    pub order: Vec<TypeId>,
    /// Operations of selected namespaces and those bound to selected resources.
    pub operations: BTreeSet<OperationId>,
    /// Namespaces that are selected whole.
    pub namespaces: BTreeSet<SchemaId>,
    /// The paths from the entity container, as a forest.
    pub resources: Vec<Resource>,
}

/// Why a type is selected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// Its namespace is selected whole.
    Namespace,
    /// The configuration names it.
    Named,
    /// A selected path leads to it.
    Path(String),
    /// A selected type derives from it.
    BaseOf(TypeId),
    /// It is the type of a property of a selected type.
    PropertyOf(TypeId, String),
    /// It derives from a selected type, and the policy of that base lets it in.
    DerivedFrom(TypeId),
    /// A selected operation takes or returns it.
    Operation(OperationId),
}

impl Selection {
    /// Whether a type becomes Rust.
    #[must_use]
    pub fn contains(&self, id: TypeId) -> bool {
        self.types.contains_key(&id)
    }
}

/// Selects what the configuration asks for. Unknown roots are errors that name what there is.
///
/// A base under `select.derived_from` that the documents lack has the severity `unknown`.
pub fn select(
    model: &Model<'_>,
    config: &Loaded<Config>,
    unknown: Severity,
    diagnostics: &mut Vec<Diagnostic>,
) -> Selection {
    let mut closure = closure::Closure::new(model, config, unknown);
    closure.namespaces(diagnostics);
    closure.named_types(diagnostics);
    let roots = resources::roots(model, config, diagnostics);
    for root in &roots {
        closure.resource_types(root);
    }
    closure.policies(diagnostics);
    closure.run();
    let mut selection = closure.finish();
    if selection.order.is_empty() && !diagnostics.iter().any(Diagnostic::is_error) {
        let roots = &config.value.select;
        let asked = !(roots.namespaces.is_empty() && roots.types.is_empty() && roots.paths.is_empty());
        let fault = Diagnostic::warning("select::nothing", "no type is selected, so nothing is generated");
        // A namespace may well be empty; who asks for nothing has forgotten to.
        let severity = if asked { Severity::Warning } else { Severity::Error };
        let cure = "name what is to be generated under [select]: `namespaces`, `types` or `paths`";
        diagnostics.push(Diagnostic { severity, ..fault }.help(cure));
    }
    selection.resources = resources::grow(model, roots, &selection);
    selection
}
