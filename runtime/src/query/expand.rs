//! What `$expand` takes.

use std::fmt;

use super::options::Options;
use super::property::{Navigation, One};
use super::sealed::Sealed;
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

/// A navigation property of `O` with options of its own: what is selected and expanded of the `T` it leads to.
#[must_use = "an expansion does nothing until a request is given it"]
pub struct Expansion<O, T, K = One> {
    navigation: Navigation<O, T, K>,
    options: Options<T>,
}

impl<O, T, K> Expansion<O, T, K> {
    pub(super) fn new(navigation: Navigation<O, T, K>) -> Self {
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
