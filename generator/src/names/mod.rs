//! Every Rust identifier of the output: made here, once, and nowhere else.
//!
//! A name is cased (`case`), escaped and made unique within its scope (`scope`). Scopes are filled in the order of
//! wire names, never of declaration, so that moving a definition renames nothing; and what the lock says was named
//! before goes first (`wish`), so that adding one renames nothing either.

mod calls;
mod case;
mod models;
mod reserved;
mod resources;
mod root;
mod scope;
mod types;
mod wish;

pub use case::Ident;
pub(crate) use case::constant_of;
pub(crate) use reserved::REQUEST_NAMES;

use std::collections::BTreeMap;

use toml::Spanned;

use crate::config::{Config, Loaded};
use crate::diagnostic::Diagnostic;
use crate::lock::Pins;
use crate::model::{Model, SchemaId, TypeId};
use crate::select::{Offers, Selection};
use wish::{Origin, Renamed};

/// The identifiers of a selection.
#[derive(Debug, Default)]
pub struct Names {
    /// The module of each namespace that has selected types.
    pub modules: BTreeMap<SchemaId, Ident>,
    /// By type.
    pub types: BTreeMap<TypeId, TypeNames>,
    /// By path template.
    pub resources: BTreeMap<String, ResourceNames>,
    /// By the template of the path and the names of the parameters.
    pub calls: BTreeMap<String, CallNames>,
    /// What is given to requests that write, by entity type.
    pub models: BTreeMap<TypeId, ModelNames>,
    /// Constants of the clouds, in the order of the configuration.
    pub clouds: Vec<Ident>,
}

impl Names {
    /// Whether there are letters beyond ASCII in any of them. rustc warns of those that look like others.
    #[must_use]
    pub fn beyond_ascii(&self) -> bool {
        let of_types = self.types.values().flat_map(|it| {
            std::iter::once(&it.name).chain(it.fields.values()).chain(&it.members).chain(it.variants.values())
        });
        let mut all = of_types.chain(self.modules.values()).map(Ident::as_str);
        let mut paths = self.resources.keys();
        all.any(|it| !it.is_ascii()) || paths.any(|it| !it.is_ascii())
    }
}

/// The identifiers of one type.
#[derive(Debug, Default)]
pub struct TypeNames {
    /// The struct or enum.
    pub name: Ident,
    /// Its file, without `.rs`; a module of its own.
    pub file: Ident,
    /// The struct behind `Other` of a closed base.
    pub base: Ident,
    /// Fields (and accessors) by wire name, inherited ones included.
    pub fields: BTreeMap<String, Ident>,
    /// Property constants by wire name, inherited ones included.
    pub constants: BTreeMap<String, Ident>,
    /// Variants of an enumeration, in the order of its members.
    pub members: Vec<Ident>,
    /// Variants of a closed base, by derived type.
    pub variants: BTreeMap<TypeId, Ident>,
}

/// The identifiers of one path.
#[derive(Debug, Default)]
pub struct ResourceNames {
    /// The struct that stands for the path.
    pub name: Ident,
    /// Its file, without `.rs`.
    pub file: Ident,
    /// The method of the parent (or the client) that leads here.
    pub method: Ident,
    /// The requests of the operations that exist here.
    pub requests: BTreeMap<Verb, Ident>,
    /// The parts of a key that stands in parentheses, as parameters of the method.
    pub key: Vec<Ident>,
}

/// The operations that a path can have without being told in the metadata.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)] // Named after the operations.
pub enum Verb {
    Get,
    List,
    Create,
    Update,
    Delete,
}

impl Verb {
    /// Every one of them.
    pub const ALL: [Self; 5] = [Self::Get, Self::List, Self::Create, Self::Update, Self::Delete];

    /// The word that refuses it, which is its method too.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Get => "get",
            Self::List => "list",
            Self::Create => "create",
            Self::Update => "update",
            Self::Delete => "delete",
        }
    }

    fn is_offered(self, offers: &Offers) -> bool {
        match self {
            Self::Get => offers.get.is_some(),
            Self::List => offers.list.is_some(),
            Self::Create => offers.create,
            Self::Update => offers.update,
            Self::Delete => offers.delete,
        }
    }
}

/// The identifiers of one overload of a function or action.
#[derive(Debug, Default)]
pub struct CallNames {
    /// The method.
    pub method: Ident,
    /// The request.
    pub request: Ident,
    /// The file of an import's request; that of anything bound stands with its resource.
    pub file: Option<Ident>,
    /// The parameters.
    pub parameters: Vec<Ident>,
}

/// What new or changed values of an entity type are given in.
#[derive(Debug, Default)]
pub struct ModelNames {
    /// The struct for a new entity, and its file.
    pub create: Option<(Ident, Ident)>,
    /// The struct for changes, and its file.
    pub update: Option<(Ident, Ident)>,
    /// By wire name the method that sets a property, and the one that sets it to null.
    pub methods: BTreeMap<String, (Ident, Ident)>,
}

/// Names everything that is selected; what is pinned keeps its name. A pin that cannot be kept is an error, unless
/// renames are accepted.
#[must_use]
pub fn names(
    model: &Model<'_>,
    selection: &Selection,
    config: &Loaded<Config>,
    pins: Pins<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Names {
    let mut namer = Namer { model, selection, config, pins, names: Names::default(), renamed: Renamed::default() };
    namer.modules();
    namer.types();
    namer.resources();
    namer.clouds();
    diagnostics.append(&mut namer.root_clashes());
    diagnostics.append(&mut namer.renamed.altered);
    if !pins.accept_renames {
        diagnostics.append(&mut namer.renamed.finish());
    }
    namer.names
}

struct Namer<'c, 'm> {
    model: &'c Model<'m>,
    selection: &'c Selection,
    config: &'c Loaded<Config>,
    pins: Pins<'c>,
    names: Names,
    renamed: Renamed,
}

impl<'c> Namer<'c, '_> {
    /// The word for a name and who chose it: the configuration for this thing, the spelling table, or nobody.
    fn word(&self, exact: Option<&'c Spanned<String>>, name: &'c str) -> (&'c str, Origin) {
        if let Some(exact) = exact {
            return (exact.get_ref(), Origin::Exact(self.config.span(exact)));
        }
        match self.config.value.spelling.get(name) {
            Some(word) => (word.get_ref(), Origin::Spelled(self.config.span(word))),
            None => (name, Origin::Computed),
        }
    }

    /// The word for a type.
    fn type_word(&self, id: TypeId) -> (&'c str, Origin) {
        let options = self.config.value.types.get(self.model.qualified_name(id).as_str());
        let name: &'c str = self.model.ty(id).name;
        self.word(options.and_then(|it| it.name.as_ref()), name)
    }

    fn is_closed(&self, id: TypeId) -> bool {
        self.config.value.is_closed(&self.model.qualified_name(id))
    }
}
