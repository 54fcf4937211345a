//! The names that a generated type gives its properties.

use std::fmt;
use std::marker::PhantomData;

use super::expression::Expression;

/// A property of `O` whose value is a `V` (OASIS CSDL 4.01, section 7).
pub struct Property<O, V> {
    name: &'static str,
    // `fn() ->` so that the constant is Copy, Send and Sync whatever the types are.
    of: PhantomData<fn() -> (O, V)>,
}

/// A navigation property of `O` that leads to a `T`, or with [`Many`] to a collection of them (OASIS CSDL 4.01,
/// section 8).
pub struct Navigation<O, T, K = One> {
    name: &'static str,
    of: PhantomData<fn(K) -> (O, T)>,
}

/// What a [`Navigation`] leads to is a single entity.
#[derive(Debug, Clone, Copy)]
pub enum One {}

/// What a [`Navigation`] leads to is a collection of entities.
#[derive(Debug, Clone, Copy)]
pub enum Many {}

impl<O, V> Property<O, V> {
    /// The property that is called `name` on the wire. Generated code calls this.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self { name, of: PhantomData }
    }

    /// The name on the wire.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    pub(super) fn into_expression(self) -> Expression {
        Expression::property(self.name)
    }
}

impl<O, T, K> Navigation<O, T, K> {
    /// The navigation property that is called `name` on the wire. Generated code calls this.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self { name, of: PhantomData }
    }

    /// The name on the wire.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    pub(super) fn into_expression(self) -> Expression {
        Expression::property(self.name)
    }
}

// By hand, since a derive would ask the same of the types that are only named.
impl<O, V> Clone for Property<O, V> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<O, V> Copy for Property<O, V> {}

impl<O, V> fmt::Debug for Property<O, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Property").field(&self.name).finish()
    }
}

impl<O, T, K> Clone for Navigation<O, T, K> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<O, T, K> Copy for Navigation<O, T, K> {}

impl<O, T, K> fmt::Debug for Navigation<O, T, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Navigation").field(&self.name).finish()
    }
}
