//! Slips in `codegen.toml`: names that stand for nothing, and values that cannot be used.
//!
//! Options are looked up by name where they are needed. One under a wrong name would do nothing and say nothing.

mod docs;
mod limits;
mod names;
mod notifications;
mod operations;
mod values;

pub use docs::check_docs;

use std::collections::BTreeSet;

use toml::Spanned;

use super::{Config, Loaded, TypeOptions};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{Model, TypeId, TypeKind};
use crate::nearest::nearest;
use crate::select::{Call, Resource, Segment, Selection, key, parameters};
use crate::source::Span;

/// Compares the configuration with the model and with what is selected. Names that the document lacks have the severity
/// `unknown`: they are errors for the document that the configuration was written for, and doubts for any other.
pub fn check(
    model: &Model<'_>,
    selection: &Selection,
    config: &Loaded<Config>,
    unknown: Severity,
    diagnostics: &mut Vec<Diagnostic>,
) {
    // An earlier error leaves holes: one in a document in the model, one in the configuration in what is selected. Names
    // that fell into them would repeat it.
    let is_ours = |it: &Diagnostic| it.primary.as_ref().is_some_and(|(span, _)| span.source == config.source);
    let mut errors = diagnostics.iter().filter(|it| it.is_error()).peekable();
    let whole = errors.peek().is_none();
    let sound = errors.all(is_ours);
    let mut check = Check { model, selection, config, unknown, whole, diagnostics };
    check.provenance();
    check.root_file();
    check.repeated_roots();
    check.service();
    check.limits();
    check.modules();
    check.words();
    if sound {
        check.namespaces();
        check.types();
        check.operations();
        check.notifications();
        check.limited_paths();
        check.names();
    }
    if whole {
        check.spelling();
    }
}

struct Check<'c, 'm> {
    model: &'c Model<'m>,
    selection: &'c Selection,
    config: &'c Loaded<Config>,
    unknown: Severity,
    /// Whether everything is selected that the configuration asks for.
    whole: bool,
    diagnostics: &'c mut Vec<Diagnostic>,
}

impl Check<'_, '_> {
    /// Something that the document lacks, or that is not selected of it.
    fn lacks(&mut self, code: &'static str, message: String, span: Span, help: String) {
        let fault = Diagnostic::error(code, message).at(span, "named here").help(help);
        self.diagnostics.push(Diagnostic { severity: self.unknown, ..fault });
    }

    /// Whether an earlier stage has refused what stands there.
    fn is_told(&self, span: Span) -> bool {
        self.diagnostics.iter().any(|it| it.primary.as_ref().is_some_and(|(at, _)| *at == span))
    }

    fn error(&mut self, code: &'static str, message: String, span: Span, help: impl Into<String>) {
        self.diagnostics.push(Diagnostic::error(code, message).at(span, "here").help(help));
    }

    fn warning(&mut self, code: &'static str, message: String, span: Span, help: impl Into<String>) {
        self.diagnostics.push(Diagnostic::warning(code, message).at(span, "here").help(help));
    }

    fn namespaces(&mut self) {
        let (model, config) = (self.model, self.config);
        for name in config.value.namespaces.keys() {
            let (wanted, span) = (name.get_ref().as_str(), config.span(name));
            match model.find_schema(wanted).map(|id| model.schema(id).namespace) {
                None => {
                    let help = similar(wanted, model.schemas().map(|(_, it)| it.namespace));
                    let fault = format!("namespace `{wanted}` is not in this document");
                    self.lacks("config::unknown-namespace", fault, span, help);
                }
                Some(full) if full != wanted => self.alias(wanted, full, span),
                Some(_) => {}
            }
        }
    }

    /// Options are kept by full name: they do not depend on what a document abbreviates.
    fn alias(&mut self, wanted: &str, full: &str, span: Span) {
        let fault = format!("`{wanted}` goes by an alias of the document; options go by full names");
        self.lacks("config::alias", fault, span, format!("write `{full}`"));
    }

    fn types(&mut self) {
        let (model, config) = (self.model, self.config);
        let names: Vec<String> = self.selection.order.iter().map(|id| model.qualified_name(*id)).collect();
        for (name, options) in &config.value.types {
            let (wanted, span) = (name.get_ref().as_str(), config.span(name));
            match model.find_type(wanted).map(|id| (id, model.qualified_name(id))) {
                // The type of an overlay is told by `resolve`.
                None if self.is_told(span) => {}
                None => {
                    let fault = format!("type `{wanted}` is not in this document");
                    let help = similar(wanted, names.iter().map(String::as_str));
                    self.lacks("config::unknown-type", fault, span, help);
                }
                Some((_, full)) if full != wanted => self.alias(wanted, &full, span),
                Some((id, _)) if self.whole && !self.selection.contains(id) => {
                    let fault = format!("type `{wanted}` is not selected, so nothing comes of its options");
                    self.lacks("config::unselected-type", fault, span, "select it, or remove the entry".to_owned());
                }
                Some((id, _)) => {
                    self.properties(id, wanted, options);
                    self.closed(id, wanted, options);
                }
            }
        }
    }

