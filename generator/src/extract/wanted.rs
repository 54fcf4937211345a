//! What the slice holds besides the selection: terms of its annotations, and the types that these need.

use std::collections::BTreeSet;

use super::maker::Named;
use crate::model::{ItemType, Model, TermId, TypeId, TypeRef};

/// The types and terms of the slice, those of other documents among them.
pub(super) struct Wanted {
    /// In the order of the selection, then by id.
    pub(super) types: Vec<TypeId>,
    pub(super) terms: BTreeSet<TermId>,
    seen: BTreeSet<TypeId>,
}

impl Wanted {
    pub(super) fn new(types: &[TypeId]) -> Self {
        Self { types: types.to_vec(), terms: BTreeSet::new(), seen: types.iter().copied().collect() }
    }

    pub(super) fn contains(&self, id: TypeId) -> bool {
        self.seen.contains(&id)
    }

    /// Adds what annotations name and what that needs; whether there was anything to add.
    pub(super) fn grow(&mut self, model: &Model<'_>, named: &Named) -> bool {
        let before = (self.types.len(), self.terms.len());
        let mut open: Vec<TypeId> = named.types.iter().copied().collect();
        for id in &named.terms {
            for id in std::iter::successors(Some(*id), |id| model.term(*id).base) {
                self.terms.insert(id);
                open.extend(model.term(id).ty.and_then(declared));
            }
        }
        while let Some(id) = open.pop() {
            if !self.seen.insert(id) {
                continue;
            }
            self.types.push(id);
            if let Some(it) = model.structured(id) {
                open.extend(it.base);
                open.extend(it.properties.iter().filter_map(|it| declared(it.ty)));
            }
        }
        (self.types.len(), self.terms.len()) != before
    }
}

fn declared(ty: TypeRef) -> Option<TypeId> {
    match ty.item {
        ItemType::Declared(id) => Some(id),
        ItemType::Primitive(_) => None,
    }
}
