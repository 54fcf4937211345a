//! Lists, page after page (W-6 to W-11, CR-30 to CR-33).

use odata_runtime::client::{Cursor, Items, Pages, StaticToken};
use odata_runtime::http::Method;
use odata_runtime::testing::{Exchange, InMemory};

use crate::orders::{Client, Order, ROOT, TOKEN};

pub(crate) const FIRST: &str = "/v1.0/orders";

/// A service of these pages: where each is, and its JSON.
pub(crate) fn served(pages: &[(&str, &str)]) -> (Client, InMemory) {
    let service = InMemory::new();
    for (target, json) in pages {
        service.expect(Exchange::get(*target).json((*json).to_owned()));
    }
    let client =
        Client::builder().tokens(StaticToken::new(TOKEN)).transport(service.clone()).retries(0).build().unwrap();
    (client, service)
}

/// A page of these ids, with this link (as JSON).
pub(crate) fn page(ids: &[u32], link: &str) -> String {
    let items: Vec<_> = ids.iter().map(|id| format!(r#"{{"id": "{id}"}}"#)).collect();
    format!(r#"{{"value": [{}], "@odata.nextLink": {link}}}"#, items.join(", "))
}

/// The link to the page with this token, as JSON.
pub(crate) fn link(token: &str) -> String {
    format!(r#""{ROOT}/orders?$skiptoken={token}""#)
}

/// The target of the same.
pub(crate) fn target(token: &str) -> String {
    format!("{FIRST}?$skiptoken={token}")
}

/// The ids until the end or an error, and the error's text.
pub(crate) async fn ids(mut items: Items<Order>) -> (Vec<String>, Option<String>) {
    let mut ids = Vec::new();
    while let Some(item) = items.next().await {
        match item {
            Ok(order) => ids.push(order.id.unwrap()),
            Err(error) => {
                assert!(items.next().await.is_none(), "nothing comes after an error");
                return (ids, Some(error.to_string()));
            }
        }
    }
    assert!(items.next().await.is_none() && items.cursor().is_none());
    (ids, None)
}

#[tokio::test]
async fn all_pages_and_all_their_items_arrive() {
    let (one, two) = (page(&[1, 2], &link("a")), page(&[3], &link("b")));
    let (client, service) =
        served(&[(FIRST, &one), (&target("a"), &two), (&target("b"), r#"{"value": [{"id": "4"}]}"#)]);
    assert_eq!(
        ids(client.orders().list().stream()).await,
        (vec!["1".into(), "2".into(), "3".into(), "4".into()], None)
    );
    service.verify().unwrap();
}

#[tokio::test]
async fn w7_an_empty_page_is_not_the_end_and_no_link_is() {
    for end in
        [r#"{"value": []}"#, r#"{"value": [], "@odata.nextLink": null}"#, r#"{"@odata.nextLink": "", "value": []}"#]
    {
        let (one, two) = (page(&[], &link("a")), page(&[7], &link("b")));
        let (client, service) = served(&[(FIRST, &one), (&target("a"), &two), (&target("b"), end)]);
        let mut pages: Pages<Order> = client.orders().list().pages();
        let mut lengths = Vec::new();
        while let Some(page) = pages.next().await {
            let page = page.unwrap();
            assert_eq!(page.is_last(), lengths.len() == 2);
            lengths.push(page.len());
        }
        assert_eq!(lengths, [0, 1, 0]);
        assert!(pages.cursor().is_none());
        service.verify().unwrap();
    }
}

#[tokio::test]
async fn w6_w10_short_names_and_counts_that_are_strings() {
    let json = r#"{"@context": "$metadata#orders", "@count": "61", "value": [{"id": "1"}], "@nextLink": "orders?$skiptoken=a"}"#;
    let (client, service) = served(&[(FIRST, json), (&target("a"), r#"{"@odata.count": 2, "value": []}"#)]);
    let mut pages = client.orders().list().pages();
    let first = pages.next().await.unwrap().unwrap();
    assert_eq!((first.count(), first.next_link()), (Some(61), Some("orders?$skiptoken=a")));
    assert_eq!(first.extra().control("@context").unwrap().as_json(), r#""$metadata#orders""#);
    let second = pages.next().await.unwrap().unwrap();
    assert_eq!((second.count(), second.is_last()), (Some(2), true));
    service.verify().unwrap();
}

#[tokio::test]
async fn cr3_a_link_under_the_name_of_the_property_is_followed() {
    let json = format!(r#"{{"value": [{{"id": "1"}}], "lines@odata.nextLink": {}}}"#, link("a"));
    let (client, service) = served(&[(FIRST, &json), (&target("a"), r#"{"value": [{"id": "2"}]}"#)]);
    assert_eq!(ids(client.orders().list().stream()).await, (vec!["1".into(), "2".into()], None));
    service.verify().unwrap();
}

#[tokio::test]
async fn what_is_no_page_is_an_error_with_the_page() {
    for (json, why) in [
        (r#"{"id": "1"}"#, "there is no array `value`"),
        (r#"{"value": null}"#, "there is no array `value`"),
        ("[]", "not an object"),
        (r#"{"value": [{"id": 7}]}"#, "$.value[0].id"),
        (r#"{"value": [], "@odata.nextLink": 7}"#, "@odata.nextLink"),
    ] {
        let one = page(&[1], &link("a"));
        let (client, _) = served(&[(FIRST, &one), (&target("a"), json)]);
        let mut items = client.orders().list().stream();
        assert_eq!(items.next().await.unwrap().unwrap().id.as_deref(), Some("1"));
        let error = items.next().await.unwrap().unwrap_err();
        assert!(error.is_decode() && error.page() == Some(2), "{error}");
        assert!(error.to_string().contains(why), "{error}");
        assert!(error.to_string().contains(", on page 2, https://shop.example.com/v1.0/orders ("), "{error}");
        assert!(!error.to_string().contains("skiptoken"), "{error}");
        assert!(items.cursor().is_some(), "the page can be asked for again");
    }
}

#[tokio::test]
async fn cr30_a_page_that_is_not_json_names_its_link() {
    let one = page(&[1], &link("a"));
    let (client, service) = served(&[(FIRST, &one)]);
    service.expect(Exchange::get(target("a")).header("content-type", "application/xml").body("<edmx:Edmx/>"));
    let (ids, error) = ids(client.orders().list().stream()).await;
    assert_eq!(ids, ["1"]);
    let error = error.unwrap();
    assert!(
        error.starts_with(
            "200 OK: the body is application/xml, not JSON, on page 2, https://shop.example.com/v1.0/orders"
        ),
        "{error}"
    );
}

#[tokio::test]
async fn w9_every_page_is_asked_for_with_all_headers() {
    let (one, two) = (page(&[1], &link("a")), page(&[2], &link("b")));
    let (client, service) = served(&[(FIRST, &one), (&target("a"), &two), (&target("b"), r#"{"value": []}"#)]);
    let mut list = client.orders().list();
    list.page_size(50);
    assert_eq!(ids(list.stream()).await.0, ["1", "2"]);
    let requests = service.requests();
    let names = |at: usize| {
        let mut names: Vec<_> =
            requests[at].headers().iter().map(|(name, value)| (name.as_str(), value.to_str().unwrap())).collect();
        names.retain(|(name, _)| *name != "client-request-id");
        names.sort_unstable();
        names
    };
    assert_eq!(names(0), names(1));
    assert_eq!(names(0), names(2));
    assert!(names(2).contains(&("prefer", "include-unknown-enum-members, odata.maxpagesize=50"))); // W-11
    assert!(requests.iter().all(|request| request.method() == Method::GET && request.body().is_empty()));
    let ids: std::collections::HashSet<_> =
        requests.iter().map(|it| it.headers()["client-request-id"].clone()).collect();
    assert_eq!(ids.len(), 3, "each page is a request of its own (E-5)");
}

#[tokio::test]
async fn an_error_on_a_page_comes_after_what_was_before_it_and_the_cursor_goes_on() {
    let (one, two) = (page(&[1, 2], &link("a")), page(&[3], &link("b")));
    let (client, service) = served(&[(FIRST, &one), (&target("a"), &two)]);
    service.expect(Exchange::get(target("b")).status(500));
    let mut items = client.orders().list().stream();
    let mut seen = Vec::new();
    let error = loop {
        match items.next().await.unwrap() {
            Ok(order) => seen.push(order.id.unwrap()),
            Err(error) => break error,
        }
    };
    assert_eq!((error.page(), error.status().map(|it| it.as_u16())), (Some(3), Some(500)));
    assert!(items.next().await.is_none());

    // In another process, from the text alone.
    let text = items.cursor().unwrap().expose().to_owned();
    service.expect(Exchange::get(target("b")).json(page(&[4, 5], "null")));
    let mut list = client.orders().list();
    list.resume(Cursor::new(text));
    seen.extend(ids(list.stream()).await.0);
    assert_eq!(seen, ["1", "2", "3", "4", "5"]);
    service.verify().unwrap();
}

#[tokio::test]
async fn one_page_and_its_link() {
    let one = page(&[1], r#""orders?$skiptoken=a""#);
    let (client, service) = served(&[(FIRST, &one), (&target("a"), &page(&[2], "null"))]);
    let first = client.orders().list().send().await.unwrap();
    assert_eq!(first.len(), 1);
    let mut list = client.orders().list();
    list.resume(Cursor::new(first.next_link().unwrap()));
    let second = list.send().await.unwrap();
    assert_eq!((second[0].id.as_deref(), second.is_last()), (Some("2"), true));
    service.verify().unwrap();
}

#[tokio::test]
async fn cr2_cr21_what_the_service_would_ignore_is_refused() {
    let (client, service) = served(&[]);
    let mut list = client.orders().list();
    list.filter(Order::ID.eq("1"));
    let error = list.send().await.unwrap_err();
    assert!(error.is_refused() && error.to_string().contains("does not filter by `id`"), "{error}");
    let mut list = client.orders().list();
    list.order_by(Order::TOTAL);
    let error = list.stream().next().await.unwrap().unwrap_err();
    assert!(error.is_refused() && error.to_string().contains("does not order by `total`"), "{error}");
    assert!(service.requests().is_empty());

    service.expect(
        Exchange::get("/v1.0/orders?$filter=total%20gt%205&$orderby=id&$top=3&$skip=1&$count=true&x=y")
            .json(page(&[], "null")),
    );
    let mut list = client.orders().list();
    list.filter(Order::TOTAL.gt(5));
    list.order_by(Order::ID);
    list.top(3);
    list.skip(1);
    list.count();
    list.raw_query("x", "y");
    list.send().await.unwrap();
    service.verify().unwrap();
}

#[tokio::test]
async fn a_stream_of_the_ecosystem() {
    use futures_util::{StreamExt, TryStreamExt};
    let (one, two) = (page(&[1, 2], &link("a")), page(&[3], "null"));
    let pages = [(FIRST, &*one), (&*target("a"), &*two)];
    let items = served(&pages).0.orders().list().stream();
    let texts: Vec<_> = StreamExt::map(items, |order| order.unwrap().id.unwrap()).collect().await;
    assert_eq!(texts, ["1", "2", "3"]);
    let lengths: Vec<_> = TryStreamExt::try_collect::<Vec<_>>(served(&pages).0.orders().list().pages()).await.unwrap();
    assert_eq!(lengths.iter().map(|page| page.len()).collect::<Vec<_>>(), [2, 1]);
    let all: Vec<Order> = served(&pages).0.orders().list().stream().try_collect().await.unwrap();
    assert_eq!(all.len(), 3);
}
