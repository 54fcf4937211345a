//! The pairs of crates that `tests/verdict.sh` compares, and the app that names everything the first of them has.
//!
//! With `VERDICT_CRATES` they are written to that folder: `old/`, one folder a change, `app.rs`, and `verdicts`, a line for
//! each with what `diff` says of it. The app comes of the generated source, not of what `diff` knows.
#![allow(missing_docs, clippy::expect_used, clippy::unwrap_used, clippy::panic)]

#[path = "../generator/tests/data/diff/changes.rs"]
mod changes;

#[path = "verdict/app.rs"]
mod app;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use camino::Utf8PathBuf;
use changes::{CONFIG, SHOP, changes};
use odata_codegen::compile::compile;
use odata_codegen::diff::{Options, Side, diff};
use odata_codegen::input::{Input, InputOptions, read};

/// A document with the configuration, on disk, as a run finds it.
fn input(folder: &Path, document: &str) -> Input {
    fs::create_dir_all(folder).unwrap();
    fs::write(folder.join("shop.csdl"), document).unwrap();
    fs::write(folder.join("codegen.toml"), CONFIG).unwrap();
    let config = Utf8PathBuf::from_path_buf(folder.join("codegen.toml")).unwrap();
    let mut said = Vec::new();
    let input = read(&InputOptions::new(config), &mut said);
    assert!(said.is_empty(), "{said:?}");
    input
}

fn generated(mut input: Input) -> BTreeMap<String, String> {
    let mut said = Vec::new();
    input.accept_renames = true;
    let compiled = compile(&input, &mut said);
    assert!(!said.iter().any(odata_codegen::diagnostic::Diagnostic::is_error), "{said:?}");
    compiled.files.into_iter().collect()
}

fn write(folder: &Path, files: &BTreeMap<String, String>) {
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

#[test]
fn an_app_names_everything_that_the_old_crate_has() {
    let folder = tempfile::tempdir().unwrap();
    let mut of_old = input(&folder.path().join("old"), SHOP);
    let before = Side::new(&mut of_old, None, Options::default(), &mut Vec::new()).expect("the old side");
    let old = generated(input(&folder.path().join("old"), SHOP));
    let app = app::of(&old);
    for named in
        ["it.total", "shop::n::State::Shut", "shop::n::Shape::Circle", "it.near(", "with_sum(", "shop::n::Order::SUM"]
    {
        assert!(app.contains(named), "{named} is not in {app}");
    }
    let out = std::env::var_os("VERDICT_CRATES").map(PathBuf::from);
    let mut verdicts = String::new();
    for (at, (name, document)) in changes().into_iter().enumerate() {
        let place = folder.path().join(format!("new-{at}"));
        // The names of before, as a run of `generate` keeps them.
        let mut of_new = input(&place, &document);
        fs::write(place.join("codegen.lock"), before.lock()).unwrap();
        let after = Side::new(&mut of_new, Some(&before), Options::default(), &mut Vec::new()).expect(name);
        let verdict = diff(&before, &after).verdict();
        let _infallible = writeln!(verdicts, "new-{at:02} {verdict} {name}");
        if let Some(out) = &out {
            write(&out.join(format!("new-{at:02}")), &generated(input(&place, &document)));
        }
    }
    if let Some(out) = &out {
        write(&out.join("old"), &old);
        fs::write(out.join("app.rs"), app).unwrap();
        fs::write(out.join("verdicts"), verdicts).unwrap();
    }
}
