//! A struct: fields, lists for reading and writing, what it can be downcast to.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::tokens::{allow_deprecated, cfg, deprecated, docs};
use super::{Fixed, Gates, Piece, properties, rows};
use crate::plan::StructPlan;

pub(super) fn structure(plan: &StructPlan, gates: Gates) -> Vec<Piece<'_>> {
    let either = |text: Option<String>, tokens: &dyn Fn() -> TokenStream| match text {
        Some(text) => Piece::Text(text),
        None => Piece::Tokens(tokens()),
    };
    let name = &plan.name;
    let debug = if plan.has_secrets { debug(plan) } else { TokenStream::new() };
    let constants = properties::constants(plan, gates);
    let mut pieces =
        vec![either(rows::declaration(plan), &|| declaration(plan)), Piece::Tokens(quote!(#debug #constants))];
    if plan.is_base {
        pieces.push(Piece::Fixed(Fixed::Downcasts, name));
    }
    pieces.push(either(rows::value(plan), &|| value(plan)));
    pieces.push(either(rows::typed(plan), &|| typed(plan)));
    pieces.push(either(rows::derived_from(plan), &|| derived_from(plan)));
    pieces.push(Piece::Fixed(Fixed::Shim, name));
    pieces
}

pub(super) fn declaration(plan: &StructPlan) -> TokenStream {
    let name = &plan.name;
    let (lines, note) = (docs(&plan.docs), deprecated(plan.deprecated.as_deref()));
    let derives = if plan.has_secrets {
        quote!(#[derive(Clone, Default, PartialEq)])
    } else {
        quote!(#[derive(Debug, Clone, Default, PartialEq)])
    };
    let fields = plan.fields.iter().map(|field| {
        let (name, ty, lines) = (&field.name, &field.ty, docs(&field.docs));
        let deprecated = deprecated(field.deprecated.as_deref());
        quote!(#lines #deprecated pub #name: Option<#ty>)
    });
    quote! {
        #lines
        #note
        #derives
        #[non_exhaustive]
        pub struct #name {
            #(#fields,)*
            /// What the service sent and the metadata does not declare.
            pub extra: Extra,
        }
    }
}

/// `Debug` that shows neither secrets nor the values of undeclared properties.
fn debug(plan: &StructPlan) -> TokenStream {
    let name = &plan.name;
    let text = name.unraw();
    let allow = allow_deprecated(plan.has_deprecated);
    let fields = plan.fields.iter().map(|field| {
        let (name, label) = (&field.name, field.name.unraw());
        if field.secret { quote!(.field(#label, &Redacted(&self.#name))) } else { quote!(.field(#label, &self.#name)) }
    });
    quote! {
        #allow
        impl std::fmt::Debug for #name {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(#text)#(#fields)*.field("extra", &self.extra).finish()
            }
        }
    }
}

pub(super) fn value(plan: &StructPlan) -> TokenStream {
    let name = &plan.name;
    let allow = allow_deprecated(plan.has_deprecated);
    let slots = plan.fields.iter().map(|field| {
        let (name, wire) = (&field.name, &field.wire);
        quote!((#wire, &mut it.#name))
    });
    let values = plan.fields.iter().map(|field| {
        let (name, wire) = (&field.name, &field.wire);
        quote!((#wire, &self.#name))
    });
    quote! {
        #allow
        impl Value for #name {
            #[inline]
            fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
                let mut it = Self::default();
                reader.object(&mut [#(#slots),*], &mut it.extra).and(Ok(it))
            }
            #[inline]
            fn write(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
                sink.object(&[#(#values),*], &self.extra)
            }
        }
    }
}

pub(super) fn typed(plan: &StructPlan) -> TokenStream {
    let (name, names) = (&plan.name, &plan.wire_names);
    let derived = plan.derived.iter().map(|(gate, it)| {
        let cfg = cfg(gate);
        quote!(#cfg &<#it as Typed>::TYPE)
    });
    quote! {
        impl Typed for #name {
            const TYPE: TypeInfo = TypeInfo { names: &[#(#names),*], derived: &[#(#derived),*] };
        }
    }
}

/// The bases that a type can be taken for.
pub(super) fn derived_from(plan: &StructPlan) -> TokenStream {
    let name = &plan.name;
    let impls = plan.downcast_from.iter().map(|base| quote!(impl DerivedFrom<#base> for #name {}));
    quote!(#(#impls)*)
}

/// What a base can be taken for.
pub(super) fn downcasts(name: &impl ToTokens) -> TokenStream {
    quote! {
        impl #name {
            /// The name of the type that the service states for this value.
            #[inline]
            #[must_use]
            pub fn type_name(&self) -> Option<&str> {
                self.extra.type_name()
            }
            /// Whether the service states that this value is of that type, or of one derived from it.
            #[inline]
            #[must_use]
            pub fn is<T: DerivedFrom<Self>>(&self) -> bool {
                odata_runtime::is::<Self, T>(&self.extra)
            }
            /// The value as the derived type that the service states, with everything that it has; nothing if it states another.
            ///
            /// # Errors
            ///
            /// When a property is not of the type that the derived type declares.
            #[inline]
            pub fn downcast<T: DerivedFrom<Self>>(&self) -> Result<Option<T>, DecodeError> {
                odata_runtime::downcast(self, &self.extra)
            }
        }
    }
}
