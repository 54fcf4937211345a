//! Namespaces and aliases: what the qualifier of a name means in each document.

use std::borrow::Cow;
use std::collections::HashMap;

use super::Resolver;
use crate::csdl::{Document, Text};
use crate::diagnostic::Diagnostic;
use crate::model::{Annotations, Bound, ItemType, Model, Primitive, Schema, SchemaId, TypeId, TypeRef};
use crate::source::Span;

/// The aliases of each document, in the order of documents.
#[derive(Debug)]
pub(super) struct Scopes<'m> {
    /// Alias to namespace, and where the alias is given.
    aliases: Vec<HashMap<&'m str, (&'m str, Span)>>,
    /// What qualifiers mean in each document, the first few only: they are the ones that documents use, and a short loop
    /// finds them faster than two hashes do.
    first: Vec<Vec<(&'m str, SchemaId)>>,
    /// Namespaces only: an alias means nothing outside of its document.
    namespaces: HashMap<&'m str, SchemaId>,
}

impl<'m> Scopes<'m> {
    /// Registers every namespace in the model, and every alias for its document.
    pub(super) fn new(documents: &'m [Document<'m>], model: &mut Model<'m>, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let mut scopes = Self { aliases: Vec::new(), first: Vec::new(), namespaces: HashMap::new() };
        for document in documents {
            let mut aliases = HashMap::new();
            for include in document.references.iter().flat_map(|it| &it.includes) {
                add_alias(&mut aliases, include.alias.as_ref(), &include.namespace.value, diagnostics);
            }
            for schema in &document.schemas {
                add_alias(&mut aliases, schema.alias.as_ref(), &schema.namespace.value, diagnostics);
                register(model, &schema.namespace, schema.alias.as_ref());
            }
            scopes.aliases.push(aliases);
        }
        scopes.namespaces.clone_from(&model.index.schemas);
        scopes.first = documents.iter().enumerate().map(|(at, document)| scopes.first_of(at, document)).collect();
        // An alias stands for its namespace outside of documents too, unless a namespace has that name.
        let given: Vec<(&'m str, SchemaId)> =
            model.schemas().flat_map(|(id, schema)| schema.aliases.iter().map(move |alias| (*alias, id))).collect();
        for (alias, id) in given {
            model.index.schemas.entry(alias).or_insert(id);
        }
        scopes
    }

    fn first_of(&self, at: usize, document: &'m Document<'m>) -> Vec<(&'m str, SchemaId)> {
        const FEW: usize = 16;
        let names = document.schemas.iter().flat_map(|it| [it.alias.as_ref(), Some(&it.namespace)]).flatten();
        let known = |name: &'m Text<'m>| {
            let name: &'m str = &name.value;
            Some((name, *self.namespaces.get(self.namespace(at, name))?))
        };
        names.filter_map(known).take(FEW).collect()
    }

    /// The namespace that a qualifier means in a document.
    pub(super) fn namespace<'q>(&self, document: usize, qualifier: &'q str) -> &'q str
    where
        'm: 'q,
    {
        self.aliases.get(document).and_then(|it| it.get(qualifier)).map_or(qualifier, |(namespace, _)| namespace)
    }
}

fn add_alias<'m>(
    aliases: &mut HashMap<&'m str, (&'m str, Span)>,
    alias: Option<&'m Text<'m>>,
    namespace: &'m str,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let Some(alias) = alias else { return };
    match aliases.get(alias.value.as_ref()) {
        Some((other, first)) if *other != namespace => diagnostics.push(
            Diagnostic::error("resolve::duplicate-alias", format!("alias `{}` stands for two namespaces", alias.value))
                .at(alias.span, format!("`{namespace}` here"))
                .also(*first, format!("`{other}` here"))
                .help("give one of them another alias"),
        ),
        _ => {
            aliases.insert(&alias.value, (namespace, alias.span));
        }
    }
}

fn register<'m>(model: &mut Model<'m>, namespace: &'m Text<'m>, alias: Option<&'m Text<'m>>) {
    let next = SchemaId(u32::try_from(model.schemas.len()).unwrap_or(u32::MAX));
    let id = *model.index.schemas.entry(&namespace.value).or_insert(next);
    if id == next {
        model.schemas.push(Schema {
            namespace: &namespace.value,
            aliases: Vec::new(),
            span: namespace.span,
            annotations: Annotations::default(),
        });
    }
    if let (Some(alias), Some(schema)) = (alias, model.schemas.get_mut(id.0 as usize))
        && !schema.aliases.contains(&alias.value.as_ref())
    {
        schema.aliases.push(&alias.value);
    }
}

