//! A request that can stand in a batch, and the handle that its answer is asked for by.

use std::fmt;

use super::super::error::Error;
use super::super::get::Get;
use super::super::list::List;
use super::super::outgoing::Outgoing;
use super::super::paging::Start;
use super::super::ranged::Ranged;
use super::super::received::Received;
use super::super::reply::Reply;
use super::super::send::Send;
use crate::{Page, Single, Value};

/// A request that can stand in a [`Batch`](super::Batch). Generated requests are.
pub trait Batchable {
    /// What it is answered with.
    type Answer;

    /// The request, ready to be sent by whoever.
    fn prepare(self) -> Prepared<Self::Answer>;
}

/// A request that is ready to be sent, and what its answer is read as.
#[must_use = "a request does nothing until it is sent"]
pub struct Prepared<T> {
    pub(super) outgoing: Outgoing,
    pub(super) read: fn(Received) -> Result<T, Error>,
}

impl<T: Value> Prepared<Option<Single<T>>> {
    /// The same with the value of the answer, if it is not null.
    pub fn into_value(self) -> Prepared<Option<T>> {
        let read = |received: Received| Ok(received.reply::<Option<Single<T>>>()?.and_then(Single::into_value));
        Prepared { outgoing: self.outgoing, read }
    }
}

impl<T: Reply> Batchable for Get<T> {
    type Answer = T;

    fn prepare(self) -> Prepared<T> {
        Prepared { outgoing: self.outgoing(), read: Received::reply }
    }
}

/// The first page: what is answered goes on with [`resume`](List::resume), from [`Page::next_link`].
impl<T: Value> Batchable for List<T> {
    type Answer = Page<T>;

    fn prepare(self) -> Prepared<Page<T>> {
        first(self.start())
    }
}

/// The first page, as of a [`List`].
impl<T: Value> Batchable for Ranged<T> {
    type Answer = Page<T>;

    fn prepare(self) -> Prepared<Page<T>> {
        first(self.start())
    }
}

fn first<T: Value>(start: Start) -> Prepared<Page<T>> {
    let Start { request: mut outgoing, cursor, .. } = start;
    outgoing.refuse(cursor.map(|_| "a list that is resumed cannot stand in a batch".to_owned()));
    Prepared { outgoing, read: Received::reply }
}

impl<T: Reply> Batchable for Send<T> {
    type Answer = T;

    fn prepare(self) -> Prepared<T> {
        Prepared { outgoing: self.outgoing(), read: Received::reply }
    }
}

impl<T> fmt::Debug for Prepared<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operation = self.outgoing.operation.map(|it| it.template);
        f.debug_struct("Prepared").field("operation", &operation).finish_non_exhaustive()
    }
}

/// What the answer of one request in a batch is asked for by: [`Answers::take`](super::Answers::take).
#[must_use = "the answer is asked for by it"]
pub struct Part<T> {
    pub(super) batch: u64,
    pub(super) at: usize,
    pub(super) read: fn(Received) -> Result<T, Error>,
}

impl<T> Part<T> {
    pub(super) fn new(batch: u64, at: usize, read: fn(Received) -> Result<T, Error>) -> Self {
        Self { batch, at, read }
    }
}

impl<T> fmt::Debug for Part<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Part").field(&self.at).finish()
    }
}
