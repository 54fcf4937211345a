//! Values that are worked out from properties: `length(name)`, `price mul 2`, `address/city`.

use std::fmt;
use std::marker::PhantomData;

use super::expression::{Expression, Path};
use super::render::Style;

/// A `V` that is worked out from an `O`: a path, a function, a calculation. It has the methods of a
/// [`Property`](super::Property), and can be ordered by. `Debug` shows no value.
#[must_use = "a term does nothing until it stands in a condition or an order"]
pub struct Term<O, V> {
    pub(super) expression: Expression,
    of: PhantomData<fn(O) -> V>,
}

/// The item itself: in a condition on the items of a collection of values, each of them.
///
/// ```
/// use odata_runtime::query::{Options, Property, it};
///
/// struct Order;
/// const MARKS: Property<Order, Vec<String>> = Property::new("marks");
///
/// let mut options = Options::new();
/// options.filter(MARKS.any(it().eq("urgent")));
/// assert_eq!(options.to_string(), "$filter=marks/any(a:a%20eq%20%27urgent%27)");
/// ```
pub fn it<V>() -> Term<V, V> {
    Term::new(Expression::Path(Path::default()))
}

impl<O, V> Term<O, V> {
    pub(super) fn new(expression: Expression) -> Self {
        Self { expression, of: PhantomData }
    }

    pub(super) fn into_expression(self) -> Expression {
        self.expression
    }

    pub(super) fn call(name: &'static str, arguments: Vec<Expression>) -> Self {
        Self::new(Expression::Call(name, arguments))
    }
}

impl<O, V> Clone for Term<O, V> {
    fn clone(&self) -> Self {
        Self::new(self.expression.clone())
    }
}

impl<O, V> fmt::Debug for Term<O, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Term(")?;
        self.expression.write(f, Style::Shown)?;
        f.write_str(")")
    }
}
