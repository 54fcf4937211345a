//! No way of showing anything lets a token or a query out (E-4).

use odata_runtime::Changes;
use odata_runtime::client::{Builder, Cursor, StaticToken, Token, TokenError, TransportError};
use odata_runtime::testing::Exchange;

use crate::orders::{Client, Order, TOKEN, answer, get, scripted};

#[tokio::test]
async fn debug_shows_no_token() {
    let (client, service) = scripted(answer(200).json("{}"));
    let request = client.orders().by_id("1").get().select(Order::ID);
    let builder: Builder<Client> = Client::builder().tokens(StaticToken::new(TOKEN)).root("https://u:pass@h.example");
    let shown = format!(
        "{:?} {:?} {client:?} {builder:?} {request:?} {:?}",
        Token::new(TOKEN),
        StaticToken::new(TOKEN),
        client.orders()
    );
    client.orders().by_id("1").get().send().await.unwrap();
    let shown = format!("{shown} {service:?} {:?}", service.requests());
    assert!(!shown.contains(TOKEN) && !shown.contains("u:pass"), "{shown}");
    assert!(shown.contains("Token(***)") && shown.contains("/orders/1"), "{shown}");
}

#[tokio::test]
async fn an_error_that_repeats_the_request_is_scrubbed() {
    let body = format!(
        r#"{{"error": {{"code": "BadToken-{TOKEN}", "message": "Bearer {TOKEN} at https://h.example/x?$skiptoken=k3y",
            "innerError": {{"request-id": "{TOKEN}", "clientState": "hush"}}}}}}"#
    );
    let answer = answer(401).header("x-ms-ags-diagnostic", "Bearer pqrs").json(body);
    let answer = ["x-ms-ags-diagnostic", "request-id", "date"].iter().fold(answer, |it, name| it.header(name, TOKEN));
    let error = get(answer.header("www-authenticate", format!("Bearer realm={TOKEN}"))).await.unwrap_err();
    let shown = format!("{error} {error:?} {:?} {:?} {:?}", error.code(), error.message(), error.body_excerpt());
    let shown = format!("{shown} {:?} {:?} {:?}", error.diagnostic(), error.request_id(), error.challenge());
    for secret in [TOKEN, "k3y", "hush", "pqrs"] {
        assert!(!shown.contains(secret), "{secret}: {shown}");
    }
    assert_eq!(error.message(), Some("Bearer *** at https://h.example/x?***"));
}

#[tokio::test]
async fn a_token_at_the_edge_of_an_excerpt_is_not_half_shown() {
    for before in 1_000..1_030 {
        let body = format!("{} {TOKEN}", "x".repeat(before));
        let error = get(answer(500).body(body)).await.unwrap_err();
        assert!(!error.body_excerpt().unwrap().contains(&TOKEN[..4]), "{before}");
    }
}

#[tokio::test]
async fn a_fault_of_a_transport_and_its_causes_are_scrubbed() {
    #[derive(Debug)]
    struct Outer(std::io::Error);
    impl std::fmt::Display for Outer {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("sending failed for url (https://h.example/x?$skiptoken=k3y)")
        }
    }
    impl std::error::Error for Outer {
        fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
            Some(&self.0)
        }
    }
    let fault = TransportError::connect(Outer(std::io::Error::other("Bearer pqrs refused")));
    let error = get(answer(200).fails(fault)).await.unwrap_err();
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains("k3y") && !shown.contains("pqrs"), "{shown}");
    assert!(shown.contains("sending failed") && shown.contains("Bearer *** refused"), "{shown}");
    assert!(std::error::Error::source(&error).is_none());
}

#[tokio::test]
async fn an_error_does_not_show_the_query_that_was_sent() {
    let (client, _) = scripted(Exchange::get("/v1.0/orders/1?$select=total").status(500));
    let error = client.orders().by_id("1").get().select(Order::TOTAL).send().await.unwrap_err();
    assert!(!format!("{error} {error:?}").contains("select"), "{error:?}");
}

/// Every public type that holds a value of the app or of the service, in every way of showing it.
#[tokio::test]
async fn e4_no_public_type_shows_what_it_holds() {
    const SECRET: &str = "hu5h-hu5h";
    let link = format!("\"/v1.0/orders?$skiptoken={SECRET}\"");
    let (client, service) = scripted(Exchange::get("/v1.0/orders").json(crate::pages::page(&[1, 2], &link)));
    service.expect(Exchange::get(format!("/v1.0/orders?$skiptoken={SECRET}")).status(500).header("set-cookie", SECRET));
    service.expect(Exchange::get("/v1.0/orders").json(crate::pages::page(&[1, 2], &link)));

    let mut shown = Vec::new();
    let mut list = client.orders().list();
    list.filter(Order::ID.eq(SECRET));
    list.search(SECRET);
    list.raw_query("key", SECRET);
    list.resume(Cursor::new(SECRET));
    shown.push(format!("{list:?} {:?}", Cursor::new(SECRET)));
    let mut range = client.orders().between("2031-01-01T00:00:00Z", "2031-01-02T00:00:00Z");
    range.filter(Order::ID.eq(SECRET));
    shown.push(format!("{range:?} {:?}", range.clone().split()));
    let mut changes = Changes::new();
    changes.set("pin", &SECRET.to_owned());
    shown.push(format!(
        "{changes:?} {:?} {:?}",
        client.orders().create(&changes),
        client.orders().by_id("1").update(&changes)
    ));

    let mut items = client.orders().list().stream();
    items.next().await.unwrap().unwrap();
    shown.push(format!("{items:?} {:?}", items.cursor()));
    items.next().await.unwrap().unwrap();
    let error = items.next().await.unwrap().unwrap_err();
    shown.push(format!("{items:?} {error} {error:?} {:?} {:?}", error.help(), error.diagnostic()));
    let mut pages = client.orders().list().pages();
    let page = pages.next().await.unwrap().unwrap();
    shown.push(format!("{page:?} {pages:?}"));
    let token = Token::new(SECRET).expires_at(std::time::SystemTime::UNIX_EPOCH);
    shown.push(format!("{token:?} {:?} {:?}", TokenError::new(format!("token={SECRET}")), client));
    shown.push(format!("{:?}", Client::builder().tokens(StaticToken::new(SECRET)).root(format!("https://a/{SECRET}"))));
    for text in shown {
        assert!(!text.contains("hu5h") && !text.contains(TOKEN), "{text}");
    }
}
