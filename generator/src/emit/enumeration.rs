//! An enumeration that keeps what it does not list (W-1).

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::tokens::{allow_deprecated, deprecated, docs};
use super::{Fixed, Piece};
use crate::plan::EnumPlan;

pub(super) fn enumeration(plan: &EnumPlan) -> [Piece<'_>; 2] {
    let (name, qualified) = (&plan.name, &plan.wire);
    let (lines, note) = (docs(&plan.docs), deprecated(plan.deprecated.as_deref()));
    let allow = allow_deprecated(plan.has_deprecated);
    let variants = plan.members.iter().map(|member| {
        let (name, lines, note) = (&member.name, docs(&member.docs), deprecated(member.deprecated.as_deref()));
        quote!(#lines #note #name)
    });
    let written = plan.members.iter().map(|member| {
        let (name, wire) = (&member.name, &member.wire);
        quote!(Self::#name => #wire)
    });
    let read = plan.members.iter().map(|member| {
        let (name, wire) = (&member.name, &member.wire);
        quote!(#wire => Self::#name)
    });
    let unlisted = quote!(Self::Unlisted(Unlisted::new(text)));
    // A match with one arm only trips clippy; two enumerations of Graph are empty.
    let from_str = if plan.members.is_empty() {
        quote!(Ok(#unlisted))
    } else {
        quote! {
            let member = match text { #(#read,)* _ => #unlisted };
            Ok(member)
        }
    };
    let tokens = quote! {
        #lines
        #note
        #[derive(Debug, Clone, PartialEq, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            /// A member that this crate does not list yet. Compare `as_str()`: a later version may list it.
            Unlisted(Unlisted),
        }
        #allow
        impl #name {
            /// The name on the wire.
            #[inline]
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self { #(#written,)* Self::Unlisted(text) => text.as_str() }
            }
        }
        impl Enumeration for #name {
            const NAME: &'static str = #qualified;
            #[inline]
            fn as_str(&self) -> &str {
                self.as_str()
            }
        }
        #allow
        impl std::str::FromStr for #name {
            type Err = std::convert::Infallible;
            #[inline]
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                #from_str
            }
        }
    };
    [Piece::Tokens(tokens), Piece::Fixed(Fixed::Enumeration, name)]
}

/// What every enumeration has alike.
pub(super) fn value(name: &impl ToTokens) -> TokenStream {
    // A derived `Eq` is a function more, which every check of the crate would look at. A derived order would be that of
    // the document, which says nothing and may change; the names agree with equality, since `Unlisted` has no listed one.
    quote! {
        impl Eq for #name {}
        impl PartialOrd for #name {
            #[inline]
            fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
                Some(self.cmp(other))
            }
        }
        impl Ord for #name {
            #[inline]
            fn cmp(&self, other: &Self) -> std::cmp::Ordering {
                self.as_str().cmp(other.as_str())
            }
        }
        impl Value for #name {
            #[inline]
            fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
                reader.member()
            }
            #[inline]
            fn write(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
                sink.text(self.as_str())
            }
        }
        impl std::fmt::Display for #name {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    }
}
