//! The client, its clouds, and the resources: each method is one call.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::request;
use super::tokens::{deprecated, docs, import};
use crate::config::LimitedPages;
use crate::plan::{ClientPlan, CloudPlan, LimitPlan, ParameterPlan, ResourcePlan, ServicePlan, Step, StepPlan};

pub(super) fn client(plan: &ClientPlan) -> TokenStream {
    let imports = plan.imports.iter().map(import);
    let (service, lines) = (service(&plan.service, &plan.clouds), docs(&plan.docs));
    let path = quote!(self.client.path());
    let steps = steps(&plan.steps, &path);
    let operations = plan.operations.iter().map(|it| request::method(it, &path));
    let batch = plan.service.batch.map(batch);
    quote! {
        #(#imports)*
        #lines
        #[derive(Debug, Clone)]
        pub struct Client {
            client: odata_runtime::client::Client,
        }
        impl Client {
            /// The service as its configuration describes it: what a recording of exchanges wants to know.
            pub const SERVICE: &'static Service = &#service;
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
                Builder::new(Self::SERVICE)
            }
            #batch
            #(#operations)*
            #steps
        }
        impl From<odata_runtime::client::Client> for Client {
            #[inline]
            fn from(client: odata_runtime::client::Client) -> Self {
                Self { client }
            }
        }
        impl AsRef<odata_runtime::client::Client> for Client {
            #[inline]
            fn as_ref(&self) -> &odata_runtime::client::Client {
                &self.client
            }
        }
    }
}

fn batch(most: u32) -> TokenStream {
    let lines = format!(" Requests to send in one exchange, {most} at the most.");
    quote! {
        #[doc = #lines]
        #[inline]
        pub fn batch(&self) -> odata_runtime::client::Batch {
            self.client.batch()
        }
    }
}

/// What differs from the runtime's own defaults is said.
fn service(plan: &ServicePlan, clouds: &[CloudPlan]) -> TokenStream {
    let (root, scope) = (&plan.root, &plan.scope);
    let clouds = (!clouds.is_empty()).then(|| quote!(.clouds(super::clouds::ALL)));
    let delegated = (!plan.delegated).then(|| quote!(.delegated(false)));
    let list = |method: TokenStream, names: &[String]| (!names.is_empty()).then(|| quote!(.#method(&[#(#names),*])));
    let (secret, personal) = (list(quote!(secret), &plan.secret), list(quote!(personal), &plan.personal));
    let prefer = plan.prefer.as_ref().map(|it| quote!(.prefer(#it)));
    let batch = plan.batch.map(Literal::u32_unsuffixed).map(|it| quote!(.batch(#it)));
    let all = plan.limits.iter().map(limit);
    let limits = (!plan.limits.is_empty()).then(|| quote!(.limits(&[#(#all),*])));
    quote!(Service::new(#root, #scope) #clouds #delegated #secret #personal #prefer #batch #limits)
}

fn limit(plan: &LimitPlan) -> TokenStream {
    let (requests, seconds) = (Literal::u32_unsuffixed(plan.requests), Literal::u64_unsuffixed(plan.seconds));
    let path = plan.path.as_ref().map(|it| quote!(.at(#it)));
    let pages = plan.pages.map(|it| match it {
        LimitedPages::First => quote!(.first_pages()),
        LimitedPages::Later => quote!(.later_pages()),
    });
    quote!(Limit::new(#requests, Duration::from_secs(#seconds)) #path #pages)
}

/// The clouds as constants.
pub(super) fn clouds(plans: &[CloudPlan]) -> TokenStream {
    let constants = plans.iter().map(|it| {
        let (constant, lines, [name, root, scope, authority]) = (&it.constant, docs(&it.docs), &it.facts);
        quote!(#lines pub const #constant: Cloud = Cloud::new(#name, #root, #scope, #authority);)
    });
    let all = plans.iter().map(|it| &it.constant);
    quote! {
        #![doc = " Where else the service is: each of these has a root, a scope and an authority of its own."]
        use odata_runtime::client::Cloud;
        #(#constants)*
        #[doc = " All of them."]
        pub const ALL: &[Cloud] = &[#(#all),*];
    }
}

/// A resource with its requests.
pub(super) fn resource(plan: &ResourcePlan) -> TokenStream {
    let (name, lines) = (&plan.name, docs(&plan.docs));
    let path = quote!(self.path);
    let steps = steps(&plan.steps, &path);
    let methods = plan.operations.iter().map(|it| request::method(it, &path));
    let requests = plan.operations.iter().map(request::request);
    quote! {
        #lines
        #[derive(Debug, Clone)]
        pub struct #name {
            pub(crate) path: Path,
        }
        impl #name {
            #(#methods)*
            #steps
        }
        #(#requests)*
    }
}

fn steps(steps: &[StepPlan], from: &TokenStream) -> TokenStream {
    let methods = steps.iter().map(|it| {
        let (method, resource, lines) = (&it.method, &it.resource, docs(&it.docs));
        let deprecated = deprecated(it.deprecated.as_deref());
        let (arguments, step) = step(&it.step);
        let given = if let Step::Keys(parts) = &it.step { parts.len() } else { 1 };
        let many = allow_many(given);
        quote! {
            #lines
            #deprecated
            #many
            #[inline]
            #[must_use]
            pub fn #method(&self #arguments) -> #resource {
                #resource { path: #from.#step }
            }
        }
    });
    quote!(#(#methods)*)
}

fn step(step: &Step) -> (TokenStream, TokenStream) {
    match step {
        Step::Segment(segment) => (TokenStream::new(), quote!(segment(#segment))),
        Step::Cast(name) => (TokenStream::new(), quote!(cast(#name))),
        Step::Key(name) => (quote!(, #name: impl KeySegment), quote!(key(#name))),
        Step::Keyed(it) => {
            let (name, argument) = (&it.name, in_url(it));
            (quote!(, #argument), quote!(keyed(#name)))
        }
        Step::Keys(parts) => {
            let arguments = parts.iter().map(in_url);
            let values = literals(parts);
            (quote!(, #(#arguments),*), quote!(keys(&[#values])))
        }
    }
}

/// The metadata decides how many there are.
pub(super) fn allow_many(given: usize) -> TokenStream {
    // clippy's limit, of which `self` is one.
    if given < 7 { TokenStream::new() } else { quote!(#[allow(clippy::too_many_arguments)]) }
}

/// A value that stands in a URL; text is borrowed.
pub(super) fn in_url(plan: &ParameterPlan) -> TokenStream {
    let name = &plan.name;
    let ty = plan.ty.as_ref().map_or_else(|| quote!(&str), |ty| quote!(#ty));
    if plan.is_optional { quote!(#name: Option<#ty>) } else { quote!(#name: #ty) }
}

/// Names and values as the runtime takes them.
pub(super) fn literals<'p>(plans: impl IntoIterator<Item = &'p ParameterPlan>) -> TokenStream {
    let pairs = plans.into_iter().map(|it| {
        let (wire, name) = (&it.wire, &it.name);
        match (it.is_json, it.is_optional) {
            (true, true) => quote!((#wire, &#name.as_ref().map(Json))),
            (true, false) => quote!((#wire, &Json(&#name))),
            (false, _) => quote!((#wire, &#name)),
        }
    });
    quote!(#(#pairs),*)
}

/// The imports of a file.
pub(super) fn imports(plans: &[crate::plan::ImportPlan]) -> TokenStream {
    let imports = plans.iter().map(import);
    quote!(#(#imports)*)
}
