//! Answers of `odata-codegen explain`: why something is generated, what it becomes, where it stands, and which
//! configuration touches it. A side road like [`crate::extract`]: it looks at every stage and none looks at it.

mod configured;
mod declared;
mod find;
mod rust;
mod why;

pub(crate) use declared::{kind, property_kind};
pub(crate) use find::types as types_called;

use std::fmt::Write as _;

use crate::context::Context;
use crate::diagnostic::Diagnostic;
use crate::model::{Property, TypeId};
use crate::nearest::nearest;
use crate::source::{Sources, Span};

/// How many things of one name are told in full; of more there is one line each.
const IN_FULL: usize = 4;

/// What there is to say of one type, property or enumeration member.
#[derive(Debug)]
pub struct Explanation {
    /// Its full name and what it is, such as `shop.order (entity type)`.
    pub title: String,
    /// What is so of it, in the order to be read.
    pub facts: Vec<Fact>,
}

/// One thing that is so, and where that is written.
#[derive(Debug)]
pub struct Fact {
    /// What it is about; the same for facts that belong together.
    pub label: &'static str,
    /// One sentence without a full stop.
    pub text: String,
    /// In a document or in the configuration.
    pub place: Option<Span>,
}

/// What a name stands for.
#[derive(Debug, Clone, Copy)]
enum Subject<'e> {
    Type(TypeId),
    /// A property as the owner has it, and the type that declares it.
    Property {
        owner: TypeId,
        declaring: TypeId,
        property: &'e Property<'e>,
    },
    /// A member of an enumeration, by its position.
    Member(TypeId, usize),
}

/// Explains everything that goes by a name: `shop.order`, `order`, `order/total`, `total`, or the Rust names `Order`,
/// `Order::total`, `Order::TOTAL`. Nothing of that name is an error that tells a similar one.
pub fn explain(context: &Context<'_>, name: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<Explanation> {
    let found = find::find(context, name);
    if found.is_empty() {
        let fault = Diagnostic::error("explain::unknown-name", format!("nothing in the documents is called `{name}`"));
        let known = find::known(context);
        diagnostics.push(match nearest(name, known.iter().map(String::as_str)) {
            Some(near) => fault.help(format!("a similar name is: `{near}`")),
            None => fault.help("give a type (`order`, `shop.order`), a property (`order/total`) or a Rust name"),
        });
    }
    let in_full = found.len() <= IN_FULL;
    let explained = found.into_iter().map(|subject| Explanation {
        title: context.title(subject),
        facts: if in_full { context.facts(subject) } else { declared::place(context, subject).into_iter().collect() },
    });
    explained.collect()
}

/// As text for people: a title, then the facts with their labels and places.
#[must_use]
pub fn render(explanations: &[Explanation], sources: &Sources) -> String {
    let mut text = String::new();
    for (at, explanation) in explanations.iter().enumerate() {
        if at > 0 {
            text.push('\n');
        }
        text.push_str(&explanation.title);
        text.push('\n');
        let mut label = "";
        for fact in &explanation.facts {
            let shown = if fact.label == label { "" } else { fact.label };
            label = fact.label;
            let _infallible = write!(text, "  {shown:<11} {}", fact.text);
            if let Some(place) = fact.place {
                let _infallible = write!(text, "  [{}]", sources.place(place));
            }
            text.push('\n');
        }
    }
    text
}

impl<'e> Context<'e> {
    fn title(&self, subject: Subject<'_>) -> String {
        match subject {
            Subject::Type(id) => format!("{} ({})", self.model.qualified_name(id), kind(self.model, id)),
            Subject::Property { owner, property, .. } => {
                let kind = property_kind(property);
                format!("{}/{} ({kind})", self.model.qualified_name(owner), property.name)
            }
            Subject::Member(id, at) => {
                format!("{}/{} (member)", self.model.qualified_name(id), declared::member_name(self.model, id, at))
            }
        }
    }

    fn facts(&self, subject: Subject<'e>) -> Vec<Fact> {
        let mut facts = declared::facts(self, subject);
        facts.extend(match subject {
            Subject::Type(id) | Subject::Member(id, _) | Subject::Property { owner: id, .. } => why::facts(self, id),
        });
        facts.extend(rust::facts(self, subject));
        facts.extend(configured::facts(self, subject));
        facts
    }
}

fn fact(label: &'static str, text: impl Into<String>, place: impl Into<Option<Span>>) -> Fact {
    Fact { label, text: text.into(), place: place.into() }
}
