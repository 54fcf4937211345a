//! One scripted exchange.

use bytes::Bytes;
use futures_util::stream;
use http::{Method, Response};

use crate::client::{Body, TransportError};

/// A request that is expected and the answer that it gets: `200 OK` with an empty body, if nothing else is said.
#[derive(Debug)]
#[must_use = "an exchange does nothing until a transport expects it"]
pub struct Exchange {
    method: Method,
    target: String,
    answer: http::response::Builder,
    pieces: Vec<Result<Bytes, TransportError>>,
    fault: Option<TransportError>,
}

impl Exchange {
    /// Expects a request with this method and target, the target being the path of the URL and its query as they
    /// are sent: `/v1/orders/1?$select=id`.
    pub fn new(method: Method, target: impl Into<String>) -> Self {
        Self { method, target: target.into(), answer: Response::builder(), pieces: Vec::new(), fault: None }
    }

    /// Expects a `GET`.
    pub fn get(target: impl Into<String>) -> Self {
        Self::new(Method::GET, target)
    }

    /// Answers with this status. One that does not exist fails the exchange.
    pub fn status(mut self, status: u16) -> Self {
        self.answer = self.answer.status(status);
        self
    }

    /// Adds a header to the answer. A name or value that is none fails the exchange.
    pub fn header(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        self.answer = self.answer.header(name, value.as_ref());
        self
    }

    /// Adds to the body of the answer, which arrives in as many pieces as this was called.
    pub fn body(mut self, piece: impl Into<Bytes>) -> Self {
        self.pieces.push(Ok(piece.into()));
        self
    }

    /// [`body`](Self::body), and the header that says it is JSON.
    pub fn json(self, body: impl Into<Bytes>) -> Self {
        self.header("content-type", "application/json;odata.metadata=minimal").body(body)
    }

    /// Breaks the body off where it stands.
    pub fn broken_off(mut self, error: TransportError) -> Self {
        self.pieces.push(Err(error));
        self
    }

    /// Gives no answer at all.
    pub fn fails(mut self, error: TransportError) -> Self {
        self.fault = Some(error);
        self
    }

    pub(super) fn is_for(&self, method: &Method, target: &str) -> bool {
        self.method == method && self.target == target
    }

    pub(super) fn answer(self) -> Result<Response<Body>, TransportError> {
        match self.fault {
            Some(fault) => Err(fault),
            None => self.answer.body(Body::stream(stream::iter(self.pieces))).map_err(TransportError::new),
        }
    }

    pub(super) fn describe(&self) -> String {
        format!("{} {}", self.method, self.target)
    }
}
