//! Taking entries out of a TOML file.

use toml_edit::{DocumentMut, Item, TableLike, TomlError};

/// Takes out what stands at each path of keys, and what is empty without it. The rest stays as it is written.
///
/// # Errors
///
/// When the text is not TOML.
pub(super) fn without(text: &str, paths: &[Vec<String>]) -> Result<String, TomlError> {
    if paths.is_empty() {
        return Ok(text.to_owned());
    }
    let mut document: DocumentMut = text.parse()?;
    for path in paths {
        remove(document.as_table_mut(), path);
    }
    Ok(document.to_string())
}

fn remove(table: &mut dyn TableLike, path: &[String]) {
    let Some((key, rest)) = path.split_first() else { return };
    if rest.is_empty() {
        table.remove(key);
        return;
    }
    let Some(inner) = table.get_mut(key).and_then(Item::as_table_like_mut) else { return };
    remove(inner, rest);
    if inner.is_empty() {
        table.remove(key);
    }
}

#[cfg(test)]
#[allow(clippy::expect_used)] // A test fails by panicking.
mod tests {
    use super::without;

    fn path(keys: &[&str]) -> Vec<String> {
        keys.iter().map(|it| (*it).to_owned()).collect()
    }

    #[test]
    fn what_is_taken_out_takes_along_what_is_empty_without_it_and_no_more() {
        let text = "# Words.\n[type.\"n.a\"]\ndoc = \"A.\" # kept\n\n[type.\"n.a\".property]\none = \"1\"\n# Two.\ntwo = \"2\"\n\n[type.\"n.b\"]\nadd = { x = \"Edm.String\" }\n";
        let less = without(text, &[path(&["type", "n.a", "property", "two"]), path(&["type", "n.b", "add", "x"])]);
        assert_eq!(
            less.expect("TOML"),
            "# Words.\n[type.\"n.a\"]\ndoc = \"A.\" # kept\n\n[type.\"n.a\".property]\none = \"1\"\n"
        );
        let none = without(text, &[path(&["type", "n.a", "property", "three"]), path(&["type", "n.c"])]);
        assert_eq!(none.expect("TOML"), text);
    }
}
