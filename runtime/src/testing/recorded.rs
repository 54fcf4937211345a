//! One exchange as a recording keeps it.

use std::fmt;
use std::str::FromStr;

use bytes::Bytes;
use futures_util::stream;
use http::Response;

use super::differ::laid_out;
use super::tokens::{pretty, same};
use crate::Untyped;
use crate::client::{Body, TransportError};

/// A request, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Recorded {
    pub(super) method: String,
    /// The path of the URL and its query.
    pub(super) target: String,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Payload,
    pub(super) answer: Option<Answer>,
    /// Why there is no answer, or no more of one.
    pub(super) fault: Option<Fault>,
}

/// The head of an answer and as much of its body as was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Payload,
}

/// A body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Payload {
    Empty,
    /// Laid out to be read.
    Json(String),
    Text(String),
    Bytes(Vec<u8>),
}

/// A fault of a transport.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) phase: Phase,
    pub(super) text: String,
}

/// How far the exchange got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    Connect,
    Timeout,
    Reset,
    Body,
    Other,
}

const PHASES: [(Phase, &str); 5] = [
    (Phase::Connect, "connect"),
    (Phase::Timeout, "timeout"),
    (Phase::Reset, "reset"),
    (Phase::Body, "body"),
    (Phase::Other, "other"),
];

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known = PHASES.iter().find(|(phase, _)| phase == self);
        f.write_str(known.map_or("other", |(_, word)| word))
    }
}

impl FromStr for Phase {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        let known = PHASES.iter().find(|(_, known)| *known == word);
        known
            .map(|(phase, _)| *phase)
            .ok_or_else(|| "no kind of fault: connect, timeout, reset, body, other are".to_owned())
    }
}

impl Fault {
    pub(super) fn of(error: &TransportError) -> Self {
        let phase = match error {
            it if it.is_connect() => Phase::Connect,
            it if it.is_timeout() => Phase::Timeout,
            it if it.is_reset() => Phase::Reset,
            it if it.is_body() => Phase::Body,
            _ => Phase::Other,
        };
        let text = error.to_string();
        // Its words for the phase come back with the phase.
        let text = if phase == Phase::Other { None } else { text.split_once(": ") }.map_or(&*text, |(_, text)| text);
        Self { phase, text: text.split_whitespace().collect::<Vec<_>>().join(" ") }
    }

    fn error(self) -> TransportError {
        match self.phase {
            Phase::Connect => TransportError::connect(self.text),
            Phase::Timeout => TransportError::timeout(self.text),
            Phase::Reset => TransportError::reset(self.text),
            Phase::Body => TransportError::body(self.text),
            Phase::Other => TransportError::new(self.text),
        }
    }
}

impl Payload {
    /// Bytes as the best that they are.
    pub(super) fn of(bytes: &[u8]) -> Self {
        if bytes.is_empty() {
            return Self::Empty;
        }
        match std::str::from_utf8(bytes) {
            // The reader passes over a byte order mark, the layout would not.
            Ok(text) if !text.starts_with('\u{feff}') && Untyped::from_json(text).is_ok() => Self::Json(pretty(text)),
            Ok(text) => Self::Text(text.to_owned()),
            Err(_) => Self::Bytes(bytes.to_owned()),
        }
    }

    fn bytes(self) -> Bytes {
        match self {
            Self::Empty => Bytes::new(),
            Self::Json(text) | Self::Text(text) => Bytes::from(text),
            Self::Bytes(bytes) => Bytes::from(bytes),
        }
    }

    /// Whether a request with this body may be the recorded one.
    pub(super) fn is_like(&self, sent: &[u8]) -> bool {
        match (self, std::str::from_utf8(sent)) {
            (Self::Json(recorded), Ok(sent)) => same(recorded, sent),
            (Self::Text(recorded), Ok(sent)) => super::tokens::like(recorded, sent),
            (Self::Bytes(recorded), _) => recorded == sent,
            (Self::Empty, _) => sent.is_empty(),
            (Self::Json(_) | Self::Text(_), Err(_)) => false,
        }
    }
}

impl Recorded {
    /// The answer as a transport gives it.
    pub(super) fn answer(self) -> Result<Response<Body>, TransportError> {
        let fault = self.fault.map(Fault::error);
        let Some(answer) = self.answer else {
            return Err(fault.unwrap_or_else(|| TransportError::new("the recording has neither answer nor fault")));
        };
        let mut head = Response::builder().status(answer.status);
        for (name, value) in answer.headers {
            head = head.header(name, value);
        }
        let body = Some(answer.body.bytes()).filter(|it| !it.is_empty()).map(Ok);
        head.body(Body::stream(stream::iter(body.into_iter().chain(fault.map(Err))))).map_err(TransportError::new)
    }

    pub(super) fn describe(&self) -> String {
        laid_out(&self.method, &self.target)
    }
}
