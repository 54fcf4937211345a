//! The new folder in the place of the old one.

use std::fs;
use std::io::ErrorKind;

use camino::{Utf8Path, Utf8PathBuf};

use super::{OutputError, beside, io, manifest};

/// The folder, and where it stands before and after its time. What is at `new` may always be discarded, what is at `old`
/// only if nothing is lost with it.
#[derive(Debug)]
pub(super) struct Places<'a> {
    /// The output folder.
    pub(super) folder: &'a Utf8Path,
    /// The folder that is to take its place.
    pub(super) new: Utf8PathBuf,
    /// The folder whose place was taken.
    old: Utf8PathBuf,
}

impl<'a> Places<'a> {
    pub(super) fn of(folder: &'a Utf8Path) -> Self {
        Self { folder, new: beside(folder, "new"), old: beside(folder, "old") }
    }

    /// Undoes what a run that died has left.
    pub(super) fn recover(&self) -> Result<(), OutputError> {
        self.discard_new()?;
        match (is_present(&self.old), is_present(self.folder)) {
            (false, _) => Ok(()),
            (true, false) => fs::rename(&self.old, self.folder).map_err(io("restore", self.folder)),
            (true, true) => self.retire_old(),
        }
    }

    /// Puts the new folder in the place of the old one, or leaves the old one there.
    pub(super) fn swap(&self) -> Result<(), OutputError> {
        if !self.folder.exists() {
            return fs::rename(&self.new, self.folder).map_err(io("create", self.folder));
        }
        fs::rename(self.folder, &self.old).map_err(io("move", self.folder))?;
        if let Err(fault) = fs::rename(&self.new, self.folder) {
            fs::rename(&self.old, self.folder).map_err(io("restore", self.folder))?;
            return Err(io("replace", self.folder)(fault));
        }
        self.retire_old()
    }

    /// Removes what is at `new`, if anything is.
    pub(super) fn discard_new(&self) -> Result<(), OutputError> {
        match fs::remove_dir_all(&self.new) {
            Ok(()) => Ok(()),
            Err(fault) if fault.kind() == ErrorKind::NotFound => Ok(()),
            Err(fault) => Err(io("remove", &self.new)(fault)),
        }
    }

    /// Removes the old folder, if every file of it that is not ours is also in the folder.
    fn retire_old(&self) -> Result<(), OutputError> {
        let owned = manifest::read(&self.old)?;
        if let Some(only_there) = self.only_in_old(&self.old, &|path| owned.contains(path))? {
            return Err(OutputError::LeftOver { old: self.old.clone(), folder: self.folder.to_owned(), only_there });
        }
        // Under the other name first: half of an old folder could not be told from one with files to lose.
        fs::rename(&self.old, &self.new).map_err(io("move", &self.old))?;
        self.discard_new()
    }

    fn only_in_old(
        &self,
        within: &Utf8Path,
        is_ours: &dyn Fn(&str) -> bool,
    ) -> Result<Option<Utf8PathBuf>, OutputError> {
        for entry in within.read_dir_utf8().map_err(io("read", within))? {
            let entry = entry.map_err(io("read", within))?;
            let path = entry.path();
            let relative = path.strip_prefix(&self.old).unwrap_or(path);
            if entry.file_type().map_err(io("read", path))?.is_dir() {
                if let Some(found) = self.only_in_old(path, is_ours)? {
                    return Ok(Some(found));
                }
            } else if !is_ours(&relative.as_str().replace('\\', "/")) && !is_present(&self.folder.join(relative)) {
                return Ok(Some(relative.to_owned()));
            }
        }
        Ok(None)
    }
}

/// Also a link to nothing.
fn is_present(path: &Utf8Path) -> bool {
    path.symlink_metadata().is_ok()
}
