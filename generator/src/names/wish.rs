//! What is to be named, and what it was named before.
//!
//! A scope is filled in three rounds, each in the order of wire names: what the configuration names exactly, what was
//! named before, and the others. So what was named before keeps its name, whatever is added.

use std::collections::BTreeMap;

use super::Ident;
use super::scope::{Refusal, Scope};
use crate::diagnostic::Diagnostic;
use crate::lock::Pin;
use crate::source::Span;

/// One thing to be named.
#[derive(Debug, Default)]
pub(super) struct Wish {
    /// The word that its CSDL name comes to, or the one that the configuration gives.
    pub(super) word: String,
    /// Who chose the word.
    pub(super) origin: Origin,
    /// The name that it was given before.
    pub(super) pin: Option<Pin>,
}

/// Who chose a word.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Origin {
    /// It is computed; a name that was given before is as good.
    #[default]
    Computed,
    /// The spelling table, for everything of a name.
    Spelled(Span),
    /// The configuration, for this one thing.
    Exact(Span),
}

impl Origin {
    /// What is named after one thing follows its word, but shares a scope with others.
    pub(super) fn for_all(self) -> Self {
        match self {
            Self::Exact(span) => Self::Spelled(span),
            other => other,
        }
    }
}

/// What the first two rounds gave.
#[derive(Debug, Clone)]
pub(super) enum Given {
    /// Nothing yet.
    Open,
    /// A name.
    Name(Ident),
    /// The name of before cannot be kept.
    Refused(Refusal),
}

impl Given {
    /// Whether the name of before was kept, if there was one.
    pub(super) fn keeps(&self, pin: Option<&Pin>) -> bool {
        match (self, pin) {
            (Self::Name(name), Some(pin)) => name.as_str() == pin.text,
            (_, pin) => pin.is_none(),
        }
    }
}

/// The first two rounds.
pub(super) fn early(scope: &mut Scope, wishes: &[Wish]) -> Vec<Given> {
    let mut given = vec![Given::Open; wishes.len()];
    for (wish, given) in wishes.iter().zip(&mut given) {
        if let Origin::Exact(_) = wish.origin {
            *given = Given::Name(scope.reserve(&wish.word));
        }
    }
    for (wish, given) in wishes.iter().zip(&mut given) {
        let (Given::Open, Some(pin)) = (&given, &wish.pin) else { continue };
        *given = match wish.origin {
            Origin::Spelled(span) if !scope.comes_of(pin.text.trim_start_matches("r#"), &wish.word) => {
                Given::Refused(Refusal::Configured(span))
            }
            _ => scope.pin(&pin.text).map_or_else(Given::Refused, Given::Name),
        };
    }
    given
}

/// All three rounds; `of` says which thing a wish is about.
pub(super) fn fill(
    scope: &mut Scope,
    wishes: &[Wish],
    renamed: &mut Renamed,
    of: impl Fn(usize) -> String,
) -> Vec<Ident> {
    let given = early(scope, wishes);
    late(scope, wishes, given, renamed, of)
}

/// The last round.
pub(super) fn late(
    scope: &mut Scope,
    wishes: &[Wish],
    given: Vec<Given>,
    renamed: &mut Renamed,
    of: impl Fn(usize) -> String,
) -> Vec<Ident> {
    let named = wishes.iter().zip(given).enumerate().map(|(at, (wish, given))| {
        let name = match &given {
            Given::Name(name) => name.clone(),
            Given::Open | Given::Refused(_) => scope.reserve(&wish.word),
        };
        renamed.compare(wish, &given, &name, || of(at));
        renamed.compare_asked(wish, &name, || of(at));
        name
    });
    named.collect()
}

/// Names that were given and cannot be kept, and names that are asked for and cannot be given.
#[derive(Debug, Default)]
pub(super) struct Renamed {
    /// With the number of bases of the type that each is about.
    diagnostics: Vec<(usize, Diagnostic)>,
    pub(super) altered: Vec<Diagnostic>,
    /// How many bases the type at hand has.
    pub(super) depth: usize,
}

impl Renamed {
    /// Tells of a name that the configuration asks for, and that is spoken for or taken.
    fn compare_asked(&mut self, wish: &Wish, name: &Ident, of: impl Fn() -> String) {
        let Origin::Exact(span) = wish.origin else { return };
        // A field and its constant are asked for with one word.
        let told = self.altered.last().and_then(|it| it.primary.as_ref()).is_some_and(|(it, _)| *it == span);
        if name.unraw() != wish.word && !told {
            let fault = format!("{} cannot be called `{}` and would be `{}`", of(), wish.word, name.as_str());
            self.altered.push(
                Diagnostic::error("names::taken", fault)
                    .at(span, "asked for here")
                    .help("the word is spoken for by Rust, by the runtime or by something else here; choose another"),
            );
        }
    }

    /// Tells of a name that is not the one of before.
    pub(super) fn compare(&mut self, wish: &Wish, given: &Given, name: &Ident, of: impl Fn() -> String) {
        let Some(pin) = wish.pin.as_ref().filter(|it| it.text != name.as_str()) else { return };
        let why = match (given, wish.origin) {
            (Given::Refused(Refusal::Configured(_)), _) | (_, Origin::Exact(_)) => {
                "the configuration asks for another".to_owned()
            }
            (Given::Refused(Refusal::NoName), _) => "this is no Rust name for it".to_owned(),
            (Given::Refused(Refusal::Form(form)), _) => format!("names like this are in {}", form.name()),
            (Given::Refused(Refusal::Reserved), _) => "this name is spoken for".to_owned(),
            (Given::Refused(Refusal::Taken), _) => "something else has this name".to_owned(),
            (Given::Open | Given::Name(_), _) => "it follows a name that changes".to_owned(),
        };
        let fault = format!("{} was `{}` and would be `{}`", of(), pin.text.escape_debug(), name.as_str());
        let fault = Diagnostic::error("lock::renamed", fault).at(pin.span, why).help(
            "`odata-codegen generate --accept-renames` accepts it and rewrites the lock; apps that use the old name break",
        );
        let fault = match wish.origin {
            Origin::Exact(span) | Origin::Spelled(span) => fault.also(span, "asked for here"),
            Origin::Computed => fault,
        };
        self.diagnostics.push((self.depth, fault));
    }

    /// What there is to tell of names that cannot be kept: of one that many types inherit once, for the type that has it
    /// first.
    pub(super) fn finish(&mut self) -> Vec<Diagnostic> {
        let place = |it: &Diagnostic| it.primary.as_ref().map(|(span, _)| *span);
        let mut first: BTreeMap<Option<Span>, (usize, usize)> = BTreeMap::new();
        for (at, (depth, it)) in self.diagnostics.iter().enumerate() {
            let it = first.entry(place(it)).or_insert((*depth, at));
            *it = (*it).min((*depth, at));
        }
        let told = std::mem::take(&mut self.diagnostics).into_iter().enumerate();
        let told = told.filter(|(at, (_, it))| first.get(&place(it)).is_some_and(|(_, first)| first == at));
        told.map(|(_, (_, it))| it).collect()
    }
}
