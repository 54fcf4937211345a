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

pub use check::{check, check_docs};
pub use docs::{DocEntry, Docs, OperationDocs, TypeDocs};
pub use file::{
    Cloud, Config, KeyStyle, Limit, LimitedPages, LongestRange, NamespaceOptions, OperationOptions, Output, Provenance,
    Select, Service, TypeOptions,
};
pub use links::Links;
pub use notifications::{IdForm, NotificationContent, NotificationItem, Notifications, ResourceOptions};

pub use policy::DerivedPolicy;

use toml::Spanned;

use crate::diagnostic::{Diagnostic, Severity};
use crate::model::Overlay;
use crate::nearest::nearest;
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

/// Reads `codegen.toml`. A fault yields the default configuration and a diagnostic.
pub fn read_config(source: SourceId, sources: &Sources, diagnostics: &mut Vec<Diagnostic>) -> Loaded<Config> {
    parse(source, sources, "config::invalid", diagnostics)
}

/// Reads `docs.toml`. A fault yields no docs and a diagnostic.
pub fn read_docs(source: SourceId, sources: &Sources, diagnostics: &mut Vec<Diagnostic>) -> Loaded<Docs> {
    parse(source, sources, "docs::invalid", diagnostics)
}

fn parse<T: Default + serde::de::DeserializeOwned>(
    source: SourceId,
    sources: &Sources,
    code: &'static str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Loaded<T> {
    let text = sources.text(source);
    let value = toml::from_str(text).unwrap_or_else(|fault: toml::de::Error| {
        let span = Span::new(source, fault.span().unwrap_or(0..text.len().min(1)));
        let message = fault.message().trim_end();
        let fault = Diagnostic::error(code, message).at(span, "here");
        diagnostics.push(match near_key(message) {
            Some(near) if message.starts_with("unknown variant") => fault.help(format!("a similar word is: `{near}`")),
            Some(near) => fault.help(format!("a similar key is: `{near}`")),
            None => fault,
        });
        T::default()
    });
    Loaded { value, source }
}

/// The key or word that an unknown one was probably meant to be. serde's message has the unknown one first and every
/// known one after it, each in backticks; it gives them in no other way.
fn near_key(message: &str) -> Option<&str> {
    let known = message.strip_prefix("unknown field ").or_else(|| message.strip_prefix("unknown variant "))?;
    let quoted = known.split('`').skip(1).step_by(2);
    let mut quoted = quoted;
    let wanted = quoted.next()?;
    nearest(wanted, quoted)
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
