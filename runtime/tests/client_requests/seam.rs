//! Middleware is a transport that wraps one.

use odata_runtime::bytes::Bytes;
use odata_runtime::client::{Body, BoxFuture, StaticToken, Transport, TransportError};
use odata_runtime::http::{HeaderValue, Request, Response};
use odata_runtime::testing::InMemory;

use crate::orders::{Client, TOKEN, answer};

/// Adds a header to what passes.
struct Tagged<T>(T);

impl<T: Transport> Transport for Tagged<T> {
    fn send(&self, mut request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        request.headers_mut().insert("x-tag", HeaderValue::from_static("1"));
        self.0.send(request)
    }
}

#[tokio::test]
async fn a_transport_wraps_a_transport() {
    let service = InMemory::new();
    service.expect(answer(200).json("{}"));
    let boxed: Box<dyn Transport> = Box::new(Tagged(service.clone()));
    let client = Client::builder().tokens(StaticToken::new(TOKEN)).transport(boxed).build().unwrap();
    client.orders().by_id("1").get().send().await.unwrap();
    assert_eq!(service.requests()[0].headers()["x-tag"], "1");
}

#[tokio::test]
async fn clones_of_a_client_are_one_client_in_any_task() {
    let service = InMemory::new();
    for _ in 0..8 {
        service.expect(answer(200).json(r#"{"id": "1"}"#));
    }
    let client = Client::builder().tokens(StaticToken::new(TOKEN)).transport(service.clone()).build().unwrap();
    let tasks: Vec<_> = (0..8).map(|_| tokio::spawn(client.clone().orders().by_id("1").get().send())).collect();
    for task in tasks {
        assert_eq!(task.await.unwrap().unwrap().id.as_deref(), Some("1"));
    }
    service.verify().unwrap();
}
