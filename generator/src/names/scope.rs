//! Scopes: within one, no two things have the same name, and none has a name that is spoken for.

use std::collections::BTreeSet;

use super::case::{Form, Ident};
use super::reserved::{PATH_KEYWORDS, REQUEST_NAMES, TYPE_NAMES};
use crate::source::Span;

/// Names that are taken in one scope.
#[derive(Debug)]
pub(super) struct Scope {
    /// Spoken for by the language, the prelude, the runtime or our own generated items.
    reserved: &'static [&'static str],
    /// The same, where there are more.
    more: &'static [&'static str],
    taken: BTreeSet<String>,
    /// How its names look.
    form: Form,
}

/// Why a name that was given before cannot be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Rust takes it for no identifier here.
    NoName,
    /// It is an identifier, and not of the form that names have here.
    Form(Form),
    /// The language, the prelude, the runtime or our own generated items have it.
    Reserved,
    /// Something else was given it too.
    Taken,
    /// The configuration asks for another one.
    Configured(Span),
}

impl Scope {
    fn new(reserved: &'static [&'static str]) -> Self {
        Self { reserved, more: &[], taken: BTreeSet::new(), form: Form::Snake }
    }

    fn camel(reserved: &'static [&'static str]) -> Self {
        Self { form: Form::Camel, ..Self::new(reserved) }
    }

    /// What stands between a name and a number: nothing in `UpperCamelCase`, unless the name ends in a digit itself.
    fn join(&self, name: &str) -> &'static str {
        if self.form == Form::Camel && !name.ends_with(|it: char| it.is_ascii_digit()) { "" } else { "_" }
    }

    /// Modules of the root.
    pub(super) fn root() -> Self {
        let words = Self::new(&[
            "client",
            "clouds",
            "notifications",
            "requests",
            "odata_runtime",
            "core",
            "std",
            "alloc", // Each module has a folder; see below.
            "aux",
            "con",
            "nul",
            "prn",
            "com1",
            "com2",
            "com3",
            "com4",
            "com5",
            "com6",
            "com7",
            "com8",
            "com9",
            "lpt1",
            "lpt2",
            "lpt3",
            "lpt4",
            "lpt5",
            "lpt6",
            "lpt7",
            "lpt8",
            "lpt9",
        ]);
        Self { form: Form::File, ..words }
    }

    /// Types of a module.
    pub(super) fn types() -> Self {
        Self::camel(TYPE_NAMES)
    }

    /// Resources, requests and what is given to them.
    pub(super) fn requests() -> Self {
        Self { more: REQUEST_NAMES, ..Self::types() }
    }

    /// Parameters of a method.
    pub(super) fn parameters() -> Self {
        Self::new(&[])
    }

    /// Constants of clouds.
    pub(super) fn clouds() -> Self {
        Self { form: Form::Constant, ..Self::new(&["ALL"]) }
    }

    /// Files of a module, which are modules too.
    pub(super) fn files() -> Self {
        let words = Self::new(&[
            // `mod.rs` holds the module itself.
            "mod", "lib", "main", // Windows keeps these for devices, whatever the extension.
            "aux", "con", "nul", "prn", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1",
            "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
        ]);
        Self { form: Form::File, ..words }
    }

    /// Fields of a struct and accessors of a closed base; methods of the traits that they have would be shadowed.
    pub(super) fn fields() -> Self {
        Self::new(&[
            "extra",
            "type_name",
            "is",
            "downcast",
            "upcast",
            "read",
            "write",
            "annotate",
            "clone",
            "clone_from",
            "eq",
            "ne",
            "fmt",
            "default",
            "from",
            "into",
            "serialize",
            "deserialize",
        ])
    }

    /// Constants of a type.
    pub(super) fn constants() -> Self {
        Self { form: Form::Constant, ..Self::new(&["CHOICES"]) }
    }

    /// Variants of an enumeration.
    pub(super) fn variants() -> Self {
        Self::camel(&["Unlisted", "Err"])
    }

    /// Variants of a closed base.
    pub(super) fn closed_variants() -> Self {
        Self::camel(&["Other"])
    }

    /// Methods of the client.
    pub(super) fn client_methods() -> Self {
        Self::new(&["new", "builder", "batch", "by_resource", "clone", "fmt", "from", "into"])
    }

    /// Methods of a resource.
    pub(super) fn resource_methods() -> Self {
        Self::new(&["get", "list", "create", "update", "delete", "clone", "fmt", "from", "into"])
    }

    /// Takes a name, altered where it is spoken for (`Option_`) or taken (`name_2`, `Name2`).
    pub(super) fn reserve(&mut self, wanted: &str) -> Ident {
        let mut name = if self.is_spoken_for(wanted) { format!("{wanted}_") } else { wanted.to_owned() };
        let mut count = 2_u32;
        while self.is_spoken_for(&name) || !self.taken.insert(name.clone()) {
            name = format!("{wanted}{}{count}", self.join(wanted));
            count += 1;
        }
        Ident::escape(&name)
    }

    fn is_spoken_for(&self, name: &str) -> bool {
        self.reserved.contains(&name) || self.more.contains(&name) || PATH_KEYWORDS.contains(&name)
    }

    /// Takes a name as it was given before, or says why that cannot be.
    pub(super) fn pin(&mut self, text: &str) -> Result<Ident, Refusal> {
        let ident = Ident::parse(text).ok_or(Refusal::NoName)?;
        if !self.form.fits(ident.unraw()) {
            return Err(Refusal::Form(self.form));
        }
        if self.is_spoken_for(ident.unraw()) {
            return Err(Refusal::Reserved);
        }
        if self.taken.insert(ident.unraw().to_owned()) { Ok(ident) } else { Err(Refusal::Taken) }
    }

    /// Whether a name is what reserving a word can come to.
    pub(super) fn comes_of(&self, name: &str, wanted: &str) -> bool {
        let Some(rest) = name.strip_prefix(wanted) else { return false };
        let number = rest.strip_prefix(self.join(wanted)).unwrap_or(rest);
        matches!(rest, "" | "_") || (!number.is_empty() && number.chars().all(|it| it.is_ascii_digit()))
    }

    /// Takes a name, or another one where it is taken.
    pub(super) fn reserve_or(&mut self, wanted: &str, other: impl FnOnce() -> String) -> Ident {
        if self.taken.contains(wanted) { self.reserve(&other()) } else { self.reserve(wanted) }
    }
}
