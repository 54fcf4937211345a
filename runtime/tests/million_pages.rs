//! A long list, in a process of its own, whose memory does not grow (W-7).
//!
//! Sixty thousand pages; `ODATA_PAGES=1000000` asks for a million, which takes minutes without optimisation.
#![cfg(feature = "testing")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr)]

use std::sync::atomic::{AtomicU64, Ordering};

use odata_runtime::bytes::Bytes;
use odata_runtime::client::{Body, BoxFuture, Client, Operation, Service, StaticToken, Transport, TransportError};
use odata_runtime::http::{Request, Response};
use odata_runtime::{DecodeError, EncodeError, Reader, Sink, Value};

const SERVICE: Service = Service::new("https://shop.example.com/v1", "https://shop.example.com/.default");
const LIST: Operation = Operation::new("/numbers");
const PAGES: u64 = 60_000;
/// After so many, everything that is kept for good has been allocated.
const SETTLED: u64 = 10_000;

/// Answers page after page, each with a link of its own to the next one, and keeps nothing.
struct Endless {
    pages: u64,
    asked: AtomicU64,
}

impl Transport for Endless {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        let number = self.asked.fetch_add(1, Ordering::Relaxed) + 1;
        let asked = request.uri().query().map_or("0", |query| query.strip_prefix("$skiptoken=").unwrap());
        assert_eq!(asked, (number - 1).to_string(), "the link is followed to the letter");
        let link = if number == self.pages {
            String::new()
        } else {
            format!(r#", "@odata.nextLink": "https://shop.example.com/v1/numbers?$skiptoken={number}""#)
        };
        // Every third page is empty.
        let items = if number.is_multiple_of(3) { String::new() } else { number.to_string() };
        let body = Body::from(Bytes::from(format!(r#"{{"value": [{items}]{link}}}"#)));
        Box::pin(async { Ok(Response::new(body)) })
    }
}

/// Edm.Int64.
struct Number(i64);

impl Value for Number {
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        i64::read(reader).map(Self)
    }

    fn write(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
        sink.integer(self.0)
    }
}

/// The memory of this process, in bytes, where the system tells.
fn resident() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/self/statm").ok()?;
    Some(text.split(' ').nth(1)?.parse::<u64>().ok()? * 4_096)
}

#[tokio::test]
async fn r6_many_pages_take_no_more_memory_than_a_few() {
    let pages = std::env::var("ODATA_PAGES").map_or(PAGES, |pages| pages.parse().unwrap());
    let endless = Endless { pages, asked: AtomicU64::new(0) };
    let client = Client::builder(&SERVICE).tokens(StaticToken::new("t")).transport(endless).build().unwrap();
    let mut items = client.path().segment("numbers").list::<Number>(&LIST).stream();
    let (mut settled, mut last, mut count) = (None, 0, 0_u64);
    while let Some(number) = items.next().await {
        let number = number.unwrap().0;
        assert!(number > last);
        (last, count) = (number, count + 1);
        if settled.is_none() && number.unsigned_abs() >= SETTLED {
            settled = resident();
        }
    }
    assert_eq!(count, pages - pages / 3);
    let (Some(before), Some(after)) = (settled, resident()) else {
        eprintln!("skipped: this system does not tell how much memory a process has");
        return;
    };
    // The links alone would be 3 MB, as text and as what they are compared by 6.
    assert!(after < before + 2 * 1024 * 1024, "{before} bytes after {SETTLED} pages, {after} after {pages}");
}
