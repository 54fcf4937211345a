//! What a function is called with.

use crate::literal::{self, Literal};
use crate::{Value, to_string};

/// The value of a parameter of a function (OASIS URL Conventions 4.01, section 5.1.1.15 and Protocol 4.01, section
/// 11.5.4.1): a [`Literal`], a [`Json`] value, or an `Option` of one for a parameter that may be left out.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a parameter of a function",
    label = "neither a literal nor `Json`, nor an `Option` of one"
)]
pub trait Argument: sealed::Sealed {
    /// How it is written.
    #[doc(hidden)]
    fn written(&self) -> Written;
}

/// How the value of a parameter is written.
#[doc(hidden)]
#[derive(Clone)]
pub enum Written {
    /// In its place, not encoded.
    Literal(String),
    /// In the query, not encoded, and in its place an alias.
    Json(String),
    /// Not at all.
    Nothing,
    /// It cannot be.
    Fault,
}

/// A collection or a structured value: it has no literal, so it stands in the query as JSON, and in the place of the
/// parameter an alias of it: `among(ids=@ids)?@ids=["a","b"]`.
#[derive(Debug, Clone, Copy)]
pub struct Json<'v, T>(pub &'v T);

impl<L: Literal> sealed::Sealed for L {}

impl<L: Literal> Argument for L {
    fn written(&self) -> Written {
        Written::Literal(literal::text(self))
    }
}

impl<T: Value> sealed::Sealed for Json<'_, T> {}

impl<T: Value> Argument for Json<'_, T> {
    fn written(&self) -> Written {
        to_string(self.0).map_or(Written::Fault, Written::Json)
    }
}

impl<A: Argument> sealed::Sealed for Option<A> {}

/// None: the parameter is left out.
impl<A: Argument> Argument for Option<A> {
    fn written(&self) -> Written {
        self.as_ref().map_or(Written::Nothing, Argument::written)
    }
}

/// Keeps [`Argument`] ours, so that it can grow without breaking anybody.
mod sealed {
    pub trait Sealed {}
}
