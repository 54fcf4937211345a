//! `codegen.lock`: every Rust name that has been given to a CSDL name, and from what.
//!
//! It stands beside the configuration and is an input like any other: [`crate::names`] keeps what it says, so that a
//! regeneration renames nothing, whatever was added or removed meanwhile. `generate` writes it anew after the output.
//! Names of things that are gone are kept under `[gone]`, for the day that they come back: documents do take back what
//! they have added. Until then anything new may take such a name, and it is forgotten.
//!
//! Names stand as Rust has them (`r#type`). What a derived type inherits under the name that its base has for it is not
//! repeated; constants that are the upper case of their field are not written.

mod carry;
mod changes;
mod difference;
mod file;
mod pins;
mod text;

pub use changes::Changes;
pub use difference::{difference, is_text};
pub use file::{CallLock, GoneLock, Lock, ModelLock, OptionsLock, ResourceLock, TypeLock};
pub use pins::{Pin, Pins};
pub use text::text;

use file::Tables;

use camino::{Utf8Path, Utf8PathBuf};

use crate::config::Loaded;
use crate::diagnostic::Diagnostic;
use crate::source::{SourceId, Sources, Span};

/// The version of the format that this program reads and writes.
pub const FORMAT: u32 = 1;

/// Where the lock of a configuration stands: `codegen.lock` for `codegen.toml`.
#[must_use]
pub fn beside(config: &Utf8Path) -> Utf8PathBuf {
    let path = config.with_extension("lock");
    if path == config { Utf8PathBuf::from(format!("{config}.lock")) } else { path }
}

/// Reads a lock. A fault yields an empty one and a diagnostic: to go on without would rename what it keeps.
pub fn read(source: SourceId, sources: &Sources, diagnostics: &mut Vec<Diagnostic>) -> Loaded<Lock> {
    const CURE: &str =
        "restore the file from version control; if that is no way, delete it, and everything is named anew";
    const CONFLICT: &str =
        "a merge left both sides: keep the names of both, either side of [inputs], then run `odata-codegen generate`";
    let text = sources.text(source);
    let start = Span::new(source, 0..text.len().min(1));
    let head = toml::from_str::<file::Head>(text).ok().and_then(|it| it.format);
    if let Some(format) = head.as_ref().filter(|it| *it.get_ref() != i64::from(FORMAT)) {
        let fault = format!("the lock has format {}, and this odata-codegen knows format {FORMAT}", format.get_ref());
        diagnostics.push(
            Diagnostic::error("lock::format", fault)
                .at(Span::new(source, format.span()), "here")
                .help("use the version of odata-codegen that wrote it, or a later one"),
        );
        return Loaded { value: Lock::default(), source };
    }
    let mut invalid = |fault: &str, span: Option<std::ops::Range<usize>>| {
        let span = span.map_or(start, |it| Span::new(source, it));
        // Two branches that changed the metadata meet here every time.
        let cure = if text.lines().any(|it| it.starts_with("<<<<<<<")) { CONFLICT } else { CURE };
        diagnostics.push(Diagnostic::error("lock::invalid", fault.trim_end()).at(span, "here").help(cure));
        Lock::default()
    };
    let value = match toml::from_str(text) {
        // An empty file is none that we wrote, and would rename everything.
        Ok(lock) if head.is_none() => {
            drop::<Lock>(lock);
            invalid("the lock does not say which format it has", None)
        }
        Ok(lock) => lock,
        Err(fault) => invalid(fault.message(), fault.span()),
    };
    Loaded { value, source }
}
