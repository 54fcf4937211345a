//! No header and no body makes the client panic, go on past its deadline, or keep more than its caps.

use std::sync::LazyLock;
use std::time::Duration;

use odata_runtime::Changes;
use odata_runtime::client::{Error, ReqwestTransport, StaticToken, TransportError};
use odata_runtime::http::Method;
use odata_runtime::testing::{Exchange, InMemory};
use proptest::prelude::*;
use tokio::time::Instant;

use crate::orders::{Client, TOKEN};
use crate::server::{Server, over, stock};

const DEADLINE: Duration = Duration::from_secs(100);

#[derive(Debug, Clone)]
struct Said {
    fails: Option<u8>,
    status: u16,
    headers: Vec<(String, Vec<u8>)>,
    pieces: Vec<(Vec<u8>, u64)>,
    is_cut: bool,
    after: u64,
}

impl Said {
    fn exchange(&self, method: &Method) -> Exchange {
        let target = if *method == Method::GET { "/v1.0/orders" } else { "/v1.0/orders/1" };
        let mut it = Exchange::new(method.clone(), target).status(self.status).after(Duration::from_secs(self.after));
        match self.fails {
            Some(0) => it = it.fails(TransportError::connect("a")),
            Some(1) => it = it.fails(TransportError::reset("b")),
            Some(_) => it = it.fails(TransportError::new("c")),
            None => {}
        }
        for (name, value) in &self.headers {
            it = it.header(name, value);
        }
        for (piece, pause) in &self.pieces {
            it = it.body(piece.clone()).pause(Duration::from_secs(*pause));
        }
        if self.is_cut { it.broken_off(TransportError::body("cut")) } else { it }
    }
}

/// What JSON is made of, in any order, so that more than the first byte is read.
fn json() -> impl Strategy<Value = Vec<u8>> {
    let token = prop::sample::select(vec![
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        "\"value\"",
        "\"id\"",
        "\"error\"",
        "\"code\"",
        "\"innerError\"",
        "\"@odata.nextLink\"",
        "\"https://shop.example.com/v1.0/orders\"",
        "\"//evil.example\"",
        "\"\\ud800\"",
        "null",
        "true",
        "1e999",
        "-0",
        "{\"value\": [{\"id\": \"1\"}]}",
        "{\"error\": {\"code\": 5, \"message\": {\"value\": \"x\"}}}",
        "\u{feff}",
        "<html>",
    ]);
    prop::collection::vec(token, 0..12).prop_map(|tokens| tokens.concat().into_bytes())
}

fn header() -> impl Strategy<Value = (String, Vec<u8>)> {
    let name = prop_oneof![
        4 => prop::sample::select(vec![
            "retry-after", "content-type", "content-encoding", "content-length", "location", "www-authenticate",
            "request-id", "date", "x-ms-ags-diagnostic", "transfer-encoding", "set-cookie",
        ]).prop_map(str::to_owned),
        1 => "[a-z][a-z-]{0,10}",
    ];
    let value = prop_oneof![
        prop::sample::select(vec![
            "0",
            "1",
            "2.128",
            "-1",
            "31,120",
            "1e308",
            "99999999999999999999",
            "Sun, 06 Nov 1994 08:49:37 GMT",
            "Fri, 31 Dec 9999 23:59:59 GMT",
            "Sat, 01 Jan 0000 00:00:00 GMT",
            "application/json",
            "text/html",
            "gzip",
            "https://evil.example/",
            "Bearer claims=\"e30=\"",
            "",
            ",",
            ";",
        ])
        .prop_map(|text| text.as_bytes().to_vec()),
        prop::collection::vec(prop_oneof![0x20_u8..0x7f, 0x80_u8..], 0..40),
    ];
    (name, value)
}

