//! Paths from the entity container, and what stands below them.

use std::collections::BTreeMap;

use super::Selection;
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
}

/// The paths that the configuration selects, merged where they begin alike.
pub(super) fn roots(model: &Model<'_>, config: &Loaded<Config>, diagnostics: &mut Vec<Diagnostic>) -> Vec<Resource> {
    let mut forest: Vec<Resource> = Vec::new();
    for path in &config.value.select.paths {
        match walk(model, path.get_ref(), config.span(path)) {
            Ok(steps) => merge(&mut forest, steps),
            Err(fault) => diagnostics.push(*fault),
        }
    }
    forest.sort_by(|a, b| a.template.cmp(&b.template));
    forest
}

/// The nodes of one path, outermost first; the last is the root that is asked for.
fn walk(model: &Model<'_>, path: &str, span: Span) -> Result<Vec<Resource>, Box<Diagnostic>> {
    let mut steps: Vec<Resource> = Vec::new();
    for name in path.trim_start_matches('/').split('/') {
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
    Ok(steps)
}

fn is_key(segment: &str) -> bool {
    segment.starts_with('{') && segment.ends_with('}')
}

fn container_member(model: &Model<'_>, name: &str, span: Span) -> Result<Resource, Box<Diagnostic>> {
    let members = || model.containers().iter().flat_map(|it: &Container<'_>| &it.members);
    let mut found = members().filter(|it| it.name == name).filter_map(|it| Some((it, addressed(it)?)));
    let Some((member, (entity_type, is_collection))) = found.next() else {
        return Err(Box::new(unknown_member(members, name, span)));
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
    Ok(Resource {
        template: format!("/{name}"),
        segment: Segment::Container(name.to_owned()),
        entity_type,
        is_collection,
        is_root: false,
        children: Vec::new(),
    })
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
        return fault.help("it is a function or an action, which cannot be selected by a path");
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
    Some(Resource {
        template: format!("{}/{}", parent.template, property.name),
        segment: Segment::Navigation(property.name.to_owned()),
        entity_type,
        is_collection: property.ty.is_collection,
        is_root: false,
        children: Vec::new(),
    })
}

/// One entity of a collection.
fn item(collection: &Resource) -> Resource {
    Resource {
        template: format!("{}/{{id}}", collection.template),
        segment: Segment::Key,
        entity_type: collection.entity_type,
        is_collection: false,
        is_root: false,
        children: Vec::new(),
    }
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
pub(super) fn grow(model: &Model<'_>, mut forest: Vec<Resource>, selection: &Selection) -> Vec<Resource> {
    for resource in &mut forest {
        grow_one(model, resource, selection, &mut Vec::new(), false);
    }
    forest
}

fn grow_one(model: &Model<'_>, node: &mut Resource, selection: &Selection, path: &mut Vec<TypeId>, inside: bool) {
    let inside = inside || node.is_root;
    node.is_root = inside;
    // A type that contains itself (folders in folders) would go on for ever: the second of a kind is a leaf.
    let repeats = !matches!(node.segment, Segment::Key) && path.contains(&node.entity_type);
    if inside && !repeats && path.len() < DEPTH {
        let mut found: BTreeMap<String, Resource> =
            node.children.drain(..).map(|it| (it.template.clone(), it)).collect();
        if node.is_collection {
            // A key of several properties is no single segment; a type without a key has no single entities.
            if model.key(node.entity_type).len() == 1 {
                let item = item(node);
                found.entry(item.template.clone()).or_insert(item);
            }
        } else {
            for property in navigations(model, node.entity_type) {
                let contained = matches!(property.kind, PropertyKind::Navigation { contains_target: true, .. });
                let Some(child) = below(node, property) else { continue };
                if contained && selection.contains(child.entity_type) {
                    found.entry(child.template.clone()).or_insert(child);
                }
            }
        }
        node.children = found.into_values().collect();
    }
    if !matches!(node.segment, Segment::Key) {
        path.push(node.entity_type);
    }
    for child in &mut node.children {
        grow_one(model, child, selection, path, inside);
    }
    if !matches!(node.segment, Segment::Key) {
        path.pop();
    }
}
