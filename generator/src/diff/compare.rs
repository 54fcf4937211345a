//! From two surfaces to their differences.

use std::collections::{BTreeMap, BTreeSet};

use super::class::{follows_from, of_fact, of_presence};
use super::surface::{Entry, Key, Surface};
use super::{Aspect, Change, Class, Element, Kind, Place, Seen, Side};
use crate::source::Span;

/// Every difference, the weightiest first.
pub(super) fn changes(old: &Side, new: &Side) -> Vec<Change> {
    let paired = paired(&old.surface, &new.surface);
    let mut found = Found::default();
    for (key, before) in &old.surface.entries {
        match paired.get(key) {
            Some(after) => found.facts(key, before, after),
            None => found.presence(key, before, Kind::Removed),
        }
    }
    for (key, after) in &paired {
        if !old.surface.entries.contains_key(key) {
            found.presence(key, after, Kind::Added);
        }
    }
    found.orders(&old.surface, &paired);
    let told = Told { old, new, paired: &paired };
    let mut changes: Vec<Change> = found.folded().iter().map(|it| told.change(it)).collect();
    changes.sort_by(|a, b| {
        (b.class, a.element, &a.subject, a.kind, a.aspect).cmp(&(a.class, b.element, &b.subject, b.kind, b.aspect))
    });
    changes
}

/// The new entries under the names that the old side has for them: a function whose parameters changed is the same one,
/// where neither side has another overload that the other lacks. So is a parameter of it that has another name and the
/// same place and type: arguments have no names.
fn paired(old: &Surface, new: &Surface) -> BTreeMap<Key, Entry> {
    let renamed = renamed(&old.entries, &new.entries, |_, entry| entry.overload_of.clone());
    let new = under(&new.entries, &renamed);
    let parameters = |key: &Key, entry: &Entry| {
        let owner = entry.owner.as_ref().filter(|_| key.0 == Element::Parameter)?;
        let ty = entry.facts.get(&Aspect::Type).map(String::as_str).unwrap_or_default();
        Some(format!("{} {} {ty}", owner.1, entry.place.unwrap_or_default()))
    };
    let renamed = self::renamed(&old.entries, &new, parameters);
    under(&new, &renamed)
}

/// New names of what is the only one of its group that the other side lacks, by what it is called in the old side.
fn renamed(
    old: &BTreeMap<Key, Entry>,
    new: &BTreeMap<Key, Entry>,
    group: impl Fn(&Key, &Entry) -> Option<String>,
) -> BTreeMap<Key, String> {
    let mut alone: BTreeMap<String, (Vec<&Key>, Vec<&Key>)> = BTreeMap::new();
    for (key, entry) in old.iter().filter(|(key, _)| !new.contains_key(*key)) {
        if let Some(group) = group(key, entry) {
            alone.entry(group).or_default().0.push(key);
        }
    }
    for (key, entry) in new.iter().filter(|(key, _)| !old.contains_key(*key)) {
        if let Some(group) = group(key, entry) {
            alone.entry(group).or_default().1.push(key);
        }
    }
    let mut renamed = BTreeMap::new();
    for (before, after) in alone.into_values() {
        if let ([before], [after]) = (before.as_slice(), after.as_slice()) {
            renamed.insert((*after).clone(), before.1.clone());
        }
    }
    renamed
}

/// Entries, and what belongs to them, under other names.
fn under(entries: &BTreeMap<Key, Entry>, renamed: &BTreeMap<Key, String>) -> BTreeMap<Key, Entry> {
    let entries = entries.iter().map(|(key, entry)| {
        if let Some(name) = renamed.get(key) {
            return ((key.0, name.clone()), entry.clone());
        }
        let owner = entry.owner.as_ref().and_then(|it| Some((it, renamed.get(it)?)));
        match owner {
            Some((owner, name)) => {
                let rest = key.1.strip_prefix(owner.1.as_str()).unwrap_or_default();
                let entry = Entry { owner: Some((owner.0, name.clone())), ..entry.clone() };
                ((key.0, format!("{name}{rest}")), entry)
            }
            None => (key.clone(), entry.clone()),
        }
    });
    entries.collect()
}

/// A difference before it is told.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Raw {
    class: Class,
    kind: Kind,
    key: Key,
    aspect: Option<Aspect>,
    values: (Option<String>, Option<String>),
    /// The same property where it is declared.
    declared: Option<Key>,
    inherited: Vec<Key>,
    parts: usize,
}

#[derive(Debug, Default)]
struct Found {
    raw: Vec<Raw>,
    owners: BTreeMap<Key, Key>,
}

impl Found {
    fn presence(&mut self, key: &Key, entry: &Entry, kind: Kind) {
        if let Some(owner) = &entry.owner {
            self.owners.insert(key.clone(), owner.clone());
        }
        let ty = entry.facts.get(&Aspect::Type).cloned();
        let values = if kind == Kind::Removed { (ty, None) } else { (None, ty) };
        self.push(of_presence(key.0, kind), kind, key, None, values, entry);
    }

    fn facts(&mut self, key: &Key, before: &Entry, after: &Entry) {
        let all: BTreeSet<Aspect> = before.facts.keys().chain(after.facts.keys()).copied().collect();
        let differs = |aspect: &Aspect| before.facts.get(aspect) != after.facts.get(aspect);
        let changed: Vec<Aspect> = all.into_iter().filter(differs).collect();
        for aspect in &changed {
            if follows_from(*aspect).iter().any(|it| changed.contains(it)) {
                continue;
            }
            let values = (before.facts.get(aspect).cloned(), after.facts.get(aspect).cloned());
            let text = |it: &Option<String>| it.clone().unwrap_or_default();
            let class = of_fact(key.0, *aspect, &text(&values.0), &text(&values.1));
            self.push(class, Kind::Changed, key, Some(*aspect), values, after);
        }
    }

