//! Every line of documentation, and what is said of deprecation.

use std::fmt::Write as _;

use crate::config::{DocEntry, Docs, Loaded};
use crate::csdl::{Expression, Record};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{Annotations, Model, Property, TypeId, TypeKind};
use crate::nearest::nearest;
use crate::select::Selection;
use crate::source::Span;

/// Text as inline code: nothing in it can end the code or the line, or turn the direction of what follows.
pub(super) fn code(text: &str) -> String {
    let plain = |it: char| if it == '`' || it.is_control() || turns_text(it) { '\u{fffd}' } else { it };
    format!("`{}`", text.chars().map(plain).collect::<String>())
}

/// Characters that change the direction of text: rustc refuses the embedding ones in documentation.
fn turns_text(it: char) -> bool {
    matches!(it, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Lines for a type: its entry or nothing, then its qualified name and the link.
pub(super) fn type_docs(name: &str, docs: Option<&Docs>) -> Vec<String> {
    let entry = docs.and_then(|docs| docs.types.get(name));
    let mut lines = Vec::new();
    if let Some(entry) = entry {
        lines.extend(entry.doc.trim().lines().map(str::to_owned));
        lines.push(String::new());
    }
    let mut last = code(name);
    if let Some(link) = entry.and_then(|it| it.link.as_deref()) {
        let _infallible = write!(last, " ([documentation]({link}))");
    }
    lines.push(last);
    lines
}

/// Lines for a property: its entry or nothing, then its wire name, type and unit.
pub(super) fn property_docs(
    model: &Model<'_>,
    declaring: TypeId,
    property: &Property<'_>,
    docs: Option<&Docs>,
) -> Vec<String> {
    let entry = docs
        .and_then(|docs| docs.types.get(model.qualified_name(declaring).as_str()))
        .and_then(|ty| ty.properties.get(property.name));
    let mut lines = sentence(entry);
    let mut last = format!("{}, {}", code(property.name), code(&model.type_text(property.ty)));
    if let Some(unit) = entry.and_then(DocEntry::unit) {
        let _infallible = write!(last, "; unit: {unit}");
    }
    lines.push(last);
    lines
}

/// Lines for a member of an enumeration.
pub(super) fn member_docs(type_name: &str, member: &str, value: i64, docs: Option<&Docs>) -> Vec<String> {
    let entry = docs.and_then(|docs| docs.types.get(type_name)).and_then(|ty| ty.members.get(member));
    let mut lines = sentence(entry);
    lines.push(format!("{} = {value}", code(member)));
    lines
}

fn sentence(entry: Option<&DocEntry>) -> Vec<String> {
    let mut lines: Vec<String> =
        entry.map(|it| it.doc().trim().lines().map(str::to_owned).collect()).unwrap_or_default();
    if !lines.is_empty() {
        lines.push(String::new());
    }
    lines
}

/// A revision of kind `Deprecated` (`Org.OData.Core.V1.Revisions`).
#[derive(Debug, Default)]
struct Deprecation<'m> {
    date: Option<&'m str>,
    removal: Option<&'m str>,
    version: Option<&'m str>,
}

/// The note of `#[deprecated]`: since when, until when, and what replaces it.
pub(super) fn deprecation(annotations: &Annotations<'_>, successor: Option<&str>) -> Option<String> {
    let revisions = annotations.get("Org.OData.Core.V1.Revisions")?;
    let Some(Expression::Collection(items, _)) = &revisions.value else { return None };
    let found = items.iter().filter_map(as_record).find_map(as_deprecation)?;
    let mut note = match (found.date, found.version) {
        (Some(date), Some(version)) => format!("deprecated on {date} ({version})"),
        (Some(date), None) => format!("deprecated on {date}"),
        (None, Some(version)) => format!("deprecated ({version})"),
        (None, None) => "deprecated".to_owned(),
    };
    if let Some(removal) = found.removal {
        let _infallible = write!(note, "; the service removes it on {removal}");
    }
    if let Some(successor) = successor {
        let _infallible = write!(note, "; use `{successor}`");
    }
    Some(note)
}

fn as_record<'x, 'm>(expression: &'x Expression<'m>) -> Option<&'x Record<'m>> {
    match expression {
        Expression::Record(record) => Some(record),
        _ => None,
    }
}

fn as_deprecation<'x>(record: &'x Record<'_>) -> Option<Deprecation<'x>> {
    let text = |name: &str| -> Option<&'x str> {
        let value = record.properties.iter().find(|it| it.property.value == name)?;
        match value.value.as_ref()? {
            Expression::Constant(_, text) => Some(text.value.as_ref()),
            _ => None,
        }
    };
    let kind = text("Kind")?;
    let is_deprecated = kind.rsplit('/').next() == Some("Deprecated");
    is_deprecated.then(|| Deprecation { date: text("Date"), removal: text("RemovalDate"), version: text("Version") })
}

