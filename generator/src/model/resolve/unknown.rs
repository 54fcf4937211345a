//! Names that stand for no type, and what was probably meant.

use super::Resolver;
use super::scope::item_name;
use crate::csdl::Text;
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{Primitive, TypeId};
use crate::nearest::nearest;
use crate::source::Span;

/// What older versions and other languages call primitive types.
const STRANGERS: &[(&str, Primitive)] = &[
    ("Bool", Primitive::Boolean),
    ("DateTime", Primitive::DateTimeOffset),
    ("Float", Primitive::Double),
    ("Int", Primitive::Int32),
    ("Integer", Primitive::Int32),
    ("Long", Primitive::Int64),
    ("Number", Primitive::Decimal),
    ("Short", Primitive::Int16),
    ("Text", Primitive::String),
    ("Time", Primitive::TimeOfDay),
    ("Uuid", Primitive::Guid),
];

impl Resolver<'_, '_> {
    /// Reports a name that stands for no type, with who refers to it and the nearest name that does.
    pub(super) fn unknown_type(&mut self, document: usize, name: &str, span: Span) {
        self.unknown_type_as(Severity::Error, document, name, span);
    }

    /// The same of what nothing is generated from.
    pub(super) fn unknown_type_of_annotation(&mut self, document: usize, text: &Text<'_>) {
        self.unknown_type_as(Severity::Warning, document, item_name(&text.value).0, text.span);
    }

    pub(super) fn unknown_type_as(&mut self, severity: Severity, document: usize, name: &str, span: Span) {
        let referrer = self.referrer;
        if let Some(help) = cure(name) {
            let message = format!("`{referrer}` refers to `{name}`, which is no name of a type");
            let fault = Diagnostic::error("resolve::type-syntax", message).at(span, "referenced here").help(help);
            return self.report(Diagnostic { severity, ..fault });
        }
        let message = format!("`{referrer}` refers to type `{name}`, which is not declared");
        let fault = Diagnostic::error("resolve::unknown-type", message).at(span, "referenced here");
        let fault = Diagnostic { severity, ..fault };
        let near = if self.may_search() { self.near_type(document, name) } else { None };
        self.report(match near {
            Some((near, Some(place))) => {
                fault.also(place, "declared here").help(format!("a type with a similar name exists: `{near}`"))
            }
            Some((near, None)) => fault.help(format!("a type with a similar name exists: `{near}`")),
            None => match self.missing_document(document, name) {
                Some(help) => fault.help(help),
                None => fault,
            },
        });
    }

    /// 3.4: a namespace that a document includes, and that none of the documents given declares.
    pub(super) fn missing_document(&self, document: usize, name: &str) -> Option<String> {
        let qualifier = name.rsplit_once('.')?.0;
        if self.schema_of(document, qualifier).is_some() {
            return None;
        }
        let namespace = self.scopes.namespace(document, qualifier);
        let references = &self.documents.get(document)?.references;
        let reference = references.iter().find(|it| it.includes.iter().any(|it| it.namespace.value == namespace))?;
        Some(format!(
            "`{namespace}` is in `{}`; save that document, and add it to `documents` in the configuration or give it with `--document`",
            reference.uri.value
        ))
    }

    /// The type that was probably meant: the same name elsewhere, or nearly the same name.
    fn near_type(&self, document: usize, name: &str) -> Option<(String, Option<Span>)> {
        if Primitive::from_name(name).is_some() {
            return Some((format!("Edm.{name}"), None)); // as older versions wrote it
        }
        if let Some((qualifier, simple)) = name.rsplit_once('.')
            && qualifier.eq_ignore_ascii_case("Edm")
            && self.schema_of(document, qualifier).is_none()
        {
            return near_primitive(simple).map(|it| (format!("Edm.{}", it.name()), None));
        }
        let (qualifier, simple) = name.rsplit_once('.').unwrap_or(("", name));
        let namespace = self.schema_of(document, qualifier).map_or(qualifier, |id| self.model.schema(id).namespace);
        let full = format!("{namespace}.{simple}");
        let mut types = self.model.types();
        let found = types.find(|(_, ty)| ty.name == simple).map(|(id, _)| id).or_else(|| {
            let names: Vec<(TypeId, String)> =
                self.model.types().map(|(id, _)| (id, self.model.qualified_name(id))).collect();
            let near = nearest(&full, names.iter().map(|(_, it)| it.as_str()))?;
            names.iter().find(|(_, it)| it == near).map(|(id, _)| *id)
        })?;
        Some((self.model.qualified_name(found), Some(self.model.ty(found).span)))
    }
}

/// The primitive type that a simple name was probably meant to be.
fn near_primitive(simple: &str) -> Option<Primitive> {
    let stranger = STRANGERS.iter().find(|(name, _)| name.eq_ignore_ascii_case(simple)).map(|(_, it)| *it);
    let exact = || Primitive::from_name(simple);
    let near = || nearest(simple, Primitive::ALL.iter().map(|it| it.name())).and_then(Primitive::from_name);
    exact().or(stranger).or_else(near)
}

/// What to write in place of a name with parentheses that do not belong there; nothing when it has none.
fn cure(name: &str) -> Option<String> {
    if name.is_empty() {
        return Some("name a type, or the type of the items in `Collection(..)`".to_owned());
    }
    if !name.contains(['(', ')']) {
        return None;
    }
    let (item, is_collection) = item_name(name);
    if is_collection && !item.contains(['(', ')']) {
        // Only where a collection cannot stand does one get here whole.
        return Some(format!("a collection cannot stand here; name the type of its items: `{item}`"));
    }
    let inner = name.split(['(', ')']).rfind(|it| !it.trim().is_empty()).unwrap_or_default().trim();
    let cause = match name.matches('(').count().cmp(&name.matches(')').count()) {
        std::cmp::Ordering::Greater => "`(` is not closed",
        std::cmp::Ordering::Less => "`)` closes nothing",
        std::cmp::Ordering::Equal => "a type is a qualified name, or one in `Collection(..)`",
    };
    let is_collection = name.get(.."Collection".len()).is_some_and(|it| it.eq_ignore_ascii_case("Collection"));
    Some(match inner {
        "" => cause.to_owned(),
        inner if is_collection => format!("{cause}; write `Collection({inner})`"),
        inner => format!("{cause}; write `{inner}` or `Collection({inner})`"),
    })
}
