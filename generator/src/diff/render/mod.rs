//! Differences as text for people, as JSON for programs, as Markdown for reviews.

mod json;
mod markdown;
mod text;

pub use json::json;
pub use markdown::markdown;
pub use text::text;

use super::{Aspect, Change, Class, Diff, Element, Kind, Seen, Verdict};

/// Classes in the order in which they are told.
const CLASSES: [Class; 3] = [Class::Breaking, Class::Additive, Class::Invisible];

/// What the verdict asks of a release, in words.
fn advice(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::None => "nothing changes",
        Verdict::Patch => "patch: nothing that Rust shows changes",
        Verdict::Minor => "minor: apps that compile go on compiling (0.x.Y: raise Y)",
        Verdict::Major => "major: apps may not compile any more (0.X.y: raise X)",
    }
}

/// What happened, without the subject: `Rust type: A, now B`.
fn what(change: &Change) -> String {
    // A note on deprecation quotes names by itself, and code holds no code.
    let value = |seen: &Option<Seen>| seen.as_ref().and_then(|it| it.value.as_ref()).map(|it| it.replace('`', "'"));
    let (before, after) = (value(&change.before), value(&change.after));
    match (change.kind, change.aspect) {
        (Kind::Changed, Some(Aspect::Name)) => {
            let names = |seen: &Option<Seen>| seen.as_ref().map(|it| codes(&it.rust)).unwrap_or_default();
            format!("{}, now {}", names(&change.before), names(&change.after))
        }
        (Kind::Changed, Some(aspect)) => match (before, after) {
            (Some(before), Some(after)) => format!("{aspect} `{before}`, now `{after}`"),
            (Some(before), None) => format!("{aspect} `{before}`, now none"),
            (None, after) => format!("{aspect} `{}`, before none", after.unwrap_or_default()),
        },
        _ => before.or(after).map(|it| format!("`{it}`")).unwrap_or_default(),
    }
}

/// What comes after: how much belongs to it, and who inherits it.
fn beside(change: &Change) -> Vec<String> {
    let mut all = Vec::new();
    if change.parts > 0 {
        let parts = match change.element {
            Element::Namespace | Element::Type | Element::Model => "of its own",
            Element::Resource => "of it and below",
            _ => "of it",
        };
        all.push(format!("with {} {parts}", change.parts));
    }
    match change.inherited.as_slice() {
        [] => {}
        [only] => all.push(format!("inherited as `{only}`")),
        [first, rest @ ..] => all.push(format!("inherited as `{first}` and {} more", rest.len())),
    }
    all
}

/// The Rust names of what came, went or changed; of a change of names they stand in [`what`].
fn names(change: &Change) -> String {
    if change.aspect == Some(Aspect::Name) {
        return String::new();
    }
    let seen = change.after.as_ref().or(change.before.as_ref());
    seen.map(|it| codes(&it.rust)).unwrap_or_default()
}

fn codes(names: &[String]) -> String {
    names.iter().map(|it| format!("`{it}`")).collect::<Vec<String>>().join(", ")
}

/// Where it stands, old and new; of what only one has, where its owner stands in the other.
fn places(change: &Change) -> String {
    let place = |seen: &Option<Seen>| seen.as_ref().and_then(|it| it.place.as_ref()).map(ToString::to_string);
    let near = change.near.as_ref().map(|it| format!("its owner at {it}"));
    match change.kind {
        Kind::Added => [place(&change.after), near].into_iter().flatten().collect::<Vec<String>>().join("; "),
        Kind::Removed => [place(&change.before), near].into_iter().flatten().collect::<Vec<String>>().join("; "),
        Kind::Changed => {
            let both = [place(&change.before), place(&change.after)];
            both.into_iter().flatten().collect::<Vec<String>>().join(" -> ")
        }
    }
}

/// `3 breaking, 1 additive`; empty for none.
fn counts(diff: &Diff) -> String {
    let counts = CLASSES.iter().map(|class| (class, diff.of(*class).count())).filter(|(_, count)| *count > 0);
    counts.map(|(class, count)| format!("{count} {class}")).collect::<Vec<String>>().join(", ")
}
