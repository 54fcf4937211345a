//! The client, resources and requests: each method is one call.

use proc_macro2::TokenStream;
use quote::quote;

use super::tokens::{docs, import};
use crate::plan::{ClientPlan, OperationPlan, ResourcePlan, StepPlan};

pub(super) fn client(plan: &ClientPlan) -> TokenStream {
    let imports = plan.imports.iter().map(import);
    let (root, scope, lines) = (&plan.root, &plan.scope, docs(&plan.docs));
    let steps = steps(&plan.steps, &quote!(self.client.path()));
    quote! {
        #(#imports)*
        #[doc = " The service root and the scope of its tokens."]
        const SERVICE: Service = Service::new(#root, #scope);
        #lines
        #[derive(Debug, Clone)]
        pub struct Client {
            client: odata_runtime::client::Client,
        }
        impl Client {
            /// A client over the stock transport.
            ///
            /// # Errors
            ///
            /// When the transport cannot be set up, for want of root certificates for example.
            #[inline]
            pub fn new(tokens: impl TokenSource) -> Result<Self, Error> {
                Self::builder().tokens(tokens).build()
            }
            /// Everything that can be set: transport, tokens, service root, limits.
            #[inline]
            pub fn builder() -> Builder<Self> {
                Builder::new(&SERVICE)
            }
            #steps
        }
        impl From<odata_runtime::client::Client> for Client {
            #[inline]
            fn from(client: odata_runtime::client::Client) -> Self {
                Self { client }
            }
        }
    }
}

/// A resource with its requests.
pub(super) fn resource(plan: &ResourcePlan) -> TokenStream {
    let imports = plan.imports.iter().map(import);
    let (name, lines) = (&plan.name, docs(&plan.docs));
    let steps = steps(&plan.steps, &quote!(self.path));
    let get = plan.get.as_ref().map(|it| {
        let (name, lines) = (&it.name, docs(&it.method_docs));
        quote! {
            #lines
            #[inline]
            pub fn get(&self) -> #name {
                #name { request: self.path.get(&GET) }
            }
        }
    });
    let request = plan.get.as_ref().map(get_request);
    quote! {
        #(#imports)*
        #lines
        #[derive(Debug, Clone)]
        pub struct #name {
            pub(crate) path: Path,
        }
        impl #name {
            #get
            #steps
        }
        #request
    }
}

fn steps(steps: &[StepPlan], from: &TokenStream) -> TokenStream {
    let methods = steps.iter().map(|it| {
        let (method, resource, lines) = (&it.method, &it.resource, docs(&it.docs));
        let (argument, step) = match &it.segment {
            Some(segment) => (TokenStream::new(), quote!(segment(#segment))),
            None => (quote!(, id: impl KeySegment), quote!(key(id))),
        };
        quote! {
            #lines
            #[inline]
            #[must_use]
            pub fn #method(&self #argument) -> #resource {
                #resource { path: #from.#step }
            }
        }
    });
    quote!(#(#methods)*)
}

fn get_request(plan: &OperationPlan) -> TokenStream {
    let (name, result, template, permissions) = (&plan.name, &plan.result, &plan.template, &plan.permissions);
    let permissions = (!permissions.is_empty()).then(|| quote!(.permissions(&[#(#permissions),*])));
    let documentation = plan.documentation.as_ref().map(|it| quote!(.documentation(#it)));
    let lines = docs(&plan.docs);
    let select = plan.select.then(|| {
        quote! {
            /// Asks for these properties only: one, or a tuple of them. May be called again.
            #[inline]
            pub fn select(mut self, properties: impl Select<#result>) -> Self {
                self.request.select(properties);
                self
            }
        }
    });
    let expand = plan.expand.then(|| {
        quote! {
            /// Asks for related entities inline: one navigation property, or a tuple of them. May be called again.
            #[inline]
            pub fn expand(mut self, navigations: impl Expand<#result>) -> Self {
                self.request.expand(navigations);
                self
            }
        }
    });
    quote! {
        const GET: Operation = Operation::new(#template) #permissions #documentation;
        #lines
        #[derive(Debug, Clone)]
        #[must_use = "a request does nothing until it is sent"]
        pub struct #name {
            request: Get<#result>,
        }
        impl #name {
            #select
            #expand
            /// Sends the request.
            ///
            /// # Errors
            ///
            /// When nothing could be sent, the service refuses, or the answer cannot be read.
            #[inline]
            pub async fn send(self) -> Result<#result, Error> {
                self.request.send().await
            }
        }
    }
}