    fn properties(&mut self, id: TypeId, type_name: &str, options: &TypeOptions) {
        let (model, config) = (self.model, self.config);
        let all = model.all_properties(id);
        let find = |name: &Spanned<String>| all.iter().find(|(_, it)| it.name == name.get_ref());
        // What is wrong with an overlay is told by `resolve`.
        let is_added =
            |name: &Spanned<String>| config.value.types.values().any(|it| it.add.contains_key(name.get_ref().as_str()));
        let lists = [&options.secret, &options.personal, &options.computed, &options.immutable];
        let successors = options.successor.keys().chain(options.successor.values());
        let named = lists.into_iter().flatten().chain(successors);
        let whole = self.whole;
        for name in named.filter(|name| find(name).is_none() && (whole || !is_added(name))) {
            let fault = format!("`{type_name}` has no property `{}`", name.get_ref());
            let help = similar(name.get_ref(), all.iter().map(|(_, it)| it.name));
            self.lacks("config::unknown-property", fault, config.span(name), help);
        }
        for name in options.successor.keys() {
            let Some((declaring, property)) = find(name) else { continue };
            let span = config.span(name);
            if property.annotations.get("Org.OData.Core.V1.Revisions").is_none() {
                let fault =
                    format!("`{type_name}/{}` is not deprecated, so its successor is never told", property.name);
                self.warning("config::not-deprecated", fault, span, "remove the entry");
            } else if *declaring != id {
                let base = model.qualified_name(*declaring);
                let fault = format!("`{}` is declared on `{base}`; only its successor there is told", property.name);
                let help = format!("write it under `[type.\"{base}\"]`");
                self.warning("config::inherited-successor", fault, span, help);
            }
        }
    }

    fn closed(&mut self, id: TypeId, type_name: &str, options: &TypeOptions) {
        let closed = options.closed.as_ref().filter(|it| *it.get_ref());
        let infer = options.infer.as_ref().filter(|it| *it.get_ref());
        match (closed, infer) {
            (Some(closed), _) if self.model.structured(id).is_none() => {
                let fault = format!("`{type_name}` is neither an entity type nor a complex type");
                self.error("config::not-structured", fault, self.config.span(closed), "remove `closed`");
            }
            (Some(closed), _)
                if self.whole && !self.model.descendants(id).iter().any(|it| self.selection.contains(*it)) =>
            {
                let fault = format!("no type that derives from `{type_name}` is selected");
                let help = "select derived types with `select.derived_from`, or remove `closed`".to_owned();
                self.lacks("config::nothing-derived", fault, self.config.span(closed), help);
            }
            (None, Some(infer)) => {
                let fault = format!("`infer` does nothing for `{type_name}`, which is not closed");
                let help = "write `closed = true` as well, or remove `infer`";
                self.error("config::infer-without-closed", fault, self.config.span(infer), help);
            }
            _ => {}
        }
    }

    fn spelling(&mut self) {
        let (model, config, selection) = (self.model, self.config, self.selection);
        let mut known: BTreeSet<&str> = BTreeSet::new();
        for ty in selection.order.iter().map(|id| model.ty(*id)) {
            known.insert(ty.name);
            match &ty.kind {
                TypeKind::Structured(it) => known.extend(it.properties.iter().map(|it| it.name)),
                TypeKind::Enum(it) => known.extend(it.members.iter().map(|it| it.name)),
                TypeKind::Definition(_) => {}
            }
        }
        for resource in flat(&selection.resources) {
            known.insert(match &resource.segment {
                Segment::Container(name) | Segment::Navigation(name) => name,
                Segment::Key | Segment::Cast { .. } => model.ty(resource.entity_type).name,
            });
            if resource.segment == Segment::Key {
                known.extend(key(model, resource.entity_type).unwrap_or_default().iter().map(|it| it.name));
            }
        }
        for call in calls(selection) {
            known.insert(&call.name);
            known.extend(parameters(model.operation(call.operation)).iter().map(|it| it.name));
        }
        for name in config.value.spelling.keys().filter(|it| !known.contains(it.get_ref().as_str())) {
            let fault = format!("nothing that is selected is called `{}`", name.get_ref());
            let help = similar(name.get_ref(), known.iter().copied());
            self.warning("config::unknown-name", fault, config.span(name), help);
        }
    }
}

/// The cure for a name that is not known.
fn similar<'n>(wanted: &str, known: impl IntoIterator<Item = &'n str>) -> String {
    nearest(wanted, known).map_or_else(|| "remove the entry".to_owned(), |it| format!("a similar name is: `{it}`"))
}

/// Every resource of a forest, parents first.
fn flat(forest: &[Resource]) -> Vec<&Resource> {
    forest.iter().flat_map(|it| std::iter::once(it).chain(flat(&it.children))).collect()
}

/// Every function and action at its place.
fn calls(selection: &Selection) -> impl Iterator<Item = &Call> {
    flat(&selection.resources).into_iter().flat_map(|it| &it.calls).chain(&selection.imports)
}
