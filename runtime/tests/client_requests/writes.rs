//! Requests that change something (W-24 to W-27).

use odata_runtime::client::Send;
use odata_runtime::http::{HeaderName, Method};
use odata_runtime::testing::Exchange;
use odata_runtime::{Changes, Value};
use proptest::prelude::*;

use crate::orders::{Order, TOKEN, scripted};

fn changes() -> Changes {
    let mut changes = Changes::new();
    changes.set("total", &3);
    changes.set("id", &String::from("x\"y"));
    changes.clear("note");
    changes
}

const JSON: &str = r#"{"total":3,"id":"x\"y","note":null}"#;

#[tokio::test]
async fn a_post_is_this_and_nothing_else() {
    let (client, service) = scripted(Exchange::new(Method::POST, "/v1.0/orders").status(201).json(r#"{"id": "7"}"#));
    let order = client.orders().create(&changes()).send().await.unwrap();
    assert_eq!(order.id.as_deref(), Some("7"));
    let [request] = &service.requests()[..] else { panic!("not one request") };
    assert_eq!((request.method(), &request.body()[..]), (&Method::POST, JSON.as_bytes()));
    let mut names: Vec<_> = request.headers().keys().map(HeaderName::as_str).collect();
    names.sort_unstable();
    assert_eq!(names, ["accept", "authorization", "client-request-id", "content-type", "prefer", "user-agent"]);
    assert_eq!(request.headers()["content-type"], "application/json");
}

#[tokio::test]
async fn w25_a_patch_says_what_changes_and_no_more() {
    let target = "/v1.0/orders/1";
    for (answer, expected) in [
        (Exchange::new(Method::PATCH, target).status(204), None),
        (Exchange::new(Method::PATCH, target).status(200), None),
        (Exchange::new(Method::PATCH, target).json(r#"{"id": "1"}"#), Some("1")),
    ] {
        let (client, service) = scripted(answer);
        let order = client.orders().by_id("1").update(&changes()).send().await.unwrap();
        assert_eq!(order.as_ref().and_then(|order| order.id.as_deref()), expected);
        assert_eq!(service.requests()[0].body(), JSON);
    }
    let (client, service) = scripted(Exchange::new(Method::PATCH, target).status(204));
    client.orders().by_id("1").update(&Changes::new()).send().await.unwrap();
    assert_eq!(service.requests()[0].body(), "{}");
}

#[tokio::test]
async fn w27_only_if_it_is_still_the_same() {
    let (client, service) = scripted(Exchange::new(Method::DELETE, "/v1.0/orders/1").status(412));
    let error = client.orders().by_id("1").delete().if_match("W/\"a b\"").send().await.unwrap_err();
    assert_eq!(error.status().unwrap(), 412);
    assert_eq!(service.requests()[0].headers()["if-match"], "W/\"a b\"");
    let (client, service) = scripted(Exchange::new(Method::DELETE, "/v1.0/orders/1"));
    let error = client.orders().by_id("1").delete().if_match("two\nlines").send().await.unwrap_err();
    assert!(error.is_refused() && service.requests().is_empty(), "{error}");
}

#[tokio::test]
async fn a_delete_and_an_action_have_no_body_and_expect_none() {
    for (status, body) in [(204, ""), (200, ""), (202, r#"{"x": 1}"#)] {
        let (client, service) = scripted(Exchange::new(Method::DELETE, "/v1.0/orders/1").status(status).body(body));
        client.orders().by_id("1").delete().send().await.unwrap();
        service.expect(Exchange::new(Method::POST, "/v1.0/orders/1/shop.renew").status(status).body(body));
        client.orders().by_id("1").renew().send().await.unwrap();
        for request in service.requests() {
            assert!(request.body().is_empty() && !request.headers().contains_key("content-type"));
        }
    }
}

#[tokio::test]
async fn w33_what_should_be_there_and_what_should_not() {
    let (client, _) = scripted(Exchange::new(Method::POST, "/v1.0/orders").status(204));
    let error = client.orders().create(&changes()).send().await.unwrap_err();
    assert!(error.is_decode() && error.to_string().contains("the body is empty, where JSON should be"), "{error}");

    let page =
        Exchange::new(Method::DELETE, "/v1.0/orders/1").header("content-type", "text/html").body("<html>Sign in");
    let (client, _) = scripted(page);
    let error = client.orders().by_id("1").delete().send().await.unwrap_err();
    assert!(error.is_decode() && error.body_excerpt() == Some("<html>Sign in"), "a portal, not the service: {error}");
}

#[tokio::test]
async fn what_is_missing_is_named_before_anything_is_sent() {
    let (client, service) = scripted(Exchange::new(Method::POST, "/v1.0/orders"));
    let mut without = changes();
    without.unset("total");
    let mut null = changes();
    null.clear("total");
    for changes in [Changes::new(), without, null] {
        let error = client.orders().create(&changes).send().await.unwrap_err();
        assert_eq!(error.to_string(), "nothing was sent: missing: `total`");
        assert!(error.is_refused() && error.attempts() == 0);
    }
    assert!(service.requests().is_empty());
}

#[test]
fn w24_unset_null_and_a_value_are_three_things() {
    let mut it = changes();
    assert_eq!(it.get("total").map(odata_runtime::Untyped::as_json), Some("3"));
    assert!(it.get("note").unwrap().is_null() && it.get("other").is_none());
    it.set("total", &4);
    it.unset("note");
    it.set("owner@odata.bind", &String::from("people/7"));
    assert_eq!(odata_runtime::to_string(&it).unwrap(), r#"{"owner@odata.bind":"people/7","total":4,"id":"x\"y"}"#); // W-26
    assert_eq!(it.names().collect::<Vec<_>>(), ["owner@odata.bind", "total", "id"]);
    assert!(!it.is_empty() && it.get("owner@odata.bind").is_some() && it.require(&["total", "id"]).is_ok());
}

#[test]
fn e4_debug_shows_names_and_no_values() {
    let mut changes = Changes::new();
    changes.set("clientState", &String::from("hush"));
    let (client, _) = scripted(Exchange::get("/"));
    let request: Send<Order> = client.orders().create(&changes);
    let shown = format!("{changes:?} {request:?}");
    assert!(shown.contains("clientState") && shown.contains("POST") && shown.contains("/orders"), "{shown}");
    assert!(!shown.contains("hush") && !shown.contains(TOKEN), "{shown}");
}

proptest! {
    /// What is written is read back the same, whatever was set, cleared and taken out.
    #[test]
    fn changes_survive_their_json(steps in prop::collection::vec(("[a-zé\" ]{1,4}", 0_u8..3, "\\PC{0,8}"), 0..12)) {
        let (mut changes, mut model) = (Changes::new(), Vec::<(String, Option<String>)>::new());
        for (name, what, value) in steps {
            let at = model.iter().position(|(known, _)| *known == name);
            let new = match what {
                0 => { changes.set(&name, &value); Some(Some(value)) }
                1 => { changes.clear(&name); Some(None) }
                _ => { changes.unset(&name); None }
            };
            match (at, new) {
                (Some(at), Some(new)) => model[at].1 = new,
                (None, Some(new)) => model.push((name, new)),
                (Some(at), None) => drop(model.remove(at)),
                (None, None) => {}
            }
        }
        prop_assert_eq!(changes.names().map(str::to_owned).collect::<Vec<_>>(), model.iter().map(|it| it.0.clone()).collect::<Vec<_>>());
        for (name, value) in &model {
            prop_assert_eq!(changes.get(name).unwrap().decode::<String>().ok(), value.clone());
        }
        let json = odata_runtime::to_string(&changes).unwrap();
        prop_assert_eq!(Changes::read(&mut odata_runtime::Reader::new(json.as_bytes()).unwrap()).unwrap(), changes);
    }
}
