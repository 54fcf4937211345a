//! The transport that plays a script.

use std::collections::VecDeque;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use http::{Request, Response};

use super::exchange::Exchange;
use crate::client::{Body, BoxFuture, Transport, TransportError};

/// Answers the requests that it expects, each as often as it was told to, in any order, and keeps all that it
/// sees. An unexpected request fails with an error of the transport, and [`verify`](Self::verify) tells of it.
///
/// Clones are one and the same: keep one, give one to the client.
#[derive(Debug, Clone, Default)]
pub struct InMemory(Arc<Mutex<Script>>);

#[derive(Debug, Default)]
struct Script {
    expected: VecDeque<Exchange>,
    seen: Vec<Request<Bytes>>,
    unexpected: Vec<String>,
}

impl InMemory {
    /// Expects nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Expects one more request. Of two that are expected alike, the first is answered first.
    pub fn expect(&self, exchange: Exchange) {
        self.script().expected.push_back(exchange);
    }

    /// What was sent, expected or not, in order. `Debug` of a request does not show its token.
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

impl Transport for InMemory {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        Box::pin(async move {
            let mut script = self.script();
            let target = request.uri().path_and_query().map_or("", |target| target.as_str()).to_owned();
            let method = request.method().clone();
            script.seen.push(request);
            let known = script.expected.iter().position(|exchange| exchange.is_for(&method, &target));
            let Some(exchange) = known.and_then(|at| script.expected.remove(at)) else {
                script.unexpected.push(format!("{method} {target}"));
                return Err(TransportError::new("the script does not expect this request: see `InMemory::verify`"));
            };
            exchange.answer()
        })
    }
}
