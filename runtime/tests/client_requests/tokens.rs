//! The cache of tokens: who asks for one, and when (E-24). The clock is the test's.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use odata_runtime::bytes::Bytes;
use odata_runtime::client::{Body, BoxFuture, Error, Token, TokenError, TokenSource, Transport, TransportError};
use odata_runtime::http::{Request, Response};
use odata_runtime::testing::{Exchange, InMemory};

use crate::orders::{Client, Order};

/// Gives `token-1`, `token-2` and so on, each after a while.
#[derive(Clone, Default)]
struct Source(Arc<Inner>);

#[derive(Default)]
struct Inner {
    asked: AtomicUsize,
    /// So long a token lives; nothing: it does not say.
    life: Mutex<Option<Duration>>,
    takes: Mutex<Duration>,
    is_down: AtomicBool,
    /// The same text every time.
    is_stubborn: AtomicBool,
}

impl Source {
    fn living(life: Duration) -> Self {
        let source = Self::default();
        *source.0.life.lock().unwrap() = Some(life);
        *source.0.takes.lock().unwrap() = Duration::from_secs(1);
        source
    }

    fn asked(&self) -> usize {
        self.0.asked.load(Ordering::SeqCst)
    }

    fn down(&self, is_down: bool) {
        self.0.is_down.store(is_down, Ordering::SeqCst);
    }
}

impl TokenSource for Source {
    fn token<'a>(&'a self, _: &'a str) -> BoxFuture<'a, Result<Token, TokenError>> {
        let number = self.0.asked.fetch_add(1, Ordering::SeqCst) + 1;
        let takes = *self.0.takes.lock().unwrap();
        Box::pin(async move {
            tokio::time::sleep(takes).await;
            if self.0.is_down.load(Ordering::SeqCst) {
                return Err(TokenError::new("no answer"));
            }
            let stubborn = self.0.is_stubborn.load(Ordering::SeqCst);
            let token = Token::new(format!("token-{}", if stubborn { 1 } else { number }));
            let life = *self.0.life.lock().unwrap();
            Ok(life.map_or(token.clone(), |life| token.expires_at(SystemTime::now() + life)))
        })
    }
}

/// Accepts these tokens and says 401 to others; keeps what was sent.
#[derive(Clone, Default)]
struct Gate {
    refused: Arc<Mutex<Vec<&'static str>>>,
    sent: Arc<Mutex<Vec<String>>>,
}

impl Gate {
    fn sent(&self) -> Vec<String> {
        std::mem::take(&mut *self.sent.lock().unwrap())
    }
}

impl Transport for Gate {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        let token = request.headers()["authorization"].to_str().unwrap().strip_prefix("Bearer ").unwrap().to_owned();
        let is_refused = self.refused.lock().unwrap().iter().any(|it| *it == token);
        self.sent.lock().unwrap().push(token);
        let script = InMemory::new();
        let answer = Exchange::new(request.method().clone(), request.uri().path());
        script.expect(if is_refused { answer.status(401) } else { answer.json("{}") });
        Box::pin(async move {
            tokio::time::sleep(Duration::from_millis(10)).await;
            script.send(request).await
        })
    }
}

fn client(source: &Source, gate: &Gate) -> Client {
    Client::builder().tokens(source.clone()).transport(gate.clone()).build().unwrap()
}

async fn get(client: &Client) -> Result<Order, Error> {
    client.orders().by_id("1").get().send().await
}

/// So many requests at once: how many went well.
async fn many(client: &Client, count: usize) -> usize {
    let tasks: Vec<_> = (0..count).map(|_| tokio::spawn(client.orders().by_id("1").get().send())).collect();
    let mut well = 0;
    for task in tasks {
        well += usize::from(task.await.unwrap().is_ok());
    }
    well
}

const HOUR: Duration = Duration::from_secs(3_600);

#[tokio::test(start_paused = true)]
async fn a_thousand_tasks_ask_once() {
    let (source, gate) = (Source::living(HOUR), Gate::default());
    let client = client(&source, &gate);
    assert_eq!(many(&client, 1_000).await, 1_000);
    assert_eq!(source.asked(), 1);
    assert!(gate.sent().iter().all(|token| token == "token-1"));
}

#[tokio::test(start_paused = true)]
async fn a_token_is_kept_and_replaced_before_its_end() {
    let (source, gate) = (Source::living(HOUR), Gate::default());
    let client = client(&source, &gate);
    get(&client).await.unwrap();
    tokio::time::advance(Duration::from_secs(54 * 60)).await;
    get(&client).await.unwrap();
    assert_eq!(source.asked(), 1);
    // Five minutes before its end one asks, and the others do not wait for it.
    tokio::time::advance(Duration::from_secs(2 * 60)).await;
    assert_eq!(many(&client, 100).await, 100);
    assert_eq!(source.asked(), 2);
    let sent = gate.sent();
    assert_eq!(sent.iter().filter(|token| *token == "token-2").count(), 1, "{sent:?}");
    get(&client).await.unwrap();
    assert_eq!((source.asked(), gate.sent()), (2, vec!["token-2".to_owned()]));
}

