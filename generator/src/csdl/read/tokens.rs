//! The pull layer over quick-xml: tags and text with their places, the checks that quick-xml leaves out, and the caps.

use std::borrow::Cow;

use quick_xml::Error;
use quick_xml::events::{BytesDecl, BytesRef, Event};

use super::attributes::Attribute;
use super::decode::{is_xml_character, judge_encoding};
use super::namespaces::{Namespaces, Vocabulary};
use super::{Limits, sniff};
use crate::csdl::element::Text;
use crate::diagnostic::Diagnostic;
use crate::source::{SourceId, Span};

/// Reading is recursive: what a stack of 2 MiB holds with room to spare, in a debug build too.
const DEEPEST: usize = 256;

/// A start tag. Its attributes are in [`Reader::attributes`] until the next token is asked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Element<'a> {
    /// The name without its prefix.
    pub(super) name: &'a str,
    /// The vocabulary that the prefix stands for.
    pub(super) vocabulary: Vocabulary,
    /// The name in the start tag, with its prefix.
    pub(super) span: Span,
}

/// What comes next.
#[derive(Debug)]
pub(super) enum Token<'a> {
    Start(Element<'a>),
    End,
    Text(Text<'a>),
    /// The end of the text, or the place where a fault made an end of reading.
    Eof,
}

/// A document while it is read.
pub(super) struct Reader<'a, 'd> {
    source: SourceId,
    pub(super) text: &'a str,
    xml: quick_xml::Reader<&'a [u8]>,
    limits: Limits,
    /// Namespaces in scope.
    pub(super) namespaces: Namespaces<'a>,
    /// Start tags without an end tag so far.
    pub(super) open: Vec<Element<'a>>,
    /// Attributes of the last start tag that nobody has asked for yet.
    pub(super) attributes: Vec<Attribute<'a>>,
    /// The last token was `<x/>`: its end comes next.
    end_pending: bool,
    /// Nothing more is read: the end of the text, or a fault that leaves no way on.
    pub(super) stopped: bool,
    nodes: usize,
    diagnostics: &'d mut Vec<Diagnostic>,
    reported: usize,
}

impl<'a, 'd> Reader<'a, 'd> {
    pub(super) fn new(source: SourceId, text: &'a str, limits: &Limits, diagnostics: &'d mut Vec<Diagnostic>) -> Self {
        let mut limits = limits.clone();
        limits.depth = limits.depth.min(DEEPEST);
        Self {
            source,
            text,
            xml: quick_xml::Reader::from_str(text),
            limits,
            namespaces: Namespaces::default(),
            open: Vec::new(),
            attributes: Vec::new(),
            end_pending: false,
            stopped: false,
            nodes: 0,
            diagnostics,
            reported: 0,
        }
    }

    /// The next tag or text; comments and processing instructions are passed over.
    pub(super) fn next(&mut self) -> Token<'a> {
        if self.end_pending {
            self.end_pending = false;
            return self.close();
        }
        while !self.stopped {
            let before = self.position();
            match self.xml.read_event() {
                Ok(Event::Start(tag)) => return self.start(tag.len(), tag.name().0.len(), false),
                Ok(Event::Empty(tag)) => return self.start(tag.len(), tag.name().0.len(), true),
                Ok(Event::End(_)) => return self.close(),
                Ok(Event::Text(text)) => {
                    let span = before..before + text.len();
                    return Token::Text(self.character_data(span, true));
                }
                Ok(Event::CData(text)) => {
                    let start = before + "<![CDATA[".len();
                    return Token::Text(self.character_data(start..start + text.len(), false));
                }
                Ok(Event::GeneralRef(reference)) => return Token::Text(self.reference(before, &reference)),
                Ok(Event::Comment(_) | Event::PI(_)) => {}
                Ok(Event::Decl(declaration)) => self.declaration(before, &declaration),
                Ok(Event::DocType(kind)) if is_html(&kind) => {
                    let fault = Diagnostic::error("csdl::not-csdl", "this is an HTML page, not CSDL XML 4");
                    self.stop(fault.at(self.span(before..before + "<!DOCTYPE".len()), "begins here").help(sniff::HTML));
                }
                Ok(Event::DocType(_)) => {
                    let fault = Diagnostic::error("csdl::doctype", "a document type declaration is not allowed");
                    let help = "CSDL has none; entities are never expanded and nothing is fetched";
                    self.stop(fault.at(self.span(before..before + "<!DOCTYPE".len()), "declared here").help(help));
                }
                Ok(Event::Eof) => self.end_of_text(),
                Err(error) => self.malformed(&error),
            }
        }
        Token::Eof
    }

    fn start(&mut self, content: usize, name: usize, is_empty: bool) -> Token<'a> {
        // The tag ends where the parser stands; the content is what lies between `<` and `>` or `/>`.
        let start = self.position().saturating_sub(content + if is_empty { 2 } else { 1 });
        let content = self.text.get(start..start + content).unwrap_or_default();
        let qualified = content.get(..name).unwrap_or_default();
        let mut element =
            Element { name: qualified, vocabulary: Vocabulary::None, span: self.span(start..start + name) };
        self.nodes += 1;
        if self.nodes > self.limits.nodes {
            return self.limit(element.span, &format!("more than {} elements", self.limits.nodes));
        }
        if self.open.len() >= self.limits.depth {
            return self.limit(element.span, &format!("elements nested more than {} deep", self.limits.depth));
        }
        self.open.push(element);
        if !self.read_attributes(start, content, name) {
            self.attributes.clear();
            return Token::Eof;
        }
        let (prefix, local) = split_name(qualified).unwrap_or(("", qualified));
        element.name = local;
        element.vocabulary = self.vocabulary(prefix, element.span);
        if let Some(open) = self.open.last_mut() {
            *open = element;
        }
        self.end_pending = is_empty;
        Token::Start(element)
    }

    fn close(&mut self) -> Token<'a> {
        self.open.pop();
        self.namespaces.leave(self.open.len());
        Token::End
    }

    /// Counts depth from 1 for the root.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// What a prefix stands for; an error and `Foreign` when it is not declared.
    pub(super) fn vocabulary(&mut self, prefix: &str, span: Span) -> Vocabulary {
        self.namespaces.resolve(prefix).unwrap_or_else(|| {
            let fault = Diagnostic::error("csdl::undeclared-prefix", format!("prefix `{prefix}` is not declared"));
            self.report(
                fault.at(span, "used here").help(format!("add `xmlns:{prefix}=\"..\"` to an element around it")),
            );
            Vocabulary::Foreign
        })
    }

    /// Character data at a place; line ends become LF as XML 1.0 section 2.11 wants it.
    fn character_data(&mut self, range: std::ops::Range<usize>, is_markup: bool) -> Text<'a> {
        let raw = self.text.get(range.clone()).unwrap_or_default();
        let span = self.span(range);
        // Nearly all text is the indentation between elements.
        if raw.bytes().all(|byte| matches!(byte, b' ' | b'\n' | b'\t')) {
            return Text { value: Cow::Borrowed(raw), span };
        }
        if is_markup && raw.contains("]]>") {
            let fault = Diagnostic::error("csdl::malformed", "`]]>` is not allowed in text");
            self.report(fault.at(span, "in this text").help("write `]]&gt;`"));
        }
        let value = if raw.contains('\r') {
            Cow::Owned(raw.replace("\r\n", "\n").replace('\r', "\n"))
        } else {
            Cow::Borrowed(raw)
        };
        Text { value, span }
    }

    fn reference(&mut self, start: usize, reference: &BytesRef<'_>) -> Text<'a> {
        let span = self.span(start..start + reference.len() + 2);
        let value = match reference.resolve_char_ref() {
            Ok(Some(found)) if is_xml_character(found) => Some(Cow::Owned(found.to_string())),
            Ok(None) => quick_xml::escape::resolve_predefined_entity(reference).map(Cow::Borrowed),
            Ok(Some(_)) | Err(_) => None,
        };
        if value.is_none() {
            self.unknown_entity(span, reference);
        }
        Text { value: value.unwrap_or_default(), span }
    }

    pub(super) fn unknown_entity(&mut self, span: Span, name: &str) {
        let fault = Diagnostic::error("csdl::unknown-entity", format!("`&{name};` stands for nothing in XML"));
        self.report(fault.at(span, "used here").help("XML knows &amp; &lt; &gt; &quot; &apos; and &#..; only"));
    }

    fn declaration(&mut self, start: usize, declaration: &BytesDecl<'_>) {
        let span = self.span(start..self.position());
        if start != 0 {
            let fault =
                Diagnostic::error("csdl::malformed", "the XML declaration must be the first thing in a document");
            self.report(fault.at(span, "comes too late"));
        }
        match declaration.encoding() {
            None => {}
            Some(Ok(name)) => {
                if let Some(fault) = judge_encoding(&name, span, self.text) {
                    self.report(fault);
                }
            }
            Some(Err(error)) => {
                self.report(Diagnostic::error("csdl::malformed", error.to_string()).at(span, "in this declaration"));
            }
        }
    }

    fn end_of_text(&mut self) {
        self.stopped = true;
        let Some(open) = self.open.last() else { return };
        let fault = Diagnostic::error("csdl::truncated", format!("the document ends inside `{}`", open.name))
            .at(self.span(self.text.len()..self.text.len()), "ends here")
            .also(open.span, "opened here and never closed")
            .help("the document was cut off; fetch it again");
        self.report(fault);
    }

    fn malformed(&mut self, error: &Error) {
        // Syntax errors of quick-xml are all of the kind "the end came before the closing `>`".
        let (code, message) = match error {
            Error::Syntax(error) => ("csdl::truncated", error.to_string()),
            Error::IllFormed(error) => ("csdl::malformed", error.to_string()),
            other => ("csdl::malformed", other.to_string()),
        };
        let start = usize::try_from(self.xml.error_position()).unwrap_or(usize::MAX).min(self.text.len());
        let end = self.text.len().min(start + 1);
        let end = if self.text.is_char_boundary(end) { end } else { start };
        let mut fault = Diagnostic::error(code, message).at(self.span(start..end), "starting here");
        if let Error::Syntax(_) = error {
            fault = fault.help("the document was cut off here, or this is left open; fetch it again");
        }
        if let (Error::IllFormed(_), Some(open)) = (error, self.open.last()) {
            fault = fault.also(open.span, "opened here");
        }
        self.stop(fault);
    }

    /// Where the parser stands.
    pub(super) fn position(&self) -> usize {
        usize::try_from(self.xml.buffer_position()).unwrap_or(usize::MAX)
    }

    pub(super) fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span::new(self.source, range)
    }

    /// The caps that reading keeps to.
    pub(super) fn limits(&self) -> &Limits {
        &self.limits
    }

    pub(super) fn limit(&mut self, span: Span, what: &str) -> Token<'a> {
        let fault = Diagnostic::error("csdl::limit", format!("the document has {what}, which is the limit"));
        self.stop(fault.at(span, "reading ends here"));
        Token::Eof
    }

    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        self.reported += 1;
        if self.reported <= self.limits.diagnostics {
            self.diagnostics.push(diagnostic);
        } else if !self.stopped {
            self.stopped = true;
            let message = format!("more than {} things are wrong with the document", self.limits.diagnostics);
            let place = diagnostic.primary.map_or(self.span(0..0), |(span, _)| span);
            self.diagnostics.push(Diagnostic::error("csdl::limit", message).at(place, "reading ends here"));
        }
    }

    pub(super) fn has_reported(&self) -> bool {
        self.reported > 0
    }

    fn stop(&mut self, diagnostic: Diagnostic) {
        self.report(diagnostic);
        self.stopped = true;
    }
}

/// The prefix and the rest of a name that has a prefix. Names are short: a plain loop beats a search made for long texts.
pub(super) fn split_name(name: &str) -> Option<(&str, &str)> {
    let colon = name.bytes().position(|byte| byte == b':')?;
    Some((name.get(..colon)?, name.get(colon + 1..)?))
}

/// Whether a document type declaration is that of a page: an error page may be sound XML.
fn is_html(declaration: &str) -> bool {
    declaration.trim_start().get(..4).is_some_and(|name| name.eq_ignore_ascii_case("html"))
}
