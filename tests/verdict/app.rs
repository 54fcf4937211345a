//! From the files of a generated crate to an app that names every field, variant, constant, method and parameter of it with
//! its type.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use syn::visit_mut::VisitMut;

/// The crate as the app calls it.
const KRATE: &str = "shop";

/// The text of the app's functions; the file it is put in has a `main`.
pub(crate) fn of(files: &BTreeMap<String, String>) -> String {
    let mut app = String::from("#![allow(dead_code, deprecated, clippy::all)]\n");
    let mut count = 0;
    for (path, text) in files {
        let Some(path) = path.strip_suffix(".rs") else { continue };
        let modules: Vec<String> = path.split('/').map(str::to_owned).collect();
        // What a module re-exports is named where it stands.
        if matches!(modules.last().map(String::as_str), Some("mod" | "lib" | "clouds")) {
            continue;
        }
        let parsed = syn::parse_file(text).unwrap();
        let mut scope = Scope { modules, names: BTreeMap::new(), own: String::new() };
        for item in &parsed.items {
            match item {
                syn::Item::Use(it) => scope.uses(&[], &it.tree),
                syn::Item::Struct(it) => scope.declares(&it.ident),
                syn::Item::Enum(it) => scope.declares(&it.ident),
                syn::Item::Type(it) => scope.declares(&it.ident),
                _ => {}
            }
        }
        for item in &parsed.items {
            for body in scope.item(item) {
                let _infallible = writeln!(app, "{}", body.replacen("fn _", &format!("fn _{count}"), 1));
                count += 1;
            }
        }
    }
    app
}

/// What the names of one file stand for.
struct Scope {
    modules: Vec<String>,
    names: BTreeMap<String, String>,
    own: String,
}

impl Scope {
    /// What a module holds is re-exported by it: the file is no part of the path.
    fn declares(&mut self, name: &syn::Ident) {
        let parent = self.modules.split_last().map_or(&[][..], |(_, parent)| parent);
        let path: Vec<String> = std::iter::once(KRATE.to_owned()).chain(parent.iter().cloned()).collect();
        self.names.insert(name.to_string(), format!("{}::{name}", path.join("::")));
    }

    fn uses(&mut self, path: &[String], tree: &syn::UseTree) {
        match tree {
            syn::UseTree::Path(it) => {
                let path: Vec<String> = path.iter().cloned().chain([it.ident.to_string()]).collect();
                self.uses(&path, &it.tree);
            }
            syn::UseTree::Name(it) => {
                let full = self.full(path, &it.ident.to_string());
                self.names.insert(it.ident.to_string(), full);
            }
            syn::UseTree::Group(it) => it.items.iter().for_each(|it| self.uses(path, it)),
            syn::UseTree::Rename(_) | syn::UseTree::Glob(_) => {}
        }
    }

    fn full(&self, path: &[String], name: &str) -> String {
        let mut modules = Vec::new();
        match path.first().map(String::as_str) {
            Some("super") => {
                modules.push(KRATE.to_owned());
                let ups = path.iter().take_while(|it| *it == "super").count();
                modules.extend(self.modules.iter().take(self.modules.len().saturating_sub(ups)).cloned());
                modules.extend(path.iter().skip(ups).cloned());
            }
            Some("odata_runtime") => {
                modules.push(KRATE.to_owned());
                modules.extend(path.iter().cloned());
            }
            _ => modules.extend(path.iter().cloned()),
        }
        modules.push(name.to_owned());
        modules.join("::")
    }

    /// Code with every path from the root, as text.
    fn text<T: Clone + quote::ToTokens>(&mut self, tokens: &T, visit: fn(&mut Self, &mut T)) -> String {
        let mut tokens = tokens.clone();
        visit(self, &mut tokens);
        tokens.to_token_stream().to_string().replace(" :: ", "::")
    }

    fn ty(&mut self, ty: &syn::Type) -> String {
        self.text(ty, VisitMut::visit_type_mut)
    }

