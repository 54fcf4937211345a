//! The lock that stands there against the one that would be written.

use camino::Utf8Path;
use similar::TextDiff;

use crate::output::Difference;

/// Whether a lock says what it would say; line ends do not count.
#[must_use]
pub fn is_text(found: Option<&str>, wanted: &str) -> bool {
    found.is_some_and(|it| it == wanted || it.replace("\r\n", "\n") == wanted)
}

/// What `generate` would change in the lock.
#[must_use]
pub fn difference(path: &Utf8Path, found: Option<&str>, wanted: &str) -> Option<Difference> {
    if is_text(found, wanted) {
        return None;
    }
    let name = path.file_name().unwrap_or("codegen.lock");
    let found = found.unwrap_or_default().replace("\r\n", "\n");
    let (from, to) = (format!("a/{name}"), format!("b/{name}"));
    let diff =
        TextDiff::from_lines(found.as_str(), wanted).unified_diff().context_radius(3).header(&from, &to).to_string();
    Some(Difference { path: name.to_owned(), diff })
}
