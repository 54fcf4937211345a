//! What a request asks for, in types: `$select`, `$expand`, `$filter`, `$orderby`, `$search`, `$top`, `$skip`, `$count`.
//!
//! A generated type names its properties and navigation properties as constants, a [`Property`] or a
//! [`Navigation`] each, which know the type they belong to and the type of their value. All that is asked starts
//! at them, so that what does not fit together does not compile:
//!
//! ```
//! use odata_runtime::query::{Many, Navigation, Options, Property};
//!
//! struct Order;
//! struct Line;
//! const ID: Property<Order, String> = Property::new("id");
//! const LINES: Navigation<Order, Line, Many> = Navigation::new("lines");
//! const PRICE: Property<Line, f64> = Property::new("price");
//!
//! let mut options = Options::<Order>::new();
//! options.select((ID,));
//! options.expand(LINES.select(PRICE).filter(PRICE.gt(9.5)).top(3));
//! options.filter(ID.starts_with("A").and(!LINES.any(PRICE.eq(0.0))));
//! options.order_by(LINES.size().descending());
//! assert_eq!(
//!     options.to_string(),
//!     "$select=id&$expand=lines($select=price;$filter=price%20gt%209.5;$top=3)\
//!      &$filter=startswith(id,%27A%27)%20and%20not%20lines/any(a:a/price%20eq%200.0)\
//!      &$orderby=lines/$count%20desc"
//! );
//! ```
//!
//! A property of another type, in whatever option:
//!
//! ```compile_fail,E0277
//! # use odata_runtime::query::{Many, Navigation, Options, Property};
//! # struct Order;
//! # struct Line;
//! # const LINES: Navigation<Order, Line, Many> = Navigation::new("lines");
//! # const ID: Property<Order, String> = Property::new("id");
//! let mut options = Options::<Order>::new();
//! options.expand(LINES.select(ID)); // `ID` is a property of the order, not of its lines
//! ```
//!
//! ```compile_fail,E0277
//! # use odata_runtime::query::{Options, Property};
//! # struct Order;
//! # struct Line;
//! # const PRICE: Property<Line, f64> = Property::new("price");
//! Options::<Order>::new().order_by(PRICE);
//! ```
//!
//! ```compile_fail,E0308
//! # use odata_runtime::query::{Options, Property};
//! # struct Order;
//! # struct Line;
//! # const PRICE: Property<Line, f64> = Property::new("price");
//! Options::<Order>::new().filter(PRICE.gt(1.0));
//! ```
//!
//! ```compile_fail,E0277
//! # use odata_runtime::query::Property;
//! # struct Order;
//! # struct Line;
//! # const NAME: Property<Order, String> = Property::new("name");
//! # const TEXT: Property<Line, String> = Property::new("text");
//! let _ = NAME.eq(TEXT); // of two different types
//! ```
//!
//! A value of another type, and an operator that the type does not have:
//!
//! ```compile_fail,E0277
//! # use odata_runtime::query::Property;
//! # struct Order;
//! # const NAME: Property<Order, String> = Property::new("name");
//! let _ = NAME.eq(7);
//! ```
//!
//! ```compile_fail,E0277
//! # use odata_runtime::query::Property;
//! # struct Order;
//! # const PAID: Property<Order, bool> = Property::new("paid");
//! let _ = PAID.gt(false);
//! ```
//!
//! What has no literal form can be neither compared nor ordered by:
//!
//! ```compile_fail,E0599
//! # use odata_runtime::query::Property;
//! # struct Order;
//! # struct Address;
//! # const ADDRESS: Property<Order, Address> = Property::new("address");
//! let _ = ADDRESS.eq(ADDRESS);
//! ```
//!
//! And only a collection has items to filter, to order and to count:
//!
//! ```compile_fail,E0599
//! # use odata_runtime::query::{Navigation, One, Property};
//! # struct Order;
//! # struct Buyer;
//! # const BUYER: Navigation<Order, Buyer, One> = Navigation::new("buyer");
//! # const NAME: Property<Buyer, String> = Property::new("name");
//! let _ = BUYER.select(NAME).filter(NAME.eq("Ann"));
//! ```
//!
//! [`Options`] collects what was asked, in `untyped`, and writes it as the URL wants it. Conditions and orders are
//! trees of `expression`, which the methods of `compare`, `functions`, `arithmetic` and `path` build and `render`
//! writes. Names and values are percent-encoded in `encode`, which the path of a request uses too.

mod arithmetic;
mod compare;
pub(crate) mod encode;
mod expand;
mod expression;
mod filter;
mod functions;
mod operand;
mod options;
mod order;
mod path;
mod property;
mod render;
mod search;
mod select;
mod term;
mod tuple;
mod untyped;
mod uses;

pub use expand::{Expand, Expansion};
pub use filter::Filter;
pub use operand::{Constant, Fractional, MemberOf, Numeric, Operand, Ordered};
pub use options::Options;
pub use order::{Order, OrderBy};
pub use path::Member;
pub use property::{Many, Navigation, One, Property};
pub use search::Search;
pub use select::Select;
pub use term::{Term, it};
pub(crate) use uses::Use;

/// Keeps the traits ours, so that they can grow without breaking anybody.
mod sealed {
    pub trait Sealed {}
}
