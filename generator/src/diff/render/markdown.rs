//! Differences for a pull request.

use std::fmt::Write as _;

use super::{CLASSES, advice, beside, names, places, what};
use crate::diff::{Class, Diff};

/// A heading for each class with a list below it, the verdict first.
#[must_use]
pub fn markdown(diff: &Diff) -> String {
    let mut out = format!("**{}**\n", advice(diff.verdict()));
    for class in CLASSES {
        if diff.of(class).next().is_none() {
            continue;
        }
        let title = match class {
            Class::Breaking => "Breaking",
            Class::Additive => "Added and eased",
            Class::Invisible => "Not to be seen in Rust",
        };
        let _infallible = writeln!(out, "\n### {title}\n");
        for change in diff.of(class) {
            let _infallible = write!(out, "- {} {} `{}`", change.kind, change.element, change.subject);
            let said = what(change);
            if !said.is_empty() {
                let _infallible = write!(out, ": {said}");
            }
            for it in beside(change) {
                let _infallible = write!(out, ", {it}");
            }
            let rust = names(change);
            if !rust.is_empty() {
                let _infallible = write!(out, "; in Rust {rust}");
            }
            let at = places(change);
            if !at.is_empty() {
                let _infallible = write!(out, " <sub>{at}</sub>");
            }
            out.push('\n');
        }
    }
    if !diff.passed.is_empty() {
        out.push_str("\n### Past the day of removal\n\n");
        for it in &diff.passed {
            let _infallible = write!(out, "- `{}`, to go on {}", it.subject, it.removal);
            if let Some(successor) = &it.successor {
                let _infallible = write!(out, "; `{successor}` replaces it");
            }
            let _infallible = writeln!(out, " <sub>{}</sub>", it.place);
        }
    }
    out
}
