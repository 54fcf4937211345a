//! 3 Entity model wrapper: the document, its references, and how children are walked.

use super::known::near_child;
use super::namespaces::Vocabulary;
use super::sniff;
use super::tokens::{Element, Reader, Token};
use crate::csdl::element::{Document, Include, IncludeAnnotations, Reference, Text};
use crate::csdl::expression::Annotation;
use crate::diagnostic::Diagnostic;
use crate::source::Span;

impl<'a> Reader<'a, '_> {
    /// Reads the root and checks that there is nothing but white space, comments and processing instructions outside it.
    pub(super) fn document(mut self, document: &mut Document<'a>) {
        let mut root: Option<Element<'a>> = None;
        loop {
            match self.next() {
                Token::Start(element) => match root {
                    None => {
                        root = Some(element);
                        self.root(element, document);
                    }
                    Some(first) => {
                        let fault = Diagnostic::error("csdl::outside-root", "the document has a second root element");
                        self.report(fault.at(element.span, "begins here").also(first.span, "the first root"));
                        self.skip();
                    }
                },
                Token::Text(text) if text.value.trim().is_empty() => {}
                Token::Text(text) => {
                    let fault = Diagnostic::error("csdl::outside-root", "there is text outside the root element");
                    let start = text.span.start as usize + (text.value.len() - text.value.trim_start().len());
                    let end = start + text.value.trim_start().lines().next().map_or(0, str::len);
                    self.report(fault.at(self.span(start..end), "here").help("is the document cut or joined?"));
                }
                Token::End => {}
                Token::Eof => break,
            }
        }
        if root.is_none() && !self.has_reported() {
            let end = self.span(self.text.len()..self.text.len());
            let fault = Diagnostic::error("csdl::truncated", "the document has no root element");
            self.report(fault.at(end, "ends here"));
        }
    }

    fn root(&mut self, root: Element<'a>, document: &mut Document<'a>) {
        match (root.vocabulary, root.name) {
            (Vocabulary::Edmx, "Edmx") => self.edmx(root, document),
            (Vocabulary::Edm, "Schema") => {
                let fault =
                    Diagnostic::warning("csdl::bare-schema", "the document has no `edmx:Edmx` around its `Schema`");
                self.report(fault.at(root.span, "the root element"));
                document.schemas.extend(self.schema(root));
            }
            (vocabulary, name) => {
                self.report(sniff::root(name, vocabulary, root.span));
                self.stopped = true;
            }
        }
    }

    /// 3.1 Element `edmx:Edmx`.
    fn edmx(&mut self, root: Element<'a>, document: &mut Document<'a>) {
        document.version = self.required(root, "Version");
        if let Some(version) = &document.version
            && version.value != "4.0"
            && version.value != "4.01"
        {
            let fault = Diagnostic::error("csdl::version", format!("version `{}` is not supported", version.value));
            self.report(fault.at(version.span, "expected `4.0` or `4.01`"));
        }
        let mut services: Option<Element<'a>> = None;
        while let Some(child) = self.child() {
            match (child.vocabulary, child.name) {
                (Vocabulary::Edmx, "Reference") => document.references.extend(self.reference_element(child)),
                (Vocabulary::Edmx, "DataServices") => {
                    if let Some(first) = services {
                        self.repeated(child, first.span);
                    }
                    services = Some(child);
                    self.data_services(document);
                }
                _ => self.unknown(root, child),
            }
        }
        if services.is_none() {
            self.missing_element(root, "DataServices");
        }
    }

    /// 3.2 Element `edmx:DataServices`.
    fn data_services(&mut self, document: &mut Document<'a>) {
        let services = self.current();
        while let Some(child) = self.child() {
            match (child.vocabulary, child.name) {
                (Vocabulary::Edm, "Schema") => document.schemas.extend(self.schema(child)),
                _ => self.unknown(services, child),
            }
        }
    }

    /// 3.3 Element `edmx:Reference`.
    fn reference_element(&mut self, element: Element<'a>) -> Option<Reference<'a>> {
        let uri = self.required(element, "Uri");
        let (mut includes, mut include_annotations, mut annotations) = (Vec::new(), Vec::new(), Vec::new());
        while let Some(child) = self.child() {
            match (child.vocabulary, child.name) {
                (Vocabulary::Edmx, "Include") => includes.extend(self.include(child)),
                (Vocabulary::Edmx, "IncludeAnnotations") => include_annotations.extend(self.include_annotations(child)),
                (Vocabulary::Edm, "Annotation") => annotations.extend(self.annotation(child)),
                _ => self.unknown(element, child),
            }
        }
        if includes.is_empty() && include_annotations.is_empty() && !self.stopped {
            let fault = Diagnostic::warning("csdl::empty-reference", "a `Reference` that includes nothing");
            let help = "name the namespaces in `Include` or `IncludeAnnotations`";
            self.report(fault.at(element.span, "has no effect").help(help));
        }
        Some(Reference { uri: uri?, includes, include_annotations, annotations })
    }

    /// 3.4 Element `edmx:Include`.
    fn include(&mut self, element: Element<'a>) -> Option<Include<'a>> {
        let namespace = self.required(element, "Namespace");
        let alias = self.alias();
        let annotations = self.only_annotations(element);
        Some(Include { namespace: namespace?, alias, annotations })
    }

    /// 3.5 Element `edmx:IncludeAnnotations`.
    fn include_annotations(&mut self, element: Element<'a>) -> Option<IncludeAnnotations<'a>> {
        let term_namespace = self.required(element, "TermNamespace");
        let qualifier = self.optional("Qualifier");
        let target_namespace = self.optional("TargetNamespace");
        self.no_children(element);
        Some(IncludeAnnotations { term_namespace: term_namespace?, qualifier, target_namespace })
    }

    /// The next child that is ours; none at the end of the element. Other vocabularies are skipped in silence.
    pub(super) fn child(&mut self) -> Option<Element<'a>> {
        if !self.attributes.is_empty() {
            self.unknown_attributes();
        }
        loop {
            match self.next() {
                Token::Start(element) => match element.vocabulary {
                    Vocabulary::Edm | Vocabulary::Edmx => return Some(element),
                    Vocabulary::Foreign => self.skip(),
                    Vocabulary::None | Vocabulary::OldEdm | Vocabulary::OldEdmx => {
                        let message = format!("`{}` is not in a namespace of OData 4", element.name);
                        let fault = Diagnostic::error("csdl::wrong-namespace", message).at(element.span, "not read");
                        self.report(fault.help("expected xmlns=\"http://docs.oasis-open.org/odata/ns/edm\""));
                        self.skip();
                    }
                },
                Token::Text(text) => self.stray(&text),
                Token::End | Token::Eof => return None,
            }
        }
    }

    fn stray(&mut self, text: &Text<'a>) {
        // `trim` is for Unicode; nearly all text between elements is line ends and spaces.
        if text.value.bytes().all(|byte| byte.is_ascii_whitespace()) {
            return;
        }
        let name = self.current().name;
        let fault = Diagnostic::warning("csdl::stray-text", format!("`{name}` has no text of its own"));
        self.report(fault.at(text.span, "ignored"));
    }

    /// The innermost open element.
    pub(super) fn current(&self) -> Element<'a> {
        let nothing = Element { name: "", vocabulary: Vocabulary::None, span: self.span(0..0) };
        self.open.last().copied().unwrap_or(nothing)
    }

    /// Passes over the rest of the element just begun.
    pub(super) fn skip(&mut self) {
        let outside = self.depth().saturating_sub(1);
        while self.depth() > outside {
            self.attributes.clear();
            if matches!(self.next(), Token::Eof) {
                break;
            }
        }
        self.attributes.clear();
    }

    /// Warns of an element that the standard does not put here, and passes over it.
    pub(super) fn unknown(&mut self, parent: Element<'a>, element: Element<'a>) {
        let message = format!("`{}` has no child element `{}`", parent.name, element.name);
        let fault = Diagnostic::warning("csdl::unknown-element", message).at(element.span, "ignored");
        self.report(match near_child(parent.name, element.name) {
            Some(near) => fault.help(format!("a similar name exists: `{near}`")),
            None => fault,
        });
        self.skip();
    }

    /// An element of which there may be only one.
    pub(super) fn repeated(&mut self, element: Element<'a>, first: Span) {
        let message = format!("there is more than one `{}` in one element", element.name);
        let fault = Diagnostic::error("csdl::repeated-element", message);
        self.report(fault.at(element.span, "again here").also(first, "first here"));
    }

    /// An element that the standard requires here; what was cut off is not missing.
    pub(super) fn missing_element(&mut self, parent: Element<'a>, name: &str) {
        if self.stopped {
            return;
        }
        let fault = Diagnostic::error("csdl::missing-element", format!("`{}` has no `{name}`", parent.name));
        self.report(fault.at(parent.span, format!("needs `{name}`")));
    }

    /// Walks an element that has no children of ours.
    pub(super) fn no_children(&mut self, element: Element<'a>) {
        while let Some(child) = self.child() {
            self.unknown(element, child);
        }
    }

    /// Walks an element that has only annotations.
    pub(super) fn only_annotations(&mut self, element: Element<'a>) -> Vec<Annotation<'a>> {
        let mut annotations = Vec::new();
        while let Some(child) = self.edm_child(element) {
            match child.name {
                "Annotation" => annotations.extend(self.annotation(child)),
                _ => self.unknown(element, child),
            }
        }
        annotations
    }

    /// The next child of the vocabulary that schemas are written in.
    pub(super) fn edm_child(&mut self, parent: Element<'a>) -> Option<Element<'a>> {
        loop {
            let child = self.child()?;
            if child.vocabulary == Vocabulary::Edm {
                return Some(child);
            }
            self.unknown(parent, child);
        }
    }
}
