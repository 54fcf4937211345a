//! 14.3: of one target, a term stands once for each qualifier.

use std::collections::{HashMap, HashSet};

use super::Resolver;
use crate::csdl::Annotation;
use crate::diagnostic::Diagnostic;
use crate::model::{Annotations, TypeKind};
use crate::source::Span;

/// A term that stands twice: its name, where it stands first and where again.
type Repeat = (String, Span, Span);

impl<'m> Resolver<'m, '_> {
    /// Reports what is said twice of one target, inline or external. The first counts.
    pub(super) fn check_repeats(&mut self) {
        let mut found: Vec<Repeat> = Vec::new();
        let model = &self.model;
        let mut look = |list: &Annotations<'_>| repeats(list, &mut found);
        model.schemas.iter().for_each(|it| look(&it.annotations));
        for ty in &model.types {
            look(&ty.annotations);
            match &ty.kind {
                TypeKind::Structured(it) => it.properties.iter().for_each(|it| look(&it.annotations)),
                TypeKind::Enum(it) => it.members.iter().for_each(|it| look(&it.annotations)),
                TypeKind::Definition(_) => {}
            }
        }
        model.terms.iter().for_each(|it| look(&it.annotations));
        for operation in &model.operations {
            look(&operation.annotations);
            operation.parameters.iter().for_each(|it| look(&it.annotations));
            operation.return_type.iter().for_each(|it| look(&it.annotations));
        }
        for container in &model.containers {
            look(&container.annotations);
            container.members.iter().for_each(|it| look(&it.annotations));
        }
        model.deeper.iter().for_each(|it| look(&it.annotations));
        // One annotation may be bound to many overloads.
        let mut told = HashSet::new();
        found.retain(|(_, _, again)| told.insert(*again));
        self.report_repeats(found);
    }

    /// The same of annotations that stand where the model has no place for them.
    pub(super) fn check_repeats_in(&mut self, document: usize, list: &'m [Annotation<'m>]) {
        if list.len() > 1 {
            let mut annotations = Annotations::default();
            self.bind(document, None, list, &mut annotations);
            let mut found = Vec::new();
            repeats(&annotations, &mut found);
            self.report_repeats(found);
        }
    }

    fn report_repeats(&mut self, found: Vec<Repeat>) {
        for (term, first, again) in found {
            self.report(
                Diagnostic::warning("resolve::duplicate-annotation", format!("`{term}` is said twice of one element"))
                    .at(again, "again here")
                    .also(first, "first here, and this one counts")
                    .help("remove one of them, or give one a `Qualifier`"),
            );
        }
    }
}

fn repeats(list: &Annotations<'_>, found: &mut Vec<Repeat>) {
    if list.iter().nth(1).is_none() {
        return;
    }
    let mut seen = HashMap::new();
    for bound in list.iter() {
        let span = bound.annotation.term.span;
        let first = *seen.entry((&bound.term, bound.qualifier)).or_insert(span);
        if first != span {
            found.push((bound.term.clone().into_owned(), first, span));
        }
    }
}
