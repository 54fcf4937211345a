//! What of a selection the service has said it will remove, and when.
//!
//! The day at hand is given, never taken from a clock: the stages have none.

pub use jiff::civil::Date;

use serde::Serialize;

use crate::config::{Config, Loaded};
use crate::diagnostic::Diagnostic;
use crate::model::{Annotations, Model, TypeKind};
use crate::select::Selection;
use crate::source::{Sources, Span};

/// Something selected that has a day of removal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removal {
    /// Its name, such as `shop.order/total`.
    pub subject: String,
    /// The day.
    pub day: Date,
    /// What replaces it, as the configuration says.
    pub successor: Option<String>,
    /// Where the day stands.
    pub span: Span,
}

/// Something whose day of removal has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Passed {
    /// Its name, such as `shop.order/total`.
    pub subject: String,
    /// The day, `YYYY-MM-DD`.
    pub removal: String,
    /// What replaces it, as the configuration says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub successor: Option<String>,
    /// Where the day stands, `file:line:column`.
    pub place: String,
}

/// Every removal of a selection, in the order of names. A date that is none was reported with the annotation.
#[must_use]
pub fn removals(model: &Model<'_>, selection: &Selection, config: &Loaded<Config>) -> Vec<Removal> {
    let mut found = Vec::new();
    let mut add = |subject: String, said: &Annotations<'_>, successor: Option<String>| {
        let Some(removal) = said.deprecation().and_then(|it| it.removal) else { return };
        let Ok(day) = removal.value.parse() else { return };
        found.push(Removal { subject, day, successor, span: removal.span });
    };
    for id in &selection.order {
        let ty = model.ty(*id);
        let qualified = model.qualified_name(*id);
        add(qualified.clone(), &ty.annotations, None);
        match &ty.kind {
            TypeKind::Structured(structured) => {
                for it in &structured.properties {
                    let subject = format!("{qualified}/{}", it.name);
                    add(subject, &it.annotations, successor(config, &qualified, it.name));
                }
            }
            TypeKind::Enum(declared) => {
                for it in &declared.members {
                    add(format!("{qualified}/{}", it.name), &it.annotations, None);
                }
            }
            TypeKind::Definition(_) => {}
        }
    }
    for id in &selection.operations {
        let operation = model.operation(*id);
        let qualified = format!("{}.{}", model.schema(operation.schema).namespace, operation.name);
        add(qualified, &operation.annotations, None);
    }
    for member in model.containers().iter().flat_map(|it| &it.members) {
        if selection.has_member(member.name) {
            add(format!("/{}", member.name), &member.annotations, None);
        }
    }
    found.sort_by(|a, b| (&a.subject, a.span).cmp(&(&b.subject, b.span)));
    // The members of a container stand in every one that extends it.
    found.dedup();
    found
}

fn successor(config: &Loaded<Config>, qualified: &str, property: &str) -> Option<String> {
    let options = config.value.types.get(qualified)?;
    options.successor.get(property).map(|it| it.get_ref().clone())
}

/// Those whose day has come.
#[must_use]
pub fn passed(removals: &[Removal], today: Date, sources: &Sources) -> Vec<Passed> {
    let due = removals.iter().filter(|it| it.day <= today);
    due.map(|it| Passed {
        subject: it.subject.clone(),
        removal: it.day.to_string(),
        successor: it.successor.clone(),
        place: sources.place(it.span),
    })
    .collect()
}

/// A warning for each of those whose day has come.
#[must_use]
pub fn warnings(removals: &[Removal], today: Date) -> Vec<Diagnostic> {
    let due = removals.iter().filter(|it| it.day <= today);
    due.map(|it| {
        let fault = format!("the service was to remove `{}` on {}", it.subject, it.day);
        let cure = match &it.successor {
            Some(successor) => format!("`{successor}` replaces it: see whether the service still sends the old one"),
            None => "see whether the service still has it; what replaces a property is said by `successor` in \
                     codegen.toml"
                .to_owned(),
        };
        Diagnostic::warning("deprecation::past-removal", fault).at(it.span, "the day of its removal").help(cure)
    })
    .collect()
}
