//! Paths from the entity container, and what stands below them.

use std::collections::BTreeMap;

use super::{Call, Offers, There, calls};
use crate::config::{Config, Loaded};
use crate::diagnostic::Diagnostic;
use crate::model::{Container, ContainerMember, ContainerMemberKind, ItemType, Model, Property, PropertyKind, TypeId};
use crate::nearest::nearest;
use crate::source::Span;

/// How deep contained resources are followed; real services nest three or four deep.
const DEPTH: usize = 8;

/// One node of the path tree.
#[derive(Debug, Clone)]
pub struct Resource {
    /// The path from the service root, keys as `{id}`.
    pub template: String,
    /// The step that leads here from the parent.
    pub segment: Segment,
    /// The type of the entity, or of the entities of a collection.
    pub entity_type: TypeId,
    /// Whether it stands for many entities.
    pub is_collection: bool,
    /// Whether the configuration names this path; everything below it belongs to it too. What only leads to a root has
    /// a place in the tree, but no operations of its own.
    pub is_root: bool,
    /// What can be reached from here.
    pub children: Vec<Resource>,
    /// The functions and actions that are bound here.
    pub calls: Vec<Call>,
    /// The operations that exist here.
    pub offers: Offers,
}

impl Resource {
    fn new(template: String, segment: Segment, entity_type: TypeId, is_collection: bool) -> Self {
        Self {
            template,
            segment,
            entity_type,
            is_collection,
            is_root: false,
            children: Vec::new(),
            calls: Vec::new(),
            offers: Offers::default(),
        }
    }
}

/// One step of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    /// An entity set or singleton of the container.
    Container(String),
    /// A navigation property of the parent's type.
    Navigation(String),
    /// The key of one entity of the parent's collection.
    Key,
    /// The same, as a derived type.
    Cast {
        /// The type of the parent.
        base: TypeId,
        /// The qualified name of the derived type.
        name: String,
    },
}

/// What a path of the configuration comes to.
enum Root {
    /// Resources, outermost first; the last is the one that is asked for.
    Steps(Vec<Resource>),
    /// The overloads of an import.
    Calls(Vec<Call>),
}

/// The paths that the configuration selects, merged where they begin alike, and the imports.
pub(super) fn roots(
    model: &Model<'_>,
    config: &Loaded<Config>,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<Resource>, Vec<Call>) {
    let mut forest: Vec<Resource> = Vec::new();
    let mut imports: BTreeMap<String, Call> = BTreeMap::new();
    for path in &config.value.select.paths {
        match walk(model, path.get_ref(), config.span(path)) {
            Ok(Root::Steps(steps)) => merge(&mut forest, steps),
            Ok(Root::Calls(calls)) => imports.extend(calls.into_iter().map(|it| (it.key.clone(), it))),
            Err(fault) => diagnostics.push(*fault),
        }
    }
    forest.sort_by(|a, b| a.template.cmp(&b.template));
    (forest, imports.into_values().collect())
}

/// What one path leads to.
fn walk(model: &Model<'_>, path: &str, span: Span) -> Result<Root, Box<Diagnostic>> {
    let path = path.trim_start_matches('/');
    if let Some(import) = members(model).find(|it| it.name == path && addressed(it).is_none()) {
        return Ok(Root::Calls(calls::imported(model, import)));
    }
    let mut steps: Vec<Resource> = Vec::new();
    for name in path.split('/') {
        let next = match steps.last() {
            None => container_member(model, name, span)?,
            Some(parent) if parent.is_collection && is_key(name) => item(parent),
            Some(parent) => navigation(model, parent, name, span)?,
        };
        steps.push(next);
    }
    if let Some(last) = steps.last_mut() {
        last.is_root = true;
    }
    Ok(Root::Steps(steps))
}

