//! The types of a small shop, as far as queries need them.
#![allow(dead_code)] // each test uses its own part

use odata_runtime::query::{Many, Navigation, Property};
use odata_runtime::{
    DecodeError, DerivedFrom, EncodeError, Enumeration, Extra, Flags, Reader, SignedDuration, Sink, Timestamp,
    TypeInfo, Typed, Unlisted, Value,
};

pub(crate) struct Order;
pub(crate) struct Line;
pub(crate) struct Buyer;
pub(crate) struct Address;

impl Order {
    pub(crate) const NAME: Property<Self, String> = Property::new("name");
    pub(crate) const CITY: Property<Self, String> = Property::new("city");
    pub(crate) const TOTAL: Property<Self, i32> = Property::new("total");
    pub(crate) const WEIGHT: Property<Self, f64> = Property::new("weight");
    pub(crate) const PAID: Property<Self, bool> = Property::new("paid");
    pub(crate) const PLACED: Property<Self, Timestamp> = Property::new("placed");
    pub(crate) const LASTS: Property<Self, SignedDuration> = Property::new("lasts");
    pub(crate) const COLOR: Property<Self, Color> = Property::new("color");
    pub(crate) const RIGHTS: Property<Self, Flags<Right>> = Property::new("rights");
    pub(crate) const ADDRESS: Property<Self, Address> = Property::new("address");
    pub(crate) const MARKS: Property<Self, Vec<String>> = Property::new("marks");
    pub(crate) const LINES: Navigation<Self, Line, Many> = Navigation::new("lines");
    pub(crate) const BUYER: Navigation<Self, Buyer> = Navigation::new("buyer");
}

impl Line {
    pub(crate) const PRICE: Property<Self, f64> = Property::new("price");
    pub(crate) const COUNT: Property<Self, i32> = Property::new("count");
    pub(crate) const MARKS: Property<Self, Vec<String>> = Property::new("marks");
    pub(crate) const PARTS: Navigation<Self, Self, Many> = Navigation::new("parts");
}

impl Buyer {
    pub(crate) const NAME: Property<Self, String> = Property::new("name");
    pub(crate) const HOME: Property<Self, Address> = Property::new("home");
    pub(crate) const ORDERS: Navigation<Self, Order, Many> = Navigation::new("orders");
}

impl Address {
    pub(crate) const CITY: Property<Self, String> = Property::new("city");
}

/// A line that is sent by mail.
#[derive(Debug, Default)]
pub(crate) struct Parcel {
    extra: Extra,
}

impl Parcel {
    pub(crate) const HEIGHT: Property<Self, i32> = Property::new("height");
    pub(crate) const SENT_BY: Navigation<Self, Order, Many> = Navigation::new("sentBy");
}

impl Value for Parcel {
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut it = Self::default();
        reader.object(&mut [], &mut it.extra)?;
        Ok(it)
    }

    fn write(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
        sink.object(&[], &self.extra)
    }
}

impl Typed for Parcel {
    const TYPE: TypeInfo = TypeInfo { names: &["shop.parcel", "s.parcel"], derived: &[] };
}

impl DerivedFrom<Line> for Parcel {}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Color {
    Red,
    Unlisted(Unlisted),
}

impl Enumeration for Color {
    const NAME: &'static str = "shop.color";

    fn as_str(&self) -> &str {
        match self {
            Self::Red => "red",
            Self::Unlisted(name) => name.as_str(),
        }
    }
}

impl std::str::FromStr for Color {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(if text == "red" { Self::Red } else { Self::Unlisted(Unlisted::new(text)) })
    }
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Right {
    Read,
    Write,
    Unlisted(Unlisted),
}

impl Enumeration for Right {
    const NAME: &'static str = "shop.right";

    fn as_str(&self) -> &str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Unlisted(name) => name.as_str(),
        }
    }
}

impl std::str::FromStr for Right {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(match text {
            "read" => Self::Read,
            "write" => Self::Write,
            _ => Self::Unlisted(Unlisted::new(text)),
        })
    }
}
