//! The stock transport, over reqwest.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use futures_util::stream;

use super::BoxFuture;
use super::body::Body;
use super::error::Error;
use super::transport::{Transport, TransportError};

pub(super) const CONNECT: Duration = Duration::from_secs(10);
/// Between two pieces of an answer.
pub(super) const READ: Duration = Duration::from_secs(60);
/// The whole exchange, body included: a server that sends a byte a second trips no other limit.
pub(super) const TOTAL: Duration = Duration::from_secs(300);

/// Whether it can reach what is not on the loopback interface.
pub(super) const HAS_TLS: bool = cfg!(any(feature = "rustls", feature = "native-tls"));

/// Requests through a [`reqwest::Client`], in a runtime of tokio.
///
/// An app's own client is taken as it is (`From`). Its redirects should be off: reqwest takes the token
/// out of a request that is redirected to another host, but leaves every other header in.
#[derive(Clone)]
pub struct ReqwestTransport(reqwest::Client);

impl ReqwestTransport {
    /// A transport with the settings of [`builder`](Self::builder).
    ///
    /// # Errors
    ///
    /// When TLS cannot be set up, as on a machine without any root certificate.
    pub fn new() -> Result<Self, Error> {
        Self::build(Self::builder())
    }

    /// Our settings, for an app to change what it likes (proxy, limits, certificates) before it is
    /// [built](Self::build): no redirects, no referer, 10 s to connect, 60 s between two pieces of an
    /// answer, 300 s for all of it. Answers may come compressed by gzip, and by nothing else, whatever other crates of
    /// the app switch on in reqwest; limits count what comes out. TLS is that of the system with the feature `native-tls`, else rustls.
    pub fn builder() -> reqwest::ClientBuilder {
        let builder = reqwest::Client::builder();
        #[cfg(feature = "native-tls")]
        let builder = builder.tls_backend_native();
        builder
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .gzip(true)
            .no_brotli()
            .no_deflate()
            .no_zstd()
            .connect_timeout(CONNECT)
            .read_timeout(READ)
            .timeout(TOTAL)
    }

    /// A transport with these settings.
    ///
    /// # Errors
    ///
    /// When TLS cannot be set up, as on a machine without any root certificate.
    pub fn build(builder: reqwest::ClientBuilder) -> Result<Self, Error> {
        match builder.build() {
            Ok(client) => Ok(Self(client)),
            Err(error) => Err(Error::refused(format!("the HTTP client cannot be set up: {}", transport_error(error)))),
        }
    }
}

impl From<reqwest::Client> for ReqwestTransport {
    fn from(client: reqwest::Client) -> Self {
        Self(client)
    }
}

impl Transport for ReqwestTransport {
    fn send(&self, request: http::Request<Bytes>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let request = reqwest::Request::try_from(request).map_err(transport_error)?;
            let mut response = self.0.execute(request).await.map_err(transport_error)?;
            let mut answer = http::Response::new(());
            *answer.status_mut() = response.status();
            *answer.version_mut() = response.version();
            *answer.headers_mut() = std::mem::take(response.headers_mut());
            Ok(answer.map(|()| body(response)))
        })
    }
}

fn body(response: reqwest::Response) -> Body {
    Body::stream(stream::unfold(Some(response), async |response| {
        let mut response = response?;
        match response.chunk().await {
            Ok(Some(piece)) => Some((Ok(piece), Some(response))),
            Ok(None) => None,
            // Nothing comes after a fault.
            Err(error) => Some((Err(transport_error(error)), None)),
        }
    }))
}

/// Without its URL: what reqwest shows of it includes the query.
fn transport_error(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    // A connection that took too long is no connection in the first place.
    if error.is_connect() {
        TransportError::connect(error)
    } else if error.is_timeout() {
        TransportError::timeout(error)
    } else if error.is_body() || error.is_decode() {
        TransportError::body(error)
    } else if error.is_request() {
        TransportError::reset(error)
    } else {
        TransportError::new(error)
    }
}

impl fmt::Debug for ReqwestTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReqwestTransport(..)") // reqwest shows default headers, which may be secrets
    }
}
