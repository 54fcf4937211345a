//! Differences for a terminal.

use std::fmt::Write as _;

use super::{CLASSES, advice, beside, counts, names, places, what};
use crate::diff::Diff;

/// One paragraph a difference, grouped by what they mean, the verdict last.
#[must_use]
pub fn text(diff: &Diff) -> String {
    let mut out = String::new();
    for class in CLASSES {
        for change in diff.of(class) {
            let _infallible = write!(out, "{class}: {} {} `{}`", change.kind, change.element, change.subject);
            let said = what(change);
            if !said.is_empty() {
                let _infallible = write!(out, ": {said}");
            }
            for it in beside(change) {
                let _infallible = write!(out, ", {it}");
            }
            out.push('\n');
            let rust = names(change);
            if !rust.is_empty() {
                let _infallible = writeln!(out, "    Rust: {rust}");
            }
            let at = places(change);
            if !at.is_empty() {
                let _infallible = writeln!(out, "    at {at}");
            }
        }
    }
    for it in &diff.passed {
        let _infallible = write!(out, "past removal: `{}` was to go on {}", it.subject, it.removal);
        if let Some(successor) = &it.successor {
            let _infallible = write!(out, "; `{successor}` replaces it");
        }
        let _infallible = writeln!(out, "\n    at {}", it.place);
    }
    let counts = counts(diff);
    let counts = if counts.is_empty() { counts } else { format!(" ({counts})") };
    let _infallible = writeln!(out, "verdict: {}{counts}", advice(diff.verdict()));
    out
}
