//! Namespaces as features of the crate: `tests/goldens/features` is compared, compiled with one of its two namespaces (with
//! both where all features are on), and used.
//!
//! `UPDATE_EXPECT=1 cargo test --test namespace_features` writes it anew. `tests/all-of-graph.sh` checks the same at the
//! size of Graph, with each feature alone.
#![allow(missing_docs, clippy::expect_used, clippy::unwrap_used, clippy::panic)]

mod support;

use odata_codegen::compile::compile;
use odata_codegen::input::{InputOptions, read};
use odata_codegen::output;
use odata_runtime::{from_str, to_string};

// The layout is the generator's, and so is the choice of lints.
#[rustfmt::skip]
#[allow(clippy::pedantic, unreachable_pub, dead_code, unused_imports, unused_qualifications)]
#[path = "goldens/features/src/mod.rs"]
mod features;

use features::{Address, Item};

#[test]
fn features_are_as_they_were() {
    let folder = camino::Utf8PathBuf::try_from(support::here("tests/goldens/features")).expect("UTF-8");
    let mut diagnostics = Vec::new();
    let input = read(&InputOptions::new(folder.join("codegen.toml")), &mut diagnostics);
    let compiled = compile(&input, &mut diagnostics);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        output::write(&input.output, &compiled.files).expect("written");
    }
    let differences = output::check(&input.output, &compiled.files).expect("compared");
    let shown: String = differences.into_iter().map(|it| it.diff).collect();
    assert!(shown.is_empty(), "{shown}\nif this is meant, run `UPDATE_EXPECT=1 cargo test --test namespace_features`");
}

#[test]
fn what_is_selected_by_type_is_there_without_any_feature() {
    let it: Address = from_str(r#"{"street":"Long Lane"}"#).expect("decoded");
    assert_eq!(it.street.as_deref(), Some("Long Lane"));
}

/// Choices are told apart by their places: those of namespaces that are not there must not move the others.
#[test]
#[cfg(feature = "archive")]
fn the_choices_that_are_there_are_told_apart() {
    let stated = r##"{"@odata.type":"#Sample.Archive.scroll","id":"a","length":2.5}"##;
    for text in [stated, r#"{"id":"a","length":2.5}"#] {
        let it: Item = from_str(text).expect("decoded");
        assert!(matches!(&it, Item::Scroll(scroll) if scroll.length == Some(2.5)), "{it:?}");
        assert_eq!(it.id().map(String::as_str), Some("a"));
        assert_eq!(to_string(&it).expect("encoded"), text);
    }
}

#[test]
fn a_choice_of_a_namespace_that_is_not_there_is_the_base_and_loses_nothing() {
    let stated = r##"{"@odata.type":"#Sample.Library.book","id":"b","pages":7}"##;
    for text in [stated, r#"{"id":"b","pages":7}"#] {
        let it: Item = from_str(text).expect("decoded");
        assert_eq!(matches!(it, Item::Other(_)), !cfg!(feature = "library"), "{it:?}");
        assert_eq!(to_string(&it).expect("encoded"), text);
    }
}

fn faults(codegen: &str) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = camino::Utf8Path::from_path(folder.path()).expect("UTF-8");
    std::fs::copy(support::here("tests/goldens/features/library.csdl"), folder.join("library.csdl")).expect("copied");
    std::fs::write(folder.join("codegen.toml"), codegen).expect("written");
    let mut diagnostics = Vec::new();
    let input = read(&InputOptions::new(folder.join("codegen.toml")), &mut diagnostics);
    let compiled = compile(&input, &mut diagnostics);
    assert_eq!(compiled.files.is_empty(), !diagnostics.is_empty());
    diagnostics.iter().map(|it| it.code.to_string()).collect()
}

/// A namespace called `client` would come in with the requests and the other way round.
#[test]
fn a_namespace_cannot_be_a_feature_that_means_something_else() {
    let codegen = |features: bool, module: &str| {
        format!(
            "documents = [\"library.csdl\"]\n[output]\nfolder = \"src\"\nfeatures = {features}\nnamespace_features = true\n\
             [select]\nnamespaces = [\"Sample.Library\"]\n[namespace.\"Sample.Library\"]\nmodule = \"{module}\"\n"
        )
    };
    assert_eq!(faults(&codegen(true, "serde")), ["plan::feature-clash"]);
    assert_eq!(faults(&codegen(false, "default")), ["plan::feature-clash"]);
    assert!(faults(&codegen(false, "serde")).is_empty());
}
