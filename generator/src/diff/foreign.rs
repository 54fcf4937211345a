//! Types of other documents: taken from those that were given, or names and nothing more.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::csdl::{
    ComplexType, ContainerItem, Document, EntityType, Include, Reference, Schema, SchemaItem, StructuredType, Text,
};
use crate::source::Span;

/// Takes out of the other documents what the main one declares itself, and their containers: they are there for the types
/// that the main one refers to. A main document that is a bare `Schema`, cut out of a larger one, gets their aliases.
pub(super) fn subordinate(documents: &mut [Document<'_>]) {
    let Some((main, others)) = documents.split_first_mut() else { return };
    let own: BTreeSet<String> = main.schemas.iter().map(|it| it.namespace.value.to_string()).collect();
    let mut aliases = Vec::new();
    for document in others {
        document.schemas.retain(|it| !own.contains(it.namespace.value.as_ref()));
        for schema in &mut document.schemas {
            schema.items.retain(|it| !matches!(it, SchemaItem::Container(_)));
            aliases.extend(schema.alias.iter().map(|it| (owned(&schema.namespace), owned(it))));
        }
    }
    if main.version.is_none() {
        let includes = aliases.into_iter().map(|(namespace, alias)| Include {
            namespace,
            alias: Some(alias),
            annotations: Vec::new(),
        });
        let includes: Vec<Include<'_>> = includes.collect();
        if let Some(first) = includes.first() {
            let uri = first.namespace.clone();
            main.references.push(Reference { uri, includes, include_annotations: Vec::new(), annotations: Vec::new() });
        }
    }
}

fn owned<'o>(text: &Text<'_>) -> Text<'o> {
    Text { value: Cow::Owned(text.value.to_string()), span: text.span }
}

/// Whether a document has a container.
pub(super) fn has_container(document: &Document<'_>) -> bool {
    document.schemas.iter().flat_map(|it| &it.items).any(|it| matches!(it, SchemaItem::Container(_)))
}

/// A document that declares what the others refer to and none of them declares, without a property; and the names of it.
/// What the main document's own namespaces lack is a fault of that document and is not made up for.
pub(super) fn opaque<'o>(documents: &[Document<'_>]) -> Option<(Document<'o>, BTreeSet<String>)> {
    let main = documents.first()?;
    let mut wanted = Wanted::default();
    for document in documents {
        let aliases = aliases(document);
        for schema in &document.schemas {
            let namespace = schema.namespace.value.as_ref();
            wanted.declared.extend(schema.items.iter().filter_map(|it| Some(format!("{namespace}.{}", declared(it)?))));
            schema.items.iter().for_each(|it| wanted.item(it, &aliases));
        }
    }
    let own: BTreeSet<&str> = main.schemas.iter().map(|it| it.namespace.value.as_ref()).collect();
    let mut by_namespace: BTreeMap<&str, Vec<(&str, bool, Span)>> = BTreeMap::new();
    let mut names = BTreeSet::new();
    for (qualified, (is_entity, span)) in &wanted.referred {
        let Some((namespace, name)) = qualified.rsplit_once('.') else { continue };
        if wanted.declared.contains(qualified) || own.contains(namespace) || namespace == "Edm" {
            continue;
        }
        by_namespace.entry(namespace).or_default().push((name, *is_entity, *span));
        names.insert(qualified.clone());
    }
    let schemas: Vec<Schema<'o>> = by_namespace.into_iter().filter_map(|(name, types)| schema(name, &types)).collect();
    let document = Document { source: main.source, version: None, references: Vec::new(), schemas };
    (!names.is_empty()).then_some((document, names))
}

