//! The list of files that are ours.

use std::collections::BTreeSet;

use camino::Utf8Path;

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
        Ok(text) => Ok(text.lines().filter(|it| !it.starts_with('#') && !it.is_empty()).map(str::to_owned).collect()),
        Err(fault) if fault.kind() == std::io::ErrorKind::NotFound => Ok(BTreeSet::new()),
        Err(fault) => Err(io("read", &path)(fault)),
    }
}
