//! Values as they stand in a URL: the literals of the OASIS ABNF (W-3, W-15, W-16, W-31).
//!
//! In keys, in the parameters of functions and in filters a value is not written as in JSON: strings stand in
//! single quotes that are doubled inside, durations and bytes carry a prefix, members of enumerations the name of
//! their type. [`Literal`] writes that text; whoever puts it into a URL percent-encodes it.

mod enumeration;
mod plain;
mod quoted;

/// A value that has a literal form (OASIS OData ABNF, `primitiveLiteral`). Implemented here, for what a property
/// with a primitive type or an enumeration holds; there is no need to implement it elsewhere.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no literal form in a URL",
    label = "neither a primitive value nor a member of an enumeration"
)]
pub trait Literal: sealed::Sealed {
    /// Adds the literal to `out`, not percent-encoded: `'it''s'`, `2024-05-01T00:00:00Z`, `duration'P1D'`.
    fn write_literal(&self, out: &mut String);
}

impl sealed::Sealed for &dyn Literal {}

/// What is only known to be a literal.
impl Literal for &dyn Literal {
    fn write_literal(&self, out: &mut String) {
        (**self).write_literal(out);
    }
}

/// The literal as a text of its own.
pub(crate) fn text(value: &(impl Literal + ?Sized)) -> String {
    let mut out = String::new();
    value.write_literal(&mut out);
    out
}

/// Keeps [`Literal`] ours, so that it can grow without breaking anybody.
mod sealed {
    pub trait Sealed {}
}
