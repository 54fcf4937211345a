//! Why a delivery is not to be believed.

use std::fmt;

use crate::client::TransportError;

/// Why a delivery is not to be believed. For the app's own log: who sent it learns nothing of it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum NotGenuine {
    /// A token is no JSON web token, lacks a claim that it must have, or wants something of its reader that is not
    /// understood; or there are too many.
    Malformed,
    /// A token is not signed, or not in the way that the authority signs (RS256).
    Algorithm,
    /// A token is signed with a key that the authority does not have.
    UnknownKey,
    /// A token's signature is wrong.
    Signature,
    /// A token is not valid any more.
    Expired,
    /// A token is not valid yet.
    NotYet,
    /// A token is for another app.
    Audience,
    /// A token is not from the authority, or not from it for its tenant, or its key is not for that.
    Issuer,
    /// A token was not given to Graph's change tracking, but to somebody else (`appid` in version 1, `azp` in 2).
    Publisher,
    /// A notification with resource data comes from a tenant, or from none, that no token is for.
    Uncovered,
    /// The keys of the authority could not be had.
    NoKeys(KeysFault),
}

impl NotGenuine {
    /// Whether it may be genuine all the same: ask again later.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        matches!(self, Self::NoKeys(_))
    }
}

impl fmt::Display for NotGenuine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Malformed => "a validation token cannot be read",
            Self::Algorithm => "a validation token is not signed with RS256",
            Self::UnknownKey => "a validation token is signed with a key that the authority does not have",
            Self::Signature => "the signature of a validation token is wrong",
            Self::Expired => "a validation token is not valid any more",
            Self::NotYet => "a validation token is not valid yet",
            Self::Audience => "a validation token is for another app",
            Self::Issuer => "a validation token is not from the authority",
            Self::Publisher => "a validation token was given to somebody else than the change tracking of Graph",
            Self::Uncovered => "a notification with resource data comes from a tenant that no validation token is for",
            Self::NoKeys(fault) => return write!(f, "the keys of the authority could not be had: {fault}"),
        })
    }
}

impl std::error::Error for NotGenuine {}

/// Why the keys of an authority could not be had.
#[derive(Debug, Clone)]
pub struct KeysFault(pub(super) Cause);

#[derive(Debug, Clone)]
pub(super) enum Cause {
    Transport(TransportError),
    Status(u16),
    /// It is not what it should be.
    Answer(&'static str),
}

impl From<TransportError> for KeysFault {
    fn from(error: TransportError) -> Self {
        Self(Cause::Transport(error))
    }
}

impl fmt::Display for KeysFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Cause::Transport(error) => error.fmt(f),
            Cause::Status(status) => write!(f, "the answer is {status}"),
            Cause::Answer(why) => f.write_str(why),
        }
    }
}
