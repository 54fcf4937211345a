//! One run at a time for a folder.

use std::fs::{self, File};

use camino::{Utf8Path, Utf8PathBuf};
use fs4::TryLockError;

use super::{OutputError, beside, io};

/// Held while a folder is written; the system lets go of it however the run ends.
#[derive(Debug)]
pub(super) struct Lock {
    path: Utf8PathBuf,
    _file: File,
}

impl Lock {
    /// Takes the lock of a folder. It stands beside the folder: whoever can write the one finds the other.
    pub(super) fn take(folder: &Utf8Path) -> Result<Self, OutputError> {
        let path = beside(folder, "lock");
        let file = File::options().create(true).truncate(false).write(true).open(&path).map_err(io("open", &path))?;
        // Fully qualified: the standard library's method of this name is newer than our oldest compiler.
        match fs4::FileExt::try_lock(&file) {
            // Between opening and locking, the run before may have removed the file, and a third one made it anew.
            Ok(()) if is_at(&file, &path) => Ok(Self { path, _file: file }),
            Ok(()) | Err(TryLockError::WouldBlock) => Err(OutputError::Busy(folder.to_owned())),
            Err(TryLockError::Error(fault)) => Err(io("lock", &path)(fault)),
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // The file is still locked. One that stays is in nobody's way.
        let _ = fs::remove_file(&self.path);
    }
}

#[cfg(unix)]
fn is_at(file: &File, path: &Utf8Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    match (file.metadata(), fs::metadata(path)) {
        (Ok(ours), Ok(there)) => (ours.dev(), ours.ino()) == (there.dev(), there.ino()),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_at(_file: &File, path: &Utf8Path) -> bool {
    path.exists()
}
