//! Every state of the history in the corpus is generated, with its foreign types from the corpus' metadata.
//!
//! `tests/history.sh` compiles what is generated: with `HISTORY_CRATE`, the modules are written to that folder.
#![allow(missing_docs, clippy::expect_used, clippy::unwrap_used, clippy::panic)]

mod support;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use camino::Utf8PathBuf;
use odata_codegen::compile::{compile, slice};
use odata_codegen::diagnostic::Diagnostic;
use odata_codegen::input::{InputOptions, read};
use odata_codegen::{lock, output};

const NAMESPACE: &str = "microsoft.graph.callRecords";

/// The states, each as (name, text), in the order of their numbers.
fn states(history: &Path) -> Vec<(String, String)> {
    let files = fs::read_dir(history).unwrap().map(|it| it.unwrap().path());
    let mut files: Vec<PathBuf> = files.filter(|it| it.extension().is_some_and(|it| it == "xml")).collect();
    files.sort();
    let state = |path: &PathBuf| {
        let name = path.file_stem().unwrap().to_str().unwrap().replace('-', "_");
        (format!("state_{name}"), fs::read_to_string(path).unwrap())
    };
    files.iter().map(state).collect()
}

/// The types of `microsoft.graph` that the states refer to, as a document of their own.
fn foreign(folder: &Path, complete: &Path, states: &[(String, String)]) -> Utf8PathBuf {
    let mut names = BTreeSet::new();
    for quoted in states.iter().flat_map(|(_, text)| text.split('"')) {
        let name = quoted.trim_start_matches("Collection(").trim_end_matches(')');
        let simple = name.strip_prefix("microsoft.graph.").or_else(|| name.strip_prefix("graph."));
        names.extend(simple.filter(|it| !it.is_empty() && it.chars().all(char::is_alphanumeric)));
    }
    let text = fs::read_to_string(complete).unwrap();
    let is_declared = |it: &&&str| text.contains(&format!("Type Name=\"{it}\""));
    let types: Vec<String> = names.iter().filter(is_declared).map(|it| format!("\"microsoft.graph.{it}\"")).collect();
    let config = folder.join("foreign.toml");
    let selected = format!("[select]\nderived = \"none\"\ntypes = [{}]\n", types.join(", "));
    fs::write(&config, format!("documents = [{:?}]\n{selected}", complete.to_str().unwrap())).unwrap();
    let mut said = Vec::new();
    let input = read(&InputOptions::new(Utf8PathBuf::from_path_buf(config).unwrap()), &mut said);
    let slice = slice(&input, &mut said).expect("the foreign types");
    let path = Utf8PathBuf::from_path_buf(folder.join("foreign.csdl")).unwrap();
    fs::write(&path, slice).unwrap();
    path
}

#[test]
fn every_state_is_generated() {
    let Some(corpus) = support::corpus("history") else { return };
    let folder = tempfile::tempdir().unwrap();
    let states = states(&corpus.join("history"));
    let foreign = foreign(folder.path(), &corpus.join("metadata/v1.0-Prod.csdl"), &states);
    let config = folder.path().join("codegen.toml");
    let chosen = format!(
        "documents = [\"state.csdl\", \"foreign.csdl\"]\n[output]\nroot = \"mod.rs\"\n\
         [select]\nnamespaces = [\"{NAMESPACE}\"]\n\
         [type.\"{NAMESPACE}.endpoint\"]\nclosed = true\ninfer = true\n\
         [type.\"{NAMESPACE}.userAgent\"]\nclosed = true\ninfer = true\n"
    );
    fs::write(&config, chosen).unwrap();
    let out = std::env::var_os("HISTORY_CRATE").map(PathBuf::from);
    let mut modules = String::from("//! Every state of the history.\n#![deny(warnings)]\n#![allow(missing_docs)]\n");
    for (name, text) in &states {
        // A state is a `Schema` cut out of its document, where the alias of the other namespace stood.
        let document = format!(
            "<edmx:Edmx Version=\"4.0\" xmlns:edmx=\"http://docs.oasis-open.org/odata/ns/edmx\">\
             <edmx:Reference Uri=\"{foreign}\"><edmx:Include Namespace=\"microsoft.graph\" Alias=\"graph\"/>\
             </edmx:Reference><edmx:DataServices>\n{text}\n</edmx:DataServices></edmx:Edmx>"
        );
        fs::write(folder.path().join("state.csdl"), document).unwrap();
        let mut said = Vec::new();
        let input = read(&InputOptions::new(Utf8PathBuf::from_path_buf(config.clone()).unwrap()), &mut said);
        let compiled = compile(&input, &mut said);
        let faults: Vec<&Diagnostic> = said.iter().filter(|it| it.is_error()).collect();
        assert!(faults.is_empty() && !compiled.files.is_empty(), "{name}: {faults:?}");
        // The next one is generated under the names of this one.
        fs::write(lock::beside(&Utf8PathBuf::from_path_buf(config.clone()).unwrap()), &compiled.lock).unwrap();
        let _infallible = writeln!(modules, "pub mod {name};");
        if let Some(out) = &out {
            let target = Utf8PathBuf::from_path_buf(out.join("src").join(name)).unwrap();
            output::write(&target, &compiled.files).unwrap();
        }
    }
    assert!(states.len() >= 50, "{}", states.len());
    if let Some(out) = &out {
        fs::write(out.join("src/lib.rs"), modules).unwrap();
    }
}
