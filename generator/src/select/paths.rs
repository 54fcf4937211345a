//! The paths that the configuration names.

use std::collections::BTreeMap;

use super::resources::{below, item, navigations};
use super::{Call, Resource, Segment, calls};
use crate::config::{Config, Loaded};
use crate::diagnostic::Diagnostic;
use crate::model::{Container, ContainerMember, ContainerMemberKind, Model, TypeId};
use crate::nearest::nearest;
use crate::source::Span;

/// What a path of the configuration comes to.
enum Root {
    /// Resources, outermost first; the last is the one that is asked for.
    Steps(Vec<Resource>),
    /// The overloads of an import.
    Calls(Vec<Call>),
}

/// The paths that the configuration selects, merged where they begin alike, and the imports.
pub(super) fn roots(
    model: &Model<'_>,
    config: &Loaded<Config>,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<Resource>, Vec<Call>) {
    let mut forest: Vec<Resource> = Vec::new();
    let mut imports: BTreeMap<String, Call> = BTreeMap::new();
    for path in &config.value.select.paths {
        match walk(model, path.get_ref(), config.span(path)) {
            Ok(Root::Steps(steps)) => merge(&mut forest, steps),
            Ok(Root::Calls(calls)) => imports.extend(calls.into_iter().map(|it| (it.key.clone(), it))),
            Err(fault) => diagnostics.push(*fault),
        }
    }
    forest.sort_by(|a, b| a.template.cmp(&b.template));
    (forest, imports.into_values().collect())
}

/// What one path leads to.
fn walk(model: &Model<'_>, path: &str, span: Span) -> Result<Root, Box<Diagnostic>> {
    let path = path.trim_start_matches('/');
    if let Some(import) = members(model).find(|it| it.name == path && addressed(it).is_none()) {
        return Ok(Root::Calls(calls::imported(model, import)));
    }
    let mut steps: Vec<Resource> = Vec::new();
    for name in path.split('/') {
        let next = match steps.last() {
            None => container_member(model, name, span)?,
            Some(parent) if parent.is_collection && is_key(name) => item(parent),
            Some(parent) => navigation(model, parent, name, span)?,
        };
        steps.push(next);
    }
    if let Some(last) = steps.last_mut() {
        last.is_root = true;
    }
    Ok(Root::Steps(steps))
}

fn members<'c, 'm>(model: &'c Model<'m>) -> impl Iterator<Item = &'c ContainerMember<'m>> {
    model.containers().iter().flat_map(|it: &Container<'_>| &it.members)
}

fn is_key(segment: &str) -> bool {
    segment.starts_with('{') && segment.ends_with('}')
}

fn container_member(model: &Model<'_>, name: &str, span: Span) -> Result<Resource, Box<Diagnostic>> {
    let mut found = members(model).filter(|it| it.name == name).filter_map(|it| Some((it, addressed(it)?)));
    let Some((member, (entity_type, is_collection))) = found.next() else {
        return Err(Box::new(unknown_member(|| members(model), name, span)));
    };
    // A container that extends another has its members; those are one.
    if let Some((other, _)) = found.find(|(it, _)| it.span != member.span) {
        let fault = format!("`{name}` stands in two entity containers, neither of which extends the other");
        return Err(Box::new(
            Diagnostic::error("select::ambiguous-path", fault)
                .at(span, "selected here")
                .also(member.span, "the first one")
                .also(other.span, "the second one")
                .help("a service has one entity container; give the documents of one service"),
        ));
    }
    Ok(Resource::new(format!("/{name}"), Segment::Container(name.to_owned()), entity_type, is_collection))
}

/// What a path that begins with a member addresses: its entity type, and whether there are many.
fn addressed(member: &ContainerMember<'_>) -> Option<(TypeId, bool)> {
    match member.kind {
        ContainerMemberKind::EntitySet { entity_type, .. } => Some((entity_type, true)),
        ContainerMemberKind::Singleton { entity_type } => Some((entity_type, false)),
        ContainerMemberKind::Import { .. } => None,
    }
}

fn unknown_member<'c, 'm: 'c, I>(members: impl Fn() -> I, name: &str, span: Span) -> Diagnostic
where
    I: Iterator<Item = &'c ContainerMember<'m>>,
{
    let fault =
        Diagnostic::error("select::unknown-path", format!("the container has no entity set or singleton `{name}`"))
            .at(span, "selected here");
    if members().any(|it| it.name == name) {
        return fault.help("it is a function or an action: nothing stands below it, so write its path alone");
    }
    match nearest(name, members().filter(|it| addressed(it).is_some()).map(|it| it.name)) {
        Some(near) => fault.help(format!("a similar name exists: `{near}`")),
        None => fault,
    }
}

fn navigation(model: &Model<'_>, parent: &Resource, name: &str, span: Span) -> Result<Resource, Box<Diagnostic>> {
    let navigations = navigations(model, parent.entity_type);
    if !parent.is_collection
        && let Some(found) = navigations.iter().find(|it| it.name == name)
        && let Some(resource) = below(parent, found)
    {
        return Ok(resource);
    }
    let fault =
        Diagnostic::error("select::unknown-path", format!("`{}` has no navigation property `{name}`", parent.template))
            .at(span, "selected here");
    let fault = if parent.is_collection {
        fault
            .help(format!("`{}` is a collection; one of its entities is `{}/{{id}}`", parent.template, parent.template))
    } else if let Some(near) = nearest(name, navigations.iter().map(|it| it.name)) {
        fault.help(format!("a similar name exists: `{near}`"))
    } else {
        fault
    };
    Err(Box::new(fault))
}

/// Adds a chain of nodes to a forest, sharing the nodes that are there already.
fn merge(forest: &mut Vec<Resource>, steps: Vec<Resource>) {
    let mut level = forest;
    for step in steps {
        let at = level.iter().position(|it| it.template == step.template).unwrap_or_else(|| {
            level.push(Resource { is_root: false, ..step.clone() });
            level.len() - 1
        });
        let Some(node) = level.get_mut(at) else { return };
        node.is_root |= step.is_root;
        level = &mut node.children;
    }
}
