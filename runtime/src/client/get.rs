//! A request for one value.

use std::fmt;

use super::batch::{Batchable, Prepared};
use super::error::Error;
use super::exchange::exchange;
use super::operation::Operation;
use super::outgoing::Outgoing;
use super::path::Path;
use super::reply::Reply;
use crate::query::{Expand, Options, Select};

/// A `GET` of one `T`; of `Option` of one where the service may say nothing (204), for null. Generated requests hold one and offer those of its options that the service heeds.
#[must_use = "a request does nothing until it is sent"]
pub struct Get<T> {
    path: Path,
    options: Options<T>,
    operation: &'static Operation,
}

impl<T> Get<T> {
    pub(super) fn new(path: Path, operation: &'static Operation) -> Self {
        Self { path, options: Options::new(), operation }
    }

    /// Only these properties; called again, these too.
    pub fn select(&mut self, properties: impl Select<T>) {
        self.options.select(properties);
    }

    /// What these navigation properties lead to as well; called again, these too.
    pub fn expand(&mut self, navigation: impl Expand<T>) {
        self.options.expand(navigation);
    }

    /// Adds an option that has no method: [`Options::raw_query`].
    pub fn raw_query(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.options.raw_query(name, value);
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

    pub(super) fn outgoing(&self) -> Outgoing {
        Outgoing::get(&self.path, &self.options, self.operation)
    }
}

impl<T> Clone for Get<T> {
    fn clone(&self) -> Self {
        Self { path: self.path.clone(), options: self.options.clone(), operation: self.operation }
    }
}

impl<T> fmt::Debug for Get<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Get")
            .field("path", &self.path)
            .field("options", &self.options)
            .field("operation", &self.operation.template)
            .finish()
    }
}
