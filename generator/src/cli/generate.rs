//! `odata-codegen generate`.

use camino::Utf8Path;
use clap::Args;
use odata_codegen::compile::compile;
use odata_codegen::input::{Input, check_output};
use odata_codegen::{lock, output};

use super::{Common, Outcome, extract, say};

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

pub(super) fn run(options: &Options) -> Outcome {
    let Options { common: options, accept_renames } = options;
    let mut diagnostics = Vec::new();
    let input = Input { accept_renames: *accept_renames, ..options.read(&mut diagnostics) };
    let compiled = compile(&input, &mut diagnostics);
    check_output(&input, &mut diagnostics);
    if !options.report(diagnostics, &input) {
        return Outcome::Failed;
    }
    match output::write(&input.output, &compiled.files) {
        Ok(written) => {
            // Last: should it fail, the lock of before still stands for every name that the files have.
            if let Some(fault) = input.lock_file.as_deref().and_then(|it| keep(it, &input, &compiled.lock).err()) {
                eprintln!("error: cannot write the lock: {fault}");
                return Outcome::Failed;
            }
            let summary = compiled.summary;
            say(&format!(
                "{}: {} types ({} structs, {} enums) in {} files: {} written, {} unchanged, {} removed\n",
                input.output,
                summary.types(),
                summary.structured,
                summary.enumerations,
                compiled.files.len(),
                written.written,
                written.unchanged,
                written.removed,
            ))
        }
        Err(fault) => {
            eprintln!("error: {fault}");
            Outcome::Failed
        }
    }
}

/// Writes the lock, complete or not at all; one that is as it would be is left alone.
fn keep(path: &Utf8Path, input: &Input, wanted: &str) -> std::io::Result<()> {
    let found = input.lock.as_ref().map(|it| input.sources.text(it.source));
    if lock::is_text(found, wanted) {
        return Ok(());
    }
    // A link stays one.
    extract::replace(&path.canonicalize_utf8().unwrap_or_else(|_| path.to_owned()), wanted)
}
