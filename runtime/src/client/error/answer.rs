//! What an error keeps of an answer, scrubbed.

use http::{HeaderMap, StatusCode};

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
    pub(super) retry_after: Option<String>,
    pub(super) date: Option<String>,
    pub(super) diagnostic: Option<String>,
    pub(super) codes: Vec<String>,
    pub(super) message: Option<String>,
    pub(super) excerpt: Option<String>,
    pub(super) advice: Option<String>,
}

impl Answer {
    pub(in crate::client) fn head(status: StatusCode, headers: &HeaderMap) -> Self {
        let text = |name| header(headers, name);
        Self {
            status,
            request_id: text("request-id"),
            retry_after: text("retry-after"),
            date: text("date"),
            diagnostic: text("x-ms-ags-diagnostic"),
            codes: Vec::new(),
            message: None,
            excerpt: None,
            advice: None,
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
fn header(headers: &HeaderMap, name: &str) -> Option<String> {
    let values: Vec<_> =
        headers.get_all(name).iter().map(|value| scrub::scrub(&String::from_utf8_lossy(value.as_bytes()))).collect();
    (!values.is_empty()).then(|| values.join(", "))
}
