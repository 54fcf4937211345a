//! The one error of the client: opaque, with questions that it answers, in `questions`.
//!
//! What a service says about its error is read in `report`, what a refused token says about itself in `advice`;
//! `scrub` takes the secrets out of it all before it is kept, so that no way of showing an [`Error`] can let them
//! out (E-4).

mod advice;
mod answer;
mod display;
mod questions;
mod report;
pub(super) mod scrub;

use http::StatusCode;

use super::exchange::Context;
use super::operation::Operation;
use super::token::TokenError;
use super::transport::TransportError;
use crate::DecodeError;

pub(super) use answer::Answer;

/// Why a request did not give what it promised.
///
/// Ask it: [`is_not_found`](Self::is_not_found), [`status`](Self::status), [`code`](Self::code). Its text is for
/// the log: the status, the service's code and message, and the id that the service's support asks for.
/// Services change their messages; do not branch on them.
pub struct Error(Box<Inner>);

struct Inner {
    kind: Kind,
    /// What came back, if anything did.
    answer: Option<Answer>,
    context: Option<Context>,
    operation: Option<&'static Operation>,
    page: Option<Page>,
}

/// Of which page of a list it is.
#[derive(Debug)]
struct Page {
    number: u64,
    /// Its link, without query.
    link: Option<String>,
}

enum Kind {
    /// Nothing was sent: a setting, an id or an address is wrong.
    Refused(String),
    /// Nothing was sent: no token.
    Token(TokenError),
    Transport(TransportError),
    /// The service said no.
    Status,
    /// The service said yes, but the body is not what it should be.
    Body(String),
    Decode(DecodeError),
}

impl Error {
    fn new(kind: Kind, answer: Option<Answer>) -> Self {
        Self(Box::new(Inner { kind, answer, context: None, operation: None, page: None }))
    }

    pub(super) fn refused(why: impl Into<String>) -> Self {
        Self::new(Kind::Refused(why.into()), None)
    }

    pub(super) fn status_of(answer: Answer) -> Self {
        Self::new(Kind::Status, Some(answer))
    }

    pub(super) fn body(answer: Answer, why: impl Into<String>) -> Self {
        Self::new(Kind::Body(why.into()), Some(answer))
    }

    pub(super) fn decode(answer: Answer, error: DecodeError) -> Self {
        Self::new(Kind::Decode(error), Some(answer))
    }

    /// The answer began and broke off.
    pub(super) fn broken(answer: Answer, error: TransportError) -> Self {
        Self::new(Kind::Transport(error), Some(answer))
    }

    /// Says of which operation this is the error.
    pub(super) fn of(mut self, operation: Option<&'static Operation>) -> Self {
        self.0.operation = operation;
        self
    }

    /// Says of which request this is the error.
    pub(super) fn after(mut self, context: Context) -> Self {
        self.0.context = Some(context);
        self
    }

    /// Says of which page this is the error.
    pub(super) fn on_page(mut self, number: u64, link: Option<String>) -> Self {
        self.0.page = Some(Page { number, link });
        self
    }

    fn is(&self, status: StatusCode) -> bool {
        self.status() == Some(status)
    }

    fn answer(&self) -> Option<&Answer> {
        self.0.answer.as_ref()
    }
}

impl From<TokenError> for Error {
    fn from(error: TokenError) -> Self {
        Self::new(Kind::Token(error), None)
    }
}

impl From<TransportError> for Error {
    fn from(error: TransportError) -> Self {
        Self::new(Kind::Transport(error), None)
    }
}
