//! What is tried again, how often, and after how long (E-10 to E-12). The clock is the test's.

use std::collections::HashSet;
use std::time::Duration;

use odata_runtime::Changes;
use odata_runtime::client::{Error, TransportError};
use odata_runtime::http::Method;
use odata_runtime::testing::Exchange;
use tokio::time::Instant;

use crate::orders::{Client, answer};
use crate::timed::Timed;

const METHODS: [Method; 4] = [Method::GET, Method::DELETE, Method::POST, Method::PATCH];

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

async fn ask(client: &Client, method: &Method) -> Result<(), Error> {
    let mut changes = Changes::new();
    changes.set("total", &3);
    let order = client.orders().by_id("1");
    match method.as_str() {
        "GET" => order.get().send().await.map(drop),
        "DELETE" => order.delete().send().await,
        "POST" => client.orders().create(&changes).send().await.map(drop),
        _ => order.update(&changes).send().await.map(drop),
    }
}

fn fine(exchange: Exchange) -> Exchange {
    exchange.json("{}")
}

/// How often a method is sent when this is the first answer and the second one is fine.
async fn sent(method: &Method, first: fn(Exchange) -> Exchange) -> usize {
    let timed = giving(method, [first, fine as _]);
    let outcome = ask(&timed.builder().build().unwrap(), method).await;
    let sent = timed.script.requests().len();
    assert_eq!(outcome.is_ok(), sent == 2, "{method} {outcome:?}");
    assert_eq!(outcome.err().map_or(1, |error| error.attempts()), 1);
    sent
}

