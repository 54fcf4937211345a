//! What changes for the users of a generated crate when its document does.
//!
//! A [`Side`] is one document under one configuration, brought as far as the plan: every type, field, method and
//! parameter with the name and the type that it has in Rust. [`diff()`] compares two sides and says of each difference
//! whether it breaks a build, adds to the crate, or is not to be seen in Rust at all. Pure, like the stages before it;
//! [`text`], [`json`] and [`markdown`] render what it finds.

mod class;
mod compare;
mod element;
mod foreign;
mod operations;
mod paths;
mod render;
mod requests;
mod side;
mod surface;
mod types;

pub use element::{Aspect, Element};
pub use render::{json, markdown, text};
pub use side::{Options, Side, without_container};

use std::fmt;

use serde::Serialize;

use crate::deprecation::Passed;

/// What two documents have not in common.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Diff {
    /// The weightiest first, then in the order of their subjects.
    pub changes: Vec<Change>,
    /// What the new document still has although the day of its removal has come; empty where no day was given.
    pub passed: Vec<Passed>,
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What it means for an app.
    pub class: Class,
    /// What became of the element.
    pub kind: Kind,
    /// What kind of thing it is.
    pub element: Element,
    /// Its name in the documents, such as `shop.order/total` or `list /orders`.
    pub subject: String,
    /// Of something that was changed, what.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aspect: Option<Aspect>,
    /// What the old document has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<Seen>,
    /// What the new document has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<Seen>,
    /// Where what it belongs to stands in the document that does not have it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub near: Option<Place>,
    /// The derived types that it is inherited by, and so changes too, as Rust names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub inherited: Vec<String>,
    /// How many things came or went with it that belong to it: the fields of a type, the parameters of a function.
    #[serde(skip_serializing_if = "is_zero")]
    pub parts: usize,
}

/// One side of a difference.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Seen {
    /// Every name that it has in Rust, as paths from the crate's root.
    pub rust: Vec<String>,
    /// What is compared, such as the type of a field.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Where it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
}

/// A place in a document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// The document as it was named.
    pub file: String,
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
}

/// What became of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// The old document has it, the new one has not.
    Removed,
    /// Both have it, and it is not the same.
    Changed,
    /// The new document has it, the old one has not.
    Added,
}

/// What a difference means for an app that uses the crate, in the words of Cargo's own rules for `SemVer`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Class {
    /// Nothing that Rust shows.
    Invisible,
    /// What was there stays as it was.
    Additive,
    /// An app that compiled may not compile any more, or reads other values than before.
    Breaking,
}

/// Which part of a version the next release of the crate has to raise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// None: there is nothing to release.
    None,
    /// The last number.
    Patch,
    /// The second number; the last one of a version that begins with 0.
    Minor,
    /// The first number; the second one of a version that begins with 0.
    Major,
}

impl Diff {
    /// What the most weighty change asks for.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        match self.changes.iter().map(|it| it.class).max() {
            None => Verdict::None,
            Some(Class::Invisible) => Verdict::Patch,
            Some(Class::Additive) => Verdict::Minor,
            Some(Class::Breaking) => Verdict::Major,
        }
    }

    /// The changes of one class.
    pub fn of(&self, class: Class) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(move |it| it.class == class)
    }

    /// Whether there is nothing to tell.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.passed.is_empty()
    }
}

/// Compares two sides.
#[must_use]
pub fn diff(old: &Side, new: &Side) -> Diff {
    Diff { changes: compare::changes(old, new), passed: new.passed().to_vec() }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Removed => "removed",
            Self::Changed => "changed",
            Self::Added => "added",
        })
    }
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Breaking => "breaking",
            Self::Additive => "additive",
            Self::Invisible => "invisible",
        })
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        })
    }
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde asks for it so
fn is_zero(count: &usize) -> bool {
    *count == 0
}
