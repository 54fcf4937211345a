//! Literals of enumerations: the qualified name of the type, then the members in quotes (W-3).

use super::Literal;
use super::quoted::push_quoted;
use super::sealed::Sealed;
use crate::{Enumeration, Flags};

impl<E: Enumeration> Sealed for E {}

/// `sample.color'red'`. A member that is not listed is written as it came.
impl<E: Enumeration> Literal for E {
    fn write_literal(&self, out: &mut String) {
        out.push_str(E::NAME);
        push_quoted(self.as_str(), out);
    }
}

impl<E: Enumeration> Sealed for Flags<E> {}

/// `sample.right'read,write'`; the empty set is `sample.right'0'`, since a literal has at least one value.
impl<E: Enumeration> Literal for Flags<E> {
    fn write_literal(&self, out: &mut String) {
        out.push_str(E::NAME);
        if self.is_empty() {
            out.push_str("'0'");
        } else {
            push_quoted(&self.to_string(), out);
        }
    }
}
