//! The names of paths, and of what can be asked there.

use std::collections::BTreeMap;

use super::case::{file, snake, upper_camel};
use super::scope::Scope;
use super::wish::{Given, Origin, Wish, early, fill};
use super::{Ident, Namer, ResourceNames, Verb};
use crate::lock::Pin;
use crate::select::{Call, Resource, Segment, key};

/// One path with its words; what it is called in full may depend on the name of its parent.
pub(super) struct Node<'c> {
    pub(super) resource: &'c Resource,
    /// The place of the parent among the nodes.
    parent: Option<usize>,
    word: String,
    origin: Origin,
    method: Ident,
    /// The methods of the functions and actions that can be called here.
    pub(super) calls: Vec<(&'c Call, Ident)>,
}

/// The wishes of one kind, with what came of them so far.
pub(super) struct Round {
    wishes: Vec<Wish>,
    given: Vec<Given>,
}

impl Round {
    pub(super) fn new(scope: &mut Scope, wishes: Vec<Wish>) -> Self {
        let given = early(scope, &wishes);
        Self { wishes, given }
    }
}

impl<'c> Namer<'c, '_> {
    pub(super) fn resources(&mut self) {
        let mut nodes = Vec::new();
        let mut imports = Vec::new();
        self.siblings(&self.selection.resources, &self.selection.imports, None, &mut nodes, &mut imports);
        let (mut types, mut files) = (Scope::requests(), Scope::files());
        let wishes = |pin: &dyn Fn(&str) -> Option<Pin>, is_file: bool| {
            let wish = |node: &Node<'_>| {
                let pin = pin(&node.resource.template);
                // What is asked for may have the parent's word before it; a file is nobody's API.
                let fits = is_file || pin.as_ref().is_some_and(|it| it.text.contains(&node.word));
                let origin = if fits { Origin::Computed } else { node.origin };
                Wish { word: node.word.clone(), origin, pin }
            };
            nodes.iter().map(wish).collect::<Vec<Wish>>()
        };
        let pins = self.pins;
        let names = Round::new(&mut types, wishes(&|it| pins.resource(it, "name"), false));
        let file_names = Round::new(&mut files, wishes(&|it| pins.resource(it, "file"), true));
        let verbs: Vec<(usize, Verb)> = nodes.iter().enumerate().flat_map(|(at, node)| verbs(at, node)).collect();
        let requests = verbs.iter().filter_map(|(at, verb)| Some(self.request_wish(nodes.get(*at)?, *verb)));
        let requests = Round::new(&mut types, requests.collect());
        let calls = self.calls(&mut types, &mut files, &nodes, &imports);
        let models = self.models(&mut types, &mut files, &nodes);
        let mut stems: Vec<String> = Vec::new();
        for (at, node) in nodes.iter().enumerate() {
            let parent = parent_stem(node, &stems);
            let word = &node.word;
            let template = &node.resource.template;
            let name = self.settle(
                &names,
                at,
                || types.reserve_or(&format!("{word}Resource"), || format!("{parent}{word}Resource")),
                || format!("the resource `{template}`"),
            );
            let stem = name.unraw().trim_end_matches("Resource").to_owned();
            let file = self.settle(
                &file_names,
                at,
                || files.reserve(&file(&snake(&stem))),
                || format!("the file of `{template}`"),
            );
            stems.push(stem);
            let requests = BTreeMap::new();
            let key = self.key_parameters(node.resource);
            let all = ResourceNames { name, file, method: node.method.clone(), requests, key };
            self.names.resources.insert(template.clone(), all);
        }
        for (place, (at, verb)) in verbs.iter().enumerate() {
            let Some(node) = nodes.get(*at) else { continue };
            let (parent, word) = (parent_stem(node, &stems), self.request_word(node, *verb));
            let verb_word = upper_camel(verb.word());
            let name = self.settle(
                &requests,
                place,
                || types.reserve_or(&format!("{verb_word}{word}"), || format!("{verb_word}{parent}{word}")),
                || format!("the request `{}` at `{}`", verb.word(), node.resource.template),
            );
            if let Some(names) = self.names.resources.get_mut(&node.resource.template) {
                names.requests.insert(*verb, name);
            }
        }
        self.finish_calls(&calls, &mut types, &mut files, &nodes, &stems, &imports);
        self.finish_models(&models, &mut types, &mut files);
    }

    fn request_wish(&self, node: &Node<'_>, verb: Verb) -> Wish {
        let word = self.request_word(node, verb);
        let pin = self.pins.resource(&node.resource.template, verb.word());
        let fits = pin.as_ref().is_some_and(|it| it.text.contains(&word));
        Wish { word, origin: if fits { Origin::Computed } else { node.origin }, pin }
    }

    /// What is made is one entity, whatever the collection is called.
    fn request_word(&self, node: &Node<'_>, verb: Verb) -> String {
        if verb == Verb::Create { upper_camel(self.type_word(node.resource.entity_type).0) } else { node.word.clone() }
    }

    fn key_parameters(&self, resource: &Resource) -> Vec<Ident> {
        if resource.segment != Segment::Key {
            return Vec::new();
        }
        let parts = key(self.model, resource.entity_type).unwrap_or_default();
        let mut scope = Scope::parameters();
        parts.iter().map(|it| scope.reserve(&snake(self.word(None, it.name).0))).collect()
    }

    /// The name of a node: the one of before, or a new one.
    pub(super) fn settle(
        &mut self,
        round: &Round,
        at: usize,
        name: impl FnOnce() -> Ident,
        of: impl Fn() -> String,
    ) -> Ident {
        let (Some(wish), Some(given)) = (round.wishes.get(at), round.given.get(at)) else { return Ident::default() };
        let name = match given {
            Given::Name(name) => name.clone(),
            Given::Open | Given::Refused(_) => name(),
        };
        self.renamed.compare(wish, given, &name, of);
        name
    }

    /// Adds resources and all below them, parents first; methods of one parent share a scope. What nothing can be asked
    /// of needs no name.
    fn siblings(
        &mut self,
        resources: &'c [Resource],
        calls: &'c [Call],
        parent: Option<usize>,
        nodes: &mut Vec<Node<'c>>,
        called: &mut Vec<(&'c Call, Ident)>,
    ) {
        let mut words = Vec::new();
        let mut wishes = Vec::new();
        let resources: Vec<&'c Resource> = resources.iter().filter(|it| it.is_offered()).collect();
        let calls: Vec<&'c Call> = calls.iter().filter(|it| it.offered.is_some()).collect();
        for resource in &resources {
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
                Segment::Cast { .. } => {
                    let (word, origin) = self.type_word(resource.entity_type);
                    let parent = parent.and_then(|it| nodes.get(it)).map_or("", |it| it.word.as_str());
                    let method = format!("as_{}", snake(word));
                    (format!("{parent}As{}", upper_camel(word)), Origin::Computed, (method, origin.for_all()))
                }
            };
            let pin = self.pins.resource(&resource.template, "method");
            wishes.push(Wish { word: method.0, origin: method.1, pin });
            words.push((word, origin));
        }
        for call in &calls {
            let (word, origin) = self.call_word(call);
            wishes.push(Wish { word: snake(word), origin, pin: self.pins.call(&call.key, "method") });
        }
        let mut scope = if parent.is_some() { Scope::resource_methods() } else { Scope::client_methods() };
        let of = |at: usize| match (resources.get(at), calls.get(at.saturating_sub(resources.len()))) {
            (Some(it), _) => format!("the method to `{}`", it.template),
            (None, it) => format!("the method `{}`", it.map_or("", |it| it.key.as_str())),
        };
        let mut methods = fill(&mut scope, &wishes, &mut self.renamed, of).into_iter();
        for ((resource, (word, origin)), method) in resources.into_iter().zip(words).zip(methods.by_ref()) {
            nodes.push(Node { resource, parent, word, origin, method, calls: Vec::new() });
            let at = nodes.len() - 1;
            let mut below = Vec::new();
            self.siblings(&resource.children, &resource.calls, Some(at), nodes, &mut below);
            if let Some(node) = nodes.get_mut(at) {
                node.calls = below;
            }
        }
        called.extend(calls.into_iter().zip(methods));
    }
}

/// The operations of a node that exist, each with the node's place.
fn verbs<'n>(at: usize, node: &'n Node<'_>) -> impl Iterator<Item = (usize, Verb)> + 'n {
    Verb::ALL.into_iter().filter(|it| it.is_offered(&node.resource.offers)).map(move |it| (at, it))
}

/// The word of a node's parent, which goes before its own where that is taken.
pub(super) fn parent_stem(node: &Node<'_>, stems: &[String]) -> String {
    node.parent.and_then(|it| stems.get(it)).cloned().unwrap_or_default()
}
