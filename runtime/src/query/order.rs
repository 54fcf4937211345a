//! What `$orderby` takes.

use std::fmt;
use std::marker::PhantomData;

use super::expression::Expression;
use super::options::Options;
use super::property::Property;
use super::render::Style;
use super::sealed::Sealed;
use super::term::Term;
use crate::Literal;

/// An order of `T`s: a [`Property`] or a [`Term`], smallest first, or [`descending`](Property::descending); or a
/// tuple of up to twelve of them, the first of which counts most (OASIS URL Conventions 4.01, section 5.1.5).
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an order of `{T}`: a property or a term of it with a primitive value",
    label = "not an order of `{T}`"
)]
pub trait OrderBy<T>: Sealed {
    /// Adds the order to the options.
    #[doc(hidden)]
    fn add_to(self, options: &mut Options<T>);
}

/// An order of `T`s, greatest first.
#[must_use = "an order does nothing until a request is given it"]
pub struct Order<T> {
    expression: Expression,
    of: PhantomData<fn(T)>,
}

/// One item of `$orderby`.
#[derive(Clone, PartialEq)]
pub(super) struct Sort {
    pub(super) by: Expression,
    pub(super) descending: bool,
}

impl Sort {
    pub(super) fn write(&self, to: &mut dyn fmt::Write, style: Style) -> fmt::Result {
        self.by.write(to, style)?;
        if self.descending {
            style.space(to)?;
            to.write_str("desc")?;
        }
        Ok(())
    }
}

macro_rules! descending {
    ($this:ident) => {
        impl<T, V: Literal> $this<T, V> {
            /// By it, greatest first.
            pub fn descending(self) -> Order<T> {
                Order { expression: self.into_expression(), of: PhantomData }
            }
        }

        impl<T, V: Literal> OrderBy<T> for $this<T, V> {
            fn add_to(self, options: &mut Options<T>) {
                options.untyped.sort(Sort { by: self.into_expression(), descending: false });
            }
        }
    };
}

descending! { Property }
descending! { Term }

impl<T> Sealed for Order<T> {}

impl<T> OrderBy<T> for Order<T> {
    fn add_to(self, options: &mut Options<T>) {
        options.untyped.sort(Sort { by: self.expression, descending: true });
    }
}

impl<T> Clone for Order<T> {
    fn clone(&self) -> Self {
        Self { expression: self.expression.clone(), of: PhantomData }
    }
}

impl<T> fmt::Debug for Order<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Order(")?;
        self.expression.write(f, Style::Shown)?;
        f.write_str(" desc)")
    }
}
