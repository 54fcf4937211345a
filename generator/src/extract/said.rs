//! What is kept of annotations: everything but prose.

use super::maker::Maker;
use crate::csdl::{Annotation, Expression, PropertyValue, Record};
use crate::model;

/// Terms that hold nothing but prose.
const DESCRIPTIVE: &[&str] =
    &["Org.OData.Core.V1.Description", "Org.OData.Core.V1.LongDescription", "Org.OData.Core.V1.Example"];

/// Properties of records that hold prose: the sentence of a revision, the reason of a restriction.
const PROSE: &[&str] = &["Description", "LongDescription", "AdditionalDocumentationLink", "DocumentationURL"];

pub(super) fn is_descriptive(term: &str) -> bool {
    DESCRIPTIVE.contains(&term)
}

impl<'m> Maker<'m> {
    /// What the document says of one element, terms by namespace and in their order. What other documents say of it
    /// stays there.
    pub(super) fn kept(&self, found: &model::Annotations<'m>) -> Vec<Annotation<'m>> {
        let own = found.iter().filter(|it| self.is_own(it.annotation.term.span));
        let mut annotations: Vec<Annotation<'m>> =
            own.filter_map(|it| self.annotation(&it.term, it.qualifier, it.annotation)).collect();
        annotations.sort_by(|a, b| a.term.value.cmp(&b.term.value));
        annotations
    }

    /// Annotations that stand in annotations, records or references, in their order.
    pub(super) fn nested(&self, found: &'m [Annotation<'m>]) -> Vec<Annotation<'m>> {
        let nested = found.iter().filter_map(|it| {
            let qualifier = it.qualifier.as_ref().map(|it| it.value.as_ref());
            self.annotation(&self.qualified(&it.term.value), qualifier, it)
        });
        nested.collect()
    }

    fn annotation(&self, term: &str, qualifier: Option<&'m str>, it: &'m Annotation<'m>) -> Option<Annotation<'m>> {
        if is_descriptive(term) {
            return None;
        }
        self.names_term(term);
        Some(Annotation {
            term: self.text(term.to_owned()),
            qualifier: qualifier.map(|it| self.text(it)),
            value: it.value.as_ref().map(|it| self.without_prose(it)),
            annotations: self.nested(&it.annotations),
        })
    }

    fn without_prose(&self, expression: &'m Expression<'m>) -> Expression<'m> {
        let of_all = |found: &'m [Expression<'m>]| found.iter().map(|it| self.without_prose(it)).collect();
        match expression {
            Expression::Collection(items, span) => Expression::Collection(of_all(items), *span),
            Expression::Record(record) => Expression::Record(self.record(record)),
            Expression::Dynamic { element, attributes, text, children, annotations } => {
                if let Some((_, ty)) = attributes.iter().find(|(name, _)| *name == "Type") {
                    self.names_type(&ty.value);
                }
                Expression::Dynamic {
                    element: element.clone(),
                    attributes: attributes.clone(),
                    text: text.clone(),
                    children: of_all(children),
                    annotations: self.nested(annotations),
                }
            }
            Expression::Constant(..) | Expression::Path(..) => expression.clone(),
        }
    }

    fn record(&self, record: &'m Record<'m>) -> Record<'m> {
        if let Some(ty) = &record.ty {
            self.names_type(&ty.value);
        }
        let properties = record.properties.iter().filter(|it| !PROSE.contains(&it.property.value.as_ref()));
        Record {
            ty: record.ty.clone(),
            properties: properties
                .map(|it| PropertyValue {
                    property: it.property.clone(),
                    value: it.value.as_ref().map(|it| self.without_prose(it)),
                    annotations: self.nested(&it.annotations),
                })
                .collect(),
            annotations: self.nested(&record.annotations),
            span: record.span,
        }
    }
}
