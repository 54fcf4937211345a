//! Conditions as they stand in a URL.
#![cfg(feature = "client")]
#![allow(clippy::unwrap_used)] // a test fails so
#![allow(clippy::needless_borrows_for_generic_args)] // references are taken too

mod shop;

use odata_runtime::query::{Filter, Navigation, One, Options, it};
use odata_runtime::{Decimal, Flags, SignedDuration, Timestamp};
use percent_encoding::percent_decode_str;
use shop::{Address, Buyer, Color, Line, Order, Parcel, Right};

/// The condition, with what is percent-encoded in every query put back.
fn written(condition: Filter<Order>) -> String {
    let mut options = Options::new();
    options.filter(condition);
    let text = options.to_string();
    let condition = text.strip_prefix("$filter=").unwrap();
    assert!(!condition.contains([' ', '\'', '"']), "{condition}");
    percent_decode_str(condition).decode_utf8().unwrap().into_owned()
}

#[test]
fn comparisons() {
    assert_eq!(written(Order::TOTAL.eq(3)), "total eq 3");
    let (total, name) = (-3, String::from("Milk"));
    assert_eq!(written(Order::TOTAL.ne(&total)), "total ne -3");
    assert_eq!(written(Order::TOTAL.ne(total)), "total ne -3");
    assert_eq!(written(Order::NAME.gt("Milk")), "name gt 'Milk'");
    assert_eq!(written(Order::NAME.ge(name.clone())), "name ge 'Milk'");
    assert_eq!(written(Order::NAME.lt(&name)), "name lt 'Milk'");
    assert_eq!(written(Order::NAME.le(Order::CITY)), "name le city");
    assert_eq!(written(Order::PAID.eq(true)), "paid eq true");
    assert_eq!(written(Order::CITY.is_null()), "city eq null");
    assert_eq!(written(Order::ADDRESS.is_not_null()), "address ne null");
    assert_eq!(written(Order::WEIGHT.ge(2.5)), "weight ge 2.5");
    let placed: Timestamp = "2024-05-01T10:00:00.5Z".parse().unwrap();
    assert_eq!(written(Order::PLACED.ge(placed)), "placed ge 2024-05-01T10:00:00.5Z");
    assert_eq!(written(Order::LASTS.lt(SignedDuration::from_hours(26))), "lasts lt duration'P1DT2H'");
}

#[test]
fn w3_enumerations_say_their_type() {
    assert_eq!(written(Order::COLOR.eq(Color::Red)), "color eq shop.color'red'");
    let both: Flags<Right> = [Right::Read, Right::Write].into_iter().collect();
    assert_eq!(written(Order::RIGHTS.has(Right::Read)), "rights has shop.right'read'");
    assert_eq!(written(Order::RIGHTS.eq(&both)), "rights eq shop.right'read,write'".to_owned());
}

#[test]
fn lists_of_values() {
    assert_eq!(written(Order::NAME.in_(["Milk", "Che'ese"])), "name in ('Milk','Che''ese')");
    assert_eq!(written(Order::TOTAL.in_(vec![1, 2])), "total in (1,2)");
    let (names, totals) = (vec!["a", "b"], [1, 2]);
    assert_eq!(written(Order::NAME.in_(&names)), "name in ('a','b')");
    assert_eq!(written(Order::NAME.in_(names)), "name in ('a','b')");
    assert_eq!(written(Order::NAME.in_(&[String::from("a")])), "name in ('a')");
    assert_eq!(written(Order::TOTAL.in_(&totals)), "total in (1,2)");
    assert_eq!(written(Order::TOTAL.in_(totals)), "total in (1,2)");
    assert_eq!(written(!Order::TOTAL.in_([1])), "not (total in (1))");
}

#[test]
fn parentheses_stand_where_precedence_needs_them_alone() {
    let (a, b, c) = (Order::TOTAL.eq(1), Order::TOTAL.eq(2), Order::TOTAL.eq(3));
    let and = || a.clone().and(b.clone());
    let or = || a.clone().or(b.clone());
    assert_eq!(written(and().and(c.clone())), "total eq 1 and total eq 2 and total eq 3");
    assert_eq!(written(c.clone().and(and())), "total eq 3 and total eq 1 and total eq 2");
    assert_eq!(written(or().or(c.clone())), "total eq 1 or total eq 2 or total eq 3");
    assert_eq!(written(and().or(c.clone())), "total eq 1 and total eq 2 or total eq 3");
    assert_eq!(written(or().and(c.clone())), "(total eq 1 or total eq 2) and total eq 3");
    assert_eq!(written(c.clone().and(or())), "total eq 3 and (total eq 1 or total eq 2)");
    assert_eq!(written(!a.clone()), "not (total eq 1)");
    assert_eq!(written(!and()), "not (total eq 1 and total eq 2)");
    assert_eq!(written(!!a.clone()), "total eq 1");
    assert_eq!(written(!Order::NAME.contains("x")), "not contains(name,'x')");
    assert_eq!(written((!Order::NAME.contains("x")).and(a.clone())), "not contains(name,'x') and total eq 1");
}

#[test]
fn calculations_associate_to_the_left() {
    let t = Order::TOTAL;
    assert_eq!(written(t.add(1).sub(2).eq(3)), "total add 1 sub 2 eq 3");
    assert_eq!(written(t.sub(t.sub(1)).eq(3)), "total sub (total sub 1) eq 3");
    assert_eq!(written(t.add(t.mul(2)).eq(3)), "total add total mul 2 eq 3");
    assert_eq!(written(t.add(1).mul(2).eq(3)), "(total add 1) mul 2 eq 3");
    assert_eq!(written(t.div(t.modulo(4)).gt(-5)), "total div (total mod 4) gt -5");
    assert_eq!(
        written(Order::WEIGHT.mul(0.5).round().eq(Order::WEIGHT.floor())),
        "round(weight mul 0.5) eq floor(weight)"
    );
    assert_eq!(written(Order::WEIGHT.ceiling().le(f64::INFINITY)), "ceiling(weight) le INF");
}

