//! One document under one configuration, brought as far as the plan.

use std::collections::BTreeSet;

use toml::Spanned;

use super::foreign::{has_container, opaque, subordinate};
use super::operations::operations;
use super::paths::aliases;
use super::requests::requests;
use super::surface::Surface;
use super::types::{Context, types};
use crate::config::{Config, DerivedPolicy, Loaded, Select};
use crate::csdl::{self, Document};
use crate::deprecation::{Date, Passed, passed, removals};
use crate::diagnostic::{Diagnostic, Severity};
use crate::input::Input;
use crate::lock::{self, Pins};
use crate::model::{Model, resolve};
use crate::names::names;
use crate::plan::plan;
use crate::select::{Selection, select};
use crate::source::{Sources, Span};

/// What one document comes to.
#[derive(Debug)]
pub struct Side {
    pub(super) sources: Sources,
    pub(super) surface: Surface,
    lock: String,
    passed: Vec<Passed>,
}

/// How two sides are made, alike for both.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Whether to select by namespace and to leave paths out: [`without_container`] says when.
    pub by_namespace: bool,
    /// The day on which removals are looked at; none are without it.
    pub today: Option<Date>,
}

/// Whether the main document of an input has no container, so that no path leads anywhere.
#[must_use]
pub fn without_container(input: &Input) -> bool {
    let Some(main) = input.documents.first() else { return false };
    let document = csdl::read(*main, input.sources.text(*main), &csdl::Limits::default(), &mut Vec::new());
    !has_container(&document)
}

