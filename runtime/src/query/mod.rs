//! What a request asks for, in types: `$select` and `$expand`.
//!
//! A generated type names its properties and navigation properties as constants, a [`Property`] or a
//! [`Navigation`] each, which know the type they belong to. [`Select`] and [`Expand`] take one of them or
//! a tuple, so that a property of another type does not compile:
//!
//! ```
//! use odata_runtime::query::{Navigation, Options, Property};
//!
//! struct Order;
//! struct Line;
//! const ID: Property<Order, String> = Property::new("id");
//! const LINES: Navigation<Order, Line> = Navigation::new("lines");
//! const PRICE: Property<Line, f64> = Property::new("price");
//!
//! let mut options = Options::<Order>::new();
//! options.select((ID,));
//! options.expand(LINES.select(PRICE));
//! assert_eq!(options.to_string(), "$select=id&$expand=lines($select=price)");
//! ```
//!
//! ```compile_fail,E0277
//! # use odata_runtime::query::{Navigation, Options, Property};
//! # struct Order;
//! # struct Line;
//! # const LINES: Navigation<Order, Line> = Navigation::new("lines");
//! # const ID: Property<Order, String> = Property::new("id");
//! let mut options = Options::<Order>::new();
//! options.expand(LINES.select(ID)); // `ID` is a property of the order, not of its lines
//! ```
//!
//! [`Options`] collects what was asked and writes it as the URL wants it. Names are percent-encoded
//! here, in `encode`, which the path of a request uses too.

pub(crate) mod encode;
mod expand;
mod options;
mod property;
mod select;
mod tuple;

pub use expand::{Expand, Expansion};
pub use options::Options;
pub use property::{Many, Navigation, One, Property};
pub use select::Select;

/// Keeps [`Select`] and [`Expand`] ours, so that they can grow without breaking anybody.
mod sealed {
    pub trait Sealed {}
}
