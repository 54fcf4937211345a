//! What a lock says of one thing.

use std::collections::BTreeSet;

use toml::Spanned;

use super::{Lock, Tables, TypeLock};
use crate::config::Loaded;
use crate::names::constant_of;
use crate::source::Span;

/// A name that was given, and where the lock says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pin {
    /// The name as Rust has it.
    pub text: String,
    /// Its place in the lock.
    pub span: Span,
    /// Whether it stands there as it is, rather than following from another name.
    pub written: bool,
}

/// The names that are to be kept.
#[derive(Debug, Clone, Copy, Default)]
pub struct Pins<'l> {
    /// The lock, if there is one.
    pub lock: Option<&'l Loaded<Lock>>,
    /// Whether a name that cannot be kept may change. It is an error otherwise.
    pub accept_renames: bool,
}

impl<'l> Pins<'l> {
    fn pin(self, text: Option<&Spanned<String>>) -> Option<Pin> {
        let (lock, text) = (self.lock?, text?);
        Some(Pin { text: text.get_ref().clone(), span: lock.span(text), written: true })
    }

    /// The names of what is there, then those of what is gone.
    fn tables(self) -> impl Iterator<Item = Tables<'l>> + Clone {
        self.lock.into_iter().flat_map(|it| [it.value.live(), it.value.gone()])
    }

    /// The first of the tables that has a name.
    fn find(self, name: impl Fn(Tables<'l>) -> Option<&'l Spanned<String>>) -> Option<Pin> {
        self.pin(self.tables().find_map(name))
    }

    fn ty(self, qualified: &str, name: impl Fn(&'l TypeLock) -> Option<&'l Spanned<String>>) -> Option<Pin> {
        self.find(|it| name(it.types.get(qualified)?))
    }

    /// The module of a namespace.
    #[must_use]
    pub fn module(self, namespace: &str) -> Option<Pin> {
        self.find(|it| it.modules.get(namespace))
    }

    /// The name of a type.
    #[must_use]
    pub fn name(self, qualified: &str) -> Option<Pin> {
        self.ty(qualified, |it| it.name.as_ref())
    }

    /// The file of a type.
    #[must_use]
    pub fn file(self, qualified: &str) -> Option<Pin> {
        self.ty(qualified, |it| it.file.as_ref())
    }

    /// The struct behind a closed base.
    #[must_use]
    pub fn base(self, qualified: &str) -> Option<Pin> {
        self.ty(qualified, |it| it.base.as_ref())
    }

    /// The field of a property, own or inherited.
    #[must_use]
    pub fn field(self, qualified: &str, property: &str) -> Option<Pin> {
        self.pin(self.holder(qualified, property)?.fields.get(property))
    }

    /// The constant of a property, own or inherited.
    #[must_use]
    pub fn constant(self, qualified: &str, property: &str) -> Option<Pin> {
        let holder = self.holder(qualified, property)?;
        if let Some(written) = holder.constants.get(property) {
            return self.pin(Some(written));
        }
        let field = self.pin(holder.fields.get(property))?;
        let text = constant_of(field.text.strip_prefix("r#").unwrap_or(&field.text));
        Some(Pin { text, written: false, ..field })
    }

    /// The entry that names a property of a type: its own, or that of the nearest base that the lock knows. A property
    /// keeps its name when it moves from a base to a type that had inherited it.
    fn holder(self, qualified: &str, property: &str) -> Option<&'l TypeLock> {
        // A lock is a file that anybody may write: one type may inherit from another in a circle.
        let mut seen = BTreeSet::new();
        let mut next = Some(qualified);
        while let Some(name) = next.filter(|name| seen.insert(*name)) {
            let mut entries = self.tables().filter_map(|it| it.types.get(name));
            if let Some(ty) = entries.clone().find(|it| it.fields.contains_key(property)) {
                return Some(ty);
            }
            next = entries.find_map(|it| it.inherits.as_deref());
        }
        None
    }

    /// The variant of an enumeration's member.
    #[must_use]
    pub fn member(self, qualified: &str, member: &str) -> Option<Pin> {
        self.ty(qualified, |it| it.members.get(member))
    }

    /// The variant of a closed base for a derived type.
    #[must_use]
    pub fn variant(self, base: &str, derived: &str) -> Option<Pin> {
        self.ty(base, |it| it.variants.get(derived))
    }

    /// A name of a path: `name`, `file`, `method` or that of a request.
    #[must_use]
    pub fn resource(self, template: &str, what: &str) -> Option<Pin> {
        self.find(|it| it.resources.get(template)?.get(what))
    }

    /// A name of a function or action at its place: `method`, `request` or `file`.
    #[must_use]
    pub fn call(self, key: &str, what: &str) -> Option<Pin> {
        self.find(|it| it.calls.get(key)?.get(what))
    }

    /// A name of what is given to requests that write: `create`, `update` or the file of one.
    #[must_use]
    pub fn model(self, qualified: &str, what: &str) -> Option<Pin> {
        self.find(|it| it.models.get(qualified)?.get(what))
    }
}
