//! `odata-codegen diff`.

use std::process::ExitCode;

use camino::{Utf8Path, Utf8PathBuf};
use clap::{ArgAction, Args};
use odata_codegen::deprecation::Date;
use odata_codegen::diagnostic::Diagnostic;
use odata_codegen::diff::{Class, Diff, Options as SideOptions, Side, diff, json, markdown, text, without_container};
use odata_codegen::input::{self, Input, InputOptions};

use super::{Format, Outcome, report, say, today};

/// What `diff --help` ends with.
const ABOUT: &str = "\
Both documents are compared under one configuration; without one, every namespace of theirs is. Where one of them has no
entity container, no path leads anywhere: then namespaces are selected, and functions and actions compared as declared.
With --exit-code the status is 3 when something was added and 4 when something breaks; 1 is a fault in the input.";

#[derive(Debug, Args)]
#[command(after_help = ABOUT)]
pub(super) struct Options {
    /// The document of before
    #[arg(value_name = "OLD")]
    old: Utf8PathBuf,
    /// The document of now
    #[arg(value_name = "NEW")]
    new: Utf8PathBuf,
    /// A document with the types of other namespaces, for both; may be given again. Without it those that the
    /// configuration names after its first
    #[arg(long, value_name = "DOCUMENT", action = ArgAction::Append)]
    with: Vec<Utf8PathBuf>,
    /// The configuration; `metadata/codegen.toml` if that is there
    #[arg(long, value_name = "FILE")]
    config: Option<Utf8PathBuf>,
    /// Exit with 3 when something was added and with 4 when something breaks
    #[arg(long)]
    exit_code: bool,
    /// The day on which removals are looked at, in place of the one at hand
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<Date>,
    /// Treat warnings as errors
    #[arg(long)]
    strict: bool,
}

pub(super) fn run(options: &Options, format: Format) -> ExitCode {
    let Some(diff) = compared(options) else { return ExitCode::FAILURE };
    let written = match format {
        Format::Text => text(&diff),
        Format::Json => json(&diff),
        Format::Markdown => markdown(&diff),
    };
    match say(&written) {
        Outcome::Failed => ExitCode::FAILURE,
        Outcome::Done if options.exit_code => status(&diff),
        Outcome::Done => ExitCode::SUCCESS,
    }
}

fn status(diff: &Diff) -> ExitCode {
    match diff.changes.iter().map(|it| it.class).max() {
        Some(Class::Breaking) => ExitCode::from(4),
        Some(Class::Additive) => ExitCode::from(3),
        Some(Class::Invisible) | None => ExitCode::SUCCESS,
    }
}

fn compared(options: &Options) -> Option<Diff> {
    let (mut of_old, mut of_new) = (Vec::new(), Vec::new());
    let mut old = read(options, &options.old, &mut of_old);
    let mut new = read(options, &options.new, &mut of_new);
    // Paths and the service are for a configuration to name.
    let by_namespace = configuration(options).is_none() || without_container(&old) || without_container(&new);
    let day = options.today.unwrap_or_else(today);
    // What the old document still has may be gone in the new one.
    let before = Side::new(&mut old, None, SideOptions { by_namespace, today: None }, &mut of_old);
    let after = Side::new(&mut new, before.as_ref(), SideOptions { by_namespace, today: Some(day) }, &mut of_new);
    let sound = report(of_old, &old.sources, options.strict);
    if !(report(of_new, &new.sources, options.strict) && sound) {
        return None;
    }
    Some(diff(&before?, &after?))
}

fn configuration(options: &Options) -> Option<Utf8PathBuf> {
    const USUAL: &str = "metadata/codegen.toml";
    let usual = || Some(Utf8PathBuf::from(USUAL)).filter(|it| it.is_file());
    options.config.clone().or_else(usual)
}

fn read(options: &Options, main: &Utf8Path, diagnostics: &mut Vec<Diagnostic>) -> Input {
    match configuration(options) {
        Some(config) => {
            let read = InputOptions { documents: options.with.clone(), ..InputOptions::new(config) };
            input::read_from(main, &read, diagnostics)
        }
        None => input::read_alone(main, &options.with, diagnostics),
    }
}
