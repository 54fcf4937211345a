//! Enumerations that keep what they do not list (W-1, W-2), and sets of their members.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use crate::{DecodeError, EncodeError, Reader, Sink, Value};

/// An enumeration of the wire. Implemented by generated code, without loss: for every text,
/// `E::from_wire(text).as_str() == text`. Generated enumerations are `Ord` by that text, since the order of a
/// document's members may change.
pub trait Enumeration: FromStr<Err = Infallible> {
    /// The qualified name of the type, such as `sample.color`: what a literal in a URL begins with (W-3). Empty:
    /// the literal has no type name, which services take from OData 4.01 on.
    const NAME: &'static str = "";

    /// The member's name on the wire.
    fn as_str(&self) -> &str;

    /// The member of that name, as by [`FromStr`]; a name that is not listed is kept as it is.
    #[must_use]
    fn from_wire(text: &str) -> Self {
        match text.parse() {
            Ok(it) => it,
        }
    }
}

/// The wire name of a member that the crate does not list.
///
/// Apps do not make one: that `Unlisted` is not the name of a listed member holds because only
/// [`Enumeration::from_wire`] makes them.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Unlisted(Box<str>);

impl Unlisted {
    /// Called by generated code, after it has compared all listed names.
    #[doc(hidden)]
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(text.into())
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Unlisted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl fmt::Display for Unlisted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A set of members of a flags enumeration: `"a,b"` on the wire (`"a, b"` is tolerated).
///
/// Names keep the order in which they came, unlisted ones included, and are written back so. Two
/// sets are equal when they hold the same members, in whatever order.
#[derive(Clone)]
pub struct Flags<E>(Vec<E>);

impl<E: Enumeration> Flags<E> {
    /// The empty set.
    #[must_use]
    pub fn new() -> Self {
        Self(Vec::new())
    }

    /// Whether the set holds the member.
    #[must_use]
    pub fn contains(&self, member: &E) -> bool {
        self.iter().any(|it| it.as_str() == member.as_str())
    }

    /// Adds a member; false when the set holds it already.
    pub fn insert(&mut self, member: E) -> bool {
        let new = !self.contains(&member);
        if new {
            self.0.push(member);
        }
        new
    }

    /// Removes a member; false when the set does not hold it.
    pub fn remove(&mut self, member: &E) -> bool {
        let before = self.0.len();
        self.0.retain(|it| it.as_str() != member.as_str());
        self.0.len() < before
    }

    /// The members, in the order in which they came.
    pub fn iter(&self) -> std::slice::Iter<'_, E> {
        self.0.iter()
    }

    /// Whether the set is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Reads the wire form.
    #[must_use]
    pub fn from_wire(text: &str) -> Self {
        if text.is_empty() {
            return Self::new();
        }
        Self(text.split(',').map(|name| E::from_wire(name.trim_matches(' '))).collect())
    }

    fn sorted(&self) -> Vec<&str> {
        let mut names: Vec<_> = self.iter().map(E::as_str).collect();
        names.sort_unstable();
        names.dedup();
        names
    }
}

impl<E: Enumeration> Default for Flags<E> {
    fn default() -> Self {
        Self::new()
    }
}

impl<E: Enumeration> PartialEq for Flags<E> {
    fn eq(&self, other: &Self) -> bool {
        self.sorted() == other.sorted()
    }
}

impl<E: Enumeration> Eq for Flags<E> {}

impl<E: Enumeration> FromIterator<E> for Flags<E> {
    fn from_iter<I: IntoIterator<Item = E>>(members: I) -> Self {
        let mut set = Self::new();
        for member in members {
            set.insert(member);
        }
        set
    }
}

impl<'a, E> IntoIterator for &'a Flags<E> {
    type Item = &'a E;
    type IntoIter = std::slice::Iter<'a, E>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl<E> IntoIterator for Flags<E> {
    type Item = E;
    type IntoIter = std::vec::IntoIter<E>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<E: Enumeration> fmt::Debug for Flags<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter().map(E::as_str)).finish()
    }
}

impl<E: Enumeration> fmt::Display for Flags<E> {
    /// The wire form.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, member) in self.iter().enumerate() {
            if at > 0 {
                f.write_str(",")?;
            }
            f.write_str(member.as_str())?;
        }
        Ok(())
    }
}

impl<E: Enumeration> Value for Flags<E> {
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.text().map(Self::from_wire)
    }

    fn write(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
        sink.text(&self.to_string())
    }
}
