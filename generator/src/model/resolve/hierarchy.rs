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
        for id in &ids {
            self.cut_cycle(*id);
        }
        for id in &ids {
            if let Some(base) = self.model.structured(*id).and_then(|it| it.base)
                && let Some(base) = self.structured_mut(base)
            {
                base.derived.push(*id);
            }
        }
        for id in &ids {
            let lineage = || self.model.ancestry(*id).filter_map(|it| self.model.structured(it));
            let (is_open, has_stream) = (lineage().any(|it| it.is_open), lineage().any(|it| it.has_stream));
            if let Some(structured) = self.structured_mut(*id) {
                structured.is_open = is_open;
                structured.has_stream = has_stream;
            }
        }
        for id in &ids {
            self.check_redeclared(*id);
        }
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
        self.diagnostics.push(
            Diagnostic::error(
                "resolve::base-kind",
                format!(
                    "`{}` cannot derive from `{}`, which is not {wanted}",
                    self.model.qualified_name(id),
                    self.model.qualified_name(base)
                ),
            )
            .at(self.model.ty(id).span, "derives from it")
            .also(self.model.ty(base).span, "declared here"),
        );
        if let Some(structured) = self.structured_mut(id) {
            structured.base = None;
        }
    }

    /// A type that is its own base, directly or not, loses its base; one diagnostic a circle.
    fn cut_cycle(&mut self, id: TypeId) {
        let mut circle = vec![id];
        let mut next = self.model.structured(id).and_then(|it| it.base);
        while let Some(base) = next {
            if base == id {
                let names: Vec<String> =
                    circle.iter().map(|it| format!("`{}`", self.model.qualified_name(*it))).collect();
                let mut fault =
                    Diagnostic::error("resolve::base-cycle", format!("{} derives from itself", names.join(" <- ")))
                        .at(self.model.ty(id).span, "this type is its own base");
                for other in circle.iter().skip(1) {
                    fault = fault.also(self.model.ty(*other).span, "by way of this one");
                }
                self.diagnostics.push(fault);
                if let Some(structured) = self.structured_mut(id) {
                    structured.base = None;
                }
                return;
            }
            if circle.contains(&base) {
                return; // a circle further up, which has its own diagnostic
            }
            circle.push(base);
            next = self.model.structured(base).and_then(|it| it.base);
        }
    }

    /// 7: a property name is unique within a type and its bases. The first stays.
    fn check_redeclared(&mut self, id: TypeId) {
        let Some(structured) = self.model.structured(id) else { return };
        if structured.base.is_none() {
            return;
        }
        let mut inherited: HashMap<&'m str, Span> = HashMap::new();
        for base in self.model.ancestry(id).skip(1).filter_map(|it| self.model.structured(it)) {
            inherited.extend(base.properties.iter().map(|it| (it.name, it.span)));
        }
        let twice: Vec<(&'m str, Span, Span)> = structured
            .properties
            .iter()
            .filter_map(|it| inherited.get(it.name).map(|first| (it.name, it.span, *first)))
            .collect();
        for (name, span, first) in &twice {
            self.diagnostics.push(
                Diagnostic::error(
                    "resolve::duplicate",
                    format!("property `{name}` is declared in a base type already"),
                )
                .at(*span, "again here")
                .also(*first, "first here")
                .help("remove or rename one of them"),
            );
        }
        if !twice.is_empty()
            && let Some(structured) = self.structured_mut(id)
        {
            structured.properties.retain(|it| !twice.iter().any(|(name, _, _)| *name == it.name));
        }
    }
}
