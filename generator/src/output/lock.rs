//! One run at a time for a folder.

use std::fs::File;

use camino::{Utf8Path, Utf8PathBuf};
use fs4::TryLockError;
use sha2::{Digest, Sha256};

use super::{OutputError, io};

/// Held while a folder is written; the system lets go of it however the run ends.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock of a folder. It stands among the temporary files, so that nothing is left beside the output.
    pub(super) fn take(folder: &Utf8Path) -> Result<Self, OutputError> {
        use std::fmt::Write as _;
        let mut name = String::from("odata-codegen-");
        for byte in Sha256::digest(folder.as_str().as_bytes()).iter().take(8) {
            let _infallible = write!(name, "{byte:02x}");
        }
        let temporary = Utf8PathBuf::try_from(std::env::temp_dir()).unwrap_or_else(|_| Utf8PathBuf::from("."));
        let path = temporary.join(name).with_extension("lock");
        let file = File::options().create(true).truncate(false).write(true).open(&path).map_err(io("open", &path))?;
        // Fully qualified: the standard library's method of this name is newer than our oldest compiler.
        match fs4::FileExt::try_lock(&file) {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(OutputError::Busy(folder.to_owned())),
            Err(TryLockError::Error(fault)) => Err(io("lock", &path)(fault)),
        }
    }
}
