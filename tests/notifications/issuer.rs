//! An authority of our own: it has metadata and keys, and signs what it is told to. Its key is of data/make.sh.

use std::sync::{Arc, Mutex};
use std::time::{SystemTime, UNIX_EPOCH};

use graph_call_records::graph::ChangeNotificationCollection;
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use odata_runtime::bytes::Bytes;
use odata_runtime::client::{Body, BoxFuture, Transport, TransportError};
use odata_runtime::from_str;
use odata_runtime::graph::Authority;
use odata_runtime::http::{Request, Response};
use odata_runtime::notifications::TokenValidator;
use odata_runtime::uuid::{Uuid, uuid};
use serde_json::{Value, json};

pub(crate) const APP: Uuid = uuid!("aaaaaaaa-1111-4222-8333-444444444444");
pub(crate) const TENANT: &str = "0f0e0d0c-1111-4222-8333-0b0a09080706";
pub(crate) const OTHER_TENANT: &str = "1f0e0d0c-1111-4222-8333-0b0a09080706";
pub(crate) const GRAPH: &str = "0bf30f3b-4a52-48df-9a82-234910c4a086";
pub(crate) const LOGIN: &str = "https://login.microsoftonline.com";

/// A transport that answers as the authority does, and keeps what it was asked.
#[derive(Clone)]
pub(crate) struct Issuer(Arc<Mutex<State>>);

struct State {
    metadata: Value,
    keys: Value,
    status: u16,
    asked: Vec<String>,
}

impl Issuer {
    /// The authority at this address, with a key called `k1`.
    pub(crate) fn at(login: &str, issuer: &str) -> Self {
        let metadata = json!({ "issuer": issuer, "jwks_uri": format!("{login}/common/discovery/keys"), "other": [1] });
        Self(Arc::new(Mutex::new(State {
            metadata,
            keys: json!({ "keys": [jwk("k1")] }),
            status: 200,
            asked: Vec::new(),
        })))
    }

    pub(crate) fn new() -> Self {
        Self::at(LOGIN, "https://sts.windows.net/{tenantid}/")
    }

    pub(crate) fn metadata(&self, change: impl FnOnce(&mut Value)) {
        change(&mut self.0.lock().unwrap().metadata);
    }

    pub(crate) fn keys(&self, change: impl FnOnce(&mut Value)) {
        change(&mut self.0.lock().unwrap().keys["keys"]);
    }

    pub(crate) fn answers(&self, status: u16) {
        self.0.lock().unwrap().status = status;
    }

    pub(crate) fn asked(&self) -> Vec<String> {
        self.0.lock().unwrap().asked.clone()
    }

    /// How often its keys were asked for.
    pub(crate) fn times(&self) -> usize {
        self.asked().iter().filter(|it| it.contains("openid-configuration")).count()
    }

    pub(crate) fn validator(&self) -> TokenValidator {
        TokenValidator::new(Authority::new(LOGIN).unwrap(), [APP], self.clone())
    }
}

impl Transport for Issuer {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        Box::pin(async move {
            // So that others can ask in the meantime.
            tokio::task::yield_now().await;
            let mut state = self.0.lock().unwrap();
            // No token and no other secret goes there.
            assert!(request.headers().get("authorization").is_none());
            state.asked.push(format!("{} {}", request.method(), request.uri()));
            let answer = if request.uri().path().ends_with("/keys") { &state.keys } else { &state.metadata };
            let answer = Response::builder().status(state.status).body(Body::from(Bytes::from(answer.to_string())));
            Ok(answer.unwrap())
        })
    }
}

fn key(stranger: bool) -> EncodingKey {
    let (issuer, other) =
        (include_bytes!("data/issuer.der").as_slice(), include_bytes!("data/stranger.der").as_slice());
    EncodingKey::from_rsa_der(if stranger { other } else { issuer })
}

/// The issuer's public key under this name, as a key set has it.
pub(crate) fn jwk(id: &str) -> Value {
    let mut jwk = serde_json::to_value(Jwk::from_encoding_key(&key(false), Algorithm::RS256).unwrap()).unwrap();
    jwk["kid"] = id.into();
    jwk["use"] = "sig".into();
    jwk["x5c"] = json!(["left out"]);
    jwk
}

fn seconds() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()
}

/// What a token of version 1 says, of version 2 if asked to.
pub(crate) fn claims(version: u8, tenant: &str) -> Value {
    let (issuer, publisher) = match version {
        1 => (format!("https://sts.windows.net/{tenant}/"), "appid"),
        _ => (format!("{LOGIN}/{tenant}/v2.0"), "azp"),
    };
    json!({
        "aud": APP.to_string(), "iss": issuer, "iat": seconds(), "nbf": seconds() - 10, "exp": seconds() + 3600,
        publisher: GRAPH, "tid": tenant, "ver": format!("{version}.0"), "oid": "x", "aio": null,
    })
}

pub(crate) fn later(offset: i64) -> Value {
    seconds().saturating_add_signed(offset).into()
}

pub(crate) fn header(id: &str) -> Header {
    Header { kid: Some(id.to_owned()), ..Header::new(Algorithm::RS256) }
}

pub(crate) fn signed(claims: &Value) -> String {
    encode(&header("k1"), claims, &key(false)).unwrap()
}

pub(crate) fn signed_as(header: &Header, claims: &Value) -> String {
    encode(header, claims, &key(false)).unwrap()
}

/// Signed as it stands.
pub(crate) fn signed_text(claims: &str) -> String {
    let claims: Box<serde_json::value::RawValue> = serde_json::from_str(claims).unwrap();
    encode(&header("k1"), &claims, &key(false)).unwrap()
}

/// Signed by somebody else, in the name of the issuer's key.
pub(crate) fn forged(claims: &Value) -> String {
    encode(&header("k1"), claims, &key(true)).unwrap()
}

/// Signed with a secret that everybody knows: the public key.
pub(crate) fn symmetric(claims: &Value) -> String {
    let header = Header { kid: Some("k1".to_owned()), ..Header::new(Algorithm::HS256) };
    encode(&header, claims, &EncodingKey::from_secret(jwk("k1")["n"].as_str().unwrap().as_bytes()).unwrap()).unwrap()
}

/// A delivery of notifications with resource data from these tenants, with these tokens.
pub(crate) fn rich(tenants: &[&str], tokens: &[String]) -> ChangeNotificationCollection {
    let items: Vec<Value> = tenants.iter().map(|it| json!({ "tenantId": it, "encryptedContent": {} })).collect();
    from_str(&json!({ "value": items, "validationTokens": tokens }).to_string()).unwrap()
}

/// What the issuer's validator says of one token for one notification.
pub(crate) async fn judged_by(issuer: &Issuer, token: String) -> Result<(), String> {
    let checked = issuer.validator().check(&rich(&[TENANT], &[token])).await;
    checked.map_err(|fault| format!("{fault:?}"))
}
