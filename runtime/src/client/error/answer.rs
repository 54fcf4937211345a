//! What an error keeps of an answer, scrubbed.

use std::time::Duration;

use http::header::{LOCATION, WWW_AUTHENTICATE};
use http::{HeaderMap, HeaderValue, StatusCode};
use url::Url;

use super::advice::advice;
use super::report::Report;
use super::scrub;
use crate::client::Client;
use crate::client::token::Token;

/// How much of a body an error shows, in characters.
const EXCERPT: usize = 1_024;

/// The head of an answer and what its body says about an error.
#[derive(Debug)]
pub(in crate::client) struct Answer {
    pub(super) status: StatusCode,
    pub(super) request_id: Option<String>,
    pub(super) retry_after: Option<Duration>,
    pub(super) date: Option<String>,
    pub(super) diagnostic: Option<String>,
    pub(super) codes: Vec<String>,
    pub(super) message: Option<String>,
    pub(super) excerpt: Option<String>,
    pub(super) advice: Option<String>,
    /// Where it redirects to: the origin alone.
    pub(super) redirect: Option<String>,
    /// What the service asks of a token (RFC 6750, section 3).
    pub(super) challenge: Option<String>,
}

impl Answer {
    /// Reads the head. `token` is taken out of it, should the service repeat it.
    pub(in crate::client) fn head(
        status: StatusCode,
        headers: &HeaderMap,
        retry_after: Option<Duration>,
        token: &str,
    ) -> Self {
        let text = |name| header(headers, name, token);
        Self {
            status,
            request_id: text("request-id"),
            retry_after,
            date: text("date"),
            diagnostic: text("x-ms-ags-diagnostic"),
            codes: Vec::new(),
            message: None,
            excerpt: None,
            advice: None,
            redirect: Some(status).filter(StatusCode::is_redirection).and_then(|_| redirect(headers)),
            challenge: challenge(headers, token),
        }
    }

    /// Reads what the body says about an error. `token` is taken out of it, should the service repeat it.
    pub(in crate::client) fn explained_by(mut self, body: &[u8], token: &str) -> Self {
        let scrub = |text: String| scrub::scrub_with(&text, token);
        let report = Report::read(body);
        self.codes = report.codes.into_iter().map(scrub).collect();
        self.message = report.message.map(scrub);
        self.request_id = self.request_id.or(report.request_id.map(scrub));
        self.with_excerpt(body, token)
    }

    /// Keeps what to do about a token that is not accepted.
    pub(in crate::client) fn advised_by(mut self, client: &Client, token: &Token) -> Self {
        if matches!(self.status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN) {
            self.advice = advice(client, token);
        }
        self
    }

    /// Keeps the start of the body.
    pub(in crate::client) fn with_excerpt(mut self, body: &[u8], token: &str) -> Self {
        let text = String::from_utf8_lossy(body);
        // Scrubbed before it is cut: half a token would not be known for one.
        let excerpt: String = scrub::scrub_with(text.trim(), token).chars().take(EXCERPT).collect();
        self.excerpt = Some(excerpt).filter(|excerpt| !excerpt.is_empty());
        self
    }
}

/// Every value of a header, also those that are not ASCII.
fn header(headers: &HeaderMap, name: &str, token: &str) -> Option<String> {
    let text = |value: &HeaderValue| scrub::scrub_with(&String::from_utf8_lossy(value.as_bytes()), token);
    let values: Vec<_> = headers.get_all(name).iter().map(text).collect();
    (!values.is_empty()).then(|| values.join(", "))
}

/// The origin of `Location`. The rest of it may be as secret as a query.
fn redirect(headers: &HeaderMap) -> Option<String> {
    let location = headers.get(LOCATION)?.to_str().ok()?;
    // `//host/path` names a host.
    let absolute = location.strip_prefix("//").map_or_else(|| location.to_owned(), |rest| format!("https://{rest}"));
    Some(match Url::parse(&absolute) {
        Ok(url) => url.origin().ascii_serialization(),
        Err(_) => String::from("another place at its own origin"),
    })
}

/// The parameters of the challenge, without its scheme.
fn challenge(headers: &HeaderMap, token: &str) -> Option<String> {
    let text = headers.get(WWW_AUTHENTICATE)?.to_str().ok()?.trim();
    let (scheme, parameters) = text.split_once(' ').unwrap_or((text, ""));
    Some(scrub::scrub_with(if scheme.eq_ignore_ascii_case("bearer") { parameters } else { text }, token))
}
