//! Which entries of `codegen.toml` and `docs.toml` touch it.

use toml::Spanned;

use super::{Context, Fact, Subject, declared, fact};
use crate::config::TypeOptions;
use crate::lock::TypeLock;
use crate::model::{Property, TypeId};
use crate::source::Span;

const LABEL: &str = "configured";

pub(super) fn facts(context: &Context<'_>, subject: Subject<'_>) -> Vec<Fact> {
    match subject {
        Subject::Type(id) => of_type(context, id),
        Subject::Property { owner, declaring, property } => of_property(context, owner, declaring, property),
        Subject::Member(id, at) => {
            let name = declared::member_name(context.model, id, at);
            let mut facts: Vec<Fact> = locked(context, id, |it| it.members.get(name)).into_iter().collect();
            facts.extend(renamed(context, id, name));
            facts.extend(spelling(context, name));
            let member = docs(context, id).and_then(|(_, it)| it.members.get_key_value(name));
            facts.extend(documented(context, member.map(|(key, entry)| (key, entry.doc()))));
            facts
        }
    }
}

fn of_type(context: &Context<'_>, id: TypeId) -> Vec<Fact> {
    let (model, config) = (context.model, context.config);
    let mut facts = Vec::new();
    let namespace = model.schema(model.ty(id).schema).namespace;
    if let Some((key, options)) = config.value.namespaces.get_key_value(namespace) {
        let module = options.module.as_ref().map(|it| format!("module = \"{}\"", it.get_ref()));
        let root = options.root.then(|| "root = true".to_owned());
        let said: Vec<String> = module.into_iter().chain(root).collect();
        facts.push(fact(LABEL, format!("[namespace.\"{namespace}\"] {}", said.join(", ")), config.span(key)));
    }
    let name = model.qualified_name(id);
    for (key, policy) in &config.value.select.derived_from {
        if model.find_type(key.get_ref()) == Some(id) {
            facts.push(fact(
                LABEL,
                format!("[select.derived_from] \"{}\": {}", key.get_ref(), policy.word()),
                config.span(key),
            ));
        }
    }
    if let Some((key, options)) = config.value.types.get_key_value(name.as_str()) {
        facts.push(fact(LABEL, format!("[type.\"{name}\"] {}", said_of_type(options)), config.span(key)));
    }
    let delivery = config.value.notifications.as_ref().map(|it| &it.collection);
    if let Some(key) = delivery.filter(|it| it.get_ref() == &name) {
        facts.push(fact(LABEL, "[notifications] collection".to_owned(), config.span(key)));
    }
    if let Some((key, options)) = config.value.resources.get_key_value(name.as_str()) {
        let said = format!("[resource.\"{name}\"] subscription = \"{}\"", options.subscription.get_ref());
        facts.push(fact(LABEL, said, config.span(key)));
    }
    facts.extend(locked(context, id, |it| it.name.as_ref()));
    facts.extend(spelling(context, model.ty(id).name));
    facts.extend(documented(context, docs(context, id).map(|(key, it)| (key, it.doc.as_str()))));
    facts
}

fn said_of_type(options: &TypeOptions) -> String {
    let names =
        |list: Vec<&Spanned<String>>| list.iter().map(|it| it.get_ref().as_str()).collect::<Vec<_>>().join(", ");
    let mut said: Vec<String> = options.name.iter().map(|it| format!("name = \"{}\"", it.get_ref())).collect();
    for (word, flag) in [("closed", &options.closed), ("infer", &options.infer)] {
        said.extend(flag.as_ref().map(|it| format!("{word} = {}", it.get_ref())));
    }
    if !options.add.is_empty() {
        said.push(format!("adds {}", names(options.add.keys().collect())));
    }
    if !options.rename.is_empty() {
        said.push(format!("renames {}", names(options.rename.keys().collect())));
    }
    let lists = [
        ("keeps secret", &options.secret),
        ("takes for personal", &options.personal),
        ("takes for computed", &options.computed),
        ("takes for immutable", &options.immutable),
    ];
    for (verb, list) in lists {
        if !list.is_empty() {
            said.push(format!("{verb} {}", names(list.iter().collect())));
        }
    }
    if !options.successor.is_empty() {
        said.push(format!("names successors of {}", names(options.successor.keys().collect())));
    }
    said.join("; ")
}

