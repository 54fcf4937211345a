//! Constants that stand for properties in queries.

use proc_macro2::TokenStream;
use quote::quote;

use super::Gates;
use super::tokens::deprecated;
use crate::plan::{ConstantKind, StructPlan};

pub(super) fn constants(plan: &StructPlan, gates: Gates) -> TokenStream {
    if plan.constants.is_empty() {
        return TokenStream::new();
    }
    let (owner, queried, gate) = (&plan.name, &plan.queried, gates.client());
    let constants = plan.constants.iter().map(|it| {
        let (name, wire, ty) = (&it.name, &it.wire, &it.ty);
        let doc = format!(" [`{}`](Self::{}) in a query.", it.field.as_str(), it.field.unraw());
        let deprecated = deprecated(it.deprecated.as_deref());
        let (kind, new) = match it.kind {
            ConstantKind::Property => (quote!(Property<#queried, #ty>), quote!(Property::new)),
            ConstantKind::One => (quote!(Navigation<#queried, #ty>), quote!(Navigation::new)),
            ConstantKind::Many => (quote!(Navigation<#queried, #ty, Many>), quote!(Navigation::new)),
        };
        quote!(#[doc = #doc] #deprecated pub const #name: #kind = #new(#wire);)
    });
    quote!(#gate impl #owner { #(#constants)* })
}
