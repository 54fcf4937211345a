//! Differences for programs.

use serde::Serialize;

use crate::deprecation::Passed;
use crate::diff::{Change, Diff, Verdict};

/// The version of the shape; raised when a field changes its meaning or goes.
const FORMAT: u32 = 1;

#[derive(Serialize)]
struct Report<'d> {
    format: u32,
    verdict: Verdict,
    changes: &'d [Change],
    passed: &'d [Passed],
}

/// One object: `format`, `verdict`, `changes`, `passed`.
#[must_use]
pub fn json(diff: &Diff) -> String {
    let report = Report { format: FORMAT, verdict: diff.verdict(), changes: &diff.changes, passed: &diff.passed };
    // Strings, numbers and lists in structs: there is nothing that JSON does not have.
    let mut text = serde_json::to_string_pretty(&report).unwrap_or_default();
    text.push('\n');
    text
}
