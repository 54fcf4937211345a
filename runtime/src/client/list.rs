//! A request for a list.

use std::fmt;

use super::batch::{Batchable, Prepared};
use super::error::Error;
use super::operation::Operation;
use super::outgoing::Outgoing;
use super::paging::{Cursor, Items, Pages, Start};
use super::path::Path;
use crate::query::{Expand, Filter, Options, OrderBy, Search, Select};
use crate::{Page, Value};

/// A `GET` of a collection of `T`. Generated requests hold one and offer those of its options that the service heeds.
#[must_use = "a request does nothing until it is sent"]
pub struct List<T> {
    path: Path,
    options: Options<T>,
    page_size: Option<u32>,
    cursor: Option<Cursor>,
    operation: &'static Operation,
}

impl Path {
    /// A request for the collection at this path.
    pub fn list<T>(&self, operation: &'static Operation) -> List<T> {
        List { path: self.clone(), options: Options::new(), page_size: None, cursor: None, operation }
    }
}

impl<T> List<T> {
    /// Only these properties; called again, these too.
    pub fn select(&mut self, properties: impl Select<T>) {
        self.options.select(properties);
    }

    /// What these navigation properties lead to as well; called again, these too.
    pub fn expand(&mut self, navigation: impl Expand<T>) {
        self.options.expand(navigation);
    }

    /// Only the items for which this holds; called again, this too.
    pub fn filter(&mut self, condition: Filter<T>) {
        self.options.filter(condition);
    }

    /// In this order; called again, what was said before counts more.
    pub fn order_by(&mut self, order: impl OrderBy<T>) {
        self.options.order_by(order);
    }

    /// At most so many items, of all pages.
    pub fn top(&mut self, items: u64) {
        self.options.top(items);
    }

    /// Not the first items, so many of them.
    pub fn skip(&mut self, items: u64) {
        self.options.skip(items);
    }

    /// The number of items as well: [`Page::count`].
    pub fn count(&mut self) {
        self.options.count();
    }

    /// Only the items in which this is found; called again, this too.
    pub fn search(&mut self, search: impl Into<Search>) {
        self.options.search(search);
    }

    /// Asks for pages of at most so many items: `Prefer: odata.maxpagesize` (W-11). The service may send fewer.
    pub fn page_size(&mut self, items: u32) {
        self.page_size = Some(items);
    }

    /// Adds an option that has no method: [`Options::raw_query`].
    pub fn raw_query(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.options.raw_query(name, value);
    }

    /// Goes on where [`Pages::cursor`] or [`Items::cursor`] was. What was asked for then is in the cursor: of the
    /// options here, [`page_size`](Self::page_size) alone counts, which is asked for again with every page.
    pub fn resume(&mut self, cursor: Cursor) {
        self.cursor = Some(cursor);
    }

    /// Sends one request: the first page, or the one after the [cursor](Self::resume).
    ///
    /// # Errors
    ///
    /// Every one there is: see the questions that [`Error`] answers.
    pub async fn send(self) -> Result<Page<T>, Error>
    where
        T: Value,
    {
        let mut pages = self.pages();
        // A walk that has just begun has a page or an error.
        pages.next().await.unwrap_or_else(|| Ok(Page::default()))
    }

    /// The pages, as a stream. Nothing is asked before it is.
    pub fn pages(self) -> Pages<T> {
        Pages::new(self.start())
    }

    /// The items of all pages, as a stream. Nothing is asked before it is.
    pub fn stream(self) -> Items<T> {
        Items::new(self.start())
    }

    /// The request for the first page, ready for a [`Batch`](super::Batch).
    pub fn prepare(self) -> Prepared<Page<T>>
    where
        T: Value,
    {
        Batchable::prepare(self)
    }

    pub(super) fn start(self) -> Start {
        let request =
            Outgoing { page_size: self.page_size, ..Outgoing::get(&self.path, &self.options, self.operation) };
        Start { request, cursor: self.cursor, pieces: None }
    }

    /// The same request for what is at another path.
    pub(super) fn at(&self, path: Path) -> Self {
        Self { path, ..self.clone() }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

impl<T> Clone for List<T> {
    fn clone(&self) -> Self {
        Self {
            path: self.path.clone(),
            options: self.options.clone(),
            page_size: self.page_size,
            cursor: self.cursor.clone(),
            operation: self.operation,
        }
    }
}

impl<T> fmt::Debug for List<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("List")
            .field("path", &self.path)
            .field("options", &self.options)
            .field("page_size", &self.page_size)
            .field("cursor", &self.cursor)
            .field("operation", &self.operation.template)
            .finish()
    }
}
