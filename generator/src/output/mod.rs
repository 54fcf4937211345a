//! The last stage, and the only one that writes: a folder of files, all of it or nothing.
//!
//! [`write()`] leaves the folder as it was or makes it fully new, keeps unchanged files (and their times) and what is not
//! ours, and deletes only what its manifest lists. [`check()`] compares and touches nothing. [`replace()`] is for single files beside it, such as the lock.

mod check;
mod lock;
mod manifest;
mod replace;
mod stage;
mod swap;
mod write;

pub use check::{Difference, check};
pub use replace::{Replaced, replace};
pub use write::{Written, write};

use camino::{Utf8Path, Utf8PathBuf};

/// Why the output could not be read or written.
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
    /// A repository has its data within the folder, which is replaced as a whole.
    #[error(
        "`{0}` is a repository's own, and the output folder is replaced as a whole: generate into a folder below it"
    )]
    Repository(Utf8PathBuf),
    /// The path ends in `..` or in nothing: what stands beside the folder cannot be named after it.
    #[error("the output folder `{0}` has no name of its own: give a folder that is the output's alone")]
    NoName(Utf8PathBuf),
    /// The folder is the current directory or holds it, and is replaced as a whole.
    #[error(
        "the current directory is `{0}` or within it, and this folder is replaced as a whole: run odata-codegen from outside of it, or generate into another folder"
    )]
    CurrentDirectory(Utf8PathBuf),
    /// A run that died has left the replaced folder, and some of it is only there.
    #[error(
        "`{old}` was replaced by `{folder}`, but `{only_there}` is only in the former: move what you need from `{old}` to `{folder}`, then delete `{old}`"
    )]
    LeftOver {
        /// The folder that was replaced.
        old: Utf8PathBuf,
        /// The output folder.
        folder: Utf8PathBuf,
        /// A file that would be lost, relative to the folder.
        only_there: Utf8PathBuf,
    },
    /// A generated file would not be within the folder.
    #[error("`{0}` is not a plain path within the output folder; this is a fault of odata-codegen: please report it")]
    Outside(String),
}

fn io(doing: &'static str, path: &Utf8Path) -> impl FnOnce(std::io::Error) -> OutputError {
    move |cause| OutputError::Io { doing, path: path.to_owned(), cause }
}

/// A name of our own next to a folder, so that it is in the same file system and nobody else's.
fn beside(folder: &Utf8Path, what: &str) -> Utf8PathBuf {
    folder.with_file_name(format!(".{}.odata-codegen-{what}", folder.file_name().unwrap_or("generated")))
}
