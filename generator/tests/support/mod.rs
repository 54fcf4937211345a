//! What the tests of the front end share.
#![allow(dead_code)] // Each test binary uses its own part.
#![allow(clippy::print_stdout)] // What was left out is said on stdout.

use std::path::PathBuf;

use odata_codegen::config;
use odata_codegen::csdl::{self, Document, Limits};
use odata_codegen::diagnostic::{Diagnostic, Severity};
use odata_codegen::model;
use odata_codegen::report::{self, Style};
use odata_codegen::select::select;
use odata_codegen::source::{SourceId, Sources};

/// One of everything that CSDL has; no line end after the root element.
pub(crate) const LIBRARY: &str = include_str!("../data/good/library.csdl");

/// Every element and every attribute of the standard, at every place.
pub(crate) const EVERYTHING: &str = include_str!("../data/good/everything.csdl");

/// A document as text without the places in it.
pub(crate) fn shape(document: &Document<'_>) -> String {
    let debug = format!("{document:?}");
    let mut parts = debug.split("Span {");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |shape, part| shape + part.split_once('}').map_or(part, |(_, rest)| rest))
}

/// An id to read texts with when no place is looked at.
pub(crate) fn any_source() -> SourceId {
    Sources::default().add("any.csdl", "")
}

/// Reads with the default limits.
pub(crate) fn read(text: &str) -> (Document<'_>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let document = csdl::read(any_source(), text, &Limits::default(), &mut diagnostics);
    (document, diagnostics)
}

/// What the command would print about a document, from bytes to the model.
pub(crate) fn report(name: &str, bytes: &[u8]) -> String {
    let mut sources = Sources::default();
    let diagnostics = match csdl::decode(bytes) {
        Err(fault) => vec![fault],
        Ok(text) => {
            let id = sources.add(name, text);
            let mut diagnostics = Vec::new();
            let documents = [csdl::read(id, text, &Limits::default(), &mut diagnostics)];
            drop(model::resolve(&documents, &[], &mut diagnostics));
            diagnostics
        }
    };
    report::render(&diagnostics, &sources, Style { color: false })
}

/// The codes of diagnostics, in order.
pub(crate) fn codes(diagnostics: &[Diagnostic]) -> Vec<&'static str> {
    diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
}

pub(crate) fn has_error(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(Diagnostic::is_error)
}

/// A document around definitions; namespace `n`, alias `self`.
pub(crate) fn schema(definitions: &str) -> String {
    format!(
        "<edmx:Edmx Version=\"4.0\" xmlns:edmx=\"http://docs.oasis-open.org/odata/ns/edmx\"><edmx:DataServices>\n\
         <Schema Namespace=\"n\" Alias=\"self\" xmlns=\"http://docs.oasis-open.org/odata/ns/edm\">\n{definitions}\n</Schema>\n\
         </edmx:DataServices></edmx:Edmx>"
    )
}

/// The public test data, if this run has it; says so if not.
pub(crate) fn corpus() -> Option<PathBuf> {
    let folder = std::env::var_os("ODATA_CORPUS").map(PathBuf::from);
    if folder.is_none() {
        // Not through println!, which the test runner keeps to itself when the test passes.
        let _shown = std::io::Write::write_all(&mut std::io::stderr(), b"skipped: a test that needs ODATA_CORPUS\n");
    }
    folder
}

/// One diagnostic as `severity code place: help`.
///
/// The document is read, the configuration too, and it is compared with the document as far as names go.
pub(crate) fn slips(name: &str, document: &str, text: &str, unknown: Severity) -> Vec<String> {
    let mut sources = Sources::default();
    let mut diagnostics = Vec::new();
    let main = sources.add(name, document);
    let toml = sources.add("codegen.toml", text);
    let documents = [csdl::read(main, document, &Limits::default(), &mut diagnostics)];
    let config = config::read_config(toml, &sources, &mut diagnostics);
    let overlays = config.overlays();
    let model = model::resolve(&documents, &overlays, &mut diagnostics);
    let selection = select(&model, &config, unknown, &mut diagnostics);
    config::check(&model, &selection, &config, unknown, &mut diagnostics);
    let told = diagnostics.iter().map(|it| {
        let severity = if it.is_error() { "error" } else { "warning" };
        let places: Vec<_> = it.primary.iter().chain(&it.related).map(|(span, _)| sources.place(*span)).collect();
        format!("{severity} {} {}: {}", it.code, places.join(", "), it.help.as_deref().unwrap_or("no help"))
    });
    told.collect()
}
