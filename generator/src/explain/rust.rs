//! What becomes of it in Rust.

use super::{Context, Fact, Subject, fact};
use crate::compile::counted;
use crate::csdl::OperationKind;
use crate::model::{ItemType, Property, TypeId};
use crate::names::{Ident, TypeNames, Verb};
use crate::plan::{ClosedPlan, FilePlan, Item, StructPlan};
use crate::select::{Call, Resource, Segment};

const LABEL: &str = "in Rust";

pub(super) fn facts(context: &Context<'_>, subject: Subject<'_>) -> Vec<Fact> {
    let id = match subject {
        Subject::Type(id) | Subject::Member(id, _) | Subject::Property { owner: id, .. } => id,
    };
    let Some((names, module, file)) = planned(context, id) else { return Vec::new() };
    match subject {
        Subject::Type(id) => {
            let mut facts = of_type(context, id, names, module, file);
            facts.extend(paths(context, id));
            facts
        }
        Subject::Property { property, .. } => of_property(names, file, property),
        Subject::Member(_, at) => {
            let variant = names.members.get(at).map(|it| format!("variant `{}::{}`", names.name.as_str(), it.as_str()));
            variant.map(|it| fact(LABEL, it, None)).into_iter().collect()
        }
    }
}

fn planned<'e>(context: &Context<'e>, id: TypeId) -> Option<(&'e TypeNames, &'e Ident, &'e FilePlan)> {
    let names = context.names.types.get(&id)?;
    let module = context.names.modules.get(&context.model.ty(id).schema)?;
    Some((names, module, context.planned(id)?))
}

fn of_type(context: &Context<'_>, id: TypeId, names: &TypeNames, module: &Ident, file: &FilePlan) -> Vec<Fact> {
    let krate = context.config.value.output.krate().unwrap_or("crate");
    let path = |name: &Ident| format!("{krate}::{}::{}", module.as_str(), name.as_str());
    let mut facts = Vec::new();
    for item in &file.items {
        match item {
            Item::Struct(it) => {
                let fields = counted(it.fields.len(), "field");
                facts.push(fact(LABEL, format!("struct `{}`: {fields}", path(&it.name)), None));
                facts.extend(of_struct(it));
            }
            Item::Closed(it) => {
                facts.push(fact(LABEL, format!("enum `{}`, a closed base: {}", path(&it.name), variants(it)), None));
            }
            Item::Enum(it) => {
                let members = counted(it.members.len(), "member");
                facts.push(fact(LABEL, format!("enum `{}`: {members} and `Unlisted`", path(&it.name)), None));
            }
            Item::Alias(it) => {
                facts.push(fact(LABEL, format!("type `{}` = `{}`", path(&it.name), it.ty.written()), None));
            }
        }
    }
    for (base, variant) in context.model.ancestry(id).skip(1).filter_map(|base| variant_of(context, base, id)) {
        facts.push(fact(LABEL, format!("variant `{base}::{variant}`"), None));
    }
    if let Some(note) = crate::plan::deprecation(&context.model.ty(id).annotations, None) {
        facts.push(fact(LABEL, note, None));
    }
    facts.push(fact(LABEL, format!("file `{}/{}.rs`", module.unraw(), names.file.unraw()), None));
    facts
}

/// The variant of a closed base that holds a type.
fn variant_of<'e>(context: &Context<'e>, base: TypeId, id: TypeId) -> Option<(&'e str, &'e str)> {
    let names = context.names.types.get(&base)?;
    Some((names.name.as_str(), names.variants.get(&id)?.as_str()))
}

fn of_struct(plan: &StructPlan) -> Option<Fact> {
    let bases: Vec<String> = plan.downcast_from.iter().map(|it| format!("`{}`", it.written())).collect();
    (!bases.is_empty()).then(|| fact(LABEL, format!("a value of {} downcasts to it", bases.join(", ")), None))
}

