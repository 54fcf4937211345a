//! The cache of tokens: who asks for one, and when (E-24). The clock is the test's.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use odata_runtime::bytes::Bytes;
use odata_runtime::client::{
    Body, BoxFuture, Clock as _, Error, Token, TokenError, TokenSource, Transport, TransportError,
};
use odata_runtime::http::{Request, Response};
use odata_runtime::testing::{Exchange, InMemory};

use crate::hands::{Hands, START};
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
    /// What it was asked to put into tokens, in order.
    claims: Mutex<Vec<String>>,
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

    fn token_with_claims<'a>(&'a self, scope: &'a str, claims: &'a str) -> BoxFuture<'a, Result<Token, TokenError>> {
        self.0.claims.lock().unwrap().push(claims.to_owned());
        self.token(scope)
    }
}

/// Accepts these tokens and says 401 to others; keeps what was sent.
#[derive(Clone, Default)]
struct Gate {
    refused: Arc<Mutex<Vec<&'static str>>>,
    /// The status of a refusal, if it is not 401, and its challenge.
    refusal: Arc<Mutex<Option<(u16, String)>>>,
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
        let refusal = self.refusal.lock().unwrap().clone();
        script.expect(match refusal {
            _ if !is_refused => answer.json("{}"),
            Some((status, challenge)) => answer.status(status).header("www-authenticate", challenge),
            None => answer.status(401),
        });
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

const CLAIMS: &str = r#"{"access_token":{"nbf":{"essential":true,"value":"1604106651"}}}"#;
/// As Microsoft's services send it.
const CHALLENGE: &str = r#"Bearer realm="", authorization_uri="https://login.example/common/oauth2/authorize", error="insufficient_claims", claims="eyJhY2Nlc3NfdG9rZW4iOnsibmJmIjp7ImVzc2VudGlhbCI6dHJ1ZSwidmFsdWUiOiIxNjA0MTA2NjUxIn19fQ==""#;

fn challenging(status: u16, refused: &[&'static str]) -> Gate {
    let gate = Gate::default();
    gate.refused.lock().unwrap().extend(refused);
    *gate.refusal.lock().unwrap() = Some((status, CHALLENGE.to_owned()));
    gate
}

#[tokio::test(start_paused = true)]
async fn e24_claims_are_passed_on_once_and_the_request_is_sent_once_more() {
    for status in [401, 403] {
        for life in [Some(HOUR), None] {
            let (source, gate) = (Source::default(), challenging(status, &["token-1"]));
            *source.0.life.lock().unwrap() = life;
            let client = client(&source, &gate);
            get(&client).await.unwrap();
            assert_eq!(gate.sent(), ["token-1", "token-2"]);
            assert_eq!(*source.0.claims.lock().unwrap(), [CLAIMS]);
            // Not with the next token that is asked for.
            tokio::time::advance(HOUR).await;
            get(&client).await.unwrap();
            assert_eq!(gate.sent(), ["token-3"]);
            assert_eq!(*source.0.claims.lock().unwrap(), [CLAIMS], "{status} {life:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn e24_a_hundred_challenges_are_one_refresh() {
    let (source, gate) = (Source::living(HOUR), challenging(401, &["token-1"]));
    let client = client(&source, &gate);
    assert_eq!(many(&client, 100).await, 100);
    assert_eq!((source.asked(), source.0.claims.lock().unwrap().len()), (2, 1));

    // Of a source whose tokens do not say when they end, each asks for itself, and each passes the claims on.
    let source = Source::default();
    let gate = challenging(401, &FIRST);
    assert_eq!(many(&self::client(&source, &gate), FIRST.len()).await, FIRST.len());
    assert_eq!((source.asked(), source.0.claims.lock().unwrap().len()), (10, 5));
}

const FIRST: [&str; 5] = ["token-1", "token-2", "token-3", "token-4", "token-5"];

#[tokio::test(start_paused = true)]
async fn e24_a_source_that_cannot_answer_the_challenge() {
    // It gives the same token again, as one that keeps tokens and is not passed the claims does: one try, not two.
    let (source, gate) = (Source::living(HOUR), challenging(401, &["token-1"]));
    source.0.is_stubborn.store(true, Ordering::SeqCst);
    let error = get(&client(&source, &gate)).await.unwrap_err();
    assert_eq!((error.attempts(), gate.sent().len()), (1, 1));
    assert!(error.challenge().unwrap().contains("claims="), "{error:?}");
    assert!(error.help().unwrap().contains("asks for claims"), "{error:?}");

    // It gives another one that does not have them either: two tries, not three.
    let (source, gate) = (Source::living(HOUR), challenging(401, &["token-1", "token-2"]));
    let error = get(&client(&source, &gate)).await.unwrap_err();
    assert_eq!((error.attempts(), gate.sent()), (2, vec!["token-1".to_owned(), "token-2".to_owned()]));
    assert!(error.is_unauthorized() && error.challenge().is_some(), "{error:?}");

    // It fails: the service's error says what is needed.
    let (source, gate) = (Source::living(HOUR), challenging(401, &["token-1"]));
    let client = client(&source, &gate);
    let asking = tokio::spawn(client.orders().by_id("1").get().send());
    tokio::time::sleep(Duration::from_millis(1_005)).await;
    source.down(true);
    let error = asking.await.unwrap().unwrap_err();
    assert!(error.is_unauthorized() && error.challenge().is_some() && error.attempts() == 1, "{error:?}");
}

/// A token that is revoked in the middle of a list costs neither a page nor an item.
#[tokio::test(start_paused = true)]
async fn r4_a_token_that_is_revoked_between_two_pages() {
    let source = Source::living(HOUR);
    let script = InMemory::new();
    script.expect(Exchange::get("/v1.0/orders").json(r#"{"value": [{"id": "1"}], "@odata.nextLink": "orders?a"}"#));
    script.expect(Exchange::get("/v1.0/orders?a").status(401).header("www-authenticate", CHALLENGE));
    script.expect(Exchange::get("/v1.0/orders?a").json(r#"{"value": [{"id": "2"}], "@odata.nextLink": "orders?b"}"#));
    script.expect(Exchange::get("/v1.0/orders?b").json(r#"{"value": [{"id": "3"}]}"#));
    let client = Client::builder().tokens(source.clone()).transport(script.clone()).build().unwrap();
    let all: Vec<Order> = client.orders().list().stream().try_collect().await.unwrap();
    assert_eq!(all.iter().filter_map(|it| it.id.as_deref()).collect::<Vec<_>>(), ["1", "2", "3"]);
    script.verify().unwrap();
    assert_eq!(source.asked(), 2);
}

/// R-4: 401 twice ends the list, and the cursor goes on where it was.
#[tokio::test(start_paused = true)]
async fn r4_two_refusals_end_a_list_and_its_pages_are_kept() {
    let source = Source::living(HOUR);
    let script = InMemory::new();
    script.expect(Exchange::get("/v1.0/orders").json(r#"{"value": [{"id": "1"}], "@odata.nextLink": "orders?a"}"#));
    for _ in 0..2 {
        script.expect(Exchange::get("/v1.0/orders?a").status(401));
    }
    script.expect(Exchange::get("/v1.0/orders?a").json(r#"{"value": [{"id": "2"}]}"#));
    let client = Client::builder().tokens(source.clone()).transport(script.clone()).build().unwrap();
    let mut items = client.orders().list().stream();
    assert_eq!(items.next().await.unwrap().unwrap().id.as_deref(), Some("1"));
    assert!(items.next().await.unwrap().unwrap_err().is_unauthorized());
    assert!(items.next().await.is_none());
    let mut list = client.orders().list();
    list.resume(items.cursor().unwrap());
    let rest: Vec<Order> = list.stream().try_collect().await.unwrap();
    assert_eq!(rest[0].id.as_deref(), Some("2"));
}

/// A token ends by the clock on the wall as well as by the time that has passed: whichever is first.
#[tokio::test(start_paused = true)]
async fn r12_a_clock_on_the_wall_that_jumps() {
    let hands = Hands::new();
    let source = ByTheWall(hands.clone(), Arc::default());
    let gate = Gate::default();
    let client = Client::builder().tokens(source.clone()).transport(gate.clone()).clock(hands.clone()).build().unwrap();
    let asked = || source.1.load(Ordering::SeqCst);
    let wall = |offset: i64| {
        let start = i64::try_from(START.as_secs()).unwrap();
        hands.set(SystemTime::UNIX_EPOCH + Duration::from_secs(u64::try_from(start + offset).unwrap()));
    };
    get(&client).await.unwrap();
    // Back by a day: the token is kept for the hour that it was given, not for a day and an hour.
    wall(-86_400);
    tokio::time::advance(Duration::from_secs(54 * 60)).await;
    get(&client).await.unwrap();
    assert_eq!(asked(), 1);
    tokio::time::advance(Duration::from_secs(6 * 60)).await;
    get(&client).await.unwrap();
    assert_eq!(asked(), 2);
    // On by two hours, as after a machine has slept: the token has ended.
    wall(-86_400 + 3 * 3_600);
    get(&client).await.unwrap();
    assert_eq!(asked(), 3);
    assert_eq!(gate.sent(), ["token", "token", "token", "token"]);
}

/// Gives tokens for an hour by this clock.
#[derive(Clone)]
struct ByTheWall(Hands, Arc<AtomicUsize>);

impl TokenSource for ByTheWall {
    fn token<'a>(&'a self, _: &'a str) -> BoxFuture<'a, Result<Token, TokenError>> {
        self.1.fetch_add(1, Ordering::SeqCst);
        Box::pin(async { Ok(Token::new("token").expires_at(self.0.wall() + HOUR)) })
    }
}

/// R-11: the one who asks is dropped while a thousand wait: the next in line asks.
#[tokio::test(start_paused = true)]
async fn r11_dropped_in_a_refresh_that_others_wait_for() {
    let (source, gate) = (Source::living(HOUR), Gate::default());
    let client = client(&source, &gate);
    let one = tokio::spawn(client.orders().by_id("1").get().send());
    tokio::task::yield_now().await;
    assert_eq!(source.asked(), 1);
    let others: Vec<_> = (0..1_000).map(|_| tokio::spawn(client.orders().by_id("1").get().send())).collect();
    tokio::time::sleep(Duration::from_millis(500)).await;
    one.abort();
    for other in others {
        other.await.unwrap().unwrap();
    }
    assert_eq!(source.asked(), 2);
    assert_eq!(gate.sent().len(), 1_000);
    assert_eq!(tokio::runtime::Handle::current().metrics().num_alive_tasks(), 0);
}
