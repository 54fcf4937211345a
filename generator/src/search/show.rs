//! What was found, for people.

use super::Hit;
use crate::source::Sources;
use crate::table::Table;

/// As text, one line each.
#[must_use]
pub fn text(hits: &[Hit], sources: &Sources) -> String {
    let mut table = Table::new(&["what", "name", "in Rust", "stands"]);
    for it in hits {
        let rust = it.rust.clone().unwrap_or_else(|| "-".to_owned());
        table.row([it.kind.to_owned(), it.name.clone(), rust, sources.place(it.place)]);
    }
    table.text()
}

/// As a Markdown table.
#[must_use]
pub fn markdown(hits: &[Hit], sources: &Sources) -> String {
    let mut table = Table::new(&["what", "name", "in Rust", "stands"]);
    for it in hits {
        let rust = it.rust.as_ref().map_or(String::new(), |it| format!("`{it}`"));
        table.row([it.kind.to_owned(), format!("`{}`", it.name), rust, sources.place(it.place)]);
    }
    table.markdown()
}
