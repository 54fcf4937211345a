//! 14.3 Annotations, and the expressions that are their values.

use std::borrow::Cow;

use super::dynamic::{is_inline, whole};
use super::tokens::{Element, Reader, Token};
use crate::csdl::element::Text;
use crate::csdl::expression::{Annotation, ConstantKind, Expression, PathKind, PropertyValue, Record};
use crate::diagnostic::Diagnostic;
use crate::source::Span;

impl<'a> Reader<'a, '_> {
    /// 14.3 Element `edm:Annotation`.
    pub(super) fn annotation(&mut self, element: Element<'a>) -> Option<Annotation<'a>> {
        let term = self.required(element, "Term");
        let qualifier = self.optional("Qualifier");
        let (value, annotations) = self.valued(element);
        Some(Annotation { term: term?, qualifier, value, annotations })
    }

    /// What `Annotation` and `PropertyValue` have in common: at most one expression, as an attribute or as a child, and
    /// annotations.
    fn valued(&mut self, element: Element<'a>) -> (Option<Expression<'a>>, Vec<Annotation<'a>>) {
        let mut annotations = Vec::new();
        let mut value: Option<(Span, Expression<'a>)> = None;
        while let Some((name, expression)) = self.attribute_expression() {
            self.only_value(element, &mut value, name, expression);
        }
        while let Some(child) = self.edm_child(element) {
            if child.name == "Annotation" {
                annotations.extend(self.annotation(child));
            } else if let Some(expression) = self.expression(element, child) {
                self.only_value(element, &mut value, child.span, expression);
            }
        }
        (value.map(|(_, expression)| expression), annotations)
    }

    fn only_value(
        &mut self,
        element: Element<'a>,
        value: &mut Option<(Span, Expression<'a>)>,
        span: Span,
        expression: Expression<'a>,
    ) {
        if let Some((first, _)) = value {
            let fault = Diagnostic::error("csdl::two-values", format!("`{}` has more than one value", element.name));
            self.report(fault.at(span, "again here").also(*first, "first here"));
        } else {
            *value = Some((span, expression));
        }
    }

    /// Takes an attribute that is an expression, such as `Bool="true"`.
    fn attribute_expression(&mut self) -> Option<(Span, Expression<'a>)> {
        let index = self.attributes.iter().position(|attribute| is_inline(attribute.name))?;
        let attribute = self.attributes.remove(index);
        let span = attribute.value.span;
        let expression = if let Some(kind) = ConstantKind::from_name(attribute.name) {
            self.constant(kind, attribute.value)
        } else if let Some(kind) = PathKind::from_name(attribute.name) {
            Expression::Path(kind, attribute.value)
        } else {
            // 14.5.13: the attribute is short for an element with one string.
            Expression::Dynamic {
                element: Text { value: Cow::Borrowed(attribute.name), span },
                attributes: Vec::new(),
                text: None,
                children: vec![Expression::Constant(ConstantKind::String, attribute.value)],
                annotations: Vec::new(),
            }
        };
        Some((span, expression))
    }

    fn constant(&mut self, kind: ConstantKind, text: Text<'a>) -> Expression<'a> {
        self.check_constant(kind, &text);
        Expression::Constant(kind, if kind == ConstantKind::String { text } else { trimmed(text) })
    }

    /// Reads an element that is an expression; warns and returns nothing when it is none.
    pub(super) fn expression(&mut self, parent: Element<'a>, element: Element<'a>) -> Option<Expression<'a>> {
        if let Some(kind) = ConstantKind::from_name(element.name) {
            let text = self.text_of(element);
            return Some(self.constant(kind, text));
        }
        if let Some(kind) = PathKind::from_name(element.name) {
            return Some(Expression::Path(kind, trimmed(self.text_of(element))));
        }
        match element.name {
            "Collection" => {
                let mut items = Vec::new();
                while let Some(child) = self.edm_child(element) {
                    items.extend(self.expression(element, child));
                }
                Some(Expression::Collection(items, element.span))
            }
            "Record" => Some(Expression::Record(self.record(element))),
            "LabeledElementReference" => {
                let text = trimmed(self.text_of(element));
                Some(whole(element, Vec::new(), Some(text), (Vec::new(), Vec::new())))
            }
            _ => {
                let found = self.dynamic(element);
                if found.is_none() {
                    self.unknown(parent, element);
                }
                found
            }
        }
    }

    /// 14.5.14 Element `edm:Record`.
    fn record(&mut self, element: Element<'a>) -> Record<'a> {
        let ty = self.optional("Type");
        let (mut properties, mut annotations) = (Vec::new(), Vec::new());
        while let Some(child) = self.edm_child(element) {
            match child.name {
                "PropertyValue" => properties.extend(self.property_value(child)),
                "Annotation" => annotations.extend(self.annotation(child)),
                _ => self.unknown(element, child),
            }
        }
        Record { ty, properties, annotations, span: element.span }
    }

    /// 14.5.14.2 Element `edm:PropertyValue`.
    fn property_value(&mut self, element: Element<'a>) -> Option<PropertyValue<'a>> {
        let property = self.required(element, "Property");
        let (value, annotations) = self.valued(element);
        Some(PropertyValue { property: property?, value, annotations })
    }

    /// The text of an element that holds nothing else.
    fn text_of(&mut self, element: Element<'a>) -> Text<'a> {
        self.unknown_attributes();
        let mut found: Option<Text<'a>> = None;
        loop {
            match self.next() {
                Token::Text(part) => match &mut found {
                    None => found = Some(part),
                    Some(found) => {
                        found.value.to_mut().push_str(&part.value);
                        found.span.end = part.span.end;
                    }
                },
                Token::Start(child) => self.unknown(element, child),
                Token::End | Token::Eof => break,
            }
        }
        found.unwrap_or(Text { value: Cow::Borrowed(""), span: element.span })
    }
}

/// Without the line ends and indentation that surround a name in an element.
fn trimmed(text: Text<'_>) -> Text<'_> {
    let value = match text.value {
        Cow::Borrowed(value) => Cow::Borrowed(value.trim()),
        Cow::Owned(value) => Cow::Owned(value.trim().to_owned()),
    };
    Text { value, span: text.span }
}
