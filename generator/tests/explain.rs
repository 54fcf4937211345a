//! `explain`: every kind of thing, by every kind of name.

use expect_test::expect_file;
use odata_codegen::compile::explain;
use odata_codegen::explain::render;
use odata_codegen::input::{InputOptions, read};

/// What is said of a name, then what is wrong.
fn said(name: &str) -> String {
    let mut diagnostics = Vec::new();
    let input = read(&InputOptions::new("tests/data/explain/codegen.toml"), &mut diagnostics);
    let explained = explain(&input, name, &mut diagnostics);
    let faults = diagnostics.iter().map(|it| format!("{}: {}\n", it.message, it.help.as_deref().unwrap_or_default()));
    format!("{}{}", render(&explained, &input.sources), faults.collect::<String>())
}

#[test]
fn each_kind_of_thing_has_its_answer() {
    let names = [
        "shop.order",
        "line",
        "thing",
        "people.party",
        "folk::Person",
        "company",
        "passer_by",
        "state",
        "weight",
        "order/buyer",
        "order/label",
        "order/state",
        "order/note",
        "line/id",
        "lines",
        "state/eXpress",
    ];
    let text: Vec<String> = names.iter().map(|name| format!("$ explain {name}\n{}", said(name))).collect();
    expect_file!["data/explain/expected.txt"].assert_eq(&text.join("\n"));
}

#[test]
fn one_thing_goes_by_many_names() {
    let order = said("shop.order");
    for name in ["order", "s.order", "Order", "shop::Order", "my_shop::Order", "my_shop::shop::Order"] {
        assert_eq!(said(name), order, "{name}");
    }
    let buyer = said("shop.order/buyer");
    for name in ["order/buyer", "Order::buyer", "Order::BUYER", "shop::Order::buyer", "buyer", "shop.order.buyer"] {
        assert_eq!(said(name), buyer, "{name}");
    }
    // Behind a closed base stands a struct.
    assert_eq!(said("SomebodyBase"), said("people.party"));
    assert_eq!(said("State::Express"), said("eXpress"));
}

#[test]
fn what_is_not_there_has_a_similar_name() {
    assert_eq!(said("ordre"), "nothing in the documents is called `ordre`: a similar name is: `order`\n");
    assert_eq!(
        said("order/byer"),
        "nothing in the documents is called `order/byer`: a similar name is: `order/buyer`\n"
    );
    assert!(said("orders/{id}").starts_with("nothing in the documents is called"));
    assert!(said("").starts_with("nothing in the documents is called"));
    assert!(said("/").starts_with("nothing in the documents is called"));
    assert!(said("::").starts_with("nothing in the documents is called"));
}
