//! The stock transport, against a listener on the loopback interface.

use odata_runtime::client::{Error, ReqwestTransport, StaticToken};
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
    let id = lines.remove(2);
    assert!(id.starts_with("client-request-id: "), "{id}");
    assert_eq!(
        lines,
        [
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
