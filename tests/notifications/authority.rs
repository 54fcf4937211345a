//! N-12, R-10: the keys of an authority, asked for over a transport, kept and renewed.

use std::time::Duration;

use odata_runtime::bytes::Bytes;
use odata_runtime::client::{Body, BoxFuture, Transport, TransportError};
use odata_runtime::graph::{Authority, NoAuthority};
use odata_runtime::http::{Request, Response};
use odata_runtime::notifications::{NotGenuine, TokenValidator};
use serde_json::json;

use super::issuer::{APP, Issuer, LOGIN, TENANT, claims, header, judged_by, jwk, later, rich, signed, signed_as};

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
    for none in [json!([]), json!([{ "kty": "EC", "kid": "k1", "crv": "P-256" }]), json!(null)] {
        let issuer = Issuer::new();
        issuer.keys(|keys| *keys = none);
        assert!(fails(issuer).await.ends_with("has no key of RSA"));
    }
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
    issuer.keys(|keys| *keys = json!([jwk("k2")]));
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

/// An answer that leads elsewhere, that is endless, or that does not come.
#[tokio::test(start_paused = true)]
async fn n12_what_is_asked_is_bounded() {
    let delivery = rich(&[TENANT], &[signed(&claims(1, TENANT))]);
    for status in [301, 302, 307, 401, 404] {
        let issuer = Issuer::new();
        issuer.answers(status);
        let fault = issuer.validator().check(&delivery).await.unwrap_err();
        assert!(fault.to_string().ends_with(&format!("the answer is {status}")), "{fault}");
        assert_eq!(issuer.asked().len(), 1);
    }
    let issuer = Issuer::new();
    issuer.metadata(|it| it["other"] = json!("x".repeat(1024 * 1024)));
    let fault = issuer.validator().check(&delivery).await.unwrap_err();
    assert!(fault.is_passing() && fault.to_string().ends_with("is too long"), "{fault}");
    let validator = TokenValidator::new(Authority::new(LOGIN).unwrap(), [APP], Silent);
    let start = tokio::time::Instant::now();
    let fault = validator.check(&delivery).await.unwrap_err();
    assert!(fault.is_passing() && fault.to_string().ends_with("it does not answer"), "{fault}");
    assert_eq!(start.elapsed().as_secs(), 30);
}

/// It never answers.
struct Silent;

impl Transport for Silent {
    fn send(&self, _: Request<Bytes>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        Box::pin(std::future::pending())
    }
}

/// An answer without a key, as of something that stands before the authority, does not take the place of keys.
#[tokio::test(start_paused = true)]
async fn n12_no_keys_do_not_replace_keys() {
    let issuer = Issuer::new();
    let validator = issuer.validator();
    let delivery = |kid: &str| rich(&[TENANT], &[signed_as(&header(kid), &claims(1, TENANT))]);
    validator.check(&delivery("k1")).await.unwrap();
    issuer.keys(|keys| *keys = json!([]));
    tokio::time::advance(Duration::from_secs(300)).await;
    assert!(validator.check(&delivery("k2")).await.unwrap_err().is_passing());
    assert_eq!(issuer.times(), 2);
    validator.check(&delivery("k1")).await.unwrap();
}

/// Who goes away before the keys are there keeps nobody else from having them, and makes nobody ask more often.
#[tokio::test(start_paused = true)]
async fn r10_who_goes_away_does_not_take_the_answer_along() {
    let issuer = Issuer::new();
    let validator = issuer.validator();
    let delivery = |kid: &str| rich(&[TENANT], &[signed_as(&header(kid), &claims(1, TENANT))]);
    let gone = async |kid: &str| {
        let delivery = delivery(kid);
        tokio::select! {
            biased;
            known = validator.check(&delivery) => panic!("{known:?}, without asking"),
            () = std::future::ready(()) => {}
        }
    };
    let answered = async |questions: usize| {
        while issuer.asked().len() < questions {
            tokio::task::yield_now().await;
        }
        tokio::task::yield_now().await;
    };
    gone("made up").await;
    // Nobody can say yet whether this is a key.
    assert!(validator.check(&delivery("k1")).await.unwrap_err().is_passing());
    answered(2).await;
    validator.check(&delivery("k1")).await.unwrap();
    assert_eq!(issuer.times(), 1);
    issuer.keys(|keys| *keys = json!([jwk("k1"), jwk("k2")]));
    tokio::time::advance(Duration::from_secs(300)).await;
    gone("made up").await;
    assert!(validator.check(&delivery("k2")).await.unwrap_err().is_passing());
    answered(4).await;
    validator.check(&delivery("k2")).await.unwrap();
    assert_eq!(issuer.times(), 2);
}

/// A stream of made up names, from many at once.
#[tokio::test(start_paused = true)]
async fn r10_a_hostile_stream_of_keys_asks_once_an_interval() {
    let issuer = Issuer::new();
    let validator = std::sync::Arc::new(issuer.validator());
    for minutes in 0..30 {
        let tasks: Vec<_> = (0..20)
            .map(|number| {
                let validator = validator.clone();
                let token = signed_as(&header(&format!("{minutes}-{number}")), &claims(1, TENANT));
                tokio::spawn(async move { validator.check(&rich(&[TENANT], &[token])).await.is_err() })
            })
            .collect();
        for task in tasks {
            assert!(task.await.unwrap());
        }
        tokio::time::advance(Duration::from_secs(60)).await;
    }
    assert_eq!(issuer.times(), 6, "in 30 minutes");
    validator.check(&rich(&[TENANT], &[signed(&claims(1, TENANT))])).await.unwrap();
    assert_eq!(issuer.times(), 6);
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
