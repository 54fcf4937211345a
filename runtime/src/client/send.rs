//! Requests that change something, or call an action.

use std::fmt;
use std::marker::PhantomData;

use bytes::Bytes;
use http::Method;

use super::batch::{Batchable, Prepared};
use super::error::Error;
use super::exchange::exchange;
use super::operation::Operation;
use super::outgoing::Outgoing;
use super::path::Path;
use super::reply::Reply;
use crate::{Changes, Value, to_vec};

/// A request with a body: `POST`, `PATCH`, `PUT`, or `DELETE`. Generated requests hold one.
///
/// `T` is what comes back: a value, `Option` of one where the service may say nothing (204), or `()` where what it
/// says does not matter. It is tried again only when the service says that it has done nothing (E-12), save for
/// `PUT` and `DELETE`, which may be carried out twice.
#[must_use = "a request does nothing until it is sent"]
pub struct Send<T> {
    path: Path,
    method: Method,
    body: Option<Bytes>,
    if_match: Option<String>,
    /// Why it is not to be sent.
    fault: Option<String>,
    operation: &'static Operation,
    of: PhantomData<fn() -> T>,
}

impl Path {
    /// A `POST` to what is at this path: creates an entity in a collection, or calls an action.
    pub fn post<T>(&self, operation: &'static Operation) -> Send<T> {
        Send::new(self, Method::POST, operation)
    }

    /// A `PATCH` of what is at this path: changes what the body names, and nothing else (W-25).
    pub fn patch<T>(&self, operation: &'static Operation) -> Send<T> {
        Send::new(self, Method::PATCH, operation)
    }

    /// A `PUT` of what is at this path: replaces it.
    pub fn put<T>(&self, operation: &'static Operation) -> Send<T> {
        Send::new(self, Method::PUT, operation)
    }

    /// A `DELETE` of what is at this path.
    pub fn delete<T>(&self, operation: &'static Operation) -> Send<T> {
        Send::new(self, Method::DELETE, operation)
    }
}

impl<T> Send<T> {
    fn new(path: &Path, method: Method, operation: &'static Operation) -> Self {
        Self { path: path.clone(), method, body: None, if_match: None, fault: None, operation, of: PhantomData }
    }

    /// This value as the body.
    pub fn body(mut self, value: &impl Value) -> Self {
        match to_vec(value) {
            Ok(json) => self.body = Some(json.into()),
            Err(error) => self.refuse(error.to_string()),
        }
        self
    }

    /// These changes, or parameters of an action, as the body. The request is refused, by [`send`](Self::send), if
    /// one of the `required` properties is not among them.
    pub fn changes(mut self, changes: &Changes, required: &[&str]) -> Self {
        if let Err(error) = changes.require(required) {
            self.refuse(error.to_string());
        }
        self.body(changes)
    }

    /// Only if the entity is still the one with this etag, as it came in `@odata.etag` (W-27); the answer is 412
    /// otherwise.
    pub fn if_match(mut self, etag: impl Into<String>) -> Self {
        self.if_match = Some(etag.into());
        self
    }

    /// Sends the request and reads the answer.
    ///
    /// # Errors
    ///
    /// Every one there is: see the questions that [`Error`] answers.
    pub async fn send(self) -> Result<T, Error>
    where
        T: Reply,
    {
        exchange(&self.outgoing()).await?.reply()
    }

    /// The request, ready for a [`Batch`](super::Batch).
    pub fn prepare(self) -> Prepared<T>
    where
        T: Reply,
    {
        Batchable::prepare(self)
    }

    pub(super) fn outgoing(self) -> Outgoing {
        let mut outgoing = Outgoing {
            method: self.method,
            body: self.body,
            if_match: self.if_match,
            ..Outgoing::at(&self.path, self.operation)
        };
        outgoing.refuse(self.fault);
        outgoing
    }

    fn refuse(&mut self, why: String) {
        self.fault.get_or_insert(why);
    }
}

impl<T> Clone for Send<T> {
    fn clone(&self) -> Self {
        Self {
            path: self.path.clone(),
            method: self.method.clone(),
            body: self.body.clone(),
            if_match: self.if_match.clone(),
            fault: self.fault.clone(),
            operation: self.operation,
            of: PhantomData,
        }
    }
}

/// Without the body.
impl<T> fmt::Debug for Send<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Send")
            .field("method", &self.method)
            .field("path", &self.path)
            .field("operation", &self.operation.template)
            .finish_non_exhaustive()
    }
}
