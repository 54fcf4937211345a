//! 14.3: the value of an annotation against the type of its term.
//!
//! A term is known where the document that declares it is given to the run; of others nothing is said. Nothing is
//! generated from a value that does not fit, so that faults are warnings.

mod constants;
mod records;

use super::{Referrer, Resolver, walk};
use crate::csdl::Facets;
use crate::csdl::{Annotation, Expression, PathKind, Text};
use crate::diagnostic::Diagnostic;
use crate::model::{ItemType, Primitive, TypeKind, TypeRef};
use crate::source::Span;

/// What is needed where an expression stands.
#[derive(Debug, Clone, Copy)]
struct Needed<'e> {
    /// The term or the property of a record.
    of: &'e str,
    ty: TypeRef,
    nullable: Option<bool>,
    max_length: Option<usize>,
    /// Whether it is what each item of a collection needs.
    is_item: bool,
}

impl<'m> Resolver<'m, '_> {
    /// Checks every annotation of every document.
    pub(super) fn check_values(&mut self) {
        let documents = self.documents;
        for (document, read) in documents.iter().enumerate() {
            for list in read.references.iter().flat_map(|reference| {
                let includes = reference.includes.iter().map(|it| it.annotations.as_slice());
                std::iter::once(reference.annotations.as_slice()).chain(includes)
            }) {
                self.check_repeats_in(document, list);
            }
            for annotation in walk::lists(read).into_iter().flatten() {
                self.check_annotation(document, annotation);
            }
        }
    }

    fn check_annotation(&mut self, document: usize, annotation: &'m Annotation<'m>) {
        let name = &annotation.term.value;
        self.referrer = Referrer { definition: name, part: "" };
        // Without a single term there is nothing to look up.
        let term = if self.model.terms.is_empty() { None } else { self.find_term(document, name) };
        let needed = term.map(|id| self.model.term(id)).and_then(|it| {
            let ty = it.ty?;
            Some(Needed {
                of: name,
                ty,
                nullable: it.nullable,
                max_length: self.max_length(ty.item, &it.facets),
                is_item: false,
            })
        });
        if let Some(value) = &annotation.value {
            self.check_value(document, value, needed);
        }
        self.check_nested(document, &annotation.annotations);
    }

    fn check_nested(&mut self, document: usize, list: &'m [Annotation<'m>]) {
        self.check_repeats_in(document, list);
        for annotation in list {
            self.check_annotation(document, annotation);
        }
    }

    fn check_value(&mut self, document: usize, value: &'m Expression<'m>, needed: Option<Needed<'m>>) {
        match value {
            Expression::Constant(kind, text) => self.check_constant(document, *kind, text, needed),
            Expression::Path(kind, text) => self.check_path(*kind, text, needed),
            Expression::Record(record) => self.check_record(document, record, needed),
            Expression::Collection(items, span) => {
                let item = needed.map(|it| Needed {
                    ty: TypeRef { is_collection: false, ..it.ty },
                    is_item: it.ty.is_collection,
                    ..it
                });
                let fits = needed.is_none_or(|it| it.ty.is_collection || is_anything(it.ty.item));
                if let (false, Some(needed)) = (fits, needed) {
                    self.mismatch(needed, "a collection", *span);
                }
                for value in items {
                    self.check_value(document, value, item.filter(|_| fits));
                }
            }
            Expression::Dynamic { element, attributes, children, annotations, .. } => {
                self.check_dynamic(document, element, attributes, needed);
                let (skipped, handed) = match element.value.as_ref() {
                    "If" => (1, needed),
                    "LabeledElement" => (0, needed),
                    _ => (0, None),
                };
                for (at, child) in children.iter().enumerate() {
                    self.check_value(document, child, handed.filter(|_| at >= skipped));
                }
                self.check_nested(document, annotations);
            }
        }
    }

    /// 14.5.1: expressions whose values are paths, where a term asks for one or for something else. What a value path
    /// leads to depends on the target, so that it is not looked at.
    fn check_path(&mut self, kind: PathKind, text: &Text<'_>, needed: Option<Needed<'_>>) {
        let Some(needed) = needed.filter(|_| kind != PathKind::Path) else { return };
        let general = [Primitive::AnyPropertyPath, Primitive::ModelElementPath];
        let fits = match needed.ty.item {
            ItemType::Declared(_) => matches!(self.underlying(needed.ty.item), ItemType::Primitive(it) if it.is_path()),
            // 4.0 has no other type for a path to any element than a string.
            ItemType::Primitive(it) => {
                it.name() == kind.name()
                    || general.contains(&it)
                    || kind == PathKind::AnyPropertyPath && it.is_path()
                    || is_anything(needed.ty.item)
            }
        };
        if !fits || needed.ty.is_collection {
            let what =
                if needed.ty.is_collection { "a single path".to_owned() } else { format!("of kind {}", kind.name()) };
            self.mismatch(needed, &what, text.span);
        }
    }

    fn check_dynamic(
        &mut self,
        document: usize,
        element: &Text<'m>,
        attributes: &'m [(&'m str, Text<'m>)],
        needed: Option<Needed<'_>>,
    ) {
        let name = element.value.as_ref();
        let ty = attributes.iter().find(|(name, _)| *name == "Type").map(|(_, text)| text);
        let ty = ty.filter(|_| matches!(name, "Cast" | "IsOf")).and_then(|it| self.stated_type(document, it));
        let Some(needed) = needed else { return };
        match name {
            "Null" if needed.ty.is_collection || needed.nullable == Some(false) => {
                self.mismatch(needed, "null", element.span);
            }
            "Cast" => {
                let Some(ty) = ty else { return };
                let related = match (self.underlying(ty.item), self.underlying(needed.ty.item)) {
                    (ItemType::Declared(one), ItemType::Declared(other)) => self.are_related(one, other),
                    (one, other) => one == other || is_anything(other),
                };
                if !related || ty.is_collection != needed.ty.is_collection && !is_anything(needed.ty.item) {
                    self.mismatch(needed, &format!("a cast to `{}`", self.model.type_text(ty)), element.span);
                }
            }
            "And" | "Or" | "Not" | "Eq" | "Ne" | "Gt" | "Ge" | "Lt" | "Le" | "Has" | "In" | "IsOf" => {
                let boolean = ItemType::Primitive(Primitive::Boolean);
                let item = self.underlying(needed.ty.item);
                if needed.ty.is_collection || item != boolean && !is_anything(item) {
                    self.mismatch(needed, &format!("a boolean of `{name}`"), element.span);
                }
            }
            _ => {}
        }
    }

    /// The type that an expression states; an unknown one is reported where its namespace is known.
    fn stated_type(&mut self, document: usize, text: &Text<'_>) -> Option<TypeRef> {
        let found = self.find_type_ref(document, &text.value);
        if found.is_none() {
            let name = super::scope::item_name(&text.value).0;
            let known =
                name.rsplit_once('.').is_none_or(|(it, _)| it == "Edm" || self.schema_of(document, it).is_some());
            if known {
                self.unknown_type_of_annotation(document, text);
            }
        }
        found
    }

    fn mismatch(&mut self, needed: Needed<'_>, what: &str, span: Span) {
        let nullable = if needed.nullable == Some(false) && what == "null" { ", which is never null" } else { "" };
        let item = if needed.is_item { "an item of " } else { "" };
        let ty = self.model.type_text(needed.ty);
        let message = format!("{item}`{}` is `{ty}`{nullable}, and its value is {what}", needed.of);
        let place = match needed.ty.item {
            ItemType::Declared(id) => Some(self.model.ty(id).span),
            ItemType::Primitive(_) => None,
        };
        let fault = Diagnostic::warning("resolve::annotation-value", message).at(span, "this value");
        self.report(match place {
            Some(place) => fault.also(place, "the type that is needed"),
            None => fault,
        });
    }

    /// `MaxLength` of a use of a type, or of the type definition that it names.
    fn max_length(&self, item: ItemType, facets: &Facets<'_>) -> Option<usize> {
        let own = facets.max_length.as_ref();
        let defined = match item {
            ItemType::Declared(id) => match &self.model.ty(id).kind {
                TypeKind::Definition(it) => it.facets.max_length.as_ref(),
                TypeKind::Structured(_) | TypeKind::Enum(_) => None,
            },
            ItemType::Primitive(_) => None,
        };
        own.or(defined)?.value.parse().ok()
    }
}

/// The types that any value fits, or that nothing is known of.
fn is_anything(item: ItemType) -> bool {
    matches!(item, ItemType::Primitive(Primitive::Untyped | Primitive::PrimitiveType))
}
