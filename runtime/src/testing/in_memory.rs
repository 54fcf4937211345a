//! The transport that plays a script.

use std::collections::VecDeque;
use std::fmt::{self, Write as _};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use http::{Request, Response};

use super::differ::laid_out;
use super::exchange::Exchange;
use crate::client::{Body, BoxFuture, Transport, TransportError};

/// Answers the requests that it expects, each as often as it was told to, in any order or in
/// [that of the script](Self::in_order), and keeps all that it sees. An unexpected request fails with an error of the
/// transport that shows it, and [`verify`](Self::verify) tells of it.
///
/// Clones are one and the same: keep one, give one to the client.
#[derive(Clone, Default)]
pub struct InMemory(Arc<Mutex<Script>>);

#[derive(Default)]
struct Script {
    expected: VecDeque<Exchange>,
    seen: Vec<Request<Bytes>>,
    unexpected: Vec<String>,
    in_order: bool,
}

impl InMemory {
    /// Expects nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Expects nothing yet, and then one request after the other.
    #[must_use]
    pub fn in_order() -> Self {
        let it = Self::default();
        it.script().in_order = true;
        it
    }

    /// Expects one more request. Of two that are expected alike, the first is answered first.
    pub fn expect(&self, exchange: Exchange) {
        self.script().expected.push_back(exchange);
    }

    /// What was sent, expected or not, in order. `Debug` of a request shows its URL and its body, but
    /// not its token.
    #[must_use]
    pub fn requests(&self) -> Vec<Request<Bytes>> {
        self.script().seen.clone()
    }

    /// Whether exactly what was expected has been sent.
    ///
    /// # Errors
    ///
    /// A text that lists what was sent and not expected, and what was expected and not sent.
    pub fn verify(&self) -> Result<(), String> {
        let script = self.script();
        let mut text = String::new();
        for request in &script.unexpected {
            let _ = writeln!(text, "sent, not expected: {request}"); // writing to a String cannot fail
        }
        for exchange in &script.expected {
            let _ = writeln!(text, "expected, not sent: {}", exchange.describe());
        }
        if text.is_empty() { Ok(()) } else { Err(text) }
    }

    fn script(&self) -> MutexGuard<'_, Script> {
        // Nothing panics while the lock is held, and a script is whole after every step anyway.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Script {
    /// The exchange that this request begins.
    fn take(&mut self, request: &Request<Bytes>) -> Result<Exchange, TransportError> {
        self.seen.push(request.clone());
        let most = if self.in_order { 1 } else { usize::MAX };
        let mut why = String::new();
        let mut known = None;
        for (at, exchange) in self.expected.iter().enumerate().take(most) {
            match exchange.is_for(request) {
                Ok(()) => {
                    known = Some(at);
                    break;
                }
                Err(Some(reason)) if why.is_empty() => why = format!(" ({reason})"),
                Err(None) if self.in_order => why = format!(" (next is {})", exchange.describe()),
                Err(_) => {}
            }
        }
        if let Some(exchange) = known.and_then(|at| self.expected.remove(at)) {
            return Ok(exchange);
        }
        let target = request.uri().path_and_query().map_or("", |target| target.as_str());
        let unexpected = format!("{}{why}", laid_out(request.method().as_str(), target));
        let error = TransportError::new(format!("the script does not expect this request: {unexpected}"));
        self.unexpected.push(unexpected);
        Err(error)
    }
}

impl Transport for InMemory {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        Box::pin(async move {
            let taken = self.script().take(&request);
            // Without the lock: an answer may take its time, and expect more.
            taken?.answer(&request).await
        })
    }
}

/// Counts: URLs and bodies may hold secrets.
impl fmt::Debug for InMemory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let script = self.script();
        f.debug_struct("InMemory")
            .field("seen", &script.seen.len())
            .field("expected", &script.expected.len())
            .finish_non_exhaustive()
    }
}
