//! What `$expand` takes.

use std::fmt;

use super::filter::Filter;
use super::options::Options;
use super::order::OrderBy;
use super::property::{Many, Navigation, One};
use super::sealed::Sealed;
use super::search::Search;
use super::select::Select;

/// Navigation properties of `T`: a [`Navigation`], an [`Expansion`] of one, or a tuple of up to twelve.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a navigation property of `{T}`, nor a tuple of them",
    label = "not a navigation property of `{T}`"
)]
pub trait Expand<T>: Sealed {
    /// Adds the expansion to the options.
    #[doc(hidden)]
    fn add_to(self, options: &mut Options<T>);
}

/// A navigation property of `O` with options of its own: what is selected and expanded of the `T` it leads to; if
/// there are [`Many`], also which of them, in which order and how many (OASIS URL Conventions 4.01, section 5.1.3).
#[must_use = "an expansion does nothing until a request is given it"]
pub struct Expansion<O, T, K = One> {
    navigation: Navigation<O, T, K>,
    options: Options<T>,
}

impl<O, T, K> Expansion<O, T, K> {
    fn new(navigation: Navigation<O, T, K>) -> Self {
        Self { navigation, options: Options::new() }
    }

    /// Only these properties; called again, these too.
    pub fn select(mut self, properties: impl Select<T>) -> Self {
        self.options.select(properties);
        self
    }

    /// Expands what the navigation property leads to; called again, that too.
    pub fn expand(mut self, navigation: impl Expand<T>) -> Self {
        self.options.expand(navigation);
        self
    }
}

impl<O, T> Expansion<O, T, Many> {
    /// Only the items that meet this condition; called again, this one too.
    pub fn filter(mut self, condition: Filter<T>) -> Self {
        self.options.filter(condition);
        self
    }

    /// The items in this order; called again, items that are equal in it by this one.
    pub fn order_by(mut self, order: impl OrderBy<T>) -> Self {
        self.options.order_by(order);
        self
    }

    /// At most so many items.
    pub fn top(mut self, items: u64) -> Self {
        self.options.top(items);
        self
    }

    /// Without the first items, so many of them.
    pub fn skip(mut self, items: u64) -> Self {
        self.options.skip(items);
        self
    }

    /// The number of items as well.
    pub fn count(mut self) -> Self {
        self.options.count();
        self
    }

    /// Only the items in which this is found; called again, this too.
    pub fn search(mut self, search: impl Into<Search>) -> Self {
        self.options.search(search);
        self
    }
}

impl<O, T, K> Navigation<O, T, K> {
    /// This navigation property, expanded, with only these properties of what it leads to.
    pub fn select(self, properties: impl Select<T>) -> Expansion<O, T, K> {
        Expansion::new(self).select(properties)
    }

    /// This navigation property, expanded, and what it leads to expanded in turn.
    pub fn expand(self, navigation: impl Expand<T>) -> Expansion<O, T, K> {
        Expansion::new(self).expand(navigation)
    }
}

impl<O, T> Navigation<O, T, Many> {
    /// This navigation property, expanded, with only the items that meet this condition.
    pub fn filter(self, condition: Filter<T>) -> Expansion<O, T, Many> {
        Expansion::new(self).filter(condition)
    }

    /// This navigation property, expanded, with its items in this order.
    pub fn order_by(self, order: impl OrderBy<T>) -> Expansion<O, T, Many> {
        Expansion::new(self).order_by(order)
    }

    /// This navigation property, expanded, with at most so many items.
    pub fn top(self, items: u64) -> Expansion<O, T, Many> {
        Expansion::new(self).top(items)
    }

    /// This navigation property, expanded, without its first items, so many of them.
    pub fn skip(self, items: u64) -> Expansion<O, T, Many> {
        Expansion::new(self).skip(items)
    }

    /// This navigation property, expanded, and the number of its items.
    pub fn count(self) -> Expansion<O, T, Many> {
        Expansion::new(self).count()
    }

    /// This navigation property, expanded, with only the items in which this is found.
    pub fn search(self, search: impl Into<Search>) -> Expansion<O, T, Many> {
        Expansion::new(self).search(search)
    }
}

impl<O, T, K> Sealed for Navigation<O, T, K> {}

impl<O, T, K> Expand<O> for Navigation<O, T, K> {
    fn add_to(self, options: &mut Options<O>) {
        Expansion::new(self).add_to(options);
    }
}

impl<O, T, K> Sealed for Expansion<O, T, K> {}

impl<O, T, K> Expand<O> for Expansion<O, T, K> {
    fn add_to(self, options: &mut Options<O>) {
        options.untyped.expand(self.navigation.name(), self.options.untyped);
    }
}

impl<O, T, K> Clone for Expansion<O, T, K> {
    fn clone(&self) -> Self {
        Self { navigation: self.navigation, options: self.options.clone() }
    }
}

impl<O, T, K> fmt::Debug for Expansion<O, T, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Expansion")
            .field("navigation", &self.navigation.name())
            .field("options", &self.options)
            .finish()
    }
}
