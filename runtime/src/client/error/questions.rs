//! What an error answers.

use std::time::Duration;

use http::StatusCode;

use super::{Error, Kind};
use crate::client::transport::TransportError;

impl Error {
    /// The status of the answer, if one came.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.answer().map(|answer| answer.status)
    }

    /// The service's code for the error: the outermost one that is not empty. Its case is not reliable (E-2);
    /// [`has_code`](Self::has_code) does not mind.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.codes().next()
    }

    /// The service's codes for the error, from the outermost to that of its innermost error.
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        self.answer().into_iter().flat_map(|answer| &answer.codes).map(String::as_str)
    }

    /// Whether one of [`codes`](Self::codes) is this one, in any case.
    #[must_use]
    pub fn has_code(&self, code: &str) -> bool {
        self.codes().any(|known| known.eq_ignore_ascii_case(code))
    }

    /// What the service says in words. Not for an app's users.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.answer()?.message.as_deref()
    }

    /// The id that the service gave to the request: what its support asks for.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.answer()?.request_id.as_deref()
    }

    /// The id that the client gave to the request.
    #[must_use]
    pub fn client_request_id(&self) -> Option<&str> {
        Some(&self.0.context.as_ref()?.client_request_id)
    }

    /// How often the request was sent: once, unless it was tried again. 0: nothing was sent.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.context.as_ref().map_or(0, |context| context.attempts)
    }

    /// Which page of a list it was, counted from 1, the first of the stream. What came before has been delivered.
    #[must_use]
    pub fn page(&self) -> Option<u64> {
        Some(self.0.page.as_ref()?.number)
    }

    /// How long the service asks to wait before the request is sent again, counted from its answer: the header
    /// `Retry-After` in any of its forms, in whole seconds, fractions rounded up (E-11). The client has waited already
    /// if it tried [again](Self::attempts); this is what the last answer asks for. What is too long for a
    /// [`Duration`] is [`Duration::MAX`]; what cannot be understood is nothing.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.answer()?.retry_after
    }

    /// The `Date` header of the answer as it came.
    #[must_use]
    pub fn date(&self) -> Option<&str> {
        self.answer()?.date.as_deref()
    }

    /// What the service says for its support about where the request was handled: the header
    /// `x-ms-ags-diagnostic` (E-5).
    #[must_use]
    pub fn diagnostic(&self) -> Option<&str> {
        self.answer()?.diagnostic.as_deref()
    }

    /// What the service asks of a token that it did not accept: the header `WWW-Authenticate`, such as the claims of a
    /// conditional access policy (E-24).
    #[must_use]
    pub fn challenge(&self) -> Option<&str> {
        self.answer()?.challenge.as_deref()
    }

    /// The start of a body that is not what it should be, at most 1,024 characters: an error of any form, or
    /// something else than JSON. None of a body that could hold the data that was asked for.
    #[must_use]
    pub fn body_excerpt(&self) -> Option<&str> {
        self.answer()?.excerpt.as_deref()
    }

    /// Where in the document the value stands that could not be read, such as `$.sessions[2].id`.
    #[must_use]
    pub fn path(&self) -> Option<String> {
        match &self.0.kind {
            Kind::Decode(error) => Some(error.path()),
            _ => None,
        }
    }

    /// Whether there is no such thing, or no longer (404).
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.is(StatusCode::NOT_FOUND)
    }

    /// Whether the service asks for fewer requests (429).
    #[must_use]
    pub fn is_throttled(&self) -> bool {
        self.is(StatusCode::TOO_MANY_REQUESTS)
    }

    /// Whether the service did not accept the token (401).
    #[must_use]
    pub fn is_unauthorized(&self) -> bool {
        self.is(StatusCode::UNAUTHORIZED)
    }

    /// Whether the token does not allow the request (403). [`help`](Self::help) names the permission.
    #[must_use]
    pub fn is_forbidden(&self) -> bool {
        self.is(StatusCode::FORBIDDEN)
    }

    /// Whether an answer came that is not what the metadata says, or not JSON, or empty.
    #[must_use]
    pub fn is_decode(&self) -> bool {
        matches!(self.0.kind, Kind::Decode(_) | Kind::Body(_))
    }

    /// Whether no answer came, or one that broke off.
    #[must_use]
    pub fn is_transport(&self) -> bool {
        self.transport().is_some()
    }

    /// Whether the source of tokens failed: nothing was sent.
    #[must_use]
    pub fn is_token(&self) -> bool {
        matches!(self.0.kind, Kind::Token(_))
    }

    /// Whether the client refused to send the request: a setting, an id or an address is wrong.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        matches!(self.0.kind, Kind::Refused(_))
    }

    /// The fault of the transport, if it is one.
    #[must_use]
    pub fn transport(&self) -> Option<&TransportError> {
        match &self.0.kind {
            Kind::Transport(error) => Some(error),
            _ => None,
        }
    }
}
