//! R-1: certificates that are not to be trusted.

use std::net::SocketAddr;
use std::sync::Arc;

use odata_runtime::client::{Error, ReqwestTransport, StaticToken};
use odata_runtime::reqwest::Certificate;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

use crate::orders::{Client, Order, TOKEN};
use crate::server::{json, stock};

/// A certificate for this host, and whether it has ended.
fn certified(host: &str, is_expired: bool) -> (rcgen::Certificate, rcgen::KeyPair) {
    let key = rcgen::KeyPair::generate().unwrap();
    let mut of = rcgen::CertificateParams::new(vec![host.to_owned()]).unwrap();
    if is_expired {
        of.not_after = rcgen::date_time_ymd(2001, 1, 1);
    }
    (of.self_signed(&key).unwrap(), key)
}

/// A server with this certificate.
async fn listen((certificate, key): &(rcgen::Certificate, rcgen::KeyPair)) -> SocketAddr {
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    // Other crates of a build may switch on another provider of rustls.
    let provider = Arc::new(aws_lc_rs::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key)
        .unwrap();
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let (socket, _) = listener.accept().await.unwrap();
        let Ok(mut socket) = TlsAcceptor::from(Arc::new(config)).accept(socket).await else {
            return; // the client has hung up
        };
        let mut seen = [0; 4_096];
        let _ = socket.read(&mut seen).await;
        let _ = socket.write_all(&json(r#"{"id": "1"}"#)).await;
        let _ = socket.shutdown().await;
    });
    address
}

/// Asks the service there, under the name of its root, and trusts this certificate alone.
async fn ask(address: SocketAddr, trusted: &rcgen::Certificate) -> Result<Order, Error> {
    let trusted = Certificate::from_der(trusted.der()).unwrap();
    let settings = stock().tls_certs_only([trusted]).resolve("shop.example.com", address);
    let transport = ReqwestTransport::build(settings).unwrap();
    let client = Client::builder().tokens(StaticToken::new(TOKEN)).transport(transport).retries(0).build().unwrap();
    client.orders().by_id("1").get().send().await
}

#[tokio::test]
async fn r1_only_a_certificate_that_is_trusted_valid_and_the_hosts_own_is_talked_to() {
    let good = certified("shop.example.com", false);
    assert_eq!(ask(listen(&good).await, &good.0).await.unwrap().id.as_deref(), Some("1"));

    let (other, expired) = (certified("other.example.com", false), certified("shop.example.com", true));
    for (what, served, trusted) in [
        ("nobody vouches for it", &good, &other),
        ("it is another host's", &other, &other),
        ("it has ended", &expired, &expired),
    ] {
        let error = ask(listen(served).await, &trusted.0).await.expect_err(what);
        assert!(error.transport().is_some_and(|fault| fault.is_connect()), "{what}: {error}");
        assert!(error.to_string().contains("certificate"), "{what}: {error}");
    }
}
