//! The second stage: from documents to a model.
//!
//! 1. [`scope`]: namespaces and the aliases of each document;
//! 2. [`declare`]: every type gets its id, so that order does not matter;
//! 3. [`terms`], [`define`], [`operations`], [`containers`]: what they say, names replaced by ids;
//! 4. [`hierarchy`]: base types linked both ways, cycles cut, openness inherited;
//! 5. [`endless`], [`keys`], [`navigations`], [`bindings`], [`overloads`]: what refers to properties, sets and parameters;
//! 6. [`overlays`]: what the configuration adds;
//! 7. [`targets`]: annotations that are written apart from what they are about;
//! 8. [`repeats`] and [`values`]: each annotation once, with a value of its term's type.
//!
//! Every fault is collected; what has one is left out of the model.

mod attach;
mod bindings;
mod containers;
mod declare;
mod define;
mod endless;
mod enumerations;
mod extends;
mod hierarchy;
mod keys;
mod navigations;
mod operations;
mod overlays;
mod overloads;
mod paths;
mod repeats;
mod say;
mod scope;
mod targets;
mod terms;
mod unique;
mod unknown;
mod values;
mod walk;

use std::cell::Cell;
use std::collections::{HashMap, HashSet};
use std::fmt;

use super::{Model, OperationId, SchemaId, TypeId};
use crate::csdl::Document;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Span;
use scope::Scopes;

/// A property that the configuration adds to a type.
#[derive(Debug, Clone)]
pub struct Overlay {
    /// Qualified name of the type.
    pub type_name: String,
    /// Where the configuration names it.
    pub type_span: Span,
    /// Name of the property on the wire.
    pub property: String,
    /// Where the configuration names it.
    pub property_span: Span,
    /// Its type as CSDL writes it, such as `Edm.String` or `Collection(graph.identity)`.
    pub ty: String,
    /// Where the configuration names it.
    pub ty_span: Span,
    /// How much it weighs that the documents lack the type: the configuration may be written for another one.
    pub unknown: Severity,
}

/// Resolves documents against each other.
pub fn resolve<'m>(
    documents: &'m [Document<'m>],
    overlays: &'m [Overlay],
    diagnostics: &mut Vec<Diagnostic>,
) -> Model<'m> {
    let references = documents.iter().flat_map(|it| &it.references).collect();
    let mut model = Model { references, ..Model::default() };
    let scopes = Scopes::new(documents, &mut model, diagnostics);
    let mut resolver = Resolver {
        documents,
        scopes,
        model,
        entities: HashSet::new(),
        operations: HashMap::new(),
        referrer: Referrer::default(),
        holed: HashSet::new(),
        wide: HashMap::new(),
        containers: HashMap::new(),
        members: HashMap::new(),
        lost_targets: Vec::new(),
        lost_members: HashSet::new(),
        reported: 0,
        searches: Cell::new(0),
        diagnostics,
    };
    let declared = resolver.declare();
    resolver.define(&declared);
    resolver.define_terms();
    resolver.define_operations();
    let containers = resolver.define_containers();
    resolver.link();
    resolver.index_places();
    resolver.check_endless();
    resolver.check_keys(&declared);
    resolver.check_navigations(&declared);
    resolver.check_containers(&containers);
    resolver.check_set_paths();
    resolver.check_overloads();
    resolver.lay_over(overlays);
    resolver.index_places();
    resolver.bind_external();
    resolver.check_repeats();
    resolver.check_values();
    resolver.model
}

/// The stage at work.
struct Resolver<'m, 'd> {
    documents: &'m [Document<'m>],
    scopes: Scopes<'m>,
    model: Model<'m>,
    /// The types that are declared as entity types.
    entities: HashSet<TypeId>,
    /// The overloads of each name.
    operations: HashMap<(SchemaId, &'m str), Vec<OperationId>>,
    /// What is being defined, for faults in what it refers to.
    referrer: Referrer<'m>,
    /// Types that a fault left without their base or one of their properties.
    holed: HashSet<TypeId>,
    /// Places of properties in types that have very many, of containers, and of the members of each.
    wide: HashMap<(TypeId, &'m str), usize>,
    containers: HashMap<(SchemaId, &'m str), usize>,
    members: HashMap<(usize, &'m str), usize>,
    /// Targets of bindings whose paths lead nowhere.
    lost_targets: Vec<Span>,
    /// Container members that a fault left out.
    lost_members: HashSet<&'m str>,
    reported: usize,
    searches: Cell<usize>,
    diagnostics: &'d mut Vec<Diagnostic>,
}

/// A definition and the part of it that refers to something.
#[derive(Debug, Clone, Copy, Default)]
struct Referrer<'m> {
    definition: &'m str,
    part: &'m str,
}

impl fmt::Display for Referrer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.definition)?;
        if self.part.is_empty() { Ok(()) } else { write!(f, "/{}", self.part) }
    }
}
