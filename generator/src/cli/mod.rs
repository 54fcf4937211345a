//! Command line: results on standard output, everything else on standard error. Exit codes: 0 done, 1 a fault in the
//! input or a difference found, 2 wrong usage.
#![allow(clippy::print_stdout, clippy::print_stderr)] // This is where the program talks.

mod check;
mod completions;
mod diagram;
mod diff;
mod explain;
mod extract;
mod fetch;
mod format;
mod generate;
mod info;
mod looking;
mod progress;
mod search;
mod source;
mod tree;
mod update;

use std::io::IsTerminal;
use std::process::ExitCode;

use camino::Utf8PathBuf;
use clap::{ArgAction, Args, Parser, Subcommand};
use odata_codegen::deprecation::Date;
use odata_codegen::diagnostic::{Diagnostic, Severity};
use odata_codegen::input::{self, Input, InputOptions};
use odata_codegen::report::{Style, render};
use odata_codegen::source::Sources;

use format::Format;

/// Generates Rust from OData CSDL ($metadata).
#[derive(Debug, Parser)]
#[command(name = "odata-codegen", version, about, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// How the result is written
    #[arg(long, global = true, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Generate the files that the configuration asks for
    Generate(generate::Options),
    /// Compare the generated files with what would be generated; exit 1 when they differ
    Check(check::Options),
    /// Say what changes for the users of the crate from one document to another, and what release it takes
    Diff(diff::Options),
    /// Take a document from a URL or a file, if it is one, and record where it comes from
    Fetch(fetch::Options),
    /// Take a new document: its slice, what changes for apps, the generated files, the lock and the changelog, in one go
    Update(update::Options),
    /// Write the part of a document that the configuration selects, as canonical CSDL without descriptive text
    Extract(extract::Options),
    /// Say why a type or property is generated, what it becomes, where it stands, and which configuration touches it
    Explain(explain::Options),
    /// Say what the documents hold, what the configuration selects of it, and what that costs in types and lines
    Info(info::Options),
    /// Show the paths that are generated, what can be done there, and the permissions for it
    Tree(tree::Options),
    /// Find types, properties, members and operations by a part of their names, generated or not
    Search(search::Options),
    /// Draw the generated types and what leads from one to the other
    Diagram(diagram::Options),
    /// Write the script that completes this command in a shell
    Completions(completions::Options),
}

/// Options of every command.
#[derive(Debug, Args)]
struct Common {
    /// The configuration
    #[arg(long, value_name = "FILE", default_value = "metadata/codegen.toml")]
    config: Utf8PathBuf,
    /// A CSDL document to read in place of the configuration's; may be given again for referenced documents
    #[arg(long = "document", value_name = "FILE", action = ArgAction::Append)]
    documents: Vec<Utf8PathBuf>,
    /// The output folder in place of the configuration's
    #[arg(long, value_name = "FOLDER")]
    output: Option<Utf8PathBuf>,
    /// Treat warnings as errors
    #[arg(long)]
    strict: bool,
}

/// What a command comes to.
enum Outcome {
    Done,
    Failed,
}

pub(crate) fn run() -> ExitCode {
    // clap itself exits with 2 on wrong usage.
    let Cli { command, format } = Cli::parse();
    let outcome = match command {
        Command::Generate(options) => generate::run(&options, format),
        Command::Check(options) => check::run(&options, format),
        Command::Diff(options) => return diff::run(&options, format),
        Command::Fetch(options) => fetch::run(&options, format),
        Command::Update(options) => update::run(&options, format),
        Command::Extract(options) => extract::run(&options, format),
        Command::Explain(options) => explain::run(&options, format),
        Command::Info(options) => info::run(&options, format),
        Command::Tree(options) => tree::run(&options, format),
        Command::Search(options) => search::run(&options, format),
        Command::Diagram(options) => diagram::run(&options, format),
        Command::Completions(options) => completions::run(&options),
    };
    match outcome {
        Outcome::Done => ExitCode::SUCCESS,
        Outcome::Failed => ExitCode::FAILURE,
    }
}

/// Writes a result to standard output. A reader that went away (`| head`) ends the command as it would end any other.
fn say(text: &str) -> Outcome {
    use std::io::Write as _;
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => Outcome::Done,
        Err(fault) if fault.kind() == std::io::ErrorKind::BrokenPipe => Outcome::Done,
        Err(fault) => {
            eprintln!("error: cannot write to standard output: {fault}");
            Outcome::Failed
        }
    }
}

impl Common {
    fn read(&self, diagnostics: &mut Vec<Diagnostic>) -> Input {
        let options = InputOptions {
            documents: self.documents.clone(),
            output: self.output.clone(),
            ..InputOptions::new(&self.config)
        };
        input::read(&options, diagnostics)
    }

    /// Shows what there is to say; whether the run may go on.
    fn report(&self, diagnostics: Vec<Diagnostic>, input: &Input) -> bool {
        report(diagnostics, &input.sources, self.strict)
    }
}

/// Shows what there is to say; whether the run may go on.
fn report(mut diagnostics: Vec<Diagnostic>, sources: &Sources, strict: bool) -> bool {
    if strict {
        for diagnostic in &mut diagnostics {
            diagnostic.severity = Severity::Error;
        }
    }
    let color = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|it| it.is_empty());
    let text = render(&diagnostics, sources, Style { color });
    if !text.is_empty() {
        eprintln!("{}", text.trim_end());
    }
    !diagnostics.iter().any(Diagnostic::is_error)
}

/// The day at hand, in UTC.
fn today() -> Date {
    jiff::tz::TimeZone::UTC.to_datetime(jiff::Timestamp::now()).date()
}
