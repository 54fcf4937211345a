//! Scopes: within one, no two things have the same name, and none has a name that is spoken for.

use std::collections::BTreeSet;

use super::case::Ident;

/// Names that are taken in one scope.
#[derive(Debug)]
pub(super) struct Scope {
    /// Spoken for by the language, the prelude, the runtime or our own generated items.
    reserved: &'static [&'static str],
    taken: BTreeSet<String>,
    /// What stands before a number: nothing in `UpperCamelCase`.
    join: &'static str,
}

/// Path keywords cannot be raw identifiers.
const PATH_KEYWORDS: &[&str] = &["self", "Self", "super", "crate", "_"];

/// Every file of types imports some of these, or has them from the prelude.
const TYPE_NAMES: &[&str] = &[
    // prelude
    "AsMut",
    "AsRef",
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "DoubleEndedIterator",
    "Drop",
    "Eq",
    "Err",
    "ExactSizeIterator",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Future",
    "Hash",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Send",
    "Sized",
    "Some",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unpin",
    "Vec",
    // odata-runtime
    "Binary",
    "Choice",
    "Choices",
    "Date",
    "Decimal",
    "DecodeError",
    "DerivedFrom",
    "EncodeError",
    "Enumeration",
    "Expand",
    "Expanded",
    "Extra",
    "Flags",
    "Get",
    "KeySegment",
    "Navigation",
    "Operation",
    "Path",
    "Property",
    "Reader",
    "Redacted",
    "Select",
    "Service",
    "SignedDuration",
    "Sink",
    "Time",
    "Timestamp",
    "TokenSource",
    "TypeInfo",
    "Typed",
    "Unlisted",
    "Untyped",
    "Uuid",
    "Value",
    // the root of a generated crate
    "Builder",
    "Client",
    "Error",
    "Display",
    "FromStr",
    "Infallible",
    "Formatter",
];

impl Scope {
    fn new(reserved: &'static [&'static str]) -> Self {
        Self { reserved, taken: BTreeSet::new(), join: "_" }
    }

    fn camel(reserved: &'static [&'static str]) -> Self {
        Self { join: "", ..Self::new(reserved) }
    }

    /// Modules of the root.
    pub(super) fn root() -> Self {
        Self::new(&["client", "requests", "odata_runtime", "core", "std", "alloc"])
    }

    /// Types of a module.
    pub(super) fn types() -> Self {
        Self::camel(TYPE_NAMES)
    }

    /// Files of a module, which are modules too.
    pub(super) fn files() -> Self {
        Self::new(&[
            // `mod.rs` holds the module itself.
            "mod", "lib", "main", // Windows keeps these for devices, whatever the extension.
            "aux", "con", "nul", "prn", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1",
            "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
        ])
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
        Self::new(&["CHOICES"])
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
        Self::new(&["new", "builder", "clone", "fmt", "from", "into"])
    }

    /// Methods of a resource.
    pub(super) fn resource_methods() -> Self {
        Self::new(&["get", "list", "create", "update", "delete", "clone", "fmt", "from", "into"])
    }

    /// Takes a name, altered where it is spoken for (`Option_`) or taken (`name_2`, `Name2`).
    pub(super) fn reserve(&mut self, wanted: &str) -> Ident {
        let spoken_for = self.reserved.contains(&wanted) || PATH_KEYWORDS.contains(&wanted);
        let mut name = if spoken_for { format!("{wanted}_") } else { wanted.to_owned() };
        let mut count = 2_u32;
        while !self.taken.insert(name.clone()) {
            name = format!("{wanted}{}{count}", self.join);
            count += 1;
        }
        Ident::escape(&name)
    }

    /// Keeps a name from being taken.
    pub(super) fn avoid(&mut self, name: &Ident) {
        self.taken.insert(name.unraw().to_owned());
    }

    /// Takes a name, or another one where it is taken.
    pub(super) fn reserve_or(&mut self, wanted: &str, other: impl FnOnce() -> String) -> Ident {
        if self.taken.contains(wanted) { self.reserve(&other()) } else { self.reserve(wanted) }
    }
}
