//! Paths: from a structured property to its own, to a derived type, and into collections.

use super::expression::{Expression, Path, Quantifier, Step};
use super::filter::Filter;
use super::property::{Many, Navigation, One, Property};
use super::sealed::Sealed;
use super::term::Term;
use crate::{DerivedFrom, Typed};

/// Something that is worked out from a `T` and can be reached through a property that holds one: a [`Property`], a
/// [`Term`], a [`Filter`], or a [`Navigation`] to a collection.
pub trait Member<T>: Sealed {
    /// The same, worked out from an `O` that leads to the `T`.
    type Of<O>;

    /// The same, worked out from what `base` starts at.
    #[doc(hidden)]
    fn of<O>(self, base: &Expression) -> Self::Of<O>;
}

impl<T, V> Member<T> for Property<T, V> {
    type Of<O> = Term<O, V>;

    fn of<O>(self, base: &Expression) -> Term<O, V> {
        Term::new(self.into_expression().relative_to(base))
    }
}

impl<T, V> Sealed for Term<T, V> {}

impl<T, V> Member<T> for Term<T, V> {
    type Of<O> = Term<O, V>;

    fn of<O>(self, base: &Expression) -> Term<O, V> {
        Term::new(self.into_expression().relative_to(base))
    }
}

impl<T> Sealed for Filter<T> {}

impl<T> Member<T> for Filter<T> {
    type Of<O> = Filter<O>;

    fn of<O>(self, base: &Expression) -> Filter<O> {
        Filter::new(self.expression.relative_to(base)).refused(self.fault)
    }
}

/// To one entity, a term that holds it; to many, one that holds a collection.
impl<B, U> Member<B> for Navigation<B, U, One> {
    type Of<O> = Term<O, U>;

    fn of<O>(self, base: &Expression) -> Term<O, U> {
        Term::new(self.into_expression().relative_to(base))
    }
}

impl<B, U> Member<B> for Navigation<B, U, Many> {
    type Of<O> = Term<O, Vec<U>>;

    fn of<O>(self, base: &Expression) -> Term<O, Vec<U>> {
        Term::new(self.into_expression().relative_to(base))
    }
}

macro_rules! paths {
    ($($this:ty;)*) => {$(
        /// Paths to what it holds (OASIS URL Conventions 4.01, section 5.1.1.15).
        impl<O, T> $this {
            /// A property of what it holds: `address/city`. Also what is worked out from one, and a condition.
            pub fn at<M: Member<T>>(self, member: M) -> M::Of<O> {
                member.of(&self.into_expression())
            }

            /// What it holds, as a `D`, which is derived from its declared type: `address/sample.homeAddress`.
            pub fn cast<D: DerivedFrom<T> + Typed>(self) -> Term<O, D> {
                Term::new(cast::<D>(self.into_expression()))
            }
        }
    )*};
}

paths! {
    Property<O, T>;
    Term<O, T>;
    Navigation<O, T, One>;
}

macro_rules! collections {
    ($($this:ty;)*) => {$(
        /// Conditions on the items of a collection (OASIS URL Conventions 4.01, section 5.1.1.13).
        impl<O, T> $this {
            /// At least one item meets the condition.
            pub fn any(self, condition: Filter<T>) -> Filter<O> {
                lambda(self.into_expression(), Quantifier::Any, Some(condition))
            }

            /// All items meet the condition; also if there is none.
            pub fn all(self, condition: Filter<T>) -> Filter<O> {
                lambda(self.into_expression(), Quantifier::All, Some(condition))
            }

            /// There is an item.
            pub fn is_not_empty(self) -> Filter<O> {
                lambda::<O, T>(self.into_expression(), Quantifier::Any, None)
            }

            /// The number of items.
            pub fn size(self) -> Term<O, i64> {
                Term::new(self.into_expression().step(Step::Count))
            }
        }
    )*};
}

collections! {
    Property<O, Vec<T>>;
    Term<O, Vec<T>>;
    Navigation<O, T, Many>;
}

impl<O, T> Navigation<O, T, Many> {
    /// The items that are a `D`, which is derived from their declared type: `lines/sample.discount`.
    pub fn cast<D: DerivedFrom<T> + Typed>(self) -> Term<O, Vec<D>> {
        Term::new(cast::<D>(self.into_expression()))
    }
}

fn cast<D: Typed>(base: Expression) -> Expression {
    match D::TYPE.names.first() {
        Some(name) => base.step(Step::Type(name)),
        // A type without a name: nothing can be said of it.
        None => base,
    }
}

fn lambda<O, T>(items: Expression, quantifier: Quantifier, condition: Option<Filter<T>>) -> Filter<O> {
    let (condition, fault) = match condition {
        Some(condition) => (Some(Box::new(condition.expression)), condition.fault),
        None => (None, None),
    };
    // Only paths hold collections.
    let path = if let Expression::Path(path) = items { path } else { Path::default() };
    Filter::new(Expression::Lambda(path, quantifier, condition)).refused(fault)
}