fn said() -> impl Strategy<Value = Said> {
    let status =
        prop_oneof![2 => Just(200_u16), 2 => prop::sample::select(vec![401, 429, 500, 503, 504]), 1 => 100_u16..1_000];
    let piece = prop_oneof![3 => json(), 1 => prop::collection::vec(any::<u8>(), 0..200)];
    (
        prop::option::weighted(0.1, 0_u8..3),
        status,
        prop::collection::vec(header(), 0..5),
        prop::collection::vec((piece, 0_u64..40), 0..4),
        prop::bool::weighted(0.1),
        0_u64..60,
    )
        .prop_map(|(fails, status, headers, pieces, is_cut, after)| Said {
            fails,
            status,
            headers,
            pieces,
            is_cut,
            after,
        })
}

/// Neither the error nor anything about it shows the token, and none is longer than what errors keep.
fn is_decent(error: &Error) -> bool {
    let shown = format!("{error} {error:?} {:?} {:?} {:?}", error.help(), error.challenge(), error.diagnostic());
    !shown.contains(TOKEN) && error.body_excerpt().is_none_or(|text| text.chars().count() <= 1_024)
}

async fn ask(client: &Client, method: &Method) -> Vec<Error> {
    let order = client.orders().by_id("1");
    let mut errors = Vec::new();
    match method.as_str() {
        "GET" => {
            let mut items = client.orders().list().stream();
            while let Some(item) = items.next().await {
                errors.extend(item.err());
            }
        }
        "DELETE" => errors.extend(order.delete().send().await.err()),
        _ => errors.extend(order.update(&Changes::new()).send().await.err()),
    }
    errors
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn whatever_is_said_the_client_comes_to_an_end(
        said in prop::collection::vec(said(), 1..6),
        method in prop::sample::select(vec![Method::GET, Method::DELETE, Method::PATCH]),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
        runtime.block_on(async {
            let service = InMemory::new();
            for answer in &said {
                service.expect(answer.exchange(&method));
            }
            let client = Client::builder().tokens(StaticToken::new(TOKEN)).transport(service.clone());
            let client = client.deadline(DEADLINE).max_body(400).build().unwrap();
            let began = Instant::now();
            let errors = ask(&client, &method).await;
            // Each page has a deadline of its own, and no page is asked for twice.
            let pages = u32::try_from(service.requests().len()).unwrap();
            prop_assert!(began.elapsed() <= DEADLINE * pages + Duration::from_millis(1), "{:?}", began.elapsed());
            prop_assert!(errors.len() <= 1 && errors.iter().all(is_decent), "{errors:?}");
            Ok(())
        })?;
    }
}

/// One for all cases: setting up TLS takes longer than a case.
static STOCK: LazyLock<ReqwestTransport> =
    LazyLock::new(|| ReqwestTransport::build(stock().timeout(Duration::from_secs(20))).unwrap());

/// An answer with some bytes changed, left out or repeated.
fn mangled() -> impl Strategy<Value = Vec<u8>> {
    let whole = prop::sample::select(vec![
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 11\r\n\r\n{\"id\": \"1\"}",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\ncontent-encoding: gzip\r\n\r\n5\r\n\x1f{\"id\"\r\n0\r\n\r\n",
        "HTTP/1.1 429 Too Many\r\nretry-after: 5\r\ncontent-length: 2\r\n\r\n{}",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.0 302 Found\r\nlocation: /a\r\n\r\n",
    ]);
    let change = (0_usize..120, 0_u8..3, any::<u8>());
    (whole, prop::collection::vec(change, 0..4)).prop_map(|(whole, changes)| {
        let mut bytes = whole.as_bytes().to_vec();
        for (at, what, byte) in changes {
            let at = at % bytes.len().max(1);
            match what {
                0 => bytes.splice(at..=at, [byte]).for_each(drop),
                1 => bytes.truncate(at),
                _ => bytes.insert(at, byte),
            }
            if bytes.is_empty() {
                break;
            }
        }
        bytes
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn whatever_comes_over_a_socket_the_client_comes_to_an_end(bytes in mangled()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let server = Server::saying(bytes).await;
            let client = over(server.port, STOCK.clone()).build().unwrap();
            if let Err(error) = client.orders().by_id("1").get().send().await {
                prop_assert!(is_decent(&error) && error.attempts() == 1, "{error:?}");
                prop_assert!(!error.transport().is_some_and(TransportError::is_timeout), "{error:?}");
            }
            Ok(())
        })?;
    }
}
