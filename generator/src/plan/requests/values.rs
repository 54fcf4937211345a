//! Values that a caller gives.

use super::super::build::Planner;
use super::super::docs::code;
use super::super::files::Imports;
use super::super::{Scalar, TypeExpr};
use super::ParameterPlan;
use crate::model::{Enum, ItemType, Primitive, TypeKind, TypeRef};
use crate::names::Ident;
use crate::select::is_literal;

/// A value of that type as a parameter; text has no type of its own, since it is taken in any form.
pub(super) fn parameter(
    planner: &Planner<'_>,
    (name, wire): (&Ident, &str),
    ty: TypeRef,
    imports: &mut Imports<'_>,
) -> ParameterPlan {
    let is_json = !is_literal(planner.model, ty);
    let ty = if is_text(planner, ty) { None } else { whole(planner, ty, imports) };
    ParameterPlan { name: name.clone(), wire: wire.to_owned(), ty, is_optional: false, is_json }
}

/// The type of a value, or of a collection of them.
pub(super) fn whole(planner: &Planner<'_>, ty: TypeRef, imports: &mut Imports<'_>) -> Option<TypeExpr> {
    let item = planner.item_type(ty, imports)?;
    Some(if ty.is_collection { item.within("Vec") } else { item })
}

/// Whether a value is a string.
pub(super) fn is_text(planner: &Planner<'_>, ty: TypeRef) -> bool {
    let primitive = match ty.item {
        ItemType::Primitive(primitive) => Some(primitive),
        ItemType::Declared(id) => match &planner.model.ty(id).kind {
            TypeKind::Definition(it) => Some(it.underlying),
            TypeKind::Structured(_) | TypeKind::Enum(_) => None,
        },
    };
    !ty.is_collection && primitive == Some(Primitive::String)
}

/// The type of a value as an app's own code names it.
pub(super) fn from_outside(planner: &Planner<'_>, ty: TypeRef) -> Option<String> {
    let krate = planner.config.output.krate()?;
    let runtime = if planner.config.output.root_file() == "lib.rs" {
        format!("{krate}::odata_runtime")
    } else {
        "odata_runtime".to_owned()
    };
    let item = match ty.item {
        ItemType::Primitive(primitive) => match Scalar::of(primitive)? {
            Scalar::Prelude(name) => name.to_owned(),
            Scalar::Runtime(name) => format!("{runtime}::{name}"),
        },
        ItemType::Declared(id) => {
            let module = planner.names.modules.get(&planner.model.ty(id).schema)?;
            let path = format!("{krate}::{}::{}", module.as_str(), planner.names.types.get(&id)?.name.as_str());
            match &planner.model.ty(id).kind {
                TypeKind::Enum(Enum { is_flags: true, .. }) => format!("{runtime}::Flags<{path}>"),
                _ => path,
            }
        }
    };
    Some(if ty.is_collection { format!("Vec<{item}>") } else { item })
}

/// A line for each parameter that the docs have words for.
pub(super) fn documented(planner: &Planner<'_>, qualified: &str, parameters: &[ParameterPlan]) -> Vec<String> {
    let entry = planner.docs.and_then(|it| it.operations.get(qualified));
    let words = parameters.iter().filter_map(|it| {
        let said = entry?.parameters.get(it.wire.as_str())?;
        let unit = said.unit().map(|it| format!(" Unit: {it}.")).unwrap_or_default();
        Some(format!("- {}: {}{unit}", code(it.name.unraw()), super::super::docs::line(said.doc().trim())))
    });
    words.collect()
}
