//! What the commands share that look and write nothing: explain, info, tree, search, diagram.

use camino::Utf8PathBuf;
use clap::{ArgAction, Args};
use odata_codegen::compile::look;
use odata_codegen::context::Context;
use odata_codegen::diagnostic::Diagnostic;
use odata_codegen::input::Input;

use super::Common;
use super::progress::Progress;

#[derive(Debug, Args)]
pub(super) struct Looking {
    /// The configuration
    #[arg(long, value_name = "FILE", default_value = "metadata/codegen.toml")]
    config: Utf8PathBuf,
    /// A CSDL document to read in place of the configuration's; may be given again for referenced documents
    #[arg(long = "document", value_name = "FILE", action = ArgAction::Append)]
    documents: Vec<Utf8PathBuf>,
}

impl Looking {
    /// What there is to see, or nothing after an error, which is shown.
    pub(super) fn see<T>(
        &self,
        at: impl FnOnce(&Input, &Context<'_>, &mut Vec<Diagnostic>) -> T,
    ) -> Option<(T, Input)> {
        let progress = Progress::start("reading");
        let mut diagnostics = Vec::new();
        let common =
            Common { config: self.config.clone(), documents: self.documents.clone(), output: None, strict: false };
        let input = common.read(&mut diagnostics);
        progress.now("looking");
        let seen = look(&input, &mut diagnostics, |context, diagnostics| at(&input, context, diagnostics));
        drop(progress);
        let sound = common.report(diagnostics, &input);
        seen.filter(|_| sound).map(|seen| (seen, input))
    }
}
