//! 14.5.2 to 14.5.15: the dynamic expressions that are kept as they stand.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use super::attributes::Attribute;
use super::tokens::{Element, Reader};
use crate::csdl::element::Text;
use crate::csdl::expression::{Annotation, ConstantKind, Expression, PathKind};
use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// What the standard says of one element.
pub(super) struct Rule {
    pub(super) element: &'static str,
    operands: RangeInclusive<usize>,
    pub(super) attributes: &'static [&'static str],
}

const fn rule(element: &'static str, operands: RangeInclusive<usize>, attributes: &'static [&'static str]) -> Rule {
    Rule { element, operands, attributes }
}

const TYPE: &[&str] = &["Type", "MaxLength", "Precision", "Scale", "SRID", "Unicode"];

pub(super) static RULES: &[Rule] = &[
    rule("Add", 2..=2, &[]),
    rule("And", 2..=2, &[]),
    rule("Apply", 0..=usize::MAX, &["Function"]),
    rule("Cast", 1..=1, TYPE),
    rule("Div", 2..=2, &[]),
    rule("DivBy", 2..=2, &[]),
    rule("Eq", 2..=2, &[]),
    rule("Ge", 2..=2, &[]),
    rule("Gt", 2..=2, &[]),
    rule("Has", 2..=2, &[]),
    rule("If", 2..=3, &[]),
    rule("In", 2..=2, &[]),
    rule("IsOf", 1..=1, TYPE),
    // And one expression as an attribute.
    rule("LabeledElement", 0..=1, &["Name"]),
    rule("Le", 2..=2, &[]),
    rule("Lt", 2..=2, &[]),
    rule("Mod", 2..=2, &[]),
    rule("Mul", 2..=2, &[]),
    rule("Ne", 2..=2, &[]),
    rule("Neg", 1..=1, &[]),
    rule("Not", 1..=1, &[]),
    rule("Null", 0..=0, &[]),
    rule("Or", 2..=2, &[]),
    rule("Sub", 2..=2, &[]),
    rule("UrlRef", 1..=1, &[]),
];

impl<'a> Reader<'a, '_> {
    /// Reads an element that is a dynamic expression; none, and nothing read, when it is no such element.
    pub(super) fn dynamic(&mut self, element: Element<'a>) -> Option<Expression<'a>> {
        let rule = RULES.iter().find(|rule| rule.element == element.name)?;
        let is_label = element.name == "LabeledElement";
        if is_label && !self.attributes.iter().any(|it| it.name == "Name") {
            // Reports that there is none.
            drop(self.required(element, "Name"));
        }
        let is_known = |it: &Attribute<'a>| rule.attributes.contains(&it.name) || (is_label && is_inline(it.name));
        let (known, unknown): (Vec<_>, Vec<_>) = std::mem::take(&mut self.attributes).into_iter().partition(is_known);
        self.attributes = unknown;
        self.unknown_attributes();
        let attributes: Vec<(&'a str, Text<'a>)> = known.into_iter().map(|it| (it.name, it.value)).collect();
        let mut values: Vec<Span> = Vec::new();
        for (name, value) in attributes.iter().filter(|(name, _)| is_label && is_inline(name)) {
            values.push(value.span);
            if let Some(kind) = ConstantKind::from_name(name) {
                self.check_constant(kind, value);
            }
        }
        let (mut children, mut annotations) = (Vec::new(), Vec::new());
        while let Some(child) = self.edm_child(element) {
            if child.name == "Annotation" {
                annotations.extend(self.annotation(child));
            } else if let Some(expression) = self.expression(element, child) {
                children.push(expression);
                values.push(child.span);
            }
        }
        self.count(rule, element, &values);
        Some(whole(element, attributes, None, (children, annotations)))
    }

    /// Operands that are missing or too many; what was cut off is not missing.
    fn count(&mut self, rule: &Rule, element: Element<'a>, values: &[Span]) {
        if rule.operands.contains(&values.len()) || self.stopped {
            return;
        }
        let (least, most) = (*rule.operands.start(), *rule.operands.end());
        let wanted = if least == most { least.to_string() } else { format!("{least} to {most}") };
        let message = format!("`{}` has the wrong number of operands", element.name);
        let label = format!("expected {wanted}, found {}", values.len());
        let mut fault = Diagnostic::error("csdl::operands", message).at(element.span, label);
        if let Some(first) = values.get(most) {
            fault = fault.also(*first, "one too many");
        }
        self.report(fault);
    }
}

/// Attributes that are an expression.
pub(super) fn is_inline(name: &str) -> bool {
    ConstantKind::from_name(name).is_some() || PathKind::from_name(name).is_some() || name == "UrlRef"
}

pub(super) fn whole<'a>(
    element: Element<'a>,
    attributes: Vec<(&'a str, Text<'a>)>,
    text: Option<Text<'a>>,
    (children, annotations): (Vec<Expression<'a>>, Vec<Annotation<'a>>),
) -> Expression<'a> {
    let name = Text { value: Cow::Borrowed(element.name), span: element.span };
    Expression::Dynamic { element: name, attributes, text, children, annotations }
}
