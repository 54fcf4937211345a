//! Says what a text is when it is not CSDL XML 4 (T-3): the usual accidents are a login page, an error body, a service
//! of an older version and the other format of the same metadata.

use super::namespaces::Vocabulary;
use crate::diagnostic::Diagnostic;
use crate::source::{SourceId, Span};

const CODE: &str = "csdl::not-csdl";

/// Looks at the first characters and refuses what is not XML at all.
pub(super) fn text(source: SourceId, text: &str) -> Option<Diagnostic> {
    let start = text.len() - text.trim_start().len();
    let body = &text.get(start..).unwrap_or_default();
    if body.is_empty() {
        let fault = Diagnostic::error("csdl::empty", "the document is empty");
        return Some(
            fault.at(Span::new(source, 0..0), "nothing here").help("expected CSDL XML with an `edmx:Edmx` root"),
        );
    }
    let (what, help) = kind(body)?;
    let end = start + body.chars().next().map_or(0, char::len_utf8);
    let fault = Diagnostic::error(CODE, format!("this is {what}, not CSDL XML 4"));
    Some(fault.at(Span::new(source, start..end), "begins here").help(help))
}

/// What to do about a page or an error body.
pub(super) const HTML: &str =
    "was it fetched without signing in? An error or login page was saved instead of $metadata";

fn kind(body: &str) -> Option<(&'static str, &'static str)> {
    // What decides stands near the beginning; the rest may be megabytes.
    let head: String = body.chars().take(1000).collect::<String>().to_ascii_lowercase();
    if head.starts_with("<!doctype html") || head.starts_with("<html") {
        return Some(("an HTML page", HTML));
    }
    // In YAML, comments and a document mark may come first.
    let is_preamble = |line: &&str| line.is_empty() || line.starts_with(['#', '%']) || *line == "---";
    let first = head.lines().map(str::trim_end).find(|line| !is_preamble(line)).unwrap_or_default();
    if ["openapi:", "swagger:", "\"openapi\":", "\"swagger\":"].iter().any(|it| first.starts_with(it)) {
        return Some(("an OpenAPI description", "fetch $metadata of the OData service instead"));
    }
    if !head.starts_with(['{', '[']) {
        return (!head.starts_with('<')).then_some(("plain text", "expected XML that begins with `<`"));
    }
    Some(if head.contains("\"$version\"") || head.contains("\"$entitycontainer\"") {
        ("CSDL JSON", "fetch $metadata with `Accept: application/xml`")
    } else if head.contains("\"openapi\"") || head.contains("\"swagger\"") {
        ("an OpenAPI description", "fetch $metadata of the OData service instead")
    } else if head.contains("\"@odata.context\"") || head.contains("\"@context\"") {
        ("an OData response or service document", "append $metadata to the URL of the service")
    } else if head.contains("\"error\"") {
        ("a JSON error body", HTML)
    } else {
        ("JSON", "fetch $metadata with `Accept: application/xml`")
    })
}

/// Judges a root element that is neither `edmx:Edmx` nor `edm:Schema` of the OASIS namespaces.
pub(super) fn root(name: &str, vocabulary: Vocabulary, span: Span) -> Diagnostic {
    let (what, help) = match (vocabulary, name) {
        (Vocabulary::OldEdmx | Vocabulary::OldEdm, _) => {
            ("metadata of OData 1 to 3".to_owned(), "only OData 4 is supported; ask for the service's V4 endpoint")
        }
        (Vocabulary::Edm | Vocabulary::Edmx, _) => (format!("a fragment with root `{name}`"), ROOT),
        (Vocabulary::None, "Edmx" | "Schema") => (format!("a document whose `{name}` is in no namespace"), ROOT),
        (_, "service") => ("a service document".to_owned(), "append $metadata to the URL that it was fetched from"),
        (_, "html") => ("an HTML page".to_owned(), HTML),
        (_, "error") => ("an XML error body".to_owned(), HTML),
        _ => (format!("XML with root `{name}`"), ROOT),
    };
    Diagnostic::error(CODE, format!("this is {what}, not CSDL XML 4")).at(span, "the root element").help(help)
}

const ROOT: &str = "expected the root `Edmx` in namespace `http://docs.oasis-open.org/odata/ns/edmx`";
