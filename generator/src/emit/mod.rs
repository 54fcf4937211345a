//! From a plan to files: quote, syn, prettyplease, then one stage of layout. Nothing is decided here.
//!
//! One small file per kind of item. Every generated function is `#[inline]`: one without it makes the crate itself
//! generate code for all that it reaches.

mod client;
mod closed;
mod enumeration;
mod fixed;
mod layout;
mod model;
mod module;
mod notifications;
mod options;
mod properties;
mod request;
mod rows;
mod shim;
mod structure;
mod tokens;

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use crate::diagnostic::Diagnostic;
use crate::names::Ident;
use crate::parallel::side_by_side;
use crate::plan::{ClientPlan, FilePlan, Item, ModulePlan, NotificationsPlan, Plan, RequestFile, RequestItem};
use fixed::{Fixed, Templates};

/// Generated files: path relative to the output folder, with `/`, and text.
pub type Files = BTreeMap<String, String>;

/// Emits every file of a plan. The files are made side by side, and put together in their order.
///
/// A file that is not valid Rust is a fault of this program, never of its input; it is reported and left out.
#[must_use]
pub fn emit(plan: &Plan, diagnostics: &mut Vec<Diagnostic>) -> Files {
    let gates = Gates { features: plan.features };
    let wanted = wanted(plan);
    let templates = Templates::new(gates);
    let text = |source: &Source<'_>| text(source.pieces(plan, gates), templates.as_ref().map_err(Clone::clone)?);
    let texts = side_by_side(&wanted, |(_, source)| text(source).map_err(|fault| fault.to_string()));
    let mut files = Files::new();
    for ((path, _), text) in wanted.into_iter().zip(texts) {
        match text {
            Ok(text) => {
                if files.contains_key(&path) {
                    diagnostics.push(
                        Diagnostic::error("emit::clash", format!("two files are called `{path}`"))
                            .help("choose another `root` under [output], or another `module` for a namespace"),
                    );
                }
                files.insert(path, text);
            }
            Err(fault) => diagnostics.push(
                Diagnostic::error("emit::invalid", format!("the text of `{path}` is not Rust: {fault}"))
                    .help("this is a fault of odata-codegen; please report it with the document"),
            ),
        }
    }
    files
}

/// A part of a file: one or more items.
enum Piece<'p> {
    Tokens(TokenStream),
    Fixed(Fixed, &'p Ident),
    Text(String),
}

/// Items follow each other without a word between them, so that their texts do too.
fn text(pieces: Vec<Piece<'_>>, templates: &Templates) -> Result<String, syn::Error> {
    let mut text = String::new();
    for piece in pieces {
        text.push_str(&match piece {
            Piece::Tokens(tokens) if tokens.is_empty() => continue,
            Piece::Tokens(tokens) => format(tokens)?,
            Piece::Text(text) => text,
            Piece::Fixed(fixed, name) => templates.text(fixed, name)?,
        });
    }
    Ok(layout::layout(&text))
}

fn format(tokens: TokenStream) -> Result<String, syn::Error> {
    syn::parse2(tokens).map(|file| prettyplease::unparse(&file))
}

/// What a file is made of.
enum Source<'p> {
    Root,
    Namespace(&'p ModulePlan),
    Types(&'p FilePlan),
    Client(&'p ClientPlan),
    Clouds(&'p ClientPlan),
    Requests(&'p ClientPlan),
    Request(&'p RequestFile),
    Notifications(&'p NotificationsPlan),
}

impl<'p> Source<'p> {
    fn pieces(&self, plan: &Plan, gates: Gates) -> Vec<Piece<'p>> {
        let tokens = match self {
            Self::Types(file) => return types_file(file, gates),
            Self::Root => module::root(plan, gates),
            Self::Namespace(module) => module::namespace(module),
            Self::Client(client) => client::client(client),
            Self::Requests(client) => module::requests(client),
            Self::Clouds(client) => client::clouds(&client.clouds),
            Self::Request(file) => request_file(file),
            Self::Notifications(plan) => notifications::notifications(plan),
        };
        vec![Piece::Tokens(tokens)]
    }
}

/// Every file with its path.
fn wanted(plan: &Plan) -> Vec<(String, Source<'_>)> {
    let mut wanted = vec![(plan.root.file.clone(), Source::Root)];
    for module in &plan.modules {
        let folder = module.name.unraw();
        wanted.push((format!("{folder}/mod.rs"), Source::Namespace(module)));
        let files = module.files.iter();
        wanted.extend(files.map(|it| (format!("{folder}/{}.rs", it.name.unraw()), Source::Types(it))));
    }
    if let Some(client) = &plan.client {
        wanted.push(("client.rs".to_owned(), Source::Client(client)));
        wanted.push(("requests/mod.rs".to_owned(), Source::Requests(client)));
        if !client.clouds.is_empty() {
            wanted.push(("clouds.rs".to_owned(), Source::Clouds(client)));
        }
        let files = client.files.iter();
        wanted.extend(files.map(|it| (format!("requests/{}.rs", it.name.unraw()), Source::Request(it))));
    }
    if let Some(notifications) = &plan.notifications {
        wanted.push(("notifications.rs".to_owned(), Source::Notifications(notifications)));
    }
    wanted
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

    fn notifications(self) -> TokenStream {
        if self.features { quote!(#[cfg(feature = "notifications")]) } else { TokenStream::new() }
    }
}

fn request_file(file: &RequestFile) -> TokenStream {
    let imports = client::imports(&file.imports);
    let item = match &file.item {
        RequestItem::Resource(plan) => client::resource(plan),
        RequestItem::Import(plan) => request::request(plan),
        RequestItem::Model(plan) => model::model(plan),
    };
    quote!(#imports #item)
}

fn types_file(file: &FilePlan, gates: Gates) -> Vec<Piece<'_>> {
    let imports = file.imports.iter().map(|it| {
        let gate = if it.for_client { gates.client() } else { TokenStream::new() };
        let (cfg, import) = (tokens::cfg(&it.gate), tokens::import(it));
        quote!(#gate #cfg #import)
    });
    let mut pieces = vec![Piece::Tokens(quote!(#(#imports)*))];
    for item in &file.items {
        match item {
            Item::Struct(plan) => pieces.extend(structure::structure(plan, gates)),
            Item::Enum(plan) => pieces.extend(enumeration::enumeration(plan)),
            Item::Closed(plan) => pieces.extend(closed::closed(plan)),
            Item::Alias(plan) => pieces.push(Piece::Tokens(module::alias(plan))),
        }
    }
    pieces
}
