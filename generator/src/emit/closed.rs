//! A closed base: an enum over its derived types.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::tokens::{allow_deprecated, cfg, cfg_not, deprecated, docs};
use super::{Fixed, Piece};
use crate::names::Ident;
use crate::plan::ClosedPlan;

pub(super) fn closed(plan: &ClosedPlan) -> [Piece<'_>; 2] {
    let (name, base, lines) = (&plan.name, &plan.base, docs(&plan.docs));
    let note = deprecated(plan.deprecated.as_deref());
    let variants = plan.variants.iter().map(|it| {
        let (name, ty, lines, cfg) = (&it.name, &it.ty, docs(&it.docs), cfg(&it.gate));
        quote!(#lines #cfg #name(Box<#ty>))
    });
    let other = docs(&plan.other_docs);
    let accessors = accessors(plan);
    let conversions = plan.variants.iter().map(|it| {
        let (variant, ty, cfg) = (&it.name, &it.ty, cfg(&it.gate));
        quote! {
            #cfg
            impl From<#ty> for #name {
                #[inline]
                fn from(it: #ty) -> Self {
                    Self::#variant(Box::new(it))
                }
            }
        }
    });
    let value = value(plan);
    let tokens = quote! {
        #lines
        #note
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            #other
            Other(Box<#base>),
        }
        #accessors
        #(#conversions)*
        #value
    };
    [Piece::Tokens(tokens), Piece::Fixed(Fixed::Shim, name)]
}

fn accessors(plan: &ClosedPlan) -> TokenStream {
    let name = &plan.name;
    let methods = plan.accessors.iter().map(|it| {
        let (method, ty, lines) = (&it.name, &it.ty, docs(&it.docs));
        let read = |field: &Ident, is_boxed: bool| {
            if is_boxed { quote!(it.#field.as_deref()) } else { quote!(it.#field.as_ref()) }
        };
        let arms = it.fields.iter().map(|field| {
            let (variant, read, cfg) = (&field.variant, read(&field.field, field.is_boxed), cfg(&field.gate));
            quote!(#cfg Self::#variant(it) => #read)
        });
        let other = read(method, it.is_boxed);
        let (deprecated, allow) = (deprecated(it.deprecated.as_deref()), allow_deprecated(it.deprecated.is_some()));
        quote! {
            #lines
            #deprecated
            #allow
            #[inline]
            #[must_use]
            pub fn #method(&self) -> Option<&#ty> {
                match self {
                    #(#arms,)*
                    Self::Other(it) => #other,
                }
            }
        }
    });
    if plan.accessors.is_empty() { TokenStream::new() } else { quote!(impl #name { #(#methods)* }) }
}

fn value(plan: &ClosedPlan) -> TokenStream {
    let (name, base, infer) = (&plan.name, &plan.base, plan.infer);
    let choices = plan.variants.iter().map(|it| {
        let (ty, only, cfg) = (&it.ty, &it.only, cfg(&it.gate));
        // Choices are told apart by their places, so what is not there leaves one that nothing names.
        let place = cfg_not(&it.gate)
            .map(|not| quote!(, #not Choice { of: &TypeInfo { names: &[], derived: &[] }, only: &[] }));
        quote!(#cfg Choice { of: &<#ty as Typed>::TYPE, only: &[#(#only),*] } #place)
    });
    let read = plan.variants.iter().enumerate().map(|(at, it)| {
        let (variant, ty, at, cfg) = (&it.name, &it.ty, Literal::usize_unsuffixed(at), cfg(&it.gate));
        quote!(#cfg Some(#at) => reader.variant(&<#ty as Typed>::TYPE, Self::#variant))
    });
    let write = plan.variants.iter().map(|it| {
        let (variant, ty, cfg) = (&it.name, &it.ty, cfg(&it.gate));
        quote!(#cfg Self::#variant(it) => sink.variant(&<#ty as Typed>::TYPE, &**it))
    });
    quote! {
        const CHOICES: Choices = Choices {
            choices: &[#(#choices),*],
            base: &<#base as Typed>::TYPE,
            infer: #infer,
        };
        impl Value for #name {
            #[inline]
            fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
                match reader.choose(CHOICES)? {
                    #(#read,)*
                    _ => reader.variant(&<#base as Typed>::TYPE, Self::Other),
                }
            }
            #[inline]
            fn write(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
                match self { #(#write,)* Self::Other(it) => it.write(sink) }
            }
        }
    }
}
