//! What an authority says of itself, over a transport.

use std::time::Duration;

use bytes::Bytes;
use http::header::ACCEPT;
use http::{Request, StatusCode};
use jsonwebtoken::DecodingKey;

use super::fault::{Cause, KeysFault};
use crate::client::{Transport, time};
use crate::graph::Authority;
use crate::{DecodeError, EncodeError, Extra, Reader, Sink, Value, from_slice};

/// How long an answer may be, in bytes. Real ones have some ten thousand.
const MAX_ANSWER: usize = 1024 * 1024;
/// How long one question may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// A key that an authority signs with.
pub(super) struct Signer {
    pub(super) id: String,
    pub(super) key: DecodingKey,
    /// What the tokens that it signs call the authority, in version 1, with `{tenantid}` in it.
    pub(super) issuer: String,
    /// For which issuer the key is, where it says so, in the same form.
    pub(super) only_for: Option<String>,
}

/// The keys of an authority: its metadata (`OpenID` Connect Discovery 1.0, section 4) and the key set that they name
/// (RFC 7517). Keys that are not for RSA signatures are left out.
pub(super) async fn ask(authority: &Authority, transport: &dyn Transport) -> Result<Vec<Signer>, KeysFault> {
    let metadata: Metadata = get(transport, &authority.metadata()).await?;
    let issuer = metadata.issuer.filter(|it| it.starts_with("https://") && it.contains("{tenantid}"));
    let issuer = issuer.ok_or(KeysFault(Cause::Answer("its metadata name no issuer for each tenant")))?;
    let address = metadata.jwks_uri.filter(|it| authority.is_at(it));
    let address = address.ok_or(KeysFault(Cause::Answer("its metadata name no address of keys at its own origin")))?;
    let set: KeySet = get(transport, &address).await?;
    let signers = set.keys.unwrap_or_default().into_iter().filter_map(|it| it.signer(&issuer));
    let signers: Vec<Signer> = signers.collect();
    // Nobody signs with no key: this must not take the place of keys that are kept.
    if signers.is_empty() { Err(KeysFault(Cause::Answer("its key set has no key of RSA"))) } else { Ok(signers) }
}

async fn get<T: Value>(transport: &dyn Transport, url: &str) -> Result<T, KeysFault> {
    let request = Request::get(url).header(ACCEPT, "application/json").body(Bytes::new());
    let request = request.map_err(|_| KeysFault(Cause::Answer("the address of its keys cannot be asked")))?;
    let exchange = async {
        let (head, body) = transport.send(request).await?.into_parts();
        if head.status != StatusCode::OK {
            return Err(KeysFault(Cause::Status(head.status.as_u16())));
        }
        match body.read(MAX_ANSWER).await {
            (body, None) => Ok(body),
            (_, Some(_)) => Err(KeysFault(Cause::Answer("its answer broke off or is too long"))),
        }
    };
    let end = time::now().checked_add(PATIENCE);
    let answer = time::before(end, exchange).await.unwrap_or(Err(KeysFault(Cause::Answer("it does not answer"))));
    from_slice(&answer?).map_err(|_| KeysFault(Cause::Answer("its answer is not what it should be")))
}

#[derive(Default)]
struct Metadata {
    issuer: Option<String>,
    jwks_uri: Option<String>,
    extra: Extra,
}

impl Value for Metadata {
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut it = Self::default();
        reader.object(&mut [("issuer", &mut it.issuer), ("jwks_uri", &mut it.jwks_uri)], &mut it.extra)?;
        Ok(it)
    }

    fn write(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
        sink.object(&[("issuer", &self.issuer), ("jwks_uri", &self.jwks_uri)], &self.extra)
    }
}

#[derive(Default)]
struct KeySet {
    keys: Option<Vec<Key>>,
    extra: Extra,
}

impl Value for KeySet {
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut it = Self::default();
        reader.object(&mut [("keys", &mut it.keys)], &mut it.extra)?;
        Ok(it)
    }

    fn write(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
        sink.object(&[("keys", &self.keys)], &self.extra)
    }
}

#[derive(Default)]
struct Key {
    kty: Option<String>,
    used_for: Option<String>,
    kid: Option<String>,
    n: Option<String>,
    e: Option<String>,
    issuer: Option<String>,
    extra: Extra,
}

impl Key {
    fn signer(self, issuer: &str) -> Option<Signer> {
        if self.kty.as_deref() != Some("RSA") || self.used_for.is_some_and(|it| it != "sig") {
            return None;
        }
        let key = DecodingKey::from_rsa_components(&self.n?, &self.e?).ok()?;
        Some(Signer { id: self.kid?, key, issuer: issuer.to_owned(), only_for: self.issuer })
    }
}

impl Value for Key {
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut it = Self::default();
        reader.object(
            &mut [
                ("kty", &mut it.kty),
                ("use", &mut it.used_for),
                ("kid", &mut it.kid),
                ("n", &mut it.n),
                ("e", &mut it.e),
                ("issuer", &mut it.issuer),
            ],
            &mut it.extra,
        )?;
        Ok(it)
    }

    fn write(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
        sink.object(
            &[
                ("kty", &self.kty),
                ("use", &self.used_for),
                ("kid", &self.kid),
                ("n", &self.n),
                ("e", &self.e),
                ("issuer", &self.issuer),
            ],
            &self.extra,
        )
    }
}