    fn push(
        &mut self,
        class: Class,
        kind: Kind,
        key: &Key,
        aspect: Option<Aspect>,
        values: (Option<String>, Option<String>),
        entry: &Entry,
    ) {
        let name = key.1.rsplit('/').next().unwrap_or_default();
        let declared = entry.declared_by.as_ref().map(|it| (key.0, format!("{it}/{name}")));
        self.raw.push(Raw { class, kind, key: key.clone(), aspect, values, declared, inherited: Vec::new(), parts: 0 });
    }

    /// Where what both sides have stands in another order, whatever was added between.
    fn orders(&mut self, old: &Surface, new: &BTreeMap<Key, Entry>) {
        let mut places: BTreeMap<&Key, Vec<(usize, usize, &Key)>> = BTreeMap::new();
        for (key, before) in &old.entries {
            let Some(after) = new.get(key) else { continue };
            let (Some(owner), Some(from), Some(to)) = (&before.owner, before.place, after.place) else { continue };
            if after.owner.as_ref() == Some(owner) {
                places.entry(owner).or_default().push((from, to, key));
            }
        }
        for (owner, mut both) in places {
            both.sort_unstable();
            let name = |key: &Key| key.1.rsplit('/').next().unwrap_or_default().to_owned();
            let before: Vec<String> = both.iter().map(|(_, _, key)| name(key)).collect();
            both.sort_unstable_by_key(|it| it.1);
            let after: Vec<String> = both.iter().map(|(_, _, key)| name(key)).collect();
            if before != after {
                let element = both.first().map_or(owner.0, |(_, _, key)| key.0);
                let class = of_fact(element, Aspect::Order, "", "");
                let values = (Some(before.join(", ")), Some(after.join(", ")));
                self.push(class, Kind::Changed, owner, Some(Aspect::Order), values, &Entry::default());
            }
        }
    }

    /// What comes or goes with its owner is counted there, and what a derived type inherits is told once.
    fn folded(self) -> Vec<Raw> {
        let present: BTreeMap<Key, Kind> =
            self.raw.iter().filter(|it| it.aspect.is_none()).map(|it| (it.key.clone(), it.kind)).collect();
        let mut parts: BTreeMap<Key, usize> = BTreeMap::new();
        let mut raw: Vec<Raw> = Vec::new();
        for it in self.raw {
            let above = std::iter::successors(self.owners.get(&it.key), |it| self.owners.get(*it));
            // Of several owners that came with it, the outermost one is told of.
            let outermost = above.take_while(|owner| present.get(*owner) == Some(&it.kind)).last();
            match outermost.filter(|_| it.aspect.is_none()) {
                Some(owner) => *parts.entry(owner.clone()).or_default() += 1,
                None => raw.push(it),
            }
        }
        let same = |a: &Raw, b: &Raw| (a.class, a.kind, a.aspect, &a.values) == (b.class, b.kind, b.aspect, &b.values);
        let (inherited, mut own): (Vec<Raw>, Vec<Raw>) = raw.into_iter().partition(|it| it.declared.is_some());
        let mut at: BTreeMap<Key, Vec<usize>> = BTreeMap::new();
        for (place, it) in own.iter().enumerate() {
            at.entry(it.key.clone()).or_default().push(place);
        }
        for it in inherited {
            let places = it.declared.as_ref().and_then(|it| at.get(it)).into_iter().flatten();
            let found = places.copied().find(|place| own.get(*place).is_some_and(|own| same(own, &it)));
            match found.and_then(|place| own.get_mut(place)) {
                Some(own) => own.inherited.push(it.key),
                None => own.push(it),
            }
        }
        for it in &mut own {
            it.parts = parts.get(&it.key).copied().filter(|_| it.aspect.is_none()).unwrap_or_default();
        }
        own
    }
}

/// What differences are told with.
struct Told<'t> {
    old: &'t Side,
    new: &'t Side,
    paired: &'t BTreeMap<Key, Entry>,
}

impl Told<'_> {
    fn change(&self, raw: &Raw) -> Change {
        let (before, after) = (self.old.surface.entries.get(&raw.key), self.paired.get(&raw.key));
        let seen = |entry: &Entry, value: &Option<String>, side: &Side| Seen {
            rust: entry.rust.clone(),
            value: value.clone(),
            place: entry.span.map(|it| place(side, it)),
        };
        let near = match (before, after) {
            (Some(it), None) => near(it.owner.as_ref(), self.paired, self.new),
            (None, Some(it)) => near(it.owner.as_ref(), &self.old.surface.entries, self.old),
            _ => None,
        };
        let inherited = raw.inherited.iter().filter_map(|key| {
            let entry = self.paired.get(key).or_else(|| self.old.surface.entries.get(key))?;
            entry.rust.first().cloned()
        });
        Change {
            class: raw.class,
            kind: raw.kind,
            element: raw.key.0,
            subject: raw.key.1.clone(),
            aspect: raw.aspect,
            before: before.map(|it| seen(it, &raw.values.0, self.old)),
            after: after.map(|it| seen(it, &raw.values.1, self.new)),
            near,
            inherited: inherited.collect(),
            parts: raw.parts,
        }
    }
}

/// Where the owner of something stands in the document that does not have the thing itself.
fn near(owner: Option<&Key>, entries: &BTreeMap<Key, Entry>, side: &Side) -> Option<Place> {
    entries.get(owner?)?.span.map(|it| place(side, it))
}

fn place(side: &Side, span: Span) -> Place {
    let (line, column) = side.sources.line_column(span);
    let file = side.sources.get(span.source).map_or("?", |it| it.name.as_str()).to_owned();
    Place { file, line, column }
}
