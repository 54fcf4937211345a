//! Names that the configuration gives to types, properties and members.

use std::collections::BTreeMap;

use heck::{ToSnakeCase, ToUpperCamelCase};

use super::{Check, similar};
use crate::config::TypeOptions;
use crate::diagnostic::Diagnostic;
use crate::model::{SchemaId, TypeId, TypeKind};
use crate::source::Span;

impl Check<'_, '_> {
    /// `name` and `rename` of every type.
    pub(super) fn names(&mut self) {
        self.type_names();
        for (name, options) in &self.config.value.types {
            let found = self.model.find_type(name.get_ref());
            // Others are told as unknown or unselected.
            if let Some(id) = found.filter(|id| !self.whole || self.selection.contains(*id)) {
                self.renames(id, name.get_ref(), options);
            }
        }
    }

    /// `rename` of one type: what it names is there, and the words are words, each for one thing.
    fn renames(&mut self, id: TypeId, type_name: &str, options: &TypeOptions) {
        let model = self.model;
        let known: Vec<&str> = match &model.ty(id).kind {
            TypeKind::Structured(_) => model.all_properties(id).iter().map(|(_, it)| it.name).collect(),
            TypeKind::Enum(it) => it.members.iter().map(|it| it.name).collect(),
            TypeKind::Definition(_) => Vec::new(),
        };
        let mut first: BTreeMap<String, Span> = BTreeMap::new();
        for (name, word) in &options.rename {
            if !known.contains(&name.get_ref().as_str()) {
                let fault = format!("`{type_name}` has neither a property nor a member `{}`", name.get_ref());
                let help = similar(name.get_ref(), known.iter().copied());
                self.lacks("config::unknown-name", fault, self.config.span(name), help);
            }
            let span = self.config.span(word);
            if !is_word(word.get_ref()) {
                let fault = format!("`{}` cannot name anything in Rust", word.get_ref().escape_debug());
                let help = "write a word of letters and digits, a letter first, such as `release_date`";
                self.error("config::rename", fault, span, help);
                continue;
            }
            let earlier = *first.entry(word.get_ref().to_snake_case()).or_insert(span);
            if earlier != span {
                self.same_word("config::same-word", word.get_ref(), earlier, span);
            }
        }
    }

    /// `name` of every type: a word, and one for each type of a namespace.
    fn type_names(&mut self) {
        let (model, config) = (self.model, self.config);
        let mut first: BTreeMap<(SchemaId, String), Span> = BTreeMap::new();
        for (qualified, options) in &config.value.types {
            let Some(name) = &options.name else { continue };
            let (word, span) = (name.get_ref().as_str(), config.span(name));
            let camel = word.to_upper_camel_case();
            if !is_word(word) || camel != word {
                let fault = format!("`{}` is no name for a type", word.escape_debug());
                let help = if is_word(&camel) {
                    format!("write `{camel}`")
                } else {
                    "write an `UpperCamelCase` word: letters and digits, a letter first".to_owned()
                };
                self.error("config::type-name", fault, span, help);
                continue;
            }
            let Some(id) = model.find_type(qualified.get_ref()) else { continue };
            let earlier = *first.entry((model.ty(id).schema, camel)).or_insert(span);
            if earlier != span {
                self.same_word("config::same-name", word, earlier, span);
            }
        }
    }

    fn same_word(&mut self, code: &'static str, word: &str, earlier: Span, span: Span) {
        self.diagnostics.push(
            Diagnostic::error(code, format!("`{word}` is given to two things"))
                .at(span, "the second one")
                .also(earlier, "the first one")
                .help("give each a word of its own"),
        );
    }
}

/// Whether a word, cased one way or the other, is a Rust name; a keyword is, since it can be escaped.
fn is_word(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(|it| it.is_alphabetic() && unicode_ident::is_xid_start(it))
        && chars.all(|it| (it.is_alphanumeric() && unicode_ident::is_xid_continue(it)) || it == '_')
}
