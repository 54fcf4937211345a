//! Laws: any condition is read back as it was built, by a reader that knows precedence and nothing of the writer.
#![cfg(feature = "client")]
#![allow(clippy::unwrap_used, clippy::panic)] // a test fails so

mod model;
mod reader;
#[path = "../shop/mod.rs"]
mod shop;

use model::{Condition, Number, built, normal};
use odata_runtime::query::Options;
use percent_encoding::percent_decode_str;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use reader::Text;
use shop::Order;

fn words(words: &'static [&'static str]) -> impl Strategy<Value = String> {
    select(words).prop_map(str::to_owned)
}

fn term() -> impl Strategy<Value = Number> {
    Just(Number::Property).prop_recursive(4, 16, 2, |inner| {
        let right = prop_oneof![inner.clone(), any::<i32>().prop_map(Number::Literal)];
        (words(&["add", "sub", "mul", "div", "mod"]), inner, right)
            .prop_map(|(operator, left, right)| Number::Of(operator, Box::new((left, right))))
    })
}

fn compared() -> impl Strategy<Value = Condition> {
    let right = prop_oneof![term(), any::<i32>().prop_map(Number::Literal)];
    (words(&["eq", "ne", "gt", "ge", "lt", "le"]), term(), right)
        .prop_map(|(operator, left, right)| Condition::Compare(operator, left, right))
}

fn joined(inner: impl Strategy<Value = Condition> + Clone + 'static) -> impl Strategy<Value = Condition> {
    prop_oneof![
        inner.clone().prop_map(|it| Condition::Not(Box::new(it))),
        vec(inner.clone(), 2..4).prop_map(Condition::And),
        vec(inner, 2..4).prop_map(Condition::Or),
    ]
}

fn condition() -> impl Strategy<Value = Condition> {
    let lines = compared().prop_recursive(2, 6, 3, joined);
    prop_oneof![
        compared(),
        (words(&["contains", "startswith", "endswith"]), "(?s).*").prop_map(|(name, text)| Condition::Call(name, text)),
        vec("[a-c ',()%&]*", 1..4).prop_map(Condition::In),
        (words(&["any", "all"]), lines).prop_map(|(which, condition)| Condition::Lines(which, Box::new(condition))),
    ]
    .prop_recursive(4, 24, 3, joined)
}

proptest! {
    #[test]
    fn r8_a_condition_is_read_back_as_it_was_built(condition in condition()) {
        let mut options = Options::<Order>::new();
        options.filter(built(&condition));
        let query = options.to_string();
        let filter = query.strip_prefix("$filter=").unwrap();
        // Nothing in it ends the option, or the expansion around it.
        let clean = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~%(),/:$".contains(&byte);
        prop_assert!(filter.bytes().all(clean), "{}", filter);
        let decoded = percent_decode_str(filter).decode_utf8().unwrap();
        let mut text = Text { rest: &decoded, property: "total" };
        let read = text.or();
        prop_assert_eq!((read, text.rest), (Some(normal(condition)), ""), "{}", decoded);
    }
}
