//! Builds the new folder.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;

use camino::Utf8Path;

use super::write::Written;
use super::{OutputError, io, manifest};
use crate::emit::Files;

/// Builds the new folder: changed files are written, everything else is the old file under a second name.
pub(super) fn stage(
    folder: &Utf8Path,
    new: &Utf8Path,
    files: &Files,
    owned: &BTreeSet<String>,
) -> Result<Written, OutputError> {
    let mut report = Written::default();
    fs::create_dir(new).map_err(io("create", new))?;
    let replaces = folder.exists();
    if replaces {
        // First, so that what is private is so while it is built.
        keep_permissions(folder, new)?;
    }
    // Thousands of files stand in a few folders.
    let mut made = BTreeSet::from([new.to_owned()]);
    for (path, text) in files {
        let (from, to) = (folder.join(path), new.join(path));
        if let Some(parent) = to.parent().filter(|it| !made.contains(*it)) {
            fs::create_dir_all(parent).map_err(io("create", parent))?;
            made.insert(parent.to_owned());
        }
        let is_ours = path == manifest::NAME || owned.contains(path);
        match if replaces { fs::read(&from) } else { Err(ErrorKind::NotFound.into()) } {
            Ok(bytes) if bytes == text.as_bytes() => {
                keep(&from, &to)?;
                report.unchanged += 1;
                continue;
            }
            Ok(_) if !is_ours => return Err(OutputError::InTheWay(from)),
            // A link to nothing.
            Err(_) if !is_ours && replaces && from.is_symlink() => return Err(OutputError::InTheWay(from)),
            Err(fault) if fault.kind() != ErrorKind::NotFound => return Err(io("read", &from)(fault)),
            Ok(_) | Err(_) => {}
        }
        fs::write(&to, text).map_err(io("write", &to))?;
        report.written += 1;
    }
    if replaces {
        keep_foreign(folder, folder, new, &|path| owned.contains(path) || files.contains_key(path))?;
    }
    Ok(report)
}

/// Carries over what is not ours: files, empty folders, and the permissions of every folder that stays.
fn keep_foreign(
    root: &Utf8Path,
    folder: &Utf8Path,
    new: &Utf8Path,
    is_ours: &dyn Fn(&str) -> bool,
) -> Result<(), OutputError> {
    let relative_to_root = |path: &Utf8Path| path.strip_prefix(root).unwrap_or(path).to_owned();
    let target = new.join(relative_to_root(folder));
    let mut is_empty = true;
    for entry in folder.read_dir_utf8().map_err(io("read", folder))? {
        is_empty = false;
        let entry = entry.map_err(io("read", folder))?;
        let path = entry.path();
        if entry.file_name() == ".git" {
            return Err(OutputError::Repository(path.to_owned()));
        }
        let relative = relative_to_root(path);
        if entry.file_type().map_err(io("read", path))?.is_dir() {
            keep_foreign(root, path, new, is_ours)?;
        } else if !is_ours(&relative.as_str().replace('\\', "/")) {
            let to = new.join(relative);
            make_parent(&to)?;
            keep(path, &to)?;
        }
    }
    // A folder that only had files of ours goes with the last of them.
    if is_empty {
        fs::create_dir_all(&target).map_err(io("create", &target))?;
    }
    refuse_read_only(folder)?;
    if target.exists() { keep_permissions(folder, &target) } else { Ok(()) }
}

/// What stands in a read-only folder cannot be removed once the folder is replaced.
fn refuse_read_only(folder: &Utf8Path) -> Result<(), OutputError> {
    let permissions = fs::metadata(folder).map_err(io("read", folder))?.permissions();
    // On other systems, this attribute of a folder means nothing.
    if cfg!(unix) && permissions.readonly() {
        return Err(io("write to", folder)(ErrorKind::PermissionDenied.into()));
    }
    Ok(())
}

fn keep_permissions(from: &Utf8Path, to: &Utf8Path) -> Result<(), OutputError> {
    let wanted = fs::metadata(from).map_err(io("read", from))?.permissions();
    let found = fs::metadata(to).map_err(io("read", to))?.permissions();
    // Not every file system can set them.
    if found == wanted { Ok(()) } else { fs::set_permissions(to, wanted).map_err(io("set the permissions of", to)) }
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
