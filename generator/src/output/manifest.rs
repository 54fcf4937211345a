//! The list of files that are ours.

use std::collections::BTreeSet;

use camino::{Utf8Component, Utf8Path};

use super::{OutputError, io};
use crate::emit::Files;

/// The manifest's own name within the folder.
pub(super) const NAME: &str = ".odata-codegen";

const HEADER: &str =
    "# Files that odata-codegen wrote here and may replace or delete. Everything else is left alone.\n";

/// The text of the manifest of a set of files.
pub(super) fn text(files: &Files) -> String {
    let mut text = HEADER.to_owned();
    for path in files.keys() {
        text.push_str(path);
        text.push('\n');
    }
    text
}

/// The files that the manifest of a folder lists; none where there is no manifest.
pub(super) fn read(folder: &Utf8Path) -> Result<BTreeSet<String>, OutputError> {
    let path = folder.join(NAME);
    match std::fs::read_to_string(&path) {
        // A path that we would not write is not ours, whoever put it there.
        Ok(text) => Ok(text.lines().filter(|it| is_plain(it)).map(str::to_owned).collect()),
        Err(fault) if fault.kind() == std::io::ErrorKind::NotFound => Ok(BTreeSet::new()),
        Err(fault) => Err(io("read", &path)(fault)),
    }
}

/// Refuses files that would not be within the folder, or that the manifest could not list.
pub(super) fn require_plain(files: &Files) -> Result<(), OutputError> {
    match files.keys().find(|it| !is_plain(it)) {
        Some(path) => Err(OutputError::Outside(path.clone())),
        None => Ok(()),
    }
}

/// Names with `/` between them, the same on every system, and a line of the manifest that is no comment.
fn is_plain(path: &str) -> bool {
    let is_name = |part: &str| {
        let mut components = Utf8Path::new(part).components();
        components.next() == Some(Utf8Component::Normal(part)) && components.next().is_none()
    };
    let is_foreign = |it: char| it == '\\' || it == ':' || it.is_control();
    path != NAME && !path.starts_with('#') && !path.contains(is_foreign) && path.split('/').all(is_name)
}