fn members<'c, 'm>(model: &'c Model<'m>) -> impl Iterator<Item = &'c ContainerMember<'m>> {
    model.containers().iter().flat_map(|it: &Container<'_>| &it.members)
}

fn is_key(segment: &str) -> bool {
    segment.starts_with('{') && segment.ends_with('}')
}

fn container_member(model: &Model<'_>, name: &str, span: Span) -> Result<Resource, Box<Diagnostic>> {
    let mut found = members(model).filter(|it| it.name == name).filter_map(|it| Some((it, addressed(it)?)));
    let Some((member, (entity_type, is_collection))) = found.next() else {
        return Err(Box::new(unknown_member(|| members(model), name, span)));
    };
    // A container that extends another has its members; those are one.
    if let Some((other, _)) = found.find(|(it, _)| it.span != member.span) {
        let fault = format!("`{name}` stands in two entity containers, neither of which extends the other");
        return Err(Box::new(
            Diagnostic::error("select::ambiguous-path", fault)
                .at(span, "selected here")
                .also(member.span, "the first one")
                .also(other.span, "the second one")
                .help("a service has one entity container; give the documents of one service"),
        ));
    }
    Ok(Resource::new(format!("/{name}"), Segment::Container(name.to_owned()), entity_type, is_collection))
}

/// What a path that begins with a member addresses: its entity type, and whether there are many.
fn addressed(member: &ContainerMember<'_>) -> Option<(TypeId, bool)> {
    match member.kind {
        ContainerMemberKind::EntitySet { entity_type, .. } => Some((entity_type, true)),
        ContainerMemberKind::Singleton { entity_type } => Some((entity_type, false)),
        ContainerMemberKind::Import { .. } => None,
    }
}

fn unknown_member<'c, 'm: 'c, I>(members: impl Fn() -> I, name: &str, span: Span) -> Diagnostic
where
    I: Iterator<Item = &'c ContainerMember<'m>>,
{
    let fault =
        Diagnostic::error("select::unknown-path", format!("the container has no entity set or singleton `{name}`"))
            .at(span, "selected here");
    if members().any(|it| it.name == name) {
        return fault.help("it is a function or an action: nothing stands below it, so write its path alone");
    }
    match nearest(name, members().filter(|it| addressed(it).is_some()).map(|it| it.name)) {
        Some(near) => fault.help(format!("a similar name exists: `{near}`")),
        None => fault,
    }
}

fn navigation(model: &Model<'_>, parent: &Resource, name: &str, span: Span) -> Result<Resource, Box<Diagnostic>> {
    let navigations = navigations(model, parent.entity_type);
    if !parent.is_collection
        && let Some(found) = navigations.iter().find(|it| it.name == name)
        && let Some(resource) = below(parent, found)
    {
        return Ok(resource);
    }
    let fault =
        Diagnostic::error("select::unknown-path", format!("`{}` has no navigation property `{name}`", parent.template))
            .at(span, "selected here");
    let fault = if parent.is_collection {
        fault
            .help(format!("`{}` is a collection; one of its entities is `{}/{{id}}`", parent.template, parent.template))
    } else if let Some(near) = nearest(name, navigations.iter().map(|it| it.name)) {
        fault.help(format!("a similar name exists: `{near}`"))
    } else {
        fault
    };
    Err(Box::new(fault))
}

fn navigations<'c, 'm>(model: &'c Model<'m>, entity_type: TypeId) -> Vec<&'c Property<'m>> {
    let all = model.all_properties(entity_type).into_iter().map(|(_, property)| property);
    all.filter(|it| matches!(it.kind, PropertyKind::Navigation { .. })).collect()
}

/// The resource that a navigation property leads to.
fn below(parent: &Resource, property: &Property<'_>) -> Option<Resource> {
    let ItemType::Declared(entity_type) = property.ty.item else { return None };
    let template = format!("{}/{}", parent.template, property.name);
    Some(Resource::new(template, Segment::Navigation(property.name.to_owned()), entity_type, property.ty.is_collection))
}

/// One entity of a collection.
fn item(collection: &Resource) -> Resource {
    Resource::new(format!("{}/{{id}}", collection.template), Segment::Key, collection.entity_type, false)
}

/// What a path stands for, as each derived type that is selected.
fn casts(model: &Model<'_>, node: &Resource, there: &There<'_>) -> Vec<Resource> {
    if matches!(node.segment, Segment::Cast { .. }) {
        return Vec::new();
    }
    let base = node.entity_type;
    let derived = model.descendants(base).into_iter().filter(|it| there.contains(*it));
    let cast = |id: TypeId| {
        let name = model.qualified_name(id);
        let template = format!("{}/{name}", node.template);
        Resource::new(template, Segment::Cast { base, name }, id, node.is_collection)
    };
    derived.map(cast).collect()
}

/// Adds a chain of nodes to a forest, sharing the nodes that are there already.
fn merge(forest: &mut Vec<Resource>, steps: Vec<Resource>) {
    let mut level = forest;
    for step in steps {
        let at = level.iter().position(|it| it.template == step.template).unwrap_or_else(|| {
            level.push(Resource { is_root: false, ..step.clone() });
            level.len() - 1
        });
        let Some(node) = level.get_mut(at) else { return };
        node.is_root |= step.is_root;
        level = &mut node.children;
    }
}

/// Adds below each root the entities of collections and the contained resources of selected types.
pub(super) fn grow(model: &Model<'_>, mut forest: Vec<Resource>, there: &There<'_>) -> Vec<Resource> {
    for resource in &mut forest {
        grow_one(model, resource, there, &mut Vec::new(), false);
    }
    forest
}

fn grow_one(model: &Model<'_>, node: &mut Resource, there: &There<'_>, path: &mut Vec<TypeId>, inside: bool) {
    let inside = inside || node.is_root;
    node.is_root = inside;
    // A type that contains itself (folders in folders) would go on for ever: the second of a kind is a leaf.
    let repeats = !matches!(node.segment, Segment::Key) && path.contains(&node.entity_type);
    if inside && !repeats && path.len() < DEPTH {
        let mut found: BTreeMap<String, Resource> =
            node.children.drain(..).map(|it| (it.template.clone(), it)).collect();
        let mut grown = casts(model, node, there);
        match (&node.segment, node.is_collection) {
            // One entity of a derived type is one of the collection.
            (Segment::Cast { .. }, true) => {}
            // A type without a key has no single entities.
            (_, true) if calls::key(model, node.entity_type).is_some() => grown.push(item(node)),
            (_, true) => {}
            (segment, false) => {
                let base = if let Segment::Cast { base, .. } = segment { Some(*base) } else { None };
                for property in navigations(model, node.entity_type) {
                    let contained = matches!(property.kind, PropertyKind::Navigation { contains_target: true, .. });
                    // What the base has too stands where the base does.
                    let above = base.is_some_and(|it| navigations(model, it).iter().any(|it| it.name == property.name));
                    let child = below(node, property).filter(|_| contained && !above);
                    grown.extend(child.filter(|it| there.contains(it.entity_type)));
                }
            }
        }
        for child in grown {
            found.entry(child.template.clone()).or_insert(child);
        }
        node.children = found.into_values().collect();
    }
    if !matches!(node.segment, Segment::Key) {
        path.push(node.entity_type);
    }
    for child in &mut node.children {
        grow_one(model, child, there, path, inside);
    }
    if !matches!(node.segment, Segment::Key) {
        path.pop();
    }
}
