//! Where links lead, and where they must not (W-8, CR-30 to CR-32, E-22).

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use odata_runtime::client::{BoxFuture, Cursor, Token, TokenError, TokenSource};
use odata_runtime::testing::{Exchange, InMemory};

use crate::orders::{Client, ROOT, TOKEN};
use crate::pages::{FIRST, ids, link, page, served, target};

/// Counts how often it is asked.
#[derive(Clone, Default)]
struct Asked(Arc<AtomicUsize>);

impl TokenSource for Asked {
    fn token<'a>(&'a self, _: &'a str) -> BoxFuture<'a, Result<Token, TokenError>> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Box::pin(async { Ok(Token::new(TOKEN)) })
    }
}

/// Links that no token may follow.
const ATTACKS: [&str; 27] = [
    "https://shop.example.com@evil.example/v1.0/orders",
    "https://shop.example.com:443@evil.example/v1.0/orders",
    "https://user@shop.example.com/v1.0/orders",
    "https://user:pass@shop.example.com/v1.0/orders",
    "https://shop.example.com.evil.example/v1.0/orders",
    "https://evil.example/https://shop.example.com/v1.0/orders",
    "https://shop.example.com:444/v1.0/orders",
    "http://shop.example.com/v1.0/orders",
    "http://shop.example.com:443/v1.0/orders",
    "HTTP://shop.example.com/v1.0/orders",
    "//evil.example/v1.0/orders",
    "///evil.example/v1.0/orders",
    r"\\evil.example\v1.0\orders",
    r"/\evil.example/v1.0/orders",
    r"https:\\shop.example.com\v1.0\orders",
    r"https://evil.example\@shop.example.com/",
    "https:evil.example/v1.0/orders",
    "https://sh\u{43e}p.example.com/v1.0/orders",
    "https://xn--shp-0nd.example.com/v1.0/orders",
    "https://shop.example.com./v1.0/orders",
    "https://[::1]/v1.0/orders",
    "https://127.0.0.1/v1.0/orders",
    "https://sho\np.example.com/v1.0/orders",
    " https://shop.example.com/v1.0/orders",
    "file:///etc/hostname",
    "data:application/json,{}",
    "javascript:0",
];

#[tokio::test]
async fn e22_nothing_is_sent_and_no_token_asked_for() {
    for attack in ATTACKS {
        let (service, tokens) = (InMemory::new(), Asked::default());
        let json = format!("\"{}?$skiptoken=k3y\"", attack.replace('\\', r"\\").replace('\n', r"\n"));
        service.expect(Exchange::get(FIRST).json(page(&[1], &json)));
        let client = Client::builder().tokens(tokens.clone()).transport(service.clone()).build().unwrap();
        let mut items = client.orders().list().stream();
        assert!(items.next().await.unwrap().is_ok());
        let error = items.next().await.unwrap().unwrap_err();
        assert!(error.is_refused() && error.page() == Some(2), "{attack}: {error}");
        let shown = format!("{error} {error:?} {items:?}");
        assert!(shown.contains("nothing was sent: the link to the next page, `"), "{attack}: {error}");
        assert!(!shown.contains("k3y") && !shown.contains("pass"), "{attack}: {shown}");
        assert!(items.next().await.is_none() && items.cursor().is_none());
        assert_eq!(service.requests().len(), 1, "{attack}");
        assert_eq!(tokens.0.load(Ordering::Relaxed), 1, "{attack}");

        // A cursor is as little to be trusted as a link.
        let mut list = client.orders().list();
        list.resume(Cursor::new(attack));
        let error = list.send().await.unwrap_err();
        assert!(error.is_refused(), "{attack}: {error}");
        assert_eq!((service.requests().len(), tokens.0.load(Ordering::Relaxed)), (1, 1), "{attack}");
    }
}

#[tokio::test]
async fn cr30_a_fragment_is_refused_and_the_link_named() {
    let json = format!("\"{ROOT}/$metadata#orders('7')/lines?$skiptoken=k3y\"");
    let (client, service) = served(&[(FIRST, &page(&[1], &json))]);
    let (ids, error) = ids(client.orders().list().stream()).await;
    assert_eq!(ids, ["1"]);
    assert_eq!(
        error.unwrap(),
        "nothing was sent: the link to the next page, `https://shop.example.com/v1.0/$metadata`, has a fragment, on page 2"
    );
    service.verify().unwrap();
}

