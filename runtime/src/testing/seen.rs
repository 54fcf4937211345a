//! An exchange as it was, and what is written of it.

use bytes::Bytes;
use http::{HeaderMap, Request, StatusCode};

use super::recorded::{Answer, Fault, Payload, Recorded};
use super::redact::Redaction;

/// Headers that say nothing about anybody. Every other one is written as `***`; those that would not be true of a
/// redacted body are left out.
const HARMLESS: [&str; 18] = [
    "accept",
    "allow",
    "cache-control",
    "client-request-id",
    "consistencylevel",
    "content-type",
    "date",
    "etag",
    "if-match",
    "if-none-match",
    "location",
    "odata-maxversion",
    "odata-version",
    "prefer",
    "preference-applied",
    "request-id",
    "retry-after",
    "user-agent",
];
const UNTRUE: [&str; 3] = ["content-encoding", "content-length", "transfer-encoding"];

/// An exchange as it was.
pub(super) struct Seen {
    pub(super) request: Request<Bytes>,
    pub(super) answer: Option<(StatusCode, HeaderMap, Vec<u8>)>,
    pub(super) fault: Option<Fault>,
}

/// Method and path of an exchange, for the name of its file: the last two segments that are words.
pub(super) fn words(exchange: &Recorded) -> String {
    let path = exchange.target.split(['?', '#']).next().unwrap_or_default();
    let word = |segment: &str| {
        let name: String =
            segment.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '$')).collect();
        let is_word =
            name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '$') && !segment.contains(['-', '%', '@']);
        is_word.then(|| name.rsplit('.').next().unwrap_or_default().chars().take(40).collect::<String>())
    };
    let mut last: Vec<_> = path.rsplit('/').filter_map(word).take(2).collect();
    last.push(exchange.method.to_ascii_lowercase());
    last.reverse();
    last.join("-")
}

impl Seen {
    fn bodies(&self) -> impl Iterator<Item = &str> {
        let answer = self.answer.as_ref().map(|(_, _, body)| &**body);
        // Bytes that are no text have no properties.
        [Some(&**self.request.body()), answer].into_iter().flatten().filter_map(|body| std::str::from_utf8(body).ok())
    }

    /// Tells what is secret and personal in it.
    pub(super) fn teach(&self, redaction: &mut Redaction) {
        for value in self.request.headers().get_all(http::header::AUTHORIZATION) {
            let text = String::from_utf8_lossy(value.as_bytes());
            redaction.learn_secret(text.split_once(' ').map_or(&*text, |(_, token)| token).trim());
        }
        redaction.learn_target(target(&self.request));
        self.bodies().for_each(|body| redaction.learn(target(&self.request), body));
    }

    /// What is written of it.
    pub(super) fn redacted(&self, redaction: &mut Redaction) -> Recorded {
        Recorded {
            method: self.request.method().to_string(),
            target: redaction.text(target(&self.request)),
            headers: headers(self.request.headers(), redaction),
            body: payload(target(&self.request), self.request.body(), redaction),
            answer: self.answer.as_ref().map(|(status, head, body)| Answer {
                status: status.as_u16(),
                headers: headers(head, redaction),
                body: payload(target(&self.request), body, redaction),
            }),
            fault: self.fault.as_ref().map(|it| Fault { phase: it.phase, text: redaction.text(&it.text) }),
        }
    }
}

fn target(request: &Request<Bytes>) -> &str {
    request.uri().path_and_query().map_or("/", |target| target.as_str())
}

fn headers(headers: &HeaderMap, redaction: &mut Redaction) -> Vec<(String, String)> {
    let told = headers.iter().filter(|(name, _)| !UNTRUE.contains(&name.as_str()));
    let mut told: Vec<_> = told
        .map(|(name, value)| {
            let harmless = value.to_str().ok().filter(|_| HARMLESS.contains(&name.as_str()));
            (name.to_string(), harmless.map_or_else(|| "***".to_owned(), |value| redaction.text(value)))
        })
        .collect();
    // The order in which a map gives them is no fact of the exchange. Values of one name stay in theirs.
    told.sort_by(|a, b| a.0.cmp(&b.0));
    told
}

fn payload(target: &str, body: &[u8], redaction: &mut Redaction) -> Payload {
    match Payload::of(body) {
        Payload::Empty => Payload::Empty,
        Payload::Json(json) => Payload::Json(redaction.json(target, &json)),
        // JSON that is cut off, a page, a form: first by its properties if it has any, then by what it looks like.
        Payload::Text(text) if text.trim_start().starts_with(['{', '[', '\u{feff}']) => {
            Payload::Text(redaction.json(target, &text))
        }
        Payload::Text(text) => Payload::Text(redaction.text(&text)),
        Payload::Bytes(bytes) => {
            let text = String::from_utf8_lossy(&bytes);
            // Mostly no text at all; but what can be seen in it must not be.
            if redaction.text(&text) == text { Payload::Bytes(bytes) } else { Payload::Text("***".to_owned()) }
        }
    }
}
