//! The attributes of the current start tag, asked for by name; what nobody asks for is unknown.

use std::borrow::Cow;
use std::ops::Range;

use quick_xml::escape::EscapeError;
use quick_xml::events::attributes::{self, AttrError, Attributes};
use quick_xml::{Error, XmlVersion};

use super::decode::is_xml_character;
use super::known::near_attribute;
use super::namespaces::Vocabulary;
use super::tokens::{Element, Reader, split_name};
use crate::csdl::element::{Facets, Text, TypeUse};
use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// One attribute without a prefix: the only ones that CSDL has.
#[derive(Debug)]
pub(super) struct Attribute<'a> {
    pub(super) name: &'a str,
    pub(super) value: Text<'a>,
}

impl<'a> Reader<'a, '_> {
    /// Reads the attributes of a tag whose content starts one byte after `tag`; false when reading ended at a cap.
    pub(super) fn read_attributes(&mut self, tag: usize, content: &'a str, name: usize) -> bool {
        self.attributes.clear();
        if content.len() == name {
            return true;
        }
        let mut prefixed: Vec<(&'a str, Span)> = Vec::new();
        let mut seen = 0;
        for attribute in Attributes::new(content, name) {
            let attribute = match attribute {
                Ok(attribute) => attribute,
                Err(error) => {
                    self.bad_attribute(&error, tag, content);
                    if matches!(error, AttrError::Duplicated(..)) {
                        continue;
                    }
                    break;
                }
            };
            seen += 1;
            if seen > self.limits().attributes {
                let span = self.span(tag..tag + name);
                self.limit(span, &format!("more than {} attributes on one element", self.limits().attributes));
                return false;
            }
            let key = attribute.key.0;
            let key_span = self.span_of(key);
            self.separated(key_span);
            let value = self.value(&attribute);
            match split_name(key) {
                None if key == "xmlns" => self.bind("", &value),
                None => self.attributes.push(Attribute { name: key, value }),
                Some(("xmlns", prefix)) => self.bind(prefix, &value),
                Some((prefix, _)) => prefixed.push((prefix, key_span)),
            }
            if self.namespaces.len() > self.limits().namespaces {
                self.limit(key_span, &format!("more than {} namespaces in scope", self.limits().namespaces));
                return false;
            }
        }
        // Only now are all declarations of the element known.
        for (prefix, span) in prefixed {
            if matches!(self.vocabulary(prefix, span), Vocabulary::Edm | Vocabulary::Edmx) {
                let fault = Diagnostic::warning("csdl::unknown-attribute", "attributes of CSDL have no prefix");
                self.report(fault.at(span, "ignored"));
            }
        }
        true
    }

    fn bind(&mut self, prefix: &'a str, uri: &Text<'a>) {
        let depth = self.depth();
        self.namespaces.bind(depth, prefix, &uri.value);
    }

    /// Where a part of the source text stands: values that quick-xml hands out borrow from it.
    fn span_of(&self, part: &str) -> Span {
        let start = part.as_ptr().addr().wrapping_sub(self.text.as_ptr().addr());
        self.span(start..start + part.len())
    }

    /// XML wants white space before every attribute, quick-xml does not.
    fn separated(&mut self, key: Span) {
        let before = self.text.as_bytes().get((key.start as usize).wrapping_sub(1));
        if !before.is_some_and(u8::is_ascii_whitespace) {
            let fault = Diagnostic::error("csdl::malformed", "white space is missing between two attributes");
            self.report(fault.at(key, "before this one"));
        }
    }

    fn value(&mut self, attribute: &attributes::Attribute<'a>) -> Text<'a> {
        let Cow::Borrowed(raw) = attribute.value else {
            // Never so: the iterator over a borrowed text borrows.
            return Text { value: attribute.value.clone(), span: self.span_of(attribute.key.0) };
        };
        let span = self.span_of(raw);
        // One pass that the compiler can vectorise; nearly every value is plain.
        let suspect = |byte: u8| byte < b' ' || byte == b'&' || byte == b'<';
        if !raw.bytes().fold(false, |found, byte| found | suspect(byte)) {
            return Text { value: Cow::Borrowed(raw), span };
        }
        if let Some(offset) = raw.find('<') {
            let start = span.start as usize + offset;
            let fault = Diagnostic::error("csdl::malformed", "`<` is not allowed in an attribute's value");
            self.report(
                fault.at(self.span(start..start + 1), "stands here").help("write `&lt;`; or is a quote missing?"),
            );
        }
        match attribute.normalized_value(XmlVersion::Implicit1_0) {
            Ok(value) => {
                if let Some(found) = value.chars().find(|found| !is_xml_character(*found)) {
                    let message = format!("character U+{:04X} is not allowed in XML", u32::from(found));
                    self.report(Diagnostic::error("csdl::control-character", message).at(span, "in this value"));
                }
                Text { value, span }
            }
            Err(Error::Escape(EscapeError::UnrecognizedEntity(range, name))) => {
                let base = span.start as usize;
                self.unknown_entity(self.span(base + range.start..base + range.end), &name);
                Text { value: Cow::Borrowed(raw), span }
            }
            Err(error) => {
                self.report(Diagnostic::error("csdl::malformed", error.to_string()).at(span, "in this value"));
                Text { value: Cow::Borrowed(raw), span }
            }
        }
    }

    fn bad_attribute(&mut self, error: &AttrError, tag: usize, content: &str) {
        let place = |offset: usize| {
            let offset = offset.min(content.len());
            let length = content.get(offset..).and_then(|rest| rest.split(['=', ' ', '\t', '\r', '\n']).next());
            tag + offset..tag + offset + length.map_or(0, str::len)
        };
        let fault = match *error {
            AttrError::Duplicated(second, first) => {
                let name = self.text.get(place(second)).unwrap_or_default();
                Diagnostic::error("csdl::duplicate-attribute", format!("attribute `{name}` stands twice in one tag"))
                    .at(self.span(place(second)), "again here")
                    .also(self.span(place(first)), "first here")
                    .help("remove one of them")
            }
            AttrError::ExpectedEq(at) => self.malformed_attribute("an attribute has no `=`", place(at)),
            AttrError::ExpectedValue(at) => self.malformed_attribute("an attribute has no value", place(at)),
            AttrError::UnquotedValue(at) => self.malformed_attribute("an attribute's value is not quoted", place(at)),
            AttrError::ExpectedQuote(at, _) => {
                self.malformed_attribute("an attribute's value has no closing quote", place(at))
            }
        };
        self.report(fault);
    }

    fn malformed_attribute(&self, message: &str, range: Range<usize>) -> Diagnostic {
        Diagnostic::error("csdl::malformed", message).at(self.span(range), "in this tag")
    }

    /// Takes an attribute.
    pub(super) fn optional(&mut self, name: &str) -> Option<Text<'a>> {
        let index = self.attributes.iter().position(|attribute| attribute.name == name)?;
        Some(self.attributes.remove(index).value)
    }

    /// Takes an attribute; an error when it is absent or empty.
    pub(super) fn required(&mut self, element: Element<'a>, name: &str) -> Option<Text<'a>> {
        let found = self.optional(name);
        if found.as_ref().is_some_and(|text| !text.value.is_empty()) {
            return found;
        }
        let what = if found.is_some() { "an empty" } else { "no" };
        let message = format!("`{}` has {what} `{name}`", element.name);
        let span = found.map_or(element.span, |text| text.span);
        self.report(Diagnostic::error("csdl::missing-attribute", message).at(span, format!("needs `{name}`")));
        None
    }

    /// Takes the alias of a schema or of an inclusion: one identifier, since what stands before the last dot of a
    /// qualified name is looked up whole.
    pub(super) fn alias(&mut self) -> Option<Text<'a>> {
        let alias = self.optional("Alias")?;
        if alias.value.is_empty() || alias.value.contains(['.', '/', ' ', '(', ')']) {
            let fault = Diagnostic::error("csdl::bad-alias", format!("`{}` is no alias", alias.value));
            self.report(fault.at(alias.span, "expected one name without dots"));
            return None;
        }
        if self.is_reserved("alias", &alias) {
            return None;
        }
        Some(alias)
    }

    /// 5.1 and 5.2: names that no namespace and no alias may have; reports one of them.
    pub(super) fn is_reserved(&mut self, what: &str, text: &Text<'a>) -> bool {
        let is_reserved = matches!(&*text.value, "Edm" | "odata" | "System" | "Transient");
        if is_reserved {
            let message = format!("`{}` is reserved and can be no {what}", text.value);
            let fault = Diagnostic::error("csdl::reserved-name", message).at(text.span, "given here");
            self.report(
                fault.help("the standard reserves `Edm`, `odata`, `System` and `Transient`; choose another name"),
            );
        }
        is_reserved
    }

    /// Takes `true` or `false`.
    pub(super) fn flag(&mut self, name: &str) -> Option<bool> {
        let text = self.optional(name)?;
        match &*text.value {
            "true" | "1" => Some(true),
            "false" | "0" => Some(false),
            other => {
                let fault = Diagnostic::error("csdl::bad-boolean", format!("`{other}` is no value for `{name}`"));
                self.report(fault.at(text.span, "expected `true` or `false`"));
                None
            }
        }
    }

    /// 7.2 takes the facets.
    pub(super) fn facets(&mut self) -> Facets<'a> {
        if self.attributes.is_empty() {
            return Facets::default();
        }
        Facets {
            max_length: self.number("MaxLength", &["max"]),
            precision: self.number("Precision", &[]),
            scale: self.number("Scale", &["variable", "floating"]),
            unicode: self.flag("Unicode"),
            srid: self.number("SRID", &["variable"]),
        }
    }

    fn number(&mut self, name: &str, words: &[&str]) -> Option<Text<'a>> {
        let text = self.optional(name)?;
        // 4.0 documents in the field write `Max` and `Variable`.
        let is_number = !text.value.is_empty() && text.value.bytes().all(|byte| byte.is_ascii_digit());
        if is_number || words.iter().any(|word| text.value.eq_ignore_ascii_case(word)) {
            return Some(text);
        }
        let fault = Diagnostic::error("csdl::bad-facet", format!("`{}` is no value for `{name}`", text.value));
        let words = words.iter().fold(String::new(), |words, word| words + " or `" + word + "`");
        self.report(fault.at(text.span, format!("expected a number from 0{words}")));
        None
    }

    /// 7.1 and 7.2: takes `Type`, `Nullable` and facets.
    pub(super) fn type_use(&mut self, element: Element<'a>) -> Option<TypeUse<'a>> {
        let name = self.required(element, "Type");
        let nullable = self.flag("Nullable");
        let facets = self.facets();
        Some(TypeUse { name: name?, nullable, facets })
    }

    /// Warns of the attributes that are left.
    pub(super) fn unknown_attributes(&mut self) {
        let Some(element) = self.open.last().copied() else { return };
        for attribute in std::mem::take(&mut self.attributes) {
            let message = format!("`{}` has no attribute `{}`", element.name, attribute.name);
            let fault = Diagnostic::warning("csdl::unknown-attribute", message);
            let fault = fault.at(self.span_of(attribute.name), "ignored");
            self.report(match near_attribute(element.name, attribute.name) {
                Some(near) => fault.help(format!("a similar name exists: `{near}`")),
                None => fault,
            });
        }
    }
}
