//! The names of modules, of types, and of what is within a type.

use std::collections::BTreeMap;

use super::case::{constant, file, module, snake, upper_camel};
use super::scope::Scope;
use super::wish::{Given, Origin, Wish, early, fill, late};
use super::{Ident, Namer, TypeNames};
use crate::model::{Enum, SchemaId, TypeId, TypeKind};

impl<'c> Namer<'c, '_> {
    pub(super) fn modules(&mut self) {
        let mut namespaces: Vec<(&str, SchemaId)> = self
            .selection
            .order
            .iter()
            .map(|id| self.model.ty(*id).schema)
            .map(|id| (self.model.schema(id).namespace, id))
            .collect();
        namespaces.sort_unstable();
        namespaces.dedup();
        let wishes: Vec<Wish> = namespaces.iter().map(|(namespace, _)| self.module(namespace)).collect();
        let of = |at: usize| format!("namespace `{}`", namespaces.get(at).map_or("", |(it, _)| it));
        let given = fill(&mut Scope::root(), &wishes, &mut self.renamed, of);
        self.names.modules.extend(namespaces.iter().map(|(_, id)| *id).zip(given));
    }

    fn module(&self, namespace: &str) -> Wish {
        let wanted = self.config.value.namespaces.get(namespace).and_then(|it| it.module.as_ref());
        let (word, origin) = match wanted {
            Some(it) => (it.get_ref().clone(), Origin::Exact(self.config.span(it))),
            None => (module(namespace), Origin::Computed),
        };
        Wish { word, origin, pin: self.pins.module(namespace) }
    }

    pub(super) fn types(&mut self) {
        let mut by_schema: BTreeMap<SchemaId, Vec<(TypeId, String)>> = BTreeMap::new();
        for id in &self.selection.order {
            by_schema.entry(self.model.ty(*id).schema).or_default().push((*id, self.model.qualified_name(*id)));
        }
        for types in by_schema.values() {
            self.namespace(types);
        }
    }

    fn namespace(&mut self, types: &[(TypeId, String)]) {
        let mut scope = Scope::types();
        let of = |at: usize| types.get(at).map(|(_, it)| it.as_str()).unwrap_or_default();
        let wish = |(id, qualified): &(TypeId, String)| {
            let (word, origin) = self.type_word(*id);
            Wish { word: upper_camel(word), origin, pin: self.pins.name(qualified) }
        };
        let wishes: Vec<Wish> = types.iter().map(wish).collect();
        let given = early(&mut scope, &wishes);
        // What follows from a type's name is kept as long as the name is.
        let kept: Vec<bool> = wishes.iter().zip(&given).map(|(wish, given)| given.keeps(wish.pin.as_ref())).collect();
        // Names of before go first, whatever they name; then structs and enums, so that the struct behind a closed base
        // yields to a declared type of its name.
        let bases: Vec<Wish> =
            types.iter().map(|(_, it)| Wish { pin: self.pins.base(it), ..Wish::default() }).collect();
        let mut open_bases = Vec::new();
        for (((id, _), wish), kept) in types.iter().zip(&bases).zip(&kept) {
            let pin = wish.pin.as_ref().filter(|_| *kept && self.is_closed(*id));
            let pinned = pin.map(|it| scope.pin(&it.text).map_or_else(Given::Refused, Given::Name));
            open_bases.push(pinned.unwrap_or(Given::Open));
        }
        let names = late(&mut scope, &wishes, given, &mut self.renamed, |at| format!("type `{}`", of(at)));
        let wish = |((name, (_, qualified)), kept): ((&Ident, &(TypeId, String)), &bool)| Wish {
            word: file(&snake(name.unraw())),
            pin: self.pins.file(qualified).filter(|_| *kept),
            ..Wish::default()
        };
        let wishes: Vec<Wish> = names.iter().zip(types).zip(&kept).map(wish).collect();
        let file_names =
            fill(&mut Scope::files(), &wishes, &mut self.renamed, |at| format!("the file of type `{}`", of(at)));
        let all = types.iter().zip(names).zip(file_names).zip(bases.iter().zip(open_bases));
        for ((((id, qualified), name), file), (wish, given)) in all {
            let base = match (self.is_closed(*id), given) {
                (false, _) => Ident::default(),
                (true, Given::Name(base)) => base,
                (true, given) => {
                    let base = scope.reserve(&format!("{}Base", name.unraw()));
                    self.renamed.compare(wish, &given, &base, || format!("the base struct of type `{qualified}`"));
                    base
                }
            };
            let inner = self.inner_names(*id, qualified);
            self.names.types.insert(*id, TypeNames { name, file, base, ..inner });
        }
    }

    /// The names within a type.
    fn inner_names(&mut self, id: TypeId, qualified: &str) -> TypeNames {
        let mut inner = TypeNames::default();
        match &self.model.ty(id).kind {
            TypeKind::Structured(_) => {
                self.properties(id, qualified, &mut inner);
                if self.is_closed(id) {
                    inner.variants = self.variants(id, qualified);
                }
            }
            TypeKind::Enum(declared) => inner.members = self.members(qualified, declared),
            TypeKind::Definition(_) => {}
        }
        inner
    }

    fn properties(&mut self, id: TypeId, qualified: &str, inner: &mut TypeNames) {
        let mut wire: Vec<&'c str> = self.model.all_properties(id).iter().map(|(_, it)| it.name).collect();
        wire.sort_unstable();
        self.renamed.depth = self.model.ancestry(id).count();
        // A property is renamed where it is declared, and so for the types that inherit it.
        let renames: Vec<_> = (self.model.ancestry(id))
            .filter_map(|it| self.config.value.types.get(self.model.qualified_name(it).as_str()))
            .map(|it| &it.rename)
            .filter(|it| !it.is_empty())
            .collect();
        let (mut fields, mut constants) = (Vec::new(), Vec::new());
        for name in &wire {
            let (word, origin) = self.word(renames.iter().find_map(|it| it.get(*name)), name);
            fields.push(Wish { word: snake(word), origin, pin: self.pins.field(qualified, name) });
            constants.push(Wish { word: constant(word), origin, pin: self.pins.constant(qualified, name) });
        }
        let of = |at: usize| format!("`{qualified}/{}`", wire.get(at).unwrap_or(&""));
        let field = |at| format!("property {}", of(at));
        let names = fill(&mut Scope::fields(), &fields, &mut self.renamed, field);
        // One that follows from its field has no name of its own to lose.
        for (constant, (field, name)) in constants.iter_mut().zip(fields.iter().zip(&names)) {
            let changed = field.pin.as_ref().is_some_and(|it| it.text != name.as_str());
            constant.pin = constant.pin.take().filter(|it| it.written || !changed);
        }
        let constant = |at| format!("the constant of property {}", of(at));
        let constants = fill(&mut Scope::constants(), &constants, &mut self.renamed, constant);
        let owned = || wire.iter().map(|it| (*it).to_owned());
        inner.constants = owned().zip(constants).collect();
        inner.fields = owned().zip(names).collect();
    }

    fn members(&mut self, qualified: &str, declared: &Enum<'_>) -> Vec<Ident> {
        let mut wire: Vec<(&str, usize)> = declared.members.iter().map(|it| it.name).zip(0..).collect();
        wire.sort_unstable();
        let renames = self.config.value.types.get(qualified).map(|it| &it.rename);
        let wish = |(name, _): &(&str, usize)| {
            let (word, origin) = self.word(renames.and_then(|it| it.get(*name)), name);
            Wish { word: upper_camel(word), origin, pin: self.pins.member(qualified, name) }
        };
        let wishes: Vec<Wish> = wire.iter().map(wish).collect();
        let of = |at: usize| format!("member `{qualified}/{}`", wire.get(at).map_or("", |(it, _)| it));
        let given = fill(&mut Scope::variants(), &wishes, &mut self.renamed, of);
        let mut named: Vec<(usize, Ident)> = wire.iter().map(|(_, at)| *at).zip(given).collect();
        named.sort_unstable_by_key(|(at, _)| *at);
        named.into_iter().map(|(_, ident)| ident).collect()
    }

    /// Variants of a closed base: `circleShape` of `shape` is `Circle`.
    fn variants(&mut self, base: TypeId, qualified: &str) -> BTreeMap<TypeId, Ident> {
        let suffix = upper_camel(self.type_word(base).0);
        let mut derived: Vec<(String, TypeId)> = self
            .model
            .descendants(base)
            .into_iter()
            .filter(|id| self.selection.contains(*id))
            .map(|id| (self.model.qualified_name(id), id))
            .collect();
        derived.sort_unstable();
        let wish = |(name, id): &(String, TypeId)| {
            let (word, origin) = self.type_word(*id);
            let full = upper_camel(word);
            let short = full.strip_suffix(suffix.as_str()).filter(|it| !it.is_empty()).unwrap_or(&full);
            Wish { word: short.to_owned(), origin: origin.for_all(), pin: self.pins.variant(qualified, name) }
        };
        let wishes: Vec<Wish> = derived.iter().map(wish).collect();
        let of = |at: usize| format!("`{}` of closed `{qualified}`", derived.get(at).map_or("", |(it, _)| it));
        let given = fill(&mut Scope::closed_variants(), &wishes, &mut self.renamed, of);
        derived.into_iter().map(|(_, id)| id).zip(given).collect()
    }
}
