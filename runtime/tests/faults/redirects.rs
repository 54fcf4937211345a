//! R-5: redirects over a socket. None is followed.

use odata_runtime::client::ReqwestTransport;
use odata_runtime::reqwest;

use crate::orders::TOKEN;
use crate::server::{Server, answer, json, over};

fn redirect(status: &str, location: &str) -> Vec<u8> {
    answer(status, &format!("location: {location}\r\n"), b"")
}

#[tokio::test]
async fn r5_no_redirect_is_followed_wherever_it_leads() {
    for status in ["301 Moved", "302 Found", "303 See Other", "307 Temporary Redirect", "308 Permanent Redirect"] {
        let elsewhere = Server::saying(json("{}")).await;
        let port = elsewhere.port;
        for location in [
            format!("http://127.0.0.1:{port}/"),
            format!("http://localhost:{port}/v1.0/orders/1"),
            format!("//127.0.0.1:{port}/"),
            format!("https://127.0.0.1:{port}/"),
            format!("http://user:k3y@127.0.0.1:{port}/?k3y"),
            "/v1.0/orders/1?again".to_owned(),
            "again".to_owned(),
            "file:///etc/hostname".to_owned(),
            "javascript:alert(1)".to_owned(),
            "http://".to_owned(),
            String::new(),
        ] {
            // The second answer is never asked for.
            let server = Server::giving(vec![crate::server::Answer::Bytes(redirect(status, &location)); 2]).await;
            let order = server.client().build().unwrap().orders().by_id("1");
            for error in [order.get().send().await.unwrap_err(), order.renew().send().await.unwrap_err()] {
                assert!(error.status().unwrap().is_redirection() && error.attempts() == 1, "{location}: {error}");
                let shown = format!("{error} {error:?}");
                assert!(!shown.contains("k3y") && !shown.contains(TOKEN), "{shown}");
            }
            assert_eq!(server.seen().len(), 2, "{status} {location}");
        }
        assert!(elsewhere.seen().is_empty(), "{status}");
    }
}

#[tokio::test]
async fn r5_a_redirect_without_a_place_keeps_its_status() {
    let server = Server::saying(answer("302 Found", "", b"")).await;
    let error = server.client().build().unwrap().orders().by_id("1").get().send().await.unwrap_err();
    assert_eq!(error.status().unwrap(), 302);
}

/// What the advice about an app's own client is about: it decides, and reqwest takes the token out.
#[tokio::test]
async fn r5_an_apps_own_client_that_follows_takes_no_token_along() {
    let elsewhere = Server::saying(json(r#"{"id": "1"}"#)).await;
    let server = Server::saying(redirect("302 Found", &format!("http://127.0.0.1:{}/x", elsewhere.port))).await;
    let own = reqwest::Client::builder().no_proxy().build().unwrap();
    let client = over(server.port, ReqwestTransport::from(own)).build().unwrap();
    client.orders().by_id("1").get().send().await.unwrap();
    assert!(server.seen()[0].contains(TOKEN));
    let [seen] = &elsewhere.seen()[..] else { panic!("asked once") };
    assert!(!seen.contains(TOKEN) && !seen.to_ascii_lowercase().contains("authorization"), "{seen}");
}
