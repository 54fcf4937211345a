//! `codegen.toml` and `docs.toml`: what to generate, and what the metadata leaves out.
//!
//! Everything that is special about one service is data here. Keys that name things of the model keep their place in
//! the file, so that a later stage can point at them.

mod check;
mod docs;
mod file;
mod links;
mod notifications;
mod policy;
mod read;

pub use check::{check, check_docs};
pub use docs::{DocEntry, Docs, OperationDocs, TypeDocs};
pub use file::{
    Cloud, Config, KeyStyle, Limit, LimitedPages, LongestRange, NamespaceOptions, OperationOptions, Output, Provenance,
    Select, Service, TypeOptions,
};
pub use links::Links;
pub use notifications::{
    IdForm, NotificationContent, NotificationItem, NotificationSubscription, Notifications, ResourceOptions,
};

pub use policy::DerivedPolicy;

use toml::Spanned;

use crate::diagnostic::{Diagnostic, Severity};
use crate::model::Overlay;
use crate::source::{SourceId, Sources, Span};

/// A configuration and the text that it was read from.
#[derive(Debug)]
pub struct Loaded<T> {
    /// What it says.
    pub value: T,
    /// Where it stands.
    pub source: SourceId,
}

impl<T> Loaded<T> {
    /// The place of a value in the file.
    pub fn span<V>(&self, value: &Spanned<V>) -> Span {
        Span::new(self.source, value.span())
    }
}

/// Reads `codegen.toml`. Each fault yields a diagnostic, and what is at fault is left out.
pub fn read_config(source: SourceId, sources: &Sources, diagnostics: &mut Vec<Diagnostic>) -> Loaded<Config> {
    read::read(source, sources, "config::invalid", diagnostics)
}

/// Reads `docs.toml`. Each fault yields a diagnostic, and what is at fault is left out.
pub fn read_docs(source: SourceId, sources: &Sources, diagnostics: &mut Vec<Diagnostic>) -> Loaded<Docs> {
    read::read(source, sources, "docs::invalid", diagnostics)
}

impl Loaded<Config> {
    /// The properties that the configuration adds to types, for [`crate::model::resolve`].
    #[must_use]
    pub fn overlays(&self) -> Vec<Overlay> {
        let mut overlays = Vec::new();
        for (type_name, options) in &self.value.types {
            for (property, ty) in &options.add {
                overlays.push(Overlay {
                    type_name: type_name.get_ref().clone(),
                    type_span: self.span(type_name),
                    property: property.get_ref().clone(),
                    property_span: self.span(property),
                    ty: ty.get_ref().clone(),
                    ty_span: self.span(ty),
                    unknown: Severity::Error,
                });
            }
        }
        overlays
    }
}
