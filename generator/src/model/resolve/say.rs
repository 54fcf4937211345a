//! What diagnostics of this stage have in common.

use super::Resolver;
use crate::csdl::Text;
use crate::diagnostic::{Diagnostic, Severity};
use crate::nearest::nearest;
use crate::source::Span;

/// Small changes of a diagnostic.
pub(super) trait Say {
    /// The same as a warning.
    fn warning(self) -> Self;
    /// With a help, where there is one.
    fn help_if(self, help: Option<String>) -> Self;
}

impl Say for Diagnostic {
    fn warning(self) -> Self {
        Self { severity: Severity::Warning, ..self }
    }

    fn help_if(self, help: Option<String>) -> Self {
        match help {
            Some(help) => self.help(help),
            None => self,
        }
    }
}

impl Resolver<'_, '_> {
    /// Keeps a diagnostic. A document of 64 MiB can hold a million faults; the first ten thousand will do.
    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        const MOST: usize = 10_000;
        self.reported += 1;
        if self.reported <= MOST {
            self.diagnostics.push(diagnostic);
        }
    }

    /// A second definition, with both places.
    pub(super) fn twice(what: &str, name: &Text<'_>, first: Span) -> Diagnostic {
        Diagnostic::error("resolve::duplicate", format!("{what} `{}` is declared twice", name.value))
            .at(name.span, "again here")
            .also(first, "first here")
            .help("remove or rename one of them")
    }

    /// Reports a second definition, with both places.
    pub(super) fn duplicate(&mut self, what: &str, name: &Text<'_>, first: Span) {
        self.report(Self::twice(what, name, first));
    }

    /// Whether one more search may be made: each looks at every name, so a document full of faults gets help for the first
    /// of them only.
    pub(super) fn may_search(&self) -> bool {
        const MOST: usize = 50;
        self.searches.set(self.searches.get() + 1);
        self.searches.get() <= MOST
    }

    /// The help that offers the nearest of the known names.
    pub(super) fn near<'n>(&self, wanted: &str, known: impl IntoIterator<Item = &'n str>) -> Option<String> {
        if !self.may_search() {
            return None;
        }
        nearest(wanted, known).map(|it| format!("a similar name exists: `{it}`"))
    }

    /// Whether a name is in a namespace that the documents given do not declare. Other documents are never fetched, and
    /// of what they would say nothing is said.
    pub(super) fn is_absent(&self, document: usize, name: &str) -> bool {
        let name = super::scope::item_name(name).0;
        let Some((qualifier, _)) = name.rsplit_once('.') else { return false };
        if qualifier == "Edm" || self.schema_of(document, qualifier).is_some() {
            return false;
        }
        let namespace = self.scopes.namespace(document, qualifier);
        let references = self.documents.get(document).map(|it| it.references.as_slice()).unwrap_or_default();
        references.iter().flat_map(|it| &it.includes).any(|it| it.namespace.value == namespace)
    }
}
