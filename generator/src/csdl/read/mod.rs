//! The first stage: XML text to [`Document`].
//!
//! quick-xml splits the text into tags; everything that makes a text a CSDL document is checked here, since quick-xml
//! lets an empty file, a cut file, two roots, a JSON body and an undeclared prefix through:
//!
//! 1. `decode`: bytes to text. UTF-8 with or without a byte order mark; everything else is refused by name.
//! 2. `sniff`: a text that is something else (a login page, JSON, `OData` 3) is told what it is.
//! 3. `tokens`: one tag at a time, with its place, its namespace (`namespaces`) and its attributes (`attributes`),
//!    under the caps of [`Limits`].
//! 4. `envelope`, `schema`, `structured`, `operation`, `container`, `annotation`, `dynamic`: one function an element, in
//!    the order of the OASIS text. An element of ours that no function knows is a warning, one of another vocabulary is
//!    skipped in silence.
//! 5. `constant`: whether a constant has the form of its kind.
//! 6. `known`: the nearest name of the standard, for a help with one that it does not know.
//!
//! A fault in the XML ends the reading, a fault in the CSDL does not. A definition without a required attribute is
//! left out after its error: no later stage sees an element that lacks what the standard requires.

mod annotation;
mod attributes;
mod constant;
mod container;
mod decode;
mod dynamic;
mod envelope;
mod known;
mod namespaces;
mod operation;
mod schema;
mod sniff;
mod structured;
mod tokens;

pub use decode::decode;

use super::element::Document;
use crate::diagnostic::Diagnostic;
use crate::source::{SourceId, Span};
use tokens::Reader;

/// Caps on a document, far above real ones: all of Microsoft Graph is 3.4 MB, 93,000 elements, 14 deep, 4 attributes an
/// element (T-6).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Elements inside each other; 256 at most, whatever is asked for, since reading is recursive.
    pub depth: usize,
    /// Attributes of one element.
    pub attributes: usize,
    /// Namespace declarations in scope at one place.
    pub namespaces: usize,
    /// Length of the text in bytes.
    pub bytes: usize,
    /// Elements in all.
    pub nodes: usize,
    /// Diagnostics of one document.
    pub diagnostics: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { depth: 128, attributes: 256, namespaces: 128, bytes: 64 << 20, nodes: 4_000_000, diagnostics: 10_000 }
    }
}

/// Whether a diagnostic of [`read`] says that the text could not be read to its end, so that whatever is missed in the
/// document may stand in the part that was not reached.
#[must_use]
pub fn ends_reading(diagnostic: &Diagnostic) -> bool {
    let codes = [
        "csdl::control-character",
        "csdl::doctype",
        "csdl::empty",
        "csdl::encoding",
        "csdl::limit",
        "csdl::malformed",
        "csdl::not-csdl",
        "csdl::outside-root",
        "csdl::truncated",
        "csdl::version",
        "csdl::wrong-namespace",
    ];
    diagnostic.is_error() && codes.contains(&diagnostic.code)
}

/// Reads one CSDL XML document, 4.0 or 4.01.
///
/// Always returns what it could read and never panics; the document stands only if no diagnostic
/// [is an error](Diagnostic::is_error). `source` is only written into spans. A text that was cut off anywhere is an error
/// (T-2).
#[must_use]
pub fn read<'a>(source: SourceId, text: &'a str, limits: &Limits, diagnostics: &mut Vec<Diagnostic>) -> Document<'a> {
    let mut document = Document { source, version: None, references: Vec::new(), schemas: Vec::new() };
    if text.len() > limits.bytes {
        let message = format!("the document has {} bytes, more than the limit of {}", text.len(), limits.bytes);
        diagnostics.push(Diagnostic::error("csdl::limit", message).at(Span::new(source, 0..0), "in this document"));
        return document;
    }
    if let Some(fault) = sniff::text(source, text).or_else(|| decode::forbidden_character(source, text)) {
        diagnostics.push(fault);
        return document;
    }
    Reader::new(source, text, limits, diagnostics).document(&mut document);
    document
}
