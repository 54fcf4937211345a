//! Requests: the method that makes one, and the struct that holds it with the options that it takes.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::client::{allow_many, in_url, literals};
use super::options::{always, batchable, option, send};
use super::tokens::{deprecated, docs};
use crate::names::Ident;
use crate::plan::{OperationPlan, ParameterPlan, RequestKind, ResultPlan};

/// The method of a resource or of the client; `path` is where it stands.
pub(super) fn method(plan: &OperationPlan, path: &TokenStream) -> TokenStream {
    let (method, lines) = (&plan.method, docs(&plan.method_docs));
    let name = match &plan.path {
        Some(path) => quote!(#path),
        None => {
            let name = &plan.name;
            quote!(#name)
        }
    };
    let operation = quote!(&#name::OPERATION);
    let none = TokenStream::new;
    let (arguments, before, request) = match &plan.kind {
        RequestKind::Get => {
            let read = reads(&plan.result);
            (none(), none(), quote!(#path.#read(#operation)))
        }
        RequestKind::Create { model, required } => {
            let changes = quote!(&Changes::from(new));
            (quote!(, new: #model), none(), quote!(#path.post(#operation).changes(#changes, &[#(#required),*])))
        }
        RequestKind::Update { model } => {
            let changes = quote!(&Changes::from(changes));
            (quote!(, changes: #model), none(), quote!(#path.patch(#operation).changes(#changes, &[])))
        }
        RequestKind::Delete => (none(), none(), quote!(#path.delete(#operation))),
        RequestKind::Function { segment } => {
            let (arguments, values) = (plan.parameters.iter().map(in_url), literals(&plan.parameters));
            let read = reads(&plan.result);
            (quote!(#(, #arguments)*), none(), quote!(#path.function(#segment, &[#values]).#read(#operation)))
        }
        RequestKind::Ranged { segment, from, to, days, key } => {
            let arguments = plan.parameters.iter().map(in_url);
            let end = |at: &usize| plan.parameters.get(*at).map(bound);
            let (first, last) = (end(from), end(to));
            let others = plan.parameters.iter().enumerate().filter(|(at, _)| at != from && at != to);
            let others = literals(others.map(|(_, it)| it));
            let key = row_key(key);
            let days = Literal::u32_unsuffixed(*days);
            let call = quote!(#path.ranged(#operation, #segment, #first, #last, &[#others], #days, #key));
            (quote!(#(, #arguments)*), none(), call)
        }
        RequestKind::Action { segment } if plan.parameters.is_empty() => {
            (none(), none(), quote!(#path.action(#segment).post(#operation)))
        }
        RequestKind::Action { segment } => {
            let (arguments, sets) = (plan.parameters.iter().map(in_body), plan.parameters.iter().map(set));
            let before = quote!(let mut body = Changes::new(); #(#sets)*);
            (quote!(#(, #arguments)*), before, quote!(#path.action(#segment).post(#operation).changes(&body, &[])))
        }
    };
    let many = allow_many(plan.parameters.len());
    let deprecated = deprecated(plan.deprecated.as_deref());
    quote! {
        #lines
        #deprecated
        #many
        #[inline]
        pub fn #method(&self #arguments) -> #name {
            #before
            #name { request: #request }
        }
    }
}

/// An end of a range, with the name of its parameter.
fn bound(plan: &ParameterPlan) -> TokenStream {
    let (wire, name) = (&plan.wire, &plan.name);
    quote!((#wire, #name))
}

/// What tells a row from all others, as text.
fn row_key((field, is_text): &(Ident, bool)) -> TokenStream {
    if *is_text {
        quote!(|row| row.#field.as_deref().map(Cow::Borrowed))
    } else {
        quote!(|row| row.#field.as_ref().map(|key| Cow::Owned(key.to_string())))
    }
}

fn reads(result: &ResultPlan) -> TokenStream {
    match result {
        ResultPlan::Many(_) => quote!(list),
        _ => quote!(get),
    }
}

/// A value that stands in a body: it is given whole.
fn in_body(plan: &ParameterPlan) -> TokenStream {
    let name = &plan.name;
    match (&plan.ty, plan.is_optional) {
        (Some(ty), true) => quote!(#name: Option<#ty>),
        (Some(ty), false) => quote!(#name: #ty),
        (None, _) => quote!(#name: impl Into<String>),
    }
}

fn set(plan: &ParameterPlan) -> TokenStream {
    let (name, wire) = (&plan.name, &plan.wire);
    match (&plan.ty, plan.is_optional) {
        // A nullable parameter that is left out is null (OASIS OData Protocol 4.01, section 11.5.5.1).
        (_, true) => quote!(#name.iter().for_each(|it| body.set(#wire, it));),
        (Some(_), false) => quote!(body.set(#wire, &#name);),
        (None, false) => quote!(body.set(#wire, &#name.into());),
    }
}

/// The struct of a request.
pub(super) fn request(plan: &OperationPlan) -> TokenStream {
    let (name, lines, operation) = (&plan.name, docs(&plan.docs), operation(plan));
    let holder = holder(plan);
    let options = plan.options.iter().filter_map(|word| option(word, plan));
    let (always, send) = (always(plan), send(plan));
    let batchable = plan.is_batchable.then(|| batchable(plan));
    quote! {
        #lines
        #[derive(Debug, Clone)]
        #[must_use = "a request does nothing until it is sent"]
        pub struct #name {
            pub(crate) request: #holder,
        }
        impl #name {
            pub(crate) const OPERATION: Operation = #operation;
            #(#options)*
            #always
            #send
        }
        #batchable
    }
}

/// What differs from the runtime's own defaults is said.
fn operation(plan: &OperationPlan) -> TokenStream {
    let (template, permissions) = (&plan.template, &plan.permissions);
    let permissions = (!permissions.is_empty()).then(|| quote!(.permissions(&[#(#permissions),*])));
    let documentation = plan.documentation.as_ref().map(|it| quote!(.documentation(#it)));
    let filterable = plan.filterable.as_ref().map(|it| quote!(.filterable(&[#(#it),*])));
    let sortable = plan.sortable.as_ref().map(|it| quote!(.sortable(&[#(#it),*])));
    let expandable = plan.expandable.as_ref().map(|it| quote!(.expandable(&[#(#it),*])));
    let help = plan.help.iter().map(|(status, text)| {
        let status = Literal::u16_unsuffixed(*status);
        quote!((#status, #text))
    });
    let help = (!plan.help.is_empty()).then(|| quote!(.help(&[#(#help),*])));
    quote!(Operation::new(#template) #permissions #documentation #filterable #sortable #expandable #help)
}

fn holder(plan: &OperationPlan) -> TokenStream {
    let reads = matches!(plan.kind, RequestKind::Get | RequestKind::Function { .. });
    match (&plan.kind, &plan.result) {
        (RequestKind::Ranged { .. }, result) => {
            let item = result.item();
            quote!(Ranged<#item>)
        }
        (_, ResultPlan::Many(it)) if reads => quote!(List<#it>),
        (_, ResultPlan::Wrapped(it)) if reads => quote!(Get<Option<odata_runtime::Single<#it>>>),
        (_, ResultPlan::Wrapped(it)) => quote!(Send<Option<odata_runtime::Single<#it>>>),
        (_, result) if reads => {
            let item = result.item();
            quote!(Get<#item>)
        }
        (_, ResultPlan::Nothing) => quote!(Send<()>),
        (_, ResultPlan::Maybe(it)) => quote!(Send<Option<#it>>),
        (_, ResultPlan::One(it)) => quote!(Send<#it>),
        (_, ResultPlan::Many(it)) => quote!(Send<Page<#it>>),
    }
}
