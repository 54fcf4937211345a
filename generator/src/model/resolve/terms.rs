//! 14.1: terms, and the terms that they specialise.

use super::say::Say;
use super::{Referrer, Resolver};
use crate::csdl::{self, SchemaItem, Text};
use crate::diagnostic::Diagnostic;
use crate::model::{SchemaId, Term, TermId};

/// 14.1.4 What a term may apply to, of 4.0 and 4.01.
const APPLIES_TO: &[&str] = &[
    "Action",
    "ActionImport",
    "Annotation",
    "Apply",
    "Cast",
    "Collection",
    "ComplexType",
    "EntityContainer",
    "EntitySet",
    "EntityType",
    "EnumType",
    "Function",
    "FunctionImport",
    "If",
    "Include",
    "IsOf",
    "LabeledElement",
    "Member",
    "NavigationProperty",
    "Null",
    "OnDelete",
    "Parameter",
    "Property",
    "PropertyValue",
    "Record",
    "Reference",
    "ReferentialConstraint",
    "ReturnType",
    "Schema",
    "Singleton",
    "Term",
    "TypeDefinition",
    "UrlRef",
];

impl<'m> Resolver<'m, '_> {
    /// Defines every term. Nothing is generated from terms, so their faults are warnings.
    pub(super) fn define_terms(&mut self) {
        let documents = self.documents;
        let mut bases: Vec<(TermId, usize, &'m Text<'m>)> = Vec::new();
        for (document, read) in documents.iter().enumerate() {
            for schema in &read.schemas {
                let Some(id) = self.model.find_schema(&schema.namespace.value) else { continue };
                for item in &schema.items {
                    let SchemaItem::Term(declared) = item else { continue };
                    let next = self.define_term(document, id, declared);
                    bases.extend(next.zip(declared.base_term.as_ref()).map(|(it, base)| (it, document, base)));
                }
            }
        }
        for (id, document, base) in &bases {
            self.link_term(*id, *document, base);
        }
        self.cut_term_cycles();
    }

    fn define_term(&mut self, document: usize, schema: SchemaId, declared: &'m csdl::Term<'m>) -> Option<TermId> {
        self.referrer = Referrer { definition: &declared.name.value, part: "" };
        let ty = self.find_type_ref(document, &declared.ty.name.value);
        if ty.is_none() && !self.is_absent(document, &declared.ty.name.value) {
            self.unknown_type_of_annotation(document, &declared.ty.name);
        }
        let id = TermId(u32::try_from(self.model.terms.len()).unwrap_or(u32::MAX));
        let first = *self.model.index.terms.entry((schema, &declared.name.value)).or_insert(id);
        if first != id {
            let first = self.model.term(first).span;
            self.report(Self::twice("term", &declared.name, first).warning());
            return None;
        }
        let applies_to = declared.applies_to.as_ref().map_or("", |it| it.value.as_ref());
        let applies_to: Vec<&'m str> = applies_to.split_ascii_whitespace().collect();
        if let Some(text) = &declared.applies_to {
            self.check_applies_to(document, declared, text, &applies_to);
        }
        let annotations = self.inline(document, &declared.annotations);
        self.model.terms.push(Term {
            schema,
            name: &declared.name.value,
            span: declared.name.span,
            ty,
            nullable: declared.ty.nullable,
            facets: declared.ty.facets.clone(),
            base: None,
            default_value: declared.default_value.as_ref().map(|it| it.value.as_ref()),
            applies_to,
            annotations,
        });
        Some(id)
    }

    /// 14.1.4: the kinds of elements that a term is for. Real services name types too, which is no harm.
    fn check_applies_to(&mut self, document: usize, declared: &csdl::Term<'_>, text: &Text<'_>, names: &[&str]) {
        for name in names.iter().filter(|it| !APPLIES_TO.contains(it)) {
            let is_fault = match self.split(document, name) {
                Some(key) => !self.model.index.types.contains_key(&key),
                None => !name.contains('.'),
            };
            if !is_fault {
                continue;
            }
            let fault = Diagnostic::warning(
                "resolve::applies-to",
                format!("term `{}` applies to `{name}`, which is no element of a model", declared.name.value),
            );
            let near = self.near(name, APPLIES_TO.iter().copied());
            self.report(fault.at(text.span, "named here").help_if(near));
        }
    }

    /// 14.1.1: the base of a term is a term.
    fn link_term(&mut self, id: TermId, document: usize, base: &Text<'_>) {
        let found = self.find_term(document, &base.value);
        if found.is_none() && !self.is_absent(document, &base.value) {
            let names: Vec<String> = self.model.terms().map(|(id, _)| self.term_name(id)).collect();
            let near = self.near(&base.value, names.iter().map(String::as_str));
            let fault = Diagnostic::warning(
                "resolve::unknown-term",
                format!("term `{}` has base term `{}`, which is not declared", self.term_name(id), base.value),
            );
            self.report(fault.at(base.span, "referenced here").help_if(near));
        }
        if let Some(term) = self.model.terms.get_mut(id.0 as usize) {
            term.base = found;
        }
    }

    fn cut_term_cycles(&mut self) {
        // To the term that the walk began with; each term is looked at once.
        let mut seen: Vec<Option<TermId>> = vec![None; self.model.terms.len()];
        for start in (0..self.model.terms.len()).map(|it| TermId(u32::try_from(it).unwrap_or(u32::MAX))) {
            let mut next = Some(start);
            while let Some(id) = next {
                let Some(walk) = seen.get_mut(id.0 as usize) else { break };
                if walk.is_some() {
                    if *walk == Some(start) {
                        let fault = Diagnostic::warning(
                            "resolve::base-cycle",
                            format!("term `{}` is its own base term", self.term_name(id)),
                        );
                        self.report(
                            fault
                                .at(self.model.term(id).span, "specialises itself")
                                .help("remove one `BaseTerm` of the circle"),
                        );
                        if let Some(term) = self.model.terms.get_mut(id.0 as usize) {
                            term.base = None;
                        }
                    }
                    break;
                }
                *walk = Some(start);
                next = self.model.term(id).base;
            }
        }
    }

    pub(super) fn find_term(&self, document: usize, full: &str) -> Option<TermId> {
        let (schema, name) = self.split(document, full)?;
        self.model.index.terms.get(&(schema, name)).copied()
    }

    pub(super) fn term_name(&self, id: TermId) -> String {
        let term = self.model.term(id);
        format!("{}.{}", self.model.schema(term.schema).namespace, term.name)
    }
}
