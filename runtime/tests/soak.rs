//! lists over a real socket of a service where three requests in ten go wrong, in every way there is. Each row
//! arrives exactly once. In a process of its own, whose memory does not grow.
//!
//! Twelve hundred rows; `ODATA_ROWS=100000` asks for so many, which `tests/soak.sh` does. The waits are real ones.
#![cfg(feature = "testing")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::print_stderr)]

#[path = "soak/process.rs"]
mod process;
#[path = "soak/service.rs"]
mod service;
#[path = "soak/told.rs"]
mod told;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime};

use odata_runtime::client::{
    BoxFuture, Client, Error, Operation, ReqwestTransport, Service, Token, TokenError, TokenSource,
};
use odata_runtime::{DecodeError, EncodeError, Reader, Sink, Value};
use tokio::time::sleep;

use service::{PAGE, Shared};

const SERVICE: Service = Service::new("https://shop.example.com/v1", "https://shop.example.com/.default");
const ROWS: Operation = Operation::new("/lists/{list}/rows");

/// Edm.Int64.
struct Row(i64);

impl Value for Row {
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        i64::read(reader).map(Self)
    }

    fn write(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
        sink.integer(self.0)
    }
}

/// `token-1`, `token-2` and so on, as the service counts them.
struct Tokens(AtomicU64);

impl TokenSource for Tokens {
    fn token<'a>(&'a self, _: &'a str) -> BoxFuture<'a, Result<Token, TokenError>> {
        let number = self.0.fetch_add(1, Ordering::Relaxed) + 1;
        Box::pin(async move {
            sleep(Duration::from_millis(5)).await;
            Ok(Token::new(format!("token-{number}")).expires_at(SystemTime::now() + Duration::from_secs(3_600)))
        })
    }
}

/// What an app does: takes what comes, and goes on at the cursor when an error does. Gives back the errors.
async fn read(client: Client, list: u64, rows: u64, arrived: Arc<AtomicU64>) -> Vec<Error> {
    let mut next = 0;
    let mut cursor = None;
    let mut errors = Vec::new();
    loop {
        let mut request = client.path().segment("lists").key(list.to_string()).segment("rows").list::<Row>(&ROWS);
        if let Some(cursor) = cursor.take() {
            request.resume(cursor);
        }
        let mut items = request.stream();
        while let Some(row) = items.next().await {
            match row {
                Ok(row) => {
                    assert_eq!(row.0, i64::try_from(next).unwrap(), "list {list}: exactly once, and in order");
                    next += 1;
                    arrived.fetch_add(1, Ordering::Relaxed);
                }
                Err(error) => errors.push(error),
            }
        }
        cursor = items.cursor();
        if cursor.is_none() {
            assert_eq!(next, rows, "list {list}");
            return errors;
        }
        sleep(Duration::from_millis(200)).await;
    }
}

fn kind(error: &Error) -> String {
    match (error.transport(), error.status()) {
        (Some(fault), _) if fault.is_timeout() => "a time limit".to_owned(),
        (Some(_), _) => "a break".to_owned(),
        (None, Some(status)) if error.is_decode() => format!("{} and no JSON", status.as_u16()),
        (None, Some(status)) => status.as_u16().to_string(),
        (None, None) => error.to_string(),
    }
}

#[tokio::test]
async fn r14_each_row_arrives_once_whatever_goes_wrong() {
    let rows: u64 = std::env::var("ODATA_ROWS").map_or(1_200, |rows| rows.parse().unwrap());
    // Lists that are read at the same time, since most of the time is waits.
    let lists = (rows / (5 * PAGE)).clamp(1, 100);
    let each = (rows / lists).next_multiple_of(PAGE);
    let total = each * lists;
    let told = told::Told::listen();
    let shared = Shared::new(each);
    let port = service::listen(shared.clone()).await;
    // The limits that the stalls run into; nothing else is other than in an app.
    let settings = ReqwestTransport::builder().no_proxy().read_timeout(Duration::from_millis(400));
    let transport = ReqwestTransport::build(settings.timeout(Duration::from_secs(3))).unwrap();
    let client = Client::builder(&SERVICE).tokens(Tokens(AtomicU64::new(0))).transport(transport);
    let client = client.root(format!("http://127.0.0.1:{port}/v1")).build().unwrap();

    let began = Instant::now();
    let arrived = Arc::new(AtomicU64::new(0));
    let tasks: Vec<_> =
        (0..lists).map(|list| tokio::spawn(read(client.clone(), list, each, arrived.clone()))).collect();
    // What is kept for good has been allocated by the time that a third has arrived.
    while arrived.load(Ordering::Relaxed) < total / 3 {
        sleep(Duration::from_millis(20)).await;
    }
    let before = process::resident();
    let mut errors = BTreeMap::new();
    for task in tasks {
        for error in task.await.unwrap() {
            *errors.entry(kind(&error)).or_insert(0_u32) += 1;
        }
    }
    let after = process::resident();
    assert_eq!(arrived.load(Ordering::Relaxed), total);

    eprintln!("{total} rows on {} pages in {:.1} s", total / PAGE, began.elapsed().as_secs_f64());
    let (requests, faults) = shared.counts();
    eprintln!("requests: {requests}; of these went wrong: {}", faults.values().sum::<u64>());
    for (name, count) in &faults {
        eprintln!("  {count:6} {name}");
    }
    eprintln!("tried again by the client, after:");
    for (name, count) in told.counts() {
        eprintln!("  {count:6} {name}");
    }
    eprintln!("errors that came to the app, which went on at its cursor: {}", errors.values().sum::<u32>());
    for (name, count) in &errors {
        eprintln!("  {count:6} {name}");
    }
    if rows >= 1_200 {
        assert_eq!(faults.len(), service::FAULTS.len(), "every kind of fault has been met: {faults:?}");
    }
    let (Some(before), Some(after)) = (before, after) else {
        eprintln!("skipped: this system does not tell how much memory a process has");
        return;
    };
    eprintln!("memory: {} KiB after a third, {} KiB after all", before / 1_024, after / 1_024);
    assert!(after < before + 8 * 1_024 * 1_024, "{before} bytes after a third, {after} after all");
}