/// Compares the docs with what is generated: a missing entry is a warning, an unknown one an error; when the docs were
/// written for another document than the one at hand, unknown ones are warnings too.
pub(super) fn check_docs(
    model: &Model<'_>,
    selection: &Selection,
    docs: &Loaded<Docs>,
    unknown: Severity,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut check = Check { docs, unknown, diagnostics };
    let names: Vec<String> = selection.order.iter().map(|id| model.qualified_name(*id)).collect();
    for name in docs.value.types.keys() {
        if !names.iter().any(|it| it == name.get_ref()) {
            check.unknown("type", name.get_ref(), docs.span(name), names.iter().map(String::as_str));
        }
    }
    for (id, name) in selection.order.iter().zip(&names) {
        let Some(entry) = docs.value.types.get(name.as_str()) else {
            check.missing("type", name);
            continue;
        };
        let (properties, members): (Vec<&str>, Vec<&str>) = match &model.ty(*id).kind {
            TypeKind::Structured(it) => (it.properties.iter().map(|it| it.name).collect(), Vec::new()),
            TypeKind::Enum(it) => (Vec::new(), it.members.iter().map(|it| it.name).collect()),
            TypeKind::Definition(_) => (Vec::new(), Vec::new()),
        };
        check.entries("property", name, &properties, &entry.properties);
        check.entries("member", name, &members, &entry.members);
    }
    let operations: Vec<(String, Vec<&str>)> = selection
        .operations
        .iter()
        .map(|id| model.operation(*id))
        .map(|it| {
            (
                format!("{}.{}", model.schema(it.schema).namespace, it.name),
                it.parameters.iter().map(|it| it.name).collect(),
            )
        })
        .collect();
    for (name, entry) in &docs.value.operations {
        match operations.iter().find(|(it, _)| it == name.get_ref()) {
            Some((full, parameters)) => {
                for key in entry.parameters.keys().filter(|key| !parameters.contains(&key.get_ref().as_str())) {
                    let what = format!("{full}/{}", key.get_ref());
                    check.unknown("parameter", &what, docs.span(key), parameters.iter().copied());
                }
            }
            None => {
                let known = operations.iter().map(|(it, _)| it.as_str());
                check.unknown("operation", name.get_ref(), docs.span(name), known);
            }
        }
    }
}

struct Check<'c> {
    docs: &'c Loaded<Docs>,
    unknown: Severity,
    diagnostics: &'c mut Vec<Diagnostic>,
}

impl Check<'_> {
    fn entries(
        &mut self,
        what: &str,
        owner: &str,
        declared: &[&str],
        entries: &std::collections::BTreeMap<toml::Spanned<String>, DocEntry>,
    ) {
        for key in entries.keys().filter(|key| !declared.contains(&key.get_ref().as_str())) {
            self.unknown(what, &format!("{owner}/{}", key.get_ref()), self.docs.span(key), declared.iter().copied());
        }
        for name in declared.iter().filter(|name| !entries.contains_key(**name)) {
            self.missing(what, &format!("{owner}/{name}"));
        }
    }

    fn unknown<'n>(&mut self, what: &str, name: &str, span: Span, known: impl Iterator<Item = &'n str>) {
        let simple = name.rsplit('/').next().unwrap_or(name);
        let fault =
            Diagnostic::error("docs::unknown", format!("no {what} `{name}` is generated")).at(span, "documented here");
        let fault = Diagnostic { severity: self.unknown, ..fault };
        self.diagnostics.push(match nearest(simple, known) {
            Some(near) => fault.help(format!("a similar name is: `{near}`")),
            None => fault.help("remove the entry"),
        });
    }

    fn missing(&mut self, what: &str, name: &str) {
        self.diagnostics.push(
            Diagnostic::warning("docs::missing", format!("{what} `{name}` is not documented"))
                .help("write an entry for it into the docs file"),
        );
    }
}
