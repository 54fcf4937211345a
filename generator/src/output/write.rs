//! Writes a folder: the new one is built beside the old one and takes its place in one step.

use std::fs;
use std::io::ErrorKind;

use camino::{Utf8Path, Utf8PathBuf};

use super::lock::Lock;
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

/// Makes a folder hold these files, beside those in it that are not ours.
///
/// The new folder is complete before the old one moves; a run that dies between the two renames leaves the old one under
/// the name `.NAME.old`, and the next run puts it back first.
///
/// # Errors
///
/// When the file system refuses, a file that is not ours is in the way, or another run is at work. The folder is then as it
/// was.
pub fn write(folder: &Utf8Path, files: &Files) -> Result<Written, OutputError> {
    let folder = settle(folder)?;
    let _lock = Lock::take(&folder)?;
    let (new, old) = (beside(&folder, "new"), beside(&folder, "old"));
    recover(&folder, &new, &old)?;

    let owned = manifest::read(&folder)?;
    let mut all: Files = files.clone();
    all.insert(manifest::NAME.to_owned(), manifest::text(files));
    let mut report = Written::default();
    let staged = stage(&folder, &new, &all, &owned, &mut report);
    report.removed = owned.iter().filter(|it| !files.contains_key(*it) && folder.join(it).exists()).count();
    if let Err(fault) = staged {
        discard(&new)?;
        return Err(fault);
    }
    if report.written == 0 && report.removed == 0 {
        discard(&new)?;
        return Ok(report);
    }
    swap(&folder, &new, &old)?;
    Ok(report)
}

/// The folder behind links, so that a link stays one. Its parent is made where it is missing.
fn settle(folder: &Utf8Path) -> Result<Utf8PathBuf, OutputError> {
    if let Ok(real) = folder.canonicalize_utf8() {
        return Ok(real);
    }
    let parent = folder.parent().filter(|it| !it.as_str().is_empty()).unwrap_or(Utf8Path::new("."));
    fs::create_dir_all(parent).map_err(io("create", parent))?;
    let parent = parent.canonicalize_utf8().map_err(io("find", parent))?;
    Ok(parent.join(folder.file_name().unwrap_or("generated")))
}

fn beside(folder: &Utf8Path, what: &str) -> Utf8PathBuf {
    folder.with_file_name(format!(".{}.{what}", folder.file_name().unwrap_or("generated")))
}

/// Undoes what a run that died has left.
fn recover(folder: &Utf8Path, new: &Utf8Path, old: &Utf8Path) -> Result<(), OutputError> {
    if old.exists() && !folder.exists() {
        fs::rename(old, folder).map_err(io("restore", folder))?;
    }
    discard(old)?;
    discard(new)
}

fn discard(folder: &Utf8Path) -> Result<(), OutputError> {
    match fs::remove_dir_all(folder) {
        Ok(()) => Ok(()),
        Err(fault) if fault.kind() == ErrorKind::NotFound => Ok(()),
        Err(fault) => Err(io("remove", folder)(fault)),
    }
}

/// Builds the new folder: changed files are written, everything else is the old file under a second name.
fn stage(
    folder: &Utf8Path,
    new: &Utf8Path,
    files: &Files,
    owned: &std::collections::BTreeSet<String>,
    report: &mut Written,
) -> Result<(), OutputError> {
    fs::create_dir(new).map_err(io("create", new))?;
    for (path, text) in files {
        let (from, to) = (folder.join(path), new.join(path));
        make_parent(&to)?;
        let is_ours = path == manifest::NAME || owned.contains(path);
        match fs::read(&from) {
            Ok(bytes) if bytes == text.as_bytes() => {
                keep(&from, &to)?;
                report.unchanged += 1;
                continue;
            }
            Ok(_) if !is_ours => return Err(OutputError::InTheWay(from)),
            Err(fault) if fault.kind() != ErrorKind::NotFound => return Err(io("read", &from)(fault)),
            Ok(_) | Err(_) => {}
        }
        fs::write(&to, text).map_err(io("write", &to))?;
        report.written += 1;
    }
    keep_foreign(folder, folder, new, &|path| owned.contains(path) || files.contains_key(path))
}

/// Carries over what is not ours.
fn keep_foreign(
    root: &Utf8Path,
    folder: &Utf8Path,
    new: &Utf8Path,
    is_ours: &dyn Fn(&str) -> bool,
) -> Result<(), OutputError> {
    let entries = match folder.read_dir_utf8() {
        Ok(entries) => entries,
        Err(fault) if fault.kind() == ErrorKind::NotFound => return Ok(()),
        Err(fault) => return Err(io("read", folder)(fault)),
    };
    for entry in entries {
        let entry = entry.map_err(io("read", folder))?;
        let path = entry.path();
        let relative = path.strip_prefix(root).unwrap_or(path);
        let kind = entry.file_type().map_err(io("read", path))?;
        if kind.is_dir() {
            keep_foreign(root, path, new, is_ours)?;
        } else if !is_ours(&relative.as_str().replace('\\', "/")) {
            let to = new.join(relative);
            make_parent(&to)?;
            keep(path, &to)?;
        }
    }
    Ok(())
}

fn make_parent(path: &Utf8Path) -> Result<(), OutputError> {
    match path.parent() {
        Some(parent) => fs::create_dir_all(parent).map_err(io("create", parent)),
        None => Ok(()),
    }
}

/// The same file under a second name; a copy with the same time where the file system has no links.
fn keep(from: &Utf8Path, to: &Utf8Path) -> Result<(), OutputError> {
    if fs::hard_link(from, to).is_ok() {
        return Ok(());
    }
    fs::copy(from, to).map_err(io("copy", from))?;
    let modified = fs::metadata(from).and_then(|it| it.modified()).map_err(io("read", from))?;
    let file = fs::File::options().write(true).open(to).map_err(io("open", to))?;
    file.set_modified(modified).map_err(io("write", to))
}

/// Puts the new folder in the place of the old one, or leaves the old one there.
fn swap(folder: &Utf8Path, new: &Utf8Path, old: &Utf8Path) -> Result<(), OutputError> {
    let had_old = folder.exists();
    if had_old {
        fs::rename(folder, old).map_err(io("move", folder))?;
    }
    if let Err(fault) = fs::rename(new, folder) {
        if had_old {
            fs::rename(old, folder).map_err(io("restore", folder))?;
        }
        discard(new)?;
        return Err(io("replace", folder)(fault));
    }
    discard(old)
}
