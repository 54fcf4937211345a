//! A request for one value.

use std::fmt;
use std::marker::PhantomData;

use super::error::Error;
use super::exchange::exchange;
use super::path::Path;
use super::service::Operation;
use crate::Value;
use crate::query::{Expand, Options, Select};

/// A `GET` of one `T`. Generated requests hold one and offer those of its options that the service heeds.
#[must_use = "a request does nothing until it is sent"]
pub struct Get<T> {
    path: Path,
    options: Options<T>,
    operation: &'static Operation,
    of: PhantomData<fn() -> T>,
}

impl<T> Get<T> {
    pub(super) fn new(path: Path, operation: &'static Operation) -> Self {
        Self { path, options: Options::new(), operation, of: PhantomData }
    }

    /// Only these properties; called again, these too.
    pub fn select(&mut self, properties: impl Select<T>) {
        self.options.select(properties);
    }

    /// What these navigation properties lead to as well; called again, these too.
    pub fn expand(&mut self, navigation: impl Expand<T>) {
        self.options.expand(navigation);
    }

    /// Sends the request and reads the answer.
    ///
    /// # Errors
    ///
    /// Every one there is: see the questions that [`Error`] answers.
    pub async fn send(self) -> Result<T, Error>
    where
        T: Value,
    {
        if let Some(fault) = self.options.fault() {
            return Err(Error::refused(fault));
        }
        exchange(&self.path, &self.options.to_string(), self.operation).await
    }
}

impl<T> Clone for Get<T> {
    fn clone(&self) -> Self {
        Self { path: self.path.clone(), options: self.options.clone(), operation: self.operation, of: PhantomData }
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
