//! A list, page after page.

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_util::Stream;

use super::cursor::{Cursor, Place};
use super::walk::{Start, Walk};
use crate::client::error::Error;
use crate::{Page, Value};

/// The pages of a list, one after another, as a stream with a [`next`](Self::next) of its own.
///
/// Each page is a request: with all headers of the first one (W-9), a token of its own, retries of its own. Links
/// are followed as they are (CR-32), within the service root's origin (E-22), until there is none (W-7).
///
/// An error ends it: what came before has been delivered, once, and [`cursor`](Self::cursor) says where to go on.
#[must_use = "nothing is asked before the stream is"]
pub struct Pages<T> {
    walk: Walk,
    of: PhantomData<fn() -> T>,
}

impl<T> Pages<T> {
    pub(in crate::client) fn new(start: Start) -> Self {
        Self { walk: Walk::new(start), of: PhantomData }
    }

    pub(super) fn of(walk: Walk) -> Self {
        Self { walk, of: PhantomData }
    }

    /// Where to go on: after the pages that have been delivered. `None`: the last one has been, or there is no
    /// going on, since the link to it leads nowhere.
    #[must_use]
    pub fn cursor(&self) -> Option<Cursor> {
        self.walk.next().map(Cursor::at)
    }

    /// Where the page is that comes next.
    pub(super) fn place(&self) -> Option<&Place> {
        self.walk.next()
    }
}

impl<T: Value> Pages<T> {
    /// The next page; `None` after the last.
    ///
    /// # Errors
    ///
    /// Every one there is: see the questions that [`Error`] answers. [`Error::page`] tells which page it was.
    pub async fn next(&mut self) -> Option<Result<Page<T>, Error>> {
        poll_fn(|cx| self.poll(cx)).await
    }

    pub(super) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Page<T>, Error>>> {
        let answer = match ready!(self.walk.poll(cx)) {
            Some(answer) => answer.and_then(|answer| answer.reply().map_err(|error| self.walk.failed(error))),
            None => return Poll::Ready(None),
        };
        Poll::Ready(Some(answer.map(|mut page: Page<T>| {
            page.skip(self.walk.next().map_or(0, |place| place.skip));
            self.walk.turn(page.next_link(), page.context().as_deref());
            page
        })))
    }
}

impl<T: Value> Stream for Pages<T> {
    type Item = Result<Page<T>, Error>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(cx)
    }
}

impl<T> fmt::Debug for Pages<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("cursor", &self.cursor()).finish_non_exhaustive()
    }
}
