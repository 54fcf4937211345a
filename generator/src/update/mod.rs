//! What `odata-codegen update` does before it writes anything: from a new document to every file that changes with it.
//!
//! 1. `overlays`: what the configuration adds and the document has by now is taken out of the configuration.
//! 2. [`crate::extract`]: the slice, or the whole document where the configuration has it whole.
//! 3. `docs`: entries of `docs.toml` for what is gone are taken out; what has none is listed.
//! 4. [`crate::compile`]: the files and the lock.
//! 5. [`crate::diff`]: what changes for apps; `changelog` writes it down.
//!
//! All of it on texts that stand nowhere yet ([`InputOptions::texts`](crate::input::InputOptions::texts)), so that a fault
//! at any step leaves everything as it was.

mod changelog;
mod docs;
mod edit;
mod overlays;
mod prepare;
mod show;

pub use prepare::prepare;
pub use show::{json, markdown, text};

use camino::Utf8PathBuf;

use crate::compile::Compiled;
use crate::deprecation::Date;
use crate::diagnostic::Diagnostic;
use crate::diff::Diff;
use crate::provenance::Origin;
use crate::source::Sources;

/// What to update, and from what.
#[derive(Debug)]
pub struct Wanted {
    /// `codegen.toml`.
    pub config: Utf8PathBuf,
    /// What the new document is called in messages.
    pub name: String,
    /// All of it.
    pub bytes: Vec<u8>,
    /// Where it comes from.
    pub origin: Origin,
    /// The changelog and its text; none is written without it.
    pub changelog: Option<(Utf8PathBuf, String)>,
    /// Whether names may change that the lock has and that cannot be kept.
    pub accept_renames: bool,
    /// The day on which removals are looked at.
    pub today: Date,
}

/// Everything that is to be written, and what there is to say of it.
#[derive(Debug)]
pub struct Update {
    /// Files other than the generated ones that are not as they were, with their bytes.
    pub files: Vec<(Utf8PathBuf, Vec<u8>)>,
    /// The output folder.
    pub output: Utf8PathBuf,
    /// What goes there.
    pub compiled: Compiled,
    /// What changes for apps.
    pub diff: Diff,
    /// What `docs.toml` has no entry for.
    pub lacking: Vec<String>,
    /// Entries of `docs.toml` that were taken out, since what they document is gone.
    pub undocumented: Vec<String>,
    /// Additions of the configuration that were taken out, since the document has them itself.
    pub caught_up: Vec<String>,
    /// Where the new document comes from.
    pub origin: Origin,
    /// Doubts about the result.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts that they point into.
    pub sources: Sources,
}

/// Why nothing is written.
#[derive(Debug)]
pub struct Refused {
    /// What is wrong.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts that it points into.
    pub sources: Sources,
}
