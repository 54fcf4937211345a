//! What `$select` takes.

use super::options::Options;
use super::property::Property;
use super::sealed::Sealed;

/// Properties of `T`: a [`Property`] or a tuple of up to twelve of them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a property of `{T}`, nor a tuple of its properties",
    label = "not a property of `{T}`"
)]
pub trait Select<T>: Sealed {
    /// Adds the properties to the options.
    #[doc(hidden)]
    fn add_to(self, options: &mut Options<T>);
}

impl<T, V> Sealed for Property<T, V> {}

impl<T, V> Select<T> for Property<T, V> {
    fn add_to(self, options: &mut Options<T>) {
        options.untyped.select(self.name());
    }
}
