//! Why a type is selected: the way from a root of the configuration to it. Or what keeps it out.

use std::collections::BTreeSet;

use super::{Context, Fact, fact};
use crate::model::TypeId;
use crate::select::Reason;
use crate::source::Span;

const LABEL: &str = "selected";

pub(super) fn facts(context: &Context<'_>, id: TypeId) -> Vec<Fact> {
    if !context.selection.contains(id) {
        return kept_out(context, id);
    }
    // From the type back to its root; a type is selected once, so the way has no circle, and the set costs nothing.
    let mut way = Vec::new();
    let mut seen = BTreeSet::new();
    let mut next = Some(id);
    while let Some(id) = next.filter(|it| seen.insert(*it)) {
        let Some(reason) = context.selection.types.get(&id) else { break };
        let (fact, before) = step(context, id, reason);
        way.push(fact);
        next = before;
    }
    way.reverse();
    way
}

/// What one reason says, and the type that it goes back to.
fn step(context: &Context<'_>, id: TypeId, reason: &Reason) -> (Fact, Option<TypeId>) {
    let model = context.model;
    let name = model.qualified_name(id);
    match reason {
        Reason::Namespace => {
            let namespace = model.schema(model.ty(id).schema).namespace;
            let place = root_place(context, &context.config.value.select.namespaces, |it| {
                model.find_schema(it).is_some_and(|it| it == model.ty(id).schema)
            });
            (fact(LABEL, format!("namespace `{namespace}` is selected whole, and `{name}` is in it"), place), None)
        }
        Reason::Named => {
            let named = |it: &str| model.find_type(it) == Some(id);
            let place = root_place(context, &context.config.value.select.types, named);
            (fact(LABEL, format!("the configuration names `{name}`"), place), None)
        }
        Reason::Path(template) => {
            let named = |it: &str| it.trim_start_matches('/') == template.trim_start_matches('/');
            let place = root_place(context, &context.config.value.select.paths, named);
            (fact(LABEL, format!("the path `{template}` is selected and leads to `{name}`"), place), None)
        }
        Reason::BaseOf(derived) => {
            let text = format!("`{}` derives from `{name}`", model.qualified_name(*derived));
            (fact(LABEL, text, model.ty(*derived).span), Some(*derived))
        }
        Reason::PropertyOf(owner, property) => {
            let declared = model.structured(*owner).and_then(|it| it.properties.iter().find(|it| it.name == property));
            let text = match declared {
                Some(it) => {
                    format!("`{}/{property}` is of type `{}`", model.qualified_name(*owner), model.type_text(it.ty))
                }
                None => format!("`{}/{property}` is of that type", model.qualified_name(*owner)),
            };
            (fact(LABEL, text, declared.map(|it| it.span)), Some(*owner))
        }
        Reason::DerivedFrom(base) => {
            let (policy, place) = policy(context, *base);
            let text = format!("`{name}` derives from `{}`, and {policy} lets it in", model.qualified_name(*base));
            (fact(LABEL, text, place.or(Some(model.ty(id).span))), Some(*base))
        }
        Reason::Operation(operation) => {
            let operation = model.operation(*operation);
            let namespace = model.schema(operation.schema).namespace;
            let text = format!("the operation `{namespace}.{}` takes or returns `{name}`", operation.name);
            (fact(LABEL, text, operation.span), None)
        }
    }
}

fn root_place(context: &Context<'_>, roots: &[toml::Spanned<String>], is_it: impl Fn(&str) -> bool) -> Option<Span> {
    roots.iter().find(|it| is_it(it.get_ref())).map(|it| context.config.span(it))
}

/// The policy for types derived from a base, in words, and where the configuration has it.
fn policy(context: &Context<'_>, base: TypeId) -> (String, Option<Span>) {
    let select = &context.config.value.select;
    let own = context.model.ancestry(base).find_map(|ancestor| {
        select.derived_from.iter().find(|(name, _)| context.model.find_type(name.get_ref()) == Some(ancestor))
    });
    let (key, policy, place) = match own {
        Some((name, policy)) => {
            (format!("select.derived_from.\"{}\"", name.get_ref()), policy, Some(context.config.span(name)))
        }
        None => ("select.derived".to_owned(), &select.derived, None),
    };
    (format!("`{key}` ({})", policy.word()), place)
}

/// What would bring it in: a policy that leaves it out, a selected type that it is derived from, or a root of its own.
fn kept_out(context: &Context<'_>, id: TypeId) -> Vec<Fact> {
    let name = context.model.qualified_name(id);
    let mut facts = vec![fact(LABEL, "no: nothing that is selected leads to it", None)];
    let base = context.model.ancestry(id).skip(1).find(|it| context.selection.contains(*it));
    if let Some(base) = base {
        let (policy, place) = policy(context, base);
        let base = context.model.qualified_name(base);
        facts.push(fact("", format!("it derives from `{base}`, and {policy} leaves it out"), place));
    }
    facts.push(fact("", format!("`select.types = [\"{name}\"]` would bring it in"), None));
    facts
}
