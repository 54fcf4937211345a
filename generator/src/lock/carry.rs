//! Names of what is gone. They are kept apart, under `[gone]`: what comes back has its name again, and meanwhile anything
//! new may take it.

use std::collections::{BTreeMap, BTreeSet};

use super::{Lock, Tables};
use crate::names::Verb;

/// The table and the key that a name stands under.
type Place<'l> = (Vec<&'l str>, &'l str);

/// A name, and the scope in which no other thing has it; none for what is no name.
type Named<'l> = (Option<String>, &'l str);

/// What of the lock before, and of what was gone before it, is to be carried beside the lock of now: table, key, name.
pub(super) fn carried<'l>(before: &'l Lock, now: &Lock) -> Vec<(Vec<&'l str>, &'l str, &'l str)> {
    let present = entries(now.live());
    let taken: BTreeSet<(&str, &str)> =
        present.values().filter_map(|(scope, name)| Some((scope.as_deref()?, unraw(name)))).collect();
    let mut gone = entries(before.gone());
    gone.extend(entries(before.live()));
    let carried = gone.into_iter().filter(|(place, (scope, name))| {
        let given_away = scope.as_deref().is_some_and(|it| taken.contains(&(it, unraw(name))));
        !present.contains_key(place) && !given_away
    });
    let carried: Vec<_> = carried.map(|((table, key), (_, name))| (table, key, name)).collect();
    // Whose names a type has is of use only beside a type that is gone whole.
    let whole: BTreeSet<&str> =
        carried.iter().filter(|it| it.1 == "name").filter_map(|it| it.0.get(1).copied()).collect();
    let is_kept = |(table, key, _): &(Vec<&str>, &str, &str)| {
        *key != "inherits" || table.len() != 2 || table.get(1).is_some_and(|it| whole.contains(it))
    };
    carried.into_iter().filter(is_kept).collect()
}

fn unraw(name: &str) -> &str {
    name.strip_prefix("r#").unwrap_or(name)
}

fn entries(tables: Tables<'_>) -> BTreeMap<Place<'_>, Named<'_>> {
    let mut all: BTreeMap<Place<'_>, Named<'_>> = BTreeMap::new();
    for (namespace, name) in tables.modules {
        all.insert((vec!["modules"], namespace), (Some("modules".to_owned()), name.get_ref()));
    }
    for (qualified, ty) in tables.types {
        let namespace = qualified.rsplit_once('.').map_or("", |(namespace, _)| namespace);
        let table = || vec!["types", qualified.as_str()];
        for (key, scope, name) in
            [("name", "types", &ty.name), ("base", "types", &ty.base), ("file", "files", &ty.file)]
        {
            if let Some(name) = name {
                all.insert((table(), key), (Some(format!("{scope} {namespace}")), name.get_ref()));
            }
        }
        if let Some(base) = &ty.inherits {
            all.insert((table(), "inherits"), (None, base));
        }
        let inner = [
            ("fields", &ty.fields),
            ("constants", &ty.constants),
            ("members", &ty.members),
            ("variants", &ty.variants),
        ];
        for (kind, names) in inner {
            for (wire, name) in names {
                let place = (vec!["types", qualified.as_str(), kind], wire.as_str());
                all.insert(place, (Some(format!("{kind} {qualified}")), name.get_ref()));
            }
        }
    }
    for (template, resource) in tables.resources {
        let parent = template.rsplit_once('/').map_or("", |(parent, _)| parent);
        let verbs = Verb::ALL.map(|it| (it.word(), "requests".to_owned()));
        let words = [("name", "requests"), ("file", "request files")].map(|(key, scope)| (key, scope.to_owned()));
        for (key, scope) in words.into_iter().chain([("method", format!("methods {parent}"))]).chain(verbs) {
            if let Some(name) = resource.get(key) {
                all.insert((vec!["resources", template], key), (Some(scope), name.get_ref()));
            }
        }
    }
    for (call, names) in tables.calls {
        let place = call.split('(').next().unwrap_or_default();
        let parent = place.rsplit_once('/').map_or("", |(parent, _)| parent);
        let words = [("request", "requests".to_owned()), ("file", "request files".to_owned())];
        for (key, scope) in words.into_iter().chain([("method", format!("methods {parent}"))]) {
            if let Some(name) = names.get(key) {
                all.insert((vec!["calls", call], key), (Some(scope), name.get_ref()));
            }
        }
    }
    for (qualified, names) in tables.models {
        for (key, scope) in [
            ("create", "requests"),
            ("create_file", "request files"),
            ("update", "requests"),
            ("update_file", "request files"),
        ] {
            if let Some(name) = names.get(key) {
                all.insert((vec!["models", qualified], key), (Some(scope.to_owned()), name.get_ref()));
            }
        }
    }
    all
}
