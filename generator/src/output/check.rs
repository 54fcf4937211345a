//! Compares a folder with what would be written.

use camino::Utf8Path;
use similar::TextDiff;

use super::{OutputError, io, manifest};
use crate::emit::Files;

/// One file that is not as it would be written.
#[derive(Debug)]
pub struct Difference {
    /// The file, relative to the folder.
    pub path: String,
    /// What is wrong with it, as a unified diff from what stands there to what would.
    pub diff: String,
}

/// Every file of the folder that a run would write, change or delete. Line ends do not count: a checkout may change them.
///
/// # Errors
///
/// When the folder cannot be read, or a file would not be within it.
pub fn check(folder: &Utf8Path, files: &Files) -> Result<Vec<Difference>, OutputError> {
    manifest::require_plain(files)?;
    let mut differences = Vec::new();
    let with_manifest = files.iter().map(|(path, text)| (path.clone(), text.clone()));
    for (path, wanted) in with_manifest.chain([(manifest::NAME.to_owned(), manifest::text(files))]) {
        let found = read(folder, &path)?;
        if found.as_deref() != Some(wanted.as_str()) {
            differences.push(difference(&path, found.as_deref().unwrap_or_default(), &wanted));
        }
    }
    for path in manifest::read(folder)? {
        if !files.contains_key(&path)
            && let Some(found) = read(folder, &path)?
        {
            differences.push(difference(&path, &found, ""));
        }
    }
    differences.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(differences)
}

fn read(folder: &Utf8Path, path: &str) -> Result<Option<String>, OutputError> {
    let full = folder.join(path);
    match std::fs::read(&full) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).replace("\r\n", "\n"))),
        Err(fault) if fault.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(fault) => Err(io("read", &full)(fault)),
    }
}

fn difference(path: &str, found: &str, wanted: &str) -> Difference {
    let (from, to) = (format!("a/{path}"), format!("b/{path}"));
    let diff = TextDiff::from_lines(found, wanted).unified_diff().context_radius(3).header(&from, &to).to_string();
    Difference { path: path.to_owned(), diff }
}
