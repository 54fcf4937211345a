//! What of the model is generated, and why.
//!
//! Selection is by reachability: from the roots of the configuration (namespaces, types, paths) over base types,
//! properties and the operations on selected paths. Derived types come in by policy only, since a common base may have
//! hundreds. Each type remembers the first reason that brought it in.

mod calls;
mod capabilities;
mod closure;
mod costs;
mod offers;
mod parts;
mod paths;
mod resources;

pub use calls::{Call, KeyPart, is_literal, key, parameters};
pub use costs::{Cost, closure_size, costs};
pub use offers::{OPERATIONS, Offers, Queries};
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
    /// The functions and actions that the container imports.
    pub imports: Vec<Call>,
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

    /// Whether a path begins with a member of the container, or is one.
    #[must_use]
    pub fn has_member(&self, name: &str) -> bool {
        let begins = |it: &Resource| matches!(&it.segment, Segment::Container(own) if own == name);
        self.resources.iter().any(begins) || self.imports.iter().any(|it| it.segment == name)
    }
}

/// What requests may name. Requests stand behind no feature of a namespace, so neither does what they name.
struct There<'s> {
    selection: &'s Selection,
    /// What is there without any namespace, where namespaces are features.
    always: Option<BTreeSet<TypeId>>,
}

impl<'s> There<'s> {
    fn new(model: &Model<'_>, config: &Loaded<Config>, selection: &'s Selection) -> Self {
        let are_features = config.value.output.namespace_features;
        let always = are_features.then(|| parts(model, config, selection).always.into_iter().collect());
        Self { selection, always }
    }

    fn contains(&self, id: TypeId) -> bool {
        self.selection.contains(id) && self.always.as_ref().is_none_or(|it| it.contains(&id))
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
    let (roots, mut imports) = paths::roots(model, config, diagnostics);
    for root in &roots {
        closure.resource_types(root);
    }
    closure.import_types(&imports);
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
    let there = There::new(model, config, &selection);
    let mut forest = resources::grow(model, roots, &there);
    let mut unsaid = offers::Unsaid::new();
    offers::decide(model, &config.value, &mut forest, &there, &mut unsaid);
    for import in &mut imports {
        offers::decide_call(model, &config.value, import, false, &mut unsaid);
    }
    offers::report(model, &config.value, &unsaid, diagnostics);
    (selection.resources, selection.imports) = (forest, imports);
    selection
}
