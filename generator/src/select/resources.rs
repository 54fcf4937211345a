//! The tree of paths: what stands below those that the configuration names.

use std::collections::BTreeMap;

use super::{Call, Offers, There, calls};
use crate::model::{ItemType, Model, Property, PropertyKind, TypeId};

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
    pub(super) fn new(template: String, segment: Segment, entity_type: TypeId, is_collection: bool) -> Self {
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

pub(super) fn navigations<'c, 'm>(model: &'c Model<'m>, entity_type: TypeId) -> Vec<&'c Property<'m>> {
    let all = model.all_properties(entity_type).into_iter().map(|(_, property)| property);
    all.filter(|it| matches!(it.kind, PropertyKind::Navigation { .. })).collect()
}

/// The resource that a navigation property leads to.
pub(super) fn below(parent: &Resource, property: &Property<'_>) -> Option<Resource> {
    let ItemType::Declared(entity_type) = property.ty.item else { return None };
    let template = format!("{}/{}", parent.template, property.name);
    Some(Resource::new(template, Segment::Navigation(property.name.to_owned()), entity_type, property.ty.is_collection))
}

/// One entity of a collection.
pub(super) fn item(collection: &Resource) -> Resource {
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
