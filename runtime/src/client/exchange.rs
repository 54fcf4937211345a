//! One call, from its id to its JSON, in the order that keeps tokens safe.

use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, USER_AGENT};
use http::{HeaderName, HeaderValue, Request};

use super::Client;
use super::error::Error;
use super::path::Path;
use super::received::Received;
use super::service::Operation;
use super::token::{Token, TokenError};
use crate::{Uuid, Value};

/// How much of an error's body is read, in bytes (E-3).
const ERROR_BODY: usize = 64 * 1024;
const CLIENT_REQUEST_ID: HeaderName = HeaderName::from_static("client-request-id");
const PREFER: HeaderName = HeaderName::from_static("prefer");
const AGENT: &str = concat!("odata-runtime/", env!("CARGO_PKG_VERSION"));

/// Gets one `T`. The order is the design: a fresh id for the logical request (E-5); the try; the status; then
/// the decoding.
pub(super) async fn exchange<T: Value>(path: &Path, query: &str, operation: &'static Operation) -> Result<T, Error> {
    let id = Uuid::new_v4().to_string();
    let received = match request(path, query, &id) {
        // A retry will be a loop around this call: the same id, a token and an answer of its own.
        Ok(request) => attempt(path.client(), request).await,
        Err(error) => Err(error),
    };
    received.and_then(Received::accepted).and_then(Received::decode).map_err(|error| error.of(operation, &id))
}

/// One try: the origin guard, the token, the transport, the body under a cap. The body is read in here, since
/// an answer that breaks off is a fault of the try.
async fn attempt(client: &Client, mut request: Request<Bytes>) -> Result<Received, Error> {
    client.guard(request.uri())?;
    let token = client.token().await?;
    request.headers_mut().insert(AUTHORIZATION, bearer(&token)?);
    let (head, body) = client.transport().send(request).await?.into_parts();
    let cap = if head.status.is_success() { client.max_body() } else { ERROR_BODY };
    let (body, stop) = body.read(cap).await;
    Ok(Received { status: head.status, headers: head.headers, body, stop, token })
}

fn request(path: &Path, query: &str, id: &str) -> Result<Request<Bytes>, Error> {
    let mut url = path.client().root().to_owned();
    url.push_str(path.checked()?);
    if !query.is_empty() {
        url.push('?');
        url.push_str(query);
    }
    Request::get(url)
        .header(ACCEPT, "application/json")
        .header(PREFER, "include-unknown-enum-members") // W-2
        .header(CLIENT_REQUEST_ID, id)
        .header(USER_AGENT, AGENT)
        .body(Bytes::new())
        .map_err(|error| Error::refused(format!("the URL cannot be sent: {error}")))
}

fn bearer(token: &Token) -> Result<HeaderValue, Error> {
    if token.expose().is_empty() {
        return Err(TokenError::new("the token is empty").into());
    }
    let mut value = HeaderValue::try_from(format!("Bearer {}", token.expose()))
        .map_err(|_| TokenError::new("the token holds what a header cannot"))?;
    value.set_sensitive(true);
    Ok(value)
}
