//! The stock transport, against a listener on the loopback interface.

use std::time::Duration;

use odata_runtime::client::{Builder, Error, ReqwestTransport, StaticToken};
use odata_runtime::{http, reqwest};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::orders::{Client, Order, TOKEN};

/// Answers one connection with these bytes and closes it. Gives back what it was sent.
async fn serve(answer: String) -> (u16, JoinHandle<String>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let served = tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        let mut seen = Vec::new();
        while !seen.ends_with(b"\r\n\r\n") {
            assert_ne!(socket.read_buf(&mut seen).await.unwrap(), 0, "cut off");
        }
        // A client that has enough hangs up before the end.
        let _ = socket.write_all(answer.as_bytes()).await;
        String::from_utf8(seen).unwrap()
    });
    (port, served)
}

async fn get(port: u16) -> Result<Order, Error> {
    // Whatever proxy the machine has is none of the test's business.
    let transport = ReqwestTransport::build(ReqwestTransport::builder().no_proxy()).unwrap();
    let client = Client::builder()
        .tokens(StaticToken::new(TOKEN))
        .transport(transport)
        .root(format!("http://127.0.0.1:{port}/v1.0"))
        .max_body(1_000)
        .retries(0)
        .build()
        .unwrap();
    client.orders().by_id("a b").get().select(Order::ID).expand(Order::LINES).send().await
}

fn ok(body: &str) -> String {
    format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}", body.len())
}

