//! A request for what lies between two moments.

use std::borrow::Cow;
use std::fmt;

use super::argument::{Argument, Written};
use super::batch::{Batchable, Prepared};
use super::error::Error;
use super::list::List;
use super::operation::Operation;
use super::paging::{Cursor, Items, Key, Pages, Seam, Start};
use super::path::Path;
use crate::query::{Expand, Filter, OrderBy, Search, Select};
use crate::{Page, SignedDuration, Timestamp, Value};

/// A call of a function that takes the two ends of a range, and refuses a range that is longer than so many days
/// (CR-12). Generated requests hold one and offer those of its options that the service heeds.
///
/// [`split`](Self::split) asks for a longer range in pieces.
#[must_use = "a request does nothing until it is sent"]
pub struct Ranged<T> {
    /// Its path is what the function is bound to.
    list: List<T>,
    range: Range,
    key: Key<T>,
}

#[derive(Clone)]
struct Range {
    function: &'static str,
    from: (&'static str, Timestamp),
    to: (&'static str, Timestamp),
    others: Vec<(&'static str, Written)>,
    days: u32,
}

impl Path {
    /// A call of the function with this qualified name, which is bound to what is at this path, for the range from
    /// `from` to `to`, each with the name of its parameter, of at most so many `days`. `others` are the other
    /// parameters; `key` is what tells a `T` from all others.
    #[allow(clippy::too_many_arguments)] // generated code calls it, with data
    pub fn ranged<T>(
        &self,
        operation: &'static Operation,
        function: &'static str,
        from: (&'static str, Timestamp),
        to: (&'static str, Timestamp),
        others: &[(&'static str, &dyn Argument)],
        days: u32,
        key: fn(&T) -> Option<Cow<'_, str>>,
    ) -> Ranged<T> {
        let others = others.iter().map(|(name, value)| (*name, value.written())).collect();
        Ranged { list: self.list(operation), range: Range { function, from, to, others, days }, key }
    }
}

impl Range {
    /// So long may one call's range be.
    fn longest(&self) -> SignedDuration {
        SignedDuration::from_hours(24 * i64::from(self.days))
    }

    fn fault(&self, is_split: bool) -> Option<String> {
        let ((from, start), (to, end)) = (self.from, self.to);
        let length = end.duration_since(start);
        if length.is_negative() {
            return Some(format!("`{to}` is before `{from}`"));
        }
        if self.days == 0 || (length > self.longest() && !is_split) {
            let days = self.days;
            return Some(format!(
                "from `{from}` to `{to}` it is more than the {days} days that the service takes at once"
            ));
        }
        None
    }

    /// The path of the call for one piece of the range; they meet in a moment that both have.
    fn piece(&self, base: &Path, number: usize) -> Option<Path> {
        let ((from, start), (to, end)) = (self.from, self.to);
        let offset = self.longest().checked_mul(i32::try_from(number).ok()?)?;
        let begin = start.checked_add(offset).ok()?;
        if number > 0 && begin >= end {
            return None;
        }
        let finish = begin.checked_add(self.longest()).map_or(end, |finish| finish.min(end));
        Some(self.path(base, (from, begin), (to, finish)))
    }

    fn path(&self, base: &Path, from: (&'static str, Timestamp), to: (&'static str, Timestamp)) -> Path {
        let mut parameters = vec![(from.0, from.1.written()), (to.0, to.1.written())];
        parameters.extend(self.others.iter().cloned());
        base.called(self.function, &parameters)
    }
}

impl<T> Ranged<T> {
    /// Only these properties; called again, these too.
    pub fn select(&mut self, properties: impl Select<T>) {
        self.list.select(properties);
    }

    /// What these navigation properties lead to as well; called again, these too.
    pub fn expand(&mut self, navigation: impl Expand<T>) {
        self.list.expand(navigation);
    }

    /// Only the items for which this holds; called again, this too.
    pub fn filter(&mut self, condition: Filter<T>) {
        self.list.filter(condition);
    }

    /// In this order; called again, what was said before counts more. Of each piece, when the range is split.
    pub fn order_by(&mut self, order: impl OrderBy<T>) {
        self.list.order_by(order);
    }

    /// At most so many items. Of each piece, when the range is split.
    pub fn top(&mut self, items: u64) {
        self.list.top(items);
    }

    /// Not the first items, so many of them. Of each piece, when the range is split.
    pub fn skip(&mut self, items: u64) {
        self.list.skip(items);
    }

    /// The number of items as well: [`Page::count`].
    pub fn count(&mut self) {
        self.list.count();
    }

    /// Only the items in which this is found; called again, this too.
    pub fn search(&mut self, search: impl Into<Search>) {
        self.list.search(search);
    }

    /// Asks for pages of at most so many items: [`List::page_size`].
    pub fn page_size(&mut self, items: u32) {
        self.list.page_size(items);
    }

    /// Adds an option that has no method: [`List::raw_query`].
    pub fn raw_query(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.list.raw_query(name, value);
    }

    /// Goes on where [`Pages::cursor`] or [`Items::cursor`] was, of a request for the same range. After
    /// [`split`](Self::split), split again.
    pub fn resume(&mut self, cursor: Cursor) {
        self.list.resume(cursor);
    }

    /// Sends one request: the first page, or the one after the [cursor](Self::resume).
    ///
    /// # Errors
    ///
    /// Every one there is: see the questions that [`Error`] answers. A range that ends before it begins, or is too
    /// long, is refused before anything is sent.
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

    /// The items of a range of any length, as a stream: asked for in pieces, one after another.
    ///
    /// The pieces meet in a moment that both are asked for, since services include the ends of a range or do not
    /// (CR-13): what a piece has again from the piece before it, by its key, is left out. A stream that is
    /// [resumed](Self::resume) does not know the keys from before and may repeat what lies in that moment.
    pub fn split(self) -> Items<T>
    where
        T: 'static,
    {
        let Self { list, range, key } = self;
        let mut start = whole(&list, &range, true);
        start.pieces = Some(Box::new(move |number| {
            let path = range.piece(list.path(), number)?;
            Some(list.at(path).start().request.url)
        }));
        Items::without_repeats(start, Seam::new(key))
    }

    /// The request for the first page, ready for a [`Batch`](super::Batch).
    pub fn prepare(self) -> Prepared<Page<T>>
    where
        T: Value,
    {
        Batchable::prepare(self)
    }

    pub(super) fn start(&self) -> Start {
        whole(&self.list, &self.range, false)
    }
}

/// The first request: for all of the range, or for its first piece.
fn whole<T>(list: &List<T>, range: &Range, is_split: bool) -> Start {
    let fault = range.fault(is_split);
    let path = match range.piece(list.path(), 0) {
        Some(path) if is_split => path,
        _ => range.path(list.path(), range.from, range.to),
    };
    let mut start = list.at(path).start();
    start.request.refuse(fault);
    start
}

impl<T> Clone for Ranged<T> {
    fn clone(&self) -> Self {
        Self { list: self.list.clone(), range: self.range.clone(), key: self.key }
    }
}

impl<T> fmt::Debug for Ranged<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ranged")
            .field("list", &self.list)
            .field("function", &self.range.function)
            .field("from", &self.range.from.1)
            .field("to", &self.range.to.1)
            .finish_non_exhaustive()
    }
}
