//! What an object holds beside its declared properties.

use std::fmt;

use crate::{Untyped, polymorphic::after_hash};

/// What an object holds beside its declared properties: undeclared properties (W-22), control
/// information such as `@odata.etag`, and the type name that it states. One word when empty.
///
/// All of it is written back. Names keep the order in which they came.
///
/// `Debug` prints the names of undeclared properties, never values: they may be personal data.
/// Two are equal when they hold the same undeclared properties, in whatever order, and state the
/// same type ([`type_name`](Self::type_name), without regard to case or to what stands before
/// `#`). Other control information describes a response rather than the object and is not
/// compared.
#[derive(Clone, Default)]
pub struct Extra(Option<Box<Rest>>);

#[derive(Clone, Default)]
struct Rest {
    properties: Vec<(Box<str>, Untyped)>,
    controls: Vec<(Box<str>, Untyped)>,
    of: TypeMemory,
}

/// What the object says about its type.
#[derive(Clone, Default)]
enum TypeMemory {
    /// Nothing; where the type has to be stated, its canonical name is written.
    #[default]
    Normal,
    /// Nothing, although it is a derived type: inferred, so nothing is written.
    Silent,
    /// These words.
    Stated(Box<str>),
}

/// What an object states about its type: `hash`, then `name`.
#[derive(Clone, Copy)]
pub(crate) struct TypeText<'a> {
    pub(crate) hash: &'static str,
    pub(crate) name: &'a str,
}

impl TypeMemory {
    fn into_untyped(self) -> Option<Untyped> {
        match self {
            Self::Stated(text) => Untyped::encode(&String::from(text)).ok(),
            Self::Normal | Self::Silent => None,
        }
    }
}

fn is_type(name: &str) -> bool {
    matches!(name, "@odata.type" | "@type")
}

