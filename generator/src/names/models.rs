//! The names of what is given to requests that write.

use std::collections::BTreeMap;

use super::case::{file, snake, upper_camel};
use super::resources::{Node, Round};
use super::scope::Scope;
use super::wish::{Origin, Wish};
use super::{ModelNames, Namer};
use crate::model::TypeId;

/// One model: the type, and whether it is for new entities.
type Wanted = (TypeId, bool);

/// The rounds of structs and of files.
pub(super) struct Models {
    wanted: Vec<Wanted>,
    names: Round,
    files: Round,
}

impl Namer<'_, '_> {
    /// What was named before.
    pub(super) fn models(&self, types: &mut Scope, files: &mut Scope, nodes: &[Node<'_>]) -> Models {
        let mut wanted: BTreeMap<(String, bool), Wanted> = BTreeMap::new();
        for resource in nodes.iter().map(|it| it.resource) {
            let id = resource.entity_type;
            for (is_offered, is_new) in [(resource.offers.create, true), (resource.offers.update, false)] {
                if is_offered {
                    wanted.insert((self.model.qualified_name(id), !is_new), (id, is_new));
                }
            }
        }
        let wanted: Vec<Wanted> = wanted.into_values().collect();
        let wish = |(id, is_new): &Wanted, is_file: bool| {
            let (word, origin) = self.type_word(*id);
            let what = match (is_new, is_file) {
                (true, false) => "create",
                (true, true) => "create_file",
                (false, false) => "update",
                (false, true) => "update_file",
            };
            let pin = self.pins.model(&self.model.qualified_name(*id), what);
            let word = upper_camel(word);
            let fits = is_file || pin.as_ref().is_some_and(|it| it.text.contains(&word));
            Wish { word, origin: if fits { Origin::Computed } else { origin.for_all() }, pin }
        };
        let names = Round::new(types, wanted.iter().map(|it| wish(it, false)).collect());
        let files = Round::new(files, wanted.iter().map(|it| wish(it, true)).collect());
        Models { wanted, names, files }
    }

    /// Names for the others, and for the methods of all.
    pub(super) fn finish_models(&mut self, models: &Models, types: &mut Scope, files: &mut Scope) {
        for (at, (id, is_new)) in models.wanted.iter().enumerate() {
            let qualified = self.model.qualified_name(*id);
            let kind = if *is_new { "Create" } else { "Update" };
            let what = if *is_new { "a new" } else { "a changed" };
            let word = format!("{}{kind}", upper_camel(self.type_word(*id).0));
            let name = self.settle(
                &models.names,
                at,
                || types.reserve(&word),
                || format!("the model of {what} `{qualified}`"),
            );
            let wanted = file(&snake(name.unraw()));
            let file = self.settle(
                &models.files,
                at,
                || files.reserve(&wanted),
                || format!("the file of the model of {what} `{qualified}`"),
            );
            let fields = self.names.types.get(id).map(|it| &it.fields);
            let mut scope = Scope::parameters();
            let mut methods = BTreeMap::new();
            for (wire, field) in fields.into_iter().flatten() {
                let word = field.unraw().trim_start_matches('_');
                let mut name = |before: &str| scope.reserve(&format!("{before}_{word}"));
                methods.insert(wire.clone(), (name("with"), name("clear")));
            }
            let names = self.names.models.entry(*id).or_insert_with(|| ModelNames { methods, ..ModelNames::default() });
            *(if *is_new { &mut names.create } else { &mut names.update }) = Some((name, file));
        }
    }
}
