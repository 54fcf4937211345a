//! A credential of `azure_core` as a source of tokens.
#![cfg(all(feature = "azure", feature = "testing"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use odata_runtime::Changes;
use odata_runtime::azure_core::Error;
use odata_runtime::azure_core::credentials::{AccessToken, TokenCredential, TokenRequestOptions};
use odata_runtime::azure_core::error::ErrorKind;
use odata_runtime::client::{AzureCredential, Client, Operation, Service};
use odata_runtime::testing::{Exchange, InMemory};

const SERVICE: Service = Service::new("https://shop.example.com/v1", "https://shop.example.com/.default");
const LIST: Operation = Operation::new("/orders");

/// Gives a token for an hour, or fails.
#[derive(Debug)]
struct Credential {
    asked: AtomicUsize,
    fails: bool,
}

type Answer<'f> = Pin<Box<dyn Future<Output = Result<AccessToken, Error>> + Send + 'f>>;

impl TokenCredential for Credential {
    fn get_token<'a, 'b, 'c, 'd, 'f>(&'a self, scopes: &'b [&'c str], _: Option<TokenRequestOptions<'d>>) -> Answer<'f>
    where
        'a: 'f,
        'b: 'f,
        'c: 'f,
        'd: 'f,
    {
        assert_eq!(scopes, ["https://shop.example.com/.default"]);
        self.asked.fetch_add(1, Ordering::Relaxed);
        let end = SystemTime::now() + Duration::from_secs(3_600);
        Box::pin(async move {
            if self.fails {
                return Err(Error::with_message(ErrorKind::Credential, "client_secret=hush was refused"));
            }
            Ok(AccessToken::new("t0ken".to_owned(), end.into()))
        })
    }
}

fn client(fails: bool) -> (Client, InMemory, Arc<Credential>) {
    let credential = Arc::new(Credential { asked: AtomicUsize::new(0), fails });
    let service = InMemory::new();
    let tokens = AzureCredential::new(credential.clone());
    assert_eq!(format!("{tokens:?}"), "AzureCredential(..)");
    let client = Client::builder(&SERVICE).tokens(tokens).transport(service.clone()).build().unwrap();
    (client, service, credential)
}

#[tokio::test]
async fn its_token_is_sent_and_kept_as_long_as_it_says() {
    let (client, service, credential) = client(false);
    for _ in 0..3 {
        service.expect(Exchange::get("/v1/orders").json(r#"{"value": []}"#));
        client.path().segment("orders").list::<Changes>(&LIST).send().await.unwrap();
    }
    assert_eq!(service.requests()[2].headers()["authorization"], "Bearer t0ken");
    assert_eq!(credential.asked.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn its_failure_is_told_without_its_secrets() {
    let (client, service, _) = client(true);
    let error = client.path().segment("orders").list::<Changes>(&LIST).send().await.unwrap_err();
    assert!(error.is_token() && error.to_string().contains("client_secret=*** was refused"), "{error}");
    assert!(!format!("{error:?}").contains("hush") && service.requests().is_empty());
}
