//! Which fields must be boxed, since a struct would otherwise contain itself.

use std::collections::BTreeMap;

use crate::model::{ItemType, Model, Property, TypeId};
use crate::select::Selection;

/// Circles of structs that hold each other by value.
#[derive(Debug)]
pub(super) struct ByValue {
    /// A number for each circle (strongly connected component).
    circle: BTreeMap<TypeId, usize>,
}

impl ByValue {
    /// Follows single-valued properties; collections and the variants of closed bases are on the heap anyway.
    pub(super) fn new(model: &Model<'_>, selection: &Selection, is_closed: impl Fn(TypeId) -> bool) -> Self {
        let place: BTreeMap<TypeId, usize> = selection.order.iter().copied().zip(0..).collect();
        let edges: Vec<Vec<usize>> = selection
            .order
            .iter()
            .map(|id| {
                let properties = model.all_properties(*id);
                let held = properties.iter().filter_map(|(_, it)| held(it)).filter(|it| !is_closed(*it));
                held.filter_map(|it| place.get(&it).copied()).collect()
            })
            .collect();
        Self { circle: selection.order.iter().copied().zip(components(&edges)).collect() }
    }

    /// Whether a field of `owner` that holds `value` closes a circle: there is a way back, since the field is the way
    /// there.
    pub(super) fn needs_box(&self, owner: TypeId, value: TypeId) -> bool {
        owner == value || self.circle.get(&owner).is_some_and(|it| self.circle.get(&value) == Some(it))
    }
}

fn held(property: &Property<'_>) -> Option<TypeId> {
    match property.ty.item {
        ItemType::Declared(id) if !property.ty.is_collection => Some(id),
        _ => None,
    }
}

/// The strongly connected component of each node, as a number that only nodes of one component share (Tarjan's
/// algorithm, with a stack of its own: a document decides how deep it goes).
fn components(edges: &[Vec<usize>]) -> Vec<usize> {
    let mut walk = Walk { state: vec![State::New; edges.len()], ..Walk::default() };
    for root in 0..edges.len() {
        walk.from(root, edges);
    }
    let component = |state: &State| match state {
        State::Done(component) => *component,
        // Every node was a root, and a root's walk ends only when it is done.
        State::New | State::Open { .. } => usize::MAX,
    };
    walk.state.iter().map(component).collect()
}

#[derive(Debug, Clone, Copy)]
enum State {
    New,
    /// On the way: when it was found, and the earliest found that it leads back to.
    Open {
        found: usize,
        low: usize,
    },
    Done(usize),
}

#[derive(Debug, Default)]
struct Walk {
    state: Vec<State>,
    found: usize,
    components: usize,
    /// Found and not done, in the order in which they were found.
    open: Vec<usize>,
    /// The way from the root: a node, and how many of its edges were taken.
    way: Vec<(usize, usize)>,
}

impl Walk {
    fn from(&mut self, root: usize, edges: &[Vec<usize>]) {
        self.enter(root);
        while let Some((node, taken)) = self.way.last_mut() {
            let (from, next) = (*node, edges.get(*node).and_then(|it| it.get(*taken)).copied());
            *taken += 1;
            match next {
                Some(to) => match self.state.get(to) {
                    Some(State::New) => self.enter(to),
                    Some(State::Open { found, .. }) => self.leads_to(from, *found),
                    Some(State::Done(_)) | None => {}
                },
                None => self.leave(from),
            }
        }
    }

    /// Goes on to a node, unless it was there before.
    fn enter(&mut self, node: usize) {
        if let Some(state @ State::New) = self.state.get_mut(node) {
            *state = State::Open { found: self.found, low: self.found };
            self.found += 1;
            self.open.push(node);
            self.way.push((node, 0));
        }
    }

    fn leads_to(&mut self, node: usize, earlier: usize) {
        if let Some(State::Open { low, .. }) = self.state.get_mut(node) {
            *low = earlier.min(*low);
        }
    }

    /// Goes back from a node. One that leads to nothing earlier ends a component: all that was found since.
    fn leave(&mut self, node: usize) {
        self.way.pop();
        let Some(State::Open { found, low }) = self.state.get(node).copied() else { return };
        if low < found {
            if let Some((parent, _)) = self.way.last().copied() {
                self.leads_to(parent, low);
            }
            return;
        }
        while let Some(member) = self.open.pop() {
            if let Some(state) = self.state.get_mut(member) {
                *state = State::Done(self.components);
            }
            if member == node {
                break;
            }
        }
        self.components += 1;
    }
}

#[cfg(test)]
#[allow(clippy::indexing_slicing)] // nodes are made below the number of nodes
mod tests {
    use proptest::prelude::{Strategy, prop};
    use proptest::{prop_assert_eq, proptest};

    use super::components;

    /// Every node that can be reached from one, itself only by a circle.
    fn reachable(edges: &[Vec<usize>], start: usize) -> Vec<bool> {
        let mut seen = vec![false; edges.len()];
        let mut open = vec![start];
        while let Some(next) = open.pop() {
            for to in &edges[next] {
                if !std::mem::replace(&mut seen[*to], true) {
                    open.push(*to);
                }
            }
        }
        seen
    }

    fn graphs() -> impl Strategy<Value = Vec<Vec<usize>>> {
        (1..14_usize).prop_flat_map(|nodes| prop::collection::vec(prop::collection::vec(0..nodes, 0..3), nodes))
    }

    proptest! {
        /// The definition: there is a way back from what a field holds to its owner.
        #[test]
        fn an_edge_closes_a_circle_where_there_is_a_way_back(edges in graphs()) {
            let component = components(&edges);
            for (owner, held) in edges.iter().enumerate() {
                for value in held {
                    let way_back = owner == *value || reachable(&edges, *value)[owner];
                    prop_assert_eq!(owner == *value || component[owner] == component[*value], way_back);
                }
            }
        }

        #[test]
        fn two_nodes_share_a_component_where_each_reaches_the_other(edges in graphs()) {
            let component = components(&edges);
            for one in 0..edges.len() {
                for other in 0..edges.len() {
                    let both = reachable(&edges, one)[other] && reachable(&edges, other)[one];
                    prop_assert_eq!(component[one] == component[other], one == other || both);
                }
            }
        }
    }

    #[test]
    fn a_long_chain_is_no_deep_recursion() {
        let mut edges: Vec<Vec<usize>> = (1..200_000).map(|it| vec![it]).collect();
        edges.push(vec![0]);
        assert!(components(&edges).iter().all(|it| *it == 0));
    }
}
