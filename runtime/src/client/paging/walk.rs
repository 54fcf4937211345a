//! The way through a list: from link to link, one exchange each.

use std::task::{Context, Poll, ready};

use super::cursor::{Cursor, Place};
use super::link::{follow, shown};
use super::loops::Loops;
use crate::client::BoxFuture;
use crate::client::error::Error;
use crate::client::exchange::exchange;
use crate::client::outgoing::Outgoing;
use crate::client::received::Received;

/// The addresses of the pieces that a range is asked for in, by number.
pub(in crate::client) type Pieces = Box<dyn Fn(usize) -> Option<String> + Send + Sync>;

/// Where a walk begins.
pub(in crate::client) struct Start {
    /// The request for the first page, whose headers all pages are asked for with (W-9).
    pub(in crate::client) request: Outgoing,
    pub(in crate::client) cursor: Option<Cursor>,
    pub(in crate::client) pieces: Option<Pieces>,
}

/// A walk. Holds as much after a million pages as after one.
pub(super) struct Walk {
    request: Outgoing,
    pieces: Option<Pieces>,
    /// The page that comes next, or is on its way.
    next: Option<Place>,
    flight: Option<BoxFuture<'static, Result<Received, Error>>>,
    /// What comes out instead of the next page.
    fault: Option<Error>,
    is_over: bool,
    /// How many pages came.
    pages: u64,
    /// It began at a link, as the continuation of another one.
    is_resumed: bool,
    loops: Loops,
}

impl Walk {
    pub(super) fn new(start: Start) -> Self {
        let Start { request, cursor, pieces } = start;
        let place = match cursor.as_ref().map(Cursor::place) {
            Some(place) => follow(&request.client, &place.url, None, &request.url).map(|url| Place { url, ..place }),
            None => Ok(Place { piece: 0, skip: 0, url: request.url.clone() }),
        };
        let mut walk = Self { pieces, is_resumed: cursor.is_some(), ..Self::over(request) };
        walk.go(place);
        walk
    }

    /// A walk that is over.
    pub(super) fn over(request: Outgoing) -> Self {
        let loops = Loops::default();
        Self {
            request,
            pieces: None,
            next: None,
            flight: None,
            fault: None,
            is_over: false,
            pages: 0,
            is_resumed: false,
            loops,
        }
    }

    /// Where the page is that comes next. `None`: none does.
    pub(super) fn next(&self) -> Option<&Place> {
        self.next.as_ref()
    }

    /// The next page's answer. After an error there is no other; the place stays, for a cursor.
    pub(super) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Received, Error>>> {
        if let Some(error) = self.fault.take() {
            return Poll::Ready(Some(Err(error)));
        }
        let flight = match &mut self.flight {
            Some(flight) => flight,
            None => {
                let Some(place) = self.next.as_ref().filter(|_| !self.is_over) else {
                    return Poll::Ready(None);
                };
                let first = &self.request.url;
                let continues = Some(first).filter(|first| **first != place.url).cloned();
                let request = Outgoing { url: place.url.clone(), continues, ..self.request.clone() };
                self.flight.insert(Box::pin(async move { exchange(&request).await }))
            }
        };
        let answer = ready!(flight.as_mut().poll(cx));
        self.flight = None;
        Poll::Ready(Some(answer.map_err(|error| self.failed(error))))
    }

    /// Ends the walk with this error of the page that comes next.
    pub(super) fn failed(&mut self, error: Error) -> Error {
        self.is_over = true;
        let link = self.next.as_ref().filter(|_| self.pages > 0 || self.is_resumed).map(|place| shown(&place.url));
        error.on_page(self.pages + 1, link)
    }

    /// The page has been read: goes on to its link, or to the next piece of the range.
    pub(super) fn turn(&mut self, link: Option<&str>, context: Option<&str>) {
        self.pages += 1;
        let Some(here) = self.next.take() else {
            return;
        };
        if let Some(link) = link {
            let url = follow(&self.request.client, link, context, &here.url);
            self.go(url.map(|url| Place { piece: here.piece, skip: 0, url }));
        } else if let Some(url) = self.pieces.as_ref().and_then(|pieces| pieces(here.piece + 1)) {
            self.go(Ok(Place { piece: here.piece + 1, skip: 0, url }));
        }
    }

    fn go(&mut self, place: Result<Place, Error>) {
        let place = place.and_then(|place| {
            if self.loops.visit(&place.url) {
                return Ok(place);
            }
            let link = shown(&place.url);
            Err(Error::refused(format!("the link to the next page, `{link}`, leads back to a page that has been")))
        });
        match place {
            Ok(place) => self.next = Some(place),
            Err(error) => {
                let error = error.of(self.request.operation);
                self.fault = Some(self.failed(error));
            }
        }
    }
}
