//! Who issues tokens in a cloud, and in whose name Graph sends notifications.

use std::fmt;

use url::{Origin, Url};

use crate::Uuid;
use crate::client::Cloud;

/// The application in whose name Graph sends notifications with resource data: a validation token names it as its
/// publisher (N-12).
pub const CHANGE_TRACKING: Uuid = Uuid::from_u128(0x0bf3_0f3b_4a52_48df_9a82_2349_10c4_a086);

/// Who issues the tokens of a cloud, such as `https://login.microsoftonline.com`. A token names its issuer in one of
/// two forms: version 1 in that of the authority's metadata, version 2 in `{authority}/{tenant}/v2.0` (N-12).
#[derive(Debug, Clone)]
pub struct Authority {
    /// Without a slash at its end.
    url: String,
    origin: Origin,
}

impl Authority {
    /// The authority at this address.
    ///
    /// # Errors
    ///
    /// When it is not an `https` URL without user, query and fragment.
    pub fn new(url: &str) -> Result<Self, NoAuthority> {
        let read = Url::parse(url).map_err(|_| NoAuthority)?;
        let is_plain = read.username().is_empty()
            && read.password().is_none()
            && read.query().is_none()
            && read.fragment().is_none();
        if read.scheme() != "https" || !is_plain {
            return Err(NoAuthority);
        }
        Ok(Self { url: read.as_str().trim_end_matches('/').to_owned(), origin: read.origin() })
    }

    /// The authority of a cloud (CR-28).
    ///
    /// # Errors
    ///
    /// Those of [`new`](Self::new).
    pub fn of(cloud: &Cloud) -> Result<Self, NoAuthority> {
        Self::new(cloud.authority)
    }

    /// Where it says of itself how it signs and what it is called: `OpenID` Connect Discovery 1.0, section 4.
    #[must_use]
    pub fn metadata(&self) -> String {
        format!("{}/common/.well-known/openid-configuration", self.url)
    }

    /// What tokens of version 2 call it.
    #[must_use]
    pub fn issuer(&self, tenant: Uuid) -> String {
        format!("{}/{tenant}/v2.0", self.url)
    }

    /// Whether this address is at the authority's own scheme, host and port: nobody else says what keys it has.
    #[must_use]
    pub fn is_at(&self, url: &str) -> bool {
        Url::parse(url)
            .is_ok_and(|it| it.origin() == self.origin && it.username().is_empty() && it.password().is_none())
    }
}

/// The address of an authority is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoAuthority;

impl fmt::Display for NoAuthority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the authority is not an https URL without user, query and fragment")
    }
}

impl std::error::Error for NoAuthority {}
