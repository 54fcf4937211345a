//! An answer that was read, and whether it is one.

use std::time::Duration;

use http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use http::{HeaderMap, StatusCode};
use tracing::Span;

use super::Client;
use super::body::Stop;
use super::challenge;
use super::error::{Answer, Error, scrub};
use super::exchange::Context;
use super::operation::Operation;
use super::token::Token;
use super::trace;
use super::transport::TransportError;
use crate::DecodeError;

/// An answer with as much of its body as was read.
pub(super) struct Received {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    /// How long the service asks to wait (E-11).
    pub(super) asked: Option<Duration>,
    pub(super) body: Vec<u8>,
    /// Why the body was not read to its end.
    pub(super) stop: Option<Stop>,
    /// What the request bore, to take it out of an error that repeats it.
    pub(super) token: Token,
    pub(super) operation: Option<&'static Operation>,
    /// Of which request it is the answer, once it is accepted.
    pub(super) context: Option<Context>,
    /// What shows the request to the app, until the document has been read.
    pub(super) span: Span,
}

impl Received {
    /// The answer, if the service said yes and all of it came (W-33).
    pub(super) fn accepted(mut self, client: &Client) -> Result<Self, Error> {
        if !self.status.is_success() {
            // Also when the body broke off: the status counts.
            let answer = self.answer().explained_by(&self.body, self.token.expose());
            return Err(Error::status_of(answer.advised_by(client, &self.token)));
        }
        if self.status == StatusCode::PARTIAL_CONTENT {
            return Err(self.fault("this is a part of the answer, which nobody asked for"));
        }
        match self.stop.take() {
            Some(Stop::Cap(cap)) => Err(self.fault(format!("the body is longer than {cap} bytes"))),
            Some(Stop::Fault(error)) => Err(Error::broken(self.answer(), error)),
            // To a type of which every property may be absent it would be an empty value.
            None if Answer::is_error(&self.body) => {
                let answer = self.answer().explained_by(&self.body, self.token.expose());
                Err(Error::body(answer, "the body is an error, in spite of the status"))
            }
            None => Ok(self),
        }
    }

    /// The JSON document; `None`: the body is empty.
    pub(super) fn json(&self) -> Result<Option<&[u8]>, Error> {
        if self.body.trim_ascii().is_empty() {
            return Ok(None);
        }
        if let Some(name) = self.compression() {
            return Err(self.fault(format!(
                "the body is compressed as {name}: the transport should have decompressed it, or not have asked for it"
            )));
        }
        match self.other_than_json() {
            Some(other) => {
                let answer = self.answer().with_excerpt(&self.body, self.token.expose());
                Err(self.told(Error::body(answer, format!("the body is {other}, not JSON"))))
            }
            None => Ok(Some(&self.body)),
        }
    }

    /// An error of what the document says.
    pub(super) fn misread(&self, error: DecodeError) -> Error {
        self.told(Error::decode(self.answer(), error))
    }

    pub(super) fn fault(&self, why: impl Into<String>) -> Error {
        self.told(Error::body(self.answer(), why))
    }

    fn told(&self, error: Error) -> Error {
        trace::failed(&self.span, &error);
        let error = error.of(self.operation);
        match &self.context {
            Some(context) => error.after(context.clone()),
            None => error,
        }
    }

    /// Why the body broke off, if it did and matters: of an answer that says no the status counts.
    pub(super) fn fault_of_transport(&self) -> Option<&TransportError> {
        match &self.stop {
            Some(Stop::Fault(error)) if self.status.is_success() => Some(error),
            _ => None,
        }
    }

    fn answer(&self) -> Answer {
        Answer::head(self.status, &self.headers, self.asked, self.token.expose())
    }

    /// The claims that the service asks for in a token, as JSON (E-24).
    pub(super) fn claims(&self) -> Option<String> {
        let is_about_tokens = matches!(self.status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN);
        is_about_tokens.then(|| challenge::claims(&self.headers)).flatten()
    }

    /// How the body is still compressed: the stock transport takes the header away with the compression (E-23).
    fn compression(&self) -> Option<String> {
        let name = String::from_utf8_lossy(self.headers.get(CONTENT_ENCODING)?.as_bytes()).trim().to_ascii_lowercase();
        (!name.is_empty() && name != "identity").then(|| scrub::scrub_with(&name, self.token.expose()))
    }

    /// What the body is, if it is not JSON: its media type says so, or it is markup under another name or none.
    fn other_than_json(&self) -> Option<String> {
        if let Some(value) = self.headers.get(CONTENT_TYPE) {
            let text = String::from_utf8_lossy(value.as_bytes());
            let media = text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
            if media != "application/json" && !media.ends_with("+json") {
                return Some(scrub::scrub_with(&media, self.token.expose()));
            }
        }
        self.body.trim_ascii_start().starts_with(b"<").then(|| "markup".to_owned())
    }
}
