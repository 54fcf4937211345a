//! Change notifications, from the request that a webhook gets to the request for what changed (wire-rules N-3 to N-13,
//! ), with the generated types and through public doors.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod about;
mod authority;
mod backfill;
mod bodies;
mod clock;
mod decryption;
mod handshakes;
mod issuer;
mod keeper;
mod newest;
mod properties;
mod secrets;
mod states;
#[path = "../support/mod.rs"]
mod support;
mod tokens;

use graph_call_records::graph::ChangeNotificationCollection;
use odata_runtime::bytes::Bytes;
use odata_runtime::http::{Method, Request, Response};
use odata_runtime::notifications::{Delivery, Incoming, Refused, receive};

/// What a webhook gets: a POST of JSON.
fn post(body: impl Into<Bytes>) -> Request<Bytes> {
    let request = Request::post("https://app.example/hook").header("content-type", "application/json; charset=utf-8");
    request.body(body.into()).unwrap()
}

fn received(request: &Request<Bytes>) -> Result<Incoming<ChangeNotificationCollection>, Refused> {
    receive(request.method(), request.uri(), request.headers(), request.body())
}

/// The delivery in a body.
fn delivered(body: &str) -> Delivery<ChangeNotificationCollection> {
    match received(&post(body.to_owned())) {
        Ok(Incoming::Delivery(it)) => it,
        other => panic!("{other:?}"),
    }
}

/// Every answer of a webhook: nothing that a browser takes for a page.
fn is_no_page(answer: &Response<Bytes>) -> bool {
    answer.headers()["content-type"] == "text/plain; charset=utf-8"
        && answer.headers()["x-content-type-options"] == "nosniff"
}

fn request(method: Method, uri: &str) -> Request<Bytes> {
    Request::builder().method(method).uri(uri).body(Bytes::new()).unwrap()
}
