//! `odata-codegen update`.

use camino::{Utf8Path, Utf8PathBuf};
use clap::Args;
use odata_codegen::diagnostic::Diagnostic;
use odata_codegen::input;
use odata_codegen::output;
use odata_codegen::update::{Refused, Update, Wanted, json, markdown, prepare, text};
use serde_json::json;

use super::fetch::Fault;
use super::format::{Format, show};
use super::progress::Progress;
use super::source::Source;
use super::{Outcome, report, today};

/// What `update --help` ends with.
const ABOUT: &str = "\
Takes the slice that the configuration selects, says what changes for apps, generates, writes the lock, where the document
comes from, and lines under \"Unreleased\" of the changelog. What docs.toml documents and is gone, and what the configuration
adds and the document has by now, is taken out. All of it or nothing: after a fault everything is as it was.";

#[derive(Debug, Args)]
#[command(after_help = ABOUT)]
pub(super) struct Options {
    #[command(flatten)]
    source: Source,
    /// The configuration
    #[arg(long, value_name = "FILE", default_value = "metadata/codegen.toml")]
    config: Utf8PathBuf,
    /// The changelog; `CHANGELOG.md` beside the output folder, if that is there
    #[arg(long, value_name = "FILE")]
    changelog: Option<Utf8PathBuf>,
    /// Let names change that the lock has and that cannot be kept
    #[arg(long)]
    accept_renames: bool,
    /// The day on which removals are looked at, in place of the one at hand
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<jiff::civil::Date>,
    /// Say what changes, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Treat warnings as errors
    #[arg(long)]
    strict: bool,
}

pub(super) fn run(options: &Options, format: Format) -> Outcome {
    updated(options, format).unwrap_or_else(Fault::tell)
}

fn updated(options: &Options, format: Format) -> Result<Outcome, Fault> {
    let progress = Progress::start("fetching");
    let mut diagnostics = Vec::new();
    let configured = input::configuration(&options.config, &mut diagnostics);
    if diagnostics.iter().any(Diagnostic::is_error) {
        drop(progress);
        report(diagnostics, &configured.sources, false);
        return Ok(Outcome::Failed);
    }
    // What was generated is of the recorded document, as long as it is there.
    let is_there = configured.document().is_some_and(|it| it.exists());
    let Some(got) = options.source.get(&configured.config.value.provenance, is_there)? else {
        drop(progress);
        let text = || "not modified: nothing to update\n".to_owned();
        return Ok(show(format, text, text, || json!({ "modified": false })));
    };
    let changelog = options.changelog.clone().or_else(|| beside(&configured.output()));
    let changelog = changelog.map(|path| match std::fs::read_to_string(&path) {
        Ok(text) => Ok((path, text)),
        Err(fault) if fault.kind() == std::io::ErrorKind::NotFound => Ok((path, "# Changelog\n".to_owned())),
        Err(fault) => Err(Fault::new(format!("cannot read the changelog `{path}`: {fault}"))),
    });
    progress.now("generating");
    let wanted = Wanted {
        config: options.config.clone(),
        name: got.name,
        bytes: got.bytes,
        origin: got.origin,
        changelog: changelog.transpose()?,
        accept_renames: options.accept_renames,
        today: options.today.unwrap_or_else(today),
    };
    let prepared = prepare(&wanted);
    drop(progress);
    let mut update = match prepared {
        Ok(update) => update,
        Err(refused) => {
            let Refused { diagnostics, sources } = *refused;
            report(diagnostics, &sources, options.strict);
            eprintln!("help: nothing is written; mend what is shown, then run `odata-codegen update` again");
            return Ok(Outcome::Failed);
        }
    };
    let doubts = std::mem::take(&mut update.diagnostics);
    if !report(doubts, &update.sources, options.strict) {
        return Ok(Outcome::Failed);
    }
    let written = if options.dry_run { String::new() } else { write(&update)? };
    Ok(show(format, || text(&update) + &written, || markdown(&update), || json(&update)))
}

/// Writes everything, or puts back what was written. Says what was.
fn write(update: &Update) -> Result<String, Fault> {
    let mut replaced = output::replace(&update.files).map_err(|it| Fault::of(&it))?;
    let written = output::write(&update.output, &update.compiled.files).map_err(|fault| {
        replaced.undo();
        Fault::of(&fault)
    })?;
    let files: Vec<String> = update.files.iter().map(|(path, _)| format!("{path}: written\n")).collect();
    Ok(format!(
        "\n{}{}: {} written, {} unchanged, {} removed\n",
        files.concat(),
        update.output,
        written.written,
        written.unchanged,
        written.removed
    ))
}

/// The changelog of the crate whose sources the output is.
fn beside(output: &Utf8Path) -> Option<Utf8PathBuf> {
    let path = match output.parent()? {
        here if here.as_str().is_empty() => Utf8PathBuf::from("CHANGELOG.md"),
        // With `/` on every system, since it is shown.
        folder => Utf8PathBuf::from(format!("{folder}/CHANGELOG.md")),
    };
    Some(path).filter(|it| it.is_file())
}
