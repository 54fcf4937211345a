//! Which fields must be boxed, since a struct would otherwise contain itself.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{ItemType, Model, Property, TypeId};
use crate::select::Selection;

/// Edges from a struct to the structs that it holds by value.
#[derive(Debug)]
pub(super) struct ByValue {
    reachable: BTreeMap<TypeId, BTreeSet<TypeId>>,
}

impl ByValue {
    /// Follows single-valued properties; collections and the variants of closed bases are on the heap anyway.
    pub(super) fn new(model: &Model<'_>, selection: &Selection, is_closed: impl Fn(TypeId) -> bool) -> Self {
        let mut direct: BTreeMap<TypeId, Vec<TypeId>> = BTreeMap::new();
        for id in &selection.order {
            let properties = model.all_properties(*id);
            direct.insert(*id, properties.iter().filter_map(|(_, it)| held(it)).filter(|it| !is_closed(*it)).collect());
        }
        let mut reachable = BTreeMap::new();
        for start in &selection.order {
            let mut seen = BTreeSet::new();
            let mut open = vec![*start];
            while let Some(next) = open.pop() {
                for held in direct.get(&next).map(Vec::as_slice).unwrap_or_default() {
                    if seen.insert(*held) {
                        open.push(*held);
                    }
                }
            }
            reachable.insert(*start, seen);
        }
        Self { reachable }
    }

    /// Whether a field of `owner` that holds `value` closes a circle.
    pub(super) fn needs_box(&self, owner: TypeId, value: TypeId) -> bool {
        owner == value || self.reachable.get(&value).is_some_and(|it| it.contains(&owner))
    }
}

fn held(property: &Property<'_>) -> Option<TypeId> {
    match property.ty.item {
        ItemType::Declared(id) if !property.ty.is_collection => Some(id),
        _ => None,
    }
}
