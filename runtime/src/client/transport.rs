//! The seam: whatever carries an HTTP request to a service and brings back the answer.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;

use super::BoxFuture;
use super::body::Body;
use super::error::scrub;

/// Carries one request and brings back one answer, whatever its status.
///
/// Middleware is a transport that wraps one; so are recording, replay, a test's script and an app's own
/// HTTP client. A transport must not follow redirects: a request bears a token that is meant for one
/// origin alone. A transport that asks for compressed answers decompresses them: the client's cap is for what comes
/// out (E-23).
pub trait Transport: Send + Sync + 'static {
    /// Sends `request` and returns as soon as the head of the answer is there; the body streams.
    ///
    /// # Errors
    ///
    /// When no answer came. An answer that says no is no error here.
    fn send(&self, request: http::Request<Bytes>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>>;
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(&self, request: http::Request<Bytes>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        (**self).send(request)
    }
}

impl<T: Transport + ?Sized> Transport for Box<T> {
    fn send(&self, request: http::Request<Bytes>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        (**self).send(request)
    }
}

/// Stands among the extensions of a request that is tried again after 503: it is to go over a connection of its own,
/// since what stands behind the one before may be what is unavailable (E-10). [`ReqwestTransport`] heeds it.
///
/// [`ReqwestTransport`]: super::ReqwestTransport
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewConnection;

/// No answer, or one that broke off: how far it got, and the text of the fault and of its causes with
/// URLs' queries and what looks like a secret taken out.
#[derive(Debug, Clone)]
pub struct TransportError {
    phase: Phase,
    text: String,
}

/// How far an exchange got. Decides whether it may be tried again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Connect,
    Timeout,
    Reset,
    Body,
    Other,
}

type Cause = Box<dyn std::error::Error + Send + Sync>;

impl TransportError {
    /// A fault that is none of the others.
    #[must_use]
    pub fn new(error: impl Into<Cause>) -> Self {
        Self::of(Phase::Other, error.into())
    }

    /// There was no connection: the service has not seen the request.
    #[must_use]
    pub fn connect(error: impl Into<Cause>) -> Self {
        Self::of(Phase::Connect, error.into())
    }

    /// A time limit passed.
    #[must_use]
    pub fn timeout(error: impl Into<Cause>) -> Self {
        Self::of(Phase::Timeout, error.into())
    }

    /// The connection broke before an answer came: the service may have seen the request.
    #[must_use]
    pub fn reset(error: impl Into<Cause>) -> Self {
        Self::of(Phase::Reset, error.into())
    }

    /// The head of the answer came, its body broke off.
    #[must_use]
    pub fn body(error: impl Into<Cause>) -> Self {
        Self::of(Phase::Body, error.into())
    }

    /// Whether there was no connection.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        self.phase == Phase::Connect
    }

    /// Whether a time limit passed.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.phase == Phase::Timeout
    }

    /// Whether the connection broke before an answer came.
    #[must_use]
    pub fn is_reset(&self) -> bool {
        self.phase == Phase::Reset
    }

    /// Whether the body of the answer broke off.
    #[must_use]
    pub fn is_body(&self) -> bool {
        self.phase == Phase::Body
    }

    // The cause itself is not kept: its own `Debug` and causes may show a URL with its query.
    #[allow(clippy::needless_pass_by_value)] // it ends here, and the callers own it
    fn of(phase: Phase, error: Cause) -> Self {
        Self { phase, text: scrub::chain(&*error) }
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.phase {
            Phase::Connect => "no connection: ",
            Phase::Timeout => "a time limit passed: ",
            Phase::Reset => "the connection broke: ",
            Phase::Body => "the answer broke off: ",
            Phase::Other => "",
        })?;
        f.write_str(&self.text)
    }
}

impl std::error::Error for TransportError {}