impl Side {
    /// Takes an input as far as the plan, under the names that a side before it has. The first document is the one to
    /// compare; of the others it takes types of namespaces that the first does not declare. What the configuration selects
    /// and the document lacks is no fault: the comparison tells of it. Nothing after an error.
    pub fn new(
        input: &mut Input,
        before: Option<&Self>,
        options: Options,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Self> {
        if diagnostics.iter().any(Diagnostic::is_error) {
            return None;
        }
        if let Some(before) = before {
            let source = input.sources.add("codegen.lock", before.lock.clone());
            input.lock = Some(lock::read(source, &input.sources, diagnostics));
        }
        let mut said = Vec::new();
        let side = built(input, options, &mut said);
        // Doubts about a document are for `check`; here they would be told twice.
        diagnostics.extend(said.into_iter().filter(|it| it.is_error() || it.code.starts_with("diff::")));
        side.filter(|_| !diagnostics.iter().any(Diagnostic::is_error))
    }

    /// What it still has although the day of its removal has come.
    #[must_use]
    pub fn passed(&self) -> &[Passed] {
        &self.passed
    }

    /// The text of the lock that goes with it.
    #[must_use]
    pub fn lock(&self) -> &str {
        &self.lock
    }
}

fn built(input: &mut Input, options: Options, diagnostics: &mut Vec<Diagnostic>) -> Option<Side> {
    let limits = csdl::Limits::default();
    let mut documents: Vec<Document<'_>> = Vec::new();
    for (at, id) in input.documents.iter().enumerate() {
        let mut said = Vec::new();
        documents.push(csdl::read(*id, input.sources.text(*id), &limits, &mut said));
        // A document that only lends types has faults of its own, which are not asked for.
        diagnostics.extend(said.into_iter().filter(|it| at == 0 || csdl::ends_reading(it)));
    }
    if documents.is_empty() {
        diagnostics.push(Diagnostic::error("diff::no-document", "there is no document to compare"));
    }
    if diagnostics.iter().any(Diagnostic::is_error) {
        return None;
    }
    subordinate(&mut documents);
    let made_up = opaque(&documents);
    let mut opaque_names = BTreeSet::new();
    if let Some((document, names)) = made_up {
        diagnostics.extend(about_opaque(&names, &document));
        documents.push(document);
        opaque_names = names;
    }
    let mut overlays = input.config.overlays();
    for overlay in &mut overlays {
        overlay.unknown = Severity::Warning;
    }
    let mut said = Vec::new();
    let model = resolve(&documents, &overlays, &mut said);
    // A document that caught up with an overlay has the property all the same.
    let lent = |it: &Diagnostic| {
        let main = documents.first().map(|it| it.source);
        it.primary.as_ref().is_some_and(|(span, _)| Some(span.source) != main && span.source != input.config.source)
    };
    diagnostics.extend(said.into_iter().filter(|it| it.code != "resolve::stale-overlay" && !lent(it)));
    if options.by_namespace {
        by_namespace(&mut input.config.value.select, documents.first());
    }
    let selection = selected(&model, &mut input.config, diagnostics);
    if diagnostics.iter().any(Diagnostic::is_error) {
        return None;
    }
    // What cannot keep its name is a difference to tell of.
    let pins = Pins { lock: input.lock.as_ref(), accept_renames: true };
    let names = names(&model, &selection, &input.config, pins, diagnostics);
    let plan = plan(&model, &selection, &names, &input.config, None, diagnostics);
    let context = Context {
        model: &model,
        selection: &selection,
        config: &input.config,
        names: &names,
        plan: &plan,
        aliases: &aliases(&plan),
        opaque: &opaque_names.iter().filter_map(|it| model.find_type(it)).collect(),
    };
    let mut surface = Surface::default();
    types(&context, &mut surface);
    if options.by_namespace {
        operations(&context, &mut surface);
    } else {
        requests(&context, &mut surface);
    }
    let removals = removals(&model, &selection, &input.config);
    let passed = options.today.map(|it| passed(&removals, it, &input.sources)).unwrap_or_default();
    let lock = lock::text(input, &model, &names);
    Some(Side { sources: input.sources.clone(), surface, lock, passed })
}

fn about_opaque(names: &BTreeSet<String>, document: &Document<'_>) -> Option<Diagnostic> {
    const SHOWN: usize = 5;
    let place = document.schemas.first()?.namespace.span;
    let shown: Vec<String> = names.iter().take(SHOWN).map(|it| format!("`{it}`")).collect();
    let more = names.len().saturating_sub(SHOWN);
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    let fault = format!("types of other documents are compared by their names alone: {}{more}", shown.join(", "));
    Some(
        Diagnostic::warning("diff::opaque", fault)
            .at(place, "the first one")
            .help("give the document that declares them: `--with DOCUMENT`"),
    )
}

/// The namespaces that the configuration names, as far as the document has them, or else all that it has.
fn by_namespace(select: &mut Select, main: Option<&Document<'_>>) {
    let own: Vec<&str> = main.iter().flat_map(|it| &it.schemas).map(|it| it.namespace.value.as_ref()).collect();
    select.paths.clear();
    select.namespaces.retain(|it| own.contains(&it.get_ref().as_str()));
    if select.namespaces.is_empty() {
        let mut all = own;
        all.sort_unstable();
        all.dedup();
        select.namespaces = all.into_iter().map(|it| Spanned::new(0..0, it.to_owned())).collect();
    }
}

/// Selects, without what the document does not have.
fn selected(model: &Model<'_>, config: &mut Loaded<Config>, diagnostics: &mut Vec<Diagnostic>) -> Selection {
    loop {
        let mut said = Vec::new();
        let selection = select(model, config, Severity::Warning, &mut said);
        let unknown = |it: &&Diagnostic| it.is_error() && it.code.starts_with("select::unknown");
        let missing: Vec<Span> = said.iter().filter(unknown).filter_map(|it| Some(it.primary.as_ref()?.0)).collect();
        let before = roots(&config.value.select);
        let source = config.source;
        let is_there =
            |it: &Spanned<String>| !missing.iter().any(|span| span.source == source && span.range() == it.span());
        let roots_of = &mut config.value.select;
        for list in [&mut roots_of.namespaces, &mut roots_of.types, &mut roots_of.paths] {
            list.retain(is_there);
        }
        for policy in roots_of.derived_from.values_mut().chain([&mut roots_of.derived]) {
            if let DerivedPolicy::Listed(list) = policy {
                list.retain(is_there);
            }
        }
        if roots(&config.value.select) == before {
            // With nothing selected there is nothing that an app could miss.
            diagnostics.extend(said.into_iter().filter(|it| it.code != "select::nothing"));
            return selection;
        }
    }
}

/// How many things the configuration names.
fn roots(select: &Select) -> usize {
    let listed = select.derived_from.values().chain([&select.derived]).map(|it| match it {
        DerivedPolicy::Listed(list) => list.len(),
        _ => 0,
    });
    select.namespaces.len() + select.types.len() + select.paths.len() + listed.sum::<usize>()
}
