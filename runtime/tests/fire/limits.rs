//! The limits that a service states for itself (CR-19). The clock is the test's.

use std::collections::BTreeMap;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::time::Duration;

use odata_runtime::bytes::Bytes;
use odata_runtime::client::{
    Body, BoxFuture, Builder, Limit, Operation, Service, StaticToken, Transport, TransportError,
};
use odata_runtime::http::{Request, Response};
use tokio::time::Instant;

use crate::hands::Hands;
use crate::orders::{Client, Order, ROOT, TOKEN};
use crate::timed::exact;

const SECOND: Duration = Duration::from_secs(1);

/// 3 first pages and 2 later ones of an order in 10 s and in 60 s, 20 of all orders in 10 s.
const SHOP: Service = Service::new(ROOT, "https://shop.example.com/.default").limits(&[
    Limit::new(20, Duration::from_secs(10)).at("/orders"),
    Limit::new(3, Duration::from_secs(10)).at("/orders/{id}").first_pages(),
    Limit::new(2, Duration::from_secs(60)).at("/orders/{id}").later_pages(),
]);

/// Answers everything, after a while, and keeps what came when.
#[derive(Clone, Default)]
struct Shop {
    takes: Duration,
    seen: Arc<Mutex<Vec<(String, Instant)>>>,
}

impl Shop {
    fn builder(&self) -> Builder<Client> {
        let builder = Builder::<Client>::new(&SHOP);
        builder.tokens(StaticToken::new(TOKEN)).transport(self.clone()).clock(Hands::new())
    }

    fn client(&self) -> Client {
        self.builder().build().unwrap()
    }

    /// When each request came, in seconds after the first.
    fn times(&self) -> Vec<f64> {
        let seen = self.seen.lock().unwrap();
        seen.iter().map(|(_, at)| exact(at.duration_since(seen[0].1))).collect()
    }

    /// The most that came in any period of this length.
    fn most_within(&self, period: Duration) -> usize {
        let seen = self.seen.lock().unwrap();
        let within = |from: Instant| seen.iter().filter(|(_, at)| *at >= from && *at < from + period).count();
        seen.iter().map(|(_, at)| within(*at)).max().unwrap_or(0)
    }
}

impl Transport for Shop {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        let target = request.uri().path_and_query().unwrap().as_str().to_owned();
        let page = request.uri().query().and_then(|it| it.strip_prefix("page=")).map_or(1, |it| it.parse().unwrap());
        self.seen.lock().unwrap().push((target, Instant::now()));
        let body = if request.uri().path().ends_with("/lines") && page < 5 {
            format!(r#"{{"value": [{{}}], "@odata.nextLink": "{ROOT}/orders('7')/lines?page={}"}}"#, page + 1)
        } else {
            r#"{"value": [{}]}"#.to_owned()
        };
        Box::pin(async move {
            tokio::time::sleep(self.takes).await;
            let answer = Response::builder().header("content-type", "application/json");
            Ok(answer.body(Body::from(Bytes::from(body))).unwrap())
        })
    }
}

async fn get(client: &Client, id: &str) -> Order {
    client.orders().by_id(id).get().send().await.unwrap()
}

#[tokio::test(start_paused = true)]
async fn cr19_no_period_has_more_than_the_service_takes() {
    let shop = Shop::default();
    let client = shop.client();
    for _ in 0..10 {
        get(&client, "7").await;
    }
    assert_eq!(shop.times(), [0.0, 0.0, 0.0, 10.0, 10.0, 10.0, 20.0, 20.0, 20.0, 30.0]);
}

/// A request may travel for long, and the one after it be quick: the service counts when they arrive.
#[tokio::test(start_paused = true)]
async fn cr19_a_place_is_free_a_period_after_the_answer() {
    let shop = Shop { takes: 4 * SECOND, ..Shop::default() };
    let client = shop.client();
    for _ in 0..4 {
        get(&client, "7").await;
    }
    assert_eq!(shop.times(), [0.0, 4.0, 8.0, 14.0]);
}

#[tokio::test(start_paused = true)]
async fn cr19_each_entity_counts_for_itself_and_all_of_them_together() {
    let shop = Shop::default();
    let client = shop.client();
    for id in 0..10 {
        for _ in 0..2 {
            get(&client, &id.to_string()).await;
        }
    }
    assert_eq!(shop.times(), [0.0; 20]);
    get(&client, "another").await;
    assert_eq!(shop.times()[20], 10.0);
    // What is not at the path of a limit does not wait for it.
    let began = Instant::now();
    let other = client.as_ref().path().segment("parcels").key("1");
    for _ in 0..100 {
        other.get::<Order>(&PARCEL).send().await.unwrap();
    }
    assert_eq!(began.elapsed(), Duration::ZERO);
}

const PARCEL: Operation = Operation::new("/parcels/{id}");
const LINES: Operation = Operation::new("/orders/{id}/lines");

/// Later pages count by the entity of the first, whatever their links look like.
#[tokio::test(start_paused = true)]
async fn cr19_later_pages_have_a_limit_of_their_own() {
    let shop = Shop::default();
    let client = shop.client();
    let lines = client.as_ref().path().segment("orders").key("7").segment("lines");
    let all: Vec<Order> = lines.list(&LINES).stream().try_collect().await.unwrap();
    assert_eq!(all.len(), 5);
    // The first page, two later ones, and two again a minute after those.
    assert_eq!(shop.times(), [0.0, 0.0, 0.0, 60.0, 60.0]);
    assert_eq!(shop.seen.lock().unwrap()[4].0, "/v1.0/orders('7')/lines?page=5");
}

