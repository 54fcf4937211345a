//! `odata-codegen generate`.

use camino::Utf8Path;
use clap::Args;
use odata_codegen::compile::{compile, counted};
use odata_codegen::input::{Input, check_output};
use odata_codegen::lock::{self, Changes};
use odata_codegen::output::{self, OutputError};
use serde_json::json;

use super::format::{Format, show};
use super::progress::Progress;
use super::{Common, Outcome};

/// What `generate --help` ends with.
const ABOUT_THE_LOCK: &str = "\
The names in codegen.lock, beside the configuration, are kept, and it is written anew after the files. With a --document
or an --output that is not the configuration's own, the lock is read and left as it is.";

#[derive(Debug, Args)]
#[command(after_help = ABOUT_THE_LOCK)]
pub(super) struct Options {
    #[command(flatten)]
    common: Common,
    /// Let names change that the lock has and that cannot be kept
    #[arg(long)]
    accept_renames: bool,
}

pub(super) fn run(options: &Options, format: Format) -> Outcome {
    let Options { common: options, accept_renames } = options;
    let progress = Progress::start("generating");
    let mut diagnostics = Vec::new();
    let input = Input { accept_renames: *accept_renames, ..options.read(&mut diagnostics) };
    let compiled = compile(&input, &mut diagnostics);
    check_output(&input, &mut diagnostics);
    drop(progress);
    if !options.report(diagnostics, &input) {
        return Outcome::Failed;
    }
    match output::write(&input.output, &compiled.files) {
        Ok(written) => {
            // Last: should it fail, the lock of before still stands for every name that the files have.
            let locked = match input.lock_file.as_deref().map(|it| (it, keep(it, &input, &compiled.lock))) {
                Some((_, Err(fault))) => {
                    eprintln!("error: cannot write the lock: {fault}");
                    return Outcome::Failed;
                }
                Some((path, Ok(true))) => about_lock(path, &input, &compiled.lock),
                Some((_, Ok(false))) | None => String::new(),
            };
            let (summary, files) = (compiled.summary, compiled.files.len());
            let text = || {
                format!(
                    "{}: {summary} in {}: {} written, {} unchanged, {} removed
{locked}",
                    input.output,
                    counted(files, "file"),
                    written.written,
                    written.unchanged,
                    written.removed,
                )
            };
            let json = || {
                json!({
                    "output": input.output.as_str(),
                    "types": summary.types(),
                    "structs": summary.structured,
                    "enums": summary.enumerations,
                    "files": files,
                    "written": written.written,
                    "unchanged": written.unchanged,
                    "removed": written.removed,
                    "lock": locked.trim_end(),
                })
            };
            show(format, text, text, json)
        }
        Err(fault) => {
            eprintln!("error: {fault}");
            Outcome::Failed
        }
    }
}

/// What the new lock says that the one before did not.
fn about_lock(path: &Utf8Path, input: &Input, wanted: &str) -> String {
    let changes = Changes::of(input.lock.as_ref().map(|it| &it.value), wanted);
    match &input.lock {
        // Who has a first lock has no names to miss.
        None => format!("{path}: written, {} names\n", changes.new),
        Some(_) if changes.is_empty() => format!("{path}: written, every name as before\n"),
        Some(_) => format!("{path}: written, {changes}\n"),
    }
}

/// Writes the lock, complete or not at all; one that is as it would be is left alone. Whether it was written.
fn keep(path: &Utf8Path, input: &Input, wanted: &str) -> Result<bool, OutputError> {
    let found = input.lock.as_ref().map(|it| input.sources.text(it.source));
    if lock::is_text(found, wanted) {
        return Ok(false);
    }
    output::replace(&[(path.to_owned(), wanted.as_bytes().to_vec())]).map(|_| true)
}