impl Extra {
    /// The value of an undeclared property. A duplicate was read last wins.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Untyped> {
        self.iter().find_map(|(it, value)| (it == name).then_some(value))
    }

    /// The undeclared properties, in the order in which they came.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &Untyped)> {
        pairs(self.0.as_ref().map(|rest| rest.properties.as_slice()))
    }

    /// How many undeclared properties there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.iter().len()
    }

    /// Whether there is no undeclared property. Control information does not count.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Sets an undeclared property; the value that it replaces.
    ///
    /// A name with `@` in it is control information and set as such; `@odata.type` sets the
    /// stated type, from a string. A name that the type declares is not written: the declared
    /// property stands.
    pub fn insert(&mut self, name: impl Into<Box<str>>, value: Untyped) -> Option<Untyped> {
        let name = name.into();
        let rest = self.rest();
        if is_type(&name) {
            let of = value.decode().map_or(TypeMemory::Normal, |text: String| TypeMemory::Stated(text.into()));
            return std::mem::replace(&mut rest.of, of).into_untyped();
        }
        let list = if name.contains('@') { &mut rest.controls } else { &mut rest.properties };
        if let Some((_, old)) = list.iter_mut().find(|(it, _)| *it == name) {
            return Some(std::mem::replace(old, value));
        }
        list.push((name, value));
        None
    }

    /// Removes an undeclared property, or control information by its full key; `@odata.type` makes
    /// the object state what its Rust type says.
    pub fn remove(&mut self, name: &str) -> Option<Untyped> {
        let rest = self.0.as_deref_mut()?;
        if is_type(name) {
            return std::mem::take(&mut rest.of).into_untyped();
        }
        let list = if name.contains('@') { &mut rest.controls } else { &mut rest.properties };
        let at = list.iter().position(|(it, _)| &**it == name)?;
        Some(list.remove(at).1)
    }

    /// The qualified name of the type that the object states, where that is worth remembering:
    /// without what stands before `#`, but otherwise in the words of the wire
    /// (`#sample.sales.order` is `sample.sales.order`).
    ///
    /// `None` when nothing is stated, and on a variant of an enum whose name says it already.
    #[must_use]
    pub fn type_name(&self) -> Option<&str> {
        match &self.0.as_ref()?.of {
            TypeMemory::Stated(text) => Some(after_hash(text)),
            TypeMemory::Normal | TypeMemory::Silent => None,
        }
    }

    /// Control information by its full key (`@odata.etag`, `segments@odata.context`): the JSON as
    /// it came. The type is not here but in [`type_name`](Self::type_name), and the count and the
    /// next link of an expanded collection are in that collection.
    #[must_use]
    pub fn control(&self, key: &str) -> Option<&Untyped> {
        self.controls().find_map(|(it, value)| (it == key).then_some(value))
    }

    /// All control information, in the order in which it came.
    #[must_use]
    pub fn controls(&self) -> impl ExactSizeIterator<Item = (&str, &Untyped)> {
        pairs(self.0.as_ref().map(|rest| rest.controls.as_slice()))
    }

    fn rest(&mut self) -> &mut Rest {
        self.0.get_or_insert_default()
    }

    pub(crate) fn push_property(&mut self, name: Box<str>, json: &str) {
        self.rest().properties.push((name, Untyped::trusted(json)));
    }

    pub(crate) fn push_control(&mut self, name: Box<str>, json: &str) {
        self.rest().controls.push((name, Untyped::trusted(json)));
    }

    /// At the end of an object: of duplicates, the last stands (trap 9: once, not for each key).
    #[inline]
    pub(crate) fn settle(&mut self) {
        if let Some(rest) = &mut self.0 {
            keep_last(&mut rest.properties);
            keep_last(&mut rest.controls);
        }
    }

    pub(crate) fn keep_type(&mut self, stated: Box<str>) {
        self.rest().of = TypeMemory::Stated(stated);
    }

    pub(crate) fn keep_silence(&mut self) {
        self.rest().of = TypeMemory::Silent;
    }

    /// What to write as `@odata.type`, given the name of the variant if it is one; `always`:
    /// even if the object was silent when it was read.
    #[inline]
    pub(crate) fn type_to_write(&self, variant: Option<&'static str>, always: bool) -> Option<TypeText<'_>> {
        match self.0.as_ref().map(|rest| &rest.of) {
            Some(TypeMemory::Stated(text)) => Some(TypeText { hash: "", name: text }),
            Some(TypeMemory::Silent) if !always => None,
            Some(TypeMemory::Silent | TypeMemory::Normal) | None => variant.map(|name| TypeText { hash: "#", name }),
        }
    }

    fn sorted(&self) -> Vec<(&str, &Untyped)> {
        let mut properties: Vec<_> = self.iter().collect();
        properties.sort_unstable_by_key(|(name, _)| *name);
        properties
    }
}

fn pairs(list: Option<&[(Box<str>, Untyped)]>) -> impl ExactSizeIterator<Item = (&str, &Untyped)> {
    list.unwrap_or_default().iter().map(|(name, value)| (&**name, value))
}

fn keep_last(list: &mut Vec<(Box<str>, Untyped)>) {
    // Nearly always a handful: compared pair by pair, without an allocation.
    const HANDFUL: usize = 8;
    let unique =
        |(at, (name, _)): (usize, &(Box<str>, Untyped))| list.iter().skip(at + 1).all(|(other, _)| other != name);
    if list.len() <= HANDFUL && list.iter().enumerate().all(unique) {
        return;
    }
    let mut order: Vec<usize> = (0..list.len()).collect();
    order.sort_by_key(|at| list.get(*at).map(|(name, _)| name));
    let mut stands = vec![true; list.len()];
    // The sort is stable: of equal names, the last to come is last.
    for pair in order.windows(2) {
        if let &[one, other] = pair {
            let same = list.get(one).map(|it| &it.0) == list.get(other).map(|it| &it.0);
            if let (true, Some(keep)) = (same, stands.get_mut(one)) {
                *keep = false;
            }
        }
    }
    let mut keep = stands.into_iter();
    list.retain(|_| keep.next().unwrap_or(true));
}

impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter().map(|(name, _)| name)).finish()
    }
}

impl PartialEq for Extra {
    fn eq(&self, other: &Self) -> bool {
        let same_type = match (self.type_name(), other.type_name()) {
            (Some(one), Some(two)) => one.eq_ignore_ascii_case(two),
            (one, two) => one == two,
        };
        same_type && self.len() == other.len() && self.sorted() == other.sorted()
    }
}

impl Eq for Extra {}
