//! The shape of `codegen.lock`.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

/// What is read of a lock whose format may be another one.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Head {
    pub(super) format: Option<Spanned<i64>>,
}

/// The whole file. All of its tables may be absent: nothing is pinned then.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Lock {
    /// The version of the format.
    pub format: u32,
    /// The version of the generator.
    pub generator: String,
    /// SHA-256 of each input, by its path as the configuration has it.
    pub inputs: BTreeMap<String, String>,
    /// The options that show in every file.
    pub options: OptionsLock,
    /// Modules by namespace.
    pub modules: BTreeMap<String, Spanned<String>>,
    /// Types by qualified name.
    pub types: BTreeMap<String, TypeLock>,
    /// Resources and their requests by path template.
    pub resources: BTreeMap<String, ResourceLock>,
    /// Functions and actions at their places, by path template and parameters.
    pub calls: BTreeMap<String, CallLock>,
    /// What is given to requests that write, by qualified name of the entity type.
    pub models: BTreeMap<String, ModelLock>,
    /// The names of what was there once.
    pub gone: GoneLock,
}

/// The names of what was there once, as those of what is there.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct GoneLock {
    /// Modules by namespace.
    pub modules: BTreeMap<String, Spanned<String>>,
    /// Types by qualified name; of a type that is still there what is gone of it.
    pub types: BTreeMap<String, TypeLock>,
    /// Resources and their requests by path template.
    pub resources: BTreeMap<String, ResourceLock>,
    /// Functions and actions at their places, by path template and parameters.
    pub calls: BTreeMap<String, CallLock>,
    /// What is given to requests that write, by qualified name of the entity type.
    pub models: BTreeMap<String, ModelLock>,
}

/// The tables of names, of what is there or of what is gone.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tables<'l> {
    pub(super) modules: &'l BTreeMap<String, Spanned<String>>,
    pub(super) types: &'l BTreeMap<String, TypeLock>,
    pub(super) resources: &'l BTreeMap<String, ResourceLock>,
    pub(super) calls: &'l BTreeMap<String, CallLock>,
    pub(super) models: &'l BTreeMap<String, ModelLock>,
}

impl Lock {
    pub(super) fn live(&self) -> Tables<'_> {
        let Self { modules, types, resources, calls, models, .. } = self;
        Tables { modules, types, resources, calls, models }
    }

    pub(super) fn gone(&self) -> Tables<'_> {
        let GoneLock { modules, types, resources, calls, models } = &self.gone;
        Tables { modules, types, resources, calls, models }
    }
}

/// The options that show in every file; for people, since the sum of `codegen.toml` says as much.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OptionsLock {
    /// `output.root`.
    pub root: String,
    /// `output.crate_name`.
    pub crate_name: Option<String>,
    /// `output.readme`.
    pub readme: Option<String>,
    /// `output.features`.
    pub features: bool,
    /// `output.namespace_features`.
    pub namespace_features: bool,
}

/// The names of one type.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TypeLock {
    /// The struct or enum.
    pub name: Option<Spanned<String>>,
    /// Its file, without `.rs`.
    pub file: Option<Spanned<String>>,
    /// The struct behind `Other` of a closed base.
    pub base: Option<Spanned<String>>,
    /// The type whose names it has where it has none of its own: its base type.
    pub inherits: Option<String>,
    /// Fields by property.
    pub fields: BTreeMap<String, Spanned<String>>,
    /// Constants by property, where they are not the upper case of the field.
    pub constants: BTreeMap<String, Spanned<String>>,
    /// Variants of an enumeration, by member.
    pub members: BTreeMap<String, Spanned<String>>,
    /// Variants of a closed base, by derived type.
    pub variants: BTreeMap<String, Spanned<String>>,
}

macro_rules! names {
    ($(#[$doc:meta])* $lock:ident { $($(#[$about:meta])* $name:ident,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Default, Deserialize)]
        #[serde(deny_unknown_fields, default)]
        pub struct $lock {
            $($(#[$about])* pub $name: Option<Spanned<String>>,)+
        }

        impl $lock {
            /// A name by the word for it.
            #[must_use]
            pub fn get(&self, what: &str) -> Option<&Spanned<String>> {
                match what {
                    $(stringify!($name) => self.$name.as_ref(),)+
                    _ => None,
                }
            }
        }
    };
}

names! {
    /// The names of one path.
    ResourceLock {
        /// The struct that stands for the path.
        name,
        /// Its file, without `.rs`.
        file,
        /// The method that leads to it.
        method,
        /// The request that reads the entity.
        get,
        /// The request that reads the collection.
        list,
        /// The request that adds an entity.
        create,
        /// The request that changes the entity.
        update,
        /// The request that removes the entity.
        delete,
    }
}

names! {
    /// The names of one function or action at its place.
    CallLock {
        /// The method.
        method,
        /// The request.
        request,
        /// The file of an import's request, without `.rs`.
        file,
    }
}

names! {
    /// The names of what is given to requests that write.
    ModelLock {
        /// The struct for a new entity.
        create,
        /// Its file, without `.rs`.
        create_file,
        /// The struct for changes.
        update,
        /// Its file, without `.rs`.
        update_file,
    }
}
