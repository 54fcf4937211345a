//! The last stage, and the only one that writes: a folder of files, all of it or nothing.
//!
//! [`write`] leaves the folder as it was or makes it fully new, keeps unchanged files (and their times) and files that are
//! not ours, and deletes only what its [`manifest`] lists. [`check`] compares and touches nothing.

mod check;
mod lock;
mod manifest;
mod write;

pub use check::{Difference, check};
pub use write::{Written, write};

use camino::Utf8PathBuf;

/// Why the output could not be read or written. The folder is as it was.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// The file system refuses.
    #[error("cannot {doing} `{path}`: {cause}")]
    Io {
        /// What was tried.
        doing: &'static str,
        /// With what.
        path: Utf8PathBuf,
        /// What the system says.
        cause: std::io::Error,
    },
    /// A file stands where a generated one goes, and the manifest does not list it.
    #[error(
        "`{0}` is in the way: it stands where a generated file goes, but the manifest does not list it as generated"
    )]
    InTheWay(Utf8PathBuf),
    /// Another run writes to the same folder.
    #[error("another run of odata-codegen is writing to `{0}`")]
    Busy(Utf8PathBuf),
}

fn io(doing: &'static str, path: &camino::Utf8Path) -> impl FnOnce(std::io::Error) -> OutputError {
    move |cause| OutputError::Io { doing, path: path.to_owned(), cause }
}
