//! What new and changed values are given in: one method a property, each one call.

use proc_macro2::TokenStream;
use quote::quote;

use super::tokens::{deprecated, docs};
use crate::plan::{ModelPlan, SetterPlan};

pub(super) fn model(plan: &ModelPlan) -> TokenStream {
    let (name, lines) = (&plan.name, docs(&plan.docs));
    let setters = plan.setters.iter().map(setter);
    quote! {
        #lines
        #[derive(Debug, Clone, Default)]
        #[must_use = "nothing is written until a request is given it and sent"]
        pub struct #name {
            changes: Changes,
        }
        impl #name {
            /// Nothing is set.
            #[inline]
            pub fn new() -> Self {
                Self::default()
            }
            #(#setters)*
        }
        impl From<#name> for Changes {
            #[inline]
            fn from(model: #name) -> Self {
                model.changes
            }
        }
    }
}

fn setter(plan: &SetterPlan) -> TokenStream {
    let (with, wire, lines, deprecated) =
        (&plan.with, &plan.wire, docs(&plan.docs), deprecated(plan.deprecated.as_deref()));
    let (ty, value) = match &plan.ty {
        Some(ty) => (quote!(#ty), quote!(&value)),
        None => (quote!(impl Into<String>), quote!(&value.into())),
    };
    let clear = plan.clear.as_ref().map(|clear| {
        quote! {
            /// Sets it to null.
            ///
            #lines
            #deprecated
            #[inline]
            pub fn #clear(mut self) -> Self {
                self.changes.clear(#wire);
                self
            }
        }
    });
    quote! {
        #lines
        #deprecated
        #[inline]
        pub fn #with(mut self, value: #ty) -> Self {
            self.changes.set(#wire, #value);
            self
        }
        #clear
    }
}
