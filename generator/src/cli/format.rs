//! How a command shows its result.

use clap::ValueEnum;
use serde_json::Value;

use super::{Outcome, say};

/// How a result is written.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people
    #[default]
    Text,
    /// For programs
    Json,
    /// For a page, such as the text of a pull request
    Markdown,
}

/// Writes a result to standard output, in the one form that is asked for.
pub(super) fn show(
    format: Format,
    text: impl FnOnce() -> String,
    markdown: impl FnOnce() -> String,
    json: impl FnOnce() -> Value,
) -> Outcome {
    say(&match format {
        Format::Text => text(),
        Format::Markdown => markdown(),
        Format::Json => format!("{:#}\n", json()),
    })
}

/// A value of the library as JSON. They are plain data with names for keys, which always can be written.
pub(super) fn json(value: &impl serde::Serialize) -> Value {
    serde_json::to_value(value).unwrap_or(Value::Null)
}

/// Text in a Markdown block of code, whatever fences are in it.
pub(super) fn fenced(language: &str, text: &str) -> String {
    let longest = text.split(|it| it != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    let end = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    format!("{fence}{language}\n{text}{end}{fence}\n")
}

#[cfg(test)]
mod tests {
    use super::fenced;

    #[test]
    fn a_fence_is_longer_than_any_within() {
        assert_eq!(fenced("xml", "<a/>"), "```xml\n<a/>\n```\n");
        assert_eq!(fenced("", "````\n"), "`````\n````\n`````\n");
    }
}
