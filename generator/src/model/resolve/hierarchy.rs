//! Base types, linked both ways.

use std::collections::HashMap;

use super::Resolver;
use crate::diagnostic::Diagnostic;
use crate::model::{Structured, TypeId, TypeKind};
use crate::source::Span;

impl<'m> Resolver<'m, '_> {
    /// Checks bases, cuts cycles, fills `derived`, and hands openness and streams down.
    pub(super) fn link(&mut self) {
        let ids: Vec<TypeId> = self.model.types().map(|(id, _)| id).collect();
        for id in &ids {
            self.check_base(*id);
        }
        self.cut_cycles(&ids);
        for id in &ids {
            if let Some(base) = self.model.structured(*id).and_then(|it| it.base)
                && let Some(base) = self.structured_mut(base)
            {
                base.derived.push(*id);
            }
        }
        self.inherit(&ids);
    }

    pub(super) fn structured_mut(&mut self, id: TypeId) -> Option<&mut Structured<'m>> {
        match &mut self.model.types.get_mut(id.0 as usize)?.kind {
            TypeKind::Structured(structured) => Some(structured),
            TypeKind::Enum(_) | TypeKind::Definition(_) => None,
        }
    }

    /// 6.2 and 9.2: the base of an entity type is an entity type, that of a complex type a complex type.
    fn check_base(&mut self, id: TypeId) {
        let Some(structured) = self.model.structured(id) else { return };
        let Some(base) = structured.base else { return };
        if self.model.structured(base).is_some_and(|it| it.is_entity == structured.is_entity) {
            return;
        }
        let wanted = if structured.is_entity { "an entity type" } else { "a complex type" };
        self.report(
            Diagnostic::error(
                "resolve::base-kind",
                format!(
                    "`{}` cannot derive from `{}`, which is not {wanted}",
                    self.model.qualified_name(id),
                    self.model.qualified_name(base)
                ),
            )
            .at(self.model.ty(id).span, "derives from it")
            .also(self.model.ty(base).span, "declared here")
            .help(format!("remove `BaseType`, or name {wanted}")),
        );
        self.holed.insert(id);
        if let Some(structured) = self.structured_mut(id) {
            structured.base = None;
        }
    }

    /// A type that is its own base, directly or not, loses its base; one diagnostic a circle. Each type is looked at once,
    /// however long the line of its bases.
    fn cut_cycles(&mut self, ids: &[TypeId]) {
        let mut seen: HashMap<TypeId, TypeId> = HashMap::new(); // to the type that the walk began with
        for start in ids {
            let mut next = Some(*start);
            while let Some(id) = next {
                match seen.get(&id) {
                    Some(walk) if walk == start => self.cut_cycle(id),
                    Some(_) => {}
                    None => {
                        seen.insert(id, *start);
                        next = self.model.structured(id).and_then(|it| it.base);
                        continue;
                    }
                }
                break;
            }
        }
    }

    fn cut_cycle(&mut self, id: TypeId) {
        const SHOWN: usize = 10;
        let base_of = |id: TypeId| self.model.structured(id).and_then(|it| it.base);
        let others: Vec<TypeId> =
            std::iter::successors(base_of(id), |other| base_of(*other)).take_while(|other| *other != id).collect();
        let names: Vec<String> =
            others.iter().take(SHOWN).map(|it| format!(", `{}`", self.model.qualified_name(*it))).collect();
        let rest = if others.len() > SHOWN { ", .." } else { "" };
        let own = self.model.qualified_name(id);
        let message = if others.is_empty() {
            format!("`{own}` is its own base type")
        } else {
            format!("`{own}` is its own base type by way of {}{rest}", names.concat().trim_start_matches(", "))
        };
        let mut fault =
            Diagnostic::error("resolve::base-cycle", message).at(self.model.ty(id).span, "derives from itself");
        for other in others.iter().take(SHOWN) {
            fault = fault.also(self.model.ty(*other).span, "by way of this one");
        }
        self.report(fault.help("remove one `BaseType` of the circle"));
        self.holed.insert(id);
        if let Some(structured) = self.structured_mut(id) {
            structured.base = None;
        }
    }

    /// Walks down from the types without a base, handing down openness and streams, and property names to find those that
    /// are declared again (7: a name is unique within a type and its bases; the first stays).
    fn inherit(&mut self, ids: &[TypeId]) {
        enum Step {
            Enter(TypeId, bool, bool),
            Leave(TypeId),
        }
        let is_root =
            |id: &TypeId| self.model.structured(*id).is_some_and(|it| it.base.is_none() && !it.derived.is_empty());
        let mut steps: Vec<Step> =
            ids.iter().rev().filter(|id| is_root(id)).map(|id| Step::Enter(*id, false, false)).collect();
        let mut inherited: HashMap<&'m str, Span> = HashMap::new();
        while let Some(step) = steps.pop() {
            match step {
                Step::Leave(id) => {
                    for property in self.model.structured(id).map(|it| it.properties.as_slice()).unwrap_or_default() {
                        inherited.remove(property.name);
                    }
                }
                Step::Enter(id, is_open, has_stream) => {
                    self.drop_redeclared(id, &inherited);
                    let Some(structured) = self.structured_mut(id) else { continue };
                    structured.is_open |= is_open;
                    structured.has_stream |= has_stream;
                    if structured.derived.is_empty() {
                        continue;
                    }
                    let (is_open, has_stream) = (structured.is_open, structured.has_stream);
                    inherited.extend(structured.properties.iter().map(|it| (it.name, it.span)));
                    steps.push(Step::Leave(id));
                    steps.extend(structured.derived.iter().rev().map(|it| Step::Enter(*it, is_open, has_stream)));
                }
            }
        }
    }

    fn drop_redeclared(&mut self, id: TypeId, inherited: &HashMap<&'m str, Span>) {
        let own = self.model.structured(id).map(|it| it.properties.as_slice()).unwrap_or_default();
        let twice: Vec<(&'m str, Span, Span)> =
            own.iter().filter_map(|it| inherited.get(it.name).map(|first| (it.name, it.span, *first))).collect();
        if twice.is_empty() {
            return;
        }
        for (name, span, first) in twice {
            let message = format!("property `{name}` is declared in a base type already");
            self.report(
                Diagnostic::error("resolve::duplicate", message)
                    .at(span, "again here")
                    .also(first, "first here")
                    .help("remove or rename one of them"),
            );
        }
        if let Some(structured) = self.structured_mut(id) {
            structured.properties.retain(|it| !inherited.contains_key(it.name));
        }
    }
}
