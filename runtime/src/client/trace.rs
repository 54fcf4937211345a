//! What an app's `tracing` subscriber is told: a span a logical request, and in it a span a try.
//!
//! Names and fields are those of OpenTelemetry's conventions for HTTP clients (1.2x, "HTTP spans"), and
//! `otel.name`, `otel.kind` and `otel.status_code` are what the crate tracing-opentelemetry reads. `url.full` is left
//! out, though the conventions ask for it: the keys in it tell who somebody is, and its query holds tokens of the
//! service (E-4). What a body or an error says stays out for the same reason.

use std::borrow::Cow;
use std::time::Duration;

use http::{HeaderMap, StatusCode};
use tracing::field::{Empty, display};
use tracing::{Level, Span, event};

use super::error::{Error, scrub};
use super::outgoing::Outgoing;
use super::received::Received;
use super::transport::TransportError;

/// Longer ids are none.
const ID: usize = 128;

/// A span with the fields that both kinds have. A macro, since each span's name and fields are constants.
macro_rules! span {
    ($name:literal, $kind:literal, $outgoing:expr, $id:expr) => {{
        let outgoing: &Outgoing = $outgoing;
        let span = tracing::info_span!(
            target: "odata_runtime::client",
            $name,
            otel.name = %Name(outgoing),
            otel.kind = $kind,
            otel.status_code = Empty,
            http.request.method = outgoing.method.as_str(),
            http.request.resend_count = Empty,
            http.response.status_code = Empty,
            url.template = outgoing.operation.map(|operation| operation.template),
            server.address = Empty,
            server.port = Empty,
            "error.type" = Empty,
            "http.request.header.client-request-id" = $id,
            "http.response.header.request-id" = Empty,
            odata.wait = Empty,
        );
        if !span.is_disabled()
            && let Some((host, port)) = outgoing.client.server()
        {
            span.record("server.address", display(host)).record("server.port", port);
        }
        span
    }};
}

/// The span of a logical request: all its tries, the waits between them, the tokens they need.
pub(super) fn request(outgoing: &Outgoing, id: &str) -> Span {
    span!("odata.request", "internal", outgoing, id)
}

/// The span of one try, which is the so many-th after the first.
pub(super) fn attempt(outgoing: &Outgoing, id: &str, resends: u32) -> Span {
    let span = span!("odata.try", "client", outgoing, id);
    resent(&span, resends);
    span
}

/// How often it was sent again. The conventions leave the field out of what was sent once.
pub(super) fn resent(span: &Span, resends: u32) {
    if resends > 0 {
        span.record("http.request.resend_count", resends);
    }
}

/// So much time was waited between the tries, in seconds.
pub(super) fn waited(span: &Span, wait: Duration) {
    if !wait.is_zero() {
        span.record("odata.wait", wait.as_secs_f64());
    }
}

/// The head of an answer came. `token` is taken out of an id that repeats it.
pub(super) fn answered(span: &Span, status: StatusCode, headers: &HeaderMap, token: &str) {
    if span.is_disabled() {
        return;
    }
    span.record("http.response.status_code", status.as_u16());
    let id = headers.get("request-id").and_then(|id| id.to_str().ok()).filter(|id| id.len() <= ID);
    if let Some(id) = id {
        span.record("http.response.header.request-id", scrub::scrub_with(id, token));
    }
    if !status.is_success() {
        span.record("error.type", status.as_str()).record("otel.status_code", "ERROR");
    }
}

/// It came to nothing.
pub(super) fn failed(span: &Span, error: &Error) {
    if span.is_disabled() {
        return;
    }
    span.record("error.type", &*kind_of(error)).record("otel.status_code", "ERROR");
    if let Some(status) = error.status() {
        span.record("http.response.status_code", status.as_u16());
    }
    if let Some(id) = error.request_id().filter(|id| id.len() <= ID) {
        span.record("http.response.header.request-id", id);
    }
}

/// The try is over, whatever came.
pub(super) fn tried(span: &Span, outcome: &Result<Received, Error>) {
    match outcome {
        Ok(received) => {
            if let Some(fault) = received.fault_of_transport() {
                span.record("error.type", kind_of_transport(fault)).record("otel.status_code", "ERROR");
            }
        }
        Err(error) => failed(span, error),
    }
}

/// The event of a retry, within the span of the request, before the wait for it: after which outcome, which retry it
/// is, and for how many seconds.
pub(super) fn again(outcome: &Result<Received, Error>, resends: u32, wait: Duration) {
    event!(
        target: "odata_runtime::client",
        Level::INFO,
        {
            http.request.resend_count = resends,
            odata.wait = wait.as_secs_f64(),
            "error.type" = &*why(outcome),
        },
        "the request waits to be tried again"
    );
}

fn why(outcome: &Result<Received, Error>) -> Cow<'static, str> {
    match outcome {
        Ok(received) => match received.fault_of_transport() {
            Some(fault) => Cow::Borrowed(kind_of_transport(fault)),
            None => Cow::Owned(received.status.as_str().to_owned()),
        },
        Err(error) => kind_of(error),
    }
}

/// The conventions' `error.type`: the status, or one of few words.
fn kind_of(error: &Error) -> Cow<'static, str> {
    if let Some(fault) = error.transport() {
        Cow::Borrowed(kind_of_transport(fault))
    } else if error.is_decode() {
        Cow::Borrowed("decode")
    } else if error.is_token() {
        Cow::Borrowed("token")
    } else if error.is_refused() {
        Cow::Borrowed("refused")
    } else {
        error.status().map_or(Cow::Borrowed("_OTHER"), |status| Cow::Owned(status.as_str().to_owned()))
    }
}

fn kind_of_transport(fault: &TransportError) -> &'static str {
    if fault.is_connect() {
        "connect"
    } else if fault.is_timeout() {
        "timeout"
    } else if fault.is_reset() {
        "reset"
    } else if fault.is_body() {
        "body"
    } else {
        "_OTHER"
    }
}

/// `GET /orders/{id}`: what the conventions call a span.
struct Name<'a>(&'a Outgoing);

impl std::fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0.method.as_str())?;
        match self.0.operation {
            Some(operation) => write!(f, " {}", operation.template),
            None => Ok(()),
        }
    }
}
