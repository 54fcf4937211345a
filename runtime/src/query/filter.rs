//! Conditions: what `$filter` takes.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Not;

use super::expression::{Expression, Junction};
use super::render::Style;

/// A condition on an `O` (OASIS URL Conventions 4.01, section 5.1.1).
///
/// It starts at a [`Property`](super::Property): `PRICE.gt(10.0)`, `NAME.starts_with("A")`. Conditions are put
/// together by [`and`](Self::and), [`or`](Self::or) and `!`. `Debug` shows no value.
#[must_use = "a condition does nothing until a request is given it"]
pub struct Filter<O> {
    pub(super) expression: Expression,
    /// Why it cannot be sent.
    pub(super) fault: Option<&'static str>,
    of: PhantomData<fn(O)>,
}

impl<O> Filter<O> {
    pub(super) fn new(expression: Expression) -> Self {
        Self { expression, fault: None, of: PhantomData }
    }

    pub(super) fn refused(mut self, fault: Option<&'static str>) -> Self {
        self.fault = self.fault.or(fault);
        self
    }

    /// Both hold.
    pub fn and(self, other: Self) -> Self {
        self.joined(Junction::And, other)
    }

    /// At least one of them holds.
    pub fn or(self, other: Self) -> Self {
        self.joined(Junction::Or, other)
    }

    fn joined(self, kind: Junction, other: Self) -> Self {
        let fault = self.fault.or(other.fault);
        Self::new(self.expression.joined(kind, other.expression)).refused(fault)
    }
}

/// The condition does not hold.
impl<O> Not for Filter<O> {
    type Output = Self;

    fn not(self) -> Self {
        Self::new(self.expression.negated()).refused(self.fault)
    }
}

impl<O> Clone for Filter<O> {
    fn clone(&self) -> Self {
        Self::new(self.expression.clone()).refused(self.fault)
    }
}

impl<O> fmt::Debug for Filter<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Filter(")?;
        self.expression.write(f, Style::Shown)?;
        f.write_str(")")
    }
}
