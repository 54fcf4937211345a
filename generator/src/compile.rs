//! The stages in their order. Pure: an [`Input`] in, values and diagnostics out.

use std::fmt;

use crate::config;
use crate::context::Context;
use crate::csdl::{self, Document};
use crate::deprecation::{Removal, removals};
use crate::diagnostic::Diagnostic;
use crate::emit::{Files, emit};
use crate::explain::{self, Explanation};
use crate::extract::extract;
use crate::input::Input;
use crate::lock::{self, Pins};
use crate::model::{Model, TypeKind, resolve};
use crate::names::names;
use crate::plan::plan;
use crate::select::{Selection, select};

/// What a compilation yields.
#[derive(Debug, Default)]
pub struct Compiled {
    /// The generated files; empty after an error.
    pub files: Files,
    /// The text of `codegen.lock` that goes with them; empty after an error.
    pub lock: String,
    /// What they hold.
    pub summary: Summary,
    /// What of it the service has said it will remove, and when.
    pub removals: Vec<Removal>,
}

/// What was selected, counted.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Summary {
    /// Entity types and complex types.
    pub structured: usize,
    /// Enumerations.
    pub enumerations: usize,
    /// Type definitions.
    pub definitions: usize,
}

impl Summary {
    /// All types.
    #[must_use]
    pub fn types(self) -> usize {
        self.structured + self.enumerations + self.definitions
    }

    pub(crate) fn of(model: &Model<'_>, selection: &Selection) -> Self {
        let mut summary = Self::default();
        for id in &selection.order {
            match model.ty(*id).kind {
                TypeKind::Structured(_) => summary.structured += 1,
                TypeKind::Enum(_) => summary.enumerations += 1,
                TypeKind::Definition(_) => summary.definitions += 1,
            }
        }
        summary
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (structs, enums) = (counted(self.structured, "struct"), counted(self.enumerations, "enum"));
        write!(f, "{} ({structs}, {enums}", counted(self.types(), "type"))?;
        if self.definitions > 0 {
            write!(f, ", {}", counted(self.definitions, "type definition"))?;
        }
        f.write_str(")")
    }
}

/// A number and what it counts: `1 file`, `2 files`.
#[must_use]
pub fn counted(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// Compiles an input to files. After an error there are none.
pub fn compile(input: &Input, diagnostics: &mut Vec<Diagnostic>) -> Compiled {
    let compiled = with_selection(input, diagnostics, |model, selection, diagnostics| {
        // Words for what is missing because of an earlier error would repeat it.
        let whole = !diagnostics.iter().any(Diagnostic::is_error);
        config::check(model, selection, &input.config, input.unknown, diagnostics);
        if let Some(docs) = input.docs.as_ref().filter(|_| whole) {
            config::check_docs(model, selection, docs, input.unknown, diagnostics);
        }
        if diagnostics.iter().any(Diagnostic::is_error) {
            return Compiled::default();
        }
        let names = names(model, selection, &input.config, pins(input), diagnostics);
        let docs = input.docs.as_ref().map(|it| &it.value);
        let plan = plan(model, selection, &names, &input.config, docs, diagnostics);
        let files = emit(&plan, diagnostics);
        if diagnostics.iter().any(Diagnostic::is_error) {
            return Compiled::default();
        }
        Compiled {
            files,
            lock: lock::text(input, model, &names),
            summary: Summary::of(model, selection),
            removals: removals(model, selection, &input.config),
        }
    });
    compiled.unwrap_or_default()
}

fn pins(input: &Input) -> Pins<'_> {
    Pins { lock: input.lock.as_ref(), accept_renames: input.accept_renames }
}

/// The slice of an input's documents that its configuration selects, as CSDL XML; none after an error.
pub fn slice(input: &Input, diagnostics: &mut Vec<Diagnostic>) -> Option<String> {
    with_selection(input, diagnostics, |model, selection, diagnostics| {
        let source = *input.documents.first()?;
        let sound = !diagnostics.iter().any(Diagnostic::is_error);
        sound.then(|| csdl::write(&extract(model, selection, source)))
    })
    .flatten()
}

/// What there is to say of a name; nothing when it stands for nothing, or after an error. Doubts about the rest of the
/// input are not asked for.
pub fn explain(input: &Input, name: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<Explanation> {
    let explained = look(input, diagnostics, |context, diagnostics| explain::explain(context, name, diagnostics));
    explained.unwrap_or_default()
}

/// Hands over what every stage before `emit` found out, to look at; not after an error. Doubts about the input are not
/// asked for.
pub fn look<T>(
    input: &Input,
    diagnostics: &mut Vec<Diagnostic>,
    then: impl FnOnce(&Context<'_>, &mut Vec<Diagnostic>) -> T,
) -> Option<T> {
    let seen = with_selection(input, diagnostics, |model, selection, diagnostics| {
        if diagnostics.iter().any(Diagnostic::is_error) {
            return None;
        }
        let config = &input.config;
        let names = names(model, selection, config, pins(input), diagnostics);
        let docs = input.docs.as_ref();
        let plan = plan(model, selection, &names, config, docs.map(|it| &it.value), diagnostics);
        let lock = input.lock.as_ref();
        let context = Context { model, selection, names: &names, plan: &plan, config, docs, lock };
        Some(then(&context, diagnostics))
    });
    diagnostics.retain(Diagnostic::is_error);
    seen.flatten()
}

/// Runs read, resolve and select. Stops where a file or a document could not be read: what stands in it would only be
/// missed again, name by name.
fn with_selection<T>(
    input: &Input,
    diagnostics: &mut Vec<Diagnostic>,
    then: impl FnOnce(&Model<'_>, &Selection, &mut Vec<Diagnostic>) -> T,
) -> Option<T> {
    if diagnostics.iter().any(Diagnostic::is_error) {
        return None;
    }
    let limits = csdl::Limits::default();
    if input.documents.is_empty() {
        diagnostics.push(
            Diagnostic::error("input::no-document", "the configuration names no document")
                .help("write `documents = [\"FILE\"]` or give `--document FILE`"),
        );
        return None;
    }
    let documents: Vec<Document<'_>> =
        input.documents.iter().map(|id| csdl::read(*id, input.sources.text(*id), &limits, diagnostics)).collect();
    if diagnostics.iter().any(csdl::ends_reading) {
        return None;
    }
    let mut overlays = input.config.overlays();
    for overlay in &mut overlays {
        overlay.unknown = input.unknown;
    }
    let model = resolve(&documents, &overlays, diagnostics);
    let selection = select(&model, &input.config, input.unknown, diagnostics);
    Some(then(&model, &selection, diagnostics))
}
