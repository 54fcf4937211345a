//! R-11: futures and streams that are dropped where they stand. The clock is the test's, but for the socket.

use std::time::Duration;

use odata_runtime::client::StaticToken;
use odata_runtime::testing::{Exchange, InMemory};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::time::{sleep, timeout};

use crate::orders::{Client, ROOT, TOKEN};
use crate::server::{over, stock};

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn client(service: &InMemory) -> Client {
    Client::builder().tokens(StaticToken::new(TOKEN)).transport(service.clone()).build().unwrap()
}

#[tokio::test(start_paused = true)]
async fn r11_a_page_that_is_not_waited_for_to_its_end_goes_on_where_it_was() {
    let service = InMemory::new();
    let link = format!(r#", "@odata.nextLink": "{ROOT}/orders?a""#);
    service.expect(Exchange::get("/v1.0/orders").json(format!(r#"{{"value": [{{"id": "1"}}]{link}}}"#)));
    // In the head, in the body and between two tries of the second page.
    service.expect(Exchange::get("/v1.0/orders?a").status(429).header("retry-after", "30"));
    let slow = Exchange::get("/v1.0/orders?a").after(seconds(20)).json(r#"{"value": [{"id""#).pause(seconds(20));
    service.expect(slow.body(r#": "2"}, {"id": "3"}]}"#));
    let mut items = client(&service).orders().list().stream();
    let mut ids = Vec::new();
    let mut dropped = 0;
    loop {
        // Every seven seconds something else has to be done.
        match timeout(seconds(7), items.next()).await {
            Ok(Some(order)) => ids.push(order.unwrap().id.unwrap()),
            Ok(None) => break,
            Err(_) => dropped += 1,
        }
    }
    assert_eq!(ids, ["1", "2", "3"]);
    // 30 s of waiting and a little by chance, 20 s for the head, 20 s for the body.
    assert!((9..=10).contains(&dropped), "{dropped}");
    service.verify().unwrap();
}

#[tokio::test(start_paused = true)]
async fn r11_a_stream_that_is_dropped_in_a_page_asks_for_nothing_more() {
    let service = InMemory::new();
    let page = || Exchange::get("/v1.0/orders").json(r#"{"value": "#).pause(seconds(60)).body("[]}");
    service.expect(page());
    service.expect(page());
    let client = client(&service);
    let mut items = client.orders().list().stream();
    assert!(timeout(seconds(30), items.next()).await.is_err());
    drop(items);
    sleep(seconds(1_000)).await;
    assert_eq!(service.requests().len(), 1);
    assert!(client.orders().list().stream().next().await.is_none(), "the client still works");
    assert_eq!(tokio::runtime::Handle::current().metrics().num_alive_tasks(), 0, "nothing is left running");
}

#[tokio::test]
async fn r11_the_service_notices_that_nobody_listens_any_more() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let (begun, mut has_begun) = tokio::sync::mpsc::channel(1);
    let served = tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        let mut seen = Vec::new();
        socket.read_buf(&mut seen).await.unwrap();
        socket.write_all(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n{\"value\": [").await.unwrap();
        begun.send(()).await.unwrap();
        // Ends when the client is gone.
        while socket.read_buf(&mut seen).await.is_ok_and(|read| read > 0) {}
    });
    let transport = odata_runtime::client::ReqwestTransport::build(stock()).unwrap();
    let client = over(port, transport).build().unwrap();
    let mut items = client.orders().list().stream();
    tokio::select! {
        _ = items.next() => panic!("the page has no end"),
        _ = has_begun.recv() => {}
    }
    drop(items);
    timeout(seconds(30), served).await.expect("the connection is closed").unwrap();
}