fn variants(plan: &ClosedPlan) -> String {
    let variants = plan.variants.iter().map(|it| format!("`{}`", it.name.as_str()));
    variants.chain(["`Other`".to_owned()]).collect::<Vec<_>>().join(", ")
}

fn of_property(names: &TypeNames, file: &FilePlan, property: &Property<'_>) -> Vec<Fact> {
    let structs = file.items.iter().filter_map(|it| if let Item::Struct(it) = it { Some(it) } else { None });
    let mut facts = Vec::new();
    for plan in structs {
        let Some(field) = plan.fields.iter().find(|it| it.wire == property.name) else { continue };
        let (owner, ty) = (plan.name.as_str(), field.ty.written());
        facts.push(fact(LABEL, format!("field `{owner}::{}: Option<{ty}>`", field.name.as_str()), None));
        if let Some(constant) = plan.constants.iter().find(|it| it.wire == property.name) {
            facts.push(fact(LABEL, format!("constant `{owner}::{}` for queries", constant.name.as_str()), None));
        }
        if field.secret {
            facts.push(fact(LABEL, "`Debug` shows `***` for it", None));
        }
        if let Some(note) = &field.deprecated {
            facts.push(fact(LABEL, note.clone(), None));
        }
    }
    if facts.is_empty() {
        // A stream (W-23): links to it come as control information.
        let text = format!("no field: `{}` keeps what comes of it in `extra`", names.name.as_str());
        facts.push(fact(LABEL, text, None));
    }
    facts
}

/// How an app comes to values of a type.
fn paths(context: &Context<'_>, id: TypeId) -> Vec<Fact> {
    let mut facts = Vec::new();
    // Without a service there is no client.
    if context.plan.client.is_none() {
        return facts;
    }
    calls(context, &context.selection.imports, "client", id, &mut facts);
    for resource in &context.selection.resources {
        below(context, resource, "client", id, &mut facts);
    }
    facts
}

fn below(context: &Context<'_>, resource: &Resource, call: &str, id: TypeId, facts: &mut Vec<Fact>) {
    let Some(names) = context.names.resources.get(&resource.template) else { return };
    let argument = if resource.segment == Segment::Key { "id" } else { "" };
    let call = format!("{call}.{}({argument})", names.method.as_str());
    let place = |template: &str| {
        let options = context.config.value.operations.get_key_value(template);
        options.map(|(key, _)| context.config.span(key))
    };
    if resource.entity_type == id {
        for verb in names.requests.keys() {
            let (label, method, argument) = match verb {
                Verb::Get | Verb::List => ("asked for", "GET", ""),
                Verb::Create => ("written", "POST", "new"),
                Verb::Update => ("written", "PATCH", "changes"),
                Verb::Delete => ("written", "DELETE", ""),
            };
            let text = format!("{method} {}: `{call}.{}({argument})`", resource.template, verb.word());
            facts.push(fact(label, text, place(&resource.template)));
        }
    }
    calls(context, &resource.calls, &call, id, facts);
    for child in &resource.children {
        below(context, child, &call, id, facts);
    }
}

/// Functions and actions that answer with values of a type.
fn calls(context: &Context<'_>, calls: &[Call], path: &str, id: TypeId, facts: &mut Vec<Fact>) {
    for call in calls {
        let operation = context.model.operation(call.operation);
        let answers = operation.return_type.as_ref().is_some_and(|it| it.ty.item == ItemType::Declared(id));
        let Some(names) = context.names.calls.get(&call.key).filter(|_| answers) else { continue };
        let parameters: Vec<&str> = names.parameters.iter().map(Ident::as_str).collect();
        let method = if operation.kind == OperationKind::Action { "POST" } else { "GET" };
        let text = format!("{method} {}: `{path}.{}({})`", call.template, names.method.as_str(), parameters.join(", "));
        let options = context.config.value.operations.get_key_value(call.template.as_str());
        facts.push(fact("asked for", text, options.map(|(key, _)| context.config.span(key))));
    }
}
