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

use super::Model;
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
    let mut resolver = Resolver { documents, scopes, model, diagnostics };
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
    diagnostics: &'d mut Vec<Diagnostic>,
}
