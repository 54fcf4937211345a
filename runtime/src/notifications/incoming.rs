//! A request to a webhook, and what there is to answer.

use bytes::Bytes;
use http::header::{CONTENT_ENCODING, CONTENT_TYPE, RETRY_AFTER, X_CONTENT_TYPE_OPTIONS};
use http::{HeaderMap, HeaderValue, Method, Response, StatusCode, Uri};

use super::collection::{Collection, read};
use super::handshake::handshake;
use super::refused::Refused;

/// How long the body of a delivery may be: 5 MiB. A server stops reading there.
pub const MAX_BODY: usize = 5 * 1024 * 1024;

/// How many objects and how many commas there may be in a delivery. A notification has some hundred bytes, so there is no
/// room for more than this in a real one; without a limit, objects of two bytes would take some hundred bytes each in
/// memory.
const MOST: [(u8, usize); 2] = [(b'{', 30_000), (b',', 300_000)];

/// What came to a webhook.
#[derive(Debug)]
pub enum Incoming<C> {
    /// A handshake, and what to answer.
    Handshake(Response<Bytes>),
    /// Notifications. Nobody knows yet who sent them.
    Delivery(Delivery<C>),
}

/// The notifications of one request, which may mix subscriptions, applications and tenants (N-5).
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Delivery<C> {
    /// What could be read.
    pub collection: C,
    /// How many notifications could not be read, and are not in the collection. They will not become readable by being
    /// sent again, and the others are none the worse for them.
    pub unreadable: usize,
}

/// Reads a request to a webhook.
///
/// # Errors
///
/// Why it is not taken; [`Refused::response`] is what to answer.
///
/// # Examples
///
/// `C` is the type that generated code says is what notifications come in:
///
/// ```
/// use odata_runtime::bytes::Bytes;
/// use odata_runtime::http::{Request, Response};
/// use odata_runtime::notifications::{Collection, Incoming, accepted, receive, try_again};
///
/// fn answer<C: Collection>(request: &Request<Bytes>, write_down: impl Fn(C) -> bool) -> Response<Bytes> {
///     match receive(request.method(), request.uri(), request.headers(), request.body()) {
///         Ok(Incoming::Handshake(answer)) => answer,
///         Ok(Incoming::Delivery(it)) => if write_down(it.collection) { accepted() } else { try_again() },
///         Err(refused) => refused.response(),
///     }
/// }
/// ```
pub fn receive<C: Collection>(
    method: &Method,
    uri: &Uri,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<Incoming<C>, Refused> {
    if let Some(answer) = handshake(method, uri)? {
        return Ok(Incoming::Handshake(answer));
    }
    if method != Method::POST {
        return Err(Refused::Method);
    }
    let is_encoded = |it: &HeaderValue| !it.as_bytes().trim_ascii().eq_ignore_ascii_case(b"identity");
    if headers.get_all(CONTENT_ENCODING).iter().any(is_encoded) {
        return Err(Refused::Compressed);
    }
    if !headers.get_all(CONTENT_TYPE).iter().all(is_json) {
        return Err(Refused::NotJson);
    }
    // There is one more piece than there are marks between them.
    let is_crowded = |(mark, most)| body.split(|it| *it == mark).nth(most + 1).is_some();
    if body.len() > MAX_BODY || MOST.into_iter().any(is_crowded) {
        return Err(Refused::TooLong);
    }
    read(body).map(Incoming::Delivery).map_err(Refused::Unreadable)
}

/// The notifications are written down: 202. Within three seconds, or the service takes the endpoint for slow and drops
/// what it would send next (N-5). Also for those that were dropped, since a sender learns nothing of what is checked.
#[must_use]
pub fn accepted() -> Response<Bytes> {
    plain(StatusCode::ACCEPTED, Bytes::new())
}

/// The notifications could not be written down: 503, and the service sends them again, for up to four hours (N-5).
#[must_use]
pub fn try_again() -> Response<Bytes> {
    let mut response = plain(StatusCode::SERVICE_UNAVAILABLE, Bytes::new());
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("10"));
    response
}

/// An answer that no browser takes for a page.
pub(super) fn plain(status: StatusCode, body: Bytes) -> Response<Bytes> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

fn is_json(media: &HeaderValue) -> bool {
    let media = media.as_bytes().split(|it| *it == b';').next().unwrap_or_default().trim_ascii().to_ascii_lowercase();
    media == b"application/json" || media.ends_with(b"+json")
}
