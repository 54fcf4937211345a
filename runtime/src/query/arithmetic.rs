//! Calculations with numbers (OASIS URL Conventions 4.01, sections 5.1.1.2 and 5.1.1.8).

use super::expression::Arithmetic;
use super::operand::{Fractional, Numeric, Operand};
use super::property::Property;
use super::term::Term;

macro_rules! arithmetic {
    ($this:ident) => {
        #[allow(clippy::should_implement_trait)] // operators of Rust would want both operands owned and of one type
        impl<O, V: Numeric> $this<O, V> {
            /// The sum of it and this.
            pub fn add(self, other: impl Operand<O, V>) -> Term<O, V> {
                Term::new(self.into_expression().arithmetic(Arithmetic::Add, other.expression()))
            }

            /// It less this.
            pub fn sub(self, other: impl Operand<O, V>) -> Term<O, V> {
                Term::new(self.into_expression().arithmetic(Arithmetic::Sub, other.expression()))
            }

            /// The product of it and this.
            pub fn mul(self, other: impl Operand<O, V>) -> Term<O, V> {
                Term::new(self.into_expression().arithmetic(Arithmetic::Mul, other.expression()))
            }

            /// It divided by this. Of integers, the whole part.
            pub fn div(self, other: impl Operand<O, V>) -> Term<O, V> {
                Term::new(self.into_expression().arithmetic(Arithmetic::Div, other.expression()))
            }

            /// What is left when it is divided by this.
            pub fn modulo(self, other: impl Operand<O, V>) -> Term<O, V> {
                Term::new(self.into_expression().arithmetic(Arithmetic::Mod, other.expression()))
            }
        }

        impl<O, V: Fractional> $this<O, V> {
            /// The nearest whole number.
            pub fn round(self) -> Term<O, V> {
                Term::call("round", vec![self.into_expression()])
            }

            /// The next whole number down.
            pub fn floor(self) -> Term<O, V> {
                Term::call("floor", vec![self.into_expression()])
            }

            /// The next whole number up.
            pub fn ceiling(self) -> Term<O, V> {
                Term::call("ceiling", vec![self.into_expression()])
            }
        }
    };
}

arithmetic! { Property }
arithmetic! { Term }
