//! [`Document`] to XML text in canonical form.

mod definitions;
mod expressions;
mod xml;

use super::element::{Annotations, Document, Reference, Schema};
use xml::Writer;

/// Writes a document in canonical form: XML declaration, two spaces a level, LF, attributes in the order of the OASIS
/// text, double quotes, no attribute that has its default value, a single expression as an attribute.
///
/// What [`read`](super::read()) makes of the result equals the document up to spans.
#[must_use]
pub fn write(document: &Document<'_>) -> String {
    let mut out = Writer::new();
    out.start("edmx:Edmx")
        .attribute("xmlns:edmx", "http://docs.oasis-open.org/odata/ns/edmx")
        .attribute("Version", document.version.as_ref().map_or("4.0", |version| &version.value));
    document.references.iter().for_each(|it| reference(&mut out, it));
    out.start("edmx:DataServices");
    document.schemas.iter().for_each(|it| schema(&mut out, it));
    out.end();
    out.end();
    out.finish()
}

/// 3.3 Element `edmx:Reference`.
fn reference<'d>(out: &mut Writer<'d>, reference: &'d Reference<'d>) {
    out.start("edmx:Reference").text("Uri", &reference.uri);
    for it in &reference.includes {
        out.start("edmx:Include").text("Namespace", &it.namespace).maybe("Alias", it.alias.as_ref());
        out.foreign_annotations(&it.annotations);
        out.end();
    }
    for it in &reference.include_annotations {
        out.start("edmx:IncludeAnnotations")
            .text("TermNamespace", &it.term_namespace)
            .maybe("Qualifier", it.qualifier.as_ref())
            .maybe("TargetNamespace", it.target_namespace.as_ref());
        out.end();
    }
    out.foreign_annotations(&reference.annotations);
    out.end();
}

/// 5 Element `edm:Schema`.
fn schema<'d>(out: &mut Writer<'d>, schema: &'d Schema<'d>) {
    out.start("Schema")
        .attribute("xmlns", EDM)
        .text("Namespace", &schema.namespace)
        .maybe("Alias", schema.alias.as_ref());
    schema.items.iter().for_each(|it| out.item(it));
    schema.external.iter().for_each(|it| annotations(out, it));
    out.annotations(&schema.annotations);
    out.end();
}

/// 14.2 Element `edm:Annotations`.
fn annotations<'d>(out: &mut Writer<'d>, annotations: &'d Annotations<'d>) {
    out.start("Annotations").text("Target", &annotations.target).maybe("Qualifier", annotations.qualifier.as_ref());
    out.annotations(&annotations.annotations);
    out.end();
}

const EDM: &str = "http://docs.oasis-open.org/odata/ns/edm";
