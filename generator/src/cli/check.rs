//! `odata-codegen check`.

use clap::Args;
use odata_codegen::compile::compile;
use odata_codegen::deprecation::{Date, warnings};
use odata_codegen::input::check_output;
use odata_codegen::output::Difference;
use odata_codegen::{lock, output};
use serde_json::json;

use super::format::{Format, fenced, show};
use super::progress::Progress;
use super::{Common, Outcome, today};

#[derive(Debug, Args)]
pub(super) struct Options {
    #[command(flatten)]
    common: Common,
    /// The day on which removals are looked at, in place of the one at hand
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<Date>,
}

pub(super) fn run(options: &Options, format: Format) -> Outcome {
    let Options { common: options, today: day } = options;
    let progress = Progress::start("comparing");
    let mut diagnostics = Vec::new();
    let input = options.read(&mut diagnostics);
    let compiled = compile(&input, &mut diagnostics);
    check_output(&input, &mut diagnostics);
    drop(progress);
    diagnostics.extend(warnings(&compiled.removals, day.unwrap_or_else(today)));
    if !options.report(diagnostics, &input) {
        return Outcome::Failed;
    }
    let found = input.lock.as_ref().map(|it| input.sources.text(it.source));
    let lock = input.lock_file.as_ref().and_then(|it| lock::difference(it, found, &compiled.lock));
    match output::check(&input.output, &compiled.files) {
        Ok(differences) if differences.is_empty() && lock.is_none() => {
            let text = format!("{}: up to date ({} files)\n", input.output, compiled.files.len());
            show(format, || text.clone(), || text.clone(), || json!({ "differences": [] }))
        }
        Ok(differences) => {
            let all: Vec<&Difference> = differences.iter().chain(&lock).collect();
            let diffs = || all.iter().map(|it| it.diff.as_str()).collect::<String>();
            let json = || {
                let one = |it: &&Difference| json!({ "path": it.path, "diff": it.diff });
                json!({ "differences": all.iter().map(one).collect::<Vec<_>>() })
            };
            // That it differs is the outcome, whatever becomes of what is shown.
            let _shown = show(format, diffs, || fenced("diff", &diffs()), json);
            if !differences.is_empty() {
                eprintln!("error: {} files of {} differ from what the metadata says", differences.len(), input.output);
            }
            if let (Some(_), Some(path)) = (lock, &input.lock_file) {
                eprintln!("error: {path} is not what `generate` would write");
            }
            eprintln!(
                "help: run `odata-codegen generate` (here: `cargo run -- generate`), review and commit the result"
            );
            Outcome::Failed
        }
        Err(fault) => {
            eprintln!("error: {fault}");
            Outcome::Failed
        }
    }
}
