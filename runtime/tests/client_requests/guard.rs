//! Tokens go to the origin of the service root alone (E-21, E-22).

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use odata_runtime::client::{BoxFuture, StaticToken, Token, TokenError, TokenSource};
use odata_runtime::testing::{Exchange, InMemory};

use crate::orders::{Client, TOKEN, answer};

/// Gives out what it was made with, and counts.
#[derive(Clone)]
struct Counting(Arc<AtomicUsize>, Result<&'static str, &'static str>);

impl TokenSource for Counting {
    fn token<'a>(&'a self, scope: &'a str) -> BoxFuture<'a, Result<Token, TokenError>> {
        assert_eq!(scope, "https://shop.example.com/.default");
        self.0.fetch_add(1, Ordering::Relaxed);
        Box::pin(async { self.1.map(Token::new).map_err(TokenError::new) })
    }
}

#[test]
fn e22_roots_that_no_token_may_go_to() {
    for root in [
        "",
        "shop.example.com",
        "//shop.example.com",
        "http://shop.example.com",
        "http://127.0.0.1.example.com",
        "http://localhost.example.com",
        "ftp://shop.example.com",
        "file:///etc/hostname",
        "https://",
        "https://user@shop.example.com",
        "https://user:pass-w0rd@shop.example.com",
        "https://shop.example.com/v1.0#part",
        "https://shop.example.com/v1.0?x=1",
        r"https:\\shop.example.com",
        "https://shop.example.com/v1 .0",
    ] {
        let built = Client::builder().tokens(StaticToken::new(TOKEN)).transport(InMemory::new()).root(root).build();
        let error = built.unwrap_err();
        assert!(error.is_refused(), "{root}");
        assert!(error.to_string().starts_with("nothing was sent: the service root "), "{error}");
        assert!(!format!("{error} {error:?}").contains("pass-w0rd"));
    }
}

#[test]
fn plain_http_is_for_the_loopback_interface() {
    for root in ["http://127.0.0.1:8080", "http://[::1]:8080/x", "http://localhost/x", "http://127.9.9.9"] {
        let client = Client::builder().tokens(StaticToken::new(TOKEN)).transport(InMemory::new()).root(root);
        client.build().unwrap();
    }
}

#[test]
fn a_client_without_tokens_is_not_built() {
    let error = Client::builder().transport(InMemory::new()).build().unwrap_err();
    assert_eq!(error.to_string(), "nothing was sent: the client has no source of tokens");
}

#[tokio::test]
async fn a_token_is_asked_for_once_a_try_and_not_for_what_is_refused() {
    let count = Arc::new(AtomicUsize::new(0));
    let service = InMemory::new();
    service.expect(answer(200).json("{}"));
    service.expect(Exchange::get("/v1.0/orders/2").json("{}"));
    let tokens = Counting(count.clone(), Ok("t"));
    let client = Client::builder().tokens(tokens).transport(service.clone()).build().unwrap();
    client.orders().by_id("").get().send().await.unwrap_err();
    assert_eq!(count.load(Ordering::Relaxed), 0);
    client.orders().by_id("1").get().send().await.unwrap();
    client.orders().by_id("2").get().send().await.unwrap();
    assert_eq!(count.load(Ordering::Relaxed), 2);
    service.verify().unwrap();
}

#[tokio::test]
async fn without_a_token_nothing_is_sent() {
    for (token, why) in [
        (Err("signed out; assertion=hush"), "signed out; assertion=***"),
        (Ok(""), "the token is empty"),
        (Ok("two\r\nlines"), "the token holds what a header cannot"),
    ] {
        let service = InMemory::new();
        let tokens = Counting(Arc::default(), token);
        let client = Client::builder().tokens(tokens).transport(service.clone()).build().unwrap();
        let error = client.orders().by_id("1").get().send().await.unwrap_err();
        assert!(error.is_token());
        assert!(error.to_string().starts_with(&format!("nothing was sent, for want of a token: {why} (")), "{error}");
        assert!(service.requests().is_empty());
    }
}
