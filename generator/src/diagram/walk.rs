//! From the selection to a diagram.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::{Diagram, Edge, EdgeKind, Node, Options};
use crate::context::Context;
use crate::diagnostic::Diagnostic;
use crate::explain::types_called;
use crate::model::{ItemType, Property, PropertyKind, TypeId};
use crate::nearest::nearest;
use crate::plan::{FieldPlan, Item};

/// Draws what the options ask for. A root that is not generated is an error.
#[must_use]
pub fn diagram(context: &Context<'_>, options: &Options, diagnostics: &mut Vec<Diagnostic>) -> Diagram {
    let is_struct = |id: &TypeId| context.model.structured(*id).is_some();
    let roots = match options.roots.as_slice() {
        [] => context.selection.order.iter().copied().filter(is_struct).collect(),
        named => named.iter().filter_map(|it| root(context, it, diagnostics)).collect(),
    };
    let walk = Walk { context, options };
    let order = walk.reach(roots);
    let places: BTreeMap<TypeId, usize> = order.iter().enumerate().map(|(at, id)| (*id, at)).collect();
    let mut edges = Vec::new();
    for (from, id) in order.iter().enumerate() {
        let base = context.model.structured(*id).and_then(|it| it.base).filter(|_| !options.many);
        if let Some(to) = base.and_then(|it| places.get(&it)).copied() {
            edges.push(Edge { from, to, kind: EdgeKind::Derives, field: String::new(), many: false });
        }
        for (property, target) in walk.ways(*id, &|base| places.contains_key(&base)) {
            let Some(to) = places.get(&target).copied() else { continue };
            let field = walk.field(*id, property).map_or(property.name, |it| it.name.unraw());
            let (kind, many) = (kind(property), property.ty.is_collection);
            edges.push(Edge { from, to, kind, field: field.to_owned(), many });
        }
    }
    Diagram { nodes: walk.nodes(&order), edges }
}

fn root(context: &Context<'_>, name: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<TypeId> {
    let drawn = |id: &TypeId| context.selection.contains(*id) && context.model.structured(*id).is_some();
    let found = types_called(context, name).into_iter().find(drawn);
    if found.is_none() {
        let fault = Diagnostic::error("diagram::unknown-root", format!("no struct `{name}` is generated"));
        let known = context.selection.order.iter().filter(|it| drawn(it)).map(|it| context.model.ty(*it).name);
        diagnostics.push(match nearest(name, known) {
            Some(near) => fault.help(format!("a similar name is: `{near}`")),
            None => fault.help("`odata-codegen search WORD` finds names"),
        });
    }
    found
}

fn kind(property: &Property<'_>) -> EdgeKind {
    match property.kind {
        PropertyKind::Navigation { contains_target: false, .. } => EdgeKind::Refers,
        _ => EdgeKind::Contains,
    }
}

struct Walk<'w> {
    context: &'w Context<'w>,
    options: &'w Options,
}

impl<'w> Walk<'w> {
    /// Everything within the depth, the nearest first.
    fn reach(&self, roots: Vec<TypeId>) -> Vec<TypeId> {
        let mut order: Vec<TypeId> = Vec::new();
        let mut seen: BTreeSet<TypeId> = BTreeSet::new();
        let mut open: VecDeque<(TypeId, usize)> = roots.into_iter().map(|it| (it, 0)).collect();
        while let Some((id, depth)) = open.pop_front() {
            if !seen.insert(id) {
                continue;
            }
            order.push(id);
            if self.options.depth.is_none_or(|it| depth < it) {
                // A base that is reached later has its properties of its own.
                open.extend(self.ways(id, &|_| false).into_iter().map(|(_, target)| (target, depth + 1)));
            }
        }
        order
    }

    /// The properties that lead to another struct; not those that a base has which is drawn too.
    fn ways(&self, id: TypeId, is_drawn: &dyn Fn(TypeId) -> bool) -> Vec<(&'w Property<'w>, TypeId)> {
        let model = self.context.model;
        let all = model.all_properties(id).into_iter();
        let own = all.filter(|(declaring, _)| *declaring == id || self.options.many || !is_drawn(*declaring));
        let ways = own.filter_map(|(_, property)| match property.ty.item {
            ItemType::Declared(target) => Some((property, target)),
            ItemType::Primitive(_) => None,
        });
        ways.filter(|(property, target)| {
            (property.ty.is_collection || !self.options.many)
                && model.structured(*target).is_some()
                && self.context.selection.contains(*target)
                && self.field(id, property).is_some_and(|it| it.deprecated.is_none())
        })
        .collect()
    }

    fn fields(&self, id: TypeId) -> &'w [FieldPlan] {
        let items = self.context.planned(id).map(|it| it.items.as_slice()).unwrap_or_default();
        let mut fields = items.iter().filter_map(|it| if let Item::Struct(it) = it { Some(&it.fields) } else { None });
        fields.next().map(Vec::as_slice).unwrap_or_default()
    }

    fn field(&self, id: TypeId, property: &Property<'_>) -> Option<&'w FieldPlan> {
        self.fields(id).iter().find(|it| it.wire == property.name)
    }

    fn nodes(&self, order: &[TypeId]) -> Vec<Node> {
        let context = self.context;
        let simple = |id: &TypeId| context.names.types.get(id).map_or("", |it| it.name.unraw());
        let mut count: BTreeMap<&str, usize> = BTreeMap::new();
        for id in order {
            *count.entry(simple(id)).or_default() += 1;
        }
        let nodes = order.iter().map(|id| {
            let name = simple(id);
            let unique = count.get(name) == Some(&1);
            let path = || context.rust_path(*id).unwrap_or_default().replace("r#", "");
            let own: Vec<&str> =
                context.model.structured(*id).into_iter().flat_map(|it| &it.properties).map(|it| it.name).collect();
            let fields = self.fields(*id).iter().filter(|it| self.options.fields && own.contains(&it.wire.as_str()));
            Node {
                name: if unique { name.to_owned() } else { path() },
                wire: context.model.qualified_name(*id),
                fields: fields.map(|it| (it.name.unraw().to_owned(), it.ty.written())).collect(),
            }
        });
        nodes.collect()
    }
}
