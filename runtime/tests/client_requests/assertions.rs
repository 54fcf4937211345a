//! What the compiler promises: if this compiles, it holds.

use odata_runtime::client::{Body, Error, Path, ReqwestTransport, Token, TokenSource, Transport};
use odata_runtime::testing::InMemory;

use crate::orders::{Client, GetOrder, OrderResource, OrdersResource, scripted};

fn is_send_and_static<T: Send + 'static>(_: &T) {}
fn is_shared<T: Clone + Send + Sync + 'static>() {}
fn is_request<T: Clone + Send + Sync + Unpin + 'static>() {}
fn is_error<T: std::error::Error + Send + Sync + Unpin + 'static>() {}

#[test]
fn requests_and_clients_go_anywhere() {
    is_shared::<Client>();
    is_shared::<Path>();
    is_shared::<OrdersResource>();
    is_shared::<OrderResource>();
    is_shared::<Token>();
    is_shared::<ReqwestTransport>();
    is_shared::<InMemory>();
    is_request::<GetOrder>();
    is_error::<Error>();
    let _: fn(Box<dyn Transport>, Box<dyn TokenSource>) = |_, _| (); // both are object-safe
    let _: fn(&Body) = |body| is_send_and_static(body);
}

#[test]
fn the_future_of_a_request_is_send_and_borrows_nothing() {
    let future = {
        let (client, _) = scripted(crate::orders::answer(200));
        client.orders().by_id("1").get().send()
    };
    is_send_and_static(&future);
}

#[test]
fn what_is_passed_around_is_small() {
    assert_eq!(size_of::<Client>(), size_of::<usize>());
    assert_eq!(size_of::<Error>(), size_of::<usize>());
}
