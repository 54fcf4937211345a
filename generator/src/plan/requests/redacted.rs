//! Which properties recordings of exchanges leave out or replace.

use std::collections::BTreeSet;

use toml::Spanned;

use super::super::build::Planner;
use crate::config::TypeOptions;
use crate::model::{ItemType, TypeId};

/// The names of listed properties. One that other types have too, without listing it, goes by the properties that lead to
/// its own type: `buyer/id`. Where nothing leads to it, the name is all there is. An open type in which such properties
/// stand may come with more of them, under names that nobody has declared: `seats/*/id`.
pub(super) fn named(planner: &Planner<'_>, list: impl Fn(&TypeOptions) -> &Vec<Spanned<String>>) -> Vec<String> {
    let model = planner.model;
    let lists = |id: TypeId, name: &str| {
        let mut options = model.ancestry(id).filter_map(|it| planner.options(it));
        options.any(|it| list(it).iter().any(|it| it.get_ref() == name))
    };
    let all = || {
        let order = planner.selection.order.iter();
        order.flat_map(|id| model.all_properties(*id).into_iter().map(move |(_, property)| (*id, property)))
    };
    let mut listed: BTreeSet<(&str, TypeId)> = BTreeSet::new();
    let mut elsewhere: BTreeSet<&str> = BTreeSet::new();
    for (id, property) in all() {
        if lists(id, property.name) {
            listed.insert((property.name, id));
        } else {
            elsewhere.insert(property.name);
        }
    }
    let is_open = |ty: ItemType| match ty {
        ItemType::Declared(id) => model.ancestry(id).any(|it| model.structured(it).is_some_and(|it| it.is_open)),
        ItemType::Primitive(_) => false,
    };
    let mut found: BTreeSet<String> = BTreeSet::new();
    for (name, id) in listed {
        let leads = |ty: ItemType| matches!(ty, ItemType::Declared(to) if to == id);
        let ways: Vec<String> =
            all().filter(|(_, it)| leads(it.ty.item)).map(|(_, it)| format!("{}/{name}", it.name)).collect();
        if elsewhere.contains(name) && !ways.is_empty() {
            found.extend(ways);
            let holds = |ty: ItemType| match ty {
                ItemType::Declared(holder) => model.all_properties(holder).iter().any(|(_, it)| leads(it.ty.item)),
                ItemType::Primitive(_) => false,
            };
            let open = all().filter(|(_, it)| is_open(it.ty.item) && holds(it.ty.item));
            found.extend(open.map(|(_, it)| format!("{}/*/{name}", it.name)));
        } else if !elsewhere.contains(name) || model.structured(id).is_some_and(|it| it.base.is_none()) {
            found.insert(name.to_owned());
        }
    }
    found.into_iter().collect()
}
