//! Where a request may run: in a blocking program, and on an executor that is not tokio's.

use std::time::Instant;

use odata_runtime::client::StaticToken;
use odata_runtime::testing::{Exchange, InMemory};

use crate::orders::{Client, TOKEN, answer};
use crate::server::{Server, json};

fn client(service: &InMemory) -> Client {
    Client::builder().tokens(StaticToken::new(TOKEN)).transport(service.clone()).build().unwrap()
}

/// Throttled once.
fn throttled() -> InMemory {
    let service = InMemory::new();
    service.expect(answer(429));
    service.expect(answer(200).json(r#"{"id": "1"}"#));
    service
}

#[test]
fn a_program_that_blocks_has_a_runtime_of_one_thread() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let server = runtime.block_on(Server::saying(json(r#"{"value": [{"id": "1"}, {"id": "2"}]}"#)));
    let client = server.client().build().unwrap();
    let mut items = client.orders().list().stream();
    // Between two items nothing of it runs.
    let mut ids = Vec::new();
    while let Some(order) = runtime.block_on(items.next()) {
        ids.push(order.unwrap().id.unwrap());
    }
    assert_eq!(ids, ["1", "2"]);
}

#[test]
fn another_executor_needs_a_runtime_of_tokio_at_its_side() {
    let service = throttled();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let began = Instant::now();
    let order = futures_executor::block_on(async {
        let _entered = runtime.enter();
        client(&service).orders().by_id("1").get().send().await
    });
    assert_eq!(order.unwrap().id.as_deref(), Some("1"));
    assert!(began.elapsed().as_millis() >= 500, "it has waited between the tries");
}

#[test]
fn another_executor_alone_is_an_error_and_no_panic() {
    let service = throttled();
    let error = futures_executor::block_on(client(&service).orders().by_id("1").get().send()).unwrap_err();
    assert!(error.is_refused() && error.to_string().contains("a runtime of tokio"), "{error}");
    assert!(service.requests().is_empty());
    let mut items = client(&service).orders().list().stream();
    assert!(futures_executor::block_on(items.next()).unwrap().unwrap_err().is_refused());
}

#[test]
fn a_client_is_made_without_any_runtime() {
    let service = InMemory::new();
    service.expect(Exchange::get("/v1.0/orders/1").json("{}"));
    let request = client(&service).orders().by_id("1").get();
    let stock = Client::builder().tokens(StaticToken::new(TOKEN)).root("http://127.0.0.1:9/v1.0").build();
    drop((request, stock));
}
