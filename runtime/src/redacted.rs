//! Secrets in `Debug`.

use std::fmt;

/// Prints an optional secret as `None` or `Some(***)`: for the `Debug` of types that hold one.
pub struct Redacted<'a, T>(pub &'a Option<T>);

impl<T> fmt::Debug for Redacted<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Some(***)" } else { "None" })
    }
}
