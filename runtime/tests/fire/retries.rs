//! What is tried again, how often, and after how long (E-10 to E-12). The clock is the test's.

use std::collections::HashSet;
use std::time::Duration;

use odata_runtime::Changes;
use odata_runtime::client::{Error, Operation, TransportError};
use odata_runtime::http::Method;
use odata_runtime::testing::Exchange;
use tokio::time::Instant;

use crate::orders::{Client, answer};
use crate::timed::Timed;

const PUT: Operation = Operation::new("/orders/{id}");

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// A service that gives these answers to whatever it is asked with this method.
fn giving(method: &Method, answers: impl IntoIterator<Item = fn(Exchange) -> Exchange>) -> Timed {
    let timed = Timed::default();
    for give in answers {
        let target = if *method == Method::POST { "/v1.0/orders" } else { "/v1.0/orders/1" };
        timed.script.expect(give(Exchange::new(method.clone(), target)));
    }
    timed
}

pub(crate) async fn ask(client: &Client, method: &Method) -> Result<(), Error> {
    let mut changes = Changes::new();
    changes.set("total", &3);
    let order = client.orders().by_id("1");
    match method.as_str() {
        "GET" => order.get().send().await.map(drop),
        "DELETE" => order.delete().send().await,
        "PUT" => client.as_ref().path().segment("orders").key("1").put::<()>(&PUT).body(&3).send().await,
        "POST" => client.orders().create(&changes).send().await.map(drop),
        _ => order.update(&changes).send().await.map(drop),
    }
}

fn fine(exchange: Exchange) -> Exchange {
    exchange.json("{}")
}

#[tokio::test(start_paused = true)]
async fn three_retries_under_one_id_and_each_wait_longer() {
    let timed = giving(&Method::GET, [(|it| it.status(503)) as fn(Exchange) -> Exchange; 4]);
    let error = ask(&timed.builder().build().unwrap(), &Method::GET).await.unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), error.attempts()), (503, 4));
    timed.script.verify().unwrap();
    for (wait, longest) in timed.waits().into_iter().zip([1, 2, 4].map(seconds)) {
        assert!(wait >= longest / 2 && wait <= longest + Duration::from_millis(1), "{wait:?} {longest:?}");
    }
    let ids: HashSet<_> = timed
        .script
        .requests()
        .iter()
        .map(|it| it.headers()["client-request-id"].to_str().unwrap().to_owned())
        .collect();
    assert_eq!(ids.len(), 1);
    assert_eq!(error.client_request_id(), ids.iter().next().map(String::as_str));
}

#[tokio::test(start_paused = true)]
async fn the_budget_is_for_all_waits_of_a_request_together() {
    let timed = Timed::default();
    for _ in 0..4 {
        timed.script.expect(answer(429).header("retry-after", "25"));
    }
    let error = ask(&timed.exact_builder().build().unwrap(), &Method::GET).await.unwrap_err();
    assert_eq!((timed.exact_waits(), error.attempts()), (vec![25.0, 25.0], 3));
    let timed = giving(
        &Method::GET,
        [(|it| it.status(429).header("retry-after", "90")) as fn(Exchange) -> Exchange, fine as _],
    );
    let client = timed.exact_builder().retry_budget(seconds(100)).build().unwrap();
    ask(&client, &Method::GET).await.unwrap();
    assert_eq!(timed.exact_waits(), [90.0]);
}

#[tokio::test(start_paused = true)]
async fn a_deadline_ends_tries_and_waits() {
    // In the middle of a try.
    let timed = Timed { takes: seconds(40), ..giving(&Method::GET, [fine as fn(Exchange) -> Exchange]) };
    let began = Instant::now();
    let client = timed.builder().deadline(seconds(30)).build().unwrap();
    let error = ask(&client, &Method::GET).await.unwrap_err();
    assert!(error.transport().is_some_and(TransportError::is_timeout) && error.attempts() == 1, "{error}");
    assert_eq!(began.elapsed().as_secs(), 30);

    // A wait that would go past it is not begun.
    let timed = giving(&Method::GET, [(|it| it.status(429).header("retry-after", "31")) as fn(Exchange) -> Exchange]);
    let began = Instant::now();
    let client = timed.builder().deadline(seconds(30)).build().unwrap();
    assert!(ask(&client, &Method::GET).await.unwrap_err().is_throttled());
    assert_eq!(began.elapsed(), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn pages_are_retried_one_by_one() {
    let timed = Timed::default();
    timed.script.expect(Exchange::get("/v1.0/orders").status(503));
    timed
        .script
        .expect(Exchange::get("/v1.0/orders").json(r#"{"value": [{"id": "1"}], "@odata.nextLink": "orders?a"}"#));
    for _ in 0..2 {
        timed.script.expect(Exchange::get("/v1.0/orders?a").status(429).header("retry-after", "9"));
    }
    timed.script.expect(Exchange::get("/v1.0/orders?a").json(r#"{"value": [{"id": "2"}]}"#));
    let all: Vec<_> = timed.builder().build().unwrap().orders().list().stream().try_collect().await.unwrap();
    assert_eq!(all.len(), 2);
    timed.script.verify().unwrap();
}

/// "Body replay": whole, whatever the method, and as often as it is sent.
#[tokio::test(start_paused = true)]
async fn the_body_is_sent_again_to_the_letter() {
    for (method, status, body) in
        [(Method::POST, 503, r#"{"total":3}"#), (Method::PATCH, 429, r#"{"total":3}"#), (Method::PUT, 504, "3")]
    {
        let timed = Timed::default();
        let target = if method == Method::POST { "/v1.0/orders" } else { "/v1.0/orders/1" };
        for _ in 0..3 {
            timed.script.expect(Exchange::new(method.clone(), target).status(status));
        }
        timed.script.expect(fine(Exchange::new(method.clone(), target)));
        ask(&timed.exact_builder().build().unwrap(), &method).await.unwrap();
        let requests = timed.script.requests();
        let bodies: Vec<_> = requests.iter().map(|request| request.body().clone()).collect();
        assert_eq!(bodies, [body; 4], "{method}");
        assert!(requests.iter().all(|it| it.headers()["content-type"] == "application/json"));
    }
}
