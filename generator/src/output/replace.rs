//! Single files, complete or not at all, and several of them together.

use std::fs;

use camino::{Utf8Path, Utf8PathBuf};

use super::{OutputError, io};

/// What stood there before, to be put back.
#[derive(Debug, Default)]
#[must_use = "dropped, there is no way back"]
pub struct Replaced {
    before: Vec<(Utf8PathBuf, Option<Vec<u8>>)>,
}

/// Replaces files: each is written beside its place, and they take their places only when all of them are there. Links
/// stay links, folders are made where they are missing.
///
/// # Errors
///
/// When the file system refuses or something other than a file stands in a place. All files are then as they were.
pub fn replace(files: &[(Utf8PathBuf, Vec<u8>)]) -> Result<Replaced, OutputError> {
    let mut staged = Vec::new();
    let mut replaced = Replaced::default();
    let result = stage(files, &mut staged).and_then(|()| swap(&staged, &mut replaced));
    if result.is_err() {
        for (_, beside) in &staged {
            // The first fault is told; what moved already is no longer there.
            let _already_failing = fs::remove_file(beside);
        }
        replaced.undo();
    }
    // `undo` has emptied it after a fault.
    result.map(|()| replaced)
}

impl Replaced {
    /// Puts everything back as it was.
    pub fn undo(&mut self) {
        for (path, before) in self.before.drain(..).rev() {
            // Somebody else's fault brings us here, and that is the one to tell.
            let _already_failing = match before {
                Some(bytes) => fs::write(&path, bytes),
                None => fs::remove_file(&path),
            };
        }
    }
}

fn stage(files: &[(Utf8PathBuf, Vec<u8>)], staged: &mut Vec<(Utf8PathBuf, Utf8PathBuf)>) -> Result<(), OutputError> {
    for (path, bytes) in files {
        let real = path.canonicalize_utf8().unwrap_or_else(|_| path.clone());
        if real.exists() && !real.is_file() {
            return Err(io("replace", path)(std::io::Error::other("it is no regular file")));
        }
        if let Some(folder) = real.parent().filter(|it| !it.as_str().is_empty()) {
            fs::create_dir_all(folder).map_err(io("create", folder))?;
        }
        let beside = real.with_file_name(format!(".{}.new", real.file_name().unwrap_or("file")));
        staged.push((real.clone(), beside.clone()));
        fs::write(&beside, bytes).map_err(io("write", &beside))?;
        keep_permissions(&real, &beside)?;
    }
    Ok(())
}

fn keep_permissions(from: &Utf8Path, to: &Utf8Path) -> Result<(), OutputError> {
    match fs::metadata(from) {
        Ok(found) => fs::set_permissions(to, found.permissions()).map_err(io("set the permissions of", to)),
        // Nothing stands there yet.
        Err(_) => Ok(()),
    }
}

fn swap(staged: &[(Utf8PathBuf, Utf8PathBuf)], replaced: &mut Replaced) -> Result<(), OutputError> {
    for (path, beside) in staged {
        let before = if path.exists() { Some(fs::read(path).map_err(io("read", path))?) } else { None };
        fs::rename(beside, path).map_err(io("replace", path))?;
        replaced.before.push((path.clone(), before));
    }
    Ok(())
}
