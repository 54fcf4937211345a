//! JSON text in and out.
//!
//! ```text
//!  cursor    tokens of JSON text: the one module that knows jiter
//!  reader    what `Value::read` is given: text, arrays, variants
//!  object    .. objects: keys to slots
//!  numeric   .. numbers
//!  plain     .. where text ends that needs no parser
//!  ahead     which type an object states: looks ahead, the cursor stays
//!  number    the digits of a number, exactly
//!  sink      what `Value::write` is given
//!  buffer    short text on the stack
//!  quote     strings as JSON text
//!  writer    a sink that makes compact JSON
//! ```

mod ahead;
mod buffer;
mod cursor;
pub(crate) mod number;
mod numeric;
mod object;
mod plain;
mod quote;
mod reader;
mod sink;
mod writer;

pub(crate) use buffer::Buffer;
#[cfg(feature = "serde")]
pub(crate) use quote::quote;
pub use reader::Reader;
#[cfg(feature = "serde")]
pub(crate) use sink::members;
pub use sink::{Encode, Sink};
pub(crate) use writer::Writer;
#[cfg(feature = "serde")]
pub(crate) use writer::special;
