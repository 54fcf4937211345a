//! Every Rust identifier of the output: made here, once, and nowhere else.
//!
//! A name is cased (`case`), escaped and made unique within its scope (`scope`). Scopes are filled in the order of
//! wire names, never of declaration, so that moving a definition renames nothing.

mod case;
mod scope;

pub use case::Ident;

use std::collections::BTreeMap;

use case::{constant, module, snake, upper_camel};
use scope::Scope;

use crate::config::Config;
use crate::model::{Model, SchemaId, Type, TypeId, TypeKind};
use crate::select::{Resource, Segment, Selection};

/// The identifiers of a selection.
#[derive(Debug, Default)]
pub struct Names {
    /// The module of each namespace that has selected types.
    pub modules: BTreeMap<SchemaId, Ident>,
    /// By type.
    pub types: BTreeMap<TypeId, TypeNames>,
    /// By path template.
    pub resources: BTreeMap<String, ResourceNames>,
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
    /// The request that reads it.
    pub get: Ident,
}

/// Names everything that is selected.
#[must_use]
pub fn names(model: &Model<'_>, selection: &Selection, config: &Config) -> Names {
    let spelling: BTreeMap<&str, &str> =
        config.spelling.iter().map(|(name, word)| (name.get_ref().as_str(), word.get_ref().as_str())).collect();
    let mut namer = Namer { model, selection, config, spelling, names: Names::default() };
    namer.modules();
    namer.types();
    namer.resources();
    namer.names
}

struct Namer<'c, 'm> {
    model: &'c Model<'m>,
    selection: &'c Selection,
    config: &'c Config,
    spelling: BTreeMap<&'c str, &'c str>,
    names: Names,
}

impl Namer<'_, '_> {
    /// The word that the spelling table gives for a name, or the name.
    fn spell<'n>(&'n self, name: &'n str) -> &'n str {
        self.spelling.get(name).copied().unwrap_or(name)
    }

    fn modules(&mut self) {
        let mut namespaces: Vec<(&str, SchemaId)> = self
            .selection
            .order
            .iter()
            .map(|id| self.model.ty(*id).schema)
            .map(|id| (self.model.schema(id).namespace, id))
            .collect();
        namespaces.sort_unstable();
        namespaces.dedup();
        let mut scope = Scope::root();
        for (namespace, id) in namespaces {
            let wanted = self.config.namespaces.get(namespace).and_then(|it| it.module.as_ref());
            let name = wanted.map_or_else(|| module(namespace), |it| it.get_ref().clone());
            self.names.modules.insert(id, scope.reserve(&name));
        }
    }

    fn types(&mut self) {
        let mut scopes: BTreeMap<SchemaId, (Scope, Scope)> = BTreeMap::new();
        // Structs and enums first, so that the struct behind a closed base yields to a declared type of its name.
        for id in self.selection.order.clone() {
            let ty = self.model.ty(id);
            let (types, files) = scopes.entry(ty.schema).or_insert_with(|| (Scope::types(), Scope::files()));
            let name = types.reserve(&upper_camel(self.spelling.get(ty.name).copied().unwrap_or(ty.name)));
            // A file is a module beside the types, and names without case (`123`, ideographs) would be both.
            files.avoid(&name);
            self.names.types.insert(id, TypeNames { name, ..TypeNames::default() });
        }
        for id in self.selection.order.clone() {
            let files = scopes.get_mut(&self.model.ty(id).schema).map(|(_, files)| files);
            if let (Some(files), Some(names)) = (files, self.names.types.get_mut(&id)) {
                names.file = files.reserve(&snake(names.name.unraw()));
            }
        }
        for id in self.selection.order.clone() {
            let ty = self.model.ty(id);
            let base = match scopes.get_mut(&ty.schema) {
                Some((types, _)) if self.is_closed(id) => {
                    let name = self.names.types.get(&id).map(|it| it.name.unraw().to_owned()).unwrap_or_default();
                    types.reserve(&format!("{name}Base"))
                }
                _ => Ident::default(),
            };
            let inner = self.inner_names(id, ty);
            if let Some(names) = self.names.types.get_mut(&id) {
                *names = TypeNames {
                    name: std::mem::take(&mut names.name),
                    file: std::mem::take(&mut names.file),
                    base,
                    ..inner
                };
            }
        }
    }

