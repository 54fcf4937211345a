//! serde, in and out, for every [`Value`](crate::Value): two thin functions that generated code
//! calls from its `Serialize` and `Deserialize`.
//!
//! ```text
//!  de        raw text from serde_json, any value from any other format
//!  transcode what another format holds, as JSON text
//!  ser       a sink that is a serde serializer
//!  target    which serializers take raw JSON text
//!  tree      what the others take instead
//! ```
//!
//! **Reading.** `serde_json` hands over the raw text of the value, so nothing passes through a
//! float. Other deserializers, and the buffers of `flatten`, `untagged` and tagged enums, hand
//! over values: a decimal that became a float there is taken with up to 15 significant digits and
//! refused with more.
//!
//! **Writing.** Objects, arrays and leaves go through the caller's serializer, so that
//! `to_string_pretty` indents (trap 4). `serde_json` writes decimals and untyped values as they
//! are. Other formats have no number that holds 28 digits: they get a decimal as a string, which
//! reads back; `serde_json::to_value` gets a number if an f64 holds it exactly, else an error.

mod de;
mod impls;
mod ser;
mod target;
mod transcode;
mod tree;

pub use de::deserialize;
pub use ser::serialize;
