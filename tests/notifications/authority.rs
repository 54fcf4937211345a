//! N-12, R-10: the keys of an authority, asked for over a transport, kept and renewed.

use std::time::Duration;

use odata_runtime::graph::{Authority, NoAuthority};
use odata_runtime::notifications::NotGenuine;
use serde_json::json;

use super::issuer::{Issuer, TENANT, claims, header, judged_by, jwk, later, rich, signed, signed_as};

#[tokio::test]
async fn n12_what_is_no_key_set() {
    let good = || signed(&claims(1, TENANT));
    let fails = async |issuer: Issuer| {
        let fault = issuer.validator().check(&rich(&[TENANT], &[good()])).await.unwrap_err();
        assert!(fault.is_passing(), "{fault:?}");
        fault.to_string()
    };
    let issuer = Issuer::new();
    issuer.metadata(|it| it["jwks_uri"] = json!("https://evil.example/keys"));
    assert!(fails(issuer).await.ends_with("name no address of keys at its own origin"));
    for address in ["http://login.microsoftonline.com/keys", "https://u@login.microsoftonline.com/keys", "/keys", ""] {
        let issuer = Issuer::new();
        issuer.metadata(|it| it["jwks_uri"] = json!(address));
        fails(issuer.clone()).await;
        assert_eq!(issuer.asked().len(), 1, "{address}");
    }
    let issuer = Issuer::new();
    // Without a place for the tenant it would be one issuer for all.
    issuer.metadata(|it| it["issuer"] = json!("https://sts.windows.net/common/"));
    assert!(fails(issuer).await.ends_with("name no issuer for each tenant"));
    let issuer = Issuer::new();
    issuer.answers(503);
    assert!(fails(issuer).await.ends_with("the answer is 503"));
    let issuer = Issuer::new();
    issuer.metadata(|it| *it = json!("<html>"));
    assert!(fails(issuer).await.ends_with("not what it should be"));
    // Other keys of the set are no fault.
    let issuer = Issuer::new();
    issuer.keys(|keys| {
        let mut of_encryption = jwk("k1");
        of_encryption["use"] = "enc".into();
        *keys = json!([{ "kty": "EC", "kid": "k1", "crv": "P-256" }, { "kty": "RSA" }, of_encryption, {}, jwk("k1")]);
    });
    assert_eq!(judged_by(&issuer, good()).await, Ok(()));
}

#[test]
fn what_is_no_authority() {
    for url in [
        "",
        "login.example",
        "http://login.example",
        "https://u:p@login.example",
        "https://login.example?a",
        "https://l#a",
    ] {
        assert_eq!(Authority::new(url).unwrap_err(), NoAuthority, "{url}");
    }
    assert_eq!(
        Authority::new("https://login.example/").unwrap().metadata(),
        "https://login.example/common/.well-known/openid-configuration"
    );
}

#[tokio::test(start_paused = true)]
async fn r10_an_unknown_key_asks_once_an_interval() {
    let issuer = Issuer::new();
    let validator = issuer.validator();
    let delivery = |kid: &str| rich(&[TENANT], &[signed_as(&header(kid), &claims(1, TENANT))]);
    validator.check(&delivery("k1")).await.unwrap();
    assert_eq!(issuer.times(), 1);
    for kid in ["made", "up", "k2"] {
        assert!(matches!(validator.check(&delivery(kid)).await, Err(NotGenuine::UnknownKey)));
    }
    assert_eq!(issuer.times(), 1, "the keys were asked for a moment ago");
    tokio::time::advance(Duration::from_secs(299)).await;
    assert!(matches!(validator.check(&delivery("k2")).await, Err(NotGenuine::UnknownKey)));
    assert_eq!(issuer.times(), 1);
    // The authority has a new key, and the next unknown name finds it.
    issuer.keys(|keys| *keys = json!([jwk("k1"), jwk("k2")]));
    tokio::time::advance(Duration::from_secs(1)).await;
    validator.check(&delivery("k2")).await.unwrap();
    validator.check(&delivery("k1")).await.unwrap();
    assert_eq!(issuer.times(), 2);
    // A fault in the meantime does not make it ask faster, since there are keys.
    issuer.answers(500);
    tokio::time::advance(Duration::from_secs(300)).await;
    for _ in 0..5 {
        let fault = validator.check(&delivery("made up")).await.unwrap_err();
        assert!(fault.is_passing());
    }
    assert_eq!(issuer.times(), 3);
    validator.check(&delivery("k1")).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn n12_keys_are_kept_for_a_day_and_asked_for_after_half_of_it() {
    let issuer = Issuer::new();
    let validator = issuer.validator();
    let delivery = rich(
        &[TENANT],
        &[signed(&{
            let mut claims = claims(1, TENANT);
            claims["exp"] = later(30 * 24 * 3600);
            claims
        })],
    );
    let hours = |it: u64| tokio::time::advance(Duration::from_secs(it * 3600));
    validator.check(&delivery).await.unwrap();
    hours(11).await;
    validator.check(&delivery).await.unwrap();
    assert_eq!(issuer.times(), 1);
    hours(1).await;
    validator.check(&delivery).await.unwrap();
    assert_eq!(issuer.times(), 2);
    // It is down for the rest of the day, and nobody notices; then its keys are not to be relied on any more.
    issuer.answers(503);
    hours(23).await;
    validator.check(&delivery).await.unwrap();
    hours(1).await;
    assert!(validator.check(&delivery).await.unwrap_err().is_passing());
    issuer.answers(200);
    tokio::time::advance(Duration::from_secs(10)).await;
    validator.check(&delivery).await.unwrap();
    // What is withdrawn is not accepted after that.
    issuer.keys(|keys| *keys = json!([]));
    hours(12).await;
    assert!(matches!(validator.check(&delivery).await, Err(NotGenuine::UnknownKey)));
}

#[tokio::test(start_paused = true)]
async fn n12_an_authority_that_is_down_is_asked_again_after_ten_seconds() {
    let issuer = Issuer::new();
    issuer.answers(503);
    let validator = issuer.validator();
    let delivery = rich(&[TENANT], &[signed(&claims(1, TENANT))]);
    for _ in 0..100 {
        assert!(validator.check(&delivery).await.unwrap_err().is_passing());
    }
    assert_eq!(issuer.times(), 1);
    tokio::time::advance(Duration::from_secs(10)).await;
    issuer.answers(200);
    validator.check(&delivery).await.unwrap();
    assert_eq!(issuer.times(), 2);
}

#[tokio::test]
async fn r12_a_hundred_tasks_ask_once() {
    let issuer = Issuer::new();
    let validator = std::sync::Arc::new(issuer.validator());
    let tasks: Vec<_> = (0..100)
        .map(|_| {
            let validator = validator.clone();
            tokio::spawn(async move { validator.check(&rich(&[TENANT], &[signed(&claims(1, TENANT))])).await.is_ok() })
        })
        .collect();
    for task in tasks {
        assert!(task.await.unwrap());
    }
    assert_eq!(issuer.times(), 1);
}
