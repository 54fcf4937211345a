//! What a token must say.

use std::fmt;

use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::{Algorithm, Validation, decode};
use serde::Deserialize;

use super::fault::NotGenuine;
use super::metadata::Signer;
use crate::Uuid;
use crate::graph::{Authority, CHANGE_TRACKING};

/// By how much clocks may differ, in seconds.
const LEEWAY: u64 = 300;

pub(super) struct Rules {
    authority: Authority,
    validation: Validation,
}

/// Those claims that jsonwebtoken does not check.
#[derive(Deserialize)]
struct Claims {
    iss: String,
    tid: Uid,
    /// To whom the token was given, in version 1.
    appid: Option<Uid>,
    /// The same in version 2.
    azp: Option<Uid>,
}

#[derive(PartialEq)]
struct Uid(Uuid);

impl<'de> Deserialize<'de> for Uid {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Uuid::try_parse(&text).map(Self).map_err(|_| serde::de::Error::custom("not a Guid"))
    }
}

impl Rules {
    pub(super) fn new(authority: Authority, apps: impl IntoIterator<Item = Uuid>) -> Self {
        let mut validation = Validation::new(Algorithm::RS256);
        validation.leeway = LEEWAY;
        validation.validate_nbf = true;
        validation.set_audience(&apps.into_iter().collect::<Vec<_>>());
        validation.set_required_spec_claims(&["exp", "aud", "iss"]);
        Self { authority, validation }
    }

    /// Checks a token; the tenant that it is for.
    pub(super) fn check(&self, token: &str, signer: &Signer) -> Result<Uuid, NotGenuine> {
        let claims: Claims = decode(token, &signer.key, &self.validation).map_err(|it| fault(it.kind()))?.claims;
        let tenant = claims.tid.0;
        let first = signer.issuer.replace("{tenantid}", &tenant.to_string());
        let second = self.authority.issuer(tenant);
        let only_for = signer.only_for.as_ref().map(|it| it.replace("{tenantid}", &tenant.to_string()));
        // A key of one tenant, such as that of private accounts, signs for no other one.
        if only_for.is_some_and(|it| it != first && it != second) {
            return Err(NotGenuine::Issuer);
        }
        let publisher = if claims.iss == first {
            claims.appid
        } else if claims.iss == second {
            claims.azp
        } else {
            return Err(NotGenuine::Issuer);
        };
        if publisher == Some(Uid(CHANGE_TRACKING)) { Ok(tenant) } else { Err(NotGenuine::Publisher) }
    }
}

fn fault(kind: &ErrorKind) -> NotGenuine {
    match kind {
        ErrorKind::InvalidSignature => NotGenuine::Signature,
        ErrorKind::InvalidAlgorithm => NotGenuine::Algorithm,
        ErrorKind::ExpiredSignature => NotGenuine::Expired,
        ErrorKind::ImmatureSignature => NotGenuine::NotYet,
        ErrorKind::InvalidAudience => NotGenuine::Audience,
        _ => NotGenuine::Malformed,
    }
}

impl fmt::Debug for Rules {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rules").field("authority", &self.authority).field("apps", &self.validation.aud).finish()
    }
}
