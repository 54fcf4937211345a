//! What a new lock says that the one before did not, for people.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::{Lock, TypeLock};
use crate::names::Verb;

/// Names that are listed of each kind; a summary is no inventory.
const SHOWN: usize = 10;

/// How the names of one lock differ from those of the one before.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Changes {
    /// Names of things that had none.
    pub new: usize,
    /// Rust names that are no longer there, as `what: name`: their thing is gone.
    pub gone: Vec<String>,
    /// Rust names that are others now, as `what: before, now name`.
    pub renamed: Vec<String>,
    /// New Rust names that have a number since something else has the plain one, as `what: name`.
    pub numbered: Vec<String>,
}

/// A thing that has a name: the scope of the name, and the thing.
type Named<'l> = BTreeMap<(String, String), &'l str>;

impl Changes {
    /// What comes of writing a lock where another one stood, or none. The text is one that [`super::text()`] made.
    #[must_use]
    pub fn of(before: Option<&Lock>, wanted: &str) -> Self {
        // Our own text reads; should it not, a summary is no reason to fail.
        let now: Lock = toml::from_str(wanted).unwrap_or_default();
        Self::between(before.unwrap_or(&Lock::default()), &now)
    }

    /// Whether every name is as it was.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.new == 0 && self.gone.is_empty() && self.renamed.is_empty() && self.numbered.is_empty()
    }

    /// Compares two locks. Files are not told of: they are nobody's API.
    #[must_use]
    pub fn between(before: &Lock, now: &Lock) -> Self {
        let (before, now) = (named(before), named(now));
        let mut scopes: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for ((scope, _), name) in &now {
            scopes.entry(scope).or_default().insert(name);
        }
        let mut changes = Self::default();
        for (key, name) in &now {
            let (scope, what) = key;
            match before.get(key) {
                None => {
                    changes.new += 1;
                    let plain = without_number(name)
                        .filter(|it| scopes.get(scope.as_str()).is_some_and(|all| all.contains(it)));
                    changes.numbered.extend(plain.map(|_| format!("{what}: `{name}`")));
                }
                Some(earlier) if earlier != name => changes.renamed.push(format!("{what}: `{earlier}`, now `{name}`")),
                Some(_) => {}
            }
        }
        let gone = before.iter().filter(|(key, _)| !now.contains_key(*key));
        changes.gone = gone.map(|((_, what), name)| format!("{what}: `{name}`")).collect();
        changes
    }
}

/// `2 names new, 1 gone`, then a line for each name that an app would miss or wonder at.
impl fmt::Display for Changes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kinds = [("gone", &self.gone), ("renamed", &self.renamed), ("numbered", &self.numbered)];
        let plural = if self.new == 1 { "name" } else { "names" };
        write!(f, "{} {plural} new", self.new)?;
        for (kind, names) in kinds.iter().filter(|(_, names)| !names.is_empty()) {
            write!(f, ", {} {kind}", names.len())?;
        }
        for (kind, names) in kinds {
            for name in names.iter().take(SHOWN) {
                write!(f, "\n  {kind}: {name}")?;
            }
            if names.len() > SHOWN {
                write!(f, "\n  {kind}: {} more", names.len() - SHOWN)?;
            }
        }
        Ok(())
    }
}

/// `remote_control` of `remote_control_2`; nothing where there is no number that [`crate::names`] would give.
fn without_number(name: &str) -> Option<&str> {
    let plain = name.trim_end_matches(|it: char| it.is_ascii_digit());
    let number = name.strip_prefix(plain).and_then(|it| it.parse::<u32>().ok()).filter(|it| *it >= 2)?;
    // Only what `number` itself writes: `02` is part of a word.
    plain.len().checked_add(number.to_string().len()).filter(|it| *it == name.len())?;
    Some(plain.strip_suffix('_').unwrap_or(plain))
}

/// Every name of a lock, inherited ones with each type that has them: a property that moves to a base goes nowhere.
fn named(lock: &Lock) -> Named<'_> {
    let mut all = Named::new();
    for (namespace, name) in &lock.modules {
        all.insert(("modules".to_owned(), format!("namespace `{namespace}`")), name.get_ref());
    }
    for (qualified, ty) in &lock.types {
        let scope = qualified.rsplit_once('.').map_or("", |(namespace, _)| namespace);
        for (what, name) in [("type", &ty.name), ("base struct of", &ty.base)] {
            if let Some(name) = name {
                all.insert((format!("types {scope}"), format!("{what} `{qualified}`")), name.get_ref());
            }
        }
        for (property, name) in fields(lock, ty) {
            all.insert((format!("fields {qualified}"), format!("property `{qualified}/{property}`")), name);
        }
        for (kind, names) in [("member", &ty.members), ("variant", &ty.variants)] {
            for (wire, name) in names {
                all.insert((format!("{kind}s {qualified}"), format!("{kind} `{qualified}/{wire}`")), name.get_ref());
            }
        }
    }
    for (template, resource) in &lock.resources {
        let parent = template.rsplit_once('/').map_or("", |(parent, _)| parent);
        let verbs = Verb::ALL.map(|it| ("requests", format!("request `{}` at", it.word()), resource.get(it.word())));
        let entries = [
            ("requests", "resource".to_owned(), resource.name.as_ref()),
            (parent, "method to".to_owned(), resource.method.as_ref()),
        ];
        for (scope, what, name) in entries.into_iter().chain(verbs) {
            if let Some(name) = name {
                all.insert((format!("resources {scope}"), format!("{what} `{template}`")), name.get_ref());
            }
        }
    }
    for (key, call) in &lock.calls {
        let place = key.split('(').next().unwrap_or_default();
        let parent = place.rsplit_once('/').map_or("", |(parent, _)| parent);
        for (scope, what, name) in [(parent, "method", &call.method), ("requests", "request", &call.request)] {
            if let Some(name) = name {
                all.insert((format!("resources {scope}"), format!("{what} `{key}`")), name.get_ref());
            }
        }
    }
    for (qualified, model) in &lock.models {
        for (what, name) in [("a new", &model.create), ("a changed", &model.update)] {
            if let Some(name) = name {
                let what = format!("the model of {what} `{qualified}`");
                all.insert(("resources requests".to_owned(), what), name.get_ref());
            }
        }
    }
    all
}

/// The fields of a type and of its bases; the nearest says how a property is called.
fn fields<'l>(lock: &'l Lock, ty: &'l TypeLock) -> BTreeMap<&'l str, &'l str> {
    let mut all = BTreeMap::new();
    // A lock is a file that anybody may write: one type may inherit from another in a circle.
    let mut seen = BTreeSet::new();
    let mut next = Some(ty);
    while let Some(ty) = next {
        for (property, name) in &ty.fields {
            all.entry(property.as_str()).or_insert(name.get_ref().as_str());
        }
        let base = ty.inherits.as_deref().filter(|it| seen.insert(*it));
        next = base.and_then(|it| lock.types.get(it));
    }
    all
}