#[tokio::test(start_paused = true)]
async fn r12_a_thousand_tasks_keep_to_it_and_are_served_in_turn() {
    let shop = Shop { takes: Duration::from_millis(50), ..Shop::default() };
    let client = shop.client();
    let done = Arc::new(Mutex::new(Vec::new()));
    let mut tasks = Vec::new();
    for number in 0..1_000_usize {
        let (client, done) = (client.clone(), Arc::clone(&done));
        tasks.push(tokio::spawn(async move {
            get(&client, &number.to_string()).await;
            done.lock().unwrap().push(number);
        }));
        tokio::task::yield_now().await;
    }
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(shop.most_within(10 * SECOND), 20);
    let done = done.lock().unwrap().clone();
    assert!(done.iter().enumerate().all(|(at, number)| number / 20 == at / 20), "first come, first served: {done:?}");
    // 50 lots of 20, each 10 s after the answers of the one before.
    assert_eq!(*shop.times().last().unwrap(), 492.45);
}

/// A place that has become free is for the first in line, not for whoever comes in that moment.
#[tokio::test(start_paused = true)]
async fn r12_who_comes_later_does_not_overtake() {
    let shop = Shop::default();
    let client = shop.client();
    for _ in 0..3 {
        get(&client, "7").await;
    }
    let mut early = Box::pin(get(&client, "7"));
    let mut late = Box::pin(get(&client, "7"));
    assert!(is_pending(&mut early).await);
    tokio::time::advance(10 * SECOND).await;
    assert!(is_pending(&mut late).await);
    assert_eq!(shop.times().len(), 3, "three places are free, and nobody has taken the turn of the first");
    early.await;
    late.await;
    assert_eq!(shop.times(), [0.0, 0.0, 0.0, 10.0, 10.0]);
}

async fn is_pending(work: &mut Pin<Box<impl Future>>) -> bool {
    poll_fn(|cx| Poll::Ready(work.as_mut().poll(cx).is_pending())).await
}

/// Who waits for one order does not keep others from theirs.
#[tokio::test(start_paused = true)]
async fn cr19_a_busy_entity_is_no_obstacle_to_another() {
    let shop = Shop::default();
    let client = shop.client();
    let busy: Vec<_> = (0..30).map(|_| tokio::spawn(client.orders().by_id("busy").get().send())).collect();
    tokio::time::sleep(SECOND).await;
    let began = Instant::now();
    get(&client, "other").await;
    assert_eq!(began.elapsed(), Duration::ZERO);
    for task in busy {
        task.await.unwrap().unwrap();
    }
    let seen = shop.seen.lock().unwrap();
    let mut by_time: BTreeMap<u64, usize> = BTreeMap::new();
    for (_, at) in seen.iter().filter(|(target, _)| target.ends_with("busy")) {
        *by_time.entry(at.duration_since(seen[0].1).as_secs()).or_default() += 1;
    }
    assert!(by_time.len() == 10 && by_time.values().all(|count| *count == 3), "{by_time:?}");
}

#[tokio::test(start_paused = true)]
async fn r11_dropped_in_the_wait_for_a_limit() {
    let shop = Shop::default();
    let client = shop.client();
    for _ in 0..3 {
        get(&client, "7").await;
    }
    // First in line, in the line, and while others wait behind.
    let waiting: Vec<_> = (0..5).map(|_| tokio::spawn(client.orders().by_id("7").get().send())).collect();
    tokio::time::sleep(SECOND).await;
    waiting[0].abort();
    waiting[2].abort();
    let mut well = 0;
    for task in waiting {
        well += usize::from(task.await.is_ok_and(|it| it.is_ok()));
    }
    assert_eq!(well, 3);
    assert_eq!(shop.times(), [0.0, 0.0, 0.0, 10.0, 10.0, 10.0]);
    get(&client, "7").await;
    assert_eq!(shop.times()[6], 20.0);
    assert_eq!(tokio::runtime::Handle::current().metrics().num_alive_tasks(), 0, "and nobody was left behind");
}

#[tokio::test(start_paused = true)]
async fn cr19_waits_for_a_limit_are_no_retries_but_a_deadline_ends_them() {
    let shop = Shop::default();
    let client = shop.builder().retry_budget(Duration::ZERO).build().unwrap();
    for _ in 0..6 {
        get(&client, "7").await;
    }
    assert_eq!(shop.times(), [0.0, 0.0, 0.0, 10.0, 10.0, 10.0]);

    let client = shop.builder().deadline(4 * SECOND).build().unwrap();
    for _ in 0..3 {
        get(&client, "7").await;
    }
    let began = Instant::now();
    let error = client.orders().by_id("7").get().send().await.unwrap_err();
    assert!(error.transport().is_some_and(TransportError::is_timeout) && error.attempts() == 0, "{error}");
    assert_eq!(exact(began.elapsed()), 4.0);
}

#[tokio::test(start_paused = true)]
async fn cr19_an_app_may_do_without() {
    let shop = Shop::default();
    let client = shop.builder().limits(false).build().unwrap();
    for _ in 0..50 {
        get(&client, "7").await;
    }
    assert_eq!(shop.times(), [0.0; 50]);
}
