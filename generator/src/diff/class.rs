//! What each difference means for an app. The whole judgement stands here.

use super::{Aspect, Class, Element, Kind};

/// Of something that one document has and the other has not.
///
/// Structs and enums are `#[non_exhaustive]`, enums keep what they do not list and a base its `Other`, so that everything
/// may be added but an argument. What can be named and goes is missed, and so is what decided the type of a value.
pub(super) fn of_presence(element: Element, kind: Kind) -> Class {
    match (kind, element) {
        (_, Element::Parameter) | (Kind::Removed, _) => Class::Breaking,
        (Kind::Added | Kind::Changed, _) => Class::Additive,
    }
}

/// Of something that both documents have. A fact that one of them lacks is empty.
pub(super) fn of_fact(element: Element, aspect: Aspect, before: &str, after: &str) -> Class {
    match aspect {
        Aspect::Name
        | Aspect::Shape
        | Aspect::Type
        | Aspect::Query
        | Aspect::Step
        | Aspect::Request
        | Aspect::Result => Class::Breaking,
        // Features any of which brings something in, properties any of which may be used: none named is no limit.
        Aspect::Feature | Aspect::Filterable | Aspect::Sortable => {
            let wider = after.is_empty() || (!before.is_empty() && contains(after, before));
            if wider { Class::Additive } else { Class::Breaking }
        }
        Aspect::Required => {
            if contains(before, after) {
                Class::Additive
            } else {
                Class::Breaking
            }
        }
        // Of what belongs to it, by the kind of that: arguments have their places. Nothing else shows its order;
        // enumerations are `Ord` by the names of their members.
        Aspect::Order if element == Element::Parameter => Class::Breaking,
        // An app that uses it is warned from now on; only what becomes a field or a method is marked so.
        Aspect::Deprecation if before.is_empty() && matches!(element, Element::Property | Element::Setter) => {
            Class::Additive
        }
        Aspect::Deprecation
        | Aspect::DeclaredType
        | Aspect::Declared
        | Aspect::Nullable
        | Aspect::Facets
        | Aspect::Value
        | Aspect::Order => Class::Invisible,
    }
}

/// Whether a list has every word of another.
fn contains(all: &str, some: &str) -> bool {
    let words = |it: &str| -> Vec<String> {
        let words = it.trim_matches(['{', '}']).split(", ").filter(|it| !it.is_empty());
        words.map(str::to_owned).collect()
    };
    let all = words(all);
    words(some).iter().all(|it| all.contains(it))
}

/// The aspect that brings another with it, so that one is enough to tell.
pub(super) fn follows_from(aspect: Aspect) -> &'static [Aspect] {
    match aspect {
        Aspect::Type => &[Aspect::Shape],
        Aspect::Query => &[Aspect::Type],
        Aspect::DeclaredType => &[Aspect::Type, Aspect::Query],
        Aspect::Declared => &[Aspect::Shape, Aspect::Type, Aspect::Query],
        _ => &[],
    }
}
