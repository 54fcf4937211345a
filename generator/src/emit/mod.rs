//! From a plan to files: quote, syn, prettyplease, then one stage of layout. Nothing is decided here.
//!
//! One small file per kind of item. Every generated function is `#[inline]`: one without it makes the crate itself
//! generate code for all that it reaches.

mod client;
mod closed;
mod enumeration;
mod layout;
mod module;
mod properties;
mod shim;
mod structure;
mod tokens;

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use crate::diagnostic::Diagnostic;
use crate::plan::{FilePlan, Item, Plan};

/// Generated files: path relative to the output folder, with `/`, and text.
pub type Files = BTreeMap<String, String>;

/// Emits every file of a plan.
///
/// A file that is not valid Rust is a fault of this program, never of its input; it is reported and left out.
#[must_use]
pub fn emit(plan: &Plan, diagnostics: &mut Vec<Diagnostic>) -> Files {
    let mut sink = Sink { files: Files::new(), diagnostics };
    let gates = Gates { features: plan.features };
    sink.add(plan.root.file.clone(), module::root(plan, gates));
    for module in &plan.modules {
        let folder = module.name.unraw();
        sink.add(format!("{folder}/mod.rs"), module::namespace(module));
        for file in &module.files {
            sink.add(format!("{folder}/{}.rs", file.name.unraw()), types_file(file, gates));
        }
    }
    if let Some(client) = &plan.client {
        sink.add("client.rs".to_owned(), client::client(client));
        sink.add("requests/mod.rs".to_owned(), module::requests(client));
        for resource in &client.resources {
            sink.add(format!("requests/{}.rs", resource.file.unraw()), client::resource(resource));
        }
    }
    sink.files
}

/// Which parts stand behind features of the crate.
#[derive(Debug, Clone, Copy)]
struct Gates {
    features: bool,
}

impl Gates {
    fn serde(self) -> TokenStream {
        if self.features { quote!(#[cfg(feature = "serde")]) } else { TokenStream::new() }
    }

    fn client(self) -> TokenStream {
        if self.features { quote!(#[cfg(feature = "client")]) } else { TokenStream::new() }
    }
}

fn types_file(file: &FilePlan, gates: Gates) -> TokenStream {
    let imports = file.imports.iter().map(|it| {
        let gate = if it.for_client { gates.client() } else { TokenStream::new() };
        let import = tokens::import(it);
        quote!(#gate #import)
    });
    let items = file.items.iter().map(|item| match item {
        Item::Struct(plan) => structure::structure(plan, gates),
        Item::Enum(plan) => enumeration::enumeration(plan, gates),
        Item::Closed(plan) => closed::closed(plan, gates),
        Item::Alias(plan) => module::alias(plan),
    });
    quote!(#(#imports)* #(#items)*)
}

struct Sink<'d> {
    files: Files,
    diagnostics: &'d mut Vec<Diagnostic>,
}

impl Sink<'_> {
    fn add(&mut self, path: String, tokens: TokenStream) {
        match syn::parse2::<syn::File>(tokens) {
            Ok(file) => {
                let text = layout::layout(&prettyplease::unparse(&file));
                if self.files.contains_key(&path) {
                    self.diagnostics.push(
                        Diagnostic::error("emit::clash", format!("two files are called `{path}`"))
                            .help("choose another `root` under [output], or another `module` for a namespace"),
                    );
                }
                self.files.insert(path, text);
            }
            Err(fault) => self.diagnostics.push(
                Diagnostic::error("emit::invalid", format!("the text of `{path}` is not Rust: {fault}"))
                    .help("this is a fault of odata-codegen; please report it with the document"),
            ),
        }
    }
}
