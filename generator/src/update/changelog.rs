//! Lines of a changelog.

use std::fmt::Write as _;

use crate::diff::{Change, Class, Diff, Kind, Seen};

/// The heading under which lines are written.
const HEADING: &str = "## Unreleased";

/// What a changelog says of a difference: one point for the document, below it one for each change that Rust shows.
/// Nothing where there is none.
pub(super) fn lines(diff: &Diff, date: &str) -> String {
    let seen: Vec<&Change> = diff.changes.iter().filter(|it| it.class != Class::Invisible).collect();
    if seen.is_empty() {
        return String::new();
    }
    let mut lines = format!("- Metadata of {date}:\n");
    for change in seen {
        let _infallible = writeln!(lines, "  - {}", line(change));
    }
    lines
}

/// `**Breaking:** the property n.a/b (A::b) is gone`.
fn line(change: &Change) -> String {
    let weight = if change.class == Class::Breaking { "**Breaking:** " } else { "" };
    let seen = change.after.as_ref().or(change.before.as_ref());
    // One name is enough to find it by; a field has its constant beside it.
    let rust = seen.and_then(|it| it.rust.first()).map_or(String::new(), |it| format!(", `{it}`,"));
    let value = |of: Option<&Seen>| of.and_then(|it| it.value.clone());
    let what = match change.kind {
        Kind::Removed => "is gone".to_owned(),
        Kind::Added => "is new".to_owned(),
        Kind::Changed => {
            let aspect = change.aspect.map_or(String::new(), |it| it.to_string());
            match (value(change.before.as_ref()), value(change.after.as_ref())) {
                (Some(before), Some(after)) => format!("has another {aspect}: `{after}`, before `{before}`"),
                (None, Some(after)) => format!("has a {aspect} now: `{after}`"),
                (Some(before), None) => format!("has no {aspect} any more, before `{before}`"),
                (None, None) => format!("has another {aspect}"),
            }
        }
    };
    format!("{weight}{} `{}`{rust} {what}", change.element, change.subject)
}

/// A changelog with lines at the end of what is not released yet. What it has already is not written again.
pub(super) fn insert(text: &str, lines: &str) -> String {
    let plain = text.replace("\r\n", "\n");
    if lines.is_empty() || plain.contains(lines) {
        return text.to_owned();
    }
    let mut all: Vec<&str> = plain.lines().collect();
    let is_release = |it: &&str| it.starts_with("## ");
    let heading = all.iter().position(|it| it.trim_end() == HEADING).unwrap_or_else(|| {
        // Above the newest release, or at the end where there is none.
        let at = all.iter().position(is_release).unwrap_or(all.len());
        let gap = at > 0 && all.get(at - 1).is_some_and(|it| !it.is_empty());
        all.splice(at..at, [""].into_iter().take(usize::from(gap)).chain([HEADING, ""]));
        at + usize::from(gap)
    });
    let rest = all.iter().skip(heading + 1);
    let next = rest.clone().position(is_release).map_or(all.len(), |it| heading + 1 + it);
    let before = all.iter().take(next).skip(heading + 1);
    let last = before.clone().rposition(|it| !it.is_empty());
    let at = last.map_or(heading + 1, |it| heading + 2 + it);
    let (top, bottom) = all.split_at(at.min(all.len()));
    let gap = if last.is_none() { "\n" } else { "" };
    let bottom = bottom.join("\n");
    let bottom = bottom.trim_start_matches('\n');
    let foot = if bottom.is_empty() { String::new() } else { format!("\n{bottom}\n") };
    let written = format!("{}\n{gap}{lines}{foot}", top.join("\n"));
    if text.contains("\r\n") { written.replace('\n', "\r\n") } else { written }
}

#[cfg(test)]
mod tests {
    use super::insert;

    const LINES: &str = "- Metadata of 2026-09-01:\n  - the type `n.a` is new\n";

    #[test]
    fn lines_stand_at_the_end_of_what_is_not_released() {
        let before = "# Changelog\n\n## Unreleased\n\n- One.\n\n## 0.1.0\n\n- Zero.\n";
        let after = format!("# Changelog\n\n## Unreleased\n\n- One.\n{LINES}\n## 0.1.0\n\n- Zero.\n");
        assert_eq!(insert(before, LINES), after);
        assert_eq!(insert(&after, LINES), after);
        assert_eq!(insert(before, ""), before);
        assert_eq!(insert(&before.replace('\n', "\r\n"), LINES), after.replace('\n', "\r\n"));
    }

    #[test]
    fn the_heading_is_written_where_it_is_missing() {
        let unreleased = format!("## Unreleased\n\n{LINES}");
        assert_eq!(insert("", LINES), unreleased);
        assert_eq!(insert("# Changelog\n", LINES), format!("# Changelog\n\n{unreleased}"));
        assert_eq!(insert("# Changelog\n\n## Unreleased\n", LINES), format!("# Changelog\n\n{unreleased}"));
        assert_eq!(
            insert("# Changelog\n\n## 0.1.0\n\n- Zero.\n", LINES),
            format!("# Changelog\n\n{unreleased}\n## 0.1.0\n\n- Zero.\n")
        );
    }
}
