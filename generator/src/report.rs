//! Diagnostics as text for people: rustc's own layout, by annotate-snippets.

use std::collections::BTreeMap;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{Sources, Span};

/// How a report looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Style {
    /// Whether to write terminal colours.
    pub color: bool,
}

/// Diagnostics of one code that are shown in full.
const SHOWN: usize = 50;

/// The longest line, in bytes, that is quoted. Of longer ones (documents without line ends) only the place is given.
const LONGEST_LINE: usize = 1000;

/// Renders diagnostics in the order given, one after the other with a blank line between.
///
/// Of one code, only the first 50 are written out; at the end stands how many more there are. Empty for none.
#[must_use]
pub fn render(diagnostics: &[Diagnostic], sources: &Sources, style: Style) -> String {
    let renderer = if style.color { Renderer::styled() } else { Renderer::plain() };
    let mut counts: BTreeMap<(&str, Severity), usize> = BTreeMap::new();
    let mut reports = Vec::new();
    for diagnostic in diagnostics {
        let count = counts.entry((diagnostic.code, diagnostic.severity)).or_default();
        *count += 1;
        if *count <= SHOWN {
            reports.push(renderer.render(&groups(diagnostic, sources)));
        }
    }
    for ((code, severity), count) in counts.into_iter().filter(|(_, count)| *count > SHOWN) {
        let title = format!("{} more like the {SHOWN} above", count - SHOWN);
        reports.push(renderer.render(&[Group::with_title(level(severity).primary_title(title).id(code))]));
    }
    reports.iter().map(|report| format!("{report}\n")).collect::<Vec<_>>().join("\n")
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Warning => Level::WARNING,
        Severity::Error => Level::ERROR,
    }
}

fn groups<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Vec<Group<'a>> {
    let title = level(diagnostic.severity).primary_title(diagnostic.message.as_str()).id(diagnostic.code);
    let mut group = Group::with_title(title);
    if let Some((span, label)) = &diagnostic.primary {
        group = quote(group, sources, *span, AnnotationKind::Primary, label);
    }
    for (span, label) in &diagnostic.related {
        group = quote(group, sources, *span, AnnotationKind::Context, label);
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    vec![group]
}

/// Quotes the lines of a span. Only they are handed to the renderer, which would otherwise split a document of megabytes
/// into lines once for each place.
fn quote<'a>(group: Group<'a>, sources: &'a Sources, span: Span, kind: AnnotationKind, label: &'a str) -> Group<'a> {
    let name = sources.get(span.source).map_or("?", |source| source.name.as_str());
    let (number, column) = sources.line_column(span);
    let text = sources.text(span.source);
    let range = span.range();
    let start = text.get(..range.start).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
    let line = text.get(start..).unwrap_or_default().lines().next().unwrap_or_default();
    if line.len() > LONGEST_LINE || line.is_empty() {
        let place = Origin::path(name).line(number).char_column(column);
        return group.element(place).element(Level::NOTE.message(label));
    }
    // What goes on behind the first line is marked up to the line's end.
    let from = boundary(line, range.start.saturating_sub(start));
    let to = boundary(line, range.end.saturating_sub(start)).max(from);
    let mark: Annotation<'a> = kind.span(from..to).label(label);
    group.element(Snippet::source(line).path(name).line_start(number).annotation(mark))
}

/// The nearest place at or before a byte that lies in the line and between two characters.
fn boundary(line: &str, at: usize) -> usize {
    (0..=at.min(line.len())).rev().find(|at| line.is_char_boundary(*at)).unwrap_or_default()
}
