//! R-1: connections that do not come about, break or stall, and answers that are no HTTP.

use std::time::Duration;

use odata_runtime::client::{Error, ReqwestTransport, StaticToken, TransportError};
use odata_runtime::reqwest::dns::{Name, Resolve, Resolving};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::orders::{Client, Order, TOKEN};
use crate::server::{Answer, Server, json, over, stock};

async fn get(client: &Client) -> Result<Order, Error> {
    client.orders().by_id("1").get().send().await
}

type Is = fn(&TransportError) -> bool;

#[tokio::test]
async fn r1_every_break_has_its_phase() {
    const HEAD: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";
    let head = |rest: &str| format!("{HEAD}{rest}").into_bytes();
    let cases: [(&str, Answer, Is); 13] = [
        ("before the request", Answer::Refuse, |it| it.is_reset() || it.is_connect()),
        ("after the request", Answer::Reset(Vec::new()), TransportError::is_reset),
        ("without a word", Answer::Bytes(Vec::new()), TransportError::is_reset),
        ("in the head", Answer::Bytes(b"HTTP/1.1 200 OK\r\ncontent-ty".to_vec()), TransportError::is_reset),
        ("after the head", Answer::Bytes(head("content-length: 9\r\n\r\n")), TransportError::is_body),
        ("in the body", Answer::Bytes(head("content-length: 9\r\n\r\n{\"id\"")), TransportError::is_body),
        ("in the body, hard", Answer::Reset(head("content-length: 9\r\n\r\n{\"id\"")), TransportError::is_body),
        ("in a chunk", Answer::Bytes(head("transfer-encoding: chunked\r\n\r\n9\r\n{\"id\"")), TransportError::is_body),
        (
            "between chunks",
            Answer::Bytes(head("transfer-encoding: chunked\r\n\r\n2\r\n{}\r\n")),
            TransportError::is_body,
        ),
        (
            "no chunk",
            Answer::Bytes(head("transfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n")),
            TransportError::is_body,
        ),
        ("no HTTP", Answer::Bytes(b"SSH-2.0-x\r\n\r\n".to_vec()), |it| !it.is_timeout()),
        ("two lengths", Answer::Bytes(head("content-length: 2\r\ncontent-length: 3\r\n\r\n{}")), |it| !it.is_timeout()),
        ("no length", Answer::Bytes(head("content-length: -1\r\n\r\n{}")), |it| !it.is_timeout()),
    ];
    for (name, answer, is) in cases {
        let server = Server::giving(vec![answer]).await;
        let error = get(&server.client().build().unwrap()).await.expect_err(name);
        assert!(error.transport().is_some_and(is) && error.attempts() == 1, "{name}: {error}");
        assert!(!format!("{error:?}").contains(TOKEN), "{name}");
    }
}

