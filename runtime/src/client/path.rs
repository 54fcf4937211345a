//! The path of a request below the service root: names, keys, types, functions and actions.

use std::fmt::{self, Write as _};

use super::Client;
use super::argument::{Argument, Written};
use super::get::Get;
use super::key::KeySegment;
use super::operation::Operation;
use crate::literal::{self, Literal};
use crate::query::encode::{encode, encode_in_path};

const EMPTY: &str = "a key is empty: the request would be for the whole collection";

/// A path below the service root, and the client that will send what is asked there.
#[derive(Clone)]
pub struct Path {
    client: Client,
    /// Encoded; every segment with a slash before it.
    text: String,
    /// Encoded: the values that stand in the query, by their aliases.
    aliases: String,
    /// The first key that cannot stand in a path. Comes out of `send`.
    fault: Option<&'static str>,
}

impl Path {
    pub(super) fn root(client: Client) -> Self {
        Self { client, text: String::new(), aliases: String::new(), fault: None }
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

    /// The path of the entity with this key in parentheses: `/orders('x')` (OASIS URL Conventions 4.01, section
    /// 4.3.1). An empty one is refused as [`key`](Self::key) does.
    #[must_use]
    #[allow(clippy::needless_pass_by_value)] // as `key` does: a number is passed, not a reference to one
    pub fn keyed(&self, key: impl Literal) -> Self {
        let literal = literal::text(&key);
        let mut path = self.clone();
        if literal == "''" {
            path.fault = path.fault.or(Some(EMPTY));
        }
        path.text.push('(');
        path.text.extend(encode_in_path(&literal));
        path.text.push(')');
        path
    }

    /// The path of the entity with this key of several properties: `/lines(order=1,position='x')`.
    #[must_use]
    pub fn keys(&self, key: &[(&'static str, &dyn Literal)]) -> Self {
        let mut path = self.clone();
        let parts: Vec<_> = key.iter().map(|(name, value)| (*name, Written::Literal(literal::text(*value)))).collect();
        path.push_arguments(&parts);
        path
    }

    /// What is at this path, as a type derived from the declared one, by its qualified name: `/sample.order`
    /// (section 4.11).
    #[must_use]
    pub fn cast(&self, qualified: &str) -> Self {
        self.segment(qualified)
    }

    /// A function that is bound to what is at this path, by its qualified name (CR-15), with its parameters:
    /// `/sample.between(from=2024-01-01,to=2024-02-01)` (section 4.5.3). At the root, an unbound one.
    #[must_use]
    pub fn function(&self, qualified: &str, parameters: &[(&'static str, &dyn Argument)]) -> Self {
        let written: Vec<_> = parameters.iter().map(|(name, value)| (*name, value.written())).collect();
        self.called(qualified, &written)
    }

    pub(super) fn called(&self, qualified: &str, parameters: &[(&'static str, Written)]) -> Self {
        let mut path = self.segment(qualified);
        path.push_arguments(parameters);
        path
    }

    /// An action that is bound to what is at this path, by its qualified name: `/sample.renew` (section 4.5.1).
    /// At the root, an unbound one.
    #[must_use]
    pub fn action(&self, qualified: &str) -> Self {
        self.segment(qualified)
    }

    /// A request for the `T` at this path.
    pub fn get<T>(&self, operation: &'static Operation) -> Get<T> {
        Get::new(self.clone(), operation)
    }

    fn push(&mut self, segment: &str) {
        let fault = match segment {
            "" => Some(EMPTY),
            "." | ".." => Some("a key is `.` or `..`: the request would be for something else"),
            _ => None,
        };
        self.fault = self.fault.or(fault);
        self.text.push('/');
        self.text.extend(encode(segment));
    }

    fn push_arguments(&mut self, arguments: &[(&'static str, Written)]) {
        let mut separator = "";
        self.text.push('(');
        for (name, value) in arguments {
            let name = encode(name);
            match value {
                Written::Literal(text) => {
                    let value = encode_in_path(text);
                    let _infallible = write!(self.text, "{separator}{name}={value}");
                }
                Written::Json(json) => {
                    let _infallible = write!(self.text, "{separator}{name}=@{name}");
                    let next = if self.aliases.is_empty() { "" } else { "&" };
                    let _infallible = write!(self.aliases, "{next}@{name}={}", encode(json));
                }
                Written::Nothing => continue,
                Written::Fault => self.fault = self.fault.or(Some("a parameter cannot be written as JSON")),
            }
            separator = ",";
        }
        self.text.push(')');
    }

    pub(super) fn client(&self) -> &Client {
        &self.client
    }

    /// The values that stand in the query, by their aliases; empty if there are none.
    pub(super) fn aliases(&self) -> &str {
        &self.aliases
    }

    /// The path as it stands in the URL, or why it must not stand there.
    pub(super) fn checked(&self) -> Result<&str, &'static str> {
        self.fault.map_or(Ok(&self.text), Err)
    }
}

impl fmt::Debug for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Path").field(&self.text).finish()
    }
}
