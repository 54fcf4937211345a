//! What is re-exported at the root: types of several namespaces in one scope.

use std::collections::BTreeMap;

use super::{Ident, Namer};
use crate::diagnostic::Diagnostic;
use crate::model::{SchemaId, TypeId};

/// A name, the type that has it at the root, and the one that would have it too.
type Shared<'n> = (&'n Ident, TypeId, TypeId);

impl Namer<'_, '_> {
    /// Names that two namespaces would bring to the root. One diagnostic for each pair of namespaces.
    pub(super) fn root_clashes(&self) -> Vec<Diagnostic> {
        let mut first: BTreeMap<&Ident, TypeId> = BTreeMap::new();
        let mut pairs: BTreeMap<(SchemaId, SchemaId), Vec<Shared<'_>>> = BTreeMap::new();
        for id in self.selection.order.iter().filter(|id| self.is_at_root(**id)) {
            let Some(names) = self.names.types.get(id) else { continue };
            let exports = std::iter::once(&names.name).chain(self.is_closed(*id).then_some(&names.base));
            for name in exports {
                let earlier = *first.entry(name).or_insert(*id);
                let (one, other) = (self.model.ty(earlier).schema, self.model.ty(*id).schema);
                if one != other {
                    pairs.entry((one, other)).or_default().push((name, earlier, *id));
                }
            }
        }
        pairs.into_iter().filter_map(|(pair, shared)| self.root_clash(pair, &shared)).collect()
    }

    fn is_at_root(&self, id: TypeId) -> bool {
        let namespace = self.model.schema(self.model.ty(id).schema).namespace;
        self.config.value.namespaces.get(namespace).is_some_and(|it| it.root)
    }

    fn root_clash(&self, pair: (SchemaId, SchemaId), shared: &[Shared<'_>]) -> Option<Diagnostic> {
        let (name, earlier, later) = shared.first()?;
        let [one, other] = [pair.0, pair.1].map(|it| self.model.schema(it).namespace);
        let more = match shared.len() - 1 {
            0 => String::new(),
            1 => ", and one more name".to_owned(),
            more => format!(", and {more} more names"),
        };
        let fault = format!("the root would have `{}` from both `{one}` and `{other}`{more}", name.as_str());
        Some(
            Diagnostic::error("names::same-at-root", fault)
                .at(self.model.ty(*later).span, "the second one")
                .also(self.model.ty(*earlier).span, "the first one")
                .help(format!("remove `root = true` from `[namespace.\"{one}\"]` or `[namespace.\"{other}\"]`")),
        )
    }
}
