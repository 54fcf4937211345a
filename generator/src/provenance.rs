//! `[provenance]` of `codegen.toml`, written by `fetch` and `update`; everything else of the file stays as it is.

use toml_edit::{DocumentMut, Item, Table, TomlError, Value};

/// Where a document was taken from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The URL; none for a file, which leaves the one that is recorded, since it is where the next one can be had.
    pub url: Option<String>,
    /// The `ETag` that came with it.
    pub etag: Option<String>,
    /// The commit that it is of, where somebody said so.
    pub commit: Option<String>,
    /// `YYYY-MM-DD`.
    pub date: String,
    /// SHA-256, lower-case hex.
    pub sha256: String,
}

/// Writes an origin into the text of `codegen.toml`. A commit or an `ETag` of the document before is removed; where it is
/// the same document as before, the text stays as it is but for what is newly known.
///
/// # Errors
///
/// When the text is not TOML.
pub fn record(text: &str, origin: &Origin) -> Result<String, TomlError> {
    let mut document: DocumentMut = text.parse()?;
    let table = document.entry("provenance").or_insert_with(|| Item::Table(Table::new()));
    let Some(table) = table.as_table_like_mut() else { return Ok(text.to_owned()) };
    let same = table.get("sha256").and_then(Item::as_str) == Some(origin.sha256.as_str());
    let entries = [
        ("url", &origin.url),
        ("etag", &origin.etag),
        ("commit", &origin.commit),
        ("date", &Some(origin.date.clone()).filter(|_| !same)),
        ("sha256", &Some(origin.sha256.clone())),
    ];
    for (key, value) in entries {
        match value {
            Some(value) => set(table.entry(key).or_insert(Item::None), value),
            None if same || key == "url" => {}
            None => drop(table.remove(key)),
        }
    }
    Ok(document.to_string())
}

/// Sets a value and keeps what is written around it.
fn set(item: &mut Item, text: &str) {
    let mut value = Value::from(text);
    if let Some(before) = item.as_value() {
        *value.decor_mut() = before.decor().clone();
    }
    *item = Item::Value(value);
}

#[cfg(test)]
#[allow(clippy::expect_used)] // A test fails by panicking.
mod tests {
    use super::{Origin, record};

    const TEXT: &str = "# What is generated.\ndocuments = [\"n.csdl\"]\n\n# Whence.\n[provenance]\nsource = \"somewhere\"\ncommit = \"c0ffee\" # of June\ndate = \"2026-06-01\" # of the commit\nsha256 = \"00\"\n\n[output]\n";

    fn origin() -> Origin {
        Origin {
            url: Some("https://service.example/m".to_owned()),
            etag: None,
            commit: None,
            date: "2026-08-20".to_owned(),
            sha256: "11".to_owned(),
        }
    }

    #[test]
    fn comments_stay_and_what_is_not_known_any_more_goes() {
        let recorded = record(TEXT, &origin()).expect("TOML");
        let expected = "# What is generated.\ndocuments = [\"n.csdl\"]\n\n# Whence.\n[provenance]\nsource = \"somewhere\"\ndate = \"2026-08-20\" # of the commit\nsha256 = \"11\"\nurl = \"https://service.example/m\"\n\n[output]\n";
        assert_eq!(recorded, expected);
        assert_eq!(record(&recorded, &origin()).expect("TOML"), recorded);
    }

    #[test]
    fn the_same_document_keeps_its_date_and_commit() {
        let again = Origin { url: None, sha256: "00".to_owned(), ..origin() };
        assert_eq!(record(TEXT, &again).expect("TOML"), TEXT);
    }

    #[test]
    fn a_first_record_is_a_table_at_the_end() {
        let recorded = record("documents = []\n", &origin()).expect("TOML");
        let expected = "documents = []\n\n[provenance]\nurl = \"https://service.example/m\"\ndate = \"2026-08-20\"\nsha256 = \"11\"\n";
        assert_eq!(recorded, expected);
    }
}
