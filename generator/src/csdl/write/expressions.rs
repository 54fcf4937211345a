//! 14: annotations and expressions.

use super::EDM;
use super::xml::Writer;
use crate::csdl::expression::{Annotation, Expression};

impl<'d> Writer<'d> {
    /// 14.3 Elements `edm:Annotation` inside of the schema namespace.
    pub(super) fn annotations(&mut self, annotations: &'d [Annotation<'d>]) {
        for it in annotations {
            self.annotation(it, false);
        }
    }

    /// 14.3 Elements `edm:Annotation` where the default namespace is none.
    pub(super) fn foreign_annotations(&mut self, annotations: &'d [Annotation<'d>]) {
        for it in annotations {
            self.annotation(it, true);
        }
    }

    fn annotation(&mut self, it: &'d Annotation<'d>, is_foreign: bool) {
        self.start("Annotation");
        if is_foreign {
            self.attribute("xmlns", EDM);
        }
        self.text("Term", &it.term).maybe("Qualifier", it.qualifier.as_ref());
        self.value(it.value.as_ref());
        self.annotations(&it.annotations);
        self.end();
    }

    /// The one value of an annotation or of a record's property: as an attribute where there is one for it.
    fn value(&mut self, value: Option<&'d Expression<'d>>) {
        match value {
            None => {}
            Some(Expression::Constant(kind, text)) => {
                self.text(kind.name(), text);
            }
            Some(Expression::Path(kind, text)) => {
                self.text(kind.name(), text);
            }
            Some(other) => self.expression(other),
        }
    }

    /// An expression as an element.
    fn expression(&mut self, expression: &'d Expression<'d>) {
        match expression {
            Expression::Constant(kind, text) => self.leaf(kind.name(), &text.value),
            Expression::Path(kind, text) => self.leaf(kind.name(), &text.value),
            Expression::Collection(items, _) => {
                self.start("Collection");
                for it in items {
                    self.expression(it);
                }
                self.end();
            }
            Expression::Record(record) => {
                self.start("Record").maybe("Type", record.ty.as_ref());
                for it in &record.properties {
                    self.start("PropertyValue").text("Property", &it.property);
                    self.value(it.value.as_ref());
                    self.annotations(&it.annotations);
                    self.end();
                }
                self.annotations(&record.annotations);
                self.end();
            }
            Expression::Dynamic { element, attributes, text, children, annotations } => {
                if let Some(text) = text {
                    self.leaf(&element.value, &text.value);
                    return;
                }
                self.start(&element.value);
                for (name, value) in attributes {
                    self.text(name, value);
                }
                for it in children {
                    self.expression(it);
                }
                self.annotations(annotations);
                self.end();
            }
        }
    }
}