#[tokio::test]
async fn a_request_and_its_json_over_a_socket() {
    let (port, served) = serve(ok(r#"{"id": "a b"}"#)).await;
    assert_eq!(get(port).await.unwrap().id.as_deref(), Some("a b"));
    let seen = served.await.unwrap();
    let mut lines: Vec<_> = seen.trim_end().split("\r\n").collect();
    assert_eq!(lines.remove(0), "GET /v1.0/orders/a%20b?$select=id&$expand=lines HTTP/1.1");
    lines.sort_unstable();
    let id = lines.remove(3);
    assert!(id.starts_with("client-request-id: "), "{id}");
    assert_eq!(
        lines,
        [
            "accept-encoding: gzip",
            "accept: application/json",
            &format!("authorization: Bearer {TOKEN}"),
            &format!("host: 127.0.0.1:{port}"),
            "prefer: include-unknown-enum-members",
            concat!("user-agent: odata-runtime/", env!("CARGO_PKG_VERSION")),
        ]
    );
}

#[tokio::test]
async fn e20_a_redirect_is_not_followed() {
    let (elsewhere, asked) = serve(ok("{}")).await;
    let location = format!("http://127.0.0.1:{elsewhere}/");
    let (port, served) =
        serve(format!("HTTP/1.1 302 Found\r\nlocation: {location}\r\ncontent-length: 0\r\n\r\n")).await;
    let error = get(port).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 302);
    served.await.unwrap();
    assert!(!asked.is_finished());
    asked.abort();
}

#[tokio::test]
async fn a_body_over_the_cap_is_not_read() {
    let (port, served) = serve(ok(&format!(r#"{{"id": "{}"}}"#, "x".repeat(100_000)))).await;
    let error = get(port).await.unwrap_err();
    assert!(error.to_string().contains("longer than 1000 bytes"), "{error}");
    served.await.unwrap();
}

#[tokio::test]
async fn r1_an_answer_that_breaks_off_is_no_answer() {
    let (port, served) = serve(ok(r#"{"id": "a b"}"#).replace("length: 13", "length: 14")).await;
    let error = get(port).await.unwrap_err();
    assert!(error.transport().unwrap().is_body(), "{error}");
    served.await.unwrap();
}

#[tokio::test]
async fn r1_nobody_listens() {
    let port = TcpListener::bind(("127.0.0.1", 0)).await.unwrap().local_addr().unwrap().port();
    let error = get(port).await.unwrap_err();
    assert!(error.transport().unwrap().is_connect(), "{error}");
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains("select") && !shown.contains(TOKEN), "{shown}");
}

#[test]
fn the_stock_client_is_built_or_says_why_not() {
    match Client::new(StaticToken::new(TOKEN)) {
        Ok(_) => {}
        // A machine without root certificates: an error, no panic.
        Err(error) => assert!(error.is_refused() && error.to_string().contains("cannot be set up"), "{error}"),
    }
}

#[tokio::test]
async fn an_apps_own_client_is_taken() {
    let (port, served) = serve(ok("{}")).await;
    let own = reqwest_client();
    let client = Client::builder()
        .tokens(StaticToken::new(TOKEN))
        .transport(ReqwestTransport::from(own))
        .root(format!("http://127.0.0.1:{port}"))
        .build()
        .unwrap();
    client.orders().by_id("1").get().send().await.unwrap();
    assert!(served.await.unwrap().contains("x-own: 1"));
}

fn reqwest_client() -> reqwest::Client {
    let mut headers = http::HeaderMap::new();
    headers.insert("x-own", http::HeaderValue::from_static("1"));
    reqwest::Client::builder().no_proxy().default_headers(headers).build().unwrap()
}

#[tokio::test]
async fn a_post_without_a_body_says_so() {
    let (port, served) = serve("HTTP/1.1 204 No Content\r\n\r\n".to_owned()).await;
    over(port).build().unwrap().orders().by_id("1").renew().send().await.unwrap();
    let seen = served.await.unwrap();
    assert!(seen.starts_with("POST /orders/1/shop.renew HTTP/1.1\r\n"), "{seen}");
    assert!(seen.contains("\r\ncontent-length: 0\r\n") && !seen.contains("content-type"), "{seen}");
}

#[tokio::test]
async fn r1_a_connection_that_breaks_before_the_answer_is_made_anew_for_what_changes_nothing() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let served = tokio::spawn(async move {
        for answer in ["", &ok(r#"{"id": "1"}"#), ""] {
            let (mut socket, _) = listener.accept().await.unwrap();
            let mut seen = Vec::new();
            while !seen.ends_with(b"\r\n\r\n") {
                assert_ne!(socket.read_buf(&mut seen).await.unwrap(), 0, "cut off");
            }
            socket.write_all(answer.as_bytes()).await.unwrap();
        }
    });
    let client = over(port).retries(1).build().unwrap();
    assert_eq!(client.orders().by_id("1").get().send().await.unwrap().id.as_deref(), Some("1"));
    let error = client.orders().by_id("1").renew().send().await.unwrap_err();
    assert!(error.transport().unwrap().is_reset() && error.attempts() == 1, "{error}");
    served.await.unwrap();
}

#[tokio::test]
async fn r1_a_server_that_says_nothing_or_too_little() {
    if ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"].iter().any(|name| std::env::var_os(name).is_some()) {
        return; // the client's own settings are tested here, and they heed a proxy
    }
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let root = format!("http://{}", listener.local_addr().unwrap());
    let served = tokio::spawn(async move {
        let (silent, _) = listener.accept().await.unwrap();
        let (mut slow, _) = listener.accept().await.unwrap();
        slow.write_all(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n{").await.unwrap();
        while slow.write_all(b" ").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        drop(silent);
    });
    let builder = || Client::builder().tokens(StaticToken::new(TOKEN)).root(root.clone()).retries(0);
    let silent = builder().read_timeout(Duration::from_millis(100)).build().unwrap();
    let error = silent.orders().by_id("1").get().send().await.unwrap_err();
    assert!(error.transport().unwrap().is_timeout(), "{error}");
    // A byte now and then trips no read timeout.
    let slow =
        builder().read_timeout(Duration::from_secs(60)).total_timeout(Duration::from_millis(300)).build().unwrap();
    let error = slow.orders().by_id("1").get().send().await.unwrap_err();
    assert!(error.is_transport(), "{error}");
    served.await.unwrap();
}

/// A client of what listens on this port.
fn over(port: u16) -> Builder<Client> {
    let transport = ReqwestTransport::build(ReqwestTransport::builder().no_proxy()).unwrap();
    let tokens = StaticToken::new(TOKEN);
    Client::builder().tokens(tokens).transport(transport).root(format!("http://127.0.0.1:{port}")).retries(0)
}
