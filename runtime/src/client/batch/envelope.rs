//! The JSON of a batch, out and in.

use bytes::Bytes;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, USER_AGENT};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

use super::super::error::Error;
use super::super::outgoing::{CLIENT_REQUEST_ID, Outgoing};
use crate::{Binary, Changes, DecodeError, EncodeError, Extra, Reader, Sink, Untyped, Value, from_slice, to_vec};

/// Requests, each under its number.
#[derive(Default)]
pub(super) struct Requests(Vec<Changes>);

impl Requests {
    /// Adds a request, to be carried out after those with these numbers.
    pub(super) fn add(&mut self, number: usize, outgoing: &Outgoing, after: &[String]) -> Result<(), Error> {
        let request = outgoing.request("")?;
        outgoing.client.guard(request.uri())?;
        // Relative to the service root, which is where the batch goes.
        let Some(url) = outgoing.url.strip_prefix(outgoing.client.root()) else {
            return Err(Error::refused("a request in the batch is not below the service root"));
        };
        let mut item = Changes::new();
        item.set("id", &number.to_string());
        item.set("method", &request.method().as_str().to_owned());
        item.set("url", &url.trim_start_matches('/').to_owned());
        if !after.is_empty() {
            item.set("dependsOn", &after.to_vec());
        }
        item.set("headers", &headers(request.headers()));
        if !request.body().is_empty() {
            item.set("body", &json(request.body())?);
        }
        self.0.push(item);
        Ok(())
    }

    pub(super) fn to_json(&self) -> Result<Bytes, Error> {
        let mut all = Changes::new();
        all.set("requests", &self.0);
        to_vec(&all).map(Bytes::from).map_err(|error| Error::refused(error.to_string()))
    }
}

/// What a part says for itself; the rest is the batch's.
fn headers(all: &HeaderMap) -> Changes {
    let mut said = Changes::new();
    for (name, value) in all {
        // What is not text was not taken as a header in the first place.
        let is_common = [CLIENT_REQUEST_ID, CONTENT_LENGTH, USER_AGENT].contains(name);
        if let (false, Ok(text)) = (is_common, value.to_str()) {
            said.set(name.as_str(), &text.to_owned());
        }
    }
    said
}

fn json(body: &[u8]) -> Result<Untyped, Error> {
    let text = str::from_utf8(body).map_err(|_| Error::refused("a body that is not JSON cannot stand in a batch"))?;
    Untyped::from_json(text).map_err(|_| Error::refused("a body that is not JSON cannot stand in a batch"))
}

/// What came back.
pub(super) struct Responses(Vec<Object>);

impl Responses {
    pub(super) fn read(json: &[u8]) -> Result<Self, DecodeError> {
        let missing = || DecodeError::new("not the answer to a batch: there is no array `responses`", 0);
        from_slice::<Object>(json)?.member("responses").unwrap_or_else(|| Err(missing())).map(Self)
    }

    /// The answer to the request with this number: its status, headers and body.
    pub(super) fn take(&mut self, number: usize) -> Option<(StatusCode, HeaderMap, Vec<u8>)> {
        let id = number.to_string();
        let at = self.0.iter().position(|it| it.member("id").is_some_and(|it| it.is_ok_and(|it: String| it == id)))?;
        let it = self.0.swap_remove(at);
        let status = it.member::<i32>("status")?.ok()?;
        let status = StatusCode::from_u16(u16::try_from(status).ok()?).ok()?;
        let headers = it.member("headers").and_then(Result::ok).map(Object::into_headers).unwrap_or_default();
        let body = it.0.get("body").filter(|body| !body.is_null()).map(|body| bytes(&headers, body));
        Some((status, headers, body.unwrap_or_default()))
    }
}

/// JSON stands there as it is; what is not JSON is a string, of base64 where it is binary.
fn bytes(headers: &HeaderMap, body: &Untyped) -> Vec<u8> {
    let media = headers.get(CONTENT_TYPE).and_then(|it| it.to_str().ok()).unwrap_or_default().to_ascii_lowercase();
    match body.decode::<String>() {
        Ok(text) if !media.is_empty() && !media.contains("json") => {
            body.decode::<Binary>().map_or_else(|_| text.into_bytes(), Binary::into_bytes)
        }
        _ => body.as_json().as_bytes().to_vec(),
    }
}

/// Any JSON object.
struct Object(Extra);

impl Object {
    fn member<T: Value>(&self, name: &str) -> Option<Result<T, DecodeError>> {
        self.0.get(name).map(Untyped::decode)
    }

    /// What cannot stand in a header is left out.
    fn into_headers(self) -> HeaderMap {
        let pairs = self.0.iter().filter_map(|(name, value)| {
            let text = value.decode::<String>().unwrap_or_else(|_| value.as_json().to_owned());
            Some((HeaderName::try_from(name).ok()?, HeaderValue::try_from(text).ok()?))
        });
        pairs.collect()
    }
}

impl Value for Object {
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut it = Self(Extra::default());
        reader.object(&mut [], &mut it.0)?;
        Ok(it)
    }

    fn write(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
        sink.object(&[], &self.0)
    }
}
