//! 13.4: where navigation properties lead to, and the sets that operations return entities of.

use super::containers::DeclaredContainer;
use super::paths::Lost;
use super::say::Say;
use super::unique::Unique;
use super::{Referrer, Resolver};
use crate::csdl::{ContainerItem, NavigationBinding, Operation, SchemaItem, Text};
use crate::diagnostic::Diagnostic;
use crate::model::{ContainerMember, ContainerMemberKind, ItemType, TypeId};

/// What the target of a binding or of an import stands for.
enum Found {
    /// A set or singleton of that type.
    Entities(TypeId),
    /// Nothing, though its first name is a set or singleton.
    NothingBelow,
    /// Something that a fault reported already left out, or that is in a document not given.
    Unsaid,
    /// Nothing.
    Nothing,
}

impl<'m> Resolver<'m, '_> {
    /// Checks what the members of containers refer to. Nothing is generated from it, so that faults are warnings.
    pub(super) fn check_containers(&mut self, declared: &[DeclaredContainer<'m>]) {
        for it in declared {
            self.referrer.definition = &it.item.name.value;
            for item in &it.item.items {
                match item {
                    ContainerItem::EntitySet(set) => {
                        self.referrer.part = &set.name.value;
                        let id = self.find_type(it.document, &set.entity_type.value);
                        let Some(id) = id.filter(|id| self.entities.contains(id)) else { continue };
                        self.check_has_key(id, &set.entity_type);
                        self.check_bindings(it, id, &set.bindings);
                    }
                    ContainerItem::Singleton(singleton) => {
                        self.referrer.part = &singleton.name.value;
                        if let Some(id) = self.find_type(it.document, &singleton.ty.value) {
                            self.check_bindings(it, id, &singleton.bindings);
                        }
                    }
                    ContainerItem::Import(import) => {
                        self.referrer.part = &import.name.value;
                        if let Some(set) = &import.entity_set {
                            self.check_target(it, set);
                        }
                    }
                }
            }
            self.report_lost_targets();
        }
    }

    /// One diagnostic for all of them: where a service writes one such path, it writes dozens.
    fn report_lost_targets(&mut self) {
        const SHOWN: usize = 3;
        let spans = std::mem::take(&mut self.lost_targets);
        let Some((first, more)) = spans.split_first() else { return };
        let count = spans.len();
        let container = self.referrer.definition;
        let message = match count {
            1 => format!("a binding in `{container}` leads nowhere"),
            _ => format!("{count} bindings in `{container}` lead nowhere"),
        };
        let mut fault = Diagnostic::warning("resolve::binding", message)
            .at(*first, "no property of that name on the way")
            .help("a target goes from a set or singleton through navigation properties; a type cast follows what it casts");
        for span in more.iter().take(SHOWN) {
            fault = fault.also(*span, "this one too");
        }
        self.report(fault);
    }

    /// 6.5: entities of a set have a key.
    fn check_has_key(&mut self, id: TypeId, text: &Text<'_>) {
        if !self.model.key(id).is_empty() || self.model.ancestry(id).any(|it| self.holed.contains(&it)) {
            return;
        }
        let message = format!("entity set `{}` holds entities without a key", self.referrer);
        self.report(
            Diagnostic::warning("resolve::no-key", message)
                .at(text.span, "this type has no key, and inherits none")
                .also(self.model.ty(id).span, "declared here")
                .help("give the type a `Key`"),
        );
    }

    fn check_bindings(&mut self, container: &DeclaredContainer<'m>, id: TypeId, bindings: &'m [NavigationBinding<'m>]) {
        let mut seen = Unique::default();
        for binding in bindings {
            let path = &binding.path;
            if let Some(first) = seen.insert(path) {
                self.report(Self::twice("binding of", path, first).warning());
                continue;
            }
            let message = format!("`{}` binds `{}`", self.referrer, path.value);
            let fault = Diagnostic::warning("resolve::binding", message);
            // 13.4.1: a type cast may end the path, where what leads to it is said of a derived type only.
            let end = match self.follow(container.document, id, &path.value) {
                Ok(end) if end.property.is_some() && !self.is_navigation(end) => {
                    self.report(fault.at(path.span, "does not end in a navigation property"));
                    continue;
                }
                Ok(end) => Some(end),
                Err(lost) => {
                    self.report_lost(fault, path.span, &lost);
                    None
                }
            };
            let target = self.check_target(container, &binding.target);
            let (Some(ItemType::Declared(one)), Some(other)) = (end.map(|it| it.ty), target) else { continue };
            if !self.are_related(one, other) {
                let (one_name, other_name) = (self.model.qualified_name(one), self.model.qualified_name(other));
                let message = format!("`{}` leads to `{one_name}`, its target holds `{other_name}`", path.value);
                self.report(
                    Diagnostic::warning("resolve::binding", message)
                        .at(binding.target.span, "bound to this one")
                        .also(self.model.ty(one).span, "leads here")
                        .also(self.model.ty(other).span, "holds this"),
                );
            }
        }
    }

    /// 13.4.2: a set or singleton of this container, or of the one named, or what is contained in it. The type there.
    fn check_target(&mut self, container: &DeclaredContainer<'m>, text: &Text<'_>) -> Option<TypeId> {
        match self.find_target(container, &text.value) {
            Found::Entities(id) => return Some(id),
            Found::Unsaid => return None,
            Found::NothingBelow => {
                self.lost_targets.push(text.span);
                return None;
            }
            Found::Nothing => {}
        }
        let members = self.model.containers.iter().flat_map(|it| &it.members);
        let sets = members.filter(|it| entities_of(it).is_some()).map(|it| it.name);
        let near = self.near(&text.value, sets);
        let message = format!("`{}` refers to entity set `{}`, which is not declared", self.referrer, text.value);
        self.report(
            Diagnostic::warning("resolve::unknown-set", message).at(text.span, "referenced here").help_if(near),
        );
        None
    }

    fn find_target(&self, container: &DeclaredContainer<'m>, text: &str) -> Found {
        let (first, rest) = text.split_once('/').map_or((text, None), |(first, rest)| (first, Some(rest)));
        let (at, name, rest) = if first.contains('.') {
            let (Some((schema, simple)), Some(rest)) = (self.split(container.document, first), rest) else {
                return if self.is_absent(container.document, first) { Found::Unsaid } else { Found::Nothing };
            };
            let at = self.containers.get(&(schema, simple)).copied();
            let (name, rest) = rest.split_once('/').map_or((rest, None), |(name, rest)| (name, Some(rest)));
            (at, name, rest)
        } else {
            (Some(container.at), first, rest)
        };
        let Some((at, declaring)) = at.and_then(|at| Some((at, self.model.containers.get(at)?))) else {
            return Found::Nothing;
        };
        let Some(member) = self.members.get(&(at, name)).and_then(|at| declaring.members.get(*at)) else {
            let extends_unknown = container.item.extends.is_some() && declaring.extends.is_none();
            let unsaid = extends_unknown || self.lost_members.contains(name);
            return if unsaid { Found::Unsaid } else { Found::Nothing };
        };
        let (Some(id), rest) = (entities_of(member), rest) else { return Found::Nothing };
        match rest.map(|rest| self.follow(container.document, id, rest)) {
            None => Found::Entities(id),
            Some(Ok(end)) if self.is_navigation(end) => match end.ty {
                ItemType::Declared(id) => Found::Entities(id),
                ItemType::Primitive(_) => Found::Unsaid,
            },
            Some(Err(Lost::Unsaid | Lost::Open(..))) => Found::Unsaid,
            Some(_) => Found::NothingBelow,
        }
    }

    /// 12.6: the path to the set of what a bound operation returns begins with its binding parameter.
    pub(super) fn check_set_paths(&mut self) {
        let documents = self.documents;
        for (document, read) in documents.iter().enumerate() {
            for item in read.schemas.iter().flat_map(|it| &it.items) {
                let SchemaItem::Operation(declared) = item else { continue };
                if let Some(path) = &declared.entity_set_path {
                    self.referrer = Referrer { definition: &declared.name.value, part: "" };
                    self.check_set_path(document, declared, path);
                }
            }
        }
    }

    fn check_set_path(&mut self, document: usize, declared: &Operation<'_>, path: &Text<'_>) {
        let fault = Diagnostic::warning(
            "resolve::entity-set-path",
            format!("`{}` returns entities of `{}`", self.referrer, path.value),
        );
        let (first, rest) = path.value.split_once('/').map_or((path.value.as_ref(), None), |(a, b)| (a, Some(b)));
        let Some(binding) = declared.parameters.first().filter(|_| declared.is_bound) else {
            self.report(fault.at(path.span, "begins with the binding parameter").help("write `IsBound=\"true\"`"));
            return;
        };
        if first != binding.name.value {
            self.report(
                fault
                    .at(path.span, "does not begin with the binding parameter")
                    .also(binding.name.span, "the binding parameter")
                    .help(format!("begin it with `{}`", binding.name.value)),
            );
            return;
        }
        let ty = self.find_type_ref(document, &binding.ty.name.value);
        let (Some(ItemType::Declared(id)), Some(rest)) = (ty.map(|it| it.item), rest) else { return };
        match self.follow(document, id, rest) {
            Ok(end) if end.property.is_some() && !self.is_navigation(end) => {
                self.report(fault.at(path.span, "does not end in a navigation property"));
            }
            Ok(_) => {}
            Err(lost) => self.report_lost(fault, path.span, &lost),
        }
    }
}

/// The type of a set or singleton.
fn entities_of(member: &ContainerMember<'_>) -> Option<TypeId> {
    match member.kind {
        ContainerMemberKind::EntitySet { entity_type, .. } | ContainerMemberKind::Singleton { entity_type } => {
            Some(entity_type)
        }
        ContainerMemberKind::Import { .. } => None,
    }
}
