//! CSDL XML as it stands in a document: elements and attributes with their places, nothing resolved.
//!
//! [`read`] is the first stage. It knows XML and the OASIS text (Common Schema Definition Language, XML
//! representation, 4.0 and 4.01) and nothing else: names are not looked up, aliases not replaced. [`write()`] is its
//! inverse, for the documents that `extract` makes.
//!
//! Everything borrows from the source text; only a value that holds an XML entity is owned.

mod element;
mod expression;
mod read;
mod write;

pub use element::*;
pub use expression::*;
pub use read::{Limits, decode, ends_reading, read};
pub use write::write;