#[tokio::test(start_paused = true)]
async fn a_token_past_its_end_is_not_sent() {
    let (source, gate) = (Source::living(HOUR), Gate::default());
    let client = client(&source, &gate);
    get(&client).await.unwrap();
    tokio::time::advance(Duration::from_secs(3_580)).await;
    assert_eq!(many(&client, 10).await, 10);
    assert_eq!(gate.sent()[1..], vec!["token-2".to_owned(); 10]);
    assert_eq!(source.asked(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_source_that_is_down_is_asked_once_a_second_and_a_valid_token_goes_on() {
    let (source, gate) = (Source::living(HOUR), Gate::default());
    let client = client(&source, &gate);
    source.down(true);
    assert_eq!(many(&client, 100).await, 0);
    assert_eq!(source.asked(), 1, "the failure is shared");
    assert!(gate.sent().is_empty());
    tokio::time::advance(Duration::from_secs(2)).await;
    source.down(false);
    get(&client).await.unwrap();
    assert_eq!(source.asked(), 2);

    // Down while the token is valid, though not for long.
    source.down(true);
    tokio::time::advance(Duration::from_secs(57 * 60)).await;
    for _ in 0..3 {
        assert_eq!(many(&client, 50).await, 50);
    }
    assert!(source.asked() <= 4, "{}", source.asked());
}

#[tokio::test(start_paused = true)]
async fn tokens_that_do_not_say_are_not_kept() {
    let (source, gate) = (Source::default(), Gate::default());
    let client = client(&source, &gate);
    for _ in 0..3 {
        get(&client).await.unwrap();
    }
    assert_eq!(gate.sent(), ["token-1", "token-2", "token-3"]);
    // And they are asked for side by side, not one after another.
    *source.0.takes.lock().unwrap() = Duration::from_secs(1);
    let began = tokio::time::Instant::now();
    assert_eq!(many(&client, 100).await, 100);
    assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
    assert_eq!(source.asked(), 103);
}

#[tokio::test(start_paused = true)]
async fn e24_a_token_that_is_not_accepted_is_replaced_once() {
    let (source, gate) = (Source::living(HOUR), Gate::default());
    gate.refused.lock().unwrap().push("token-1");
    let client = client(&source, &gate);
    assert_eq!(many(&client, 100).await, 100);
    assert_eq!(source.asked(), 2, "only the token that was refused is dropped");
    let sent = gate.sent();
    assert_eq!(sent.iter().filter(|token| *token == "token-2").count(), 100);

    gate.refused.lock().unwrap().extend(["token-2", "token-3"]);
    let error = get(&client).await.unwrap_err();
    assert!(error.is_unauthorized() && error.attempts() == 2, "{error:?}");
    assert_eq!(gate.sent(), ["token-2", "token-3"], "one replay, not two");
}

#[tokio::test(start_paused = true)]
async fn e24_the_same_token_is_not_sent_again() {
    let (source, gate) = (Source::living(HOUR), Gate::default());
    source.0.is_stubborn.store(true, Ordering::SeqCst);
    gate.refused.lock().unwrap().push("token-1");
    let client = client(&source, &gate);
    assert_eq!(many(&client, 100).await, 0);
    assert_eq!(gate.sent().len(), 100);
    assert_eq!(source.asked(), 2, "not once for each of a hundred");
}

#[tokio::test(start_paused = true)]
async fn r11_whoever_asks_may_be_dropped() {
    let (source, gate) = (Source::living(HOUR), Gate::default());
    let client = client(&source, &gate);
    let dropped = tokio::time::timeout(Duration::from_millis(100), get(&client)).await;
    assert!(dropped.is_err());
    assert_eq!(many(&client, 10).await, 10);
    assert_eq!(source.asked(), 2);
}

#[tokio::test(start_paused = true)]
async fn every_page_has_a_token_that_is_valid() {
    let source = Source::living(Duration::from_secs(60));
    let script = InMemory::new();
    for page in 0..4 {
        let next = if page == 3 { "null".into() } else { format!(r#""orders?{}""#, page + 1) };
        let target = if page == 0 { "/v1.0/orders".into() } else { format!("/v1.0/orders?{page}") };
        script.expect(Exchange::get(target).json(format!(r#"{{"value": [], "@odata.nextLink": {next}}}"#)));
    }
    let client = Client::builder().tokens(source.clone()).transport(script.clone()).build().unwrap();
    let mut pages = client.orders().list().pages();
    while let Some(page) = pages.next().await {
        page.unwrap();
        tokio::time::advance(Duration::from_secs(59)).await;
    }
    let tokens: Vec<_> =
        script.requests().iter().map(|it| it.headers()["authorization"].to_str().unwrap().to_owned()).collect();
    assert_eq!(tokens, ["Bearer token-1", "Bearer token-2", "Bearer token-3", "Bearer token-4"]);
}
