//! What [`super::Info`] says, for people.

use std::fmt::Write as _;

use super::Info;
use crate::table::Table;

/// As text.
#[must_use]
pub fn text(info: &Info) -> String {
    let mut text = String::new();
    for (title, table) in tables(info) {
        let _infallible = write!(text, "{title}\n{}\n", table.text());
    }
    text + &summary(info)
}

/// As Markdown.
#[must_use]
pub fn markdown(info: &Info) -> String {
    let mut text = String::new();
    for (title, table) in tables(info) {
        let _infallible = write!(text, "## {title}\n\n{}\n", table.markdown());
    }
    text + &summary(info)
}

fn tables(info: &Info) -> Vec<(&'static str, Table)> {
    let mut documents = Table::new(&["document", "bytes", "lines"]);
    for it in &info.documents {
        documents.row([it.name.clone(), it.bytes.to_string(), it.lines.to_string()]);
    }
    let head = [
        "namespace",
        "alias",
        "entities",
        "complex",
        "enums",
        "definitions",
        "operations",
        "closure",
        "generated",
        "lines",
    ];
    let mut namespaces = Table::new(&head);
    for it in &info.namespaces {
        let counts = [
            it.entity_types,
            it.complex_types,
            it.enumerations,
            it.type_definitions,
            it.operations,
            it.closure,
            it.generated,
            it.lines,
        ];
        namespaces.row([it.name.clone(), it.aliases.join(" ")].into_iter().chain(counts.map(|it| it.to_string())));
    }
    let mut selected = Table::new(&["selects", "name", "reaches", "only it", "their lines"]);
    for it in &info.selected {
        let counts = [it.reach, it.only, it.only_lines].map(|it| it.to_string());
        selected.row([it.kind.to_owned(), it.name.clone()].into_iter().chain(counts));
    }
    let all = [("Documents", documents), ("Namespaces", namespaces), ("The configuration", selected)];
    all.into_iter().filter(|(_, table)| !table.is_empty()).collect()
}

fn summary(info: &Info) -> String {
    let it = &info.output;
    format!(
        "{} types ({} structs, {} enums) and {} requests in {} files: {} lines, {} of them for requests\n",
        it.types, it.structs, it.enums, it.requests, it.files, it.lines, it.request_lines,
    )
}
