//! What a name on the command line stands for.

use std::collections::BTreeSet;

use super::{Context, Subject};
use crate::model::{TypeId, TypeKind};

/// Everything that goes by a name. What is generated comes first, in the order of qualified names.
pub(super) fn find<'e>(context: &Context<'e>, wanted: &str) -> Vec<Subject<'e>> {
    if let (Some((owner, inner)), false) = (wanted.rsplit_once('/'), wanted.starts_with('/')) {
        return types(context, owner).into_iter().flat_map(|id| within(context, id, inner)).collect();
    }
    let whole: Vec<Subject<'e>> = types(context, wanted).into_iter().map(Subject::Type).collect();
    if !whole.is_empty() {
        return whole;
    }
    if let Some((owner, inner)) = wanted.rsplit_once("::") {
        return types(context, owner).into_iter().flat_map(|id| within(context, id, inner)).collect();
    }
    // `shop.order.total`, as some write it.
    if let Some((owner, inner)) = wanted.rsplit_once('.') {
        return types(context, owner).into_iter().flat_map(|id| within(context, id, inner)).collect();
    }
    let declared = |id: TypeId| within(context, id, wanted).into_iter().filter(is_own);
    let selected: Vec<Subject<'e>> = context.selection.order.iter().flat_map(|id| declared(*id)).collect();
    if !selected.is_empty() {
        return selected;
    }
    context.model.types().flat_map(|(id, _)| declared(id)).collect()
}

/// Whether the type at hand declares it; an inherited property is told once, where it is declared.
fn is_own(subject: &Subject<'_>) -> bool {
    !matches!(subject, Subject::Property { owner, declaring, .. } if owner != declaring)
}

/// Types by qualified name, by simple name, or by Rust name with or without the path before it.
pub(crate) fn types(context: &Context<'_>, wanted: &str) -> Vec<TypeId> {
    if let Some(id) = context.model.find_type(wanted) {
        return vec![id];
    }
    let simple: Vec<TypeId> = context.model.types().filter(|(_, ty)| ty.name == wanted).map(|(id, _)| id).collect();
    let mut found = simple;
    let (path, word) = wanted.rsplit_once("::").map_or((None, wanted), |(path, word)| (Some(path), word));
    let module = path.map(|path| path.rsplit("::").next().unwrap_or(path));
    for (id, names) in &context.names.types {
        let in_module = || context.names.modules.get(&context.model.ty(*id).schema);
        let matches = names.name.unraw() == word || (!names.base.as_str().is_empty() && names.base.unraw() == word);
        let placed = module.is_none_or(|it| is_crate(context, it) || in_module().is_some_and(|at| at.unraw() == it));
        if matches && placed && !found.contains(id) {
            found.push(*id);
        }
    }
    let order = |id: &TypeId| (!context.selection.contains(*id), context.model.qualified_name(*id));
    found.sort_by_cached_key(order);
    found
}

fn is_crate(context: &Context<'_>, word: &str) -> bool {
    word == "crate" || context.config.value.output.krate() == Some(word)
}

/// A property or member of a type, by wire name or by Rust name.
fn within<'e>(context: &Context<'e>, id: TypeId, wanted: &str) -> Vec<Subject<'e>> {
    let names = context.names.types.get(&id);
    match &context.model.ty(id).kind {
        TypeKind::Structured(_) => {
            let all = context.model.all_properties(id);
            let rust = |wire: &str| {
                names.is_some_and(|names| {
                    let idents = [names.fields.get(wire), names.constants.get(wire)];
                    idents.into_iter().flatten().any(|it| it.unraw() == wanted || it.as_str() == wanted)
                })
            };
            let exact = all.iter().find(|(_, it)| it.name == wanted);
            let found = exact.or_else(|| all.iter().find(|(_, it)| rust(it.name)));
            let subject = |it: &(TypeId, _)| Subject::Property { owner: id, declaring: it.0, property: it.1 };
            let of_property = found.map(subject);
            // A variant of a closed base stands for the derived type, `Other` for the base.
            let variants = names.into_iter().flat_map(|it| &it.variants);
            let derived = variants.filter(|(_, it)| it.unraw() == wanted).map(|(id, _)| *id).next();
            let other = (wanted == "Other" && names.is_some_and(|it| !it.base.as_str().is_empty())).then_some(id);
            of_property.or(derived.or(other).map(Subject::Type)).into_iter().collect()
        }
        TypeKind::Enum(declared) => {
            let variant = |at: usize| names.and_then(|it| it.members.get(at)).is_some_and(|it| it.unraw() == wanted);
            let exact = declared.members.iter().position(|it| it.name == wanted);
            let found = exact.or_else(|| (0..declared.members.len()).find(|at| variant(*at)));
            found.map(|at| Subject::Member(id, at)).into_iter().collect()
        }
        TypeKind::Definition(_) => Vec::new(),
    }
}

/// Names that a wrong one may have meant.
pub(super) fn known(context: &Context<'_>) -> BTreeSet<String> {
    let mut known = BTreeSet::new();
    for (id, ty) in context.model.types() {
        known.insert(ty.name.to_owned());
        known.insert(context.model.qualified_name(id));
        if let (true, TypeKind::Structured(it)) = (context.selection.contains(id), &ty.kind) {
            for property in &it.properties {
                known.insert(property.name.to_owned());
                known.insert(format!("{}/{}", ty.name, property.name));
            }
        }
    }
    known
}