fn schema<'o>(namespace: &str, types: &[(&str, bool, Span)]) -> Option<Schema<'o>> {
    let (_, _, first) = *types.first()?;
    let text = |value: &str, span| Text { value: Cow::Owned(value.to_owned()), span };
    let items = types.iter().map(|(name, is_entity, span)| {
        let structure = StructuredType {
            name: text(name, *span),
            base: None,
            is_abstract: false,
            is_open: None,
            properties: Vec::new(),
            navigations: Vec::new(),
            annotations: Vec::new(),
        };
        if *is_entity {
            SchemaItem::Entity(EntityType { structure, key: None, has_stream: false })
        } else {
            SchemaItem::Complex(ComplexType { structure })
        }
    });
    Some(Schema {
        namespace: text(namespace, first),
        alias: None,
        items: items.collect(),
        external: Vec::new(),
        annotations: Vec::new(),
    })
}

fn aliases<'d>(document: &'d Document<'_>) -> BTreeMap<&'d str, &'d str> {
    let includes = document.references.iter().flat_map(|it| &it.includes);
    let includes = includes.filter_map(|it| Some((it.alias.as_ref()?.value.as_ref(), it.namespace.value.as_ref())));
    let schemas = document.schemas.iter();
    let schemas = schemas.filter_map(|it| Some((it.alias.as_ref()?.value.as_ref(), it.namespace.value.as_ref())));
    includes.chain(schemas).collect()
}

fn declared<'d>(item: &'d SchemaItem<'_>) -> Option<&'d str> {
    Some(match item {
        SchemaItem::Entity(it) => &it.structure.name.value,
        SchemaItem::Complex(it) => &it.structure.name.value,
        SchemaItem::Enum(it) => &it.name.value,
        SchemaItem::Definition(it) => &it.name.value,
        SchemaItem::Operation(_) | SchemaItem::Term(_) | SchemaItem::Container(_) => return None,
    })
}

/// What documents refer to and what they declare, by qualified name.
#[derive(Debug, Default)]
struct Wanted {
    declared: BTreeSet<String>,
    /// Whether it must be an entity type, and where it is first referred to.
    referred: BTreeMap<String, (bool, Span)>,
}

impl Wanted {
    fn refer(&mut self, text: &Text<'_>, is_entity: bool, aliases: &BTreeMap<&str, &str>) {
        let value = text.value.as_ref();
        let item = value.strip_prefix("Collection(").and_then(|it| it.strip_suffix(')')).unwrap_or(value);
        let Some((qualifier, name)) = item.rsplit_once('.') else { return };
        let namespace = aliases.get(qualifier).copied().unwrap_or(qualifier);
        let entry = self.referred.entry(format!("{namespace}.{name}")).or_insert((is_entity, text.span));
        entry.0 |= is_entity;
    }

    fn item(&mut self, item: &SchemaItem<'_>, aliases: &BTreeMap<&str, &str>) {
        match item {
            SchemaItem::Entity(it) => self.structure(&it.structure, true, aliases),
            SchemaItem::Complex(it) => self.structure(&it.structure, false, aliases),
            SchemaItem::Operation(it) => {
                let given = it.parameters.iter().map(|it| &it.ty.name);
                for name in given.chain(it.return_type.iter().map(|it| &it.name)) {
                    self.refer(name, false, aliases);
                }
            }
            SchemaItem::Container(it) => {
                for item in &it.items {
                    match item {
                        ContainerItem::EntitySet(it) => self.refer(&it.entity_type, true, aliases),
                        ContainerItem::Singleton(it) => self.refer(&it.ty, true, aliases),
                        ContainerItem::Import(_) => {}
                    }
                }
            }
            SchemaItem::Term(it) => self.refer(&it.ty.name, false, aliases),
            SchemaItem::Enum(_) | SchemaItem::Definition(_) => {}
        }
    }

    fn structure(&mut self, it: &StructuredType<'_>, is_entity: bool, aliases: &BTreeMap<&str, &str>) {
        it.base.iter().for_each(|it| self.refer(it, is_entity, aliases));
        it.properties.iter().for_each(|it| self.refer(&it.ty.name, false, aliases));
        it.navigations.iter().for_each(|it| self.refer(&it.ty, true, aliases));
    }
}
