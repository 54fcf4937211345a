//! Writes a folder: the new one is built beside the old one and takes its place in one step.

use std::fs;

use camino::{Utf8Path, Utf8PathBuf};

use super::lock::Lock;
use super::stage::stage;
use super::swap::Places;
use super::{OutputError, io, manifest};
use crate::emit::Files;

/// What a run did to the folder.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// Files that are new or have other text.
    pub written: usize,
    /// Files that stayed as they were, times included.
    pub unchanged: usize,
    /// Files of the manifest that are no longer generated.
    pub removed: usize,
}

/// Makes a folder hold these files, beside what is in it that is not ours.
///
/// The new folder is complete before the old one moves; a run that dies between the two renames leaves the old one under
/// the name `.NAME.odata-codegen-old`, and the next run puts it back first. Nothing is written but the folder and, beside
/// it and for the time of the run, names that begin with `.NAME.odata-codegen-`.
///
/// # Errors
///
/// When the file system refuses, a file that is not ours is in the way, another run is at work, or the folder cannot be
/// replaced as a whole: it has a `.git` in it, or the current directory. The folder is then as it was; it is new only where
/// what it replaced cannot be removed, because the file system refuses or because there is something new in it
/// ([`OutputError::LeftOver`]).
pub fn write(folder: &Utf8Path, files: &Files) -> Result<Written, OutputError> {
    manifest::require_plain(files)?;
    let folder = settle(folder)?;
    refuse_current_directory(&folder)?;
    let _lock = Lock::take(&folder)?;
    let places = Places::of(&folder);
    places.recover()?;

    let result = replace(&places, files);
    // Also what a failed run has staged. Its own fault comes first, and the next run starts with this again.
    let discarded = places.discard_new();
    let report = result?;
    discarded?;
    Ok(report)
}

fn replace(places: &Places<'_>, files: &Files) -> Result<Written, OutputError> {
    let folder = places.folder;
    let owned = manifest::read(folder)?;
    let mut all: Files = files.clone();
    all.insert(manifest::NAME.to_owned(), manifest::text(files));
    let mut report = stage(folder, &places.new, &all, &owned)?;
    report.removed = owned.iter().filter(|it| !files.contains_key(*it) && folder.join(it).exists()).count();
    if report.written > 0 || report.removed > 0 {
        places.swap()?;
    }
    Ok(report)
}

/// The folder behind links, so that a link stays one. Its parent is made where it is missing.
fn settle(folder: &Utf8Path) -> Result<Utf8PathBuf, OutputError> {
    let no_name = || OutputError::NoName(folder.to_owned());
    let name = folder.file_name().ok_or_else(no_name)?;
    if let Ok(real) = folder.canonicalize_utf8() {
        // A link may lead to the root of the file system.
        return if real.file_name().is_some() { Ok(real) } else { Err(no_name()) };
    }
    let parent = folder.parent().filter(|it| !it.as_str().is_empty()).unwrap_or(Utf8Path::new("."));
    fs::create_dir_all(parent).map_err(io("create", parent))?;
    let parent = parent.canonicalize_utf8().map_err(io("find", parent))?;
    Ok(parent.join(name))
}

/// A process would find itself in a folder that is no longer there.
fn refuse_current_directory(folder: &Utf8Path) -> Result<(), OutputError> {
    match std::env::current_dir().and_then(fs::canonicalize) {
        Ok(current) if current.starts_with(folder) => Err(OutputError::CurrentDirectory(folder.to_owned())),
        // A current directory that is already gone cannot be within the folder.
        Ok(_) | Err(_) => Ok(()),
    }
}
