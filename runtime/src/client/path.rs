//! The path of a request below the service root, and the keys in it.

use std::borrow::Cow;
use std::fmt;

use super::Client;
use super::error::Error;
use super::get::Get;
use super::service::Operation;
use crate::Uuid;
use crate::query::encode::encode;

/// A path below the service root, and the client that will send what is asked there.
#[derive(Clone)]
pub struct Path {
    client: Client,
    /// Encoded; every segment with a slash before it.
    text: String,
    /// The first key that cannot stand in a path. Comes out of `send`.
    fault: Option<&'static str>,
}

impl Path {
    pub(super) fn root(client: Client) -> Self {
        Self { client, text: String::new(), fault: None }
    }

    /// The path one segment further down, `name` being that of an entity set, a singleton or a property.
    #[must_use]
    pub fn segment(&self, name: &str) -> Self {
        let mut path = self.clone();
        path.push(name);
        path
    }

    /// The path of the entity with this key. An empty key would be the path of the whole collection, and `.`
    /// and `..` that of something else: they are refused, by `send`, before anything is sent (W-31).
    #[must_use]
    pub fn key(&self, key: impl KeySegment) -> Self {
        self.segment(&key.key_segment())
    }

    /// A request for the `T` at this path.
    pub fn get<T>(&self, operation: &'static Operation) -> Get<T> {
        Get::new(self.clone(), operation)
    }

    fn push(&mut self, segment: &str) {
        let fault = match segment {
            "" => Some("a key is empty: the request would be for the whole collection"),
            "." | ".." => Some("a key is `.` or `..`: the request would be for something else"),
            _ => None,
        };
        self.fault = self.fault.or(fault);
        self.text.push('/');
        self.text.extend(encode(segment));
    }

    pub(super) fn client(&self) -> &Client {
        &self.client
    }

    /// The path as it stands in the URL.
    pub(super) fn checked(&self) -> Result<&str, Error> {
        match self.fault {
            Some(fault) => Err(Error::refused(fault)),
            None => Ok(&self.text),
        }
    }
}

impl fmt::Debug for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Path").field(&self.text).finish()
    }
}

/// A key that stands in a path as a segment of its own: `/orders/{key}`.
pub trait KeySegment {
    /// The key's text, not encoded.
    fn key_segment(&self) -> Cow<'_, str>;
}

impl KeySegment for str {
    fn key_segment(&self) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }
}

impl KeySegment for String {
    fn key_segment(&self) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }
}

impl KeySegment for Cow<'_, str> {
    fn key_segment(&self) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }
}

impl KeySegment for Uuid {
    fn key_segment(&self) -> Cow<'_, str> {
        Cow::Owned(self.to_string())
    }
}

impl KeySegment for i32 {
    fn key_segment(&self) -> Cow<'_, str> {
        Cow::Owned(self.to_string())
    }
}

impl KeySegment for i64 {
    fn key_segment(&self) -> Cow<'_, str> {
        Cow::Owned(self.to_string())
    }
}

impl<K: KeySegment + ?Sized> KeySegment for &K {
    fn key_segment(&self) -> Cow<'_, str> {
        (**self).key_segment()
    }
}
