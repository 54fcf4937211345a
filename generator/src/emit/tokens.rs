//! Small pieces that every kind of item is made of.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};

use crate::names::Ident;
use crate::plan::{Gate, ImportPlan, TypeExpr};

impl ToTokens for Ident {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        ident(self.as_str()).to_tokens(tokens);
    }
}

impl ToTokens for TypeExpr {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(match self {
            Self::Path(written) => path(written),
            Self::Generic(outer, inner) => {
                let outer = ident(outer);
                quote!(#outer<#inner>)
            }
        });
    }
}

/// An identifier as the names stage wrote it.
fn ident(written: &str) -> proc_macro2::Ident {
    match written.strip_prefix("r#") {
        Some(word) => proc_macro2::Ident::new_raw(word, Span::call_site()),
        // The names stage makes valid identifiers only, and path keywords in paths are identifiers to proc-macro2.
        None => proc_macro2::Ident::new(written, Span::call_site()),
    }
}

/// A path as the plan wrote it.
pub(super) fn path(written: &str) -> TokenStream {
    let segments = written.split("::").map(ident);
    quote!(#(#segments)::*)
}

/// One attribute a line: prettyplease makes a block comment of more.
pub(super) fn docs(lines: &[String]) -> TokenStream {
    let lines = lines.iter().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
    quote!(#(#[doc = #lines])*)
}

/// The same for the file that they stand in.
pub(super) fn inner_docs(lines: &[String]) -> TokenStream {
    let lines = lines.iter().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
    quote!(#(#![doc = #lines])*)
}

/// `use path::{names};`
pub(super) fn import(plan: &ImportPlan) -> TokenStream {
    let from = path(&plan.path);
    let names = plan.names.iter().map(|it| ident(it));
    if plan.names.len() == 1 { quote!(use #from::#(#names)*;) } else { quote!(use #from::{#(#names),*};) }
}

/// `#[cfg(feature = "a")]` or `#[cfg(any(..))]`.
pub(super) fn cfg(gate: &Gate) -> TokenStream {
    condition(gate).map(|condition| quote!(#[cfg(#condition)])).unwrap_or_default()
}

/// The opposite; nothing for what is always there.
pub(super) fn cfg_not(gate: &Gate) -> Option<TokenStream> {
    condition(gate).map(|condition| quote!(#[cfg(not(#condition))]))
}

fn condition(gate: &Gate) -> Option<TokenStream> {
    match gate.0.as_slice() {
        [] => None,
        [one] => Some(quote!(feature = #one)),
        many => Some(quote!(any(#(feature = #many),*))),
    }
}

/// `#[deprecated(note)]`, without `since`: a date there trips clippy.
pub(super) fn deprecated(note: Option<&str>) -> TokenStream {
    note.map(|note| quote!(#[deprecated(note = #note)])).unwrap_or_default()
}

/// What lets an impl touch deprecated fields.
pub(super) fn allow_deprecated(needed: bool) -> TokenStream {
    if needed { quote!(#[allow(deprecated)]) } else { TokenStream::new() }
}
