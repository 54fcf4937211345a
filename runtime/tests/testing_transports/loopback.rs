//! A client that believes in its `https` root, and a mock server without TLS.

use odata_runtime::Untyped;
use odata_runtime::client::{Client, Operation, Service, StaticToken};
use odata_runtime::testing::{InMemory, Loopback, Recorder, Replay};
use wiremock::matchers::{header, method, path, query_param};
use wiremock::{Mock, MockServer, ResponseTemplate};

const SERVICE: Service = Service::new("https://shop.test/v1", "https://shop.test/.default").personal(&["buyer"]);
const ORDERS: Operation = Operation::new("/orders");

fn client(transport: impl odata_runtime::client::Transport) -> Client {
    Client::builder(&SERVICE).tokens(StaticToken::new("t0ken-of-the-test")).transport(transport).build().unwrap()
}

/// Two pages of orders; the second is linked to at `host`.
async fn shop(host: &str) -> MockServer {
    let server = MockServer::start().await;
    let first = format!(
        r#"{{"value":[{{"id":"1","buyer":"Ann Lee"}}],"@odata.nextLink":"{host}/v1/orders?$skiptoken=Ab%3D"}}"#
    );
    let authorised =
        || Mock::given(method("GET")).and(path("/v1/orders")).and(header("authorization", "Bearer t0ken-of-the-test"));
    authorised()
        .and(query_param("$skiptoken", "Ab="))
        .respond_with(
            ResponseTemplate::new(200).set_body_raw(r#"{"value":[{"id":"2","buyer":"Ann Lee"}]}"#, "application/json"),
        )
        .with_priority(1)
        .mount(&server)
        .await;
    authorised().respond_with(ResponseTemplate::new(200).set_body_raw(first, "application/json")).mount(&server).await;
    server
}

async fn orders(client: &Client) -> Result<Vec<Untyped>, odata_runtime::client::Error> {
    client.path().segment("orders").list::<Untyped>(&ORDERS).stream().try_collect().await
}

#[tokio::test]
async fn the_client_talks_to_its_root_and_the_socket_hears_it() {
    let server = shop("https://shop.test").await;
    let got = orders(&client(Loopback::new(*server.address()).unwrap())).await.unwrap();
    assert_eq!(got.len(), 2);
    let seen = server.received_requests().await.unwrap();
    assert_eq!(seen.len(), 2);
    for request in seen {
        assert_eq!(request.headers["host"], "shop.test");
        assert_eq!(request.headers["authorization"], "Bearer t0ken-of-the-test");
    }
}

#[tokio::test]
async fn e22_the_guard_of_the_token_is_that_of_production() {
    for host in ["https://evil.test", "http://shop.test", "https://shop.test:8443", "https://shop.test@evil.test"] {
        let server = shop(host).await;
        let error = orders(&client(Loopback::new(*server.address()).unwrap())).await.unwrap_err();
        assert!(error.is_refused(), "{host}: {error}");
        assert_eq!(server.received_requests().await.unwrap().len(), 1, "{host}: only the first page was asked for");
    }
    // The socket's own address is not the root's either, whatever it is that listens there.
    let server = MockServer::start().await;
    let own = server.uri();
    let link = format!(r#"{{"value":[],"@odata.nextLink":"{own}/v1/orders?$skiptoken=a"}}"#);
    let page = ResponseTemplate::new(200).set_body_raw(link, "application/json");
    Mock::given(method("GET")).respond_with(page).expect(1).mount(&server).await;
    let error = orders(&client(Loopback::new(*server.address()).unwrap())).await.unwrap_err();
    assert!(error.is_refused(), "{error}");
}

#[tokio::test]
async fn what_was_recorded_over_a_socket_plays_without_one() {
    let folder = tempfile::tempdir().unwrap();
    let server = shop("https://shop.test").await;
    let recorder = Recorder::new(Loopback::new(*server.address()).unwrap(), folder.path(), &SERVICE);
    let live = orders(&client(recorder.clone())).await.unwrap();
    assert_eq!(recorder.finish().unwrap().len(), 2);
    drop(server);

    let replay = Replay::open(folder.path()).unwrap();
    let played = orders(&client(replay.clone())).await.unwrap();
    replay.verify().unwrap();
    assert_eq!(played.len(), live.len());
    let shown: Vec<_> = played.iter().map(Untyped::as_json).collect();
    let buyer = recorder.pseudonym("Ann Lee");
    for (json, id) in shown.iter().zip(["1", "2"]) {
        assert!(
            json.contains(&format!(r#""id": "{id}""#)) && json.contains(&format!(r#""buyer": "{buyer}""#)),
            "{json}"
        );
    }
}

#[tokio::test]
async fn only_the_loopback_interface_gets_tokens_in_plain_http() {
    for address in ["192.0.2.1:80", "0.0.0.0:80", "[2001:db8::1]:80"] {
        let address: std::net::SocketAddr = address.parse().unwrap();
        let error = Loopback::new(address).unwrap_err();
        assert!(error.to_string().contains("is not an address of the loopback interface"), "{error}");
    }
    Loopback::new(([127, 0, 0, 1], 80)).unwrap();
}

#[tokio::test]
async fn a_script_is_asked_by_the_same_client() {
    let service = InMemory::in_order();
    service.expect(odata_runtime::testing::Exchange::get("/v1/orders").expects_body("").json(r#"{"value":[]}"#));
    assert_eq!(orders(&client(service.clone())).await.unwrap(), []);
    service.verify().unwrap();
}
