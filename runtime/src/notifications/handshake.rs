//! The handshake that comes before every subscription (N-4).

use std::borrow::Cow;

use bytes::Bytes;
use http::{Method, Response, StatusCode, Uri};
use percent_encoding::percent_decode_str;

use super::incoming::plain;
use super::refused::Refused;

/// How long a validation token may be, in bytes. Real ones have about a hundred.
pub const MAX_TOKEN: usize = 1024;

/// What to answer if this is a handshake; nothing if it is not. Neither body nor headers count, so this can be asked
/// before they are read.
///
/// The service sends the token in the query, before it makes a subscription, to the notification URL and to the
/// lifecycle URL, and wants it back as plain text within ten seconds. It is decoded once, `+` being a space. Whoever
/// else calls the URL gets back nothing that a browser would take for a page.
///
/// # Errors
///
/// [`Refused::Method`] and [`Refused::Handshake`].
///
/// # Examples
///
/// ```
/// use odata_runtime::http::{Method, Uri};
/// use odata_runtime::notifications::handshake;
///
/// let uri = Uri::from_static("/hook?validationToken=Validation%3A+Testing+client");
/// let answer = handshake(&Method::POST, &uri)?.unwrap();
/// assert_eq!(answer.body(), "Validation: Testing client");
/// assert_eq!(answer.headers()["content-type"], "text/plain; charset=utf-8");
/// # Ok::<(), odata_runtime::notifications::Refused>(())
/// ```
pub fn handshake(method: &Method, uri: &Uri) -> Result<Option<Response<Bytes>>, Refused> {
    let pairs = uri.query().unwrap_or_default().split('&');
    let mut tokens = pairs.filter_map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decoded(name).as_deref() == Some("validationToken")).then_some(value)
    });
    let Some(token) = tokens.next() else { return Ok(None) };
    if method != Method::POST {
        return Err(Refused::Method);
    }
    if tokens.next().is_some() {
        return Err(Refused::Handshake);
    }
    let token = decoded(token).filter(|it| is_token(it)).ok_or(Refused::Handshake)?;
    Ok(Some(plain(StatusCode::OK, Bytes::from(token))))
}

/// A part of a query as text; nothing if it is none.
fn decoded(part: &str) -> Option<String> {
    let spaced = if part.contains('+') { Cow::Owned(part.replace('+', " ")) } else { Cow::Borrowed(part) };
    percent_decode_str(&spaced).decode_utf8().ok().map(Cow::into_owned)
}

fn is_token(token: &str) -> bool {
    !token.is_empty() && token.len() <= MAX_TOKEN && !token.contains(|c: char| c.is_control() || c == '<' || c == '>')
}
