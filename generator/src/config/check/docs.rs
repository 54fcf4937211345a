//! `docs.toml` against what is generated: entries for nothing, and what has no entry.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use toml::Spanned;

use crate::config::{DocEntry, Docs, Loaded};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{Model, TypeId, TypeKind};
use crate::nearest::nearest;
use crate::select::Selection;
use crate::source::Span;

/// How many names a warning lists before it counts the rest.
const LISTED: usize = 6;

/// Compares the docs with what is generated. What has no entry is a warning, one for each type. An entry for nothing has
/// the severity `unknown`: it is an error for the document that the docs were written for, a doubt for any other.
pub fn check_docs(
    model: &Model<'_>,
    selection: &Selection,
    docs: &Loaded<Docs>,
    unknown: Severity,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut check = Check { docs, unknown, diagnostics };
    let names: Vec<String> = selection.order.iter().map(|id| model.qualified_name(*id)).collect();
    for name in docs.value.types.keys() {
        if names.binary_search(name.get_ref()).is_err() {
            check.unknown("type", name.get_ref(), docs.span(name), names.iter().map(String::as_str));
        }
    }
    for (id, name) in selection.order.iter().zip(&names) {
        check.of_type(model, *id, name);
    }
    let operations: Vec<(String, Vec<&str>)> = selection
        .operations
        .iter()
        .map(|id| model.operation(*id))
        .map(|it| {
            let name = format!("{}.{}", model.schema(it.schema).namespace, it.name);
            (name, it.parameters.iter().map(|it| it.name).collect())
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
    fn of_type(&mut self, model: &Model<'_>, id: TypeId, name: &str) {
        let ty = model.ty(id);
        let (properties, members): (Vec<&str>, Vec<&str>) = match &ty.kind {
            TypeKind::Structured(it) => (it.properties.iter().map(|it| it.name).collect(), Vec::new()),
            TypeKind::Enum(it) => (Vec::new(), it.members.iter().map(|it| it.name).collect()),
            TypeKind::Definition(_) => (Vec::new(), Vec::new()),
        };
        let Some((key, entry)) = self.docs.value.types.get_key_value(name) else {
            self.diagnostics.push(
                Diagnostic::warning("docs::missing", format!("type `{name}` is not documented"))
                    .at(ty.span, "declared here")
                    .help(format!("write an entry `[type.\"{name}\"]` into the docs file")),
            );
            return;
        };
        let key = self.docs.span(key);
        self.entries(("property", "properties"), name, key, &properties, &entry.properties);
        self.entries(("member", "members"), name, key, &members, &entry.members);
    }

    fn entries(
        &mut self,
        (one, many): (&str, &str),
        owner: &str,
        place: Span,
        declared: &[&str],
        entries: &BTreeMap<Spanned<String>, DocEntry>,
    ) {
        for key in entries.keys().filter(|key| !declared.contains(&key.get_ref().as_str())) {
            self.unknown(one, &format!("{owner}/{}", key.get_ref()), self.docs.span(key), declared.iter().copied());
        }
        let missing: Vec<String> =
            declared.iter().filter(|it| !entries.contains_key(**it)).map(|it| format!("`{it}`")).collect();
        let mut list = missing.iter().take(LISTED).map(String::as_str).collect::<Vec<_>>().join(", ");
        if missing.len() > LISTED {
            let _infallible = write!(list, " and {} more", missing.len() - LISTED);
        }
        let (what, are) = if missing.len() == 1 { (one, "is") } else { (many, "are") };
        if !missing.is_empty() {
            self.diagnostics.push(
                Diagnostic::warning("docs::missing", format!("{what} {list} of `{owner}` {are} not documented"))
                    .at(place, "in this entry")
                    .help(format!("write each into `[type.\"{owner}\".{one}]`")),
            );
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
}
