//! Comparisons, for every type that has a literal.

use super::expression::{Comparison, Expression};
use super::filter::Filter;
use super::operand::{Constant, MemberOf, Operand, Ordered};
use super::property::Property;
use super::term::Term;
use crate::literal::{self, Literal};

const NONE: &str = "a condition with `in_` has no values: nothing could meet it";

macro_rules! comparisons {
    ($this:ident) => {
        /// Whether there is a value: of every type.
        impl<O, V> $this<O, V> {
            /// It has no value.
            pub fn is_null(self) -> Filter<O> {
                compared(self.into_expression(), Comparison::Eq, null())
            }

            /// It has a value.
            pub fn is_not_null(self) -> Filter<O> {
                compared(self.into_expression(), Comparison::Ne, null())
            }
        }

        /// Comparisons (OASIS URL Conventions 4.01, section 5.1.1.1).
        impl<O, V: Literal> $this<O, V> {
            /// It equals this.
            pub fn eq(self, other: impl Operand<O, V>) -> Filter<O> {
                compared(self.into_expression(), Comparison::Eq, other.expression())
            }

            /// It does not equal this.
            pub fn ne(self, other: impl Operand<O, V>) -> Filter<O> {
                compared(self.into_expression(), Comparison::Ne, other.expression())
            }

            /// It is greater, or later, than this.
            pub fn gt(self, other: impl Operand<O, V>) -> Filter<O>
            where
                V: Ordered,
            {
                compared(self.into_expression(), Comparison::Gt, other.expression())
            }

            /// It is this, or greater, or later.
            pub fn ge(self, other: impl Operand<O, V>) -> Filter<O>
            where
                V: Ordered,
            {
                compared(self.into_expression(), Comparison::Ge, other.expression())
            }

            /// It is less, or earlier, than this.
            pub fn lt(self, other: impl Operand<O, V>) -> Filter<O>
            where
                V: Ordered,
            {
                compared(self.into_expression(), Comparison::Lt, other.expression())
            }

            /// It is this, or less, or earlier.
            pub fn le(self, other: impl Operand<O, V>) -> Filter<O>
            where
                V: Ordered,
            {
                compared(self.into_expression(), Comparison::Le, other.expression())
            }

            /// It is one of these. There must be one: a request with none is refused before it is sent, since
            /// there is no way to write it that services agree about.
            pub fn in_<C: Constant<V>>(self, values: impl IntoIterator<Item = C>) -> Filter<O> {
                let values: Vec<Box<str>> = values.into_iter().map(|value| value.literal().into()).collect();
                let fault = values.is_empty().then_some(NONE);
                Filter::new(Expression::In(Box::new(self.into_expression()), values)).refused(fault)
            }

            /// These flags are set.
            #[allow(clippy::needless_pass_by_value)] // a member is passed, as to the other comparisons
            pub fn has(self, members: impl MemberOf<V>) -> Filter<O> {
                let members = Expression::literal(literal::text(&members));
                compared(self.into_expression(), Comparison::Has, members)
            }
        }
    };
}

comparisons! { Property }
comparisons! { Term }

fn compared<O>(left: Expression, operator: Comparison, right: Expression) -> Filter<O> {
    Filter::new(left.compare(operator, right))
}

fn null() -> Expression {
    Expression::literal("null".to_owned())
}