fn of_property(context: &Context<'_>, owner: TypeId, declaring: TypeId, property: &Property<'_>) -> Vec<Fact> {
    let (model, config) = (context.model, context.config);
    let mut facts = Vec::new();
    let of = |id: TypeId| config.value.types.get(model.qualified_name(id).as_str());
    if let Some((key, ty)) = of(declaring).and_then(|it| it.add.get_key_value(property.name)) {
        let text = format!("[type.\"{}\".add] as `{}`", model.qualified_name(declaring), ty.get_ref());
        facts.push(fact(LABEL, text, config.span(key)));
    }
    for id in model.ancestry(owner) {
        let secret = of(id).and_then(|it| it.secret.iter().find(|it| it.get_ref() == property.name));
        if let Some(it) = secret {
            facts.push(fact(LABEL, format!("[type.\"{}\"] secret", model.qualified_name(id)), config.span(it)));
        }
    }
    facts.extend(locked(context, owner, |it| it.fields.get(property.name)));
    facts.extend(renamed(context, declaring, property.name));
    let options = of(declaring);
    for (old, new) in options.map(|it| &it.successor).into_iter().flatten() {
        let text = if old.get_ref() == property.name {
            format!("its successor is `{}`", new.get_ref())
        } else if new.get_ref() == property.name {
            format!("it is the successor of `{}`", old.get_ref())
        } else {
            continue;
        };
        facts.push(fact(LABEL, text, config.span(new)));
    }
    facts.extend(spelling(context, property.name));
    let entry = docs(context, declaring).and_then(|(_, it)| it.properties.get_key_value(property.name));
    facts.extend(documented(context, entry.map(|(key, entry)| (key, entry.doc()))));
    facts
}

/// A name that an earlier run gave, and that is kept.
fn locked<'e>(
    context: &Context<'e>,
    id: TypeId,
    name: impl FnOnce(&'e TypeLock) -> Option<&'e Spanned<String>>,
) -> Option<Fact> {
    let lock = context.lock?;
    let kept = name(lock.value.types.get(context.model.qualified_name(id).as_str())?)?;
    Some(fact(LABEL, format!("the lock keeps the name `{}`", kept.get_ref()), lock.span(kept)))
}

/// `rename` of a property or member, on the type that declares it.
fn renamed(context: &Context<'_>, declaring: TypeId, name: &str) -> Vec<Fact> {
    let qualified = context.model.qualified_name(declaring);
    let options = context.config.value.types.get(qualified.as_str());
    let found = options.and_then(|it| it.rename.get_key_value(name));
    let said = |(key, word): (&Spanned<String>, &Spanned<String>)| {
        fact(LABEL, format!("[type.\"{qualified}\".rename] to `{}`", word.get_ref()), context.config.span(key))
    };
    found.map(said).into_iter().collect()
}

fn spelling(context: &Context<'_>, name: &str) -> Vec<Fact> {
    let found = context.config.value.spelling.get_key_value(name);
    let said = |(key, word): (&Spanned<String>, &Spanned<String>)| {
        fact(LABEL, format!("[spelling] `{name}` is `{}`", word.get_ref()), context.config.span(key))
    };
    found.map(said).into_iter().collect()
}

fn docs<'e>(context: &Context<'e>, id: TypeId) -> Option<(&'e Spanned<String>, &'e crate::config::TypeDocs)> {
    context.docs?.value.types.get_key_value(context.model.qualified_name(id).as_str())
}

/// The first line of an entry of `docs.toml`.
fn documented(context: &Context<'_>, entry: Option<(&Spanned<String>, &str)>) -> Option<Fact> {
    let docs = context.docs?;
    let (key, text) = entry?;
    let place: Span = docs.span(key);
    Some(fact("documented", text.trim().lines().next().unwrap_or_default(), place))
}
