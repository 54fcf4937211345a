//! What no notification told of (N-10): the service loses some in silence, and has no list of changes.

use std::collections::HashMap;
use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_util::{Stream, StreamExt};

use super::resource::Listed;
use crate::Timestamp;
use crate::client::{Client, Error, Items};

/// A request takes some time to arrive; one for more than is kept may be refused.
const MARGIN: Duration = Duration::from_secs(60);

/// Every `R` from a time on, as a stream: page after page, within the limits of the client, each one once, and again
/// only in a higher version than before (N-7, CR-17). The generated client makes one.
///
/// It begins no earlier than the service keeps them ([`from`](Self::from)). They come in the order of the service, by
/// the time at which they began, and what began early may have been written late: go back by as much as the longest
/// one lasts, and let [`Newest`](super::Newest) drop what the app has.
///
/// ```
/// # use odata_runtime::notifications::{Backfill, Listed};
/// # use odata_runtime::{SignedDuration, Timestamp, client::{Client, Error}};
/// # async fn example<R: Listed>(client: &Client, last_seen: Timestamp) -> Result<(), Error> {
/// let mut missed = Backfill::<R>::new(client, last_seen - SignedDuration::from_hours(24));
/// while let Some(record) = missed.next().await {
///     let record = record?;
///     // .. the same as after a notification
/// }
/// let last_seen = missed.latest().unwrap_or(last_seen); // for the next time
/// # Ok(())
/// # }
/// ```
#[must_use = "nothing is asked before the stream is"]
pub struct Backfill<R> {
    items: Items<R>,
    from: Timestamp,
    is_cut: bool,
    latest: Option<Timestamp>,
    /// The versions of those that came, by two marks of the id: 32 bytes each, however long ids are.
    seen: HashMap<(u64, u64), Option<i64>>,
    hashers: [RandomState; 2],
}

impl<R: Listed> Backfill<R> {
    /// Those since this time.
    pub fn new(client: &Client, since: Timestamp) -> Self {
        let now = Timestamp::try_from(client.clock().wall()).unwrap_or(Timestamp::MAX);
        let kept = R::RETENTION.map(|it| now.checked_sub(it.saturating_sub(MARGIN)).unwrap_or(Timestamp::MIN));
        let from = kept.map_or(since, |kept| kept.max(since));
        let mut list = R::list(client);
        list.filter(R::SINCE.ge(from));
        Self {
            items: list.stream(),
            from,
            is_cut: from > since,
            latest: None,
            seen: HashMap::new(),
            hashers: [RandomState::new(), RandomState::new()],
        }
    }

    /// The next one; `None` after the last.
    ///
    /// # Errors
    ///
    /// Every one there is: see the questions that [`Error`] answers. It ends the stream; begin again from the same time.
    pub async fn next(&mut self) -> Option<Result<R, Error>> {
        StreamExt::next(self).await
    }

    fn is_new(&mut self, record: &R) -> bool {
        self.latest = self.latest.max(record.since());
        // One without an id cannot be told from others.
        let Some(id) = record.id() else { return true };
        let [one, two] = &self.hashers;
        // Upper and lower case are one id wherever they are known to be.
        let id = super::ResourceId::<R>::new(&id).map_or_else(|_| id.clone().into_owned(), |it| it.to_string());
        let mark = (one.hash_one(&id), two.hash_one(&id));
        let version = record.version();
        match self.seen.get(&mark) {
            Some(before) if version <= *before => false,
            _ => {
                self.seen.insert(mark, version);
                true
            }
        }
    }
}

impl<R> Backfill<R> {
    /// From when on they are listed: the time that was asked for, or that from which on the service keeps them.
    #[must_use]
    pub fn from(&self) -> Timestamp {
        self.from
    }

    /// Whether part of what was asked for is kept no longer.
    #[must_use]
    pub fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// The latest beginning among those that have come. After the last of them, it is where the next backfill begins.
    #[must_use]
    pub fn latest(&self) -> Option<Timestamp> {
        self.latest
    }
}

/// Nothing in it is pinned.
impl<R> Unpin for Backfill<R> {}

impl<R: Listed> Stream for Backfill<R> {
    type Item = Result<R, Error>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let it = self.get_mut();
        loop {
            match ready!(Pin::new(&mut it.items).poll_next(cx)) {
                Some(Ok(record)) if !it.is_new(&record) => {}
                other => return Poll::Ready(other),
            }
        }
    }
}

impl<R> fmt::Debug for Backfill<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Backfill").field("from", &self.from).field("seen", &self.seen.len()).finish_non_exhaustive()
    }
}
