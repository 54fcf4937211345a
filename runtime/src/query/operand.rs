//! What stands on the right of an operator, and which types have which operators.

use super::expression::Expression;
use super::property::Property;
use super::sealed::Sealed;
use super::term::Term;
use crate::literal::{self, Literal};
use crate::{Date, Decimal, Enumeration, Flags, SignedDuration, Time, Timestamp};

/// A `V` that is known now: a value, a reference to one, and `&str` for a `String`.
#[diagnostic::on_unimplemented(message = "`{Self}` is not a value of type `{V}`", label = "expected a `{V}`")]
pub trait Constant<V> {
    /// The text of its literal.
    #[doc(hidden)]
    fn literal(self) -> String;
}

impl<V: Literal> Constant<V> for V {
    fn literal(self) -> String {
        literal::text(&self)
    }
}

impl<V: Literal> Constant<V> for &V {
    fn literal(self) -> String {
        literal::text(self)
    }
}

impl Constant<String> for &str {
    fn literal(self) -> String {
        literal::text(self)
    }
}

/// So that a slice of them can be borrowed: `in_(&names)`.
impl Constant<String> for &&str {
    fn literal(self) -> String {
        literal::text(*self)
    }
}

/// A `V` of an `O`: a [`Property`] or a [`Term`] of it, or a [`Constant`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a `{V}`, nor a property or a term of `{O}` that is one",
    label = "expected a `{V}` or a property of `{O}`"
)]
pub trait Operand<O, V> {
    /// The expression that it is.
    #[doc(hidden)]
    fn expression(self) -> Expression;
}

impl<O, V> Operand<O, V> for Property<O, V> {
    fn expression(self) -> Expression {
        self.into_expression()
    }
}

impl<O, V> Operand<O, V> for Term<O, V> {
    fn expression(self) -> Expression {
        self.into_expression()
    }
}

impl<O, V: Literal> Operand<O, V> for V {
    fn expression(self) -> Expression {
        Expression::literal(literal::text(&self))
    }
}

impl<O, V: Literal> Operand<O, V> for &V {
    fn expression(self) -> Expression {
        Expression::literal(literal::text(self))
    }
}

impl<O> Operand<O, String> for &str {
    fn expression(self) -> Expression {
        Expression::literal(literal::text(self))
    }
}

/// Values of which one is greater: numbers, strings, dates, times and durations.
#[diagnostic::on_unimplemented(message = "values of type `{Self}` have no order", label = "has no order")]
pub trait Ordered: Literal + Sealed {}

/// Numbers.
#[diagnostic::on_unimplemented(message = "`{Self}` is not a number", label = "not a number")]
pub trait Numeric: Ordered {}

/// Numbers that have a fractional part.
#[diagnostic::on_unimplemented(message = "`{Self}` has no fractional part", label = "nothing to round")]
pub trait Fractional: Numeric {}

macro_rules! marked {
    ($marker:ident: $($type:ty)*) => {$(
        impl $marker for $type {}
    )*};
}

marked! { Sealed: i8 u8 i16 i32 i64 f32 f64 Decimal String Timestamp Date Time SignedDuration }
marked! { Ordered: i8 u8 i16 i32 i64 f32 f64 Decimal String Timestamp Date Time SignedDuration }
marked! { Numeric: i8 u8 i16 i32 i64 f32 f64 Decimal }
marked! { Fractional: f32 f64 Decimal }

/// A member of the enumeration `V`, or of the set of flags `V`: what `has` takes.
#[diagnostic::on_unimplemented(message = "`{Self}` is not a member of `{V}`", label = "not a member of `{V}`")]
pub trait MemberOf<V>: Literal {}

impl<E: Enumeration> MemberOf<E> for E {}
impl<E: Enumeration> MemberOf<Flags<E>> for E {}
impl<E: Enumeration> MemberOf<Flags<E>> for Flags<E> {}
