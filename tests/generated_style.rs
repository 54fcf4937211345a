//! Generated code is data plus single calls into the runtime (ARCHITECTURE.md, invariant 5).
#![allow(missing_docs, clippy::expect_used, clippy::unwrap_used, clippy::panic)]

mod support;

use std::path::PathBuf;

use syn::visit::{self, Visit};

fn generated() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![support::here("generated/src")];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).expect("folder") {
            let path = entry.expect("entry").path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|it| it == "rs") {
                found.push(path);
            }
        }
    }
    assert!(found.len() > 80, "only {} generated files found", found.len());
    found
}

#[derive(Default)]
struct Style {
    faults: Vec<String>,
    functions: usize,
}

impl Style {
    fn function(&mut self, name: &syn::Ident, attributes: &[syn::Attribute]) {
        self.functions += 1;
        // One function without it makes the crate itself generate code for all that it reaches (emission trap 1).
        if !attributes.iter().any(|it| it.path().is_ident("inline")) {
            self.faults.push(format!("fn {name} is not #[inline]"));
        }
    }

    fn refuse(&mut self, what: &str) {
        self.faults.push(what.to_owned());
    }
}

impl<'a> Visit<'a> for Style {
    fn visit_impl_item_fn(&mut self, it: &'a syn::ImplItemFn) {
        self.function(&it.sig.ident, &it.attrs);
        visit::visit_impl_item_fn(self, it);
    }

    fn visit_item_fn(&mut self, it: &'a syn::ItemFn) {
        self.function(&it.sig.ident, &it.attrs);
        visit::visit_item_fn(self, it);
    }

    fn visit_expr(&mut self, it: &'a syn::Expr) {
        match it {
            syn::Expr::ForLoop(_) | syn::Expr::While(_) | syn::Expr::Loop(_) => self.refuse("a loop"),
            syn::Expr::If(_) => self.refuse("a branch that is no match"),
            syn::Expr::Unsafe(_) => self.refuse("unsafe"),
            syn::Expr::Index(_) => self.refuse("indexing"),
            syn::Expr::MethodCall(call) if call.method == "unwrap" || call.method == "expect" => self.refuse("unwrap"),
            _ => {}
        }
        visit::visit_expr(self, it);
    }

    fn visit_macro(&mut self, it: &'a syn::Macro) {
        self.refuse(&format!("macro {}!", it.path.segments.last().expect("segment").ident));
    }

    fn visit_attribute(&mut self, it: &'a syn::Attribute) {
        // The front page is the README: the one macro in the output.
        if let syn::Meta::List(list) = &it.meta
            && list.path.is_ident("derive")
        {
            let derives = list.tokens.to_string();
            for derive in derives.split(',').map(str::trim) {
                let known = ["Debug", "Clone", "Default", "PartialEq", "Eq", "PartialOrd", "Ord", "Hash"];
                if !known.contains(&derive) {
                    self.refuse(&format!("derive({derive})"));
                }
            }
        }
    }
}

#[test]
fn generated_code_is_data_plus_single_calls() {
    let mut functions = 0;
    for path in generated() {
        let text = std::fs::read_to_string(&path).expect("text");
        assert!(text.starts_with("// @generated"), "{} has no header", path.display());
        let file = syn::parse_file(&text).expect("Rust");
        let mut style = Style::default();
        style.visit_file(&file);
        assert!(style.faults.is_empty(), "{}: {:?}", path.display(), style.faults);
        functions += style.functions;
    }
    assert!(functions > 300, "only {functions} functions seen");
}

/// A folder a namespace, a file a type: the file is named after the first type in it.
#[test]
fn a_file_holds_one_type() {
    for path in generated() {
        let folder = path.parent().and_then(|it| it.file_name()).expect("folder").to_string_lossy().into_owned();
        let name = path.file_stem().expect("name").to_string_lossy().into_owned();
        if !["call_records", "graph"].contains(&folder.as_str()) || name == "mod" {
            continue;
        }
        let file = syn::parse_file(&std::fs::read_to_string(&path).expect("text")).expect("Rust");
        let types: Vec<String> = file
            .items
            .iter()
            .filter_map(|item| match item {
                syn::Item::Struct(it) => Some(it.ident.to_string()),
                syn::Item::Enum(it) => Some(it.ident.to_string()),
                _ => None,
            })
            .collect();
        let squeezed = name.replace('_', "");
        assert_eq!(types.first().map(|it| it.to_lowercase()), Some(squeezed), "{}", path.display());
        // A closed base has the struct behind its `Other` beside it.
        assert!(types.len() == 1 || types.get(1) == types.first().map(|it| format!("{it}Base")).as_ref());
    }
}
