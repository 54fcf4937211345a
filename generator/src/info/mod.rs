//! Answers of `odata-codegen info`: what the documents hold, what the configuration selects of it, and what that costs.

mod show;

pub use show::{markdown, text};

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::compile::Summary;
use crate::context::Context;
use crate::diagnostic::Diagnostic;
use crate::emit::{Files, emit};
use crate::input::Input;
use crate::model::{SchemaId, TypeId, TypeKind};
use crate::select::{closure_size, costs};

/// What there is, and what it costs.
#[derive(Debug, Serialize)]
pub struct Info {
    /// The documents, in the order given.
    pub documents: Vec<DocumentInfo>,
    /// Their namespaces, by name.
    pub namespaces: Vec<NamespaceInfo>,
    /// Each entry of `[select]`, in the order of the configuration.
    pub selected: Vec<CostInfo>,
    /// All of the output.
    pub output: OutputInfo,
}

/// One document.
#[derive(Debug, Serialize)]
pub struct DocumentInfo {
    /// Its path as given.
    pub name: String,
    /// Its length in bytes, without a byte order mark.
    pub bytes: usize,
    /// Its lines.
    pub lines: usize,
}

/// One namespace.
#[derive(Debug, Default, Serialize)]
pub struct NamespaceInfo {
    /// Its name.
    pub name: String,
    /// Its aliases.
    pub aliases: Vec<String>,
    /// Entity types declared in it.
    pub entity_types: usize,
    /// Complex types declared in it.
    pub complex_types: usize,
    /// Enumerations declared in it.
    pub enumerations: usize,
    /// Type definitions declared in it.
    pub type_definitions: usize,
    /// Overloads of functions and actions declared in it.
    pub operations: usize,
    /// Types that a selection of it alone would bring in, derived types of other namespaces aside.
    pub closure: usize,
    /// Types of it that are generated.
    pub generated: usize,
    /// Lines of Rust that they come to.
    pub lines: usize,
}

/// One entry of `[select]`.
#[derive(Debug, Serialize)]
pub struct CostInfo {
    /// `namespace`, `type`, `path` or `derived types`.
    pub kind: &'static str,
    /// What the configuration names.
    pub name: String,
    /// Types that it reaches.
    pub reach: usize,
    /// Types that would be gone without it.
    pub only: usize,
    /// Lines of Rust of these.
    pub only_lines: usize,
}

/// All of the output.
#[derive(Debug, Default, Serialize)]
pub struct OutputInfo {
    /// Types, of whatever kind.
    pub types: usize,
    /// Entity types and complex types.
    pub structs: usize,
    /// Enumerations.
    pub enums: usize,
    /// Requests: the operations that the paths have.
    pub requests: usize,
    /// Files, and their lines.
    pub files: usize,
    /// Lines of all files.
    pub lines: usize,
    /// Lines of the files with requests.
    pub request_lines: usize,
}

/// Looks at an input and what the stages made of it.
#[must_use]
pub fn info(input: &Input, context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) -> Info {
    let files = emit(context.plan, diagnostics);
    let lines = lines_by_type(context, &files);
    let all_of = |types: &BTreeSet<TypeId>| types.iter().filter_map(|id| lines.get(id)).sum();
    let selected = costs(context.model, context.config, context.selection).into_iter().map(|it| CostInfo {
        kind: it.kind,
        name: it.name,
        reach: it.reach.len(),
        only: it.only.len(),
        only_lines: all_of(&it.only),
    });
    let documents = input.documents.iter().filter_map(|id| input.sources.get(*id)).map(|it| DocumentInfo {
        name: it.name.clone(),
        bytes: it.text.len(),
        lines: it.text.lines().count(),
    });
    Info {
        documents: documents.collect(),
        namespaces: namespaces(context, &lines),
        selected: selected.collect(),
        output: output(context, &files),
    }
}

/// The lines of the file of each type.
fn lines_by_type(context: &Context<'_>, files: &Files) -> BTreeMap<TypeId, usize> {
    let file = |id: TypeId| {
        let module = context.names.modules.get(&context.model.ty(id).schema)?;
        files.get(&format!("{}/{}.rs", module.unraw(), context.names.types.get(&id)?.file.unraw()))
    };
    let counted = context.selection.order.iter().filter_map(|id| Some((*id, file(*id)?.lines().count())));
    counted.collect()
}

fn namespaces(context: &Context<'_>, lines: &BTreeMap<TypeId, usize>) -> Vec<NamespaceInfo> {
    let model = context.model;
    let mut all: BTreeMap<SchemaId, NamespaceInfo> = BTreeMap::new();
    for (id, schema) in model.schemas() {
        let named = NamespaceInfo {
            name: schema.namespace.to_owned(),
            aliases: schema.aliases.iter().map(|it| (*it).to_owned()).collect(),
            closure: closure_size(model, context.config, id),
            ..NamespaceInfo::default()
        };
        all.insert(id, named);
    }
    for (id, ty) in model.types() {
        let Some(of) = all.get_mut(&ty.schema) else { continue };
        match &ty.kind {
            TypeKind::Structured(it) if it.is_entity => of.entity_types += 1,
            TypeKind::Structured(_) => of.complex_types += 1,
            TypeKind::Enum(_) => of.enumerations += 1,
            TypeKind::Definition(_) => of.type_definitions += 1,
        }
        of.generated += usize::from(context.selection.contains(id));
        of.lines += lines.get(&id).copied().unwrap_or_default();
    }
    for (_, operation) in model.operations() {
        if let Some(of) = all.get_mut(&operation.schema) {
            of.operations += 1;
        }
    }
    let mut all: Vec<NamespaceInfo> = all.into_values().collect();
    all.sort_by(|a, b| a.name.cmp(&b.name));
    all
}

fn output(context: &Context<'_>, files: &Files) -> OutputInfo {
    let counted = Summary::of(context.model, context.selection);
    let count = |text: &String| text.lines().count();
    let of_requests = files.iter().filter(|(path, _)| path.starts_with("requests/"));
    OutputInfo {
        types: counted.types(),
        structs: counted.structured,
        enums: counted.enumerations,
        requests: context.names.resources.values().map(|it| it.requests.len()).sum::<usize>()
            + context.names.calls.len(),
        files: files.len(),
        lines: files.values().map(count).sum(),
        request_lines: of_requests.map(|(_, text)| count(text)).sum(),
    }
}
