//! The names of paths.

use super::case::{file, snake, upper_camel};
use super::scope::Scope;
use super::wish::{Given, Origin, Wish, early, fill};
use super::{Ident, Namer, ResourceNames};
use crate::lock::Pin;
use crate::select::{Resource, Segment};

/// One path with its words; what it is called in full may depend on the name of its parent.
struct Node<'c> {
    resource: &'c Resource,
    /// The place of the parent among the nodes.
    parent: Option<usize>,
    word: String,
    origin: Origin,
    method: Ident,
}

/// The wishes of one kind, with what came of them so far.
struct Round {
    wishes: Vec<Wish>,
    given: Vec<Given>,
}

impl Round {
    fn new(scope: &mut Scope, wishes: Vec<Wish>) -> Self {
        let given = early(scope, &wishes);
        Self { wishes, given }
    }
}

impl<'c> Namer<'c, '_> {
    pub(super) fn resources(&mut self) {
        let mut nodes = Vec::new();
        self.siblings(&self.selection.resources, None, &mut nodes);
        let (mut types, mut files) = (Scope::types(), Scope::files());
        let pins: Vec<_> = nodes.iter().map(|it| self.pins.resource(&it.resource.template)).collect();
        let wishes = |at: usize| {
            let wish = |(node, pins): (&Node<'_>, &[Option<Pin>; 4])| {
                let pin = pins.get(at).cloned().flatten();
                // What is asked for may have the parent's word before it; a file is nobody's API.
                let fits = at == 1 || pin.as_ref().is_some_and(|it| it.text.contains(&node.word));
                let origin = if fits { Origin::Computed } else { node.origin };
                Wish { word: node.word.clone(), origin, pin }
            };
            nodes.iter().zip(&pins).map(wish).collect::<Vec<Wish>>()
        };
        let names = Round::new(&mut types, wishes(0));
        let gets = Round::new(&mut types, wishes(3));
        let file_names = Round::new(&mut files, wishes(1));
        let mut stems: Vec<String> = Vec::new();
        for (at, node) in nodes.iter().enumerate() {
            let parent = node.parent.and_then(|it| stems.get(it)).cloned().unwrap_or_default();
            let word = &node.word;
            let template = &node.resource.template;
            let name = self.settle(
                &names,
                at,
                || types.reserve_or(&format!("{word}Resource"), || format!("{parent}{word}Resource")),
                || format!("the resource `{template}`"),
            );
            let stem = name.unraw().trim_end_matches("Resource").to_owned();
            let get = self.settle(
                &gets,
                at,
                || types.reserve_or(&format!("Get{word}"), || format!("Get{parent}{word}")),
                || format!("the request at `{template}`"),
            );
            let file = self.settle(
                &file_names,
                at,
                || files.reserve(&file(&snake(&stem))),
                || format!("the file of `{template}`"),
            );
            stems.push(stem);
            let all = ResourceNames { name, file, method: node.method.clone(), get };
            self.names.resources.insert(template.clone(), all);
        }
    }

    /// The name of a node: the one of before, or a new one.
    fn settle(&mut self, round: &Round, at: usize, name: impl FnOnce() -> Ident, of: impl Fn() -> String) -> Ident {
        let (Some(wish), Some(given)) = (round.wishes.get(at), round.given.get(at)) else { return Ident::default() };
        let name = match given {
            Given::Name(name) => name.clone(),
            Given::Open | Given::Refused(_) => name(),
        };
        self.renamed.compare(wish, given, &name, of);
        name
    }

    /// Adds resources and all below them, parents first; methods of one parent share a scope.
    fn siblings(&mut self, resources: &'c [Resource], parent: Option<usize>, nodes: &mut Vec<Node<'c>>) {
        let mut words = Vec::new();
        let mut wishes = Vec::new();
        for resource in resources {
            // One entity of a collection is called by its type, everything else by the path's own word.
            let (word, origin, method) = match &resource.segment {
                Segment::Container(name) | Segment::Navigation(name) => {
                    let (word, origin) = self.word(None, name);
                    (upper_camel(word), origin, (snake(word), origin))
                }
                Segment::Key => {
                    let (word, origin) = self.type_word(resource.entity_type);
                    (upper_camel(word), origin.for_all(), ("by_id".to_owned(), Origin::Computed))
                }
            };
            let [_, _, pin, _] = self.pins.resource(&resource.template);
            wishes.push(Wish { word: method.0, origin: method.1, pin });
            words.push((word, origin));
        }
        let mut scope = if parent.is_some() { Scope::resource_methods() } else { Scope::client_methods() };
        let of = |at: usize| format!("the method to `{}`", resources.get(at).map_or("", |it| &it.template));
        let methods = fill(&mut scope, &wishes, &mut self.renamed, of);
        for ((resource, (word, origin)), method) in resources.iter().zip(words).zip(methods) {
            nodes.push(Node { resource, parent, word, origin, method });
            let at = nodes.len() - 1;
            self.siblings(&resource.children, Some(at), nodes);
        }
    }
}
