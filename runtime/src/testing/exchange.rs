//! One scripted exchange.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use futures_util::{StreamExt as _, stream};
use http::{Method, Request, Response};

use super::differ::laid_out;
use super::tokens::same;
use crate::Untyped;
use crate::client::{Body, TransportError};

/// A request that is expected and the answer that it gets: `200 OK` with an empty body, if nothing else is said.
#[must_use = "an exchange does nothing until a transport expects it"]
pub struct Exchange {
    method: Method,
    target: String,
    headers: Vec<(String, Vec<u8>)>,
    sent: Option<Sent>,
    answer: http::response::Builder,
    wait: Duration,
    steps: Vec<Step>,
    fault: Option<TransportError>,
    respond: Option<Respond>,
}

type Respond = Box<dyn FnOnce(&Request<Bytes>, Exchange) -> Exchange + Send>;

/// What the request is to have in its body.
enum Sent {
    Json(String),
    Bytes(Bytes),
}

/// What the body of the answer does next.
enum Step {
    Piece(Result<Bytes, TransportError>),
    Pause(Duration),
}

impl Exchange {
    /// Expects a request with this method and target, the target being the path of the URL and its query as they
    /// are sent: `/v1/orders/1?$select=id`. Its headers and its body may be anything, if nothing else is said.
    pub fn new(method: Method, target: impl Into<String>) -> Self {
        Self {
            method,
            target: target.into(),
            headers: Vec::new(),
            sent: None,
            answer: Response::builder(),
            wait: Duration::ZERO,
            steps: Vec::new(),
            fault: None,
            respond: None,
        }
    }

    /// Expects a `GET`.
    pub fn get(target: impl Into<String>) -> Self {
        Self::new(Method::GET, target)
    }

    /// Expects a `POST`.
    pub fn post(target: impl Into<String>) -> Self {
        Self::new(Method::POST, target)
    }

    /// Expects a `PATCH`.
    pub fn patch(target: impl Into<String>) -> Self {
        Self::new(Method::PATCH, target)
    }

    /// Expects a `DELETE`.
    pub fn delete(target: impl Into<String>) -> Self {
        Self::new(Method::DELETE, target)
    }

    /// Expects a body that says this in this order: white space and escapes do not matter, digits do. `***` in a string
    /// stands for anything. Text that is no JSON fails the exchange.
    pub fn expects_json(mut self, body: impl Into<String>) -> Self {
        self.sent = Some(Sent::Json(body.into()));
        self
    }

    /// Expects these bytes as the body; none for no body.
    pub fn expects_body(mut self, body: impl Into<Bytes>) -> Self {
        self.sent = Some(Sent::Bytes(body.into()));
        self
    }

    /// Expects a header with this value among those of its name.
    pub fn expects_header(mut self, name: impl Into<String>, value: impl AsRef<[u8]>) -> Self {
        self.headers.push((name.into(), value.as_ref().to_owned()));
        self
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
        self.steps.push(Step::Piece(Ok(piece.into())));
        self
    }

    /// [`body`](Self::body), and the header that says it is JSON.
    pub fn json(self, body: impl Into<Bytes>) -> Self {
        self.header("content-type", "application/json;odata.metadata=minimal").body(body)
    }

    /// Waits before the answer begins, by the clock of tokio: in a test with `start_paused` that takes no time.
    pub fn after(mut self, wait: Duration) -> Self {
        self.wait = wait;
        self
    }

    /// Waits before the next piece of the body, or before its end, by the clock of tokio.
    pub fn pause(mut self, wait: Duration) -> Self {
        self.steps.push(Step::Pause(wait));
        self
    }

    /// Breaks the body off where it stands.
    pub fn broken_off(mut self, error: TransportError) -> Self {
        self.steps.push(Step::Piece(Err(error)));
        self
    }

    /// Gives no answer at all.
    pub fn fails(mut self, error: TransportError) -> Self {
        self.fault = Some(error);
        self
    }

    /// Lets a function answer that has seen the request. It is given the exchange as far as it has been described, and gives
    /// it back with the answer in it: `|request, exchange| exchange.json(..)`.
    pub fn respond(mut self, answer: impl FnOnce(&Request<Bytes>, Self) -> Self + Send + 'static) -> Self {
        self.respond = Some(Box::new(answer));
        self
    }

    /// Whether this is the request. `Err(None)`: it is another one; `Err(Some(why))`: it is, but for this.
    pub(super) fn is_for(&self, request: &Request<Bytes>) -> Result<(), Option<String>> {
        let target = request.uri().path_and_query().map_or("", |target| target.as_str());
        if self.method != request.method() || self.target != target {
            return Err(None);
        }
        for (name, value) in &self.headers {
            if !request.headers().get_all(name).iter().any(|it| it.as_bytes() == value) {
                return Err(Some(format!("its header `{name}` is not what is expected")));
            }
        }
        let is_it = match &self.sent {
            None => true,
            Some(Sent::Bytes(bytes)) => bytes == request.body(),
            Some(Sent::Json(json)) if Untyped::from_json(json).is_err() => {
                return Err(Some("the expected body is no JSON".to_owned()));
            }
            Some(Sent::Json(json)) => std::str::from_utf8(request.body()).is_ok_and(|sent| same(json, sent)),
        };
        if is_it { Ok(()) } else { Err(Some("its body is not what is expected".to_owned())) }
    }

    pub(super) async fn answer(mut self, request: &Request<Bytes>) -> Result<Response<Body>, TransportError> {
        if let Some(respond) = self.respond.take() {
            self = respond(request, self);
        }
        pause(self.wait).await;
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        let pieces = stream::iter(self.steps).filter_map(async |step| match step {
            Step::Piece(piece) => Some(piece),
            Step::Pause(wait) => {
                pause(wait).await;
                None
            }
        });
        self.answer.body(Body::stream(pieces)).map_err(TransportError::new)
    }

    pub(super) fn describe(&self) -> String {
        laid_out(self.method.as_str(), &self.target)
    }
}

/// Who does not wait needs no clock.
async fn pause(wait: Duration) {
    if !wait.is_zero() {
        tokio::time::sleep(wait).await;
    }
}

impl fmt::Debug for Exchange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A query may hold secrets.
        let path = self.target.split('?').next();
        f.debug_struct("Exchange").field("method", &self.method).field("path", &path).finish_non_exhaustive()
    }
}
