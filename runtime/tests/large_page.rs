//! A page of 100 MB, in a process of its own, whose memory has a bound (R-7).
#![cfg(feature = "testing")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr)]

use std::iter;

use futures_util::stream;
use odata_runtime::Untyped;
use odata_runtime::bytes::Bytes;
use odata_runtime::client::{
    Body, BoxFuture, Builder, Client, Operation, Service, StaticToken, Transport, TransportError,
};
use odata_runtime::http::{Request, Response};

const SERVICE: Service = Service::new("https://shop.example.com/v1", "https://shop.example.com/.default");
const LIST: Operation = Operation::new("/letters");
const MB: usize = 1_000_000;
/// So many items of a megabyte, less two quotes and a comma.
const ITEMS: usize = 100;

/// Makes the page while it is read.
struct Large;

impl Transport for Large {
    fn send(&self, _: Request<Bytes>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        let piece = |text: &str| Bytes::from(text.to_owned());
        let item = |number| Bytes::from(format!("{}\"{}\"", if number == 0 { "" } else { "," }, "x".repeat(MB - 3)));
        let pieces = iter::once(piece(r#"{"value": ["#)).chain((0..ITEMS).map(item)).chain(iter::once(piece("]}")));
        Box::pin(async move { Ok(Response::new(Body::stream(stream::iter(pieces.map(Ok))))) })
    }
}

/// The most memory that this process has had, in bytes, where the system tells.
fn most() -> Option<usize> {
    let text = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().trim_end_matches(" kB").parse::<usize>().ok()? * 1_024)
}

fn client() -> Builder<Client> {
    Client::builder(&SERVICE).tokens(StaticToken::new("t")).transport(Large)
}

#[tokio::test]
async fn r7_a_page_of_100_mb_takes_memory_in_proportion_or_is_refused_at_the_cap() {
    let before = most();
    // As clients are, it is refused at 64 MiB.
    let error = client().build().unwrap().path().segment("letters").list::<Untyped>(&LIST).send().await.unwrap_err();
    assert!(error.is_decode() && error.to_string().contains("longer than 67108864 bytes"), "{error}");
    let refused = most();
    // An app may want it.
    let client = client().max_body(ITEMS * MB + 1_000).build().unwrap();
    let page = client.path().segment("letters").list::<Untyped>(&LIST).send().await.unwrap();
    assert_eq!(page.items().len(), ITEMS);
    let (Some(before), Some(refused), Some(after)) = (before, refused, most()) else {
        eprintln!("skipped: this system does not tell how much memory a process has");
        return;
    };
    eprintln!("{} MB, {} MB when refused, {} MB when read", before / MB, refused / MB, after / MB);
    // The text as it grows, and what the allocator moves.
    assert!(refused - before < 3 * 64 * 1_024 * 1_024, "{}", refused - before);
    // The same, and the items.
    assert!(after - before < 5 * ITEMS * MB, "{}", after - before);
}
