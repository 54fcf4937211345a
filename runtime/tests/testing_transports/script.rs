//! The script.

use std::time::Duration;

use futures_util::StreamExt as _;
use odata_runtime::bytes::Bytes;
use odata_runtime::client::{Body, Transport, TransportError};
use odata_runtime::http::{Method, Request};
use odata_runtime::testing::{Exchange, InMemory};
use tokio::time::Instant;

fn request(method: Method, target: &str, body: &'static str) -> Request<Bytes> {
    let request = Request::builder().method(method).uri(format!("https://shop.example{target}"));
    request.header("if-match", "W/\"1\"").body(Bytes::from(body)).unwrap()
}

fn get(target: &str) -> Request<Bytes> {
    request(Method::GET, target, "")
}

async fn read(mut body: Body) -> Vec<u8> {
    let mut read = Vec::new();
    while let Some(piece) = body.next().await {
        read.extend_from_slice(&piece.unwrap());
    }
    read
}

#[tokio::test]
async fn bodies_and_headers_are_checked() {
    let body = r#"{ "n": 1.0, "name": "A/B", "pin": "hush" }"#;
    for (expected, why) in [
        (Exchange::post("/a"), None),
        (Exchange::post("/a").expects_json(r#"{"n":1.0,"name":"A\/B","pin":"***"}"#), None),
        (Exchange::post("/a").expects_body(body), None),
        (Exchange::post("/a").expects_header("If-Match", "W/\"1\""), None),
        (
            Exchange::post("/a").expects_json(r#"{"n":1.00,"name":"A/B","pin":"***"}"#),
            Some("its body is not what is expected"),
        ),
        (Exchange::post("/a").expects_json(r#"{"n":"#), Some("the expected body is no JSON")),
        (Exchange::post("/a").expects_body(""), Some("its body is not what is expected")),
        (Exchange::post("/a").expects_header("if-match", "*"), Some("its header `if-match` is not what is expected")),
    ] {
        let service = InMemory::new();
        service.expect(expected);
        let sent = service.send(request(Method::POST, "/a", body)).await;
        match why {
            None => {
                sent.unwrap();
                service.verify().unwrap();
            }
            Some(why) => {
                assert!(sent.unwrap_err().to_string().contains(why));
                let told = service.verify().unwrap_err();
                assert_eq!(told, format!("sent, not expected: POST /a ({why})\nexpected, not sent: POST /a\n"));
            }
        }
    }
}

#[tokio::test]
async fn of_two_that_differ_in_their_body_the_right_one_answers() {
    let service = InMemory::new();
    service.expect(Exchange::patch("/a").expects_json("1").status(201));
    service.expect(Exchange::patch("/a").expects_json("2").status(202));
    assert_eq!(service.send(request(Method::PATCH, "/a", "2")).await.unwrap().status(), 202);
    assert_eq!(service.send(request(Method::PATCH, "/a", "1")).await.unwrap().status(), 201);
    service.verify().unwrap();
}

#[tokio::test]
async fn a_script_may_have_an_order() {
    let any = InMemory::new();
    let strict = InMemory::in_order();
    for service in [&any, &strict] {
        service.expect(Exchange::get("/a"));
        service.expect(Exchange::delete("/b"));
    }
    any.send(request(Method::DELETE, "/b", "")).await.unwrap();
    strict.send(request(Method::DELETE, "/b", "")).await.unwrap_err();
    assert!(strict.verify().unwrap_err().starts_with("sent, not expected: DELETE /b (next is GET /a)\n"));
    strict.send(get("/a")).await.unwrap();
    strict.send(request(Method::DELETE, "/b", "")).await.unwrap();
    assert_eq!(strict.requests().len(), 3);
}

#[tokio::test]
async fn a_function_answers_and_may_go_on_with_the_script() {
    let service = InMemory::new();
    let more = service.clone();
    service.expect(Exchange::get("/a").header("x-a", "1").respond(move |request, exchange| {
        more.expect(Exchange::get("/b"));
        exchange.json(format!(r#"{{"host":"{}"}}"#, request.uri().host().unwrap()))
    }));
    let answer = service.send(get("/a")).await.unwrap();
    assert_eq!(answer.headers()["x-a"], "1");
    assert_eq!(read(answer.into_body()).await, br#"{"host":"shop.example"}"#);
    service.send(get("/b")).await.unwrap();
    service.verify().unwrap();
}

#[tokio::test(start_paused = true)]
async fn waits_are_by_the_virtual_clock() {
    let service = InMemory::new();
    let hour = Duration::from_secs(3600);
    service.expect(Exchange::get("/a").after(hour).body("a").pause(2 * hour).body("b"));
    service.expect(Exchange::get("/b").after(hour).fails(TransportError::timeout("enough")));
    let start = Instant::now();
    let answer = service.send(get("/a")).await.unwrap();
    assert_eq!(start.elapsed(), hour);
    assert_eq!(read(answer.into_body()).await, b"ab");
    assert_eq!(start.elapsed(), 3 * hour);
    assert!(service.send(get("/b")).await.unwrap_err().is_timeout());
    assert_eq!(start.elapsed(), 4 * hour);
    assert_eq!(
        format!("{:?}", Exchange::get("/a?b=hush").body("hush")),
        "Exchange { method: GET, path: Some(\"/a\"), .. }"
    );
}