#[tokio::test]
async fn e22_the_same_origin_in_other_spellings() {
    for same in [
        "HTTPS://SHOP.EXAMPLE.COM/v1.0/orders?a",
        "https://shop.example.com:443/v1.0/orders?a",
        "https://shop.example.com/beta/x?a",
    ] {
        let service = InMemory::new();
        service.expect(Exchange::get(FIRST).json(page(&[1], &format!("\"{same}\""))));
        let path = if same.contains("beta") { "/beta/x?a" } else { "/v1.0/orders?a" };
        service.expect(Exchange::get(path).json(page(&[2], "null")));
        let client = Client::builder().tokens(Asked::default()).transport(service.clone()).build().unwrap();
        assert_eq!(ids(client.orders().list().stream()).await, (vec!["1".into(), "2".into()], None), "{same}");
        service.verify().unwrap();
    }
}

#[tokio::test]
async fn cr32_a_link_is_followed_to_the_letter() {
    for query in [
        "orders/between(from=2019-11-01,to=2019-12-01)?$skip=1000",
        "x(a='b%27')?$skiptoken=%7Ba%7D+%20{b}&&c=d'e'",
        "x?$skiptoken=\u{e9}",
    ] {
        let service = InMemory::new();
        service.expect(Exchange::get(FIRST).json(page(&[1], &format!("\"{ROOT}/{query}\""))));
        service.expect(Exchange::get(format!("/v1.0/{query}")).json(page(&[2], "null")));
        let client = Client::builder().tokens(Asked::default()).transport(service.clone()).build().unwrap();
        assert_eq!(ids(client.orders().list().stream()).await, (vec!["1".into(), "2".into()], None), "{query}");
        service.verify().unwrap();
    }
}

#[tokio::test]
async fn w8_relative_links_and_what_they_are_relative_to() {
    for (context, link, path) in [
        (None, "orders?$skiptoken=a", "/v1.0/orders?$skiptoken=a"),
        (None, "?$skiptoken=a", "/v1.0/orders?$skiptoken=a"),
        (None, "/v1.0/orders?$skiptoken=a", "/v1.0/orders?$skiptoken=a"),
        (None, "lines/7?$skiptoken=a", "/v1.0/lines/7?$skiptoken=a"),
        (Some("https://shop.example.com/v2/$metadata#orders"), "orders?$skiptoken=a", "/v2/orders?$skiptoken=a"),
        (Some("$metadata#orders"), "orders?$skiptoken=a", "/v1.0/orders?$skiptoken=a"),
        (Some("../v3/$metadata#orders"), "orders?$skiptoken=a", "/v3/orders?$skiptoken=a"),
        (Some("https://"), "orders?$skiptoken=a", "/v1.0/orders?$skiptoken=a"),
    ] {
        let context = context.map(|context| format!(r#""@odata.context": "{context}","#)).unwrap_or_default();
        let json = format!(r#"{{{context} "value": [], "@odata.nextLink": "{link}"}}"#);
        let (client, service) = served(&[(FIRST, &json), (path, &page(&[2], "null"))]);
        assert_eq!(ids(client.orders().list().stream()).await, (vec!["2".into()], None), "{context} {link}");
        service.verify().unwrap();
    }
    // Relative to a place that the token must not go to.
    let json =
        r#"{"@odata.context": "https://evil.example/$metadata#orders", "value": [], "@odata.nextLink": "orders"}"#;
    let (client, service) = served(&[(FIRST, json)]);
    let (_, error) = ids(client.orders().list().stream()).await;
    assert!(error.unwrap().contains("is not at the origin of the service root"));
    service.verify().unwrap();
}

#[tokio::test]
async fn cr31_a_page_that_leads_to_itself() {
    for own in [format!("\"{ROOT}/orders\""), format!("\"{ROOT}/orders?%24top=2\"")] {
        let asked = if own.contains('?') { "/v1.0/orders?$top=2" } else { FIRST };
        let (client, service) = served(&[(asked, &page(&[1, 2], &own))]);
        let mut list = client.orders().list();
        if own.contains('?') {
            list.top(2);
        }
        let (ids, error) = ids(list.stream()).await;
        assert_eq!(ids, ["1", "2"], "once");
        let error = error.unwrap();
        assert!(error.contains("leads back to a page that has been, on page 2"), "{error}");
        service.verify().unwrap();
    }
}

#[tokio::test]
async fn loops_of_two_and_of_seven_come_to_an_end() {
    for (length, most) in [(2_u32, 2), (7, 24)] {
        let service = InMemory::new();
        for round in 0..4 {
            for at in 0..length {
                let next = link(&((at + 1) % length).to_string());
                let here = target(&at.to_string());
                service.expect(Exchange::get(here).json(page(&[round * length + at], &next)));
            }
        }
        let client = Client::builder().tokens(Asked::default()).transport(service.clone()).build().unwrap();
        let mut list = client.orders().list();
        list.raw_query("$skiptoken", "0");
        let (ids, error) = ids(list.stream()).await;
        assert!(error.unwrap().contains("leads back to a page that has been"));
        assert!(ids.len() >= length as usize && ids.len() <= most, "{length}: {}", ids.len());
    }
}
