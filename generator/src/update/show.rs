//! What an update says, for people and for the text of a pull request.

use std::fmt::Write as _;

use serde_json::{Value, json as value};

use super::Update;
use crate::diff;

/// As text.
#[must_use]
pub fn text(update: &Update) -> String {
    let mut text = diff::text(&update.diff);
    for (title, list) in lists(update) {
        let _infallible = write!(text, "\n{title}\n");
        for it in list {
            let _infallible = writeln!(text, "  {it}");
        }
    }
    text
}

/// As Markdown.
#[must_use]
pub fn markdown(update: &Update) -> String {
    let mut text = diff::markdown(&update.diff);
    for (title, list) in lists(update) {
        let _infallible = write!(text, "\n### {title}\n\n");
        for it in list {
            let _infallible = writeln!(text, "- {it}");
        }
    }
    let origin = &update.origin;
    let _infallible = write!(text, "\nMetadata of {}, SHA-256 `{}`", origin.date, origin.sha256);
    for (what, said) in [("commit", &origin.commit), ("from", &origin.url)] {
        let _infallible = said.as_ref().map(|it| write!(text, ", {what} {it}"));
    }
    text + ".\n"
}

/// As JSON.
#[must_use]
pub fn json(update: &Update) -> Value {
    value!({
        "diff": update.diff,
        "lacking": update.lacking,
        "undocumented": update.undocumented,
        "caught_up": update.caught_up,
        "date": update.origin.date,
        "sha256": update.origin.sha256,
        "commit": update.origin.commit,
        "url": update.origin.url,
    })
}

/// What is left to do, and what was done about hand-written files.
fn lists(update: &Update) -> impl Iterator<Item = (&'static str, &Vec<String>)> {
    let all = [
        ("Without documentation: write it into the docs file", &update.lacking),
        ("Taken out of the docs file, since it is gone", &update.undocumented),
        ("Taken out of the configuration, since the metadata has it by now", &update.caught_up),
    ];
    all.into_iter().filter(|(_, list)| !list.is_empty())
}
