//! `odata-codegen extract`.

use camino::{Utf8Path, Utf8PathBuf};
use clap::{ArgAction, Args};
use odata_codegen::compile::slice;
use odata_codegen::diagnostic::Diagnostic;
use odata_codegen::input::{self, Input, InputOptions};
use odata_codegen::output::replace;
use serde_json::json;

use super::format::{Format, fenced, show};
use super::progress::Progress;
use super::{Common, Outcome};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The published document to take the slice from
    #[arg(long, value_name = "FILE")]
    from: Utf8PathBuf,
    /// A document that it refers to, read in place of those that the configuration names after its first; may be given
    /// again. Nothing of it is in the slice
    #[arg(long = "document", value_name = "FILE", action = ArgAction::Append)]
    documents: Vec<Utf8PathBuf>,
    /// The configuration
    #[arg(long, value_name = "FILE", default_value = "metadata/codegen.toml")]
    config: Utf8PathBuf,
    /// Where the slice goes; standard output when absent
    #[arg(long, value_name = "FILE")]
    output: Option<Utf8PathBuf>,
    /// Treat warnings as errors
    #[arg(long)]
    strict: bool,
}

pub(super) fn run(options: &Options, format: Format) -> Outcome {
    let progress = Progress::start("extracting");
    let mut diagnostics = Vec::new();
    let read = InputOptions {
        documents: options.documents.clone(),
        output: options.output.clone(),
        ..InputOptions::new(&options.config)
    };
    let input = input::read_from(&options.from, &read, &mut diagnostics);
    let slice = slice(&input, &mut diagnostics);
    // What did not even read is not a document to be recorded.
    diagnostics.extend(other_document(&input, &options.from).filter(|_| slice.is_some()));
    let common = Common {
        config: options.config.clone(),
        documents: Vec::new(),
        output: options.output.clone(),
        strict: options.strict,
    };
    drop(progress);
    let sound = common.report(diagnostics, &input);
    let (true, Some(slice)) = (sound, slice) else { return Outcome::Failed };
    let Some(path) = &options.output else {
        return show(format, || slice.clone(), || fenced("xml", &slice), || json!({ "slice": slice }));
    };
    // A link stays one, and no file that was just read is replaced.
    let path = &path.canonicalize_utf8().unwrap_or_else(|_| path.clone());
    if path.exists() && !path.is_file() {
        eprintln!("error: `{path}` is no regular file and is not replaced");
        eprintln!("help: give another file with --output");
        return Outcome::Failed;
    }
    if input.files.iter().any(|it| it.canonicalize_utf8().is_ok_and(|it| it == *path)) {
        eprintln!("error: `{path}` was read by this run and is not replaced");
        eprintln!("help: give another file with --output");
        return Outcome::Failed;
    }
    match replace(&[(path.clone(), slice.clone().into_bytes())]) {
        Ok(_) => {
            let lines = slice.lines().count();
            let text = || format!("{path}: {lines} lines\n");
            show(format, text, text, || json!({ "path": path.as_str(), "lines": lines }))
        }
        Err(fault) => {
            eprintln!("error: {fault}");
            Outcome::Failed
        }
    }
}

/// The configuration records which published document the slice comes from.
fn other_document(input: &Input, from: &Utf8Path) -> Option<Diagnostic> {
    let sum = input.sha256.as_deref()?;
    let recorded = input.config.value.provenance.sha256.as_ref().filter(|it| it.get_ref() != sum)?;
    Some(
        Diagnostic::warning("extract::other-document", format!("`{from}` is not the document that is recorded"))
            .at(input.config.span(recorded), "recorded here")
            .help(format!("under [provenance] write `sha256 = \"{sum}\"`, and its commit and date")),
    )
}
