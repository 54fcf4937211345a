//! What many requests do to a service that is down, or that cannot take them all (E-13, R-12).

use std::sync::{Arc, Mutex};
use std::time::Duration;

use odata_runtime::bytes::Bytes;
use odata_runtime::client::{Body, BoxFuture, Builder, StaticToken, Transport, TransportError};
use odata_runtime::http::{Request, Response};
use tokio::time::Instant;

use crate::hands::Hands;
use crate::orders::{Client, TOKEN};

/// What a service says to the request with this number, at this time after its first.
type Say = fn(usize, Duration) -> u16;

#[derive(Clone)]
struct Service {
    say: Say,
    times: Arc<Mutex<Vec<Instant>>>,
}

impl Service {
    fn that(say: Say) -> Self {
        Self { say, times: Arc::default() }
    }

    fn builder(&self) -> Builder<Client> {
        Client::builder().tokens(StaticToken::new(TOKEN)).transport(self.clone()).clock(Hands::new())
    }

    fn sent(&self) -> usize {
        self.times.lock().unwrap().len()
    }
}

impl Transport for Service {
    fn send(&self, _: Request<Bytes>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        let (number, since) = {
            let mut times = self.times.lock().unwrap();
            times.push(Instant::now());
            (times.len() - 1, times[0].elapsed())
        };
        let answer = Response::builder().status((self.say)(number, since)).header("content-type", "application/json");
        let answer = answer.header("retry-after", "10").body(Body::from(Bytes::from_static(b"{}"))).unwrap();
        Box::pin(async move {
            tokio::time::sleep(Duration::from_millis(20)).await;
            Ok(answer)
        })
    }
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

#[tokio::test(start_paused = true)]
async fn e13_a_service_that_is_down_gets_35_retries_and_not_3000() {
    let service = Service::that(|_, _| 500);
    let client = service.builder().build().unwrap();
    let began = Instant::now();
    assert_eq!(many(&client, 1_000).await, 0);
    assert_eq!(service.sent(), 1_000 + 35, "500 / 14");
    assert!(began.elapsed() < Duration::from_secs(30));
    // From then on, one error for one request.
    assert_eq!(many(&client, 100).await, 0);
    assert_eq!(service.sent(), 1_135);
}

#[tokio::test(start_paused = true)]
async fn e13_the_stock_is_that_of_a_client_and_its_clones_and_may_be_another_or_none() {
    for (stock, retries) in [(Some(28), 2), (Some(13), 0), (Some(0), 0), (None, 60)] {
        let service = Service::that(|_, _| 500);
        let client = service.builder().retry_quota(stock).build().unwrap();
        many(&client, 10).await;
        many(&client.clone(), 10).await;
        assert_eq!(service.sent(), 20 + retries, "{stock:?}");
    }
    let service = Service::that(|_, _| 500);
    for retries in [2, 4] {
        many(&service.builder().retry_quota(28).build().unwrap(), 10).await;
        assert_eq!(service.sent(), 5 * retries + retries, "another client has a stock of its own");
    }
}

#[tokio::test(start_paused = true)]
async fn e13_what_goes_well_brings_it_back() {
    // The second of every two goes well, and a retry that goes well costs nothing.
    let service = Service::that(|number, _| if number % 2 == 0 { 500 } else { 200 });
    let client = service.builder().retry_quota(14).build().unwrap();
    for _ in 0..50 {
        client.orders().by_id("1").get().send().await.unwrap();
    }
    assert_eq!(service.sent(), 100);
}

/// Answers with 404 are answers: the service is at work.
#[tokio::test(start_paused = true)]
async fn e13_an_answer_that_says_no_is_an_answer() {
    let service = Service::that(|number, _| match number {
        0 | 1 | 16 => 500,
        2..16 => 404,
        _ => 200,
    });
    let client = service.builder().retry_quota(14).retries(1).build().unwrap();
    let get = || client.orders().by_id("1").get().send();
    assert_eq!(get().await.unwrap_err().attempts(), 2);
    for _ in 2..16 {
        assert!(get().await.unwrap_err().is_not_found());
    }
    get().await.unwrap();
    assert_eq!(service.sent(), 18, "there was enough for a retry again");
}

/// a retry that the app gives up has not failed.
#[tokio::test(start_paused = true)]
async fn e13_what_is_dropped_is_not_lost() {
    let service = Service::that(|number, _| if number < 10 { 500 } else { 200 });
    let client = service.builder().retry_quota(14).build().unwrap();
    for _ in 0..9 {
        let dropped = tokio::time::timeout(Duration::from_millis(200), client.orders().by_id("1").get().send()).await;
        assert!(dropped.is_err());
    }
    assert_eq!(client.orders().by_id("1").get().send().await.map_err(|error| error.attempts()).unwrap().id, None);
    assert_eq!(service.sent(), 11);
}

/// a thousand tasks are throttled together, and the service takes 20 a second from then on.
#[tokio::test(start_paused = true)]
async fn r12_a_thousand_throttled_tasks_come_back_in_turn_and_all_finish() {
    let service = Service::that(|_, since| if since < Duration::from_secs(9) { 429 } else { 200 });
    let client = service.builder().build().unwrap();
    assert_eq!(many(&client, 1_000).await, 1_000);
    assert_eq!(service.sent(), 2_000);
    // Not a thousand in one moment, but a hundred on their way at a time: 500 / 5.
    let times = service.times.lock().unwrap().clone();
    let most = (1_000..1_900).map(|at| times[at + 100].duration_since(times[at])).min().unwrap();
    assert!(most >= Duration::from_millis(20), "{most:?}");
}

#[tokio::test(start_paused = true)]
async fn r12_a_service_that_goes_on_throttling_gets_300_retries_and_each_task_its_429() {
    let service = Service::that(|_, _| 429);
    let client = service.builder().build().unwrap();
    let began = Instant::now();
    assert_eq!(many(&client, 1_000).await, 0);
    assert_eq!(service.sent(), 1_300, "3 retries of 500 / 5 tasks");
    assert!(began.elapsed() <= Duration::from_secs(61), "within the budget: {:?}", began.elapsed());
}
