//! What the struct of a request offers: query options, and the ways to send it.

use proc_macro2::TokenStream;
use quote::quote;

use crate::plan::{OperationPlan, RequestKind, ResultPlan};

/// A query option, by the word that would refuse it.
pub(super) fn option(word: &str, plan: &OperationPlan) -> Option<TokenStream> {
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
pub(super) fn always(plan: &OperationPlan) -> TokenStream {
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

/// How a request stands in a batch.
pub(super) fn batchable(plan: &OperationPlan) -> TokenStream {
    let (name, answer) = (&plan.name, answer(&plan.result));
    let unwrapped = matches!(plan.result, ResultPlan::Wrapped(_)).then(|| quote!(.into_value()));
    quote! {
        impl odata_runtime::client::Batchable for #name {
            type Answer = #answer;
            #[inline]
            fn prepare(self) -> odata_runtime::client::Prepared<#answer> {
                self.request.prepare() #unwrapped
            }
        }
    }
}

fn answer(result: &ResultPlan) -> TokenStream {
    match result {
        ResultPlan::Nothing => quote!(()),
        ResultPlan::One(it) => quote!(#it),
        ResultPlan::Maybe(it) | ResultPlan::Wrapped(it) => quote!(Option<#it>),
        ResultPlan::Many(it) => quote!(Page<#it>),
    }
}

/// How a request is sent.
pub(super) fn send(plan: &OperationPlan) -> TokenStream {
    let answer = answer(&plan.result);
    let unwrapped = matches!(plan.result, ResultPlan::Wrapped(_))
        .then(|| quote!(.map(|it| it.and_then(odata_runtime::Single::into_value))));
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
