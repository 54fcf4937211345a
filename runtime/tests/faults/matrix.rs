//! R-2: every status that is no yes, with every method and every kind of body. The clock is the test's.

use std::time::Duration;

use odata_runtime::Changes;
use odata_runtime::client::{Error, StaticToken};
use odata_runtime::http::Method;
use odata_runtime::testing::{Exchange, InMemory};
use tokio::time::Instant;

use crate::orders::{Client, TOKEN};

/// What E-12 lets be tried again whatever the method, and what only where nothing is changed twice.
const DID_NOTHING: [u16; 2] = [429, 503];
const PASSING: [u16; 4] = [408, 500, 502, 504];

const ODATA: &str = r#"{"error": {"code": "Odd", "message": "It is odd.", "innerError": {"request-id": "r-1"}}}"#;

fn bodies() -> Vec<(&'static str, &'static str, Vec<u8>)> {
    let utf16 = ODATA.encode_utf16().flat_map(u16::to_le_bytes).collect();
    vec![
        ("an error", "application/json", ODATA.into()),
        ("nothing", "application/json", Vec::new()),
        ("a page", "text/html", b"<html><body>Bad gateway</body></html>".to_vec()),
        ("half an error", "application/json", ODATA[..40].into()),
        ("much", "application/json", format!(r#"{{"error": {{"code": "{}"}}}}"#, "x".repeat(200_000)).into()),
        ("another encoding", "application/json; charset=utf-16", utf16),
        ("what was asked for", "application/json", br#"{"id": "1"}"#.to_vec()),
    ]
}

async fn ask(client: &Client, method: &Method) -> Result<(), Error> {
    let mut changes = Changes::new();
    changes.set("total", &3);
    let order = client.orders().by_id("1");
    match method.as_str() {
        "GET" => order.get().send().await.map(drop),
        "DELETE" => order.delete().send().await,
        "POST" => order.renew().send().await,
        _ => order.update(&changes).send().await.map(drop),
    }
}

#[tokio::test(start_paused = true)]
async fn r2_every_status_method_and_body() {
    let statuses = [
        100, 101, 102, 300, 301, 302, 303, 304, 305, 307, 308, 400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410,
        411, 412, 413, 414, 415, 416, 417, 421, 422, 423, 424, 425, 426, 428, 429, 431, 451, 499, 500, 501, 502, 503,
        504, 505, 506, 507, 508, 510, 511, 520, 599, 999,
    ];
    for method in [Method::GET, Method::DELETE, Method::POST, Method::PATCH] {
        for (kind, content, body) in bodies() {
            for status in statuses {
                let what = format!("{method} {status} with {kind}");
                let target = if method == Method::POST { "/v1.0/orders/1/shop.renew" } else { "/v1.0/orders/1" };
                let service = InMemory::new();
                for _ in 0..9 {
                    let answer = Exchange::new(method.clone(), target).status(status);
                    service
                        .expect(answer.header("content-type", content).header("request-id", "r-0").body(body.clone()));
                }
                let client = Client::builder().tokens(StaticToken::new(TOKEN)).transport(service.clone());
                let client = client.retries(2).build().unwrap();
                let began = Instant::now();
                let error = ask(&client, &method).await.expect_err(&what);

                let repeats = DID_NOTHING.contains(&status) || PASSING.contains(&status) && method.is_idempotent();
                let tries = if repeats { 3 } else { 1 };
                assert_eq!(service.requests().len(), tries, "{what}");
                assert_eq!(error.attempts() as usize, tries, "{what}");
                assert_eq!(error.status().unwrap(), status, "{what}");
                assert_eq!(error.request_id(), Some("r-0"), "{what}");
                assert!(!error.is_decode() && !error.is_transport(), "{what}: {error}");
                assert!(error.to_string().starts_with(&status.to_string()), "{what}: {error}");
                assert!(error.to_string().len() < 4_096 || kind == "much", "{what}: {}", error.to_string().len());
                if kind == "an error" {
                    assert!(error.has_code("odd"), "{what}: {error}");
                }
                let waited = began.elapsed();
                assert_eq!(waited > Duration::ZERO, repeats, "{what}: {waited:?}");
                // Two waits of at least half a second and a second.
                assert!(!repeats || waited >= Duration::from_millis(1_500), "{what}: {waited:?}");
            }
        }
    }
}
