//! What goes out, to the last header.

use std::collections::BTreeSet;

use odata_runtime::Uuid;
use odata_runtime::client::StaticToken;
use odata_runtime::http::{HeaderName, Method};
use odata_runtime::testing::{Exchange, InMemory};
use proptest::prelude::*;

use crate::orders::{Client, Line, Order, TOKEN, answer, get, scripted};

#[tokio::test]
async fn a_request_is_this_and_nothing_else() {
    let target = "/v1.0/orders/1?$select=id,total&$expand=lines($select=price;$expand=parts)";
    let (client, service) = scripted(Exchange::get(target).json(r#"{"id": "1", "total": 3}"#));
    let order = client
        .orders()
        .by_id("1")
        .get()
        .select((Order::ID, Order::TOTAL))
        .expand(Order::LINES.expand(Line::PARTS).select((Line::PRICE,)))
        .send()
        .await
        .unwrap();
    assert_eq!((order.id.as_deref(), order.total), (Some("1"), Some(3)));
    service.verify().unwrap();

    let [request] = &service.requests()[..] else { panic!("not one request") };
    assert_eq!(request.method(), Method::GET);
    assert_eq!(request.uri().to_string(), format!("https://shop.example.com{target}"));
    assert!(request.body().is_empty());
    let headers = request.headers();
    let names: BTreeSet<_> = headers.keys().map(HeaderName::as_str).collect();
    let expected = ["accept", "authorization", "client-request-id", "prefer", "user-agent"];
    assert_eq!(names, BTreeSet::from(expected));
    assert_eq!(headers.len(), expected.len());
    assert_eq!(headers["accept"], "application/json");
    assert_eq!(headers["prefer"], "include-unknown-enum-members"); // W-2
    assert_eq!(headers["user-agent"], concat!("odata-runtime/", env!("CARGO_PKG_VERSION")));
    assert_eq!(headers["authorization"], format!("Bearer {TOKEN}"));
    let id = headers["client-request-id"].to_str().unwrap();
    assert_eq!(Uuid::parse_str(id).unwrap().get_version_num(), 4);
}

#[tokio::test]
async fn e5_every_logical_request_has_an_id_of_its_own() {
    let (client, service) = scripted(answer(200).json("{}"));
    service.expect(answer(404));
    let request = client.orders().by_id("1").get();
    request.clone().send().await.unwrap();
    let error = request.send().await.unwrap_err();
    let ids: Vec<_> = service
        .requests()
        .iter()
        .map(|request| request.headers()["client-request-id"].to_str().unwrap().to_owned())
        .collect();
    assert_ne!(ids[0], ids[1]);
    assert_eq!(error.client_request_id(), Some(&*ids[1]));
}

#[tokio::test]
async fn w31_keys_are_encoded_and_stay_one_segment() {
    for (key, segment) in [
        ("a/b", "a%2Fb"),
        ("a?b#c", "a%3Fb%23c"),
        ("50% + 1", "50%25%20%2B%201"),
        ("a:b@c", "a%3Ab%40c"),
        ("O'Neil", "O%27Neil"),
        ("..\\x", "..%5Cx"),
        ("%2e%2e", "%252e%252e"),
        ("...", "..."),
        ("é\n", "%C3%A9%0A"),
        ("~-._", "~-._"),
    ] {
        let (client, service) = scripted(Exchange::get(format!("/v1.0/orders/{segment}")).json("{}"));
        client.orders().by_id(key).get().send().await.unwrap();
        service.verify().unwrap();
    }
}

#[tokio::test]
async fn keys_of_every_type_that_a_service_has() {
    let guid = Uuid::from_u128(0xA0);
    let (client, service) = scripted(Exchange::get("/v1.0/orders/-7").json("{}"));
    service.expect(Exchange::get("/v1.0/orders/00000000-0000-0000-0000-0000000000a0").json("{}"));
    service.expect(Exchange::get("/v1.0/orders/x").json("{}"));
    client.orders().by_id(-7_i64).get().send().await.unwrap();
    client.orders().by_id(guid).get().send().await.unwrap();
    client.orders().by_id(String::from("x")).get().send().await.unwrap();
    service.verify().unwrap();
}

#[tokio::test]
async fn w31_keys_that_are_no_keys_are_refused_before_anything_is_sent() {
    let (client, service) = scripted(answer(200));
    for key in ["", ".", ".."] {
        let error = client.orders().by_id(key).get().send().await.unwrap_err();
        assert!(error.is_refused(), "{key:?}");
        assert!(error.to_string().starts_with("nothing was sent: a key is "), "{error}");
    }
    assert!(service.requests().is_empty());
}

#[tokio::test]
async fn a_url_that_is_too_long_is_refused_not_a_panic() {
    let (client, service) = scripted(answer(200));
    let error = client.orders().by_id("x".repeat(70_000)).get().send().await.unwrap_err();
    assert!(error.is_refused());
    assert!(service.requests().is_empty());
}

#[tokio::test]
async fn a_root_may_end_with_a_slash_and_have_no_path() {
    for root in ["https://other.example.com", "https://other.example.com/", "HTTPS://Other.Example.COM:443"] {
        let service = InMemory::new();
        service.expect(Exchange::get("/orders/1").json("{}"));
        let tokens = StaticToken::new(TOKEN);
        let client = Client::builder().tokens(tokens).transport(service.clone()).root(root).build().unwrap();
        client.orders().by_id("1").get().send().await.unwrap();
        assert_eq!(service.requests()[0].uri().to_string(), "https://other.example.com/orders/1");
    }
}

#[tokio::test]
async fn a_script_tells_what_was_not_in_it() {
    let (client, service) = scripted(Exchange::get("/v1.0/orders/2").json("{}"));
    let error = client.orders().by_id("1").get().select(Order::ID).send().await.unwrap_err();
    assert!(error.is_transport());
    assert_eq!(
        service.verify().unwrap_err(),
        "sent, not expected: GET /v1.0/orders/1 ? $select=id\nexpected, not sent: GET /v1.0/orders/2\n"
    );
    assert!(get(answer(999_u16).header("content type", "x")).await.unwrap_err().is_transport());
}

proptest! {
    /// Any key comes out of the path as it went in, and is one segment on the way.
    #[test]
    fn w31_any_key_survives(key in "\\PC{1,40}") {
        prop_assume!(key != "." && key != "..");
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let (client, service) = scripted(answer(404));
        let error = runtime.block_on(client.orders().by_id(&key).get().send()).unwrap_err();
        let requests = service.requests();
        prop_assert_eq!(requests.len(), 1, "{}", error);
        let segment = requests[0].uri().path().strip_prefix("/v1.0/orders/").unwrap().to_owned();
        prop_assert!(segment.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~%".contains(&b)));
        prop_assert_eq!(unescaped(&segment), key);
    }
}

fn unescaped(segment: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = segment.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next().unwrap(), rest.next().unwrap()];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap());
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).unwrap()
}