    fn is_closed(&self, id: TypeId) -> bool {
        self.config.is_closed(&self.model.qualified_name(id))
    }

    /// The names within a type.
    fn inner_names(&self, id: TypeId, ty: &Type<'_>) -> TypeNames {
        let mut inner = TypeNames::default();
        match &ty.kind {
            TypeKind::Structured(_) => {
                let mut wire: Vec<&str> = self.model.all_properties(id).iter().map(|(_, it)| it.name).collect();
                wire.sort_unstable();
                let (mut fields, mut constants) = (Scope::fields(), Scope::constants());
                for name in wire {
                    let word = self.spell(name);
                    inner.fields.insert(name.to_owned(), fields.reserve(&snake(word)));
                    inner.constants.insert(name.to_owned(), constants.reserve(&constant(word)));
                }
                if self.is_closed(id) {
                    inner.variants = self.variants(id, ty.name);
                }
            }
            TypeKind::Enum(declared) => {
                let mut wire: Vec<(&str, usize)> = declared.members.iter().map(|it| it.name).zip(0..).collect();
                wire.sort_unstable();
                let mut scope = Scope::variants();
                let mut named: Vec<(usize, Ident)> =
                    wire.into_iter().map(|(name, at)| (at, scope.reserve(&upper_camel(self.spell(name))))).collect();
                named.sort_unstable_by_key(|(at, _)| *at);
                inner.members = named.into_iter().map(|(_, ident)| ident).collect();
            }
            TypeKind::Definition(_) => {}
        }
        inner
    }

    /// Variants of a closed base: `circleShape` of `shape` is `Circle`.
    fn variants(&self, base: TypeId, base_name: &str) -> BTreeMap<TypeId, Ident> {
        let suffix = upper_camel(self.spell(base_name));
        let mut derived: Vec<(String, TypeId)> = self
            .model
            .descendants(base)
            .into_iter()
            .filter(|id| self.selection.contains(*id))
            .map(|id| (self.model.qualified_name(id), id))
            .collect();
        derived.sort_unstable();
        let mut scope = Scope::closed_variants();
        let mut variants = BTreeMap::new();
        for (_, id) in derived {
            let full = upper_camel(self.spell(self.model.ty(id).name));
            let short = full.strip_suffix(suffix.as_str()).filter(|it| !it.is_empty()).unwrap_or(&full);
            variants.insert(id, scope.reserve(short));
        }
        variants
    }

    fn resources(&mut self) {
        let mut scopes = ResourceScopes { types: Scope::types(), files: Scope::files() };
        let mut client = Scope::client_methods();
        for resource in &self.selection.resources {
            self.resource(resource, "", &mut client, &mut scopes);
        }
    }

    fn resource(&mut self, resource: &Resource, parent: &str, methods: &mut Scope, scopes: &mut ResourceScopes) {
        let type_name = upper_camel(self.spell(self.model.ty(resource.entity_type).name));
        // One entity of a collection is called by its type, everything else by the path's own word.
        let (word, method) = match &resource.segment {
            Segment::Container(name) | Segment::Navigation(name) => {
                (upper_camel(self.spell(name)), methods.reserve(&snake(self.spell(name))))
            }
            Segment::Key => (type_name.clone(), methods.reserve("by_id")),
        };
        let name = scopes.types.reserve_or(&format!("{word}Resource"), || format!("{parent}{word}Resource"));
        let stem = name.unraw().trim_end_matches("Resource").to_owned();
        let get = scopes.types.reserve_or(&format!("Get{word}"), || format!("Get{parent}{word}"));
        let file = scopes.files.reserve(&snake(&stem));
        self.names.resources.insert(resource.template.clone(), ResourceNames { name, file, method, get });
        let mut below = Scope::resource_methods();
        for child in &resource.children {
            self.resource(child, &stem, &mut below, scopes);
        }
    }
}

struct ResourceScopes {
    types: Scope,
    files: Scope,
}
