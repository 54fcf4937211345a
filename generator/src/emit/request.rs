//! Requests: the method that makes one, and the struct that holds it with the options that it takes.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::client::{allow_many, in_url, literals};
use super::tokens::docs;
use crate::names::Ident;
use crate::plan::{OperationPlan, ParameterPlan, RequestKind, ResultPlan, TypeExpr};

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
        RequestKind::Ranged { segment, from, to, days, row, key } => {
            let arguments = plan.parameters.iter().map(in_url);
            let end = |at: &usize| plan.parameters.get(*at).map(bound);
            let (first, last) = (end(from), end(to));
            let others = plan.parameters.iter().enumerate().filter(|(at, _)| at != from && at != to);
            let others = literals(others.map(|(_, it)| it));
            let key = row_key(row, key);
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
    quote! {
        #lines
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
fn row_key(row: &TypeExpr, (field, is_text): &(Ident, bool)) -> TokenStream {
    if *is_text {
        quote!(|row: &#row| row.#field.as_deref().map(Cow::Borrowed))
    } else {
        quote!(|row: &#row| row.#field.as_ref().map(|key| Cow::Owned(key.to_string())))
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
    }
}

/// What differs from the runtime's own defaults is said.
fn operation(plan: &OperationPlan) -> TokenStream {
    let (template, permissions) = (&plan.template, &plan.permissions);
    let permissions = (!permissions.is_empty()).then(|| quote!(.permissions(&[#(#permissions),*])));
    let documentation = plan.documentation.as_ref().map(|it| quote!(.documentation(#it)));
    let filterable = plan.filterable.as_ref().map(|it| quote!(.filterable(&[#(#it),*])));
    let sortable = plan.sortable.as_ref().map(|it| quote!(.sortable(&[#(#it),*])));
    let help = plan.help.iter().map(|(status, text)| {
        let status = Literal::u16_unsuffixed(*status);
        quote!((#status, #text))
    });
    let help = (!plan.help.is_empty()).then(|| quote!(.help(&[#(#help),*])));
    quote!(Operation::new(#template) #permissions #documentation #filterable #sortable #help)
}

fn holder(plan: &OperationPlan) -> TokenStream {
    let reads = matches!(plan.kind, RequestKind::Get | RequestKind::Function { .. });
    match (&plan.kind, &plan.result) {
        (RequestKind::Ranged { .. }, result) => {
            let item = result.item();
            quote!(Ranged<#item>)
        }
        (_, ResultPlan::Many(it)) if reads => quote!(List<#it>),
        (_, ResultPlan::Wrapped(it)) if reads => quote!(Get<odata_runtime::Single<#it>>),
        (_, ResultPlan::Wrapped(it)) => quote!(Send<odata_runtime::Single<#it>>),
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

fn option(word: &str, plan: &OperationPlan) -> Option<TokenStream> {
    let of = plan.result.item()?;
    Some(match word {
        "select" => quote! {
            /// Asks for these properties only: one, or a tuple of them. May be called again.
            #[inline]
            pub fn select(mut self, properties: impl Select<#of>) -> Self {
                self.request.select(properties);
                self
            }
        },
        "expand" => quote! {
            /// Asks for related entities inline: one navigation property, or a tuple of them. May be called again.
            #[inline]
            pub fn expand(mut self, navigations: impl Expand<#of>) -> Self {
                self.request.expand(navigations);
                self
            }
        },
        "filter" => quote! {
            /// Asks for those only that this holds for. Called again, both must hold.
            #[inline]
            pub fn filter(mut self, condition: Filter<#of>) -> Self {
                self.request.filter(condition);
                self
            }
        },
        "order_by" => quote! {
            /// Asks for this order: a property, one `.descending()`, or a tuple of them. May be called again.
            #[inline]
            pub fn order_by(mut self, order: impl OrderBy<#of>) -> Self {
                self.request.order_by(order);
                self
            }
        },
        "top" => quote! {
            /// Asks for that many at most, over all pages.
            #[inline]
            pub fn top(mut self, count: u64) -> Self {
                self.request.top(count);
                self
            }
        },
        "skip" => quote! {
            /// Leaves out that many from the beginning.
            #[inline]
            pub fn skip(mut self, count: u64) -> Self {
                self.request.skip(count);
                self
            }
        },
        "count" => quote! {
            /// Asks how many there are; `Page::count` has the answer.
            #[inline]
            pub fn count(mut self) -> Self {
                self.request.count();
                self
            }
        },
        "search" => quote! {
            /// Asks for what these words are found in.
            #[inline]
            pub fn search(mut self, words: impl Into<Search>) -> Self {
                self.request.search(words);
                self
            }
        },
        "page_size" => quote! {
            /// Prefers pages of at most that many.
            #[inline]
            pub fn page_size(mut self, items: u32) -> Self {
                self.request.page_size(items);
                self
            }
        },
        _ => return None,
    })
}

/// What every request of its kind offers, whatever the service heeds.
fn always(plan: &OperationPlan) -> TokenStream {
    let raw_query = quote! {
        /// Adds a query option as it is, the last way out: what the service makes of it is nobody's promise.
        #[inline]
        pub fn raw_query(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
            self.request.raw_query(name, value);
            self
        }
    };
    let pages = plan.result.item().map(|item| {
        quote! {
            /// Goes on where an earlier stream or its pages stopped.
            #[inline]
            pub fn resume(mut self, cursor: Cursor) -> Self {
                self.request.resume(cursor);
                self
            }
            /// Every page, one request after the other.
            #[inline]
            pub fn pages(self) -> Pages<#item> {
                self.request.pages()
            }
            /// Every item of every page.
            #[inline]
            pub fn stream(self) -> Items<#item> {
                self.request.stream()
            }
        }
    });
    let split = plan.result.item().map(|item| {
        quote! {
            /// Every item of a range of any length: it is asked for in pieces, and what comes with two of them is given once.
            #[inline]
            pub fn split(self) -> Items<#item> {
                self.request.split()
            }
        }
    });
    match (&plan.kind, &plan.result) {
        (RequestKind::Ranged { .. }, _) => quote!(#raw_query #pages #split),
        (RequestKind::Get | RequestKind::Function { .. }, ResultPlan::Many(_)) => quote!(#raw_query #pages),
        (RequestKind::Get | RequestKind::Function { .. }, _) => raw_query,
        (RequestKind::Update { .. } | RequestKind::Delete, _) => quote! {
            /// Only if the entity is still the one with this etag, as it came in `@odata.etag`.
            #[inline]
            pub fn if_match(mut self, etag: impl Into<String>) -> Self {
                self.request = self.request.if_match(etag);
                self
            }
        },
        _ => TokenStream::new(),
    }
}

fn send(plan: &OperationPlan) -> TokenStream {
    let answer = match &plan.result {
        ResultPlan::Nothing => quote!(()),
        ResultPlan::One(it) => quote!(#it),
        ResultPlan::Maybe(it) | ResultPlan::Wrapped(it) => quote!(Option<#it>),
        ResultPlan::Many(it) => quote!(Page<#it>),
    };
    let unwrapped =
        matches!(plan.result, ResultPlan::Wrapped(_)).then(|| quote!(.map(odata_runtime::Single::into_value)));
    let what = match (&plan.kind, &plan.result) {
        (RequestKind::Action { .. }, _) | (_, ResultPlan::Nothing | ResultPlan::One(_) | ResultPlan::Wrapped(_)) => {
            " Sends the request."
        }
        (_, ResultPlan::Maybe(_)) => " Sends the request. The service may answer without the entity.",
        (_, ResultPlan::Many(_)) => " Sends one request, for the first page.",
    };
    quote! {
        #[doc = #what]
        ///
        /// # Errors
        ///
        /// When nothing could be sent, the service refuses, or the answer cannot be read.
        #[inline]
        pub async fn send(self) -> Result<#answer, Error> {
            self.request.send().await #unwrapped
        }
    }
}
