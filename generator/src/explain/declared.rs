//! What the documents say.

use super::{Context, Fact, Subject, fact};
use crate::model::{Model, Property, PropertyKind, TypeId, TypeKind};

/// What kind of type it is.
pub(crate) fn kind(model: &Model<'_>, id: TypeId) -> &'static str {
    match &model.ty(id).kind {
        TypeKind::Structured(it) if it.is_entity => "entity type",
        TypeKind::Structured(_) => "complex type",
        TypeKind::Enum(it) if it.is_flags => "flags enumeration",
        TypeKind::Enum(_) => "enumeration",
        TypeKind::Definition(_) => "type definition",
    }
}

/// What kind of property it is.
pub(crate) fn property_kind(property: &Property<'_>) -> &'static str {
    match property.kind {
        PropertyKind::Structural { .. } => "property",
        PropertyKind::Navigation { .. } => "navigation property",
        PropertyKind::Overlay => "property that the configuration adds",
    }
}

/// The wire name of a member.
pub(super) fn member_name<'m>(model: &Model<'m>, id: TypeId, at: usize) -> &'m str {
    match &model.ty(id).kind {
        TypeKind::Enum(it) => it.members.get(at).map_or("", |it| it.name),
        _ => "",
    }
}

/// Where it stands, in one line.
pub(super) fn place(context: &Context<'_>, subject: Subject<'_>) -> Option<Fact> {
    facts(context, subject).into_iter().next()
}

pub(super) fn facts(context: &Context<'_>, subject: Subject<'_>) -> Vec<Fact> {
    match subject {
        Subject::Type(id) => of_type(context.model, id),
        Subject::Property { owner, declaring, property } => of_property(context.model, owner, declaring, property),
        Subject::Member(id, at) => of_member(context.model, id, at),
    }
}

fn of_type(model: &Model<'_>, id: TypeId) -> Vec<Fact> {
    let ty = model.ty(id);
    let mut facts = vec![fact("declared", format!("`{}` in namespace `{}`", ty.name, namespace(model, id)), ty.span)];
    if let TypeKind::Structured(it) = &ty.kind {
        let words = [(it.is_abstract, "abstract"), (it.is_open, "open"), (it.has_stream, "with a stream")];
        let words: Vec<&str> = words.into_iter().filter_map(|(is, word)| is.then_some(word)).collect();
        if !words.is_empty() {
            facts.push(fact("", words.join(", "), None));
        }
        if let Some(base) = it.base {
            let name = model.qualified_name(base);
            facts.push(fact("", format!("derives from `{name}`"), model.ty(base).span));
        }
        if !it.derived.is_empty() {
            facts.push(fact("", format!("base of {} types", model.descendants(id).len()), None));
        }
    }
    facts
}

fn of_property(model: &Model<'_>, owner: TypeId, declaring: TypeId, property: &Property<'_>) -> Vec<Fact> {
    let nullable = match property.nullable {
        Some(true) => ", nullable",
        Some(false) => ", not nullable by the metadata",
        None => "",
    };
    let ty = model.type_text(property.ty);
    let mut facts = vec![fact("declared", format!("`{}` of type `{ty}`{nullable}", property.name), property.span)];
    if owner != declaring {
        facts.push(fact("", format!("inherited from `{}`", model.qualified_name(declaring)), model.ty(declaring).span));
    }
    if let PropertyKind::Navigation { contains_target: true, .. } = property.kind {
        facts.push(fact("", "what it leads to is contained", None));
    }
    facts
}

fn of_member(model: &Model<'_>, id: TypeId, at: usize) -> Vec<Fact> {
    let TypeKind::Enum(it) = &model.ty(id).kind else { return Vec::new() };
    let member = it.members.get(at).map(|it| fact("declared", format!("`{}` = {}", it.name, it.value), it.span));
    member.into_iter().collect()
}

fn namespace<'m>(model: &Model<'m>, id: TypeId) -> &'m str {
    model.schema(model.ty(id).schema).namespace
}