#[tokio::test(start_paused = true)]
async fn e12_which_answers_are_tried_again() {
    // GET, DELETE, POST, PATCH
    for (first, counts) in [
        ((|it| it.status(429)) as fn(Exchange) -> Exchange, [2, 2, 2, 2]),
        (|it| it.status(503), [2, 2, 2, 2]),
        (|it| it.status(408), [2, 2, 1, 1]),
        (|it| it.status(500), [2, 2, 1, 1]),
        (|it| it.status(502), [2, 2, 1, 1]),
        (|it| it.status(504), [2, 2, 1, 1]),
        (|it| it.status(400), [1, 1, 1, 1]),
        (|it| it.status(403), [1, 1, 1, 1]),
        (|it| it.status(404), [1, 1, 1, 1]),
        (|it| it.status(409), [1, 1, 1, 1]),
        (|it| it.status(412), [1, 1, 1, 1]),
        (|it| it.status(501), [1, 1, 1, 1]),
        (|it| it.status(302), [1, 1, 1, 1]),
        (|it| it.fails(TransportError::connect("refused")), [2, 2, 1, 1]),
        (|it| it.fails(TransportError::reset("reset by peer")), [2, 2, 1, 1]),
        (|it| it.json("{").broken_off(TransportError::body("cut")), [2, 2, 1, 1]),
        (|it| it.fails(TransportError::timeout("300 s")), [1, 1, 1, 1]),
        (|it| it.fails(TransportError::new("odd")), [1, 1, 1, 1]),
    ] {
        for (method, count) in METHODS.iter().zip(counts) {
            assert_eq!(sent(method, first).await, count, "{method} {:?}", first(Exchange::get("/")));
        }
    }
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
async fn retries_may_be_fewer_or_none() {
    for most in [0_u32, 1, 5] {
        let timed = giving(&Method::GET, vec![(|it| it.status(429)) as fn(Exchange) -> Exchange; 9]);
        let client = timed.builder().retries(most).build().unwrap();
        let error = ask(&client, &Method::GET).await.unwrap_err();
        assert_eq!(error.attempts(), most + 1);
        assert_eq!(timed.script.requests().len(), most as usize + 1);
    }
}

#[tokio::test(start_paused = true)]
async fn e11_what_retry_after_asks_for_is_waited_for() {
    // With a date of the answer, so that no clock on any wall matters.
    const SENT: &str = "Sun, 06 Nov 1994 08:49:37 GMT";
    for (asked, wait) in [
        (&["7"][..], 7),
        (&["2.128"], 3),
        (&["31,45"], 45),
        (&["5", "9"], 9),
        (&["Sun, 06 Nov 1994 08:49:57 GMT"], 20),
        (&["Sunday, 06-Nov-94 08:49:57 GMT"], 20),
        (&["Sun Nov  6 08:49:57 1994"], 20),
    ] {
        for status in [429, 503] {
            let timed = Timed::default();
            let throttled = asked.iter().fold(answer(status), |it, value| it.header("retry-after", value));
            timed.script.expect(throttled.header("date", SENT));
            timed.script.expect(answer(200).json("{}"));
            ask(&timed.builder().build().unwrap(), &Method::GET).await.unwrap();
            let [waited] = timed.waits()[..] else { panic!("{asked:?}") };
            assert!(
                waited >= seconds(wait) && waited <= seconds(wait) + Duration::from_millis(1),
                "{asked:?} {waited:?}"
            );
        }
    }
}

#[tokio::test(start_paused = true)]
async fn e11_zero_the_past_and_nonsense_are_no_reason_to_hurry() {
    for asked in ["0", "-5", "soon", "", "Sun, 06 Nov 1994 08:49:37 GMT"] {
        let timed = Timed::default();
        timed.script.expect(answer(429).header("retry-after", asked));
        timed.script.expect(answer(200).json("{}"));
        ask(&timed.builder().build().unwrap(), &Method::GET).await.unwrap();
        assert!(timed.waits()[0] >= seconds(1) / 2, "{asked}: {:?}", timed.waits());
    }
}

#[tokio::test(start_paused = true)]
async fn a_wait_over_the_budget_is_an_error_at_once() {
    for (asked, shown) in [
        ("61", "61"),
        ("86400", "86400"),
        ("1e308", "1e308"),
        ("Fri, 31 Dec 9999 23:59:59 GMT", "Fri, 31 Dec 9999 23:59:59 GMT"),
    ] {
        let timed = Timed::default();
        timed.script.expect(answer(429).header("retry-after", asked));
        let began = Instant::now();
        let error = ask(&timed.builder().build().unwrap(), &Method::GET).await.unwrap_err();
        assert!(error.is_throttled() && error.retry_after() == Some(shown) && error.attempts() == 1, "{error:?}");
        assert_eq!(began.elapsed(), Duration::ZERO);
    }
    // The budget is for all waits of a request together.
    let timed = Timed::default();
    for _ in 0..4 {
        timed.script.expect(answer(429).header("retry-after", "25"));
    }
    let error = ask(&timed.builder().build().unwrap(), &Method::GET).await.unwrap_err();
    assert_eq!(error.attempts(), 3);
    let timed = giving(
        &Method::GET,
        [(|it| it.status(429).header("retry-after", "90")) as fn(Exchange) -> Exchange, fine as _],
    );
    let client = timed.builder().retry_budget(seconds(100)).build().unwrap();
    ask(&client, &Method::GET).await.unwrap();
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

#[tokio::test(start_paused = true)]
async fn a_request_that_is_dropped_while_it_waits_leaves_nothing_behind() {
    let timed = giving(
        &Method::GET,
        [(|it| it.status(429).header("retry-after", "30")) as fn(Exchange) -> Exchange, fine as _],
    );
    let client = timed.builder().build().unwrap();
    let dropped = tokio::time::timeout(seconds(10), ask(&client, &Method::GET)).await;
    assert!(dropped.is_err());
    tokio::time::sleep(seconds(100)).await;
    assert_eq!(timed.script.requests().len(), 1);
    ask(&client, &Method::GET).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn the_body_is_sent_again_to_the_letter() {
    let timed = giving(&Method::POST, [(|it| it.status(503)) as fn(Exchange) -> Exchange, fine as _]);
    ask(&timed.builder().build().unwrap(), &Method::POST).await.unwrap();
    let bodies: Vec<_> = timed.script.requests().iter().map(|request| request.body().clone()).collect();
    assert_eq!(bodies, [r#"{"total":3}"#, r#"{"total":3}"#]);
}
