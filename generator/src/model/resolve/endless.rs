//! 9: complex types that hold themselves.

use std::collections::HashMap;

use super::Resolver;
use crate::diagnostic::Diagnostic;
use crate::model::{ItemType, PropertyKind, TypeId};
use crate::source::Span;

/// A single value that is never null: the type that holds it, the place, and the type that it has.
type Held = (TypeId, Span, TypeId);

impl Resolver<'_, '_> {
    /// A complex type that needs a value of itself, directly or by way of others, has no value that ends. Where a property
    /// may be null or is a collection the circle is an ordinary one.
    pub(super) fn check_endless(&mut self) {
        let held = self.held();
        let mut next: HashMap<TypeId, Vec<(Span, TypeId)>> = HashMap::new();
        for (holder, span, ty) in &held {
            next.entry(*holder).or_default().push((*span, *ty));
        }
        // Each type is looked at once: those on the way down stand in `path`, those behind it in `done`.
        let mut state: HashMap<TypeId, bool> = HashMap::new();
        for (start, _, _) in &held {
            if state.contains_key(start) {
                continue;
            }
            state.insert(*start, false);
            let mut path: Vec<(TypeId, usize)> = vec![(*start, 0)];
            while let Some((id, at)) = path.last_mut() {
                let Some((span, ty)) = next.get(id).and_then(|it| it.get(*at)).copied() else {
                    state.insert(*id, true);
                    path.pop();
                    continue;
                };
                *at += 1;
                match state.get(&ty) {
                    None => {
                        state.insert(ty, false);
                        path.push((ty, 0));
                    }
                    Some(false) => self.report_endless(ty, span, &path),
                    Some(true) => {}
                }
            }
        }
    }

    fn held(&self) -> Vec<Held> {
        let mut held = Vec::new();
        for (id, _) in self.model.types() {
            let Some(structured) = self.model.structured(id) else { continue };
            if let Some(base) = structured.base {
                held.push((id, self.model.ty(id).span, base));
            }
            for property in &structured.properties {
                if let (PropertyKind::Structural { .. }, ItemType::Declared(ty), false, Some(false)) =
                    (&property.kind, property.ty.item, property.ty.is_collection, property.nullable)
                    && self.model.structured(ty).is_some()
                {
                    held.push((id, property.span, ty));
                }
            }
        }
        held
    }

    fn report_endless(&mut self, ty: TypeId, span: Span, path: &[(TypeId, usize)]) {
        const SHOWN: usize = 5;
        let circle = path.iter().rev().take_while(|(id, _)| *id != ty).take(SHOWN);
        let mut fault = Diagnostic::warning(
            "resolve::endless",
            format!("a value of `{}` holds another one, without end", self.model.qualified_name(ty)),
        )
        .at(span, "leads back")
        .also(self.model.ty(ty).span, "this type");
        for (id, _) in circle {
            fault = fault.also(self.model.ty(*id).span, "by way of this one");
        }
        self.report(fault.help("write `Nullable=\"true\"` at one property of the circle"));
    }
}
