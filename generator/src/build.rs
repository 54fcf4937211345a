//! The call for build scripts.

use camino::Utf8PathBuf;

use crate::compile::compile;
use crate::diagnostic::Diagnostic;
use crate::input::{self, InputOptions};
use crate::output;
use crate::report::{Style, render};

/// Generates from a build script.
#[derive(Debug, Clone)]
pub struct Build {
    options: InputOptions,
}

impl Build {
    /// Generates what a configuration file says; paths are relative to the package.
    pub fn new(config: impl Into<Utf8PathBuf>) -> Self {
        Self { options: InputOptions::new(config) }
    }

    /// Writes to a folder other than the configuration's, such as one within `OUT_DIR`.
    #[must_use]
    pub fn output(mut self, folder: impl Into<Utf8PathBuf>) -> Self {
        self.options.output = Some(folder.into());
        self
    }

    /// Generates, tells cargo what to watch, and passes warnings on. Ends the build script with the diagnostics on
    /// standard error and exit code 1 where there is an error; the folder is then as it was.
    #[allow(clippy::print_stdout, clippy::print_stderr)] // A build script talks to cargo this way.
    pub fn run(&self) {
        let mut diagnostics = Vec::new();
        let input = input::read(&self.options, &mut diagnostics);
        for file in &input.files {
            println!("cargo::rerun-if-changed={file}");
        }
        let compiled = compile(&input, &mut diagnostics);
        input::check_output(&input, &mut diagnostics);
        let (errors, warnings): (Vec<Diagnostic>, Vec<Diagnostic>) =
            diagnostics.into_iter().partition(Diagnostic::is_error);
        for line in render(&warnings, &input.sources, Style { color: false }).lines() {
            println!("cargo::warning={line}");
        }
        if !errors.is_empty() {
            eprintln!("{}", render(&errors, &input.sources, Style { color: false }));
            std::process::exit(1);
        }
        if let Err(fault) = output::write(&input.output, &compiled.files) {
            eprintln!("{fault}");
            std::process::exit(1);
        }
    }
}
