//! Which types fit together in a query and which do not: the traits that decide it, named one by one, since a
//! compile-fail doctest does not say on a stable compiler why it failed.
#![cfg(feature = "client")]

mod shop;

use odata_runtime::query::{
    Constant, Expand, Expansion, Filter, Fractional, Many, MemberOf, Navigation, Numeric, One, Operand, OrderBy,
    Ordered, Property, Select, Term,
};
use odata_runtime::{
    Binary, Date, Decimal, Enumeration, Flags, Literal, SignedDuration, Time, Timestamp, Untyped, Uuid,
};
use shop::{Address, Buyer, Color, Line, Order, Parcel, Right};

/// Compiles when the type implements the trait.
macro_rules! fits {
    ($($type:ty: $trait:path;)+) => {$(
        const _: fn() = || {
            fn check<T: $trait>() {}
            check::<$type>();
        };
    )+};
}

/// Compiles when it does not: with two impls to choose from, the compiler could not tell `_`.
macro_rules! fits_not {
    ($($type:ty: $trait:path;)+) => {$(
        const _: fn() = || {
            trait Either<T> {
                fn check() {}
            }
            struct Both;
            impl<T> Either<()> for T {}
            impl<T: $trait> Either<Both> for T {}
            let _ = <$type as Either<_>>::check;
        };
    )+};
}

fits! {
    Property<Order, String>: Select<Order>;
    (Property<Order, String>, Property<Order, i32>): Select<Order>;
    Navigation<Order, Line, Many>: Expand<Order>;
    Expansion<Order, Buyer, One>: Expand<Order>;
    Property<Order, bool>: OrderBy<Order>;
    Term<Order, Color>: OrderBy<Order>;
    Property<Order, String>: Operand<Order, String>;
    Term<Order, String>: Operand<Order, String>;
    &'static str: Operand<Order, String>;
    &'static i64: Operand<Order, i64>;
    i64: Constant<i64>;
    Right: MemberOf<Flags<Right>>;
    Flags<Right>: MemberOf<Flags<Right>>;
    Color: MemberOf<Color>;
    String: Ordered;
    Timestamp: Ordered;
    Date: Ordered;
    Time: Ordered;
    SignedDuration: Ordered;
    i16: Numeric;
    Decimal: Fractional;
    Color: Literal;
    Uuid: Literal;
    Binary: Literal;
}

fits_not! {
    Property<Line, f64>: Select<Order>;
    (Property<Order, String>, Property<Line, f64>): Select<Order>;
    Navigation<Order, Line, Many>: Select<Order>;
    Navigation<Order, Line, Many>: Expand<Line>;
    Expansion<Order, Buyer, One>: Expand<Buyer>;
    Property<Order, String>: Expand<Order>;
    Property<Line, f64>: OrderBy<Order>;
    Property<Order, Address>: OrderBy<Order>;
    Property<Order, Vec<String>>: OrderBy<Order>;
    Filter<Order>: OrderBy<Order>;
    Property<Line, String>: Operand<Order, String>;
    Property<Order, i32>: Operand<Order, i64>;
    i32: Operand<Order, String>;
    i32: Operand<Order, i64>;
    &'static str: Operand<Order, i32>;
    String: Operand<Order, Color>;
    Property<Order, String>: Constant<String>;
    Right: MemberOf<Flags<Color>>;
    Right: MemberOf<Color>;
    String: MemberOf<String>;
    bool: Ordered;
    Uuid: Ordered;
    Color: Ordered;
    Binary: Ordered;
    String: Numeric;
    Timestamp: Numeric;
    i32: Fractional;
    Untyped: Literal;
    Address: Literal;
    Vec<String>: Literal;
    Flags<String>: Literal;
    Line: Enumeration;
}

#[test]
fn a_request_can_be_made_in_one_task_and_sent_in_another() {
    fn check<T: Send + Sync + Unpin + 'static>() {}
    check::<Filter<Order>>();
    check::<Term<Order, Parcel>>();
    check::<Expansion<Order, Line, Many>>();
    check::<odata_runtime::query::Options<Order>>();
}
