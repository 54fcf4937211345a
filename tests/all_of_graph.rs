//! All types of Microsoft Graph, as far as a debug build does it in passing: what the compiler has to say about the
//! document. `tests/all-of-graph.sh` generates, compiles and measures.
#![allow(missing_docs, clippy::expect_used)]

mod support;

use std::fmt::Write as _;

use odata_codegen::config;
use odata_codegen::csdl::{self, Limits};
use odata_codegen::diagnostic::Diagnostic;
use odata_codegen::input::{InputOptions, read};
use odata_codegen::lock::Pins;
use odata_codegen::model::resolve;
use odata_codegen::names::names;
use odata_codegen::plan::plan;
use odata_codegen::select::select;

/// `UPDATE_EXPECT=1 cargo test --test all_of_graph` writes the warnings anew. They quote no line of the document.
#[test]
fn the_warnings_are_as_they_were() {
    let Some(corpus) = support::corpus("the_warnings_are_as_they_were") else { return };
    let config = camino::Utf8PathBuf::try_from(support::here("tests/graph/codegen.toml")).expect("UTF-8");
    let document = camino::Utf8PathBuf::try_from(corpus.join("metadata/v1.0-Prod.csdl")).expect("UTF-8");
    let mut diagnostics = Vec::new();
    let options = InputOptions { documents: vec![document], ..InputOptions::new(config) };
    let input = read(&options, &mut diagnostics);
    let limits = Limits::default();
    let texts = input.documents.iter().map(|id| (*id, input.sources.text(*id)));
    let documents: Vec<_> = texts.map(|(id, text)| csdl::read(id, text, &limits, &mut diagnostics)).collect();
    let overlays = input.config.overlays();
    let model = resolve(&documents, &overlays, &mut diagnostics);
    let selection = select(&model, &input.config, input.unknown, &mut diagnostics);
    config::check(&model, &selection, &input.config, input.unknown, &mut diagnostics);
    let names = names(&model, &selection, &input.config, Pins::default(), &mut diagnostics);
    let plan = plan(&model, &selection, &names, &input.config, None, &mut diagnostics);

    assert!(!diagnostics.iter().any(Diagnostic::is_error), "{diagnostics:?}");
    assert_eq!(plan.modules.len(), 11);
    let planned: usize = plan.modules.iter().map(|it| it.files.len()).sum();
    assert_eq!(planned, 3_822, "types and enumerations");
    let said = diagnostics.iter().fold(String::new(), |mut said, it| {
        let (line, column) = it.primary.as_ref().map_or((0, 0), |(span, _)| input.sources.line_column(*span));
        let _infallible = writeln!(said, "{line}:{column} {} {}", it.code, it.message);
        said
    });
    expect_test::expect_file!["graph/warnings.txt"].assert_eq(&said);
}
