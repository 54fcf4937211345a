//! Module files: the root, one a namespace, the requests.

use proc_macro2::TokenStream;
use quote::quote;

use super::Gates;
use super::tokens::{allow_deprecated, cfg, deprecated, docs, inner_docs};
use crate::names::Ident;
use crate::plan::{AliasPlan, ClientPlan, Gate, ModulePlan, Plan};

/// The root: the module tree and what is re-exported from it.
pub(super) fn root(plan: &Plan, gates: Gates) -> TokenStream {
    let front = match &plan.root.readme {
        Some(readme) => quote!(#![doc = include_str!(#readme)]),
        None => inner_docs(&plan.root.docs),
    };
    // Deprecated types are for apps to avoid; what is generated goes on naming them.
    let allowed = allow_deprecated(plan.root.has_deprecated);
    let modules = plan.modules.iter().map(|module| {
        let (name, lines, cfg) = (&module.name, docs(&module.docs), cfg(&module.gate));
        let allow = allow_inception(module);
        quote!(#lines #cfg #allow #allowed pub mod #name;)
    });
    let exports = plan.modules.iter().flat_map(|it| it.at_root.iter().map(|at_root| (&it.name, at_root)));
    let exports = exports.map(|(module, (gate, types))| {
        let cfg = cfg(gate);
        quote!(#cfg #allowed pub use #module::{#(#types),*};)
    });
    let client = plan.client.as_ref().map(|client| {
        let gate = gates.client();
        let clouds = (!client.clouds.is_empty()).then(|| quote!(#gate pub mod clouds;));
        quote! {
            #gate
            #allowed
            mod client;
            #clouds
            #gate
            #allowed
            pub mod requests;
            #gate
            pub use client::Client;
            #gate
            pub use odata_runtime::client::Error;
        }
    });
    let notifications = plan.notifications.as_ref().map(|_| {
        let gate = gates.notifications();
        quote!(#gate mod notifications;)
    });
    // A module within someone's crate leaves re-exporting the runtime to them.
    let runtime = plan.root.is_crate.then(|| {
        quote!(
            pub use odata_runtime;
        )
    });
    // A module within someone's crate may be included from OUT_DIR, where inner attributes are not allowed.
    let head = plan.root.is_crate.then(|| {
        quote! {
            #front
            #![forbid(unsafe_code)]
            #![deny(missing_docs)]
            #![allow(clippy::enum_variant_names)]
        }
    });
    // The service chose its letters. These lints look at a crate as a whole, so nothing less can allow it.
    let head = (plan.root.is_crate && plan.root.beyond_ascii)
        .then(|| quote!(#head #![allow(confusable_idents, mixed_script_confusables, uncommon_codepoints)]))
        .or(head);
    quote! {
        #head
        #(#modules)*
        #client
        #notifications
        #(#exports)*
        #runtime
    }
}

/// A namespace with a type of its own name, as Redfish has many: the type's file is private, so no path says it twice.
fn allow_inception(module: &ModulePlan) -> TokenStream {
    let found = module.files.iter().any(|it| it.name == module.name);
    if found { quote!(#[allow(clippy::module_inception)]) } else { TokenStream::new() }
}

/// One namespace.
pub(super) fn namespace(module: &ModulePlan) -> TokenStream {
    folder(module.files.iter().map(|it| (&it.gate, &it.name, it.exports.as_slice())))
}

/// The requests.
pub(super) fn requests(client: &ClientPlan) -> TokenStream {
    let lines = inner_docs(&["What can be asked of the service, path by path.".to_owned()]);
    let always = Gate::default();
    let files = folder(client.files.iter().map(|it| (&always, &it.name, it.exports.as_slice())));
    quote!(#lines #files)
}

fn folder<'p>(files: impl Iterator<Item = (&'p Gate, &'p Ident, &'p [Ident])> + Clone) -> TokenStream {
    let modules = files.clone().map(|(gate, name, _)| {
        let cfg = cfg(gate);
        quote!(#cfg mod #name;)
    });
    let exports = files.map(|(gate, name, exports)| {
        let cfg = cfg(gate);
        match exports {
            [one] => quote!(#cfg pub use #name::#one;),
            many => quote!(#cfg pub use #name::{#(#many),*};),
        }
    });
    quote!(#(#modules)* #(#exports)*)
}

/// A type definition.
pub(super) fn alias(plan: &AliasPlan) -> TokenStream {
    let (name, ty, lines) = (&plan.name, &plan.ty, docs(&plan.docs));
    let note = deprecated(plan.deprecated.as_deref());
    quote!(#lines #note pub type #name = #ty;)
}