    fn item(&mut self, item: &syn::Item) -> Vec<String> {
        let public = |it: &syn::Visibility| matches!(it, syn::Visibility::Public(_));
        match item {
            syn::Item::Struct(it) => {
                let owner = self.names.get(&it.ident.to_string()).cloned().unwrap();
                let fields = it.fields.iter().filter(|it| public(&it.vis)).map(|field| {
                    let (name, ty) = (field.ident.as_ref().unwrap(), self.ty(&field.ty));
                    format!("fn _(it: &{owner}) {{ let _: &{ty} = &it.{name}; }}")
                });
                fields.collect()
            }
            syn::Item::Enum(it) => {
                let owner = self.names.get(&it.ident.to_string()).cloned().unwrap();
                let variants = it.variants.iter().map(|variant| {
                    let name = &variant.ident;
                    match variant.fields.iter().next() {
                        Some(field) => {
                            let ty = self.ty(&field.ty);
                            format!("fn _(it: &{owner}) {{ if let {owner}::{name}(it) = it {{ let _: &{ty} = it; }} }}")
                        }
                        None => format!("fn _() -> {owner} {{ {owner}::{name} }}"),
                    }
                });
                variants.collect()
            }
            syn::Item::Type(it) => {
                let owner = self.names.get(&it.ident.to_string()).cloned().unwrap();
                let ty = self.ty(&it.ty);
                vec![format!("fn _(it: {owner}) -> {ty} {{ it }}")]
            }
            syn::Item::Impl(it) => self.block(it),
            _ => Vec::new(),
        }
    }

    fn block(&mut self, block: &syn::ItemImpl) -> Vec<String> {
        self.own.clear();
        let owner = self.ty(&block.self_ty);
        self.own.clone_from(&owner);
        if let Some((path, _)) = &block.trait_ {
            let tells = path.segments.last().is_some_and(|it| it.ident == "DerivedFrom" || it.ident == "From");
            if !tells || !block.generics.params.is_empty() {
                return Vec::new();
            }
            let bound = self.text(path, VisitMut::visit_path_mut);
            return vec![format!("fn _() {{ fn has<T: {bound}>() {{}} has::<{owner}>(); }}")];
        }
        let items = block.items.iter().filter_map(|it| match it {
            syn::ImplItem::Const(it) if matches!(it.vis, syn::Visibility::Public(_)) => {
                let (name, ty) = (&it.ident, self.ty(&it.ty));
                Some(format!("fn _() {{ let _: {ty} = {owner}::{name}; }}"))
            }
            syn::ImplItem::Fn(it) if matches!(it.vis, syn::Visibility::Public(_)) => self.method(&owner, &it.sig),
            _ => None,
        });
        items.collect()
    }

    /// A call with arguments of the types that the method has; those that are `impl Trait` stay so.
    fn method(&mut self, owner: &str, sig: &syn::Signature) -> Option<String> {
        if !sig.generics.params.is_empty() {
            return None;
        }
        let (mut parameters, mut arguments) = (Vec::new(), Vec::new());
        let mut receiver = None;
        for (at, input) in sig.inputs.iter().enumerate() {
            match input {
                syn::FnArg::Receiver(it) => {
                    let by_reference = quote::ToTokens::to_token_stream(it).to_string().starts_with('&');
                    receiver = Some(if by_reference { "&" } else { "" });
                }
                syn::FnArg::Typed(it) => {
                    parameters.push(format!("a{at}: {}", self.ty(&it.ty)));
                    arguments.push(format!("a{at}"));
                }
            }
        }
        let name = &sig.ident;
        let mut call = match receiver {
            Some(by) => {
                parameters.insert(0, format!("it: {by}{owner}"));
                format!("it.{name}({})", arguments.join(", "))
            }
            None => format!("{owner}::{name}({})", arguments.join(", ")),
        };
        let result = match &sig.output {
            syn::ReturnType::Type(_, ty) if !matches!(**ty, syn::Type::ImplTrait(_)) => format!(": {}", self.ty(ty)),
            _ => String::new(),
        };
        let is_async = if sig.asyncness.is_some() { "async " } else { "" };
        if sig.asyncness.is_some() {
            call.push_str(".await");
        }
        Some(format!("{is_async}fn _({}) {{ let _{result} = {call}; }}", parameters.join(", ")))
    }
}

impl VisitMut for Scope {
    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        syn::visit_mut::visit_path_mut(self, path);
        let words: Vec<String> = path.segments.iter().map(|it| it.ident.to_string()).collect();
        let Some((name, before)) = words.split_last() else { return };
        let full = match before {
            [] if name == "Self" && !self.own.is_empty() => self.own.clone(),
            [] => match self.names.get(name) {
                Some(full) => full.clone(),
                None => return,
            },
            [first, ..] if first == "super" || first == "odata_runtime" => self.full(before, name),
            _ => return,
        };
        let arguments = path.segments.last().map(|it| it.arguments.clone());
        let mut replaced: syn::Path = syn::parse_str(&full).unwrap();
        if let (Some(last), Some(arguments)) = (replaced.segments.last_mut(), arguments) {
            last.arguments = arguments;
        }
        *path = replaced;
    }
}
