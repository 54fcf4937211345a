//! Why a request to a webhook is not taken.

use std::fmt;

use bytes::Bytes;
use http::header::{ACCEPT_ENCODING, ALLOW};
use http::{HeaderValue, Response, StatusCode};

use super::incoming::plain;
use crate::DecodeError;

/// Why a request to a webhook is not taken. The service would not have sent it.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Refused {
    /// Its method is not `POST`.
    Method,
    /// Its validation token is empty, there twice, no text, or too long, or has what none ever had: markup or control
    /// characters.
    Handshake,
    /// Its body is too long, in bytes or in the number of its values.
    TooLong,
    /// Its body is compressed, which the service does not do.
    Compressed,
    /// Its body is not JSON, by its own words.
    NotJson,
    /// Its body is no delivery.
    Unreadable(DecodeError),
}

impl Refused {
    /// What to answer. Nothing of the request is in it.
    #[must_use]
    pub fn response(&self) -> Response<Bytes> {
        let status = match self {
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::Handshake | Self::Unreadable(_) => StatusCode::BAD_REQUEST,
            Self::TooLong => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Compressed | Self::NotJson => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        };
        let mut response = plain(status, Bytes::from_static(self.words().as_bytes()));
        match self {
            Self::Method => response.headers_mut().insert(ALLOW, HeaderValue::from_static("POST")),
            Self::Compressed => response.headers_mut().insert(ACCEPT_ENCODING, HeaderValue::from_static("identity")),
            _ => None,
        };
        response
    }

    fn words(&self) -> &'static str {
        match self {
            Self::Method => "a webhook takes POST only",
            Self::Handshake => "the validation token is none",
            Self::TooLong => "the body is too long",
            Self::Compressed => "the body is compressed",
            Self::NotJson => "the body is not JSON",
            Self::Unreadable(_) => "the body is no delivery of notifications",
        }
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words())?;
        match self {
            Self::Unreadable(error) => write!(f, ": {error}"),
            _ => Ok(()),
        }
    }
}

impl std::error::Error for Refused {}
