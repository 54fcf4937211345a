//! Bodies that are not what they should be (E-23, R-7): compressed, cut, endless, of another kind.

use std::io::Write as _;
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;
use futures_util::stream;
use odata_runtime::bytes::Bytes;
use odata_runtime::client::{Body, BoxFuture, Error, StaticToken, Transport, TransportError};
use odata_runtime::http::{Request, Response};
use odata_runtime::testing::{Exchange, InMemory};

use crate::orders::{Client, Order, TOKEN, get};
use crate::server::{Server, answer};

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

fn zipped(status: &str, body: &[u8]) -> Vec<u8> {
    answer(status, "content-type: application/json\r\ncontent-encoding: gzip\r\n", body)
}

async fn ask(client: &Client) -> Result<Order, Error> {
    client.orders().by_id("1").get().send().await
}

fn said(status: u16) -> Exchange {
    crate::orders::answer(status)
}

#[tokio::test]
async fn e23_a_compressed_answer_is_asked_for_and_read() {
    let server = Server::saying(zipped("200 OK", &gzip(br#"{"id": "1"}"#))).await;
    assert_eq!(ask(&server.client().build().unwrap()).await.unwrap().id.as_deref(), Some("1"));
    assert!(server.seen()[0].contains("\r\naccept-encoding: gzip\r\n"), "{:?}", server.seen());
    // Several members are legal (RFC 1952, section 2.2) and no service sends them. Not all versions of the library
    // below read on after the first; what they leave is no document.
    let members = [gzip(b"{\"id\""), gzip(b": \"1\"}")].concat();
    let server = Server::saying(zipped("200 OK", &members)).await;
    match ask(&server.client().build().unwrap()).await {
        Ok(order) => assert_eq!(order.id.as_deref(), Some("1")),
        Err(error) => assert!(error.is_decode(), "{error}"),
    }
}

#[tokio::test]
async fn e23_the_cap_holds_for_what_comes_out() {
    // A thousand times as much as came, in one member or in many.
    let bomb = gzip(&vec![b' '; 1 << 20]).repeat(200);
    assert!(bomb.len() < 400_000, "{}", bomb.len());
    let server = Server::saying(zipped("200 OK", &bomb)).await;
    let error = ask(&server.client().max_body(1 << 16).build().unwrap()).await.unwrap_err();
    assert!(error.is_decode() && error.to_string().contains("longer than 65536 bytes"), "{error}");

    // An error's body has a cap of its own, and the status counts.
    let server = Server::saying(zipped("500 Internal Server Error", &bomb)).await;
    let error = ask(&server.client().build().unwrap()).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 500);
}

#[tokio::test]
async fn e23_a_compressed_answer_that_is_cut_or_none_is_no_answer() {
    let whole = gzip(format!(r#"{{"id": "1", "more": "{}"}}"#, "ab".repeat(500)).as_bytes());
    let mut broken = whole.clone();
    let last = broken.len() - 5;
    broken[last] ^= 1; // of the checksum
    for (what, body) in [
        ("cut", &whole[..whole.len() - 20]),
        ("cut in the checksum", &whole[..whole.len() - 4]),
        ("another checksum", &broken),
        ("not compressed at all", br#"{"id": "1"}"#),
    ] {
        let server = Server::saying(zipped("200 OK", body)).await;
        let error = ask(&server.client().build().unwrap()).await.expect_err(what);
        assert!(error.transport().is_some_and(TransportError::is_body), "{what}: {error}");
    }
}

#[tokio::test]
async fn e23_a_compression_that_nobody_asked_for_is_named() {
    for (encoding, body) in [("br", b"\x8b\x05\x80{}\x03".as_slice()), ("gzip", &gzip(b"{}")), ("x-own", b"{}")] {
        // Over a transport that does not take it apart.
        let error = get(said(200).header("content-encoding", encoding).json(body.to_vec())).await.unwrap_err();
        assert!(error.to_string().contains(&format!("compressed as {encoding}")), "{error}");
        assert!(error.is_decode() && error.body_excerpt().is_none(), "{error:?}");
    }
    let plain = get(said(200).header("content-encoding", "identity").json(r#"{"id": "1"}"#)).await;
    assert_eq!(plain.unwrap().id.as_deref(), Some("1"));
}

#[tokio::test]
async fn r7_a_document_that_is_no_document() {
    let deep =
        |levels: usize| format!(r#"{{"id": "1", "deep": {}{}}}"#, "[".repeat(levels - 1), "]".repeat(levels - 1));
    get(said(200).json(deep(128))).await.unwrap();
    let utf16: Vec<u8> = r#"{"id": "1"}"#.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (what, body) in [
        ("nested 129 levels", deep(129).into_bytes()),
        ("nested without end", b"[".repeat(1 << 20)),
        ("half a pair of surrogates", br#"{"id": "\ud800"}"#.to_vec()),
        ("the other half", br#"{"id": "\udc00\ud800"}"#.to_vec()),
        ("not UTF-8", b"{\"id\": \"\xff\"}".to_vec()),
        ("another encoding", utf16),
        ("two documents", br#"{"id": "1"}{"id": "2"}"#.to_vec()),
        ("a list", br#"[{"id": "1"}]"#.to_vec()),
        ("null", b"null".to_vec()),
        ("a null byte", b"{\"id\": \"1\"}\0".to_vec()),
    ] {
        let error = get(said(200).json(body)).await.expect_err(what);
        assert!(error.is_decode() && error.attempts() == 1, "{what}: {error}");
        assert_eq!(error.status().unwrap(), 200, "{what}");
    }
    let error = get(said(200).json(r#"{"id": "1", "lines": [{"price": "\ud800"}]}"#)).await.unwrap_err();
    assert_eq!(error.path().as_deref(), Some("$.lines[0].price"), "{error}");
}

#[tokio::test]
async fn r2_a_yes_with_another_body_than_it_should_have() {
    // 204 and 205 have none, whatever follows them (RFC 9110, sections 15.3.5 and 15.3.6).
    for (status, told) in [("204 No Content", "204"), ("205 Reset Content", "205")] {
        let server = Server::saying(answer(status, "content-type: application/json\r\n", b"")).await;
        let error = ask(&server.client().build().unwrap()).await.unwrap_err();
        assert!(error.is_decode() && error.to_string().contains("the body is empty"), "{told}: {error}");
    }
    // Part of an answer that nobody asked a part of (section 15.3.7).
    let error = get(said(206).header("content-range", "bytes 0-1/9").json("{}")).await.unwrap_err();
    assert!(error.is_decode() && error.to_string().contains("a part of the answer"), "{error}");
    for status in [200, 201, 202, 203] {
        assert!(get(said(status).json(r#"{"id": "1"}"#)).await.is_ok(), "{status}");
    }
}

/// Answers with pieces that come at once, so many as are taken.
#[derive(Clone)]
struct Endless(&'static str);

impl Transport for Endless {
    fn send(&self, _: Request<Bytes>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        let piece = Bytes::from_static(self.0.as_bytes());
        Box::pin(async { Ok(Response::new(Body::stream(stream::repeat(Ok(piece))))) })
    }
}

#[tokio::test]
async fn a_body_without_end_is_read_to_the_cap_or_the_deadline() {
    let client = |piece| Client::builder().tokens(StaticToken::new(TOKEN)).transport(Endless(piece));
    let error = ask(&client("  ").max_body(9_999).build().unwrap()).await.unwrap_err();
    assert!(error.to_string().contains("longer than 9999 bytes"), "{error}");
    // Pieces of nothing never reach a cap.
    let empty = client("").deadline(Duration::from_millis(50)).build().unwrap();
    let error = ask(&empty).await.unwrap_err();
    assert!(error.transport().is_some_and(TransportError::is_timeout), "{error}");
}

#[tokio::test]
async fn pieces_of_one_byte_are_a_body() {
    let service = InMemory::new();
    let text = r#"{"id": "1", "lines": [{"price": 2}]}"#;
    let piecemeal = text.bytes().fold(said(200), |it, byte| it.body(vec![byte]));
    service.expect(piecemeal);
    let client = Client::builder().tokens(StaticToken::new(TOKEN)).transport(service).build().unwrap();
    assert_eq!(ask(&client).await.unwrap().lines.unwrap()[0].price, Some(2));
}
