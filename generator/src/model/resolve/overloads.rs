//! 12.2 and 12.4: what overloads of one name have in common.

use super::Resolver;
use crate::csdl::OperationKind;
use crate::diagnostic::Diagnostic;
use crate::model::{Operation, OperationId, TypeRef};

impl Resolver<'_, '_> {
    /// Functions of one name return one type (bound ones: for one binding parameter), and differ by the types of their
    /// parameters as they do by their names. Each overload has its own request, so that this is a warning.
    pub(super) fn check_overloads(&mut self) {
        // More than that are not compared.
        const MOST: usize = 100;
        let mut groups: Vec<Vec<OperationId>> = self
            .operations
            .values()
            .filter(|it| it.len() > 1)
            .map(|it| it.iter().copied().take(MOST).collect())
            .collect();
        groups.sort_unstable();
        for group in &groups {
            for (at, id) in group.iter().enumerate() {
                let earlier = group.get(..at).unwrap_or_default();
                let Some(fault) = self.clash(*id, earlier) else { continue };
                self.report(fault);
            }
        }
    }

    fn clash(&self, id: OperationId, earlier: &[OperationId]) -> Option<Diagnostic> {
        let new = self.model.operation(id);
        if new.kind != OperationKind::Function {
            return None;
        }
        let binding = |it: &Operation<'_>| it.parameters.first().filter(|_| it.is_bound).map(|it| it.ty);
        let others = earlier.iter().map(|id| self.model.operation(*id));
        let mut others = others.filter(|it| {
            it.kind == OperationKind::Function && it.is_bound == new.is_bound && binding(it) == binding(new)
        });
        let types = |it: &Operation<'_>| it.parameters.iter().map(|it| it.ty).collect::<Vec<TypeRef>>();
        let returned = |it: &Operation<'_>| it.return_type.as_ref().map(|it| it.ty);
        others.find_map(|old| {
            let fault = if returned(old) != returned(new) {
                let message = format!("overloads of `{}` return different types", new.name);
                Diagnostic::warning("resolve::overload", message).help("give them one type, or rename one of them")
            } else if types(old) == types(new) {
                let message = format!("overloads of `{}` differ by the names of their parameters only", new.name);
                Diagnostic::warning("resolve::overload", message).help("change a type, or rename one of them")
            } else {
                return None;
            };
            Some(fault.at(new.span, "this one").also(old.span, "and this one"))
        })
    }
}
