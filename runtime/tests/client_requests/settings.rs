//! What a builder sets (CR-10, CR-28).

use odata_runtime::client::{self, Cloud, Error, Operation, Service, StaticToken};
use odata_runtime::testing::{Exchange, InMemory};
use odata_runtime::{Extra, Untyped};

use crate::orders::{Client, TOKEN};

const FLEET: Service = Service::new("https://fleet.example.com/v1", "https://fleet.example.com/.default")
    .clouds(&[
        Cloud::new(
            "world",
            "https://fleet.example.com/v1",
            "https://fleet.example.com/.default",
            "https://login.example.com",
        ),
        MOON,
    ])
    .delegated(false);
const MOON: Cloud = Cloud::new(
    "moon",
    "https://fleet.moon.example/v1",
    "https://fleet.moon.example/.default",
    "https://login.moon.example",
);
const SHIPS: Operation = Operation::new("/ships").permissions(&["Ships.Read.All"]);

/// A token that says this of itself.
fn jwt(claims: &str) -> String {
    use base64::Engine as _;
    let encode = |text: &str| base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(text);
    format!("{}.{}.c2lnbmF0dXJl", encode(r#"{"alg":"none"}"#), encode(claims))
}

async fn refused(client: client::Builder<client::Client>, claims: &str, status: u16) -> Error {
    let service = InMemory::new();
    let target = "/v1/ships";
    service.expect(Exchange::get(target).status(status));
    let client = client.tokens(StaticToken::new(jwt(claims))).transport(service).build().unwrap();
    let list = client.path().segment("ships").list::<odata_runtime::Changes>(&SHIPS);
    list.send().await.unwrap_err()
}

#[tokio::test]
async fn cr28_a_token_for_another_cloud_is_named() {
    for (builder, aud, help) in [
        (
            client::Client::builder(&FLEET),
            "https://fleet.moon.example",
            "the token is for fleet.moon.example (moon), the client for fleet.example.com (world)",
        ),
        (
            client::Client::builder(&FLEET).cloud(MOON),
            "https://fleet.example.com/",
            "the token is for fleet.example.com (world), the client for fleet.moon.example (moon)",
        ),
        (
            client::Client::builder(&FLEET).cloud(FLEET.clouds[1]),
            "https://other.example",
            "the token is for other.example, the client for fleet.moon.example (moon)",
        ),
    ] {
        let error = refused(builder, &format!(r#"{{"aud": "{aud}", "roles": ["x"]}}"#), 401).await;
        assert_eq!(error.help().as_deref(), Some(help));
        assert!(!format!("{error} {error:?}").contains("eyJ"));
    }
}

#[tokio::test]
async fn cr10_a_token_of_a_user_is_told() {
    for status in [401, 403] {
        for (claims, is_told) in [
            (r#"{"aud": "https://fleet.example.com", "scp": "Ships.Read"}"#, true),
            (r#"{"aud": "00000003-0000-0000-c000-000000000000", "scp": "Ships.Read"}"#, true),
            (r#"{"aud": ["https://fleet.example.com"], "scp": "Ships.Read"}"#, true),
            (r#"{"aud": "https://fleet.example.com", "roles": ["Ships.Read.All"]}"#, false),
            (r#"{"aud": "https://fleet.example.com", "scp": "x", "roles": ["y"]}"#, false),
            ("[]", false),
            ("no JSON", false),
        ] {
            let help = refused(client::Client::builder(&FLEET), claims, status).await.help().unwrap();
            assert_eq!(help.contains("stands for a signed-in user"), is_told, "{claims}: {help}");
            assert_eq!(help.contains("`/ships` needs the permission Ships.Read.All"), status == 403, "{help}");
        }
    }
}

#[tokio::test]
async fn a_cloud_is_a_root_and_a_scope() {
    let service = InMemory::new();
    service.expect(Exchange::get("/v1/ships").json(r#"{"value": []}"#));
    let builder = client::Client::builder(&FLEET).cloud(MOON);
    let client = builder.tokens(StaticToken::new(TOKEN)).transport(service.clone()).build().unwrap();
    assert!(format!("{client:?}").contains("https://fleet.moon.example/.default"));
    client.path().segment("ships").list::<odata_runtime::Changes>(&SHIPS).send().await.unwrap();
    let request = &service.requests()[0];
    assert_eq!(request.uri().host(), Some("fleet.moon.example"));
    assert!(!request.headers().contains_key("prefer"), "the service states no preference");
}

#[tokio::test]
async fn an_app_says_its_name_and_its_preferences() {
    let service = InMemory::new();
    service.expect(Exchange::get("/v1.0/orders").json(r#"{"value": []}"#));
    let builder = Client::builder().user_agent("inventory/2.1").prefer("omit-values=nulls");
    let client = builder.tokens(StaticToken::new(TOKEN)).transport(service.clone()).build().unwrap();
    client.orders().list().send().await.unwrap();
    let requests = service.requests();
    let headers = requests[0].headers();
    assert_eq!(headers["user-agent"], concat!("inventory/2.1 odata-runtime/", env!("CARGO_PKG_VERSION")));
    assert_eq!(headers["prefer"], "omit-values=nulls");
    let bad = Client::builder().user_agent("two\nlines").tokens(StaticToken::new(TOKEN)).transport(InMemory::new());
    assert!(bad.build().unwrap_err().to_string().contains("the user agent holds what a header cannot"));
}

#[tokio::test]
async fn e20_a_redirect_names_its_origin_and_nothing_more() {
    for (location, shown) in [
        ("https://evil.example:444/a?$skiptoken=k3y", "redirects to https://evil.example:444, which"),
        ("//evil.example/a?k3y", "redirects to https://evil.example, which"),
        ("/v1.0/other?k3y", "redirects to another place at its own origin, which"),
        ("data:text/plain,k3y", "redirects to null, which"),
    ] {
        let (client, service) = crate::orders::scripted(crate::orders::answer(307).header("location", location));
        let error = client.orders().by_id("1").get().send().await.unwrap_err();
        let text = format!("{error} {error:?}");
        assert!(error.to_string().starts_with(&format!("307 Temporary Redirect: {shown} is not followed")), "{error}");
        assert!(!text.contains("k3y"), "{text}");
        assert_eq!(service.requests().len(), 1);
    }
}

#[tokio::test]
async fn e24_a_challenge_is_named() {
    let challenge = r#"Bearer realm="", error="insufficient_claims", claims="eyJhY2Nlc3NfdG9rZW4iOnt9fQ==""#;
    let (client, _) = crate::orders::scripted(crate::orders::answer(401).header("www-authenticate", challenge));
    let error = client.orders().by_id("1").get().send().await.unwrap_err();
    assert!(error.challenge().unwrap().contains("insufficient_claims"), "{error:?}");
    assert!(error.help().unwrap().starts_with("the service asks for claims that the token does not have"));
}

#[tokio::test]
async fn an_operation_says_what_a_status_means() {
    let (client, _) = crate::orders::scripted(Exchange::get("/v1.0/orders").status(404));
    let error = client.orders().list().send().await.unwrap_err();
    assert_eq!(error.help().as_deref(), Some("orders are kept for 30 days"));
}

#[test]
fn what_is_unknown_in_an_envelope_stays() {
    let json = r#"{"@odata.context":"c","@odata.count":1,"@odata.nextLink":"n","value":[{"a":1}],"odd":2}"#;
    let page: odata_runtime::Page<Untyped> = odata_runtime::from_str(json).unwrap();
    assert_eq!(odata_runtime::to_string(&page).unwrap(), json);
    let extra: &Extra = page.extra();
    assert_eq!(extra.get("odd").unwrap().as_json(), "2");
    assert_eq!((page.count(), page.next_link(), page.items().len()), (Some(1), Some("n"), 1));
    assert!(
        !format!(
            "{:?}",
            odata_runtime::from_str::<odata_runtime::Page<Untyped>>(
                r#"{"value": [], "@odata.nextLink": "https://a.example/b?$skiptoken=k3y"}"#
            )
            .unwrap()
        )
        .contains("k3y")
    );
}
