//! A list, item after item.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_util::Stream;

use super::cursor::{Cursor, Place};
use super::pages::Pages;
use super::seam::Seam;
use super::walk::{Start, Walk};
use crate::Value;
use crate::client::Client;
use crate::client::error::Error;
use crate::client::outgoing::Outgoing;

/// The items of a list, one after another, as a stream with a [`next`](Self::next) of its own: [`Pages`] taken apart.
///
/// An error ends it: what came before has been delivered, once, and [`cursor`](Self::cursor) says where to go on.
#[must_use = "nothing is asked before the stream is"]
pub struct Items<T> {
    pages: Pages<T>,
    /// What is left of the last page that came.
    left: std::vec::IntoIter<T>,
    /// Where that page is, and how many items of it have been delivered.
    here: Option<Place>,
    seam: Option<Seam<T>>,
}

/// Nothing in it is pinned.
impl<T> Unpin for Items<T> {}

impl<T> Items<T> {
    pub(in crate::client) fn new(start: Start) -> Self {
        Self::of(Pages::new(start), Vec::new())
    }

    /// The same without the items that a piece of a range has again from the piece before.
    pub(in crate::client) fn without_repeats(start: Start, seam: Seam<T>) -> Self {
        Self { seam: Some(seam), ..Self::new(start) }
    }

    /// These items, and what the link leads to.
    pub(crate) fn continued(items: Vec<T>, link: Option<&str>, client: &Client) -> Self {
        // All that a relative link can be relative to here.
        let request = Outgoing::to(client.clone(), format!("{}/", client.root()));
        let walk = match link {
            Some(link) => Walk::new(Start { request, cursor: Some(Cursor::new(link)), pieces: None }),
            None => Walk::over(request),
        };
        Self::of(Pages::of(walk), items)
    }

    fn of(pages: Pages<T>, items: Vec<T>) -> Self {
        Self { pages, left: items.into_iter(), here: None, seam: None }
    }

    /// Where to go on: after the items that have been delivered. `None`: the last one has been, or there is no
    /// going on, since the link to it leads nowhere.
    #[must_use]
    pub fn cursor(&self) -> Option<Cursor> {
        match &self.here {
            Some(here) if self.left.len() > 0 => Some(Cursor::at(here)),
            _ => self.pages.cursor(),
        }
    }

    /// An item that is at hand.
    fn at_hand(&mut self) -> Option<T> {
        loop {
            let item = self.left.next()?;
            let piece = self.here.as_mut().map_or(0, |here| {
                here.skip += 1;
                here.piece
            });
            if self.seam.as_mut().is_none_or(|seam| seam.is_new(piece, &item)) {
                return Some(item);
            }
        }
    }
}

impl<T: Value> Items<T> {
    /// The next item; `None` after the last.
    ///
    /// # Errors
    ///
    /// Every one there is: see the questions that [`Error`] answers. [`Error::page`] tells on which page it was.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|cx| self.poll(cx)).await
    }

    /// All items that are left.
    ///
    /// # Errors
    ///
    /// Those of [`next`](Self::next). What came before is gone then: where that matters, take one item after another.
    pub async fn try_collect<C: Default + Extend<T>>(mut self) -> Result<C, Error> {
        let mut all = C::default();
        while let Some(item) = self.next().await {
            all.extend([item?]);
        }
        Ok(all)
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        loop {
            if let Some(item) = self.at_hand() {
                return Poll::Ready(Some(Ok(item)));
            }
            let here = self.pages.place().cloned();
            match ready!(self.pages.poll(cx)) {
                // It may be empty and not the last (W-7).
                Some(Ok(page)) => {
                    self.left = page.into_iter();
                    self.here = here;
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<T: Value> Stream for Items<T> {
    type Item = Result<T, Error>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(cx)
    }
}

impl<T> fmt::Debug for Items<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("cursor", &self.cursor())
            .field("at_hand", &self.left.len())
            .finish_non_exhaustive()
    }
}
