//! All options of a request together: orders, searches, expansions, what is refused, and what is shown.
#![cfg(feature = "client")]
#![allow(clippy::unwrap_used)] // a test fails so

mod shop;

use odata_runtime::query::{Filter, Options, OrderBy, Search, it};
use shop::{Address, Buyer, Line, Order};

fn ordered(order: impl OrderBy<Order>) -> String {
    let mut options = Options::new();
    options.order_by(order);
    options.to_string()
}

#[test]
fn orders() {
    assert_eq!(ordered(Order::NAME), "$orderby=name");
    assert_eq!(ordered((Order::NAME.descending(), Order::TOTAL)), "$orderby=name%20desc,total");
    assert_eq!(
        ordered((
            Order::NAME.length(),
            Order::ADDRESS.at(Address::CITY).descending(),
            Order::NAME.length().descending()
        )),
        "$orderby=length(name),address/city%20desc"
    );
}

#[test]
fn searches() {
    let written = |search: Search| {
        let mut options = Options::<Order>::new();
        options.search(search);
        options.to_string().replace("%20", " ").replace("%22", "\"")
    };
    let (a, b, c) = (Search::phrase("a"), Search::from("b"), Search::from(String::from("c d")));
    assert_eq!(written(a.clone().and(b.clone()).and("AND")), r#"$search="a" AND "b" AND "AND""#);
    assert_eq!(written(a.clone().or(b.clone()).and(c.clone())), r#"$search=("a" OR "b") AND "c d""#);
    assert_eq!(written(a.clone().or(b.clone().and(c.clone()))), r#"$search="a" OR "b" AND "c d""#);
    assert_eq!(written(!a.clone().or(b.clone())), r#"$search=NOT ("a" OR "b")"#);
    assert_eq!(written((!a.clone()).and(!!c.clone())), r#"$search=NOT "a" AND "c d""#);
    assert_eq!(written(Search::phrase("1&2;%")), r#"$search="1%262%3B%25""#);
}

#[test]
fn all_options_in_their_order_and_inside_an_expansion() {
    let mut options = Options::new();
    options.raw_query("$deltatoken", "a b&c");
    options.raw_query("@p", "'x,1' eq (y/z)+1");
    options.count();
    options.skip(20);
    options.top(10);
    options.order_by(Order::NAME);
    options.search("tea");
    options.filter(Order::TOTAL.gt(1));
    options.expand(
        Order::LINES.filter(Line::PRICE.gt(1.0)).search("x").order_by(Line::PRICE.descending()).top(1).skip(2).count(),
    );
    options.expand(Order::BUYER.select(Buyer::NAME).expand(Buyer::ORDERS.filter(Order::NAME.eq("a;b"))));
    options.select((Order::NAME, Order::TOTAL));
    assert_eq!(
        options.to_string(),
        "$select=name,total\
         &$expand=lines($filter=price%20gt%201.0;$search=%22x%22;$orderby=price%20desc;$top=1;$skip=2;$count=true),\
         buyer($select=name;$expand=orders($filter=name%20eq%20%27a%3Bb%27))\
         &$filter=total%20gt%201&$search=%22tea%22&$orderby=name&$top=10&$skip=20&$count=true\
         &$deltatoken=a%20b%26c&@p=%27x,1%27%20eq%20(y/z)%2B1"
    );
}

#[test]
fn asked_again_narrows_a_filter_and_lengthens_an_order() {
    let mut options = Options::new();
    options.filter(Order::TOTAL.gt(1).or(Order::PAID.eq(true)));
    options.filter(Order::TOTAL.lt(9));
    options.search("a");
    options.search(Search::from("b").or("c"));
    options.order_by(Order::NAME.descending());
    options.order_by((Order::NAME, Order::TOTAL));
    options.top(1);
    options.top(2);
    options.expand(Order::LINES.filter(Line::PRICE.gt(1.0)).top(5));
    options.expand(Order::LINES.filter(Line::PRICE.lt(2.0)).top(6));
    let text = options.to_string().replace("%20", " ").replace("%22", "\"");
    assert_eq!(
        text,
        "$expand=lines($filter=price gt 1.0 and price lt 2.0;$top=6)\
         &$filter=(total gt 1 or paid eq true) and total lt 9&$search=\"a\" AND (\"b\" OR \"c\")\
         &$orderby=name desc,total&$top=2"
    );
}

#[test]
fn what_cannot_be_written_is_refused() {
    let none: [i32; 0] = [];
    let filters: [Filter<Order>; 5] = [
        Order::TOTAL.in_(none),
        !Order::TOTAL.in_(none),
        Order::PAID.eq(true).or(Order::TOTAL.in_(none)),
        Order::BUYER.at(Buyer::ORDERS).any(Order::TOTAL.in_(none)),
        Order::BUYER.at(Buyer::ORDERS.all(Order::TOTAL.in_(none).and(Order::PAID.eq(true)))),
    ];
    for filter in filters {
        let mut options = Options::new();
        options.filter(filter.clone());
        assert!(options.fault().unwrap().contains("no values"), "{filter:?}");
    }
    for search in [Search::phrase(""), Search::phrase("say \"x\""), Search::from("x").and(!Search::from(""))] {
        let mut options = Options::new();
        options.expand(Order::BUYER.expand(Buyer::ORDERS.search(search.clone())));
        assert!(options.fault().unwrap().contains("a phrase to search for"), "{search:?}");
    }
    let mut options = Options::new();
    options.filter(Order::TOTAL.in_([1]));
    assert_eq!(options.fault(), None);
}

#[test]
fn debug_shows_no_value() {
    let name = Order::NAME.eq("Ann").and(Order::TOTAL.in_([4711])).and(!Order::MARKS.any(it().concat("x").eq("Bob")));
    let shown = "name eq *** and total in (***) and not marks/any(a:concat(a,***) eq ***)";
    assert_eq!(format!("{name:?}"), format!("Filter({shown})"));
    assert_eq!(format!("{:?}", Order::TOTAL.add(4711)), "Term(total add ***)");
    assert_eq!(format!("{:?}", Order::TOTAL.add(4711).descending()), "Order(total add *** desc)");
    assert_eq!(format!("{:?}", Search::from("Ann").or("Bob")), r#"Search("***" OR "***")"#);
    let mut options = Options::new();
    options.filter(name);
    options.search("Ann");
    options.order_by(Order::TOTAL.add(4711));
    options.top(7);
    options.raw_query("$skiptoken", "4711");
    options.expand(Order::LINES.filter(Line::PRICE.gt(4711.0)));
    let text = format!("{options:?}");
    for secret in ["Ann", "Bob", "4711"] {
        assert!(!text.contains(secret), "{text}");
    }
    assert!(text.contains(shown) && text.contains("total add ***") && text.contains("$skiptoken"), "{text}");
}