#[tokio::test]
async fn r1_what_breaks_is_tried_again_and_never_half_an_answer() {
    let cut =
        b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 20\r\n\r\n{\"id\": \"half\"}".to_vec();
    let breaks = vec![Answer::Reset(cut.clone()), Answer::Bytes(cut), Answer::Bytes(json(r#"{"id": "1"}"#))];
    let server = Server::giving(breaks).await;
    let order = get(&server.client().retries(2).build().unwrap()).await.unwrap();
    assert_eq!(order.id.as_deref(), Some("1"));
    let seen = server.seen();
    assert_eq!(seen.len(), 3);
    assert!(seen.iter().all(|head| *head == seen[0]), "the same request under the same id: {seen:?}");
}

#[tokio::test]
async fn r1_a_length_that_is_too_short_is_no_document() {
    let short = json(r#"{"id": "1"}"#);
    let short = String::from_utf8(short).unwrap().replace("length: 11", "length: 9");
    let server = Server::saying(short).await;
    let error = get(&server.client().build().unwrap()).await.unwrap_err();
    assert!(error.is_decode() && error.status().unwrap() == 200, "{error}");
}

#[tokio::test]
async fn r1_answers_that_are_odd_and_whole() {
    let body = r#"{"id": "1"}"#;
    for odd in [
        // Interim answers, however many.
        format!(
            "HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 11\r\n\r\n{body}"
        ),
        // Ends with the connection.
        format!("HTTP/1.0 200 OK\r\n\r\n{body}"),
        format!(
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5;a=b\r\n{}\r\n6\r\n{}\r\n0\r\nx-trailer: 1\r\n\r\n",
            &body[..5],
            &body[5..]
        ),
        // Nothing is set aside for what is only announced.
        format!("HTTP/1.1 200 \r\ncontent-length: 11\r\nx-far: \u{e9}\r\n\r\n{body} and more that nobody asked for"),
    ] {
        let server = Server::saying(odd.clone()).await;
        let order = get(&server.client().build().unwrap()).await.expect(&odd);
        assert_eq!(order.id.as_deref(), Some("1"), "{odd}");
    }
}

#[tokio::test]
async fn r1_a_length_that_no_memory_has_is_not_set_aside() {
    let server = Server::saying(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 9223372036854775807\r\n\r\n{}",
    )
    .await;
    let error = get(&server.client().build().unwrap()).await.unwrap_err();
    assert!(error.transport().unwrap().is_body(), "{error}");
}

#[tokio::test]
async fn r1_a_head_without_end_is_not_read_to_it() {
    let mut endless = b"HTTP/1.1 200 OK\r\n".to_vec();
    endless.extend(b"x-more: and more of the same\r\n".repeat(100_000));
    let server = Server::saying(endless).await;
    let error = get(&server.client().build().unwrap()).await.unwrap_err();
    assert!(error.is_transport(), "{error}");
}

#[tokio::test]
async fn r1_a_stall_and_a_drip_end_at_the_limits() {
    const HEAD: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n{";
    for (what, answer) in [
        ("before the head", Answer::Stall(Vec::new())),
        ("in the head", Answer::Stall(HEAD[..20].to_vec())),
        ("in the body", Answer::Stall(HEAD.to_vec())),
    ] {
        let server = Server::giving(vec![answer]).await;
        let transport = ReqwestTransport::build(stock().read_timeout(Duration::from_millis(100))).unwrap();
        let error = get(&over(server.port, transport).build().unwrap()).await.expect_err(what);
        assert!(error.transport().unwrap().is_timeout(), "{what}: {error}");
    }
    // A byte now and then trips no read timeout; the deadline holds whatever comes.
    let server = Server::giving(vec![Answer::Drip(HEAD.to_vec()), Answer::Drip(HEAD.to_vec())]).await;
    let deadline = server.client().deadline(Duration::from_millis(200)).retries(3).build().unwrap();
    let error = get(&deadline).await.unwrap_err();
    assert!(error.transport().unwrap().is_timeout() && error.attempts() == 1, "{error}");
    let transport = ReqwestTransport::build(stock().timeout(Duration::from_millis(200))).unwrap();
    let error = get(&over(server.port, transport).build().unwrap()).await.unwrap_err();
    assert!(error.transport().unwrap().is_timeout(), "{error}");
}

struct NoNames;

impl Resolve for NoNames {
    fn resolve(&self, _: Name) -> Resolving {
        Box::pin(async { Err("no such host".into()) })
    }
}

#[tokio::test]
async fn r1_a_name_that_nobody_knows() {
    let transport = ReqwestTransport::build(stock().dns_resolver(NoNames)).unwrap();
    let client = Client::builder().tokens(StaticToken::new(TOKEN)).transport(transport).retries(0).build().unwrap();
    let error = get(&client).await.unwrap_err();
    assert!(error.transport().unwrap().is_connect(), "{error}");
    assert!(error.to_string().contains("no such host"), "{error}");
}

#[tokio::test]
async fn r1_a_server_that_says_go_away_in_http_2() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let served = tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        // Settings; then the end, for all streams, since the client is to calm down (RFC 9113, section 6.8).
        socket.write_all(&[0, 0, 0, 4, 0, 0, 0, 0, 0]).await.unwrap();
        let mut seen = [0; 64];
        let _ = socket.read(&mut seen).await.unwrap();
        socket.write_all(&[0, 0, 8, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 11]).await.unwrap();
        while socket.read(&mut seen).await.is_ok_and(|read| read > 0) {}
    });
    let transport = ReqwestTransport::build(stock().http2_prior_knowledge()).unwrap();
    let error = get(&over(port, transport).build().unwrap()).await.unwrap_err();
    assert!(error.transport().unwrap().is_reset(), "{error}");
    served.await.unwrap();
}
