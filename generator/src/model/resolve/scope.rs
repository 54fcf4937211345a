//! Namespaces and aliases: what the qualifier of a name means in each document.

use std::borrow::Cow;
use std::collections::HashMap;

use super::Resolver;
use crate::csdl::{Document, Text};
use crate::diagnostic::Diagnostic;
use crate::model::{Annotations, Bound, ItemType, Model, Primitive, Schema, SchemaId, TypeId, TypeRef};
use crate::nearest::nearest;
use crate::source::Span;

/// The aliases of each document, in the order of documents.
#[derive(Debug)]
pub(super) struct Scopes<'m> {
    /// Alias to namespace, and where the alias is given.
    aliases: Vec<HashMap<&'m str, (&'m str, Span)>>,
}

impl<'m> Scopes<'m> {
    /// Registers every namespace in the model, and every alias for its document.
    pub(super) fn new(documents: &'m [Document<'m>], model: &mut Model<'m>, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let mut scopes = Self { aliases: Vec::new() };
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
        // An alias stands for its namespace outside of documents too, unless a namespace has that name.
        let given: Vec<(&'m str, SchemaId)> =
            model.schemas().flat_map(|(id, schema)| schema.aliases.iter().map(move |alias| (*alias, id))).collect();
        for (alias, id) in given {
            model.index.schemas.entry(alias).or_insert(id);
        }
        scopes
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

impl<'m> Resolver<'m, '_> {
    /// The namespace and simple name of a qualified name.
    pub(super) fn split<'q>(&self, document: usize, full: &'q str) -> Option<(SchemaId, &'q str)>
    where
        'm: 'q,
    {
        let (qualifier, name) = full.rsplit_once('.')?;
        let schema = self.model.index.schemas.get(self.scopes.namespace(document, qualifier))?;
        Some((*schema, name))
    }

    /// The declared type of a qualified name.
    pub(super) fn find_type(&self, document: usize, full: &str) -> Option<TypeId> {
        let (qualifier, name) = full.rsplit_once('.')?;
        let schema = self.model.index.schemas.get(self.scopes.namespace(document, qualifier))?;
        self.model.index.types.get(&(*schema, name)).copied()
    }

    /// A use of a type; an unknown one is reported.
    pub(super) fn type_ref(&mut self, document: usize, text: &Text<'_>) -> Option<TypeRef> {
        self.type_ref_at(document, &text.value, text.span)
    }

    pub(super) fn type_ref_at(&mut self, document: usize, text: &str, span: Span) -> Option<TypeRef> {
        let text = text.trim();
        let inner = text.strip_prefix("Collection(").and_then(|it| it.strip_suffix(')'));
        let name = inner.unwrap_or(text).trim();
        let item = match name.strip_prefix("Edm.") {
            Some(primitive) => Primitive::from_name(primitive).map(ItemType::Primitive),
            None => self.find_type(document, name).map(ItemType::Declared),
        };
        if item.is_none() {
            self.unknown_type(document, name, span);
        }
        Some(TypeRef { is_collection: inner.is_some(), item: item? })
    }

    /// Reports a name that stands for no type, with the nearest one that does.
    pub(super) fn unknown_type(&mut self, document: usize, name: &str, span: Span) {
        let fault = Diagnostic::error("resolve::unknown-type", format!("type `{name}` is not declared"))
            .at(span, "referenced here");
        if name.starts_with("Edm.") {
            let known: Vec<String> = Primitive::ALL.iter().map(|it| format!("Edm.{}", it.name())).collect();
            let near = nearest(name, known.iter().map(String::as_str)).map(str::to_owned);
            self.diagnostics.push(match near {
                Some(near) => fault.help(format!("a type with a similar name exists: `{near}`")),
                None => fault,
            });
            return;
        }
        let full = match name.rsplit_once('.') {
            Some((qualifier, simple)) => format!("{}.{simple}", self.scopes.namespace(document, qualifier)),
            None => name.to_owned(),
        };
        let names: Vec<(String, Span)> =
            self.model.types().map(|(id, ty)| (self.model.qualified_name(id), ty.span)).collect();
        let near = nearest(&full, names.iter().map(|(it, _)| it.as_str()));
        let found = near.and_then(|near| names.iter().find(|(it, _)| it == near));
        self.diagnostics.push(match found {
            Some((near, span)) => {
                fault.also(*span, "declared here").help(format!("a type with a similar name exists: `{near}`"))
            }
            None => fault,
        });
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

    fn term(&self, document: usize, term: &'m str) -> Cow<'m, str> {
        match term.rsplit_once('.') {
            Some((qualifier, name)) => {
                let namespace = self.scopes.namespace(document, qualifier);
                if namespace == qualifier { Cow::Borrowed(term) } else { Cow::Owned(format!("{namespace}.{name}")) }
            }
            None => Cow::Borrowed(term),
        }
    }
}