/// The type between the parentheses of `Collection(..)`, or all of it; and which of the two.
pub(super) fn item_name(text: &str) -> (&str, bool) {
    let inner = text.strip_prefix("Collection(").and_then(|it| it.strip_suffix(')'));
    (inner.unwrap_or(text), inner.is_some())
}

impl<'m> Resolver<'m, '_> {
    /// The namespace and simple name of a qualified name.
    pub(super) fn split<'q>(&self, document: usize, full: &'q str) -> Option<(SchemaId, &'q str)>
    where
        'm: 'q,
    {
        let (qualifier, name) = full.rsplit_once('.')?;
        Some((self.schema_of(document, qualifier)?, name))
    }

    /// The declared type of a qualified name.
    pub(super) fn find_type(&self, document: usize, full: &str) -> Option<TypeId> {
        let (qualifier, name) = full.rsplit_once('.')?;
        let schema = self.schema_of(document, qualifier)?;
        self.model.index.types.get(&(schema, name)).copied()
    }

    /// The namespace that a qualifier stands for in a document; outside of all documents every alias counts.
    pub(super) fn schema_of(&self, document: usize, qualifier: &str) -> Option<SchemaId> {
        if document == self.documents.len() {
            return self.model.find_schema(qualifier);
        }
        let first = self.scopes.first.get(document).map(Vec::as_slice).unwrap_or_default();
        match first.iter().find(|(name, _)| *name == qualifier) {
            Some((_, id)) => Some(*id),
            None => self.scopes.namespaces.get(self.scopes.namespace(document, qualifier)).copied(),
        }
    }

    /// A use of a type; an unknown one is reported.
    pub(super) fn type_ref(&mut self, document: usize, text: &Text<'_>) -> Option<TypeRef> {
        self.type_ref_at(document, &text.value, text.span)
    }

    pub(super) fn type_ref_at(&mut self, document: usize, text: &str, span: Span) -> Option<TypeRef> {
        let found = self.find_type_ref(document, text).or_else(|| self.unqualified(document, text, span));
        if found.is_none() {
            self.unknown_type(document, item_name(text).0, span);
        }
        found
    }

    /// 4.4: a primitive type without `Edm.`, as older versions wrote it. A document in use can hardly be changed, and a
    /// name without a qualifier can mean nothing else; the configuration is written for us.
    fn unqualified(&mut self, document: usize, text: &str, span: Span) -> Option<TypeRef> {
        self.documents.get(document)?;
        let (name, is_collection) = item_name(text);
        let primitive = Primitive::from_name(name)?;
        let referrer = self.referrer;
        self.report(
            Diagnostic::warning(
                "resolve::unqualified-primitive",
                format!("`{referrer}` refers to `{name}` without its namespace"),
            )
            .at(span, format!("read as `Edm.{name}`")),
        );
        Some(TypeRef { is_collection, item: ItemType::Primitive(primitive) })
    }

    /// What a use of a type means.
    pub(super) fn find_type_ref(&self, document: usize, text: &str) -> Option<TypeRef> {
        let (name, is_collection) = item_name(text);
        let item = match name.strip_prefix("Edm.") {
            Some(primitive) => ItemType::Primitive(Primitive::from_name(primitive)?),
            None => ItemType::Declared(self.find_type(document, name)?),
        };
        Some(TypeRef { is_collection, item })
    }

    /// Binds annotations that stand inside of what they are about.
    pub(super) fn inline(&self, document: usize, found: &'m [crate::csdl::Annotation<'m>]) -> Annotations<'m> {
        let mut annotations = Annotations::default();
        self.bind(document, None, found, &mut annotations);
        annotations
    }

    /// Binds annotations to an element, terms by namespace.
    pub(super) fn bind(
        &self,
        document: usize,
        qualifier: Option<&'m str>,
        found: &'m [crate::csdl::Annotation<'m>],
        to: &mut Annotations<'m>,
    ) {
        for annotation in found {
            let own = annotation.qualifier.as_ref().map(|it| it.value.as_ref());
            to.push(Bound {
                term: self.term(document, &annotation.term.value),
                qualifier: own.or(qualifier),
                annotation,
            });
        }
    }

    pub(super) fn term(&self, document: usize, term: &'m str) -> Cow<'m, str> {
        match term.rsplit_once('.') {
            // 5.1: an alias is a simple identifier; what has a dot is a namespace.
            Some((qualifier, _)) if qualifier.bytes().any(|byte| byte == b'.') => Cow::Borrowed(term),
            Some((qualifier, name)) => {
                let namespace = self.scopes.namespace(document, qualifier);
                if namespace == qualifier { Cow::Borrowed(term) } else { Cow::Owned(format!("{namespace}.{name}")) }
            }
            None => Cow::Borrowed(term),
        }
    }
}