#[test]
fn functions_of_strings_dates_and_durations() {
    let name = Order::NAME;
    assert_eq!(
        written(name.starts_with("a").and(name.ends_with(Order::CITY))),
        "startswith(name,'a') and endswith(name,city)"
    );
    assert_eq!(written(name.to_lower().trim().contains("x")), "contains(trim(tolower(name)),'x')");
    assert_eq!(written(name.to_upper().eq("X")), "toupper(name) eq 'X'");
    assert_eq!(written(name.length().gt(name.index_of("b"))), "length(name) gt indexof(name,'b')");
    assert_eq!(
        written(name.substring(1).eq(name.substring_of_length(1, 2))),
        "substring(name,1) eq substring(name,1,2)"
    );
    assert_eq!(
        written(name.concat(", ").concat(Order::CITY).eq("a, b").and(name.is_null())),
        "concat(concat(name,', '),city) eq 'a, b' and name eq null"
    );
    let placed = Order::PLACED;
    let parts = [placed.year(), placed.month(), placed.day(), placed.hour(), placed.minute(), placed.second()];
    let names = ["year", "month", "day", "hour", "minute", "second"];
    for (part, name) in parts.into_iter().zip(names) {
        assert_eq!(written(part.eq(1)), format!("{name}(placed) eq 1"));
    }
    assert_eq!(written(placed.fractional_seconds().lt(Decimal::new(5, 1))), "fractionalseconds(placed) lt 0.5");
    assert_eq!(
        written(placed.date().eq("2024-02-29".parse::<odata_runtime::Date>().unwrap())),
        "date(placed) eq 2024-02-29"
    );
    assert_eq!(written(placed.time().hour().eq(placed.date().day())), "hour(time(placed)) eq day(date(placed))");
    assert_eq!(written(Order::LASTS.total_seconds().gt(Decimal::ONE)), "totalseconds(lasts) gt 1");
}

#[test]
fn paths_and_casts() {
    assert_eq!(written(Order::ADDRESS.at(Address::CITY).eq("Ulm")), "address/city eq 'Ulm'");
    assert_eq!(written(Order::BUYER.at(Buyer::HOME).at(Address::CITY).eq("Ulm")), "buyer/home/city eq 'Ulm'");
    assert_eq!(written(Order::BUYER.at(Buyer::HOME.at(Address::CITY.length())).eq(3)), "length(buyer/home/city) eq 3");
    let condition = Address::CITY.eq("Ulm").or(!Address::CITY.is_null());
    assert_eq!(written(Order::ADDRESS.at(condition)), "address/city eq 'Ulm' or not (address/city eq null)");
    assert_eq!(written(Order::BUYER.at(Buyer::ORDERS).any(Order::TOTAL.gt(1))), "buyer/orders/any(a:a/total gt 1)");
    assert_eq!(written(Order::BUYER.at(Buyer::ORDERS.any(Order::TOTAL.gt(1)))), "buyer/orders/any(a:a/total gt 1)");
    assert_eq!(
        written(Order::LINES.cast::<Parcel>().any(Parcel::HEIGHT.gt(2))),
        "lines/shop.parcel/any(a:a/height gt 2)"
    );
    assert_eq!(
        written(Order::LINES.any(it::<Line>().cast::<Parcel>().at(Parcel::HEIGHT).gt(2))),
        "lines/any(a:a/shop.parcel/height gt 2)"
    );
}

#[test]
fn collections() {
    assert_eq!(written(Order::LINES.is_not_empty()), "lines/any()");
    assert_eq!(written(!Order::LINES.any(Line::PRICE.gt(1.5))), "not lines/any(a:a/price gt 1.5)");
    assert_eq!(
        written(Order::LINES.all(Line::MARKS.any(it().starts_with("x")))),
        "lines/all(a:a/marks/any(b:startswith(b,'x')))"
    );
    assert_eq!(written(Order::LINES.size().gt(2)), "lines/$count gt 2");
    assert_eq!(
        written(Order::LINES.any(Line::MARKS.size().eq(0).and(Line::PRICE.lt(1.0)))),
        "lines/any(a:a/marks/$count eq 0 and a/price lt 1.0)"
    );
    assert_eq!(written(Order::MARKS.any(it().in_(["a", "b"]))), "marks/any(a:a in ('a','b'))");
}

#[test]
fn the_27th_range_variable_is_no_letter() {
    let mut condition = Line::PRICE.gt(1.0);
    for _ in 0..26 {
        condition = Line::PARTS.any(condition);
    }
    let text = written(Order::LINES.any(condition));
    assert!(text.contains("y/parts/any(z:z/parts/any(a1:a1/price gt 1.0"), "{text}");
}

#[test]
fn thousands_of_conditions_are_no_deep_tree() {
    let mut filter = Order::TOTAL.eq(0);
    for total in 1..20_000 {
        filter = filter.or(Order::TOTAL.eq(total));
    }
    assert_eq!(written(filter.clone()).matches(" or ").count(), 19_999);
    drop(filter);
}

#[test]
fn a_navigation_leads_to_one_unless_it_says_many() {
    const DEFAULT: Navigation<Order, Buyer> = Navigation::new("x");
    let same: Navigation<Order, Buyer, One> = DEFAULT;
    assert_eq!(same.name(), "x");
}
