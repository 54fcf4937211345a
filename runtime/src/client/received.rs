//! An answer that was read, and whether it is one.

use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};

use super::body::Stop;
use super::error::{Answer, Error, scrub};
use super::token::Token;
use crate::{Value, from_slice};

/// An answer with as much of its body as was read.
pub(super) struct Received {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
    /// Why the body was not read to its end.
    pub(super) stop: Option<Stop>,
    /// What the request bore, to take it out of an error that repeats it.
    pub(super) token: Token,
}

impl Received {
    /// The answer, if the service said yes and sent JSON, all of it (W-33).
    pub(super) fn accepted(self) -> Result<Self, Error> {
        let answer = self.answer();
        if !self.status.is_success() {
            // Also when the body broke off: the status counts.
            return Err(Error::status_of(answer.explained_by(&self.body, self.token.expose())));
        }
        match self.stop {
            Some(Stop::Cap(cap)) => {
                return Err(Error::body(answer, format!("the body is longer than {cap} bytes")));
            }
            Some(Stop::Fault(error)) => return Err(Error::broken(answer, error)),
            None => {}
        }
        if self.body.trim_ascii().is_empty() {
            return Err(Error::body(answer, "the body is empty, where JSON should be"));
        }
        if let Some(other) = self.other_than_json() {
            let answer = answer.with_excerpt(&self.body, self.token.expose());
            return Err(Error::body(answer, format!("the body is {other}, not JSON")));
        }
        Ok(self)
    }

    pub(super) fn decode<T: Value>(self) -> Result<T, Error> {
        from_slice(&self.body).map_err(|error| Error::decode(self.answer(), error))
    }

    fn answer(&self) -> Answer {
        Answer::head(self.status, &self.headers)
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
