//! R-11: whatever is waited for, the waiting may be dropped. Nothing goes on, and the client works as before.

use std::time::Duration;

use odata_runtime::http::Method;
use odata_runtime::testing::Exchange;

use crate::orders::answer;
use crate::retries::ask;
use crate::timed::Timed;

const SECOND: Duration = Duration::from_secs(1);

#[tokio::test(start_paused = true)]
async fn r11_dropped_in_the_wait_for_a_retry() {
    let timed = Timed::default();
    timed.script.expect(answer(429).header("retry-after", "30"));
    timed.script.expect(answer(200).json("{}"));
    let client = timed.exact_builder().build().unwrap();
    let dropped = tokio::time::timeout(10 * SECOND, ask(&client, &Method::GET)).await;
    assert!(dropped.is_err());
    tokio::time::sleep(100 * SECOND).await;
    assert_eq!(timed.script.requests().len(), 1, "nothing went on");
    ask(&client, &Method::GET).await.unwrap();
    assert_eq!(tokio::runtime::Handle::current().metrics().num_alive_tasks(), 0, "and nobody was left behind");
}

#[tokio::test(start_paused = true)]
async fn r11_dropped_in_the_middle_of_a_page() {
    let timed = Timed { takes: 5 * SECOND, ..Timed::default() };
    timed
        .script
        .expect(Exchange::get("/v1.0/orders").json(r#"{"value": [{"id": "1"}], "@odata.nextLink": "orders?a"}"#));
    timed.script.expect(Exchange::get("/v1.0/orders?a").json(r#"{"value": [{"id": "2"}]}"#));
    let client = timed.exact_builder().build().unwrap();
    let mut items = client.orders().list().stream();
    assert_eq!(items.next().await.unwrap().unwrap().id.as_deref(), Some("1"));
    // The wait for an item is dropped, not the stream: it goes on where it was.
    assert!(tokio::time::timeout(2 * SECOND, items.next()).await.is_err());
    assert_eq!(items.next().await.unwrap().unwrap().id.as_deref(), Some("2"));
    assert_eq!(timed.script.requests().len(), 2);
    assert!(items.next().await.is_none());

    // The stream is dropped.
    timed.script.expect(Exchange::get("/v1.0/orders").json(r#"{"value": [], "@odata.nextLink": "orders?a"}"#));
    timed.script.expect(answer(200).json("{}"));
    let mut items = client.orders().list().stream();
    assert!(tokio::time::timeout(7 * SECOND, items.next()).await.is_err());
    drop(items);
    tokio::time::sleep(100 * SECOND).await;
    let sent = timed.times.lock().unwrap().len();
    assert_eq!(sent, 4, "the page that was on its way, and none after it");
    ask(&client, &Method::GET).await.unwrap();
    assert_eq!(tokio::runtime::Handle::current().metrics().num_alive_tasks(), 0);
}
