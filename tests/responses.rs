//! Responses on the wire, rule by rule: bodies of our own in the shapes that wire-rules.md documents, decoded by the
//! runtime's own entry and by `serde_json`, read through public fields, encoded, and compared as OData values.
//!
//! Rules that are not about reading a body have their tests elsewhere:
//!
//! | rules | about what, and where |
//! |---|---|
//! | CR-21, CR-28, CR-31, CR-32 | query options, clouds and links: `tests/requests.rs`, `runtime/tests/client_requests` |
//! | W-3, W-31, W-32 | literals and URLs: `tests/requests.rs`, `runtime/tests/literals.rs`, `runtime/tests/abnf` |
//! | W-8, W-9, W-11 | relative links, headers of later pages, preferences: `runtime/tests/client_requests/{links,pages}.rs` |
//! | W-17 | error bodies, the only place where a date without an offset is taken: `runtime/tests/client_requests/published.rs` |
//! | W-25, W-26 | write models, PATCH and POST: `runtime/tests/client_requests/writes.rs`, `tests/requests_kinds.rs` |
//! | W-29 | batches: `tests/batch.rs`, `runtime/tests/fire/batches.rs` |
//! | W-28, W-30 | delta links and long-running operations: call records have neither |
//!
//! CR-27's documents of other clouds are the generator's; here is what their bodies lack. A service that answers with
//! no JSON at all (W-33) is the client's; here is that the types refuse it. No property of the slice is a flags
//! enumeration, `Binary`, `Date`, `TimeOfDay` or geography: W-18 to W-20 are read here from undeclared properties, and
//! runtime/tests has the types.
#![allow(missing_docs, clippy::expect_used, clippy::unwrap_used, clippy::panic, clippy::print_stderr)]
#![allow(clippy::indexing_slicing)]

#[path = "responses_rules/polymorphism.rs"]
mod polymorphism;
#[path = "responses_rules/properties.rs"]
mod properties;
#[path = "responses_rules/service.rs"]
mod service;
mod support;
#[path = "responses_rules/values.rs"]
mod values;

use graph_call_records::odata_runtime::{Timestamp, Typed, Value, from_str, to_string};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use support::odata::SCHEMA;

/// Decoded through both doors to one value, encoded through both to one text, which says what `json` says.
fn survives<T>(json: &str) -> T
where
    T: Value + Typed + PartialEq + std::fmt::Debug + Serialize + DeserializeOwned,
{
    let value: T = from_str(json).unwrap_or_else(|error| panic!("{error}: {json}"));
    let written = to_string(&value).expect("written");
    let differences = SCHEMA.differences(T::TYPE.names[0], json, &written);
    assert!(differences.is_empty(), "{differences:#?}");
    assert_eq!(from_str::<T>(&written).expect("what was written"), value);
    assert_eq!(serde_json::from_str::<T>(json).expect("as by the own entry"), value);
    assert_eq!(serde_json::to_string(&value).expect("as by the own entry"), written);
    value
}

/// The body in tests/responses/, a `T`.
fn body<T>(name: &str) -> T
where
    T: Value + Typed + PartialEq + std::fmt::Debug + Serialize + DeserializeOwned,
{
    survives(&support::read(&format!("tests/responses/{name}.json")))
}

/// The items of the page in tests/responses/, each from its own text.
fn items<T>(name: &str) -> Vec<T>
where
    T: Value + Typed + PartialEq + std::fmt::Debug + Serialize + DeserializeOwned,
{
    #[derive(serde::Deserialize)]
    struct Page {
        value: Vec<Box<RawValue>>,
    }
    let page = support::read(&format!("tests/responses/{name}.json"));
    let page: Page = serde_json::from_str(&page).expect("a page");
    page.value.iter().map(|item| survives(item.get())).collect()
}

/// What both doors say of a body that they refuse.
fn refused<T: Value + std::fmt::Debug + DeserializeOwned>(json: &str) -> String {
    let error = from_str::<T>(json).expect_err(json).to_string();
    let other = serde_json::from_str::<T>(json).expect_err(json).to_string();
    assert!(other.contains(&error), "{error}; {other}");
    error
}

/// An instant, as a property holds it.
#[allow(clippy::unnecessary_wraps)]
fn at(text: &str) -> Option<Timestamp> {
    Some(text.parse().expect("an instant"))
}
