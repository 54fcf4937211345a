//! The second stage: from documents to a model.
//!
//! 1. [`scope`]: namespaces and the aliases of each document;
//! 2. [`declare`]: every type, operation and container gets its id, so that order does not matter;
//! 3. [`define`], [`operations`], [`containers`]: what they say, type names replaced by ids;
//! 4. [`hierarchy`]: base types linked both ways, cycles cut, openness inherited;
//! 5. [`overlays`]: what the configuration adds;
//! 6. [`targets`]: annotations that are written apart from what they are about.
//!
//! Every fault is collected; what has one is left out of the model.

mod containers;
mod declare;
mod define;
mod hierarchy;
mod operations;
mod overlays;
mod scope;
mod targets;
mod unique;

use std::collections::{HashMap, HashSet};
use std::fmt;

use super::{Model, OperationId, SchemaId, TypeId};
use crate::csdl::Document;
use crate::diagnostic::Diagnostic;
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
}

/// Resolves documents against each other.
pub fn resolve<'m>(
    documents: &'m [Document<'m>],
    overlays: &'m [Overlay],
    diagnostics: &mut Vec<Diagnostic>,
) -> Model<'m> {
    let mut model = Model::default();
    let scopes = Scopes::new(documents, &mut model, diagnostics);
    let mut resolver = Resolver {
        documents,
        scopes,
        model,
        entities: HashSet::new(),
        operations: HashMap::new(),
        referrer: Referrer::default(),
        reported: 0,
        suggested: 0,
        diagnostics,
    };
    let declared = resolver.declare();
    resolver.define(&declared);
    resolver.define_operations();
    resolver.define_containers();
    resolver.link();
    resolver.lay_over(overlays);
    resolver.bind_external();
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
    reported: usize,
    suggested: usize,
    diagnostics: &'d mut Vec<Diagnostic>,
}

/// A definition and the part of it that refers to something.
#[derive(Debug, Clone, Copy, Default)]
struct Referrer<'m> {
    definition: &'m str,
    part: &'m str,
}

impl Resolver<'_, '_> {
    /// Keeps a diagnostic. A document of 64 MiB can hold a million faults; the first ten thousand will do.
    fn report(&mut self, diagnostic: Diagnostic) {
        const MOST: usize = 10_000;
        self.reported += 1;
        if self.reported <= MOST {
            self.diagnostics.push(diagnostic);
        }
    }
}

impl fmt::Display for Referrer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.definition)?;
        if self.part.is_empty() { Ok(()) } else { write!(f, "/{}", self.part) }
    }
}
